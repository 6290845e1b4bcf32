import Bitext
import Segmentation
import Testing

@testable import Checking

/// Why a term without its rendering is an error, a warning, or nothing at all.
@Suite struct AbsenceEvidenceTests {
  // MARK: Nothing is missing

  @Test(arguments: [
    ("政府工作报告", "report on government work", "the government work report"),
    ("金管局总裁", "Chief Executive of the Authority", "the Authority’s Chief Executive"),
    ("专题审查", "thematic reviews", "thematic site reviews"),
    ("利率正常化", "rate normalisation", "the normalisation of rates"),
    ("公司职能", "Corporate Functions", "CorporateFunctions"),
    ("储值工具", "stored value facilities", "the SVFs"),
    ("强方保证", "strong-side CU", "the strong-side Convertibility Undertaking"),
    ("总裁", "the Chief", "a Chief"),
  ])
  func renderingStandsThereInOtherWords(_ zh: String, _ en: String, _ text: String) {
    #expect(findings(zh: zh, en: text, glossary("\(en) | \(zh)")).of(.missingTerm).isEmpty)
  }

  @Test(arguments: [
    ("有效沟通", "effective communications", "effective community work"),
    ("财务报表", "group financial statements", "the financial statements of the group"),
    ("专题审查", "thematic reviews", "thematic off-site reviews"),
  ])
  func renderingInOtherFormsOrAnotherOrderIsARemark(_ zh: String, _ en: String, _ text: String) {
    let found = findings(zh: zh, en: text, glossary("\(en) | \(zh)"))
    #expect(found.severities(.missingTerm) == [.info])
  }

  @Test func shortFormOfTheTermbaseInBracketsIsEnough() {
    let terms = glossary("MPF | 强制性公积金（强积金）")
    #expect(check("The MPF grew.", "强积金增长了。", terms).isEmpty)
    #expect(check("The MPF grew.", "强制性公积金增长了。", terms).isEmpty)
    #expect(check("The MPF grew.", "公积金增长了。", terms).count == 1)
    // In brackets it only repeats the full name, which is wrong here.
    #expect(check("The MPF grew.", "强制性公金（强积金）增长了。", terms).count == 1)
  }

  @Test func shortFormThatTheDocumentIntroducedIsEnough() {
    let terms = glossary("HKIMR | 香港金融研究中心")
    let zh = "香港金融研究中心（研究中心）成立。|研究中心办会。"
    let en = "The HKIMR was founded.|The HKIMR held a meeting."
    #expect(findings(zh: zh, en: en, terms, from: .english).of(.missingTerm).isEmpty)
    let bare = findings(
      zh: "香港金融研究中心成立。|研究中心办会。", en: en, terms, from: .english)
    #expect(bare.of(.missingTerm).count == 1)
  }

  @Test func generalWordInBracketsIsNoShortForm() {
    let terms = glossary("Exchange Fund | 外汇基金")
    let zh = "外汇基金（基金）增长。|投资基金增长。"
    #expect(
      findings(zh: zh, en: "The Exchange Fund grew.|The Exchange Fund grew.", terms, from: .english)
        .of(.missingTerm).count == 1)
  }

  @Test func initialsInBracketsDoNotReplaceTheFullNameBeforeThem() {
    let terms = glossary("Hong Kong Monetary Authority | 金管局")
    #expect(findings(zh: "金管局成立", en: "The HKMA was set up", terms).isEmpty)
    let broken = findings(zh: "金管局成立", en: "The Hong Kong Money Office (HKMA) was set up", terms)
    #expect(broken.of(.missingTerm).count == 1)
    // Words that begin with the letters by chance are no name.
    let chance = findings(
      zh: "金管局宣布", en: "It helps Hong Kong to move into a new era", glossary("HKMA | 金管局"))
    #expect(chance.of(.missingTerm).count == 1)
    let plural = findings(
      zh: "储值工具", en: "stored waste facilities (SVFs), an SVF",
      glossary("stored value facilities | 储值工具"))
    #expect(plural.of(.missingTerm).count == 1)
  }

  @Test(arguments: [
    // Characters in another order are other words, and a comma parts a list.
    ("unlisted | 银行业", "unlisted", "业务银行"),
    ("investment products | 投资产品", "投资产品", "investment plans, insurance products"),
    // "And" joins two things, of which each has its own words.
    ("investor programme | 投资人计划", "投资人计划", "the trainee programme and the investor day"),
  ])
  func partsThatDoNotBelongTogetherAreNoRendering(_ row: String, _ source: String, _ text: String) {
    let isChinese = source.contains("投")
    let found =
      isChinese
      ? findings(zh: source, en: text, glossary(row))
      : findings(zh: text, en: source, glossary(row), from: .english)
    #expect(found.of(.missingTerm).count == 1)
  }

  @Test func partsOnBothSidesOfASentenceEndAreNoRendering() {
    let found = findings(
      zh: "公众教育", en: "It is open to the public. Education matters.",
      glossary("public education | 公众教育"))
    #expect(found.of(.missingTerm).count == 1)
  }

  // MARK: What stands in the place

  @Test func sourceTermInTheTargetIsAnError() throws {
    let found = findings(zh: "如今广阳岛很美。", en: "Today 广阳岛 is fair.", park)
    let missing = try #require(found.of(.missingTerm).only)
    #expect(missing.severity == .error)
    #expect(missing.found == "广阳岛")
    #expect(missing.message == "“广阳岛” is left untranslated here: expected “Guangyang Isle”")
    #expect(found.count == 1, "untranslated-term leaves it to missing-term")
  }

  @Test func otherTermInTheTargetIsAnErrorEvenInALongSentence() throws {
    let long = String(repeating: "and some more words about the weather ", count: 50)
    let terms = glossary("Guangyang Isle | 广阳岛", "Guoyuan Port | 果园港")
    let found = findings(zh: "广阳岛很美", en: "Guoyuan Port is fair \(long)", terms)
    let missing = try #require(found.of(.missingTerm).only)
    #expect(missing.severity == .error)
    #expect(missing.found == "Guoyuan Port")
    let bare = findings(zh: "广阳岛很美", en: "It is fair \(long)", terms)
    #expect(bare.severities(.missingTerm) == [.warning])
  }

  @Test func otherTermStandsForOneMissingTermAlone() {
    let terms = glossary(
      "Guangyang Isle | 广阳岛", "Guoyuan Port | 果园港", "Jinfeng Laboratory | 金凤实验室")
    let found = findings(zh: "广阳岛和果园港", en: "Jinfeng Laboratory and so on", terms)
    #expect(found.of(.missingTerm).filter { $0.found == "Jinfeng Laboratory" }.count == 1)
    #expect(found.of(.missingTerm).count == 2)
  }

  @Test func variantOfTheRenderingIsNoOtherTerm() throws {
    let terms = glossary("Currency Board arrangements | 货币发行局制度", "Board | 董事局")
    let found = findings(zh: "货币发行局制度", en: "the principles of the Board", terms)
    let missing = try #require(found.of(.missingTerm).first)
    #expect(missing.found != "Board")
  }

  @Test func partOfTheRenderingIsShownAsFound() throws {
    let found = findings(
      zh: "资产管理中心", en: "an asset management hub", glossary("asset management centre | 资产管理中心"))
    #expect(found.of(.missingTerm).map(\.found) == ["asset management"])
  }

  // MARK: What makes it less sure

  @Test func formThatTheTermbaseDoesNotHaveOnlyWarns() {
    let terms = glossary("associates | 联营公司")
    let text = "这些风险与市场有关，我们会继续留意市场的变化和对银行的影响。"
    let verb = findings(
      zh: text, en: "The risks associated with markets are watched.", terms, from: .english)
    #expect(verb.severities(.missingTerm) == [.warning])
    let noun = findings(
      zh: text, en: "The risks of associates in markets are watched.", terms, from: .english)
    #expect(noun.severities(.missingTerm) == [.error])
  }

  @Test func otherWordsThatTranslateTheTermOnlyWarn() {
    let terms = glossary("monetary base | 桥梁")
    let en = "The bridge was opened to all kinds of traffic in the spring of that year, he said."
    let synonym = findings(zh: "桥梁通车了", en: en, terms)
    let nothing = findings(
      zh: "桥梁通车了", en: en.replacing("bridge", with: "lawyer"), terms)
    #expect(synonym.severities(.missingTerm) == [.warning])
    #expect(nothing.severities(.missingTerm) == [.error])
  }

  @Test func allButOneCharacterIsAVariantRatherThanAMistake() throws {
    let terms = glossary("investment return | 投资回报率")
    let en = "The chart shows the investment return of the year."
    let found = findings(
      zh: "图表显示当年的投资回报，数字以百分比表示，并与上年比较。", en: en, terms, from: .english)
    let other = findings(
      zh: "图表显示当年的投资会面，数字以百分比表示，并与上年比较。", en: en, terms, from: .english)
    #expect(found.severities(.missingTerm) <= other.severities(.missingTerm))
    #expect(found.of(.missingTerm).map(\.found) == ["投资回报"])
  }

  @Test func habitOfTheDocumentIsReportedOnceWithItsPlaces() throws {
    let terms = glossary("banking industry | 银行业")
    let zh = Array(repeating: "银行业很稳健。", count: 6).joined(separator: "|")
    let en =
      "The banking industry is sound."
      + String(repeating: "|The banking sector is sound.", count: 5)
    let missing = try #require(findings(zh: zh, en: en, terms).of(.missingTerm).only)
    #expect(missing.related.count == 4)
    #expect(missing.message.contains("and in 4 other places"))
    // What stands there instead is another matter each time.
    let never = findings(
      zh: zh, en: en.replacing("The banking industry", with: "The banking sector"), terms)
    #expect(never.of(.missingTerm).count == 6, "never rendered: each place is a mistake")
  }

  @Test func unpairedRenderingInTheNextBeadMovedOnlyWhereAnAlignerPairedThem() {
    let zh = "广阳岛很美。|大家都来。"
    let en = "It is fair.|All come to Guangyang Isle."
    #expect(findings(zh: zh, en: en, park, isAligned: true).of(.missingTerm).isEmpty)
    #expect(findings(zh: zh, en: en, park, isAligned: false).of(.missingTerm).count == 1)
  }

  @Test func titleMarksBelongToTheTermThatTheDocumentSpells() {
    let found = findings(
      zh: "《季报》出版了", en: "It came out.", glossary("Quarterly Bulletin | 《季报》"))
    #expect(found.of(.missingTerm).map(\.term) == ["《季报》"])
    let terms = glossary("Ordinance | 条例", "Stock Connect | 互联互通机制“深港通”")
    let open = findings(zh: "《条例的目的》与互联互通机制“深港通”", en: "They came out.", terms)
    #expect(open.of(.missingTerm).map(\.term) == ["条例", "互联互通机制“深港通”"])
  }

  // MARK: Explanations

  @Test func explanationSaysWhatWasLookedForAndWhatSpeaksForAMistake() throws {
    let found = findings(
      zh: "如今广阳岛很美。", en: "Today the river isle is fair.", park, isAligned: true, score: 0.9,
      explains: true)
    let lines = try #require(found.of(.missingTerm).only).explanation
    #expect(lines.first?.contains("looked for “Guangyang Isle”") == true)
    #expect(lines.contains { $0.contains("aligned with a score of 0.90") })
    #expect(lines.contains { $0.contains("nearest: “isle” has 1 of 2 parts of the term") })
    #expect(lines.last?.contains("in sum: error") == true)
    let silent = findings(zh: "如今广阳岛很美。", en: "Today it is fair.", park)
    #expect(silent.of(.missingTerm).map(\.explanation) == [[]])
  }

  @Test func hugeBeadIsNotWeighedAndNoError() {
    let words = String(repeating: "word ", count: 5000)
    #expect(findings(zh: "广阳岛", en: words, park).severities(.missingTerm) == [.warning])
  }

  private let park = glossary("Guangyang Isle | 广阳岛")

  private func check(_ en: String, _ zh: String, _ terms: Termbase) -> [Diagnostic] {
    findings(zh: zh, en: en, terms, from: .english).of(.missingTerm)
  }
}

extension [Severity] {
  fileprivate static func <= (left: Self, right: Self) -> Bool {
    left.count == right.count && zip(left, right).filter { $0 > $1 }.isEmpty
  }
}
