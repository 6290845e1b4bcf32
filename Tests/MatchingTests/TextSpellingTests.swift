import Segmentation
import TestSupport
import Testing

@testable import Matching

@Suite struct TextSpellingTests {
  private static func key(_ text: String) -> [UInt8] {
    var key: [UInt8] = []
    withBytes(text) { _ = MatchKey.append(keyOf: $0, to: &key) }
    return key
  }

  private static func steps(_ text: String, _ key: [UInt8]) -> [UInt8] {
    var steps: [UInt8] = []
    withBytes(text) { text in
      key.withUnsafeBufferPointer { TextSpelling.append(of: text, beside: $0, to: &steps) }
    }
    return steps
  }

  private static func restored(_ key: [UInt8], _ steps: [UInt8]) -> String? {
    var room = [UInt8](repeating: 0xAA, count: TextSpelling.room(key.count, steps.count))
    let padded = key + [UInt8](repeating: 0x55, count: TextSpelling.copiedAtOnce)
    let count = room.withUnsafeMutableBytes { room in
      padded.withUnsafeBytes { key in
        steps.withUnsafeBytes { steps -> Int? in
          guard let start = key.baseAddress, let end = room.baseAddress else { return nil }
          return TextSpelling.restore(
            start, padded.count - TextSpelling.copiedAtOnce, steps, into: end)
        }
      }
    }
    return count.map { String(decoding: room[..<$0], as: UTF8.self) }
  }

  private static let pieces = [
    "The ", "Western", " (Chongqing) ", "GDP", "西部", "（重庆）", "科学城", "，", "。", "、", "“", "”", "《",
    "》", "’s ", "'", "\"", " ", "  ", "\u{3000}", "\u{A0}", "\n", "–", "—", "…", "...", "·", "•",
    "５",
    "Ａ", "ﬁ", "é", "e\u{301}", "É", "x\u{302}", "\u{200B}", "\u{AD}", "한", "ㄱ", "ﾊﾞ", "℃", "😀",
    "5G", "ß", "ẞ", "İ", "【", "】", "％", "～", "\u{FEFF}", "\u{20000}", "ǅ",
  ]

  private static func text(_ random: inout SeededGenerator) -> String {
    let count = Int.random(in: 0...12, using: &random)
    return (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }
      .joined()
  }

  @Test func everyTextComesBack() {
    var random = SeededGenerator(seed: 31)
    for number in 0..<20_000 {
      let text = Self.text(&random)
      // Now and then beside a key that is another text's.
      let key = Self.key(number % 10 == 0 ? Self.text(&random) : text)
      let steps = Self.steps(text, key)
      #expect(Self.restored(key, steps) == text)
    }
  }

  @Test func longStretchesComeBack() {
    for count in [1, 14, 15, 16, 62, 63, 64, 126, 127, 1000] {
      for text in [
        String(repeating: "a", count: count) + "B", String(repeating: "é", count: count) + "É",
        String(repeating: "\u{200B}", count: count), String(repeating: " ", count: count) + "x",
        String(repeating: "X", count: count), String(repeating: "ﬁ", count: count),
      ] {
        let key = Self.key(text)
        #expect(Self.restored(key, Self.steps(text, key)) == text)
        let others = [Self.key("other"), []]
        for other in others { #expect(Self.restored(other, Self.steps(text, other)) == text) }
      }
    }
  }

  /// What most texts differ in takes a byte or two each.
  @Test func commonSpellingsAreShort() {
    for (text, size) in [
      ("plain text", 0), ("西部科学城", 0), ("The Western (Chongqing) Science City", 5),
      ("西部（重庆）科学城。", 6), ("第 5 年，", 4), ("“Golden Phoenix”", 6),
    ] {
      #expect(Self.steps(text, Self.key(text)).count == size, "\(text)")
    }
  }

  @Test func stretchesStandWhereTheFoldingSays() {
    var random = SeededGenerator(seed: 32)
    var compared = 0
    for _ in 0..<5000 {
      let text = Self.text(&random)
      let map = MatchKey(text)
      let key = map.bytes
      let steps = Self.steps(text, key)
      let bounds = key.indices.filter { key[$0] & 0xC0 != 0x80 } + [key.count]
      var ranges: [Range<Int>] = []
      var start = 0
      while start + 1 < bounds.count {
        let end = Int.random(in: start + 1..<bounds.count, using: &random)
        let range = bounds[start]..<bounds[end]
        // No key begins or ends with a space.
        if key[range.lowerBound] != 0x20, key[range.upperBound - 1] != 0x20 { ranges.append(range) }
        start = end
      }
      let found = steps.withUnsafeBytes { steps in
        var places = TextSpelling.Places(steps)
        return ranges.map { places.bytes(of: $0) }
      }
      #expect(found == ranges.map(map.sourceRange), "\(text)")
      compared += ranges.count
    }
    #expect(compared > 5000)
  }

  @Test func stepsThatDoNotFitAreRefused() {
    for (key, steps) in [
      ("", [TextSpelling.capital]), ("ab", [TextSpelling.capital | 2]), ("ab", [63]),
      ("ab", [TextSpelling.mark]), ("ab", [TextSpelling.mark, 255]), ("ab", [TextSpelling.literal]),
      ("ab", [TextSpelling.literal, 0x01]), ("ab", [TextSpelling.literal, 0x30]),
    ] as [(String, [UInt8])] {
      #expect(Self.restored(Array(key.utf8), steps) == nil, "\(key) \(steps)")
    }
  }
}
