import Testing

@testable import Project

@Suite struct TextVolumeTests {
  @Test(arguments: [
    ("", 0, 0), ("   ", 0, 0), ("The park opened.", 3, 14), ("well-known and/or it's 3.14", 4, 24),
    ("—", 0, 1), ("- 1 -", 1, 3), ("Python 3.12（测试版）发布", 7, 17), ("园区明年开工。", 6, 7),
    ("3,000人", 2, 6), ("第 1 期", 3, 3), ("one—two", 2, 7), ("wait…what", 2, 9),
    ("ひらがなカナ", 6, 6), ("한국어 문서", 2, 5), ("naïve cafe\u{301}", 2, 10),
    ("soft\u{AD}hyphen", 1, 10), ("\u{FEFF}a", 1, 1), ("A，B", 2, 3), ("１２３", 1, 3),
    ("👨‍👩‍👧 ok", 1, 5), ("中\u{3000}文", 2, 2), ("你好world再见", 5, 9),
  ])
  func wordsAndCharactersCountAsInWordProcessors(text: String, words: Int, characters: Int) {
    let volume = TextVolume(of: text)
    #expect(volume.segments == 1)
    #expect(volume.words == words)
    #expect(volume.characters == characters)
  }

  @Test(arguments: [
    (0.999, LeverageBand.fuzzy95), (0.95, .fuzzy95), (0.9499, .fuzzy85), (0.85, .fuzzy85),
    (0.8499, .fuzzy75), (0.75, .fuzzy75), (0.7499, .fuzzy50), (0.5, .fuzzy50), (0.4999, .new),
    (0, .new),
  ])
  func bandsEndWhereTheirNamesSay(score: Double, band: LeverageBand) {
    #expect(LeverageBand(fuzzy: score) == band)
  }

  @Test func aTableIsTheSumOfItsBands() {
    var one = LeverageTable(file: "a")
    one.count(TextVolume(of: "two words"), as: .exact)
    one.count(TextVolume(of: "词"), as: .new)
    var sum = LeverageTable()
    sum.add(one)
    sum.add(one)
    #expect(sum.total.segments == 4)
    #expect(sum.total.words == 6)
    #expect(sum[.exact].words == 4)
    #expect(sum[.new].characters == 2)
    #expect(sum[.context] == TextVolume())
  }
}
