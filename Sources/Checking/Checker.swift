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

/// Checks documents and pairs of documents against a termbase: built once, then only read, by any
/// number of threads.
public struct Checker: Sendable {
  let termbase: Termbase
  let settings: RuleSettings
  private let matchers: [TermMatcher]

  /// - Parameters:
  ///   - termbase: the concepts that count.
  ///   - languages: those of the documents that will be checked.
  ///   - settings: the severity of each rule.
  ///   - includesProposed: whether terms that wait for review count too.
  public init(
    termbase: Termbase, languages: [LanguageTag], settings: RuleSettings = RuleSettings(),
    includesProposed: Bool = false
  ) {
    self.termbase = termbase
    self.settings = settings
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

  /// What one document says by itself, in the order of the text.
  public func check(_ text: SegmentedText) -> [Diagnostic] {
    guard let matcher = matcher(for: text.language) else { return [] }
    return findings(in: MatchedText(text, matcher: matcher)).sorted(by: Self.inOrder)
  }

  /// What two documents say, each by itself and one beside the other.
  public func check(_ pair: ParallelText, direction: CheckDirection) -> [Diagnostic] {
    // Numbers need no terms.
    let numbers = NumberMismatch(checker: self).check(pair)
    guard let left = matcher(for: pair.source.language),
      let right = matcher(for: pair.target.language)
    else { return numbers.sorted(by: Self.inOrder) }
    let sides = (
      MatchedText(pair.source, matcher: left), MatchedText(pair.target, matcher: right)
    )
    var found = numbers + findings(in: sides.0) + findings(in: sides.1)
    let rule = MissingTerm(checker: self)
    for index in pair.beads.indices {
      found += rule.check(PairedBead(pair.beads, index, sides.0, sides.1))
    }
    if direction == .both {
      let flipped = pair.beads.map { Bead(source: $0.target, target: $0.source, score: $0.score) }
      for index in flipped.indices {
        found += rule.check(PairedBead(flipped, index, sides.1, sides.0))
      }
    }
    return found.sorted(by: Self.inOrder)
  }

  private func findings(in text: MatchedText) -> [Diagnostic] {
    ForbiddenTerm(checker: self).check(text) + TermStyle(checker: self).check(text)
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
  static func inOrder(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
    if left.location.file != right.location.file { return left.location.file < right.location.file }
    let (a, b) = (left.location.range, right.location.range)
    if a.lowerBound != b.lowerBound { return a.lowerBound < b.lowerBound }
    if a.upperBound != b.upperBound { return a.upperBound < b.upperBound }
    return (left.rule, left.term, left.concept ?? "") < (
      right.rule, right.term, right.concept ?? ""
    )
  }
}
