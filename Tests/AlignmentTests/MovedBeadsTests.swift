import Alignment
import Bitext
import Segmentation
import Testing

/// Texts of which parts are missing, or stand elsewhere, on one side.
@Suite struct MovedBeadsTests {
  private let sentences: [(chinese: String, english: String)] = [
    ("新公园五月开园。", "The new park opens in May."),
    ("儿童免费入场。", "Children enter for free."),
    ("去年港口处理了300艘船。", "The port handled 300 ships last year."),
    ("开往德国的列车需要12天。", "Trains to Germany take 12 days."),
    ("科学城有了新实验室。", "The science city has a new laboratory."),
    ("医院的医生很忙。", "The doctors of the hospital are busy."),
    ("博物馆展出40幅画。", "The museum shows 40 paintings."),
    ("第二座大桥横跨长江。", "A second bridge crosses the Yangtze."),
    ("市长感谢所有志愿者。", "The mayor thanked all the volunteers."),
    ("农民在山上种水果。", "The farmers grow fruit on the mountain."),
  ]

  private func beads(chinese: [Int], english: [Int]) -> [Bead] {
    SentenceAligner().align(
      document(.simplifiedChinese, [chinese.map { sentences[$0].chinese }]),
      document(.english, [english.map { sentences[$0].english }]))
  }

  /// The pairs of sentences, each by its number in the list above.
  private func pairs(_ beads: [Bead], chinese: [Int], english: [Int]) -> [[Int]] {
    beads.filter { !$0.source.isEmpty && !$0.target.isEmpty }
      .map { $0.source.map { chinese[$0] } + $0.target.map { english[$0] } }
  }

  @Test func aSentenceThatStandsElsewhereIsMoved() throws {
    let chinese = Array(0..<10)
    let english = [0, 2, 3, 4, 5, 6, 7, 1, 8, 9]
    let beads = beads(chinese: chinese, english: english)
    #expect(pairs(beads, chinese: chinese, english: english) == (0..<10).map { [$0, $0] })
    #expect(beads.filter(\.isMoved).map(\.source) == [1..<2])
  }

  @Test func aSectionThatStandsElsewhereIsMovedAsAWhole() {
    let chinese = Array(0..<10)
    let english = [6, 7, 8, 9, 0, 1, 2, 3, 4, 5]
    let beads = beads(chinese: chinese, english: english)
    #expect(pairs(beads, chinese: chinese, english: english) == (0..<10).map { [$0, $0] })
    #expect(beads.filter(\.isMoved).count == 4)
    #expect(beads.map(\.source.lowerBound) == Array(0..<10))
  }

  @Test func swappedSidesMirrorMovedBeads() {
    let source = document(.simplifiedChinese, [sentences.map(\.chinese)])
    let target = document(
      .english, [[6, 7, 8, 9, 0, 1, 2, 3, 4, 5].map { sentences[$0].english }])
    let forward = SentenceAligner().align(source, target)
    let backward = SentenceAligner().align(target, source)
    #expect(
      Set(forward)
        == Set(
          backward.map {
            Bead(source: $0.target, target: $0.source, score: $0.score, isMoved: $0.isMoved)
          }))
    #expect(backward.map(\.source.lowerBound) == Array(0..<10))
  }

  @Test func nothingIsMovedWhereNothingFits() {
    let chinese = [0, 1, 2, 3, 4, 5]
    let english = [0, 1, 2, 9, 8, 3, 4, 5]
    let beads = beads(chinese: chinese, english: english)
    #expect(beads.filter(\.isMoved).isEmpty)
    // The two that nobody wrote in Chinese may be joined to a neighbour, but part no others.
    for (number, pair) in pairs(beads, chinese: chinese, english: english).enumerated() {
      #expect(pair.first == number && pair.dropFirst().contains(number), "\(pair)")
    }
  }

  @Test func aTranslationOfATenthIsFoundInItsPlace() {
    let others = (0..<90).map { "Unrelated remark number \($0 + 100) stands here." }
    let english = Array(others[..<40]) + sentences.map(\.english) + Array(others[40...])
    let beads = SentenceAligner().align(
      document(.simplifiedChinese, [sentences.map(\.chinese)]), document(.english, [english]))
    let found = beads.filter { !$0.source.isEmpty && !$0.target.isEmpty }
    #expect(
      found.map { [$0.source.lowerBound, $0.target.lowerBound] } == (0..<10).map { [$0, $0 + 40] })
  }

  /// The section is longer than the window in which frequent words are looked for, and the lengths
  /// alone say nothing about where it is.
  @Test(arguments: [(100, 250), (0, 150), (450, 600)])
  func aLongTextFindsBackAfterALongSectionThatIsMissing(_ first: Int, _ end: Int) {
    let kinds = [
      ("去年港口处理了#艘船。", "The port handled # ships last year."),
      ("科学城有#个实验室。", "The science city has # laboratories."),
      ("博物馆展出#幅画。", "The museum shows # paintings."),
    ]
    func sentence(_ kind: String, _ number: Int) -> String {
      kind.split(separator: "#").joined(separator: "\(number + 1000)")
    }
    let numbers = Array(0..<600)
    let kept = numbers.filter { !(first..<end).contains($0) }
    let beads = SentenceAligner().align(
      document(.simplifiedChinese, [numbers.map { sentence(kinds[$0 % 3].0, $0) }]),
      document(.english, [kept.map { sentence(kinds[$0 % 3].1, $0) }]))
    let found = beads.filter { !$0.source.isEmpty && !$0.target.isEmpty }
    let right = found.filter { bead in
      bead.source.count == 1 && bead.target.map { kept[$0] } == Array(bead.source)
    }
    // At the gap's edges a neighbour may be joined.
    #expect(right.count > kept.count - 8 && found.count > kept.count - 8)
  }
}
