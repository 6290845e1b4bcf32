public import Bitext
internal import Checking
internal import Formats
internal import Matching
internal import Segmentation

/// The flow behind `selftest`: checks a bitext that people have translated, and counts for each
/// term how often it occurs, is rendered, and raises an alarm.
public struct SelfTestFlow: Sendable {
  private let termbase: Termbase
  private let checker: Checker
  private let matchers: [TermMatcher]
  private let aligner: PairAligner
  private let languages: (source: LanguageTag?, target: LanguageTag?)
  private let threshold: Double
  private let conceptOfID: [String: Int]

  /// What a run counted.
  public struct Result: Sendable {
    /// The terms that occur, the worst first.
    public var terms: [TermPrecision] = []
    /// How many concepts occur nowhere.
    public var unseen = 0
    /// How many beads with two sides were looked at.
    public var beads = 0
    public var troubles: [Trouble] = []
    public var warnings: [Warning] = []
  }

  /// - Parameters:
  ///   - termbase: the glossary that is tested.
  ///   - includesProposed: whether terms that wait for review count too.
  ///   - threshold: the share of hits without alarm that is asked for.
  ///   - aligner: for pairs of documents.
  ///   - languages: those of the sources and targets, where the user said so.
  public init(
    termbase: Termbase, includesProposed: Bool, threshold: Double, aligner: PairAligner,
    languages: (source: LanguageTag?, target: LanguageTag?)
  ) {
    self.termbase = termbase
    self.threshold = threshold
    self.aligner = aligner
    self.languages = languages
    let all = Array(Set(termbase.concepts.flatMap(\.languages))).sorted()
    // The rules as they come: what a project has switched off is to be measured too.
    checker = Checker(
      termbase: termbase, languages: all, includesProposed: includesProposed,
      reportsEachPlace: true)
    var matchers: [TermMatcher] = []
    for language in all
    where !matchers.contains(where: { LanguageMatching.match($0.language, language) }) {
      matchers.append(
        TermMatcher(termbase, language: language, includesProposed: includesProposed))
    }
    self.matchers = matchers
    conceptOfID = Dictionary(
      termbase.concepts.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Counts through all items, on all cores.
  public func run(_ items: [CheckItem]) -> Result {
    var result = Result()
    var total = Counts()
    let work = OrderedWork(threads: Processors.count)
    let pairs = items.compactMap { item -> (source: String, target: String)? in
      guard case .pair(let source, let target, _) = item else { return nil }
      return (source, target)
    }
    let aligner = aligner.learning(from: pairs, with: work)
    work.run(count: items.count) { index in
      count(items[index], aligner)
    } deliver: { _, part in
      total.add(part.counts)
      if let trouble = part.trouble { result.troubles.append(trouble) }
      result.warnings += part.warnings
    }
    result.beads = total.beads
    result.terms = total.terms.map { key, value in precision(key, value) }
    result.terms.sort(by: TermPrecision.inOrder)
    result.unseen = termbase.concepts.count - Set(total.terms.keys.map(\.concept)).count
    return result
  }

  /// A concept in one direction.
  private struct Key: Hashable {
    var concept: Int
    var source: LanguageTag
    var target: LanguageTag
  }

  private struct Count {
    var hits = 0
    var rendered = 0
    var alarms: [Severity: Int] = [:]
  }

  private struct Counts {
    var beads = 0
    var terms: [Key: Count] = [:]

    mutating func add(_ other: Counts) {
      beads += other.beads
      for (key, value) in other.terms {
        terms[key, default: Count()].hits += value.hits
        terms[key, default: Count()].rendered += value.rendered
        terms[key, default: Count()].alarms.merge(value.alarms, uniquingKeysWith: +)
      }
    }
  }

  private struct Part: Sendable {
    var counts = Counts()
    var trouble: Trouble?
    var warnings: [Warning] = []
  }

  private func count(_ item: CheckItem, _ aligner: PairAligner) -> Part {
    var part = Part()
    do {
      switch item {
      case .pair(let source, let target, let isDirected):
        let pair = try aligner.align(source: source, target: target)
        count(pair, &part.counts)
        if !isDirected { count(pair.flipped, &part.counts) }
      case .bilingual(let path):
        let pair = try BilingualFile.read(path, languages: languages) { part.warnings.append($0) }
        count(pair, &part.counts)
      case .document(let path) where Files.ending(of: path) == "tsv":
        count(try ParallelText(table: path, languages: languages), &part.counts)
      case .document(let path):
        part.warnings.append(
          Warning("has no counterpart here: name both documents, or a bitext", file: path))
      }
    } catch let trouble as Trouble {
      part.trouble = trouble
    } catch {
      part.trouble = Trouble("\(error)", file: item.files.first)
    }
    return part
  }

  private func count(_ pair: ParallelText, _ counts: inout Counts) {
    guard let left = matcher(pair.source.language), let right = matcher(pair.target.language) else {
      return
    }
    let named = pair.source.concepts(by: left)
    let present = pair.target.concepts(by: right)
    let (source, target) = (pair.source.language, pair.target.language)
    for bead in pair.beads where !bead.source.isEmpty && !pair.target.range(bead.target).isEmpty {
      counts.beads += 1
      let rendered = Set(present.all[bead.target].joined())
      for concept in Set(named.longest[bead.source].joined())
      where !translations(concept, target).isEmpty {
        let key = Key(concept: concept, source: source, target: target)
        counts.terms[key, default: Count()].hits += 1
        if rendered.contains(concept) { counts.terms[key, default: Count()].rendered += 1 }
      }
    }
    for diagnostic in checker.check(pair, direction: .forward) where diagnostic.source != nil {
      guard let concept = diagnostic.concept.flatMap({ conceptOfID[$0] }) else { continue }
      let key = Key(concept: concept, source: source, target: target)
      counts.terms[key, default: Count()].alarms[diagnostic.severity, default: 0] += 1
    }
  }

  private func matcher(_ language: LanguageTag) -> TermMatcher? {
    matchers.first { LanguageMatching.match($0.language, language) }
  }

  private func translations(_ concept: Int, _ language: LanguageTag) -> [String] {
    let terms = termbase.concepts[concept].terms.filter {
      $0.status.isAccepted && LanguageMatching.match($0.language, language)
    }
    return terms.filter { $0.status == .preferred }.map(\.text)
      + terms.filter { $0.status != .preferred }.map(\.text)
  }

  private func precision(_ key: Key, _ count: Count) -> TermPrecision {
    let concept = termbase.concepts[key.concept]
    var result = TermPrecision(
      concept: concept.id,
      term: translations(key.concept, key.source).first ?? concept.terms.first?.text ?? "",
      language: key.source.description, translations: translations(key.concept, key.target))
    result.hits = count.hits
    result.rendered = count.rendered
    result.errors = count.alarms[.error] ?? 0
    result.warnings = count.alarms[.warning] ?? 0
    result.remarks = count.alarms[.info] ?? 0
    result.judge(threshold: threshold)
    return result
  }
}

extension TermStatus {
  /// Whether a translation may use the term; one that waits for review is matched when asked for.
  fileprivate var mayStand: Bool { isAccepted || self == .proposed }
}

extension SegmentedText {
  /// For each segment the concepts that it names: those of the longest terms, which the check looks
  /// for on the other side, and those of all accepted terms, of which any will do there.
  fileprivate func concepts(by matcher: TermMatcher) -> (longest: [Set<Int>], all: [Set<Int>]) {
    let tokenizer = KeyTokenizer()
    var longest: [Set<Int>] = []
    var all: [Set<Int>] = []
    for segment in segments {
      let utf8 = prose.utf8.span.extracting(segment.range)
      let matches = matcher.allMatches(in: utf8, tokens: tokenizer.tokens(of: utf8))
      let entries = matches.flatMap { match in match.terms.map { matcher.terms[$0] } }
      all.append(
        Set(entries.filter { $0.term.status.mayStand }.map(\.concept)))
      let whole = TermMatcher.longest(matches).filter { match in
        let start = segment.range.lowerBound
        let range = start + match.range.lowerBound..<start + match.range.upperBound
        return !prose.literals.contains { $0.overlaps(range) }
      }
      longest.append(
        Set(whole.flatMap { match in match.terms.map { matcher.terms[$0].concept } }))
    }
    return (longest, all)
  }
}

extension ParallelText {
  /// The same bitext, read the other way.
  fileprivate var flipped: ParallelText {
    let beads = beads.map {
      Bead(source: $0.target, target: $0.source, score: $0.score, isMoved: $0.isMoved)
    }
    return ParallelText(
      source: target, target: source,
      beads: beads.sorted { $0.source.lowerBound < $1.source.lowerBound }, isAligned: isAligned)
  }

  /// The rows of a TSV bitext, each a bead.
  fileprivate init(
    table path: String, languages: (source: LanguageTag?, target: LanguageTag?)
  ) throws {
    let table = try BitextTableLines(path, languages: languages)
    var left = RowText(path, table.source)
    var right = RowText(path, table.target)
    var beads: [Bead] = []
    try table.forEach { source, target in
      let start = (left.text.segments.count, right.text.segments.count)
      left.append(source)
      right.append(target)
      beads.append(
        Bead(
          source: start.0..<left.text.segments.count, target: start.1..<right.text.segments.count,
          score: 1))
    }
    self.init(source: left.text, target: right.text, beads: beads, isAligned: false)
  }
}

/// One side of a table as a document.
private struct RowText {
  var text: SegmentedText

  init(_ file: String, _ language: LanguageTag) {
    text = SegmentedText(
      prose: Prose(file: file, language: language, utf8: [], blocks: [], positions: PositionMap()),
      segments: [])
  }

  /// Adds a field; an empty one is no segment.
  mutating func append(_ row: String) {
    guard row.contains(where: { !$0.isWhitespace }) else { return }
    let start = text.prose.utf8.count
    text.prose.utf8 += Array(row.utf8)
    let range = start..<text.prose.utf8.count
    text.prose.utf8.append(0x0A)
    text.segments.append(Segment(range: range, block: text.prose.blocks.count))
    text.prose.blocks.append(Block(range: range, kind: .paragraph))
  }
}
