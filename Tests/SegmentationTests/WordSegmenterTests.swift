import Bitext
import Segmentation
import Testing

@Suite struct WordSegmenterTests {
  private func words(_ marked: String, _ language: LanguageTag) throws -> String {
    let text = MarkedText(marked)
    let bytes = text.utf8
    return text.marking(try WordSegmenter(language: language).words(in: bytes.span))
  }

  @Test(arguments: [
    "⟦The⟧ ⟦bridge⟧, ⟦built⟧ ⟦in⟧ ⟦2026⟧.",
    "“⟦Don't⟧!” – ⟦café⟧",
    "⟦1,164.5⟧ ⟦km⟧",
    "…  !",
    "",
  ])
  func cutsEnglish(_ marked: String) throws {
    #expect(try words(marked, .english) == marked)
  }

  @Test(arguments: [
    "⟦他⟧⟦来⟧⟦了⟧。“⟦你好⟧！”⟦她⟧⟦说⟧。",
    "《⟦红楼梦⟧》⟦很好⟧",
    "⟦重庆⟧，⟦2026⟧⟦年⟧",
  ])
  func cutsChineseByDictionary(_ marked: String) throws {
    #expect(try words(marked, .simplifiedChinese) == marked)
  }
}
