import Bitext
import Segmentation
import Store
import Testing

@testable import Project

/// What is left of stretches whose ends are function words.
@Suite struct StretchTrimmingTests {
  private func trimmed(_ text: String, _ language: LanguageTag) throws -> String? {
    let utf8 = Array(text.utf8)
    let words = KeyedWords(
      MatchKey(text), words: try WordSegmenter(language: language).words(in: utf8.span))
    let trimming = StretchTrimming(words, of: utf8, language: language)
    return trimming.trimmed(words.words.indices).map {
      String(decoding: utf8[words.range(of: $0)], as: UTF8.self)
    }
  }

  @Test(arguments: [
    ("park of the", nil), ("the science city will", "science city"),
    ("in the science city of the", "science city"), ("takes place in", "takes place"),
    ("for example", "for example"), ("of example", nil), ("of the", nil),
    ("in addition, the", "in addition"), ("no longer supported by", "no longer supported"),
    ("is not", nil), ("the US and the", nil), ("the IT industry", "IT industry"),
    ("Deprecated in Python 3.6. The", "Deprecated in Python 3.6"), ("", nil),
  ])
  func englishStretchesBeginAndEndInContent(text: String, left: String?) throws {
    #expect(try trimmed(text, .english) == left)
  }

  @Test(arguments: [
    ("的科学城", "科学城"), ("科学城的", "科学城"), ("该函数", "函数"), ("在5月1日", "5月1日"),
    ("提供服务", "提供服务"), ("不应中止", "不应中止"), ("的了", nil), ("是的", nil), ("会获取一个子项的", "获取一个子项"),
  ])
  func chineseStretchesTooButMeasuresAndNegationsStay(text: String, left: String?) throws {
    #expect(try trimmed(text, .simplifiedChinese) == left)
  }

  @Test func otherLanguagesAreLeftAlone() throws {
    let french = try #require(LanguageTag("fr"))
    #expect(try trimmed("de la ville", french) == "de la ville")
  }
}
