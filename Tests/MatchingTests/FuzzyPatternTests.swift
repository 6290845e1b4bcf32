import Segmentation
import TestSupport
import Testing

@testable import Matching

@Suite struct FuzzyPatternTests {
  private static let table: [(String, String, Int)] = [
    ("kitten", "sitting", 3), ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0),
    ("重庆市", "重慶市", 1), ("flaw", "lawn", 2),
  ]

  @Test(arguments: table.indices)
  func distanceIsLevenshteins(index: Int) {
    let (left, right, distance) = Self.table[index]
    #expect(pattern(left).distance(to: scalars(right)) == distance)
  }

  @Test func similarityIsAShareOfTheLongerLength() {
    #expect(FuzzyPattern(MatchKey("abcd")).similarity(to: MatchKey("abcx")) == 0.75)
    #expect(FuzzyPattern(MatchKey("Abcd")).similarity(to: MatchKey("ａｂｃｄ")) == 1)
    #expect(FuzzyPattern(MatchKey("")).similarity(to: MatchKey("")) == 1)
  }

  @Test func lengthsBoundWhatCanBeSimilar() {
    let pattern = FuzzyPattern(MatchKey(String(repeating: "a", count: 10)))
    #expect(pattern.lengths(minimum: 0.7) == 7...14)
    #expect(pattern.lengths(minimum: 1) == 10...10)
  }

  /// Patterns around the edges of the 64-bit blocks, against the textbook's table.
  @Test(arguments: 0..<120)
  func agreesWithTheTextbookAlgorithm(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let lengths = [0, 1, 5, 63, 64, 65, 127, 128, 129, 200]
    func text() -> [UInt32] {
      let length = lengths[Int.random(in: 0..<lengths.count, using: &random)]
      return (0..<length).map { _ in
        // Latin and Han, few enough that equal ones meet.
        Bool.random(using: &random)
          ? UInt32.random(in: 0x61...0x64, using: &random)
          : UInt32.random(in: 0x4E00...0x4E03, using: &random)
      }
    }
    let (left, right) = (text(), text())
    #expect(FuzzyPattern(scalars: left).distance(to: right) == textbook(left, right))
  }

  /// A limit changes no distance up to it, and no greater one becomes smaller than it.
  @Test(arguments: 0..<200)
  func aLimitHidesOnlyWhatIsFarther(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let length = [3, 40, 64, 65, 100, 130, 200, 400][seed % 8]
    let left = (0..<length).map { _ in UInt32.random(in: 0x61...0x66, using: &random) }
    var right = left
    for _ in 0..<Int.random(in: 0...length / 2, using: &random) {
      let place = Int.random(in: 0...right.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: right.insert(UInt32.random(in: 0x61...0x66, using: &random), at: place)
      case 1 where place < right.count: right.remove(at: place)
      default: if place < right.count { right[place] = 0x4E00 }
      }
    }
    let pattern = FuzzyPattern(scalars: left)
    let distance = textbook(left, right)
    for limit in [0, 1, distance - 1, distance, distance + 1, 31, 62, 63, 64, 100] where limit >= 0
    {
      let found = pattern.distance(to: right, within: limit)
      #expect(distance <= limit ? found == distance : found > limit, "limit \(limit)")
    }
  }

  /// Four texts at a time have the distances that each has by itself.
  @Test(arguments: 0..<120)
  func lanesAgreeWithSingleTexts(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let count = [1, 7, 63, 64, 65, 90, 150][seed % 7]
    func text(_ count: Int) -> [UInt32] {
      (0..<count).map { _ in UInt32.random(in: 0x61...0x63, using: &random) }
    }
    let left = text(count)
    let length = max(1, count + Int.random(in: -20...20, using: &random))
    let texts = (0..<4).map { lane in
      // Some are like the pattern, with a stretch replaced.
      let tail = text(length)
      return lane < 2 ? Array((left.prefix(count / 2) + tail).prefix(length)) : tail
    }
    let pattern = FuzzyPattern(scalars: left)
    for limit in [0, 5, 20, 40, 63] {
      var rows = [UInt32](repeating: 0, count: 4 * length)
      let found = rows.withUnsafeMutableBufferPointer { rows in
        guard let base = rows.baseAddress else { return FuzzyPattern.Lanes.zero }
        for (lane, text) in texts.enumerated() {
          var key = String(String.UnicodeScalarView(text.compactMap { Unicode.Scalar($0) }))
          let count = key.withUTF8 { pattern.putRows(of: $0, to: base + lane * length, room: length) }
          #expect(count == length)
        }
        return pattern.distances(to: base, length: length, within: limit)
      }
      for (lane, text) in texts.enumerated() {
        let right = textbook(left, text)
        #expect(right <= limit ? Int(found[lane]) == right : Int(found[lane]) > limit)
      }
    }
  }

  @Test func occurrencesLeadBackToTheText() {
    let text = "西部（重庆）科学城与西部(重庆) 科学城"
    let utf8 = Array(text.utf8)
    let found = MatchKey(text).occurrences(of: MatchKey("（重庆）科学城"))
      .map { String(decoding: utf8[$0], as: UTF8.self) }
    #expect(found == ["（重庆）科学城", "(重庆) 科学城"])
    #expect(MatchKey("aaa").occurrences(of: MatchKey("aa")).count == 1)
    #expect(MatchKey("abc").occurrences(of: MatchKey("")).isEmpty)
  }

  private func textbook(_ left: [UInt32], _ right: [UInt32]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (a == b ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[right.count]
  }

  private func pattern(_ text: String) -> FuzzyPattern { FuzzyPattern(scalars: scalars(text)) }
  private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
}
