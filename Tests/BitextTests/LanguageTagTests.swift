import Bitext
import Testing

@Suite struct LanguageTagTests {
  @Test(arguments: [
    ("zh", "zh"),
    ("EN", "en"),
    ("zh-cn", "zh-CN"),
    ("zh_CN", "zh-CN"),
    ("ZH-hANS-cn", "zh-Hans-CN"),
    ("zh_Hant_tw", "zh-Hant-TW"),
    ("cmn-hans-cn", "cmn-Hans-CN"),
    ("zh-cmn-hans-CN", "zh-cmn-Hans-CN"),
    ("es-419", "es-419"),
    ("de-CH-1996", "de-CH-1996"),
    ("sl-ROZAJ-biske", "sl-rozaj-biske"),
    // What follows a single letter is neither script nor region, whatever it looks like.
    ("en-U-CA-gregory", "en-u-ca-gregory"),
    ("az-Arab-x-AZE-derb", "az-Arab-x-aze-derb"),
    ("en-x-US", "en-x-us"),
  ])
  func writesTheCaseOfRFC5646(_ text: String, _ canonical: String) throws {
    let tag = try #require(LanguageTag(text))
    #expect(tag.canonical == canonical)
    #expect(tag.description == text, "the spelling of the file is kept")
  }

  @Test(arguments: [
    "", "e", "english", "Chinese (simplified)", "zh-", "-zh", "zh--CN", "zh CN", "zh.CN", "12",
    "zh-中国", "é", "en-toolongsubtag", "de_DE.UTF-8", "x-private",
  ])
  func refusesWhatIsNoTag(_ text: String) {
    #expect(LanguageTag(text) == nil)
  }

  @Test(
    arguments: [
      ("zh", "zh", nil, nil),
      ("zh-Hans", "zh", "Hans", nil),
      ("zh_cn", "zh", nil, "CN"),
      ("cmn-hant-tw", "cmn", "Hant", "TW"),
      ("es-419", "es", nil, "419"),
      ("de-1996", "de", nil, nil),
      ("en-u-ca", "en", nil, nil),
      ("en-x-hans-us", "en", nil, nil),
    ] as [(String, String, String?, String?)])
  func namesItsParts(
    _ text: String, _ language: String, _ script: String?, _ region: String?
  ) throws {
    let tag = try #require(LanguageTag(text))
    #expect(tag.language == language)
    #expect(tag.script == script)
    #expect(tag.region == region)
  }

  @Test func spellingsOfOneTagAreEqualAndOneKey() throws {
    let spellings = try ["zh-CN", "zh_CN", "ZH-cn"].map { try #require(LanguageTag($0)) }
    #expect(Set(spellings).count == 1)
    // What the tags mean is for LanguageMatching to say.
    #expect(LanguageTag("zh-CN") != LanguageTag("zh-Hans"))
  }

  @Test func sortsByCanonicalForm() {
    let sorted = ["zh_tw", "EN", "zh-Hans", "de"].compactMap { LanguageTag($0) }.sorted()
    #expect(sorted.map(\.description) == ["de", "EN", "zh-Hans", "zh_tw"])
  }

  @Test(arguments: [
    LanguageTag.english, .chinese, .simplifiedChinese, .traditionalChinese,
  ])
  func knownTagsReadAsIfParsed(_ known: LanguageTag) throws {
    let parsed = try #require(LanguageTag(known.description))
    #expect(parsed == known)
    #expect(parsed.language == known.language)
    #expect(parsed.script == known.script)
    #expect(parsed.region == known.region)
  }

  @Test(arguments: [
    ("zh-TW", true), ("cmn", true), ("yue-HK", true), ("wuu", true), ("ja", false), ("en", false),
  ])
  func tellsChinese(_ text: String, _ isChinese: Bool) throws {
    #expect(try #require(LanguageTag(text)).isChinese == isChinese)
  }
}
