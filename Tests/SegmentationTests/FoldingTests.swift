import Bitext
import Segmentation
import TestSupport
import Testing

@Suite struct FoldingTests {
  private static let pairs: [(left: String, right: String, folding: MatchKey.Folding?)] = [
    ("same", "same", []),
    ("caf\u{E9}", "cafe\u{301}", .composition),
    ("e\u{323}\u{302}", "e\u{302}\u{323}", .composition),
    ("가", "\u{1100}\u{1161}", .composition),
    ("豈", "\u{F900}", .composition),
    ("Golden", "golden", .letterCase),
    ("STRASSE", "Straße", .letterCase),
    ("ÉCOLE", "e\u{301}cole", .letterCase),
    ("ﬁne", "fine", .compatibility),
    ("25℃", "25°C", .compatibility),
    ("m²", "m2", .compatibility),
    ("wait…", "wait...", .compatibility),
    ("Ⅷ", "viii", [.compatibility, .letterCase]),
    ("西部（重庆）科学城", "西部(重庆)科学城", .width),
    ("ＡＢＣ", "ABC", .width),
    ("ﾊﾞｽ", "バス", .width),
    ("你好，再见", "你好,再见", .width),
    ("＂x＂", "\"x\"", .width),
    ("ＡＢＣ", "abc", [.width, .letterCase]),
    ("【注】", "[注]", .brackets),
    ("〔2021〕5号", "［2021］5号", [.brackets, .width]),
    ("“桥”", "「桥」", .quotes),
    ("《桥》", "‘桥’", .quotes),
    ("\"smart\" city", "“smart” city", .quotes),
    ("don’t", "don't", .quotes),
    ("don't", "don\"t", nil),
    ("“一带一路”", "一带一路", .quoting),
    ("the \"smart\" city", "the smart city", .quoting),
    ("the\"smart\"city", "the smart city", .quoting),
    ("1990–2000", "1990-2000", .dashes),
    ("non\u{2010}stop", "non-stop", .dashes),
    ("−5", "-5", .dashes),
    ("A—B", "A―B", .dashes),
    ("A—B", "A-B", nil),
    ("non\u{2011}stop", "non-stop", .dashes),
    ("state-of-the-art", "state of the art", .hyphenation),
    ("state‐of‐the‐art", "state of the art", .hyphenation),
    ("followup", "follow-up", nil),
    ("A - B", "A B", nil),
    ("成渝-双城", "成渝双城", [.hyphenation, .spacing]),
    ("5G 基站", "5G基站", .spacing),
    ("在 2021 年，", "在2021年，", .spacing),
    ("你好, world", "你好,world", .spacing),
    ("see (重庆) for", "see（重庆）for", [.spacing, .width]),
    ("返回 True 。", "返回True。", .spacing),
    ("word , word", "word, word", .spacing),
    ("word ）", "word)", [.spacing, .width]),
    ("返回 -1", "返回1", nil),
    ("返回 -1", "返回-1", .spacing),
    ("X-射线", "X射线", [.hyphenation, .spacing]),
    ("a  b", "a b", .whiteSpace),
    ("a\u{2009}b", "a b", .whiteSpace),
    (" a b\n", "a b", .whiteSpace),
    ("a b", "ab", nil),
    ("govern\u{AD}ment", "government", .invisibles),
    ("\u{FEFF}a\u{200B}b", "ab", .invisibles),
    ("\u{202B}重\u{202C}庆", "重庆", .invisibles),
    ("你好。", "你好.", .punctuation),
    ("A・B", "A·B", .punctuation),
    ("重慶", "重庆", .script),
    ("後臺", "后台", .script),
    ("西部(重慶)科學城", "西部（重庆）科学城", [.script, .width]),
    ("1,234,567.5", "1234567.5", .digitGrouping),
    ("１，１６４", "1164", [.digitGrouping, .width]),
    ("12,34", "1234", nil),
    ("1.5,164", "1.5164", nil),
    ("Golden Phoenixes", "Golden Phoenix", .inflection),
    ("Phoenix's", "Phoenix", .inflection),
    ("PLANNED", "PLAN", .inflection),
    ("translating", "translated", .inflection),
    ("Golden Phoenixes", "golden phoenix", [.inflection, .letterCase]),
    ("the company’s plan", "the company plan", .inflection),
    ("the companies’ plan", "the company plan", [.inflection, .quoting]),
    ("university", "universal", nil),
    ("cafe", "café", nil),
    ("重庆", "庆重", nil),
  ]

  @Test(arguments: pairs.indices)
  func namesTheSmallestFolding(index: Int) {
    let (left, right, folding) = Self.pairs[index]
    #expect(MatchKey.differences(left, right) == folding)
    #expect(MatchKey.differences(right, left) == folding)
  }

  @Test(arguments: pairs.indices)
  func spellingAndTokensSayTheSameOfThePairs(index: Int) {
    let (left, right, folding) = Self.pairs[index]
    let isSpelling = folding.map { MatchKey.Folding.spelling.isSuperset(of: $0) } ?? false
    #expect((MatchKey(left) == MatchKey(right)) == isSpelling)
    let tokens = [left, right].map { KeyTokenizer().tokens(of: $0).map(\.hash) }
    // One symbol is one token, though compatibility would write it with several.
    if folding != .compatibility || left == "ﬁne" || left == "m²" {
      #expect((tokens[0] == tokens[1]) == (folding != nil))
    }
  }

  @Test func namesAreWordsForMessages() {
    #expect(
      MatchKey.Folding([.width, .script]).names() == ["script", "the width of its characters"])
    #expect(MatchKey.Folding.composition.names() == ["the composition of its accents"])
    #expect(MatchKey.Folding([]).names().isEmpty)
    #expect(MatchKey.Folding.term.names().count == 15)
    #expect(MatchKey.Folding([.width, .letterCase]).names(except: .letterCase).count == 1)
  }

  /// What a key is made of one step at a time.
  @Test(arguments: [
    ("´", " \u{301}"), ("a ´ b", "a  \u{301} b"), ("x\u{301} y", "x\u{301} y"),
    ("ﷺ", "صلى الله عليه وسلم"),
    ("你好, world", "你好,world"), ("100％ of", "100% of"), ("A， b", "a, b"),
    ("b'^'", "b\"^\""), ("重庆 - 成都", "重庆-成都"), ("A - 重庆", "a-重庆"), ("rock'n'roll", "rock'n'roll"),
    ("the 90's", "the 90\"s"), ("e\u{AD}\u{301}", "é"), ("\u{3164}", ""), ("ΌΣΟΣ", "όσοσ"),
    ("‘Don’t’", "\"don't\""),
  ])
  func spells(_ text: String, _ key: String) {
    #expect(Array(MatchKey(text).bytes) == Array(key.utf8))
  }

  @Test func stemsHaveASignThatKeepsThemFromBeingStemmedAgain() {
    let key = MatchKey("Cities agreed", folding: .inflection)
    #expect(String(decoding: key.bytes, as: UTF8.self) == "Citi\u{E000} agre\u{E000}")
    #expect(MatchKey(key.bytes.span, folding: .inflection) == key)
    #expect(key.sourceRange(0..<7) == 0..<6)
    #expect(key.sourceRange(0..<4) == 0..<6)
  }

  /// A stretch between marks, and what it is in the key of everything folded.
  @Test(
    arguments: [
      ("caf⟦e\u{301}⟧s", "é", MatchKey.Folding.composition),
      ("⟦e\u{323}\u{302}⟧x", "ệ", .composition),
      ("⟦ﾊﾞ⟧ス", "バ", .width),
      ("⟦（⟧重", "(", .spelling),
      ("a⟦\u{301}⟧", "\u{301}", .whiteSpace),
      ("⟦e⟧\u{AD}b", "e", .spelling),
      ("the ⟦cities⟧", "citi", .inflection),
      ("the ⟦Company’s⟧ plan", "compani", .term),
      ("⟦1,164⟧", "1164", .term),
      ("⟦follow-up⟧", "follow up", .hyphenation),
      ("⟦…⟧x", ".", .compatibility),
    ] as [(String, String, MatchKey.Folding)])
  func theMapLeadsToWholeSpans(_ marked: String, _ part: String, _ folding: MatchKey.Folding) throws
  {
    let text = MarkedText(marked)
    let utf8 = text.utf8
    let key = MatchKey(utf8.span, folding: folding)
    let part = Array(part.utf8)
    let start = try #require(key.bytes.indices.first { key.bytes[$0...].starts(with: part) })
    #expect(text.marking([key.sourceRange(start..<start + part.count)]) == marked)
  }

  // MARK: Properties

  private static let foldings: [MatchKey.Folding] =
    (0..<16).map { index in
      let bit = MatchKey.Folding(rawValue: 1 << index)
      return 1...3 ~= index ? bit.union(.composition) : bit
    }

  private static func randomFolding(_ random: inout SeededGenerator) -> MatchKey.Folding {
    foldings.reduce(into: []) { if random.once(in: 2) { $0.formUnion($1) } }
  }

  private static let pieces = [
    "a", "B", "s", "city", "Planned", "é", "e", "ß", "ﬁ", "\u{301}", "\u{323}", "1", "12", "345",
    "０", ",", ".", "'", "’", "“", "\"", "《", "》", "-", "–", "—", " ", " ", "\u{A0}", "\u{3000}",
    "\u{AD}", "\u{200B}", "\u{FEFF}", "重", "慶", "A", "$", "^", "①", " .", "𠀀", "\u{F900}", "（", ")",
    "，", "。", "、", "％",
    "🙂", "ﷺ", "가", "\u{1100}", "\u{1161}", "ﾊ", "ﾞ", "か", "я", "й", "\n", "…", "【", "]", "·",
    "α", "ΐ", "Σ",
  ]

  @Test(arguments: 1...400 as ClosedRange<UInt64>)
  func theKeyOfAKeyIsThatKey(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = random.text(of: Self.pieces, upTo: 14)
    let folding = Self.randomFolding(&random)
    for folding in [folding, .spelling, .term] {
      let key = MatchKey(text, folding: folding)
      #expect(
        MatchKey(key.bytes.span, folding: folding) == key,
        "\(text.unicodeScalars.map(\.value)) \(folding.names())")
    }
  }

  /// Equal under a folding means equal under more: a key may be folded on.
  @Test(arguments: 1...400 as ClosedRange<UInt64>)
  func moreFoldingGoesOnFromLess(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = random.text(of: Self.pieces, upTo: 12)
    let less = Self.randomFolding(&random)
    for more in [less.union(Self.randomFolding(&random)), .term] {
      let key = MatchKey(text, folding: less)
      #expect(
        MatchKey(key.bytes.span, folding: more) == MatchKey(text, folding: more),
        "seed \(seed) \(text.unicodeScalars.map { String($0.value, radix: 16) }) \(less.names()) \(more.names())"
      )
    }
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func theMapIsMonotoneAndInBounds(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes: [UInt8] =
      seed.isMultiple(of: 2)
      ? Array(random.text(of: Self.pieces, upTo: 20).utf8)
      : (0..<40).map { _ in
        UInt8(random.pick([0x41, 0xE9, 0x87, 0x8D, 0xED, 0xA0, 0xF4, 0xCC, 0x81]))
      }
    let key = MatchKey(bytes.span, folding: Self.randomFolding(&random))
    #expect(String(validating: key.bytes, as: UTF8.self) != nil)
    var last = 0..<0
    for index in key.bytes.indices {
      let range = key.sourceRange(index..<index + 1)
      #expect(range.upperBound <= bytes.count)
      #expect(range.lowerBound >= last.lowerBound && range.upperBound >= last.upperBound)
      last = range
    }
  }

  @Test func anIdeographsSimplifiedFormIsSimplified() {
    for value in 0x4E00...0x9FFF as ClosedRange<UInt32> {
      let text = Unicode.Scalar(value).map(String.init) ?? ""
      let key = MatchKey(text, folding: .script)
      #expect(MatchKey(key.bytes.span, folding: .script) == key, "\(text)")
    }
  }

  @Test func aSpaceBeforeWhatAMarkBeginsStays() {
    #expect(MatchKey.differences("a .5", "a.5") == nil)
    #expect(MatchKey.differences("use .NET", "use.NET") == nil)
  }

  @Test func noFoldingKeepsTheBytes() {
    for (left, _, _) in Self.pairs {
      #expect(MatchKey(left, folding: []).bytes == Array(left.utf8))
    }
  }

  /// Marks out of order would be sorted by insertion, in quadratic time.
  @Test(arguments: [
    ("\u{301}\u{323}", 500_000), ("\u{345}", 100_000), ("\u{301}\u{AD}", 100_000),
    ("\u{FF9E}\u{301}", 100_000),
  ])
  func aMillionCombiningMarksTakeLinearTime(marks: String, count: Int) {
    let text = "e" + String(repeating: marks, count: count)
    let bytes = Array(text.utf8)
    let key = MatchKey(bytes.span)
    #expect(key.bytes.count > count)
    #expect(key.sourceRange(0..<1).lowerBound == 0)
    #expect(KeyTokenizer().tokens(of: bytes.span).count >= 1)
  }

  @Test(arguments: [" -", "1,", "'", "\u{AD}'", "\"", "\u{3000}", "a'", "-", "重 ", "...", "🙂", "é"])
  func longRunsOfOneThingTakeLinearTime(piece: String) {
    let bytes = Array(String(repeating: piece, count: 20_000).utf8)
    #expect(MatchKey(bytes.span, folding: .term).bytes.count <= bytes.count)
    _ = KeyTokenizer().tokens(of: bytes.span)
  }
}
