internal import Alignment
public import Bitext
internal import Formats
internal import Segmentation

/// Reads pairs of documents and aligns them: the flow behind `align`, and behind every verb that
/// aligns on the fly.
public struct PairAligner: Sendable {
  private let lexicons: [Lexicon]
  private let termbase: Termbase
  private let reading: (source: DocumentReading, target: DocumentReading)

  /// - Parameters:
  ///   - lexicons: files beside the built-in word list: TSV or CC-CEDICT, also gzipped.
  ///   - termbase: whose terms anchor the alignment.
  public init(
    lexicons: [String] = [], termbase: Termbase = Termbase(), source: DocumentReading,
    target: DocumentReading
  ) throws(Trouble) {
    var list: [Lexicon] = []
    for path in lexicons {
      list.append(try Lexicon.parse(try Files.readUnpacked(path), file: path))
    }
    self.lexicons = list
    self.termbase = termbase
    reading = (source, target)
  }

  /// - Throws: `Trouble` for files that cannot be read and for two sides in one language.
  public func align(source: String, target: String) throws(Trouble) -> ParallelText {
    let left = try reading.source.segments(of: source)
    let right = try reading.target.segments(of: target)
    guard !LanguageMatching.sameLanguage(left.language, right.language) else {
      throw Trouble(
        "both sides are in \(left.language): \(source) and \(target) must be two languages (say "
          + "which with --source-language and --target-language if this is a wrong guess)")
    }
    return align(left, right)
  }

  func align(_ left: SegmentedText, _ right: SegmentedText) -> ParallelText {
    let aligner = SentenceAligner(
      lexicons: lexicons + [.builtin], anchors: anchors(left.language, right.language))
    return ParallelText(source: left, target: right, beads: aligner.align(left, right))
  }

  /// The termbase's pairs between two languages, Chinese on the left as the aligner wants it.
  private func anchors(_ source: LanguageTag, _ target: LanguageTag) -> TermAnchors? {
    let swaps = target.isChinese && !source.isChinese
    let (left, right) = swaps ? (target, source) : (source, target)
    var pairs: [(left: String, right: String)] = []
    for concept in termbase.concepts {
      let accepted = concept.terms.filter(\.status.isAccepted)
      for a in accepted where LanguageMatching.match(a.language, left) {
        for b in accepted where LanguageMatching.match(b.language, right) {
          pairs.append((a.text, b.text))
        }
      }
    }
    guard !pairs.isEmpty else { return nil }
    return TermAnchors(languages: (left, right), pairs: pairs)
  }
}
