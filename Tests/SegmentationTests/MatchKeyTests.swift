import TestSupport
import Testing

@testable import Segmentation

@Suite struct MatchKeyTests {
  @Test(arguments: [
    ("Golden  Phoenix", "golden phoenix"),
    ("“Golden” ‘x’ 《书》 「桥」", #""golden" "x""书""桥""#),
    ("ＡＢＣ１２３", "abc123"),
    ("西部（重庆）科学城", "西部(重庆)科学城"),
    // Inflection and script stay.
    ("重慶 cities", "重慶cities"),
    ("重庆 2026 年", "重庆2026年"),
    ("重庆 is big", "重庆is big"),
    ("a\u{AD}b\u{200B}c", "abc"),
    ("long–term long\u{2011}term", "long-term long-term"),
    ("A — B", "a — b"),
    (" \u{3000}e.g.\u{A0}this\n", "e.g. this"),
    ("Straße ﬁne Ⅷ", "strasse fine viii"),
    ("你好。再见，", "你好.再见,"),
    ("100％", "100%"),
    ("", ""),
    (" \n", ""),
  ])
  func folds(_ text: String, _ key: String) {
    #expect(String(decoding: MatchKey(text).bytes, as: UTF8.self) == key)
  }

  @Test func equalKeysAreOneKey() {
    let keys: Set = [MatchKey("The “Bridge”"), MatchKey("the \"bridge\""), MatchKey("the bridge")]
    #expect(keys.count == 2)
  }

  /// Marks stand around a stretch of the text; the second string is that stretch in the key.
  @Test(arguments: [
    ("The ⟦Golden  Phoenix⟧.", "golden phoenix"),
    ("西部⟦（重庆）⟧科学城", "(重庆)"),
    ("⟦“重庆 2026”⟧ 年", #""重庆2026""#),
    ("Stra⟦ß⟧e", "ss"),
    ("a⟦b\u{AD}c⟧d", "bc"),
    ("⟦A⟧\u{3000}b", "a"),
    ("x ⟦Ⅷ⟧ y", "viii"),
  ])
  func sourceRangeLeadsBack(_ marked: String, _ part: String) throws {
    let text = MarkedText(marked)
    let bytes = text.utf8
    let key = MatchKey(bytes.span)
    let part = Array(part.utf8)
    let start = try #require(
      key.bytes.indices.first { key.bytes[$0...].starts(with: part) }, "the key holds the part")
    #expect(text.marking([key.sourceRange(start..<start + part.count)]) == marked)
  }

  @Test func anEmptyRangeOfTheKeyIsAnEmptyRangeOfTheText() {
    #expect(MatchKey("abc").sourceRange(1..<1).isEmpty)
  }

  @Test(arguments: 1...80 as ClosedRange<UInt64>)
  func everyByteOfAKeyCameFromWholeCharacters(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = randomMixedText(&random)
    let bytes = Array(text.utf8)
    let key = MatchKey(text)
    var previous = 0
    for index in key.bytes.indices {
      let range = key.sourceRange(index..<index + 1)
      #expect(range.lowerBound >= previous && range.upperBound <= bytes.count, "\(text)")
      #expect(String(validating: bytes[range], as: UTF8.self) != nil, "\(text)")
      previous = range.lowerBound
    }
    if !key.bytes.isEmpty {
      let all = key.sourceRange(0..<key.bytes.count)
      // The stretch behind the whole key has the same key.
      #expect(MatchKey(String(decoding: bytes[all], as: UTF8.self)) == key, "\(text)")
    }
    #expect(String(validating: key.bytes, as: UTF8.self) != nil, "\(text)")
  }
}

/// The way without places must give the very keys of the way with them: the store finds by the one
/// what it kept by the other.
@Suite struct MatchKeyBytesTests {
  static let pieces = [
    " ", "  ", "\t", "\n", "\u{C}", "A", "b", "Z9", "7", "'", "\"", ".", ",", "!", ")", "]", "?",
    ":",
    "`", "-", "é", "e\u{301}", "重庆", "慶", "“", "’", "，", "。", "\u{AD}", "\u{3000}", "Ａ", "ﬁ", "🙂",
    "\u{200B}", "《", "·", "\u{7F}", "\u{1}",
  ]

  private func expectSame(_ text: [UInt8], _ name: String) {
    var key: [UInt8] = [0x2A]
    let count = text.withUnsafeBufferPointer { MatchKey.append(keyOf: $0, to: &key) }
    let whole = MatchKey(FoldedText(text.span, .spelling))
    #expect(Array(key.dropFirst()) == whole.bytes, "\(name)")
    let scalars = whole.bytes.filter { $0 & 0xC0 != 0x80 }.count
    #expect(count == scalars, "\(name)")
  }

  @Test(arguments: 1...300 as ClosedRange<UInt64>)
  func keysOfTextsAreTheSame(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<10 {
      let text = random.text(of: Self.pieces, upTo: 12)
      expectSame(Array(text.utf8), text)
      let plain = random.text(of: Array(Self.pieces.prefix(20)), upTo: 14)
      expectSame(Array(plain.utf8), plain)
      expectSame((0..<random.below(20)).map { _ in UInt8(random.below(128)) }, "seed \(seed)")
      expectSame((0..<random.below(20)).map { _ in UInt8(random.below(256)) }, "seed \(seed)")
    }
  }
}
