import Bitext
import Testing

@testable import Alignment

@Suite struct TermExtractorTests {
  private func candidates(_ pairs: [(String, String)]) throws -> [TermCandidate] {
    let texts = pairs.enumerated().map { index, pair in
      TranslatedText(
        source: pair.0, target: pair.1, evidence: .init(file: "a.tmx", bead: index))
    }
    return try TermExtractor(source: .english, target: .simplifiedChinese).candidates(in: texts)
  }

  @Test func phrasesThatKeepEachOthersCompanyArePaired() throws {
    let found = try candidates([
      ("The Jinfeng Laboratory opened today.", "金凤实验室今天启用。"),
      ("Visitors came to Jinfeng Laboratory.", "来宾参观了金凤实验室。"),
      ("It rained on the hill.", "山上下了雨。"),
      ("Jinfeng Laboratory has eleven partners.", "金凤实验室有十一家伙伴。"),
    ])
    let pair = try #require(found.first { $0.source == "Jinfeng Laboratory" })
    #expect(pair.target == "金凤实验室")
    #expect(pair.count == 3)
    #expect(pair.sourceCount == 3)
    #expect(pair.targetCount == 3)
    #expect(pair.score == 0.75)
    #expect(pair.evidence.map(\.bead) == [0, 1, 3])
    // Its parts are no terms of their own.
    #expect(!found.contains { $0.source == "Jinfeng" || $0.source == "Laboratory" })
  }

  @Test func pairThatTheAuthorGivesNeedsNoSecondMention() throws {
    let found = try candidates([
      ("The “Golden Phoenix” (金凤凰) program began.", "项目开始了。"),
      ("It began.", "“产业强链”（Strong Chain）行动开始。"),
      ("He met Chen Qingyang (陈清扬) there.", "他在那里见到她。"),
    ])
    let given = found.filter { $0.score > 0.9 }.map { "\($0.source)=\($0.target)" }
    #expect(
      given.sorted() == ["Chen Qingyang=陈清扬", "Golden Phoenix=金凤凰", "Strong Chain=产业强链"])
  }

  /// A clause of Chinese in front of a bracket was once taken for a name, since it held a Latin
  /// word behind a space.
  @Test func clauseBeforeABracketIsNoName() throws {
    let found = try candidates([("The board met.", "图中为 Heathcote先生（前右）和同事。")])
    #expect(found.isEmpty)
  }

  @Test func codeAndEverydayWordsAreNotProposed() throws {
    let pairs = Array(
      repeating: ("the sys module runs ten kilometers", "sys 模块跑了十公里"), count: 3)
    let found = try candidates(pairs)
    #expect(!found.contains { $0.source == "sys" && $0.target == "sys" })
    #expect(!found.contains { $0.source == "kilometers" })
  }

  @Test func nothingComesOfNothing() throws {
    #expect(try candidates([]).isEmpty)
    #expect(try candidates([("", ""), ("one", "")]).isEmpty)
  }
}
