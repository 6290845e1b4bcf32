import TestSupport
import Testing

@testable import Segmentation

/// The shorter way over the bytes gives the tokens of the longer one over the folded scalars, for
/// every text.
@Suite struct KeyScannerTests {
  /// What the shorter way knows, what it leaves to the longer one, and what decides between them.
  private static let pieces: [String] = [
    "a", "B", "s", "ing", "ed", "word", "Words", "NATO", "iPhone", "internationalisation", "x1",
    "electroencephalographically", "1", "12", "123", "4567", "1,234", "1.5", ",", ".", ",234", ".5",
    ":", ";", "!", "?", "(", ")", "[", "]", "/", "_", "$", "%", "`", "^", "=", "+", "\u{7F}",
    "\u{1}",
    "-", "--", " - ", "–", "\u{2011}", "—", "'", "’", "‘", "\"", "“", "”", "''", "'s", "’s", " ",
    " ",
    " ", "  ", "\n", "\t", "\u{A0}", "\u{3000}", "重", "庆", "慶", "科学", "城", "，", "。", "、", "：", "；",
    "！", "？", "（", "）", "％", "《", "》", "「", "」", "【", "】", "·", "•", "…", "……", "－", "．", "１", "Ａ",
    "é", "e\u{301}", "\u{301}", "ß", "ﬁ", "½", "²", "℃", "\u{AD}", "\u{200B}", "\u{FEFF}", "𠀀",
    "\u{F900}", "㐀", "々", "〇", "カ", "ﾊﾟ", "가", "Ж", "🙂", "ﷺ", "\u{FFFD}", "Ⅷ", "\u{338}",
  ]

  /// Pieces of which most texts consist.
  private static let common: [String] = [
    "the", "Company", "plans", "2026", "1,000", "well", "-", " ", " ", " ", ", ", ". ", "'", "\"",
    "’", "“", "”", "(", ")", "重", "庆", "市", "，", "。", "（", "）", "don't", "it’s", "3.5", "%",
  ]

  @Test(arguments: 1...400 as ClosedRange<UInt64>)
  func givesTheTokensOfTheFoldedText(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let pieces = random.once(in: 3) ? Self.pieces : Self.common + [random.pick(Self.pieces)]
      expectSameTokens(random.text(of: pieces, upTo: 30))
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func givesThemForBytesThatAreNoText(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      var bytes = Array(random.text(of: Self.common, upTo: 12).utf8)
      for _ in 0..<3 { bytes.insert(UInt8(random.below(256)), at: random.below(bytes.count + 1)) }
      expectSameTokens(bytes)
    }
  }

  @Test(arguments: [
    "A -重", "重 - 庆", "重 -A", "A - 重", "X-射线", "使用-m", "a--b", "--version", "a -\"重\"", "a\"-b",
    "1,\"234", "1\",234", "1\".5", "1.\"5", "1，234", "1。5", "3'", "90's", "H1N1's", "a1.2's",
    "'tis",
    "rock 'n' roll", "1,234,56", "1,2345", "1.5,000", "v1.5,000", "x.5,000", "1,234½", "5 . 5",
    "重 ,234", "don''t", "dogs’", "a\u{301} b", "b \u{301}", "重\u{E0100}庆", "1234567890123456", "",
    "abcdefghijklmnop", "abcdefghijklmnopq", "abcdefgh", "ABCDEFGHi", "12345678a", "abcdefgh1A",
  ])
  func givesThemWhereMarksMeet(_ text: String) {
    expectSameTokens(text)
    expectSameTokens("word " + text + " word")
    expectSameTokens("重庆" + text + "重庆")
  }

  @Test func givesThemForTheFixtures() throws {
    let files = TestData.files(below: TestData.project + "/Fixtures").filter {
      $0.hasSuffix(".md") || $0.hasSuffix(".txt") || $0.hasSuffix(".tmx")
    }
    try #require(!files.isEmpty)
    for file in files { expectSameTokens(TestData.bytes(file), file) }
  }

  @Test(.enabled(if: TestData.root != nil, "the data from outside is absent"))
  func givesThemForTheDataFromOutside() throws {
    let files = ["2015.pen", "2015.pzh", "2016.pen", "2016.pzh"].compactMap {
      TestData.path("terms/hkma/" + $0)
    }
    try #require(!files.isEmpty)
    for file in files {
      for line in TestData.bytes(file).split(separator: 0x0A) {
        expectSameTokens(Array(line), file)
      }
    }
  }

  /// A text cut wherever it may be has the tokens of the whole.
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func cutsChangeNoToken(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = random.once(in: 2) ? Self.pieces : Self.common
    let bytes = Array(random.text(of: pieces, upTo: 200).utf8)
    var scanner = KeyScanner()
    var start = 0
    while start < bytes.count {
      let end = bytes.span.keyCut(from: start + 1 + random.below(40))
      scanner.scan(bytes.span.extracting(start..<end), offset: start)
      start = end
    }
    var whole = KeyScanner()
    whole.scanFolded(bytes.span)
    #expect(scanner.tokens.array == whole.tokens.array, "\(String(decoding: bytes, as: UTF8.self))")
  }

  @Test func theStemsOfManyWordsAreRememberedRightly() {
    var random = SeededGenerator(seed: 7)
    let syllables = [
      "ba", "con", "stra", "tion", "ing", "ed", "er", "s", "ly", "ness", "al", "ies",
    ]
    // More words than the memory of stems has places.
    let words = (0..<60_000).map { _ in random.text(of: syllables, upTo: 5) }
    expectSameTokens(words.joined(separator: " "))
    expectSameTokens(words.reversed().joined(separator: " "))
  }

  private func expectSameTokens(_ text: String) { expectSameTokens(Array(text.utf8), text) }

  private func expectSameTokens(_ bytes: [UInt8], _ name: String? = nil) {
    var short = KeyScanner()
    var long = KeyScanner()
    short.scan(bytes.span)
    long.scanFolded(bytes.span)
    let (found, right) = (short.tokens.array, long.tokens.array)
    guard found != right else { return }
    let place = zip(found, right).enumerated().first { $0.element.0 != $0.element.1 }
    let start = place.map { Int($0.element.1.start) } ?? 0
    let context = bytes[max(0, start - 20)..<min(bytes.count, start + 40)]
    Issue.record("\(name ?? "") at byte \(start): \(String(decoding: context, as: UTF8.self))")
  }
}

/// The comparison that stands behind every match.
@Suite struct KeyComparerTests {
  @Test(arguments: [
    ("Golden Phoenix", "golden phoenixes", true),
    ("new-energy vehicles", "new energy vehicle", true),
    ("People’s Congress", "People's Congress", true), ("西部（重慶）", "西部(重庆)", true),
    ("1,164", "1164", true), ("5G 基站", "5G基站", true), ("the “smart” city", "the smart city", true),
    ("café", "cafe\u{301}", true), ("companies", "company", true), ("C++", "c++", true),
    ("electroencephalographies", "electroencephalography", true),
    ("golden phoenix", "golden goose", false), ("ab c", "a bc", false), ("cat", "dog", false),
    ("重庆", "庆重", false), ("university", "universal", false), ("a", "a b", false), ("", "a", false),
    ("C++", "C+", false), ("ab, c", "ab c", false), ("@a", "`a", false), ("[", "{", false),
  ])
  func comparesKeys(_ left: String, _ right: String, _ areSame: Bool) {
    let comparer = KeyComparer()
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    // Twice, since pairs of words are remembered.
    for _ in 0..<2 {
      let found = left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          (comparer.haveSameKey(left, right), comparer.haveSameKey(right, left))
        }
      }
      #expect(found == (areSame, areSame))
    }
  }
}
