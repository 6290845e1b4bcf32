public import Bitext
internal import Matching
internal import Segmentation

/// Which side's terms must be found on the other one.
public enum CheckDirection: Sendable, Hashable {
  /// The terms of the source in the target.
  case forward
  /// Both ways: nobody said which side was written first.
  case both
}

/// What is to be said about one document or pair, and what the rules about all of them must know.
public struct Examination: Sendable {
  public var diagnostics: [Diagnostic] = []
  public var facts = CheckFacts()

  public init() {}
}

/// Checks documents and pairs of documents against a termbase: built once, then only read, by any
/// number of threads.
public struct Checker: Sendable {
  let termbase: Termbase
  let settings: RuleSettings
  /// Whether diagnostics say why they were made.
  let explains: Bool
  private let warnOnly: WarnOnly
  private let matchers: [TermMatcher]

  /// - Parameters:
  ///   - termbase: the concepts that count; without any, the rules about terms find nothing.
  ///   - languages: those of the documents that will be checked.
  ///   - settings: the severity of each rule.
  ///   - includesProposed: whether terms that wait for review count too.
  ///   - explains: whether diagnostics say why they were made.
  ///   - warnOnly: the concepts whose findings are warnings at the most.
  public init(
    termbase: Termbase, languages: [LanguageTag], settings: RuleSettings = RuleSettings(),
    includesProposed: Bool = false, explains: Bool = false, warnOnly: WarnOnly = WarnOnly()
  ) {
    self.warnOnly = warnOnly
    self.termbase = termbase
    self.settings = settings
    self.explains = explains
    var matchers: [TermMatcher] = []
    for language in languages
    where !matchers.contains(where: { LanguageMatching.match($0.language, language) }) {
      matchers.append(
        TermMatcher(termbase, language: language, includesProposed: includesProposed))
    }
    self.matchers = matchers
  }

  /// How many terms of a language can be looked for.
  public func termCount(in language: LanguageTag) -> Int {
    matcher(for: language)?.terms.count ?? 0
  }

  /// The terms that can never match, with their concepts' ids.
  public var unmatchable: [(concept: String, term: Term)] {
    matchers.flatMap(\.unmatchable).map { (termbase.concepts[$0.concept].id, $0.term) }
  }

  /// The rules, each group in the order in which the manual has them.
  private var textRules: [any TextRule] {
    [ForbiddenTerm(checker: self), TermStyle(checker: self)]
  }

  private var pairRules: [any PairRule] { [MissingTerm(checker: self)] }

  private var collectionRules: [any CollectionRule] { [] }

  /// What one document says by itself, in the order of the text.
  public func check(_ text: SegmentedText) -> [Diagnostic] {
    let examination = examine(text)
    return (examination.diagnostics + conclude([examination.facts])).sorted(by: Self.inOrder)
  }

  /// What two documents say, each by itself and one beside the other.
  public func check(_ pair: ParallelText, direction: CheckDirection) -> [Diagnostic] {
    let examination = examine(pair, direction: direction)
    return (examination.diagnostics + conclude([examination.facts])).sorted(by: Self.inOrder)
  }

  /// What one of many documents says by itself, and what it adds to what all say together.
  public func examine(_ text: SegmentedText) -> Examination {
    let matched = MatchedText(text, matcher: matcher(for: text.language))
    var result = Examination()
    for rule in textRules { result.diagnostics += rule.check(matched) }
    for rule in collectionRules { rule.note(matched, &result.facts) }
    result.diagnostics = warnOnly.weighed(result.diagnostics).sorted(by: Self.inOrder)
    return result
  }

  /// What one of many pairs says, and what it adds to what all say together.
  public func examine(_ pair: ParallelText, direction: CheckDirection) -> Examination {
    let matched = MatchedPair(
      source: MatchedText(pair.source, matcher: matcher(for: pair.source.language)),
      target: MatchedText(pair.target, matcher: matcher(for: pair.target.language)),
      beads: pair.beads, isAligned: pair.isAligned, direction: direction)
    var result = Examination()
    for rule in textRules {
      result.diagnostics += rule.check(matched.source) + rule.check(matched.target)
    }
    for rule in pairRules { result.diagnostics += rule.check(matched) }
    for rule in collectionRules { rule.note(matched, &result.facts) }
    result.diagnostics = warnOnly.weighed(result.diagnostics).sorted(by: Self.inOrder)
    return result
  }

  /// What all documents of a run say together.
  ///
  /// - Parameter facts: of each, in the order of the run.
  /// - Returns: the findings, by file and place.
  public func conclude(_ facts: [CheckFacts]) -> [Diagnostic] {
    warnOnly.weighed(collectionRules.flatMap { $0.conclude(facts) }).sorted(by: Self.inOrder)
  }

  private func matcher(for language: LanguageTag) -> TermMatcher? {
    matchers.first { LanguageMatching.match($0.language, language) }
  }

  /// The accepted terms of a concept in a language, the preferred one first.
  func accepted(_ concept: Int, in language: LanguageTag) -> [String] {
    let terms = termbase.concepts[concept].terms.filter {
      $0.status.isAccepted && LanguageMatching.match($0.language, language)
    }
    return terms.filter { $0.status == .preferred }.map(\.text)
      + terms.filter { $0.status != .preferred }.map(\.text)
  }

  /// By file, place and rule: never by chance.
  public static func inOrder(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
    if left.location.file != right.location.file { return left.location.file < right.location.file }
    let (a, b) = (left.location.range, right.location.range)
    if a.lowerBound != b.lowerBound { return a.lowerBound < b.lowerBound }
    if a.upperBound != b.upperBound { return a.upperBound < b.upperBound }
    return (left.rule, left.term, left.concept ?? "") < (
      right.rule, right.term, right.concept ?? ""
    )
  }
}
