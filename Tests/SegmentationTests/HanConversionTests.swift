import Bitext
import TestSupport
import Testing

@testable import Segmentation

@Suite struct HanConversionTests {
  @Test(arguments: [
    ("港灣與橋樑", "港湾与桥梁"), ("這個園區明年開工。", "这个园区明年开工。"), ("中文", "中文"),
    ("R&D：龍門 2024", "R&D：龙门 2024"), ("𠀀字", "𠀀字"),
  ])
  func traditionalBecomesSimplified(traditional: String, simplified: String) {
    #expect(HanConversion.convert(traditional, to: .simplified) == simplified)
    #expect(HanConversion.convert(simplified, to: .simplified) == simplified)
  }

  @Test(arguments: [("龙门开发区", "龍門開發區"), ("这里", "這裡"), ("Port 港口", "Port 港口")])
  func simplifiedBecomesTraditional(simplified: String, traditional: String) {
    #expect(HanConversion.convert(simplified, to: .traditional) == traditional)
  }

  @Test(arguments: ["", "Golden Phoenix", "café 5G", "\u{0}\n"])
  func whatHasNoIdeographsStays(text: String) {
    #expect(HanConversion.convert(text, to: .simplified) == text)
    #expect(HanConversion.convert(text, to: .traditional) == text)
  }

  /// Longer than what ICU is given at a time: no character is cut, none is lost.
  @Test func longTextsAreConvertedWhole() {
    let text = String(repeating: "a龍門。", count: 250_000)
    #expect(
      HanConversion.convert(text, to: .simplified)
        == String(repeating: "a龙门。", count: 250_000))
  }

  /// Text of one script keeps its length in characters, and is in that script afterwards.
  @Test(arguments: 0..<20) func convertedTextIsInItsScript(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let pieces = ["龙", "门", "开", "发", "区", "港", "口", "图", "书", "馆", "a ", "，"]
    let text = random.text(of: pieces, upTo: 40)
    let traditional = HanConversion.convert(text, to: .traditional)
    #expect(HanEvidence(traditional).simplified == 0)
    #expect(HanConversion.convert(traditional, to: .simplified) == text)
  }

  @Test func severalTasksConvertAtOnce() async {
    let results = await withTaskGroup(of: String.self) { group in
      for index in 0..<16 {
        group.addTask {
          HanConversion.convert("龍門\(index)", to: index % 2 == 0 ? .simplified : .traditional)
        }
      }
      var all: Set<String> = []
      for await text in group { all.insert(text) }
      return all
    }
    #expect(results.count == 16)
    #expect(results.contains("龙门0"))
    #expect(results.contains("龍門1"))
  }
}

@Suite struct ScriptRelationTests {
  /// Text, its tag, the tag that is asked for, and what is said.
  @Test(arguments: [
    ("港口", "zh-Hans", "zh-CN", ScriptRelation.same), ("港口", "zh-CN", "zh", .same),
    ("港口", "zh-Hant", "zh-Hans", .other), ("港口", "zh-TW", "zh-HK", .same),
    ("港灣與橋樑", "zh-Hans", "zh-Hans", .other), ("港湾与桥梁", "zh-Hant", "zh-Hans", .other),
    ("港灣與橋樑", "zh", "zh-Hans", .other), ("港灣與橋樑", "zh", "zh-Hant", .same),
    ("港湾与桥梁", "zh", "zh-CN", .same), ("港口", "zh", "zh-Hans", .unknown),
    ("港口", "zh", "zh-TW", .unknown), ("5G", "zh", "zh-TW", .same),
    ("Port", "en", "en-GB", .same), ("Port", "en", "fr", .other),
    ("Лука", "sr-Cyrl", "sr-Latn", .other), ("港口", "yue", "zh-Hant", .other),
  ])
  func tagsAndTextsDecideTogether(
    text: String, tag: String, wanted: String, relation: ScriptRelation
  ) throws {
    let language = try #require(LanguageTag(tag))
    let asked = try #require(LanguageTag(wanted))
    #expect(ScriptRelation(of: text, in: language, to: asked) == relation)
  }
}
