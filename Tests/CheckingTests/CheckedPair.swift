import Bitext
import Segmentation

@testable import Checking

/// What a checker says about two short texts, Chinese and English; bars part their segments, and
/// segments with the same number are a bead.
func findings(
  zh: String, en: String, _ terms: Termbase, from source: LanguageTag = .simplifiedChinese,
  isAligned: Bool = false, score: Double = 1, explains: Bool = false,
  doNotTranslate: [String] = [], kind: BlockKind = .paragraph
) -> [Diagnostic] {
  let chinese = MarkedText(zh).document("zh", .simplifiedChinese, kind: kind)
  let english = MarkedText(en).document("en", .english, kind: kind)
  let (left, right) = source.isChinese ? (chinese, english) : (english, chinese)
  let beads = (0..<min(left.segments.count, right.segments.count)).map {
    Bead(source: $0..<$0 + 1, target: $0..<$0 + 1, score: score)
  }
  let pair = ParallelText(source: left, target: right, beads: beads, isAligned: isAligned)
  return Checker(
    termbase: terms, languages: [.english, .simplifiedChinese], explains: explains,
    doNotTranslate: doNotTranslate
  ).check(pair, direction: .forward)
}

extension Collection<Diagnostic> {
  /// The findings of one rule.
  func of(_ rule: RuleName) -> [Diagnostic] { filter { $0.rule == rule.rawValue } }

  /// The severities of the findings of one rule.
  func severities(_ rule: RuleName) -> [Severity] { of(rule).map(\.severity) }
}
