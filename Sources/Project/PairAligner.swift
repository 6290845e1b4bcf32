internal import Alignment
public import Bitext
internal import Documents
internal import Formats
internal import Segmentation
internal import Synchronization

/// Reads pairs of documents and aligns them: the flow behind `align`, and behind every verb that
/// aligns on the fly.
public struct PairAligner: Sendable {
  private let lexicons: [Lexicon]
  /// Loaded when the first pair is aligned; `nil` to do without.
  private let builtin: LazyLexicon?
  private let termbase: Termbase
  private let knownAnchors = KnownAnchors()
  private let reading: (source: DocumentReading, target: DocumentReading)
  /// What was learnt from many pairs, by their languages.
  private var words: [LanguagePair: LearntWords] = [:]

  /// - Parameters:
  ///   - lexicons: files beside the built-in word list: TSV or CC-CEDICT, also gzipped.
  ///   - termbase: whose terms anchor the alignment.
  ///   - source: how source documents are read.
  ///   - target: how target documents are read.
  ///   - usesBuiltin: whether the built-in word list is asked too.
  ///   - usesCache: whether parsed word lists are kept in the user's cache folder.
  /// - Throws: `Trouble` for a word list that cannot be read.
  public init(
    lexicons: [String] = [], termbase: Termbase = Termbase(), source: DocumentReading,
    target: DocumentReading, usesBuiltin: Bool = true, usesCache: Bool = true
  ) throws(Trouble) {
    let cache = LexiconCache(isOn: usesCache, environment: ProcessEnvironment.value)
    var list: [Lexicon] = []
    for path in lexicons { list.append(try cache.lexicon(path)) }
    self.lexicons = list
    builtin = usesBuiltin ? LazyLexicon { cache.builtin() } : nil
    self.termbase = termbase
    reading = (source, target)
  }

  /// - Throws: `Trouble` for files that cannot be read and for two sides in one language.
  public func align(source: String, target: String) throws(Trouble) -> ParallelText {
    let (left, right) = try sides(source: source, target: target)
    return align(left, right)
  }

  func align(_ left: SegmentedText, _ right: SegmentedText) -> ParallelText {
    if left.isKeyed, right.isKeyed {
      return ParallelText(
        source: left, target: right, beads: KeyedPairing.beads(left, right), isAligned: false)
    }
    let beads = sentenceAligner(left, right)
      .align(left, right, words: words[LanguagePair(left, right)])
    return ParallelText(source: left, target: right, beads: beads)
  }

  private func sentenceAligner(
    _ left: SegmentedText, _ right: SegmentedText
  ) -> SentenceAligner {
    SentenceAligner(
      lexicons: allLexicons, anchors: anchors(left.language, right.language))
  }

  /// An aligner that has learnt words from many pairs: those of a call say more together than each
  /// by itself. One pair says nothing that its own alignment does not learn.
  ///
  /// What is learnt does not depend on the threads of `work`. Where there is more than memory has
  /// room for, it comes from pairs all over the list. Pairs that cannot be read teach nothing.
  ///
  /// - Parameters:
  ///   - pairs: the documents.
  ///   - work: reads and surveys some of them at a time.
  ///   - progress: hears how many were read.
  /// - Returns: the aligner for these pairs.
  func learning(
    from pairs: [(source: String, target: String)], with work: OrderedWork,
    progress: (Int) -> Void = { _ in }
  ) -> PairAligner {
    guard pairs.count > 1 else { return self }
    let order = spread(pairs.count)
    var surveys: [LanguagePair: [(number: Int, survey: SentenceAligner.Survey)]] = [:]
    var room: [LanguagePair: Double] = [:]
    try? work.run(count: order.count) { place in
      survey(pairs[order[place]])
    } deliver: { place, result in
      progress(place + 1)
      guard let (languages, survey) = result, room[languages, default: 1] > 0 else { return }
      surveys[languages, default: []].append((order[place], survey))
      room[languages, default: 1] -= survey.share
      // More would be read for nothing; other languages than these are rare in one list.
      if room.values.allSatisfy({ $0 <= 0 }) { throw Enough() }
    }
    var copy = self
    copy.words = surveys.mapValues { surveys in
      SentenceAligner.learn(from: surveys.sorted { $0.number < $1.number }.map(\.survey))
    }
    return copy
  }

  private struct Enough: Error {}

  private func survey(
    _ pair: (source: String, target: String)
  ) -> (LanguagePair, SentenceAligner.Survey)? {
    guard let (left, right) = try? sides(source: pair.source, target: pair.target),
      !left.isKeyed || !right.isKeyed
    else { return nil }
    return (LanguagePair(left, right), sentenceAligner(left, right).survey(left, right))
  }

  /// Reads both documents and cuts them into segments.
  func sides(
    source: String, target: String
  ) throws(Trouble) -> (source: SegmentedText, target: SegmentedText) {
    guard source != target else {
      throw Trouble(
        "is named for both sides: a source and its translation are two files", file: source)
    }
    var left: SegmentedText
    var right: SegmentedText
    do throws(Trouble) {
      left = try reading.source.segments(of: source)
      right = try reading.target.segments(of: target)
    } catch {
      throw swapped(source, target) ?? error
    }
    // An empty side has no language of its own: it is the other one's translation.
    if LanguageMatching.sameLanguage(left.language, right.language) {
      if right.segments.isEmpty {
        right.prose.language = counterpart(of: left, reading.target)
      } else if left.segments.isEmpty {
        left.prose.language = counterpart(of: right, reading.source)
      }
    }
    guard !LanguageMatching.sameLanguage(left.language, right.language) else {
      throw Trouble(
        "both sides are in \(left.language): \(source) and \(target) must be two languages (say "
          + "which with --source-language and --target-language if this is a wrong guess)")
    }
    return (left, right)
  }

  /// The language that a side without text is said to be in, else the one that goes with the other.
  private func counterpart(of other: SegmentedText, _ reading: DocumentReading) -> LanguageTag {
    reading.language ?? (other.language.isChinese ? .english : reading.chinese)
  }

  /// What to say when each document is in the language that the other was said to be in.
  private func swapped(_ source: String, _ target: String) -> Trouble? {
    guard let left = reading.source.language, let right = reading.target.language else {
      return nil
    }
    var (first, second) = (reading.source, reading.target)
    (first.language, second.language) = (right, left)
    guard (try? first.segments(of: source)) != nil, (try? second.segments(of: target)) != nil
    else { return nil }
    return Trouble(
      "the sides are the wrong way round: \(source) is in \(right) and \(target) in \(left)")
  }

  /// The built-in word list, taken from the cache when it is first asked for; also where the aligner
  /// does without it.
  var builtinLexicon: @Sendable () -> Lexicon {
    guard let builtin else { return { .builtin } }
    return { builtin.value }
  }

  var allLexicons: [Lexicon] { lexicons + (builtin.map { [$0.value] } ?? []) }

  /// The termbase's pairs between two languages; made once for all documents.
  func anchors(_ source: LanguageTag, _ target: LanguageTag) -> TermAnchors? {
    knownAnchors.value(for: [source, target]) { newAnchors(source, target) }
  }

  /// Chinese on the left as the aligner wants it.
  private func newAnchors(_ source: LanguageTag, _ target: LanguageTag) -> TermAnchors? {
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

  /// What beads depend on beside the documents: word lists, terms, rules and how files are read.
  ///
  /// - Throws: `Trouble` for a rule file that is gone.
  func fingerprint() throws(Trouble) -> ContentHash {
    var hash = ContentHash(of: builtin == nil ? [] : Lexicon.builtinText)
    for lexicon in lexicons { hash.combine(lexicon.compiled()) }
    for concept in termbase.concepts {
      for term in concept.terms where term.status.isAccepted {
        hash.combine("\(term.language)\t\(term.text)")
      }
      hash.combine("")
    }
    for side in [reading.source, reading.target] {
      hash.combine(
        "\(side.language?.description ?? "")\t\(side.encoding ?? "")\t\(side.isSegmented)\t"
          + "\(side.chinese)")
      if let rules = side.rules { hash.combine(try Files.read(rules.file)) }
    }
    return hash
  }
}

extension SegmentedText {
  /// Whether the file names its blocks, and so says itself which translate which.
  fileprivate var isKeyed: Bool { prose.blocks.contains { $0.identifier != nil } }
}

/// Term anchors by the languages that they join.
private final class KnownAnchors: Sendable {
  private let known = Mutex<[[LanguageTag]: TermAnchors?]>([:])

  func value(
    for languages: [LanguageTag], _ make: @Sendable () -> TermAnchors?
  ) -> TermAnchors? {
    known.withLock { known in
      if let anchors = known[languages] { return anchors }
      let anchors = make()
      known[languages] = .some(anchors)
      return anchors
    }
  }
}

/// Two languages, whichever is translated from.
private struct LanguagePair: Hashable {
  private let tags: [LanguageTag]

  init(_ left: SegmentedText, _ right: SegmentedText) {
    tags = [left.language, right.language].sorted()
  }
}

/// The numbers below `count`, each once, in an order whose every beginning lies all over them: the
/// steps of the golden ratio.
private func spread(_ count: Int) -> [Int] {
  func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
  var step = max(1, Int(Double(count) * 0.618))
  while divisor(step, count) != 1 { step += 1 }
  return (0..<count).map { $0 * step % count }
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
