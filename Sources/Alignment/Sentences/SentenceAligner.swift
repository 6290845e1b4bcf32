public import Bitext
public import Segmentation

/// Finds which sentences of a document translate which of another.
///
/// Beads from 1-0 to 1-6, 4-1 and 3-3 are scored by what their words have in common (through
/// lexicons, term anchors, numbers by value, names by their reading, Latin words inside Chinese), by
/// their lengths, their marks, and by headings and paragraphs; the best sequence is found by dynamic
/// programming near a chain of anchors. The method and its sources are told in
/// docs/design/alignment.md.
public struct SentenceAligner: Sendable {
  private let lexicons: [Lexicon]

  /// - Parameters:
  ///   - lexicons: bilingual word lists; those of other languages than the documents' are not
  ///     asked.
  ///   - anchors: term pairs that translate each other for certain, such as a termbase's.
  public init(lexicons: [Lexicon] = [.builtin], anchors: TermAnchors? = nil) {
    self.lexicons = (anchors.map { [$0.lexicon] } ?? []) + lexicons
  }

  /// Aligns two segmented documents.
  ///
  /// - Parameters:
  ///   - source: one document.
  ///   - target: its translation, or what it was translated from.
  ///   - words: what other documents have taught, by ``learn(from:)``.
  /// - Returns: beads in the order of the source, each segment in exactly one. Neighbouring
  ///   segments without a counterpart are beads of their own.
  public func align(
    _ source: SegmentedText, _ target: SegmentedText, words: LearntWords? = nil
  ) -> [Bead] {
    guard Self.swaps(source, target) else {
      return PairAlignment(source, target, lexicons, words).beads()
    }
    return PairAlignment(target, source, lexicons, words).beads()
      .map {
        Bead(source: $0.target, target: $0.source, score: $0.score, isMoved: $0.isMoved)
      }
      .inSourceOrder()
  }

  /// What a first pass over a document teaches about its words; for ``learn(from:)``.
  public func survey(_ source: SegmentedText, _ target: SegmentedText) -> Survey {
    let (left, right) = Self.swaps(source, target) ? (target, source) : (source, target)
    return Survey(words: PairAlignment(left, right, lexicons, nil).words())
  }

  /// Learns which words translate each other from many documents of one pair of languages.
  ///
  /// Memory has a bound: of very many documents the first ones are learnt from.
  public static func learn(from surveys: [Survey]) -> LearntWords {
    LearntWords(surveys.map(\.words))
  }

  /// What one pair of documents teaches.
  public struct Survey: Sendable {
    let words: BeadWords

    /// How much of the memory of ``SentenceAligner/learn(from:)`` it takes, as a share.
    public var share: Double { Double(words.pairCount) / Double(BeadWordPairs.mostPairs) }
  }

  /// The wide beads are Chinese to many: Chinese is put on the left.
  private static func swaps(_ source: SegmentedText, _ target: SegmentedText) -> Bool {
    target.language.isChinese && !source.language.isChinese
  }
}

/// Term pairs that are known to translate each other, as evidence for the aligner.
public struct TermAnchors: Sendable {
  package let lexicon: Lexicon

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

/// The work on one pair of documents, Chinese on the left.
struct PairAlignment {
  private let context: BeadScorer.Context
  /// What a first pass has found, and the words that it was found with.
  private let path: [BeadSearch.Step]
  private let known: [LearntWords]

  init(
    _ left: SegmentedText, _ right: SegmentedText, _ lexicons: [Lexicon], _ words: LearntWords?
  ) {
    let fitting = lexicons.filter {
      LanguageMatching.sameLanguage($0.languages.left, left.language)
        && LanguageMatching.sameLanguage($0.languages.right, right.language)
    }
    let rightSide = AlignmentSide(right, lexicons: [])
    let leftSide = AlignmentSide(
      left, lexicons: fitting, names: left.language.isChinese ? rightSide.names : NameIndex())
    known = words.map { [$0] } ?? []
    let evidence = LexicalEvidence(left: leftSide, right: rightSide, learnt: known)
    let chain = AnchorChain(left: leftSide, right: rightSide, evidence: evidence)
    context = BeadScorer.Context(
      left: leftSide, right: rightSide, evidence: evidence,
      structure: StructureEvidence(left: left, right: right),
      marks: PunctuationEvidence(left: left, right: right, weights: BeadWeights().marks),
      lengths: LengthModel(left: leftSide, right: rightSide, chain: chain),
      isDense: chain.isDense(left: leftSide, right: rightSide))
    path = BeadSearch(context: context).path(around: chain)
  }

  /// The share of beads without a counterpart in a usual translation.
  private static let usualNulls: Float = 0.008
  /// How many beads the usual share weighs as much as.
  private static let usualWeight: Float = 100

  /// How much more frequent segments without a counterpart are on each side than usual, as
  /// logarithms.
  private static func nulls(_ path: [BeadSearch.Step]) -> (left: Float, right: Float) {
    let weight = usualWeight
    func shift(_ count: Int) -> Float {
      logarithm((Float(count) + weight * usualNulls) / (Float(path.count) + weight) / usualNulls)
    }
    return (
      shift(path.count { BeadShape.all[$0.shape].right == 0 }),
      shift(path.count { BeadShape.all[$0.shape].left == 0 })
    )
  }

  /// The words of the first path's beads.
  func words() -> BeadWords {
    BeadWords(left: context.left, right: context.right, evidence: context.evidence, path: path)
  }

  /// What the first pass has found teaches what decides the doubtful rest.
  func beads() -> [Bead] {
    var context = context
    context.nulls = Self.nulls(path)
    context.lengths = LengthModel(
      left: context.left, right: context.right, path: path, else: context.lengths)
    context.evidence = LexicalEvidence(
      left: context.left, right: context.right, learnt: known + [LearntWords([words()])],
      earlier: context.evidence)
    context.closeness = context.evidence.closeness(
      of: path, left: context.left, right: context.right)
    let search = BeadSearch(context: context)
    let steps = search.refined(path)
    let moved = MovedBeads(among: steps, search: search).beads
    return Self.joined(steps.map { Bead($0) }, moved.map { Bead($0, isMoved: true) })
  }

  /// The beads of a path, in which moved ones stand for the segments that were left alone.
  private static func joined(_ beads: [Bead], _ moved: [Bead]) -> [Bead] {
    guard !moved.isEmpty else { return beads }
    let sources = Set(moved.flatMap(\.source))
    let targets = Set(moved.flatMap(\.target))
    let rest = beads.filter {
      !($0.target.isEmpty && sources.contains($0.source.lowerBound))
        && !($0.source.isEmpty && targets.contains($0.target.lowerBound))
    }
    return (rest + moved).inSourceOrder()
  }
}

extension Bead {
  fileprivate init(_ rated: BeadSearch.RatedStep, isMoved: Bool = false) {
    let start = rated.step.start
    self.init(
      source: start.row..<rated.step.row, target: start.column..<rated.step.column,
      score: Double(rated.share), isMoved: isMoved)
  }
}

extension [Bead] {
  /// Beads of the source in its order; those of the target alone stay behind what comes before them
  /// there.
  fileprivate func inSourceOrder() -> [Bead] {
    var keys: [(source: Int, isAlone: Bool, target: Int)] = []
    keys.reserveCapacity(count)
    let inOrder = filter { !$0.isMoved && !$0.source.isEmpty && !$0.target.isEmpty }
      .sorted { $0.target.lowerBound < $1.target.lowerBound }
    for bead in self {
      guard bead.source.isEmpty else {
        keys.append((bead.source.lowerBound, false, 0))
        continue
      }
      var low = 0
      var high = inOrder.count
      while low < high {
        let middle = (low + high) / 2
        if inOrder[middle].target.lowerBound < bead.target.lowerBound {
          low = middle + 1
        } else {
          high = middle
        }
      }
      let before = low > 0 ? inOrder[low - 1].source.upperBound - 1 : -1
      keys.append((before, true, bead.target.lowerBound))
    }
    return indices.sorted { first, second in
      let (a, b) = (keys[first], keys[second])
      if a.source != b.source { return a.source < b.source }
      if a.isAlone != b.isAlone { return !a.isAlone }
      return a.target < b.target
    }.map { self[$0] }
  }
}
