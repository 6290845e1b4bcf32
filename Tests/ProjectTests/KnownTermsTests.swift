import Bitext
import Store
import Testing

@testable import Project

@Suite struct KnownTermsTests {
  private let termbase = Termbase(concepts: [
    Concept(
      id: "phoenix",
      terms: [
        Term("Golden Phoenix", language: .english),
        Term("Gold Bird", language: .english, status: .forbidden),
        Term("金凤凰", language: .simplifiedChinese),
      ]),
    Concept(
      id: "zone",
      terms: [
        Term("pilot zone", language: .english, status: .proposed),
        Term("试验区", language: .simplifiedChinese, status: .proposed),
      ]),
  ])

  /// What is said of a candidate: left out, new, or the concept that it is a variant of.
  private func judge(
    _ source: String, _ target: String, rejected: [RejectedPair] = [],
    languages: (LanguageTag, LanguageTag) = (.english, .simplifiedChinese)
  ) -> String {
    let known = KnownTerms(termbase, rejected: rejected, languages: languages)
    let candidate = TermCandidate(
      source: source, target: target, score: 0.5, count: 1, sourceCount: 1, targetCount: 1,
      evidence: [])
    return known.judge(candidate).map { $0.concept ?? "new" } ?? "left out"
  }

  @Test(arguments: [
    ("Golden Phoenix", "金凤凰", "left out"),
    ("golden  phoenix", "金凤凰", "left out"),
    ("Golden Phoenixes", "金凤凰", "left out"),
    ("Golden Phoenix", "金鳳凰", "phoenix"),
    ("Gold Bird", "金凤凰", "left out"),
    ("Phoenix", "金凤凰", "left out"),
    ("Golden Phoenix", "凤凰", "left out"),
    ("pilot zone", "试验区", "left out"),
    ("Gold Phoenix", "金凤凰", "phoenix"),
    ("Golden Phoenix", "凤凰计划", "phoenix"),
    ("Golden Phoenix Program", "金凤凰", "phoenix"),
    ("test area", "试验区", "zone"),
    ("dry port", "无水港", "new"),
  ])
  func termbaseKnowsPairsPiecesAndVariants(source: String, target: String, verdict: String) {
    #expect(judge(source, target) == verdict)
  }

  @Test func termOfAnotherLanguageMakesNoVariant() {
    #expect(judge("金凤凰", "金鳳凰計劃", languages: (.english, .simplifiedChinese)) == "new")
  }

  @Test func rejectedPairIsLeftOutInEverySpellingAndDirection() {
    let rejected = RejectedPair(
      source: Term("dry port", language: .english),
      target: Term("无水港（内陆）", language: .chinese))
    #expect(judge("Dry  Port", "无水港(内陆)", rejected: [rejected]) == "left out")
    #expect(
      judge(
        "无水港（内陆）", "dry port", rejected: [rejected], languages: (.simplifiedChinese, .english))
        == "left out")
    #expect(judge("dry ports", "无水港（内陆）", rejected: [rejected]) == "left out")
    #expect(judge("dry port", "陆港", rejected: [rejected]) == "new")
  }
}
