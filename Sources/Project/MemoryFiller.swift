internal import Bitext
internal import Formats
internal import Segmentation
internal import Store

/// What an editor asks for.
struct FillRequest: Sendable, Hashable {
  var text: String
  var languages: FillLanguages
}

/// What the memory has for a text.
struct MemoryAnswer: Sendable {
  var proposal: TargetProposal?
  /// Whether it has several translations of the very text.
  var isAmbiguous = false
}

/// Gives the memory's translations to an editor of files, and counts what becomes of segments.
final class MemoryFiller: TargetFiller {
  private let store: ConcordStore
  private let pairs: Set<LanguagePair>
  private let options: PretranslateOptions
  /// What was asked before.
  private let found: [FillRequest: MemoryAnswer]
  private(set) var summary = PretranslateSummary()
  private var exampleCounts: [String: Int] = [:]
  /// Whether the memory has several translations of the text that was asked for last.
  private var isAmbiguous = false

  /// Examples of a kind that are kept.
  private static let exampleCount = 3

  /// Matches that are asked for at first, and how many times as many when none of them will do.
  private static let (firstLimit, growth) = (4, 16)

  init(
    store: ConcordStore, pairs: Set<LanguagePair>, options: PretranslateOptions,
    found: [FillRequest: MemoryAnswer] = [:]
  ) {
    self.found = found
    self.store = store
    self.pairs = pairs
    self.options = options
  }

  var overwrites: Bool { options.overwrites }

  // MARK: Languages

  func languages(
    source: LanguageTag?, target: LanguageTag?, place: (file: String, line: Int)
  ) throws -> FillLanguages? {
    func fits(_ declared: LanguageTag?, _ wanted: LanguageTag?) -> Bool {
      guard let declared, let wanted else { return true }
      return LanguageMatching.match(declared, wanted)
    }
    guard fits(source, options.source), fits(target, options.target) else { return nil }
    guard let source = source ?? options.source else {
      throw missing("source", "source-language (srcLang", place)
    }
    if let target = target ?? options.target {
      return FillLanguages(source: source, target: target)
    }
    let known = targets(of: source)
    guard let only = known.first, known.count == 1 else {
      throw missing("target", "target-language (trgLang", place)
    }
    return FillLanguages(source: source, target: only)
  }

  /// The languages that the memory translates a language into: of several names of one the one that
  /// says most.
  private func targets(of source: LanguageTag) -> [LanguageTag] {
    var targets: [LanguageTag] = []
    for pair in pairs.sorted(by: { ($0.source, $0.target) < ($1.source, $1.target) }) {
      for (one, other) in [(pair.source, pair.target), (pair.target, pair.source)]
      where LanguageMatching.match(one, source) {
        guard let index = targets.firstIndex(where: { LanguageMatching.match($0, other) }) else {
          targets.append(other)
          continue
        }
        if targets[index].canonical.utf8.count < other.canonical.utf8.count {
          targets[index] = other
        }
      }
    }
    return targets
  }

  private func missing(
    _ side: String, _ attribute: String, _ place: (file: String, line: Int)
  ) -> Trouble {
    Trouble(
      "does not say its \(side) language: name it with --\(side)-language, or write \(attribute) in "
        + "XLIFF 2, Language in PO) here", file: place.file, line: place.line)
  }

  // MARK: Translations

  func proposal(for text: String, _ languages: FillLanguages) throws -> TargetProposal? {
    let request = FillRequest(text: text, languages: languages)
    let answer = try found[request] ?? answer(to: request)
    isAmbiguous = answer.isAmbiguous
    return answer.proposal
  }

  /// Asks the memory.
  func answer(to request: FillRequest) throws -> MemoryAnswer {
    let (text, languages) = (request.text, request.languages)
    let candidates = try exactCandidates(text, languages)
    if let exact = candidates.filter({ $0.source == text }).best {
      let proposal = TargetProposal(
        text: exact.candidate.target, score: 1, isExact: true, source: text,
        origin: exact.candidate.unit.origin)
      return MemoryAnswer(proposal: proposal, isAmbiguous: exact.isAmbiguous)
    }
    guard options.minimum < 1 else { return MemoryAnswer() }
    // Another spelling of the very words is as near as a fuzzy match can be.
    if let near = candidates.best {
      return MemoryAnswer(
        proposal: TargetProposal(
          text: near.candidate.target, score: 1, isExact: false, source: near.candidate.source,
          origin: near.candidate.unit.origin))
    }
    return MemoryAnswer(proposal: try nearest(text, languages))
  }

  private func nearest(_ text: String, _ languages: FillLanguages) throws -> TargetProposal? {
    var query = MemoryQuery(
      text: text, language: languages.source, minimum: options.minimum, limit: Self.firstLimit)
    query.targetLanguage = languages.target
    while true {
      let matches = try store.search(query)
      for match in matches {
        guard let found = Candidate(match.unit, isReversed: match.isReversed, languages) else {
          continue
        }
        return TargetProposal(
          text: found.target, score: match.score, isExact: false, source: found.source,
          origin: match.unit.origin)
      }
      guard matches.count == query.limit else { return nil }
      query.limit *= Self.growth
    }
  }

  private func exactCandidates(
    _ text: String, _ languages: FillLanguages
  ) throws(Trouble) -> [Candidate] {
    var candidates: [Candidate] = []
    for (side, isReversed) in [(ConcordanceHit.Side.source, false), (.target, true)] {
      guard hasPair(languages, isReversed: isReversed) else { continue }
      for unit in try store.units(like: text, on: side) {
        if let candidate = Candidate(unit, isReversed: isReversed, languages) {
          candidates.append(candidate)
        }
      }
    }
    return candidates
  }

  private func hasPair(_ languages: FillLanguages, isReversed: Bool) -> Bool {
    pairs.contains { pair in
      let (source, target) = isReversed ? (pair.target, pair.source) : (pair.source, pair.target)
      return LanguageMatching.match(source, languages.source)
        && LanguageMatching.match(target, languages.target)
    }
  }

  // MARK: The report

  func report(_ outcome: SegmentOutcome) {
    let kind: String
    switch outcome.kind {
    case .exact:
      kind = "exact"
      summary.exact += 1
      if isAmbiguous { summary.ambiguous += 1 }
    case .fuzzy:
      kind = "fuzzy"
      summary.fuzzy += 1
    case .translated:
      summary.translated += 1
      return
    case .notFound:
      kind = "missing"
      summary.missing += 1
    case .left(let reason):
      kind = reason.rawValue
      summary.left[reason.rawValue, default: 0] += 1
    }
    guard exampleCounts[kind, default: 0] < Self.exampleCount else { return }
    exampleCounts[kind, default: 0] += 1
    summary.examples.append(
      PretranslateSummary.Example(
        kind: kind, line: outcome.line, source: outcome.source, target: outcome.proposal?.text,
        score: outcome.proposal?.score, origin: outcome.proposal?.origin))
  }
}

/// A unit that may stand for a text in a file, in the direction of the file.
private struct Candidate {
  let unit: TranslationUnit
  /// Both without white space around them.
  let source: String
  let target: String
  /// Whether its target is of the file's region too.
  let isOfRegion: Bool

  /// - Returns: `nil` for a unit in other languages or in the other way of writing Chinese, and for
  ///   one without a translation.
  init?(_ unit: TranslationUnit, isReversed: Bool, _ languages: FillLanguages) {
    let (sourceLanguage, targetLanguage) =
      isReversed
      ? (unit.targetLanguage, unit.sourceLanguage) : (unit.sourceLanguage, unit.targetLanguage)
    guard LanguageMatching.match(sourceLanguage, languages.source),
      LanguageMatching.match(targetLanguage, languages.target)
    else { return nil }
    self.unit = unit
    source = (isReversed ? unit.target : unit.source).withoutOuterSpace
    target = (isReversed ? unit.source : unit.target).withoutOuterSpace
    guard !target.isEmpty, target.isWritten(as: languages.target) else { return nil }
    isOfRegion =
      LanguageMatching.maximized(targetLanguage).region
      == LanguageMatching.maximized(languages.target).region
  }

  /// When somebody last saw to it; dates of ISO 8601 sort as texts do.
  var date: Timestamp { unit.changed?.date ?? unit.created?.date ?? "" }
}

extension [Candidate] {
  /// The translation to take: of the file's region, then the most recent, then the one that most
  /// origins have, then the one that was added last; and whether there was a choice.
  fileprivate var best: (candidate: Candidate, isAmbiguous: Bool)? {
    let local = filter(\.isOfRegion)
    let list = local.isEmpty ? self : local
    let origins = Dictionary(grouping: list, by: \.target)
      .mapValues { Set($0.map { $0.unit.origin ?? "" }).count }
    func rank(_ candidate: Candidate) -> (Timestamp, Int, Int64) {
      (candidate.date, origins[candidate.target] ?? 0, candidate.unit.id ?? 0)
    }
    return list.max { rank($0) < rank($1) }.map { ($0, origins.count > 1) }
  }
}

extension String {
  fileprivate var withoutOuterSpace: String {
    let bytes = Array(utf8)
    return String(decoding: bytes[bytes.span.trimmingWhitespace(0..<bytes.count)], as: UTF8.self)
  }

  /// Whether a text is in the way of writing Chinese that a language asks for, whatever its own tag
  /// says: a memory tagged `zh` may hold both.
  func isWritten(as language: LanguageTag) -> Bool {
    guard language.isChinese else { return true }
    var (simplified, traditional) = (0, 0)
    for scalar in unicodeScalars {
      switch HanForm.form(of: scalar.value) {
      case .simplified: simplified += 1
      case .traditional: traditional += 1
      case .shared, .japanese: break
      }
    }
    return LanguageMatching.maximized(language).script == "Hant"
      ? traditional >= simplified : simplified >= traditional
  }
}
