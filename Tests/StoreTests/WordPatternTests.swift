import Segmentation
import TestSupport
import Testing

@testable import Store

@Suite struct WordPatternTests {
  private func similarity(_ left: String, _ right: String) throws -> Double {
    try #require(WordPattern(MatchKey(left))).similarity(to: MatchKey(right))
  }

  @Test(
    arguments: [
      ("Stop the pump now.", "stop the pump now", 1), ("Stop the pump now", "Stop the pump", 0.75),
      ("停泵", "停机", 0.5), ("a b c d", "a x c d", 0.75), ("a b", "b a", 0), ("泵 A1", "泵A1", 1),
      ("don't stop", "do not stop", 1.0 / 3), ("1,200 people", "1,300 people", 0.5),
    ] as [(String, String, Double)])
  func wordsAndIdeographsAreCounted(_ left: String, _ right: String, _ share: Double) throws {
    #expect(abs(try similarity(left, right) - share) < 1e-9)
  }

  @Test func aTextWithoutWordsHasNoPattern() {
    #expect(WordPattern(MatchKey("…—！")) == nil)
    #expect(WordPattern(MatchKey("")) == nil)
  }

  @Test func theDistanceIsThatOfTheTable() throws {
    var generator = SeededGenerator(seed: 3)
    let words = ["pump", "stop", "the", "valve", "泵", "阀", "停", "3.5"]
    for _ in 0..<300 {
      let left = (0...generator.below(90)).map { _ in generator.pick(words) }
      let right = (0...generator.below(90)).map { _ in generator.pick(words) }
      var row = Array(0...right.count)
      for (index, word) in left.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for (column, other) in right.enumerated() {
          let best = min(row[column], row[column + 1]) + 1
          (diagonal, row[column + 1]) = (
            row[column + 1], min(best, diagonal + (word == other ? 0 : 1))
          )
        }
      }
      let expected = 1 - Double(row[right.count]) / Double(max(left.count, right.count))
      let found = try similarity(left.joined(separator: " "), right.joined(separator: " "))
      #expect(abs(found - expected) < 1e-9)
    }
  }
}
