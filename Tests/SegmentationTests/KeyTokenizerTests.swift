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
