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
    ("I-KLINGON", "i-klingon"),
    ("zh_min_NAN", "zh-min-nan"),
    ("EN-gb-OED", "en-GB-oed"),
    ("art-Lojban", "art-lojban"),
    ("sgn-be-fr", "sgn-BE-FR"),
    ("hy-Latn-IT-arevela", "hy-Latn-IT-arevela"),
    ("de-1901-1901a", "de-1901-1901a"),
    ("zh-yue-Hant-HK", "zh-yue-Hant-HK"),
    ("en-a-bbb-B-ccc-x-1", "en-a-bbb-b-ccc-x-1"),
  ])
  func writesTheCaseOfRFC5646(_ text: String, _ canonical: String) throws {
    let tag = try #require(LanguageTag(text))
    #expect(tag.canonical == canonical)
    #expect(tag.description == text, "the spelling of the file is kept")
  }

  @Test(arguments: [
    "", "e", "english", "Chinese (simplified)", "zh-", "-zh", "zh--CN", "zh CN", "zh.CN", "12",
    "zh-中国", "é", "en-toolongsubtag", "de_DE.UTF-8", "x-private",
    "en-x", "en-u", "en-u-x-a", "en-a-bb-a-cc", "en-US-GB", "en-Latn-Cyrl", "en-US-Latn",
    "de-1996-1996", "en-abc-def-ghi-jkl", "en-Latn-abc", "i-nothing", "en-12", "zh-Hans-x",
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

  @Test func namesTheRarerParts() throws {
    let tag = try #require(LanguageTag("zh-cmn-Hans-CN-1996-rozaj-u-ca-gregory-t-en-x-a-b"))
    #expect(tag.extendedLanguage == "cmn")
    #expect(tag.variants == ["1996", "rozaj"])
    #expect(tag.extensions == ["u-ca-gregory", "t-en"])
    #expect(tag.privateUse == "x-a-b")
    for plain in ["en", "zh-Hans-CN", "i-klingon", "zh-min-nan"] {
      let tag = try #require(LanguageTag(plain))
      #expect(tag.extendedLanguage == nil && tag.variants.isEmpty)
      #expect(tag.extensions.isEmpty && tag.privateUse == nil)
    }
  }

  @Test(arguments: [
    ("iw", "he"), ("iw-IL", "he-IL"), ("cmn", "zh"), ("cmn-Hans-CN", "zh-Hans-CN"),
    ("zh-cmn", "zh"), ("zh-cmn-Hant-TW", "zh-Hant-TW"), ("zh-guoyu", "zh"), ("zh-yue", "yue"),
    ("zh-yue-HK", "yue-HK"), ("zh-min-nan", "nan"), ("zh-hakka", "hak"), ("zh-min", "zh-min"),
    ("i-klingon", "tlh"), ("i-default", "i-default"), ("art-lojban", "jbo"), ("sh", "sr-Latn"),
    ("sh-Cyrl", "sr-Cyrl"), ("en-UK", "en-GB"), ("en-GB-oed", "en-GB-oxendict"), ("mo-MD", "ro-MD"),
    ("zh-Hans", "zh-Hans"), ("en-x-uk", "en-x-uk"), ("zho-Hans", "zh-Hans"),
  ])
  func replacesWhatIsOutOfUse(_ text: String, _ preferred: String) throws {
    #expect(try #require(LanguageTag(text)).preferred.canonical == preferred)
  }

  @Test(arguments: [
    ("Chinese", "is no language of two or three letters"), ("zh--CN", "a subtag is empty"),
    ("zh CN", "“zh CN” holds more than the letters a–z and digits"),
    ("en-toolongsubtag", "longer than eight"), ("en-u", "nothing follows “u”"),
    ("en-US-GB", "“gb” is neither script, region nor variant"),
    ("de-1996-1996", "“1996” stands there twice"), ("en-a-bb-a-cc", "“a” stands there twice"),
  ])
  func saysWhatIsWrong(_ text: String, _ reason: String) {
    let trouble = #expect(throws: Trouble.self) { try LanguageTag(parsing: text) }
    #expect(trouble?.message.contains(reason) == true, "\(trouble?.message ?? "")")
    #expect(trouble?.message.contains("“\(text)” is no language tag") == true)
  }
}
