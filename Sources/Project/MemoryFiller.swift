internal import Bitext
internal import Formats
internal import Segmentation
internal import Store

/// What an editor asks for.
struct FillRequest: Sendable, Hashable {
  var text: String
  /// What names its place in its document.
  var contextID: String?
  var languages: FillLanguages
}

/// What the memory has for a text.
struct MemoryAnswer: Sendable {
  var proposal: TargetProposal?
  /// Of several translations of the very text all that may be taken: which one is, the segments
  /// around it may tell.
  var choices: [FillCandidate] = []
  /// Whether it has several translations of the very text.
  var isAmbiguous = false
  /// Whether it has the very text in units alone that are penalised, which are fuzzy matches.
  var isPenalised = false
}

/// Gives the memory's translations to an editor of files, and counts what becomes of segments.
final class MemoryFiller: TargetFiller {
  private let store: ConcordStore
  private let pairs: Set<LanguagePair>
  private let options: PretranslateOptions
  /// What was asked before.
  private let found: [FillRequest: MemoryAnswer]
  private var order: SegmentOrder
  private(set) var summary = PretranslateSummary()
  private var exampleCounts: [String: Int] = [:]
  /// What the memory has for the text that was asked for last.
  private var last = MemoryAnswer()

  /// Examples of a kind that are kept.
  private static let exampleCount = 3

  /// Matches that are asked for at first, and how many times as many when none of them will do.
  private static let (firstLimit, growth) = (4, 16)

  init(
    store: ConcordStore, pairs: Set<LanguagePair>, options: PretranslateOptions,
    found: [FillRequest: MemoryAnswer] = [:], order: SegmentOrder = SegmentOrder()
  ) {
    self.found = found
    self.order = order
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

  func proposal(
    for text: String, contextID: String?, _ languages: FillLanguages
  ) throws -> TargetProposal? {
    let request = FillRequest(text: text, contextID: contextID, languages: languages)
    last = try found[request] ?? answer(to: request)
    guard !last.choices.isEmpty, let neighbours = order.neighbours(of: text) else {
      return last.proposal
    }
    var choices = last.choices
    for index in choices.indices {
      choices[index].isInContext = choices[index].unit.stands(
        between: neighbours.previous, and: neighbours.next)
    }
    last = choices.exactAnswer(to: text) ?? last
    return last.proposal
  }

  /// Asks the memory.
  func answer(to request: FillRequest) throws -> MemoryAnswer {
    let (text, languages) = (request.text, request.languages)
    let candidates = try exactCandidates(request)
    // What somebody has to look at is never filled in as exact.
    let sound = candidates.filter { options.penalties.applied(to: $0.unit).isEmpty }
    if let exact = sound.filter({ $0.source == text }).exactAnswer(to: text) { return exact }
    let isPenalised = candidates.contains { $0.source == text }
    guard options.minimum < 1 else { return MemoryAnswer(isPenalised: isPenalised) }
    // Another spelling of the very words is as near as a fuzzy match can be.
    if let near = sound.best { return MemoryAnswer(proposal: near.candidate.proposal(score: 1)) }
    return MemoryAnswer(proposal: try nearest(text, languages), isPenalised: isPenalised)
  }

  private func nearest(_ text: String, _ languages: FillLanguages) throws -> TargetProposal? {
    var query = MemoryQuery(
      text: text, language: languages.source, minimum: options.minimum, limit: Self.firstLimit)
    query.targetLanguage = languages.target
    query.penalties = options.penalties
    query.substitutesNumbers = options.substitutesNumbers
    while true {
      let matches = try store.search(query)
      for match in matches {
        guard let found = FillCandidate(match.unit, isReversed: match.isReversed, languages) else {
          continue
        }
        var proposal = found.proposal(score: match.score)
        proposal.isMachine = match.isMachineTranslated
        if !match.substitutions.isEmpty {
          (proposal.text, proposal.original) = (match.target.withoutOuterSpace, found.target)
        }
        return proposal
      }
      guard matches.count == query.limit else { return nil }
      query.limit *= Self.growth
    }
  }

  private func exactCandidates(_ request: FillRequest) throws(Trouble) -> [FillCandidate] {
    let languages = request.languages
    var candidates: [FillCandidate] = []
    for (side, isReversed) in [(ConcordanceHit.Side.source, false), (.target, true)] {
      guard hasPair(languages, isReversed: isReversed) else { continue }
      for unit in try store.units(like: request.text, on: side) {
        guard var candidate = FillCandidate(unit, isReversed: isReversed, languages) else {
          continue
        }
        if let name = request.contextID {
          candidate.isNamed = unit.details?.contextIDs.contains(name) ?? false
        }
        candidates.append(candidate)
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
    defer { order.goOn() }
    let kind: String
    switch outcome.kind {
    case .exact:
      kind = "exact"
      summary.exact += 1
      if last.isAmbiguous { summary.ambiguous += 1 }
    case .fuzzy:
      kind = "fuzzy"
      summary.fuzzy += 1
      if outcome.proposal?.isMachine ?? false { summary.machine += 1 }
      if outcome.proposal?.original != nil { summary.substituted += 1 }
    case .translated:
      summary.translated += 1
      return
    case .notFound:
      kind = "missing"
      summary.missing += 1
      if last.isPenalised { summary.penalised += 1 }
    case .left(let reason):
      kind = reason.rawValue
      summary.left[reason.rawValue, default: 0] += 1
    }
    guard exampleCounts[kind, default: 0] < Self.exampleCount else { return }
    exampleCounts[kind, default: 0] += 1
    summary.examples.append(
      PretranslateSummary.Example(
        kind: kind, line: outcome.line, source: outcome.source, target: outcome.proposal?.text,
        score: outcome.proposal?.score, origin: outcome.proposal?.origin,
        original: outcome.proposal?.original))
  }
}

extension [FillCandidate] {
  /// The best of units that have the very text; `nil` where there are none.
  fileprivate func exactAnswer(to text: String) -> MemoryAnswer? {
    guard let best else { return nil }
    var proposal = best.candidate.proposal(score: 1)
    (proposal.isExact, proposal.source) = (true, text)
    proposal.isNamed = best.candidate.isNamed
    let hasNeighbours = contains { $0.unit.previous != nil || $0.unit.next != nil }
    return MemoryAnswer(
      proposal: proposal, choices: best.isAmbiguous && hasNeighbours ? self : [],
      isAmbiguous: best.isAmbiguous)
  }
}
