import Segmentation
import TestSupport
import Testing

@Suite struct KeyTokenizerTests {
  private func key(_ text: String) -> [UInt64] { KeyTokenizer().tokens(of: text).map(\.hash) }

  @Test(arguments: [
    // Case and inflection
    ("Golden Phoenixes", "golden phoenix"),
    ("CITIES", "city"),
    ("the company's plan", "the company plan"),
    ("the companies’ plans", "the company plan"),
    // Width and brackets
    ("ＡＢＣ１２３", "abc123"),
    ("西部（重庆）科学城", "西部(重庆)科学城"),
    ("【注】", "[注]"),
    ("重庆，成都。", "重庆,成都."),
    // Hans and Hant
    ("西部（重慶）科學城", "西部(重庆)科学城"),
    ("臺灣", "台湾"),
    // Hyphens and dashes inside a word
    ("follow-up", "follow up"),
    ("follow–up", "follow-up"),
    ("cross\u{2011}border", "cross border"),
    ("成都-重庆", "成都重庆"),
    ("A—B", "A―B"),
    // Quotes
    ("“smart” city", "smart city"),
    ("《红楼梦》", "“红楼梦”"),
    ("「桥」", "'桥'"),
    ("don’t", "don't"),
    // White space
    ("a  b\u{A0}c\u{3000}d", "a b c d"),
    ("重 庆", "重庆"),
    ("重庆 2026 年", "重庆2026年"),
    // Numbers and compatibility forms
    ("1,164", "1164"),
    ("1,234,567.5", "1234567.5"),
    ("cafe\u{301}", "café"),
    ("ﬁne", "fine"),
    ("Straße", "strasse"),
  ])
  func isTheSame(_ one: String, _ other: String) {
    #expect(key(one) == key(other))
    #expect(!key(one).isEmpty)
  }

  @Test(arguments: [
    ("university", "universal"), ("organization", "organ"), ("development", "developer"),
    ("policy", "police"), ("cafe", "café"), ("重庆", "庆重"), ("重庆", "重"), ("12", "1.2"),
    ("1,164", "1,16"), ("8%", "8"), ("a, b", "a b"), ("(a)", "a"), ("followup", "follow-up"),
    ("A - B", "A B"), ("-5", "5"), ("us", "u.s"), ("1", "one"),
  ])
  func differs(_ one: String, _ other: String) {
    #expect(key(one) != key(other))
  }

  @Test(arguments: [
    "⟦Golden⟧ ⟦Phoenixes⟧⟦,⟧ “⟦the⟧ ⟦company's⟧”⟦.⟧",
    "⟦西⟧⟦部⟧⟦（⟧⟦重⟧⟦慶⟧⟦）⟧",
    "⟦follow⟧-⟦up⟧ ⟦-⟧ ⟦1,164.5⟧⟦,⟧ ⟦H1N1⟧",
    "⟦3⟧⟦.⟧ ⟦don’t⟧⟦!⟧",
    "⟦café⟧《⟦书⟧》⟦🙂⟧",
    "⟦12⟧⟦,⟧⟦34⟧",
    " \u{3000}",
    "",
  ])
  func tokensKeepTheirBytes(_ marked: String) {
    let text = MarkedText(marked)
    let bytes = text.utf8
    #expect(text.marking(KeyTokenizer().tokens(of: bytes.span).map(\.range)) == marked)
  }

  @Test func tellsTheKinds() {
    let kinds = KeyTokenizer().tokens(of: "H1N1 重 1,164.5 （").map(\.kind)
    #expect(kinds == [.word, .han, .number, .punctuation])
  }

  @Test(
    arguments: [
      ("word", .latin, .lower), ("Word", .latin, .capitalized), ("A", .latin, .capitalized),
      ("NATO", .latin, .upper), ("NATO's", .latin, .upper), ("H1N1", .latin, .upper),
      ("iPhone", .latin, .mixed), ("McDonald", .latin, .mixed), ("Don’t", .latin, .capitalized),
      ("École", .latin, .capitalized), ("ＡＢＣ", .latin, .upper),
      ("E\u{301}cole", .latin, .capitalized),
      ("мир", .cyrillic, .lower), ("Αθήνα", .greek, .capitalized), ("かな", .hiragana, .none),
      ("カー", .katakana, .none), ("ｶﾞ", .katakana, .none), ("한국", .hangul, .none),
      ("重", .han, .none), ("\u{F900}", .han, .none), ("2026", .common, .none),
      ("，", .common, .none),
      ("℃", .common, .none), ("ไทย", .thai, .none),
    ] as [(String, Script, LetterCase)])
  func tellsScriptAndCase(_ text: String, _ script: Script, _ letterCase: LetterCase) throws {
    let tokens = KeyTokenizer().tokens(of: text)
    try #require(tokens.count == 1)
    #expect(tokens[0].script == script)
    #expect(tokens[0].letterCase == letterCase)
  }

  @Test(arguments: [
    ("caf\u{E9}s", "cafe\u{301}s"), ("가", "\u{1100}\u{1161}"), ("豈", "\u{F900}"), ("ｶﾞ", "ガ"),
    ("govern\u{AD}ment", "government"), ("重\u{E0100}庆", "重庆"), ("5㎏", "5kg"),
    ("l’été", "l'e\u{301}te\u{301}"), ("重庆 - 成都", "重庆成都"), ("½ cup", "½ cups"),
  ])
  func foldsWhatIsNormalized(_ one: String, _ other: String) {
    #expect(key(one) == key(other))
    #expect(!key(one).isEmpty)
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func tokensAreInOrderAndOnScalarBoundaries(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = randomMixedText(&random)
    let bytes = Array(text.utf8)
    var end = 0
    for token in KeyTokenizer().tokens(of: bytes.span) {
      #expect(token.range.lowerBound >= end, "\(text)")
      #expect(!token.range.isEmpty && token.range.upperBound <= bytes.count, "\(text)")
      end = token.range.upperBound
      #expect(String(validating: bytes[token.range], as: UTF8.self) != nil, "\(text)")
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func bytesThatAreNoUTF8DoNotStopTheScan(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes =
      (0..<50).map { _ in UInt8.random(in: 0...255, using: &random) } + Array(" word".utf8)
    let last = KeyTokenizer().tokens(of: bytes.span).last
    #expect(last?.hash == key("word").first)
    #expect(last?.range == 51..<55)
  }
}

/// Letters, ideographs, marks and space of many widths, as few texts mix them.
func randomMixedText(_ random: inout SeededGenerator) -> String {
  let pieces: [Unicode.Scalar] = [
    "a", "B", "s", "é", "ß", "ﬁ", "\u{301}", "1", "０", ",", ".", "'", "’", "“", "-", "–", "—", " ",
    "\u{A0}", "\u{3000}", "\u{AD}", "\u{200B}", "重", "慶", "𠀀", "\u{F900}", "（", "。", "《", "％",
    "🙂", "ﷺ", "가", "Ⅷ", "\u{FEFF}", "\n", "…",
  ]
  var text = ""
  for _ in 0..<Int.random(in: 0...30, using: &random) {
    text.unicodeScalars.append(pieces[Int.random(in: pieces.indices, using: &random)])
  }
  return text
}
