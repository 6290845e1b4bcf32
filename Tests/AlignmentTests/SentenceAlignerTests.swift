import Alignment
import Bitext
import Segmentation
import Testing

@Suite struct SentenceAlignerTests {
  private let chinese = document(
    .simplifiedChinese,
    [
      ["#重庆的桥梁"],
      ["重庆有13座大桥，桥梁很多。", "今年5月，新的图书馆开放，学生们非常高兴。"],
      ["医生说，医院需要300亿元，政府已经同意。", "农民在山上种水果。"],
    ])
  private let english = document(
    .english,
    [
      ["#The bridges of Chongqing"],
      [
        "Chongqing has 13 great bridges.", "In May this year the new library opened.",
        "The students were very happy.",
      ],
      [
        "The doctor said that the hospital needs 30 billion yuan, and the government has agreed.",
        "The farmers grow fruit on the mountain.",
      ],
    ])

  @Test func findsTheBeadsOfATinyBitext() {
    let beads = SentenceAligner().align(chinese, english)
    #expect(shorthand(beads) == "0=0 1=1 2=2-3 3=4 4=5")
  }

  @Test func findsAParagraphThatWasLeftOut() {
    let longer = document(
      .simplifiedChinese,
      [
        ["#重庆的桥梁"],
        ["重庆有13座大桥，桥梁很多。", "今年5月，新的图书馆开放，学生们非常高兴。"],
        ["昨天晚上他们在火车站旁边的饭店吃鱼，喝茶，听音乐。"],
        ["医生说，医院需要300亿元，政府已经同意。", "农民在山上种水果。"],
      ])
    let beads = SentenceAligner().align(longer, english)
    #expect(shorthand(beads) == "0=0 1=1 2=2-3 3= 4=4 5=5")
  }

  @Test func swappedSidesGiveMirroredBeads() {
    let beads = SentenceAligner().align(chinese, english)
    let mirrored = SentenceAligner().align(english, chinese)
    #expect(mirrored == beads.map { Bead(source: $0.target, target: $0.source, score: $0.score) })
  }

  @Test func sameInputGivesTheSameBeadsAndScores() {
    let first = SentenceAligner().align(chinese, english)
    for _ in 1...3 { #expect(SentenceAligner().align(chinese, english) == first) }
  }

  @Test func lexiconsOfOtherLanguagesAreNotAsked() throws {
    let german = try #require(LanguageTag("de"))
    let pairs = [("农民", "bridges"), ("大桥", "fruit"), ("医生", "students"), ("学生", "doctor")]
    let wrong = try #require(TermAnchors(languages: (german, .english), pairs: pairs))
    #expect(
      SentenceAligner(anchors: wrong).align(chinese, english)
        == SentenceAligner().align(chinese, english))
  }

  /// Nothing but the anchors tells which of two sentences the middle one belongs to.
  @Test(arguments: [("丙丁", "0=0-1 1=2"), ("戊己", "0=0 1=1-2")])
  func anchorsDecideWhereWordsAreUnknown(_ word: String, _ expected: String) throws {
    let source = document(.simplifiedChinese, [["甲乙丙丁子丑寅卯。", "戊己庚辛辰巳午未。"]])
    let target = document(
      .english, [["Blicket dax fep wug.", "Zorp modi gazzer norg.", "Toma kiki bouba vim."]])
    let anchors = try #require(
      TermAnchors(
        languages: (.simplifiedChinese, .english),
        pairs: [("甲乙", "blicket dax"), ("庚辛", "kiki bouba"), (word, "zorp modi gazzer norg")]))
    let beads = SentenceAligner(lexicons: [], anchors: anchors).align(source, target)
    #expect(shorthand(beads) == expected)
  }

  @Test func anchorsWithoutAnythingToMatchAreNone() {
    #expect(TermAnchors(languages: (.chinese, .english), pairs: []) == nil)
    #expect(TermAnchors(languages: (.chinese, .english), pairs: [("", "bridge")]) == nil)
    #expect(TermAnchors(languages: (.chinese, .english), pairs: [("桥", "the")]) == nil)
  }
}
