internal import Bitext
internal import Segmentation
internal import Store

/// A segment of a file that is analysed.
struct AnalyzedSegment: Sendable {
  var text: String
  var source: LanguageTag
  /// The language that it is to be translated into; `nil` takes any.
  var target: LanguageTag?
  /// What stands around it, in files whose segments follow each other.
  var previous: String?
  var next: String?
  /// What names its place in its file.
  var contextID: String?
  /// What it repeats, if it does.
  var repetition: LeverageBand?
}

/// Asks a memory what it has for segments.
struct LeverageSearch: Sendable {
  let stores: StorePool
  /// Those that the memory has.
  let pairs: Set<LanguagePair>
  let options: AnalyzeOptions

  /// Matches that are asked for at first: the best one may be in another language than the wanted
  /// one, and then so many more are asked for each time.
  private static let (firstLimit, growth) = (4, 16)

  /// The band of a segment.
  func band(of segment: AnalyzedSegment) throws(Trouble) -> LeverageBand {
    let otherwise = segment.repetition ?? .new
    guard knows(segment.source, into: segment.target) else { return otherwise }
    // A repetition is dearer than what the memory has to the letter, and cheaper than all else.
    let least = segment.repetition == nil ? options.minimum : 1
    guard let match = try bestMatch(for: segment, minimum: least) else { return otherwise }
    return switch match.kind {
    case .context: .context
    case .exact: .exact
    case .fuzzy: LeverageBand(fuzzy: match.leverage)
    }
  }

  /// Whether the memory translates from a language at all.
  func knows(_ source: LanguageTag, into target: LanguageTag?) -> Bool {
    pairs.contains { pair in
      [(pair.source, pair.target), (pair.target, pair.source)].contains { from, to in
        LanguageMatching.match(from, source)
          && (target.map { LanguageMatching.match(to, $0) } ?? true)
      }
    }
  }

  private func bestMatch(
    for segment: AnalyzedSegment, minimum: Double
  ) throws(Trouble) -> MemoryMatch? {
    var query = MemoryQuery(
      text: segment.text, language: segment.source, previous: segment.previous, next: segment.next,
      minimum: minimum, limit: Self.firstLimit)
    query.contextID = segment.contextID
    query.penalties = options.penalties
    query.substitutesNumbers = options.substitutesNumbers
    while true {
      let matches = try stores.search(query)
      if let match = matches.first(where: { $0.translates(into: segment.target) }) { return match }
      guard matches.count == query.limit else { return nil }
      query.limit *= Self.growth
    }
  }
}

extension MemoryMatch {
  /// What CAT tools count a unit as that is the same but for numbers which were substituted, however
  /// many they are.
  private static let leastOfSubstitutions = 0.95

  /// The share that the match is counted by.
  fileprivate var leverage: Double {
    substitutions.isEmpty || !penalties.isEmpty ? score : max(score, Self.leastOfSubstitutions)
  }

  /// Whether its other side is of use: in the wanted language, in its way of writing Chinese.
  fileprivate func translates(into target: LanguageTag?) -> Bool {
    let (language, text) =
      isReversed ? (unit.sourceLanguage, unit.source) : (unit.targetLanguage, unit.target)
    guard text.unicodeScalars.contains(where: { !$0.value.isWhitespaceScalar }) else {
      return false
    }
    guard let target else { return true }
    return LanguageMatching.match(language, target) && text.isWritten(as: target)
  }
}
