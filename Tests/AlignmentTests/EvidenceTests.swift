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
    let name = learnt.links(of: hash("柯"))
    #expect(name.contains { $0.right == hash("Zorblat") && $0.weight > 0.2 }, "\(learnt.links)")
    // What was seen once teaches nothing.
    #expect(!learnt.links.contains { $0.right == hash("weather") })
  }

  @Test func quotesAndQuestionsThatAgreeSpeakForABead() {
    let left = document(.simplifiedChinese, [["“你来吗？”", "他走了。", "“好。"]])
    let right = document(.english, [["“Are you coming?”", "He left.", "“Good."]])
    let marks = PunctuationEvidence(left: left, right: right, weights: BeadWeights().marks)
    func score(_ row: Int, _ column: Int) -> Float {
      marks.score(
        left: marks.leftSet(row..<row + 1), right: marks.rightSet(column..<column + 1))
    }
    #expect(score(0, 0) > score(1, 1) && score(1, 1) > score(0, 1))
    #expect(score(0, 1) < 0 && score(1, 0) < 0)
    #expect(score(2, 2) > score(2, 0))
    // A bead is judged by its first and its last mark.
    let whole = marks.leftSet(0..<2)
    #expect(
      marks.score(left: whole, right: marks.rightSet(0..<2))
        > marks.score(left: whole, right: marks.rightSet(0..<1)))
  }

  @Test func aSentenceALineHasNoStructure() {
    let lines = document(.simplifiedChinese, [["一。"], ["二。"], ["三。"]])
    let english = document(.english, [["One."], ["Two."], ["Three."]])
    #expect(StructureEvidence(left: lines, right: english) == nil)
    let paragraphs = document(.english, [["One.", "Two."], ["Three."]])
    #expect(StructureEvidence(left: lines, right: paragraphs) != nil)
  }

  /// Nothing but the names, which no lexicon has, tells which sentence is whose.
  @Test func namesAreFoundByTheirReading() throws {
    let chinese = document(.simplifiedChinese, [["甲乙陈清扬丙丁。", "戊己瞿浩田庚辛。"]])
    let english = document(
      .english,
      [["Then Chen Qingyang wug dax.", "Fep zorp gazzer.", "Later Qu Haotian toma kiki."]])
    let beads = SentenceAligner(lexicons: []).align(chinese, english)
    let first = try #require(beads.first { $0.source.contains(0) })
    let second = try #require(beads.first { $0.source.contains(1) })
    #expect(first.target.contains(0) && second.target.contains(2))
    let right = AlignmentSide(english, lexicons: [])
    let left = AlignmentSide(chinese, lexicons: [], names: right.names)
    let evidence = LexicalEvidence(left: left, right: right)
    let linked = evidence.links.map { right.hashes[Int($0.rightType)] }
    let tokenizer = KeyTokenizer()
    for name in ["Qingyang", "Haotian"] {
      #expect(linked.contains(tokenizer.tokens(of: name)[0].hash), "\(name)")
    }
  }

  /// "women" reads like 我们, "long" like 龙, but a word that is also written small is no name.
  @Test func wordsAreNoNames() {
    let english = document(.english, [["Women ran a long way.", "The women won.", "Long ago."]])
    let chinese = document(.simplifiedChinese, [["我们走了很远。", "龙来了。"]])
    let right = AlignmentSide(english, lexicons: [])
    let left = AlignmentSide(chinese, lexicons: [], names: right.names)
    let evidence = LexicalEvidence(left: left, right: right)
    let linked = evidence.links.map { right.hashes[Int($0.rightType)] }
    for word in ["women", "long"] {
      #expect(!linked.contains(KeyTokenizer().tokens(of: word)[0].hash), "\(word)")
    }
  }

  @Test func numbersInWordsAndInDigitsAreTheSame() {
    let chinese = document(.simplifiedChinese, [["另外3所学校。", "十二天。"]])
    let english = document(.english, [["Three schools.", "Twelve days."]])
    let right = AlignmentSide(english, lexicons: [])
    let left = AlignmentSide(chinese, lexicons: [.builtin])
    let evidence = LexicalEvidence(left: left, right: right)
    for (index, word) in [(0, 0), (1, 0)] {
      let type = right.tokens[right.starts[index] + word]
      #expect(evidence.links.contains { $0.rightType == type && $0.weight == 1 }, "\(index)")
    }
  }

  @Test func otherDocumentsTeachWords() throws {
    let aligner = SentenceAligner(lexicons: [.builtin])
    let surveys = (0..<6).map { number in
      aligner.survey(
        document(.simplifiedChinese, [["柯乌去了\(number + 20)个学校。", "柯乌喜欢桥梁。"]]),
        document(
          .english, [["Zorblat went to \(number + 20) schools.", "Zorblat likes bridges."]]))
    }
    let shares = surveys.map(\.share)
    #expect(shares.min() ?? 0 > 0)
    let words = SentenceAligner.learn(from: surveys)
    let name = KeyTokenizer().tokens(of: "Zorblat")[0].hash
    #expect(words.links.contains { $0.right == name })
    // A document that is too short to teach anything by itself.
    let chinese = document(.simplifiedChinese, [["子丑寅卯。", "柯乌辰巳。"]])
    let english = document(.english, [["Zorblat dax.", "Fep wug.", "Toma kiki."]])
    let left = AlignmentSide(chinese, lexicons: [])
    let right = AlignmentSide(english, lexicons: [])
    func isLinked(_ learnt: [LearntWords]) -> Bool {
      LexicalEvidence(left: left, right: right, learnt: learnt).links
        .contains { right.hashes[Int($0.rightType)] == name }
    }
    #expect(!isLinked([]) && isLinked([words]))
  }
}
