import Bitext
import Segmentation
import Testing

@Suite struct LanguageMatchingTests {
  private func tag(_ text: String) throws -> LanguageTag { try #require(LanguageTag(text)) }

  @Test func spellingsOfSimplifiedChineseFindEachOther() throws {
    let spellings = ["zh", "zh-CN", "zh_CN", "ZH-cn", "zh-Hans", "zh_Hans", "zh-SG", "cmn-Hans-CN"]
    for left in spellings {
      for right in spellings {
        #expect(LanguageMatching.match(try tag(left), try tag(right)), "\(left) and \(right)")
      }
    }
  }

  @Test(arguments: [
    ("zh-TW", "zh-CN"), ("zh-TW", "zh"), ("zh-Hant", "zh-Hans"), ("zh-HK", "cmn-Hans-CN"),
    ("en", "zh"), ("en", "de"), ("sr-Latn", "sr"),
  ])
  func doesNotMatch(_ left: String, _ right: String) throws {
    #expect(!LanguageMatching.match(try tag(left), try tag(right)))
    #expect(!LanguageMatching.match(try tag(right), try tag(left)))
  }

  @Test(arguments: [
    ("zh-TW", "zh-Hant"), ("zh-TW", "zh-HK"), ("cmn-Hant", "zh-TW"), ("en", "en-GB"),
    ("en-US", "en-Latn-AU"),
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
    ("en", "en-Latn-US"), ("qqx", "qqx"),
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
}
