import Bitext
import Segmentation
import Testing

@testable import Checking

@Suite struct WrongScriptTests {
  @Test func traditionalInASimplifiedTextIsNamedByItsCharacters() throws {
    let text = MarkedText("园区明年开工。|⟦1⟧這⟦2⟧個園區明年開工。")
    let found = try #require(check(text, .simplifiedChinese).only)
    #expect(found.rule == "wrong-script")
    #expect(found.severity == .warning)
    #expect(found.location.range == text[1, 2])
    #expect(found.message == "Traditional characters in a Simplified Chinese text: 這 個 園 區 開")
    #expect(found.context == "這個園區明年開工。")
  }

  @Test func simplifiedInATraditionalTextIsReportedToo() throws {
    let found = try #require(check("園區明年開工。|这个园区明年开工。", .traditionalChinese).only)
    #expect(found.message.hasPrefix("Simplified characters in a Traditional Chinese text: 这 个"))
  }

  @Test func charactersOfBothScriptsAreNoEvidence() {
    #expect(check("乾隆年间，於氏著书，藉此传后。", .simplifiedChinese).isEmpty)
    #expect(check("皇后在公里碑前，沈先生上台，頭髮乾了，松樹，一斗，几案", .traditionalChinese).isEmpty)
  }

  @Test func japaneseFormsAreNeitherScript() throws {
    for language in [LanguageTag.simplifiedChinese, .traditionalChinese] {
      let found = try #require(check("図書の対応", language).only)
      #expect(found.message.hasPrefix("Japanese characters"))
    }
    #expect(
      try #require(check("园区很好。|これはテストです", .simplifiedChinese).only).message
        .hasPrefix("Japanese characters"))
    #expect(check("鮮の味小店很好，喜欢の人很多", .simplifiedChinese).isEmpty)
  }

  @Test func oneCharacterIsEnoughWhereNothingSpeaksForTheRightScript() {
    #expect(check("檔案", .simplifiedChinese).count == 1)
    // A name in a sentence that is otherwise right.
    #expect(check("他叫陈於後，来自重庆，说过这话，写过國字。", .simplifiedChinese).isEmpty)
  }

  @Test func shortQuotationsMayHaveASpellingOfTheirOwn() {
    #expect(check("他在《經濟日報》上说了这些话。", .simplifiedChinese).isEmpty)
    #expect(check("他说：“這個園區明年開工，我們都很高興，請大家來看看吧。”", .simplifiedChinese).count == 1)
  }

  @Test func codeIsNotLookedAt() {
    var text = MarkedText("請看園區 见园区").document("a", .simplifiedChinese)
    text.prose.literals = [0..<12]
    #expect(Checker(termbase: Termbase(), languages: []).check(text).isEmpty)
  }

  @Test func whatTermStyleSaysIsNotSaidAgain() {
    let terms = glossary("logistics hub park | 物流枢纽园区")
    let text = MarkedText("他来到物流樞紐園區。").document("a", .simplifiedChinese)
    let found = Checker(termbase: terms, languages: [.simplifiedChinese]).check(text)
    #expect(found.map(\.rule) == ["term-style"])
  }

  @Test func textInTheWrongScriptAltogetherIsOneFinding() throws {
    let sentences = Array(repeating: "這個園區明年開工。", count: 20).joined(separator: "|")
    let found = try #require(check(sentences, .simplifiedChinese).only)
    #expect(found.message.contains("in 20 segments"))
  }

  @Test func otherScriptsAreReportedWhereTheyPrevail() {
    #expect(check("The park.|Парк откроется завтра.", .english).count == 1)
    #expect(check("The park Парк opens tomorrow, at 3 Ω.", .english).isEmpty)
    #expect(check("Парк откроется завтра.|Парк The", LanguageTag("ru") ?? .english).isEmpty)
    // Whether something is translated is another rule's business.
    #expect(check("园区明年开工。", .english).isEmpty)
  }

  private func check(_ marked: String, _ language: LanguageTag) -> [Diagnostic] {
    check(MarkedText(marked), language)
  }

  private func check(_ text: MarkedText, _ language: LanguageTag) -> [Diagnostic] {
    Checker(termbase: Termbase(), languages: []).check(text.document("a", language))
  }
}
