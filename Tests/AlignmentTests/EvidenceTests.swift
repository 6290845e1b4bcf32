import Bitext
import Segmentation
import Testing

@testable import Alignment

@Suite struct EvidenceTests {
  @Test func learnsANameThatNoLexiconHas() throws {
    let chinese = document(
      .simplifiedChinese,
      [["柯乌走了", "天气很好。", "柯乌来到", "他们看见柯乌", "学生高兴。", "柯乌吃鱼", "医生和柯乌"]])
    let english = document(
      .english,
      [
        [
          "Zorblat left", "The weather was good.", "Zorblat came", "They saw Zorblat",
          "The students were happy.", "Zorblat eats fish", "A doctor and Zorblat",
        ]
      ])
    let left = AlignmentSide(chinese, lexicons: [.builtin])
    let right = AlignmentSide(english, lexicons: [])
    let evidence = LexicalEvidence(left: left, right: right)
    let shape = try #require(BeadShape.all.firstIndex { $0.left == 1 && $0.right == 1 })
    let path = (1...7).map { BeadSearch.Step(shape: shape, row: $0, column: $0) }
    let words = BeadWords(left: left, right: right, evidence: evidence, path: path)
    let learnt = LearntWords([words])
    let tokenizer = KeyTokenizer()
    func hash(_ word: String) -> UInt64 { tokenizer.tokens(of: word)[0].hash }
    let name = try #require(learnt.links[hash("柯")])
    #expect(name.contains { $0.right == hash("Zorblat") && $0.weight > 0.2 }, "\(learnt.links)")
    // What was seen once teaches nothing.
    #expect(!learnt.links.values.joined().contains { $0.right == hash("weather") })
  }

  @Test func quotesAndQuestionsThatAgreeSpeakForABead() {
    let left = document(.simplifiedChinese, [["“你来吗？”", "他走了。", "“好。"]])
    let right = document(.english, [["“Are you coming?”", "He left.", "“Good."]])
    let marks = PunctuationEvidence(left: left, right: right, weights: BeadWeights().marks)
    func score(_ row: Int, _ column: Int) -> Float {
      marks.score(left: row..<row + 1, right: column..<column + 1)
    }
    #expect(score(0, 0) > score(1, 1) && score(1, 1) > score(0, 1))
    #expect(score(0, 1) < 0 && score(1, 0) < 0)
    #expect(score(2, 2) > score(2, 0))
    // A bead is judged by its first and its last mark.
    #expect(marks.score(left: 0..<2, right: 0..<2) > marks.score(left: 0..<2, right: 0..<1))
  }

  @Test func aSentenceALineHasNoStructure() {
    let lines = document(.simplifiedChinese, [["一。"], ["二。"], ["三。"]])
    let english = document(.english, [["One."], ["Two."], ["Three."]])
    #expect(StructureEvidence(left: lines, right: english) == nil)
    let paragraphs = document(.english, [["One.", "Two."], ["Three."]])
    #expect(StructureEvidence(left: lines, right: paragraphs) != nil)
  }
}
