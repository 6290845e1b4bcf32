import Bitext
import Segmentation
import Testing

@testable import Alignment

/// What an author gives away, one bead a row: the text of both sides, the pair, and how it is given.
/// Each stands there but once, so that nothing but the cue can tell.
@Suite struct CueTests {
  @Test(arguments: [
    // Brackets behind quotes, behind a name in capitals, on either side, in either width.
    ("The “Golden Phoenix” (金凤凰) program began.", "项目开始了。", "Golden Phoenix", "金凤凰", "brackets"),
    ("It began.", "“产业强链”（Strong Chain）行动开始。", "Strong Chain", "产业强链", "brackets"),
    ("He met Ella Whitlock (艾拉) there.", "他在那里见到她。", "Ella Whitlock", "艾拉", "brackets"),
    ("The Golden Phoenix (金凤凰) program.", "“金凤凰”项目。", "Golden Phoenix", "金凤凰", "brackets"),
    // One term in quotes on each side.
    (
      "The “Red Plum” awards were given.", "“红梅”奖颁发了。", "Red Plum", "红梅", "quotes"
    ),
    ("He wrote 'Black Swan Tale'.", "他写了。", "", "", ""),
    // Names by their sound.
    ("Chen Qingyang left.", "陈清扬走了。", "Chen Qingyang", "陈清扬", "sound"),
    ("They went to Yubei.", "他们去渝北。", "Yubei", "渝北", "sound"),
    // No cue: speech, a remark, a number, an abbreviation of a unit.
    ("“I did not come because of that.”", "“我不是因为那个来的。”", "", "", ""),
    ("The bridge (see above) is old.", "桥（见上文）很旧。", "", "", ""),
    ("It grew by 3 percent (2016: 2).", "增长3%（2016年：2%）。", "", "", ""),
  ])
  func pairIsGivenOnce(
    _ source: String, _ target: String, _ left: String, _ right: String, _ cue: String
  ) throws {
    let given = try candidates([(source, target)]).filter { $0.cue != nil }
    guard !left.isEmpty else {
      #expect(given.isEmpty, "\(given.map { ($0.source, $0.target) })")
      return
    }
    let pair = try #require(given.find(left, right), "\(given.map { ($0.source, $0.target) })")
    #expect(pair.cue?.name == cue)
    #expect(pair.count == 1)
    #expect(pair.score > 0.75)
  }

  @Test func termThatOnlyTheOtherSideShowsHasNoSpanOfItsOwn() throws {
    let found = try candidates([("The “Golden Phoenix” (金凤凰) program.", "项目开始了。")])
    let evidence = try #require(found.find("Golden Phoenix", "金凤凰")?.evidence.first)
    #expect(evidence.sourceSpan == 7..<21)
    #expect(evidence.targetSpan.isEmpty)
  }

  @Test(arguments: [
    ("the Hong Kong Monetary Authority (HKMA) said", "Hong Kong Monetary Authority", "HKMA"),
    ("of stored value facilities (SVFs)", "stored value facilities", "SVFs"),
    ("authorized institutions (AIs) are", "authorized institutions", "AIs"),
    ("Hong Kong Interbank Offered Rate (HIBOR)", "Hong Kong Interbank Offered Rate", "HIBOR"),
    ("the Financial Services Board (see below)", "", ""),
    ("an apple (HKMA)", "", ""),
    ("(HKMA)", "", ""),
  ])
  func englishAbbreviationsHaveTheirLongForm(
    _ text: String, _ long: String, _ short: String
  ) throws {
    let found = try phraseText(text, .english).abbreviationTexts()
    #expect(found == (long.isEmpty ? [] : ["\(long)=\(short)"]))
  }

  @Test(arguments: [
    ("香港金融管理局（金管局）宣布", "金融管理局=金管局"),
    ("西部（重庆）科学城", ""),
    ("基本比率（见下文）", ""),
  ])
  func chineseAbbreviationsHaveTheirLongForm(_ text: String, _ expected: String) throws {
    let found = try phraseText(text, .simplifiedChinese).abbreviationTexts()
    #expect(found == (expected.isEmpty ? [] : [expected]))
  }

  @Test func abbreviationTakesOverThePartnerOfItsName() throws {
    let source = try phraseText("The Hill Museum (HM) opened.", .english)
    let target = try phraseText("科学博物馆启用", .simplifiedChinese)
    // Hill and Museum with all that means the museum; HM too, which says the same once more.
    let words = 0..<target.words.count - 1
    let links = [1, 2, 4].flatMap { word in
      words.map { WordLink(source: word, target: UInt32($0), share: 1) }
    }
    let pairs = BeadPhrases(source, target, links: links).pairs
    func cue(_ text: String) throws -> TermCandidate.Cue? {
      try #require(pairs.first { $0.source == PhraseKey.of(text) }).cue
    }
    #expect(try cue("HM") == .abbreviation)
    #expect(try cue("Hill Museum") == nil)
  }
}

/// A text as the extractor reads it.
func phraseText(_ text: String, _ language: LanguageTag) throws -> PhraseText {
  var corpus = WordCorpus(source: language, target: language)
  try corpus.append([(source: text, target: text)])
  return PhraseText(text, words: corpus.sourceWords(of: 0), vocabulary: .of(language))
}

extension PhraseText {
  func abbreviationTexts() -> [String] {
    abbreviations().map { text($0.long) + "=" + text($0.short) }
  }
}
