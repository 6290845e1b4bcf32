import Bitext
import Testing

@testable import Segmentation

@Suite struct LexiconTests {
  private func parse(_ text: String) throws -> Lexicon {
    try Lexicon.parse(Array(text.utf8), file: "words.tsv")
  }

  /// The longest match at the start of a text: its length in tokens, and which of `words` are
  /// among the translations.
  private func match(
    _ lexicon: Lexicon, _ text: String, among words: [String]
  ) -> (length: Int, words: [String])? {
    let tokens = KeyTokenizer().tokens(of: text)
    guard let match = lexicon.longestMatch(tokens.span, at: 0) else { return nil }
    let hashes = Set(match.translations.map(\.hash))
    return (
      match.length,
      words.filter { word in
        KeyTokenizer().tokens(of: word).allSatisfy { hashes.contains($0.hash) }
      }
    )
  }

  @Test func readsTSVUnderAHeaderOfLanguages() throws {
    let lexicon = try parse(
      "zh\ten\n# a remark\n\n桥梁\tbridge | bridges of stone\n重庆\tChongqing\n")
    #expect(lexicon.languages.left == .chinese)
    #expect(lexicon.languages.right == .english)
    #expect(lexicon.count == 2)
    let found = try #require(
      match(lexicon, "橋樑很多", among: ["bridge", "stone", "Chongqing", "of"]))
    #expect(found.length == 2)
    #expect(found.words == ["bridge", "stone"], "“of” says nothing of what a text is about")
  }

  @Test func readsCEDICT() throws {
    let lexicon = try parse(
      """
      # CC-CEDICT
      傳統 传统 [chuan2 tong3] /tradition/traditional (custom)/CL:個|个[ge4]/
      重慶 重庆 [Chong2 qing4] /Chongqing city/
      """)
    #expect(lexicon.languages.left == .simplifiedChinese)
    #expect(lexicon.languages.right == .english)
    let words = ["tradition", "traditional", "custom", "ge4"]
    for spelling in ["传统", "傳統"] {
      let found = try #require(match(lexicon, spelling, among: words))
      #expect(found.length == 2)
      #expect(found.words == ["tradition", "traditional"], "remarks are no translations")
    }
  }

  @Test func lineEndsOfWindowsAreNoPartOfAWord() throws {
    let lexicon = try parse("zh\ten\r\n桥\tbridge\r\n\r\n山\thill")
    #expect(lexicon.count == 2)
    #expect(match(lexicon, "桥", among: ["bridge"])?.words == ["bridge"])
  }

  @Test(arguments: [
    ("zh\ten\n桥\tbridge\nno tab here\n", 3),
    ("zh\ten\r\n# remark\r\n\r\n\tbridge\r\n", 4),
    ("傳統 传统 [chuan2] /tradition/\n# remark\n传统 tradition\n", 3),
    ("just some text\n", 1),
    ("桥\tbridge\n", 1),
  ])
  func aBadLineIsTroubleWithItsNumber(_ text: String, _ line: Int) {
    let trouble = #expect(throws: Trouble.self) { try parse(text) }
    #expect(trouble?.line == line)
    #expect(trouble?.file == "words.tsv")
  }

  @Test(arguments: ["", "\n\n", "# remark only\n", "zh\ten\n", "zh\ten\n桥\t\n"])
  func aFileWithoutAWordIsTrouble(_ text: String) {
    let trouble = #expect(throws: Trouble.self) { try parse(text) }
    #expect(trouble?.message.contains("no word") == true)
    #expect(trouble?.line == nil)
  }

  @Test func theLongestKeyWins() throws {
    let lexicon = try parse("zh\ten\n科学\tscience\n科学城\tcampus\n科学城市民中心\thall\n")
    let words = ["science", "campus", "hall"]
    #expect(match(lexicon, "科学", among: words)?.words == ["science"])
    #expect(match(lexicon, "科学城", among: words)?.length == 3)
    // The longest key starts here and does not end: the next shorter one holds.
    let cut = try #require(match(lexicon, "科学城市民", among: words))
    #expect(cut.length == 3)
    #expect(cut.words == ["campus"])
    #expect(match(lexicon, "科学城市民中心", among: words)?.words == ["hall"])
    #expect(match(lexicon, "科", among: words) == nil)
    #expect(match(lexicon, "学城", among: words) == nil)
  }

  @Test func linesWithTheSameKeyAreOneEntry() throws {
    let lexicon = try parse("zh\ten\n桥\tbridge\n山\thill\n橋\tspan\n")
    #expect(lexicon.count == 2)
    #expect(match(lexicon, "桥", among: ["bridge", "span", "hill"])?.words == ["bridge", "span"])
    #expect(match(lexicon, "山", among: ["bridge", "span", "hill"])?.words == ["hill"])
  }

  @Test func aWordOfSeveralWeighsLessThanOneAlone() throws {
    let lexicon = try parse("zh\ten\n桥\tbridge | stone arch\n")
    let tokens = KeyTokenizer().tokens(of: "桥")
    let match = lexicon.longestMatch(tokens.span, at: 0)
    #expect(
      match?.translations.map(\.weight) == [1, Float(0.5).squareRoot(), Float(0.5).squareRoot()])
  }

  @Test func theBuiltInLexiconIsWhole() {
    #expect(Lexicon.builtin.count > 1000)
    #expect(Lexicon.builtin.languages.left.isChinese)
    #expect(Lexicon.builtin.languages.right == .english)
    #expect(match(.builtin, "桥梁", among: ["bridge"])?.words == ["bridge"])
  }
}
