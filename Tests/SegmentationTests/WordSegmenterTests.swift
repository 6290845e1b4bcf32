import Bitext
import Segmentation
import TestSupport
import Testing

@Suite struct WordSegmenterTests {
  private func words(
    _ marked: String, _ language: LanguageTag, terms: [String] = [], costs: WordCosts? = nil
  ) throws -> String {
    let text = MarkedText(marked)
    let bytes = text.utf8
    let segmenter = try WordSegmenter(language: language, terms: terms, costs: costs)
    return text.marking(segmenter.words(in: bytes.span))
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

  @Test(arguments: [
    ["⟦西部⟧（⟦重庆⟧）⟦科学⟧⟦城⟧⟦建设⟧"],
    ["⟦西部（重庆）科学城⟧⟦建设⟧", "西部（重庆）科学城"],
    ["⟦推进⟧⟦西部(重庆)科学城⟧⟦建设⟧", "西部（重庆）科学城"],
    ["⟦西部重庆科学城⟧⟦建设⟧", "西部重庆科学城"],
    // The longer one wins, and it need not be the first.
    ["⟦西部科学城⟧⟦重庆⟧⟦高新区⟧", "西部科学城", "科学城重", "高新区"],
    ["⟦北京⟧⟦大学生创业园⟧", "北京大学", "大学生创业园"],
    // A term of ideographs begins anywhere, one of letters where a word does.
    ["⟦在⟧⟦AI人才⟧⟦计划⟧", "AI人才"],
    ["⟦OpenAI⟧⟦人才⟧⟦计划⟧", "AI人才"],
    // What is left over is cut alone: no 南京市 and no 长江 any more.
    ["⟦南京⟧⟦市长⟧⟦江⟧⟦大⟧⟦桥⟧", "市长"],
    // Nor does a term end within what the reader sees as one character.
    ["⟦重庆⟧⟦市\u{301}⟧", "重庆市"],
  ])
  func keepsTermsWhole(_ row: [String]) throws {
    #expect(try words(row[0], .simplifiedChinese, terms: Array(row.dropFirst())) == row[0])
  }

  @Test func keepsEnglishTermsWhole() throws {
    let marked = "⟦The⟧ ⟦Golden Phoenix⟧ ⟦plan⟧ ⟦of⟧ ⟦COVID-19⟧ ⟦times⟧"
    #expect(try words(marked, .english, terms: ["golden phoenix", "COVID-19"]) == marked)
  }

  @Test func decidesByWhatWasCounted() throws {
    let unlearnt = "⟦南京市⟧⟦长江⟧⟦大⟧⟦桥⟧"
    #expect(try words(unlearnt, .simplifiedChinese) == unlearnt)
    var costs = WordCosts()
    for (word, count) in [("南京", 400), ("市长", 900), ("江大桥", 300)] {
      costs.count(word, times: count)
    }
    let learnt = "⟦南京⟧⟦市长⟧⟦江大桥⟧"
    #expect(try words(learnt, .simplifiedChinese, costs: costs) == learnt)
    // Other words are cut as before.
    let other = "⟦他们⟧⟦在⟧⟦北京⟧⟦大学⟧⟦学习⟧"
    #expect(try words(other, .simplifiedChinese, costs: costs) == words(other, .simplifiedChinese))
  }

  @Test func learnsTermsFromText() throws {
    let texts = Array(repeating: "两江新区的果园港。果园港在两江新区。", count: 50)
    let costs = try WordCosts(
      counting: texts, language: .simplifiedChinese, terms: ["果园港", "两江新区"])
    #expect(costs.total == 50 * 6)
    let marked = "⟦果园港⟧⟦与⟧⟦两江新区⟧"
    #expect(try words(marked, .simplifiedChinese) != marked)
    #expect(try words(marked, .simplifiedChinese, costs: costs) == marked)
  }

  @Test func leavesICUsWordsWhereNothingWasCounted() throws {
    let plain = try WordSegmenter(language: .simplifiedChinese)
    let empty = try WordSegmenter(language: .simplifiedChinese, terms: ["。"], costs: WordCosts())
    for file in TestData.files(below: TestData.project + "/Fixtures/articles") {
      let bytes = TestData.bytes(file)
      #expect(plain.words(in: bytes.span) == empty.words(in: bytes.span), "\(file)")
    }
  }

  @Test func cutsTextWithoutARest() throws {
    let terms = ["西部（重庆）科学城", "科学城重", "重庆市", "AI人才", "市长", "Golden Phoenix", "中国人", "人民"]
    var costs = WordCosts()
    for word in ["江大桥", "市长", "国人"] { costs.count(word, times: 50) }
    let pieces =
      terms + [
        "西部", "（", "）", "重庆", "中", "国", "人", "民", " ", "。", "\n", "AI", "a", "é", "カ",
        "ｶﾞ", "が", "한", "ภาษา", "𠀀", "\0", "\r\n", "’s", "12", ".5",
      ]
    let segmenter = try WordSegmenter(language: .simplifiedChinese, terms: terms, costs: costs)
    var random = SeededGenerator(seed: 5)
    for _ in 0..<2000 {
      var bytes = Array(random.text(of: pieces, upTo: 20).utf8)
      if random.once(in: 4) { bytes.insert(0xE4, at: random.below(bytes.count)) }
      var end = 0
      var words: [Range<Int>] = []
      segmenter.forEachStretch(in: bytes.span) { stretch, isWord in
        #expect(stretch.lowerBound == end && !stretch.isEmpty)
        end = stretch.upperBound
        if isWord { words.append(stretch) }
      }
      #expect(end == bytes.count)
      #expect(words == segmenter.words(in: bytes.span))
      // 西部（重庆）科学城 is the longest term, and no term that overlaps with it is as long.
      let text = String(decoding: bytes, as: UTF8.self)
      let whole = words.filter {
        String(decoding: bytes[$0], as: UTF8.self) == "西部（重庆）科学城"
      }
      #expect(whole.count == text.components(of: "西部（重庆）科学城"), "\(text)")
    }
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(of part: String) -> Int {
    let (text, wanted) = (Array(utf8), Array(part.utf8))
    guard text.count >= wanted.count else { return 0 }
    return (0...text.count - wanted.count).count { text[$0...].starts(with: wanted) }
  }
}
