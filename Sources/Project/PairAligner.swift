internal import Alignment
public import Bitext
internal import Segmentation
internal import Synchronization

/// Reads pairs of documents and aligns them: the flow behind `align`, and behind every verb that
/// aligns on the fly.
public struct PairAligner: Sendable {
  private let lexicons: [Lexicon]
  /// Loaded when the first pair is aligned.
  private let builtin: LazyLexicon
  private let termbase: Termbase
  private let reading: (source: DocumentReading, target: DocumentReading)

  /// - Parameters:
  ///   - lexicons: files beside the built-in word list: TSV or CC-CEDICT, also gzipped.
  ///   - termbase: whose terms anchor the alignment.
  ///   - source: how source documents are read.
  ///   - target: how target documents are read.
  ///   - usesCache: whether parsed word lists are kept in the user's cache folder.
  /// - Throws: `Trouble` for a word list that cannot be read.
  public init(
    lexicons: [String] = [], termbase: Termbase = Termbase(), source: DocumentReading,
    target: DocumentReading, usesCache: Bool = true
  ) throws(Trouble) {
    let cache = LexiconCache(isOn: usesCache, environment: ProcessEnvironment.value)
    var list: [Lexicon] = []
    for path in lexicons { list.append(try cache.lexicon(path)) }
    self.lexicons = list
    builtin = LazyLexicon { cache.builtin() }
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
      lexicons: lexicons + [builtin.value], anchors: anchors(left.language, right.language))
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

/// A lexicon that is loaded when it is first asked for, by whichever thread comes first.
final class LazyLexicon: Sendable {
  private let load: @Sendable () -> Lexicon
  private let known = Mutex<Lexicon?>(nil)

  init(_ load: @escaping @Sendable () -> Lexicon) { self.load = load }

  var value: Lexicon {
    known.withLock { known in
      if let known { return known }
      let lexicon = load()
      known = lexicon
      return lexicon
    }
  }
}
