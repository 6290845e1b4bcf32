public import Bitext
internal import Matching
public import Segmentation

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
  /// Whether the facts say how often each term stands in the texts.
  private let countsTerms: Bool
  /// Whether each place where a term is missing is a finding, also where a document has a habit.
  let reportsEachPlace: Bool
  /// Names that are the same in all languages.
  let doNotTranslate: [String]
  /// The concepts whose accepted terms are the same in all their languages, with that term.
  let kept: [Int: String]
  private let warnOnly: WarnOnly
  private let matchers: [TermMatcher]
  /// For each matcher the concepts that have several accepted terms.
  private let variants: [Set<Int>]
  private let lexicon: @Sendable () -> Lexicon

  /// - Parameters:
  ///   - termbase: the concepts that count; without any, the rules about terms find nothing.
  ///   - languages: those of the documents that will be checked.
  ///   - settings: the severity of each rule.
  ///   - includesProposed: whether terms that wait for review count too.
  ///   - explains: whether diagnostics say why they were made.
  ///   - countsTerms: whether facts say how often each term stands in the texts.
  ///   - reportsEachPlace: whether each place where a term is missing is a finding of its own; else
  ///     the first speaks for the others where a document has a habit.
  ///   - warnOnly: the concepts whose findings are warnings at the most.
  ///   - doNotTranslate: names that must stay as they are.
  ///   - lexicon: the built-in word list, which is asked for when a term seems to be missing.
  public init(
    termbase: Termbase, languages: [LanguageTag], settings: RuleSettings = RuleSettings(),
    includesProposed: Bool = false, explains: Bool = false, countsTerms: Bool = false,
    reportsEachPlace: Bool = false, warnOnly: WarnOnly = WarnOnly(),
    doNotTranslate: [String] = [],
    lexicon: @escaping @Sendable () -> Lexicon = { .builtin }
  ) {
    self.warnOnly = warnOnly
    self.termbase = termbase
    self.settings = settings
    self.explains = explains
    self.doNotTranslate = doNotTranslate.filter { !$0.isEmpty }
    self.lexicon = lexicon
    self.countsTerms = countsTerms
    self.reportsEachPlace = reportsEachPlace
    kept = Self.keptConcepts(termbase)
    var matchers: [TermMatcher] = []
    for language in languages
    where !matchers.contains(where: { LanguageMatching.match($0.language, language) }) {
      matchers.append(
        TermMatcher(termbase, language: language, includesProposed: includesProposed))
    }
    self.matchers = matchers
    variants = matchers.map(Self.variants)
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
    [
      ForbiddenTerm(checker: self), TermStyle(checker: self), WrongScript(checker: self),
      Punctuation(checker: self),
    ]
  }

  /// Rules about a document that stands by itself.
  private var documentRules: [any TextRule] { [UntranslatedTerm(checker: self)] }

  /// Those of the rules about a document that say of each part what they say of the whole.
  private var partRules: [any TextRule] {
    [ForbiddenTerm(checker: self), TermStyle(checker: self)] + documentRules
  }

  private var pairRules: [any PairRule] {
    [
      MissingTerm(checker: self), UntranslatedTerm(checker: self), DoNotTranslate(checker: self),
      NumberMismatch(checker: self), UntranslatedSegment(checker: self),
      EmptyTarget(checker: self), MissingSegment(checker: self),
    ]
  }

  private var collectionRules: [any CollectionRule] {
    [
      InconsistentTerm(checker: self), SameSourceDifferentTarget(checker: self),
      SameTargetDifferentSource(checker: self),
    ]
  }

  /// What one document says by itself, in the order of the text.
  public func check(_ text: SegmentedText) -> [Diagnostic] {
    let examination = examine(text)
    return settle(examination.diagnostics, [examination.facts])
  }

  /// What two documents say, each by itself and one beside the other.
  public func check(_ pair: ParallelText, direction: CheckDirection) -> [Diagnostic] {
    let examination = examine(pair, direction: direction)
    return settle(examination.diagnostics, [examination.facts]) { pair.text(at: $0) }
  }

  /// What one of many documents says by itself, and what it adds to what all say together.
  public func examine(_ text: SegmentedText) -> Examination {
    let matched = matched(text)
    return examine(matched, (textRules + documentRules).flatMap { $0.check(matched) })
  }

  /// What one part of a document says without regard to the others.
  func examine(part: MatchedText) -> Examination {
    examine(part, partRules.flatMap { $0.check(part) })
  }

  /// A document with the terms in it.
  func matched(_ text: SegmentedText) -> MatchedText {
    MatchedText(text, matcher: matcher(for: text.language), others: otherMatchers(text.language))
  }

  private func examine(_ matched: MatchedText, _ diagnostics: [Diagnostic]) -> Examination {
    var result = Examination()
    result.diagnostics = diagnostics
    for rule in collectionRules { rule.note(matched, &result.facts) }
    if countsTerms { result.facts.tally(matched, termbase) }
    result.facts.suppressions = Suppression.all(in: matched.text)
    Self.addContext([matched.text], &result.diagnostics)
    result.diagnostics = weighed(result.diagnostics)
    return result
  }

  /// The findings in order, those of some concepts as warnings at the most.
  func weighed(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    warnOnly.weighed(diagnostics).sorted(by: Self.inOrder)
  }

  /// What one of many pairs says, and what it adds to what all say together.
  public func examine(_ pair: ParallelText, direction: CheckDirection) -> Examination {
    let matched = MatchedPair(
      text: pair,
      source: MatchedText(
        pair.source, matcher: matcher(for: pair.source.language),
        others: direction == .both ? otherMatchers(pair.source.language) : [], keepsTokens: true),
      target: MatchedText(
        pair.target, matcher: matcher(for: pair.target.language),
        others: otherMatchers(pair.target.language), keepsTokens: true),
      direction: direction)
    var result = Examination()
    for rule in textRules {
      result.diagnostics += rule.check(matched.source) + rule.check(matched.target)
    }
    for rule in pairRules { result.diagnostics += rule.check(matched) }
    for rule in collectionRules { rule.note(matched, &result.facts) }
    if countsTerms {
      result.facts.tally(matched.source, termbase)
      result.facts.tally(matched.target, termbase)
    }
    result.facts.suppressions = Suppression.all(in: pair)
    Self.addContext([pair.target, pair.source], &result.diagnostics)
    result.diagnostics = warnOnly.weighed(result.diagnostics).sorted(by: Self.inOrder)
    return result
  }

  /// What all documents of a run say together.
  ///
  /// - Parameters:
  ///   - facts: of each, in the order of the run.
  ///   - text: what stands at a place, asked for where there is something to say; facts do not keep
  ///     texts.
  /// - Returns: the findings, by file and place.
  public func conclude(
    _ facts: [CheckFacts], text: (Location) -> String? = { _ in nil }
  ) -> [Diagnostic] {
    warnOnly.weighed(collectionRules.flatMap { $0.conclude(facts, text: text) })
      .sorted(by: Self.inOrder)
  }

  /// What the renderings say that were mined from all pairs of a run.
  ///
  /// - Parameter terms: the terms of the run.
  /// - Returns: the findings, by file and place.
  public func check(_ terms: [MinedTerm]) -> [Diagnostic] {
    InconsistentRendering(checker: self).check(terms).sorted(by: Self.inOrder)
  }

  /// The findings of a run: those of its documents and pairs and those that all say together,
  /// without what comments in the documents silence.
  ///
  /// - Parameters:
  ///   - diagnostics: of all examinations, and of what was mined from all pairs.
  ///   - facts: of all, in the order of the run.
  ///   - text: what stands at a place, where that can still be told.
  /// - Returns: the findings, by file and place.
  public func settle(
    _ diagnostics: consuming [Diagnostic], _ facts: [CheckFacts],
    text: (Location) -> String? = { _ in nil }
  ) -> [Diagnostic] {
    var suppressions = SuppressionTable(facts.flatMap(\.suppressions))
    var kept = suppressions.filter(diagnostics)
    kept += suppressions.filter(conclude(facts, text: text))
    kept += suppressions.filter(UnusedSuppression(checker: self).check(suppressions))
    kept.sort(by: Self.inOrder)
    return kept
  }

  func matcher(for language: LanguageTag) -> TermMatcher? {
    matchers.first { LanguageMatching.match($0.language, language) }
  }

  /// Those of languages in another script, for the terms that were left untranslated.
  private func otherMatchers(_ language: LanguageTag) -> [TermMatcher] {
    guard settings.isOn(.untranslatedTerm) else { return [] }
    return matchers.filter { $0.language.isChinese != language.isChinese }
  }

  /// The accepted terms of a concept in a language, the preferred one first.
  func accepted(_ concept: Int, in language: LanguageTag) -> [String] {
    let terms = termbase.concepts[concept].terms.filter {
      $0.status.isAccepted && LanguageMatching.match($0.language, language)
    }
    return terms.filter { $0.status == .preferred }.map(\.text)
      + terms.filter { $0.status != .preferred }.map(\.text)
  }

  /// The preferred term of a concept in a language.
  func preferred(_ concept: Int, in language: LanguageTag) -> String? {
    termbase.concepts[concept].terms.first {
      $0.status == .preferred && LanguageMatching.match($0.language, language)
    }?.text
  }

  /// Whether a concept has several accepted terms in a matcher's language.
  func hasVariants(_ concept: Int, _ language: LanguageTag) -> Bool {
    guard let index = matchers.firstIndex(where: { $0.language == language }) else { return false }
    return variants[index].contains(concept)
  }

  private static func variants(_ matcher: TermMatcher) -> Set<Int> {
    var first: [Int: String] = [:]
    var several: Set<Int> = []
    for entry in matcher.terms where entry.term.status.isAccepted {
      if first[entry.concept, default: entry.term.text] != entry.term.text {
        several.insert(entry.concept)
      }
      first[entry.concept] = entry.term.text
    }
    return several
  }

  /// What the word list says about a pair of languages; `nil` for those that it does not know.
  func words(_ left: LanguageTag, _ right: LanguageTag) -> WordTranslations? {
    let isEnglish = LanguageMatching.match(left.isChinese ? right : left, .english)
    guard left.isChinese != right.isChinese, isEnglish else { return nil }
    return WordTranslations(lexicon: lexicon())
  }

  private static func keptConcepts(_ termbase: Termbase) -> [Int: String] {
    var kept: [Int: String] = [:]
    for (index, concept) in termbase.concepts.enumerated() {
      let terms = concept.terms.filter(\.status.isAccepted)
      guard let first = terms.first, terms.allSatisfy({ $0.text == first.text }),
        terms.contains(where: { $0.language != first.language })
      else { continue }
      kept[index] = first.text
    }
    return kept
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
