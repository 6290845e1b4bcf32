public import Bitext
public import Segmentation

/// Finds which sentences of a document translate which of another.
///
/// Beads from 1-0 to 1-6, 4-1 and 3-3 are scored by what their words have in common (through
/// lexicons, term anchors, numbers by value, Latin words inside Chinese, punctuation), by their
/// lengths, and by headings and paragraphs; the best sequence is found by dynamic programming. The
/// method and its sources are told in docs/design/alignment.md.
public struct SentenceAligner: Sendable {
  private let lexicons: [Lexicon]
  private let weights: BeadScorer.Weights

  /// - Parameters:
  ///   - lexicons: bilingual word lists; those of other languages than the documents' are not
  ///     asked.
  ///   - anchors: term pairs that translate each other for certain, such as a termbase's.
  public init(lexicons: [Lexicon] = [.builtin], anchors: TermAnchors? = nil) {
    self.lexicons = (anchors.map { [$0.lexicon] } ?? []) + lexicons
    weights = BeadScorer.Weights()
  }

  package init(lexicons: [Lexicon], weights: BeadScorer.Weights) {
    self.lexicons = lexicons
    self.weights = weights
  }

  /// Aligns two segmented documents.
  ///
  /// - Returns: beads in the order of both sides, each segment in exactly one. Neighbouring
  ///   segments without a counterpart are beads of their own.
  public func align(_ source: SegmentedText, _ target: SegmentedText) -> [Bead] {
    // The wide beads are Chinese to many: put Chinese on the left.
    let swaps = target.language.isChinese && !source.language.isChinese
    let (left, right) = swaps ? (target, source) : (source, target)
    let beads = alignOriented(left, right)
    guard swaps else { return beads }
    return beads.map { Bead(source: $0.target, target: $0.source, score: $0.score) }
  }

  private func alignOriented(_ left: SegmentedText, _ right: SegmentedText) -> [Bead] {
    let fitting = lexicons.filter {
      LanguageMatching.sameLanguage($0.languages.left, left.language)
        && LanguageMatching.sameLanguage($0.languages.right, right.language)
    }
    let leftSide = AlignmentSide(left, lexicons: fitting)
    let rightSide = AlignmentSide(right, lexicons: [])
    let structure = StructureEvidence(left: left, right: right)
    let marks = PunctuationEvidence(left: left, right: right)
    func search(_ learnt: LearntLinks?) -> BandedSearch {
      BandedSearch(
        left: leftSide, right: rightSide,
        evidence: LexicalEvidence(left: leftSide, right: rightSide, learnt: learnt),
        structure: structure, marks: marks, weights: weights)
    }
    // A first pass finds most beads; what they teach decides the others in a second.
    let first = search(nil)
    let firstPath = first.path()
    let learnt = LearntLinks(
      left: leftSide, right: rightSide, evidence: first.evidence, path: firstPath)
    let second = search(learnt)
    let path = second.path(near: firstPath)
    let shares = second.shares(of: path)
    return zip(path, shares).map { step, share in
      let shape = BeadShape.all[step.shape]
      return Bead(
        source: step.row - shape.left..<step.row,
        target: step.column - shape.right..<step.column,
        score: share)
    }
  }
}

/// Term pairs that are known to translate each other, as evidence for the aligner.
public struct TermAnchors: Sendable {
  let lexicon: Lexicon

  /// - Parameters:
  ///   - languages: the language of the pairs' left terms and of their right ones; for Chinese and
  ///     another language, Chinese is the left one.
  ///   - pairs: the terms; where none holds anything to match by, there are no anchors.
  public init?(
    languages: (left: LanguageTag, right: LanguageTag), pairs: [(left: String, right: String)]
  ) {
    guard let lexicon = Lexicon(languages: languages, pairs: pairs) else { return nil }
    self.lexicon = lexicon
  }
}
