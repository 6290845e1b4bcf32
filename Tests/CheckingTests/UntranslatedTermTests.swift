import Bitext
import Segmentation
import Testing

@testable import Checking

@Suite struct UntranslatedTermTests {
  private let phoenix = glossary("Golden Phoenix | 金凤凰")

  @Test func foreignTermInADocumentByItselfIsReportedAtItsPlace() throws {
    let text = MarkedText("Young people may apply for the ⟦1⟧金凤凰⟦2⟧ program.")
    let diagnostic = try #require(check(text, .english, phoenix).only)
    #expect(diagnostic.rule == "untranslated-term")
    #expect(diagnostic.severity == .warning)
    #expect(diagnostic.location == Location(file: "en", range: text[1, 2]))
    #expect(diagnostic.expected == ["Golden Phoenix"])
    #expect(diagnostic.message == "“金凤凰” is left untranslated: write “Golden Phoenix”")
  }

  @Test(arguments: [
    "The Golden Phoenix (金凤凰) program is open.", "The Golden Phoenix 金凤凰 program is open.",
    "The “Golden Phoenix” (“金凤凰”) program is open.", "The program (金凤凰) is open.",
    "金凤凰计划面向青年，欢迎申请。",
  ])
  func glossesAndSentencesInTheOtherScriptAreNoFinding(_ text: String) {
    #expect(check(MarkedText(text), .english, phoenix).isEmpty)
  }

  @Test(arguments: [
    ("这个 golden phoenix 计划面向全市青年人才，欢迎申请。", 1),
    ("金凤凰（Golden Phoenix）计划面向全市青年人才，欢迎申请。", 0),
    ("HKMA 今天宣布了新的措施。", 0), ("GitHub 今天宣布了新的措施。", 0),
    ("人民币RTGS系统的交易额", 0),
  ])
  func wordsInAChineseText(_ text: String, _ count: Int) {
    let terms = glossary(
      "Golden Phoenix | 金凤凰", "HKMA | 金管局", "GitHub | 代码站", "RTGS system | 即时支付结算(RTGS)")
    #expect(check(MarkedText(text), .simplifiedChinese, terms).count == count)
  }

  @Test func termTranslatedOnceAndLeftOnceIsReportedInAPair() {
    let found = findings(
      zh: "金凤凰计划和金凤凰奖", en: "The Golden Phoenix program and, last year, the 金凤凰 prize",
      phoenix)
    #expect(found.map(\.rule) == ["untranslated-term"])
  }

  @Test func sourceOfAPairMayGlossItsTerms() {
    #expect(
      findings(zh: "金凤凰 Golden Phoenix 计划", en: "The Golden Phoenix program", phoenix)
        .of(.untranslatedTerm).isEmpty)
  }

  @Test func conceptWithoutATermInTheLanguageIsNoFinding() {
    let terms = Termbase(concepts: [
      Concept(id: "1", terms: [Term("金凤凰", language: .simplifiedChinese)])
    ])
    #expect(check(MarkedText("The 金凤凰 program"), .english, terms).isEmpty)
  }

  private func check(_ text: MarkedText, _ language: LanguageTag, _ terms: Termbase)
    -> [Diagnostic]
  {
    Checker(termbase: terms, languages: [.english, .simplifiedChinese])
      .check(text.document("en", language)).of(.untranslatedTerm)
  }
}
