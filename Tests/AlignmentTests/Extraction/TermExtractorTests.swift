import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Alignment

/// The candidates of beads, English to Chinese.
func candidates(_ pairs: [(String, String)]) throws -> [TermCandidate] {
  let texts = pairs.enumerated().map { index, pair in
    TranslatedText(source: pair.0, target: pair.1, evidence: .init(file: "a.tmx", bead: index))
  }
  return try TermExtractor(source: .english, target: .simplifiedChinese).candidates(in: texts)
}

extension [TermCandidate] {
  func find(_ source: String, _ target: String) -> TermCandidate? {
    first { $0.source == source && $0.target == target }
  }

  /// Where a pair stands among them, from 0.
  func rank(_ source: String, _ target: String) -> Int? {
    firstIndex { $0.source == source && $0.target == target }
  }
}

@Suite struct TermExtractorTests {
  private let laboratory = [
    ("The Jinfeng Laboratory opened today.", "金凤实验室今天启用。"),
    ("Visitors came to Jinfeng Laboratory.", "来宾参观了金凤实验室。"),
    ("It rained on the hill.", "山上下了雨。"),
    ("Jinfeng Laboratory has eleven partners.", "金凤实验室有十一家伙伴。"),
  ]

  @Test func phrasesThatTheLinksJoinArePaired() throws {
    let found = try candidates(laboratory)
    let pair = try #require(found.find("Jinfeng Laboratory", "金凤实验室"))
    #expect(pair.count == 3)
    #expect(pair.sourceCount == 3)
    #expect(pair.targetCount == 3)
    #expect(pair.cue == nil)
    #expect(pair.evidence.map(\.bead) == [0, 1, 3])
    #expect(found.first == pair)
    // The whole comes before its parts.
    #expect(found.first { $0.source == "Laboratory" }.map { $0.score < pair.score } ?? true)
  }

  @Test func evidenceShowsWhereTheTermsStand() throws {
    let pair = try #require(try candidates(laboratory).find("Jinfeng Laboratory", "金凤实验室"))
    let evidence = pair.evidence[1]
    #expect(evidence.sourceText == "Visitors came to Jinfeng Laboratory.")
    #expect(evidence.targetText == "来宾参观了金凤实验室。")
    #expect(evidence.sourceSpan == 17..<35)
    #expect(evidence.targetSpan == 15..<30)
  }

  @Test func evidenceIsTheFirstFiveBeads() throws {
    let found = try candidates(
      Array(repeating: ("Jinfeng Laboratory opened.", "金凤实验室启用。"), count: 9))
    let pair = try #require(found.find("Jinfeng Laboratory", "金凤实验室"))
    #expect(pair.count == 9)
    #expect(pair.evidence.map(\.bead) == [0, 1, 2, 3, 4])
  }

  @Test func termIsSpeltAsItIsInsideSentences() throws {
    let found = try candidates([
      ("Asset quality is good.", "资产质素良好。"), ("Asset quality fell.", "资产质素下降。"),
      ("They watch asset quality.", "他们监察资产质素。"),
    ])
    #expect(found.contains { $0.source == "asset quality" && $0.count == 3 })
    #expect(!found.contains { $0.source == "Asset quality" })
  }

  @Test func pluralAndSingularAreOneTermInTheCommonerForm() throws {
    let found = try candidates([
      ("We saw the fund managers.", "我们看见基金经理。"), ("The fund managers left.", "基金经理走了。"),
      ("A fund manager spoke.", "一名基金经理说话。"),
    ])
    let pair = try #require(found.find("fund managers", "基金经理"))
    #expect(pair.count == 3)
    #expect(!found.contains { $0.source == "fund manager" })
  }

  @Test func everydayWordsComeAfterTerms() throws {
    let found = try candidates(
      laboratory + [
        ("The students came.", "学生来了。"), ("We saw the students.", "我们看见学生。"),
        ("Students sang.", "学生唱歌。"),
      ])
    let term = try #require(found.rank("Jinfeng Laboratory", "金凤实验室"))
    let word = try #require(found.rank("students", "学生"))
    #expect(term < word)
  }

  @Test func codeThatBothSidesHaveComesLast() throws {
    let found = try candidates(
      laboratory + Array(repeating: ("Run the sys module.", "运行 sys 模块。"), count: 3))
    let term = try #require(found.rank("Jinfeng Laboratory", "金凤实验室"))
    #expect(try #require(found.rank("sys", "sys")) > term)
  }

  @Test func nothingComesOfNothing() throws {
    #expect(try candidates([]).isEmpty)
    #expect(try candidates([("", ""), ("one", ""), ("", "一")]).isEmpty)
  }

  /// A clause of Chinese in front of a bracket was once taken for a name, since it held a Latin
  /// word behind a space.
  @Test func clauseBeforeABracketIsNoName() throws {
    let found = try candidates([("The board met.", "图中为 Heathcote先生（前右）和同事。")])
    #expect(!found.contains { $0.cue != nil }, "\(found)")
  }

  @Test func otherLanguagePairsGiveCandidatesToo() throws {
    let german = try #require(LanguageTag("de"))
    let texts = [
      ("The Federal Agency opened.", "Die Bundesagentur wurde eröffnet."),
      ("We wrote to the Federal Agency.", "Wir schrieben an die Bundesagentur."),
      ("The Federal Agency answered.", "Die Bundesagentur antwortete."),
    ].enumerated().map {
      TranslatedText(
        source: $1.0, target: $1.1, evidence: .init(file: "a.tmx", bead: $0))
    }
    let found = try TermExtractor(source: .english, target: german).candidates(in: texts)
    // There is no list of German articles: one may stay in front.
    #expect(
      found.contains { $0.source == "Federal Agency" && $0.target.hasSuffix("Bundesagentur") })
  }
}
