import Bitext
import Segmentation
import Testing

@Suite struct LanguageMatchingTests {
  private func tag(_ text: String) throws -> LanguageTag { try #require(LanguageTag(text)) }

  @Test func spellingsOfSimplifiedChineseFindEachOther() throws {
    let spellings = [
      "zh", "zh-CN", "zh_CN", "ZH-cn", "zh-Hans", "zh_Hans", "zh-SG", "cmn-Hans-CN",
      "zh-cmn", "zh-cmn-Hans", "zh-guoyu", "cmn", "zh-CN-u-co-pinyin", "zh-x-ours", "zho",
    ]
    for left in spellings {
      for right in spellings {
        #expect(LanguageMatching.match(try tag(left), try tag(right)), "\(left) and \(right)")
      }
    }
  }

  @Test(arguments: [
    ("zh-TW", "zh-CN"), ("zh-TW", "zh"), ("zh-Hant", "zh-Hans"), ("zh-HK", "cmn-Hans-CN"),
    ("en", "zh"), ("en", "de"), ("sr-Latn", "sr"), ("yue", "zh"), ("yue", "zh-HK"),
    ("zh-yue", "zh-Hant"), ("nan", "zh"), ("zh-min-nan", "zh"), ("zh-Latn-pinyin", "zh"),
    ("zh-min", "zh"), ("i-klingon", "en"),
  ])
  func doesNotMatch(_ left: String, _ right: String) throws {
    #expect(!LanguageMatching.match(try tag(left), try tag(right)))
    #expect(!LanguageMatching.match(try tag(right), try tag(left)))
  }

  @Test(arguments: [
    ("zh-TW", "zh-Hant"), ("zh-TW", "zh-HK"), ("cmn-Hant", "zh-TW"), ("en", "en-GB"),
    ("en-US", "en-Latn-AU"), ("zh-MO", "zh-HK"), ("yue", "zh-yue-HK"), ("iw", "he"), ("in", "id"),
    ("sh", "sr-Latn"), ("i-klingon", "tlh"), ("no", "nb"), ("en-UK", "en-GB"), ("zh-xiang", "hsn"),
    ("art-lojban", "jbo"),
  ])
  func matchesAcrossRegions(_ left: String, _ right: String) throws {
    #expect(LanguageMatching.match(try tag(left), try tag(right)))
    #expect(LanguageMatching.match(try tag(right), try tag(left)))
  }

  @Test func sameLanguageLeavesTheScriptAside() throws {
    #expect(LanguageMatching.sameLanguage(try tag("zh-TW"), try tag("cmn-Hans-CN")))
    #expect(LanguageMatching.sameLanguage(try tag("en-GB"), .english))
    #expect(!LanguageMatching.sameLanguage(.english, .chinese))
  }

  @Test(arguments: [
    ("zh", "zh-Hans-CN"), ("zh-TW", "zh-Hant-TW"), ("cmn-hant", "zh-Hant-TW"),
    ("en", "en-Latn-US"), ("qqx", "qqx"), ("iw", "he-Hebr-IL"), ("zh-yue", "yue-Hant-HK"),
    ("zh-HK", "zh-Hant-HK"), ("zh-cmn-TW", "zh-Hant-TW"),
  ])
  func maximizes(_ text: String, _ expected: String) throws {
    // Twice, since the second answer comes from memory.
    for _ in 1...2 { #expect(LanguageMatching.maximized(try tag(text)).canonical == expected) }
  }
}

@Suite struct LanguageDetectionTests {
  @Test(
    arguments: [
      ("The bridge was opened in May.", "en"),
      ("café", "en"),
      ("重庆是一座城市，桥梁很多。", "zh-Hans"),
      ("重慶是一座城市，橋樑很多。", "zh-Hant"),
      // Characters that both scripts share.
      ("大人小山水", "zh"),
      ("“2026”，100% …", nil),
      ("", nil),
      ("あ 12", nil),
      // A Chinese text full of Latin names stays Chinese, and an English one with a Chinese name
      // stays English.
      ("重庆 Chongqing 是一座桥梁很多的城市", "zh-Hans"),
      ("The city of Chongqing (重庆) has many bridges over two rivers.", "en"),
    ] as [(String, String?)])
  func detects(_ text: String, _ expected: String?) {
    let bytes = Array(text.utf8)
    #expect(LanguageMatching.detect(bytes.span)?.canonical == expected)
  }

  @Test(
    arguments: [
      ("", .unsure(.empty, likely: nil)),
      ("“2026”，100% …", .unsure(.empty, likely: nil)),
      ("The bridge was opened in May, and it is the longest of the city.", .certain(.english)),
      ("Golden Phoenix", .unsure(.tooShort, likely: .english)),
      ("重庆是一座城市，桥梁很多。", .certain(.simplifiedChinese)),
      ("重慶是一座城市，橋樑很多。", .certain(.traditionalChinese)),
      ("大人小山水", .unsure(.scriptOfChinese, likely: .chinese)),
      ("后来这条鱼飞过了龙门，后來這條魚飛過了龍門。", .unsure(.mixed, likely: .chinese)),
      (
        "This is the first half of a text that was written by two people. 这是两个人写的文章的后一半。",
        .unsure(.mixed, likely: .simplifiedChinese)
      ),
      (
        "call os.dup, os.close, os.open, os.read and os.write",
        .unsure(.sharedScript, likely: .english)
      ),
      ("あ 12", .unsure(.tooShort, likely: nil)),
      ("Мост был открыт в мае.", .unsure(.sharedScript, likely: nil)),
      (
        "Most został otwarty w maju, a teraz jest już zamknięty na zimę.",
        .unsure(.sharedScript, likely: .english)
      ),
    ] as [(String, LanguageGuess)])
  func saysHowSureItIs(_ text: String, _ expected: LanguageGuess) {
    let bytes = Array(text.utf8)
    #expect(LanguageMatching.guess(bytes.span) == expected)
  }

  @Test(arguments: [
    ("これは橋の写真です。", "ja"), ("東京の橋はとても長い。", "ja"), ("カラオケ", "ja"),
    ("이 다리는 오월에 열렸다.", "ko"), ("Η γέφυρα άνοιξε τον Μάιο.", "el"), ("สะพานเปิดเดือนพฤษภาคม", "th"),
    ("Le pont est fermé pour les travaux, et il ne sera pas ouvert avec le train.", "fr"),
    ("Die Brücke ist noch nicht fertig, und der Bau wird auch im Winter teuer.", "de"),
    ("El puente no es largo, pero los vecinos lo cruzan con sus hijos por la mañana.", "es"),
    (
      "Il ponte non è lungo, ma la gente lo attraversa per andare nella piazza con gli amici.", "it"
    ),
    ("A ponte não é longa, mas os vizinhos vão com os filhos para o mercado da cidade.", "pt"),
    ("De brug is niet lang, maar het verkeer wordt met een pont naar de stad gebracht.", "nl"),
    ("It is said that the bridge was built by monks, and they were not paid for it.", "en"),
  ])
  func namesOtherLanguages(_ text: String, _ language: String) throws {
    let bytes = Array(text.utf8)
    #expect(LanguageMatching.guess(bytes.span) == .certain(try #require(LanguageTag(language))))
    #expect(LanguageMatching.detect(bytes.span)?.canonical == language)
  }
}
