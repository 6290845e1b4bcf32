internal import Bitext
internal import Matching
internal import Segmentation

/// Makes matches of the units that the index found: decides what may be offered, and how much it is
/// worth.
struct MatchBuilder {
  let query: MemoryQuery
  /// The query in the script that is wanted, where texts are converted.
  let text: String
  let pattern: FuzzyPattern
  /// What the index is asked for: the text, and what it is in the other script.
  let patterns: [FuzzyPattern]
  let key: MatchKey
  private let script: HanConversion.Script?
  private let words: WordPattern?
  private let numbers: NumberedText?

  /// - Returns: `nil` for a text without a match key.
  init?(_ query: MemoryQuery) {
    self.query = query
    let script = query.script
    var text = query.text
    if query.convertsScript, let script { text = HanConversion.convert(text, to: script) }
    let key = MatchKey(text)
    guard !key.bytes.isEmpty else { return nil }
    (self.text, self.key, self.script) = (text, key, script)
    pattern = FuzzyPattern(key)
    var patterns = [pattern]
    if query.convertsScript, let script {
      let other = MatchKey(
        HanConversion.convert(text, to: script == .simplified ? .traditional : .simplified))
      if other != key { patterns.append(FuzzyPattern(other)) }
    }
    self.patterns = patterns
    words = query.scoring == .words ? WordPattern(key) : nil
    let numbers = query.substitutesNumbers ? NumberedText(text) : nil
    self.numbers = numbers
  }

  /// The least similarity by characters that may become a match.
  var floor: Double {
    var floor = query.minimum
    // Half of its words may differ in little, and one long word in much.
    if words != nil { floor = min(floor, max(0.4, query.minimum - 0.25)) }
    if let numbers, !numbers.atoms.isEmpty {
      // A unit that is the same but for its numbers lacks no more than the digits.
      let share = 1 - Double(numbers.digitCount + 2) / Double(max(1, key.scalarCount))
      floor = min(floor, max(0.5, share))
    }
    return floor
  }

  /// Whether scores may be better than the similarity by characters, so that the best of those that
  /// are nearest by characters need not be the best.
  var mayRaise: Bool { words != nil || numbers.map { !$0.atoms.isEmpty } ?? false }

  /// A unit as a match; `nil` where it may not be offered or is not alike enough.
  ///
  /// - Parameters:
  ///   - unit: what was found.
  ///   - hit: on which side, and how alike to one of the patterns.
  ///   - isOfText: whether the pattern is that of the text itself.
  /// - Returns: the match with everything that is said of it.
  func match(_ unit: TranslationUnit, _ hit: TextHit, isOfText: Bool) -> MemoryMatch? {
    let isReversed = hit.side == .target
    guard let source = offered(side: hit.side, of: unit, wanted: query.language, script: script),
      let target = offered(
        side: hit.side.other, of: unit, wanted: query.targetLanguage,
        script: query.targetLanguage.flatMap { ScriptRelation.script(of: $0) }
          ?? query.chinese.flatMap { ScriptRelation.script(of: $0) })
    else { return nil }
    var unit = unit
    unit.readDetails()
    let sourceKey = MatchKey(source.text)
    let plain =
      isOfText && !source.isConverted ? hit.score : pattern.similarity(to: sourceKey)
    // Words may be the same where marks are not.
    let similarity =
      plain == 1 ? 1 : words.map { min(Self.best, $0.similarity(to: sourceKey)) } ?? plain
    var match = MemoryMatch(
      score: similarity, kind: .fuzzy, unit: unit, isReversed: isReversed, source: source.text,
      target: target.text, similarity: similarity)
    if similarity == 1 { match.kind = query.exactKind(of: unit) }
    if let numbers, similarity < 1 { settle(numbers, &match) }
    match.hasTags =
      unit.details?.source.markup != nil || unit.details?.target.markup != nil
    match.isConverted = source.isConverted || target.isConverted
    match.isMachineTranslated = MachineTranslation.made(unit)
    penalise(&match)
    return match.score >= query.minimum ? match : nil
  }

  /// What a match that is not exact can have.
  private static let best = 0.99
  /// What a substituted number takes off: someone has to look at it.
  private static let substitutionCost = 0.01

  private func settle(_ numbers: NumberedText, _ match: inout MemoryMatch) {
    let language = match.isReversed ? match.unit.sourceLanguage : match.unit.targetLanguage
    switch NumberSubstitution(
      query: numbers, source: match.source, target: match.target, language: language)
    {
    case .same(let isSameText):
      if isSameText { match.score = max(match.score, Self.best) }
    case .substituted(let target, let substitutions):
      match.target = target
      match.substitutions = substitutions
      let share = 1 - Double(substitutions.count) * Self.substitutionCost
      match.score = min(Self.best, max(match.score, share))
    case .impossible: match.hasOtherNumbers = true
    }
  }

  private func penalise(_ match: inout MemoryMatch) {
    match.penalties = query.penalties.applied(
      to: match.unit, isMachineTranslated: match.isMachineTranslated,
      isConverted: match.isConverted)
    let points = match.penalties.reduce(0) { $0 + $1.points }
    if points > 0 { match.score = max(0, match.score - Double(points) / 100) }
    // Converted text is nobody's translation, whatever is taken off for it.
    if match.isConverted { match.score = min(match.score, Self.best) }
    if points > 0 || match.isConverted { match.kind = .fuzzy }
  }

  /// A side of a unit as it may be offered; `nil` where it may not.
  private func offered(
    side: UnitSide, of unit: TranslationUnit, wanted: LanguageTag?, script: HanConversion.Script?
  ) -> (text: String, isConverted: Bool)? {
    let (text, language) =
      side == .source
      ? (unit.source, unit.sourceLanguage) : (unit.target, unit.targetLanguage)
    let tag: LanguageTag
    if let wanted {
      tag = wanted
    } else if language.isChinese, let script {
      tag = script == .simplified ? .simplifiedChinese : .traditionalChinese
    } else {
      return (text, false)
    }
    switch ScriptRelation(of: text, in: language, to: tag) {
    case .same: return (text, false)
    case .unknown where LanguageMatching.match(language, tag): return (text, false)
    case .unknown, .other:
      guard query.convertsScript, language.isChinese, LanguageMatching.sameLanguage(language, tag),
        let script = ScriptRelation.script(of: tag)
      else { return nil }
      return (HanConversion.convert(text, to: script), true)
    }
  }
}

extension MemoryQuery {
  /// The script of Chinese that the query's side is wanted in: that of its language, else the one
  /// that the text shows, else the project's.
  fileprivate var script: HanConversion.Script? {
    if let language { return language.isChinese ? ScriptRelation.script(of: language) : nil }
    return HanEvidence(text).script ?? chinese.flatMap { ScriptRelation.script(of: $0) }
  }

  /// Says which language tags the text may be in.
  var languages: (String) -> Bool {
    let detected = language == nil ? LanguageMatching.detect(Array(text.utf8).span) : nil
    let wanted = language
    let isChinese = wanted?.isChinese == true
    let convertsScript = convertsScript
    return { tag in
      guard let tag = LanguageTag(tag) else { return false }
      if let wanted {
        if LanguageMatching.match(tag, wanted) { return true }
        // Under a tag that names no script a text may be in either.
        let mayFit = isChinese && (convertsScript || tag.script == nil && tag.region == nil)
        return mayFit && LanguageMatching.sameLanguage(tag, wanted)
      }
      return detected.map { LanguageMatching.sameLanguage(tag, $0) } ?? true
    }
  }

  /// What a unit with the very text is.
  fileprivate func exactKind(of unit: TranslationUnit) -> MemoryMatch.Kind {
    if unit.stands(between: previous, and: next) { return .context }
    guard let contextID else { return .exact }
    return unit.details?.contextIDs.contains(contextID) ?? false ? .context : .exact
  }

  var hasContext: Bool { previous != nil || next != nil || contextID != nil }
}

extension TranslationUnit {
  /// Whether the unit came from between the same segments, by match key: one that nobody knows may be
  /// any, but not both.
  package func stands(between previous: String?, and next: String?) -> Bool {
    func same(_ asked: String?, _ kept: String?) -> Bool {
      guard let asked else { return true }
      return kept.map { MatchKey($0) == MatchKey(asked) } ?? false
    }
    return (previous != nil || next != nil) && same(previous, self.previous)
      && same(next, self.next)
  }
}
