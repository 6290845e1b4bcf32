import Bitext
import Segmentation
import Testing

@testable import Checking

@Suite struct SuppressionTests {
  private let phoenix = glossary("Golden Phoenix; !Gold Phoenix | 金凤凰", "Isle; !Island | 岛")

  // MARK: What a comment says

  @Test(arguments: [
    ("concord-disable missing-term", "disable", ["missing-term"], nil),
    (
      " concord-disable missing-term, term-style -- why not ", "disable",
      ["missing-term", "term-style"], "why not"
    ),
    (
      "concord-disable-next-line missing-term(金凤凰): 引文", "disable-next-line",
      ["missing-term(金凤凰)"], "引文"
    ),
    ("concord-disable-line missing-term（金凤凰） — 引文", "disable-line", ["missing-term(金凤凰)"], "引文"),
    ("concord-disable-file", "disable-file", ["all"], nil),
    ("concord-disable-file: generated", "disable-file", ["all"], "generated"),
    ("concord-enable all", "enable", ["all"], nil),
    (
      "concord-disable term-style(Western (Chongqing) Science City | 西部)", "disable",
      ["term-style(Western (Chongqing) Science City | 西部)"], nil
    ),
    ("concord-disable missing-term(open", "disable", ["missing-term(open)"], nil),
    ("concord-disable (x) term-style", "disable", ["x", "term-style"], nil),
    ("concord-disable -- only a reason", "disable", ["all"], "only a reason"),
  ])
  func remarkIsRead(
    comment: String, scope: String, entries: [String], reason: String?
  ) throws {
    let remark = try #require(SuppressionRemark.remarks(in: comment).only)
    #expect(remark.scope?.rawValue == scope)
    if comment.contains("(x)") {
      // Brackets without a rule are no rule; what stands in them is taken for one, and is none.
      #expect(remark.entries.map(\.text).last == "term-style")
    } else {
      #expect(remark.entries.map(\.text) == entries)
    }
    #expect(remark.reason == reason)
  }

  @Test func otherCommentsSayNothing() {
    for comment in [
      "", "concord", "concord-moved here", "see concord-disable", "disable missing-term",
      "We reached concord-\ndisable",
    ] {
      #expect(SuppressionRemark.remarks(in: comment).isEmpty)
    }
  }

  @Test func eachLineOfACommentMayBeARemark() {
    let remarks = SuppressionRemark.remarks(
      in: "translators: careful\nconcord-disable-line term-style: a\n concord-enable\n")
    #expect(remarks.map(\.word) == ["concord-disable-line", "concord-enable"])
  }

  // MARK: Where rules are silent

  @Test func regionEndsWhereItIsEnded() {
    #expect(
      lines(
        "Gold Phoenix.|⟦concord-disable forbidden-term: old⟧|Gold Phoenix.|⟦concord-enable⟧"
          + "|Gold Phoenix.") == [0, 4])
  }

  @Test func regionWithoutAnEndGoesToTheEndOfTheFile() {
    #expect(
      lines("Gold Phoenix.|⟦concord-disable forbidden-term: x⟧|Gold Phoenix.|The Island.") == [0])
  }

  @Test func enablingOneRuleLeavesTheOthersSilent() {
    let found = check(
      "⟦concord-disable forbidden-term, term-style: x⟧|a golden phoenix|⟦concord-enable term-style⟧"
        + "|a golden phoenix, Gold Phoenix")
    #expect(found.map(\.rule) == ["term-style"])
  }

  @Test func nextLineIsTheNextBlockAlone() {
    #expect(
      lines(
        "⟦concord-disable-next-line forbidden-term: x⟧|Gold Phoenix. The Island.|Gold Phoenix.")
        == [2])
  }

  @Test func lineIsTheBlockThatTheCommentStandsBehind() {
    #expect(
      lines("Gold Phoenix.|The Island.⟦concord-disable-line forbidden-term: x⟧|Gold Phoenix.")
        == [0, 2])
  }

  @Test func fileIsSilentAsAWhole() {
    #expect(check("Gold Phoenix.|The Island.|⟦concord-disable-file all: x⟧").isEmpty)
  }

  @Test func onlyTheTermThatIsMeantIsSilent() {
    let found = check(
      "⟦concord-disable forbidden-term(gold  phoenix): x⟧|Gold Phoenix and Island.")
    #expect(found.map(\.term) == ["Island"])
    // The right term names the concept as well.
    #expect(
      check("⟦concord-disable forbidden-term(Golden Phoenix): x⟧|Gold Phoenix.").isEmpty)
  }

  @Test func inTheMidstOfABlockTheNextSegmentIsTheNextLine() {
    var text = document("Gold Phoenix. Gold Phoenix. Gold Phoenix.")
    text.segments = [0..<13, 14..<27, 28..<41].map { Segment(range: $0, block: 0) }
    text.prose.comments = [
      DocumentComment(
        text: "concord-disable-next-line forbidden-term: x", range: 100..<110, place: 14)
    ]
    #expect(checker.check(text).map(\.location.range.lowerBound) == [0, 28])
  }

  @Test func aRemarkOnEitherSideSilencesAFindingOfThePair() {
    let comment = DocumentComment(
      text: "concord-disable-file missing-term: x", range: 500..<510, place: 0)
    for side in [\ParallelText.source, \ParallelText.target] {
      var pair = ParallelText(
        source: document("金凤凰来了。", "zh", .simplifiedChinese), target: document("It came.", "en"),
        beads: [Bead(source: 0..<1, target: 0..<1, score: 1)])
      #expect(checker.check(pair, direction: .forward).map(\.rule) == ["missing-term"])
      pair[keyPath: side].prose.comments = [comment]
      #expect(checker.check(pair, direction: .forward).isEmpty)
    }
  }

  @Test(arguments: ["concord-disable-next-line", "concord-disable-line"])
  func aRemarkOnALineOfABilingualFileIsAboutItsTranslationToo(word: String) {
    var pair = ParallelText(
      source: document("金凤凰。", "a.po", .simplifiedChinese),
      target: document("Gold Phoenix", "a.po"),
      beads: [Bead(source: 0..<1, target: 0..<1, score: 1)], isAligned: false)
    pair.target.prose.positions = PositionMap(verbatim: 12, at: 50)
    #expect(checker.check(pair, direction: .forward).map(\.rule) == ["forbidden-term"])
    pair.source.prose.comments = [
      DocumentComment(
        text: "\(word) forbidden-term: x", range: 0..<1, place: 0)
    ]
    #expect(checker.check(pair, direction: .forward).isEmpty)
  }

  @Test func aRegionGoesOnThroughThePartsOfAFile() {
    var first = document("Nothing.", "a.tmx")
    first.prose.comments = [
      DocumentComment(text: "concord-disable forbidden-term: x", range: 0..<5, place: 0)
    ]
    var second = document("Gold Phoenix", "a.tmx")
    second.prose.positions = PositionMap(verbatim: 12, at: 1000)
    let parts = [checker.examine(first), checker.examine(second)]
    #expect(checker.settle(parts.flatMap(\.diagnostics), parts.map(\.facts)).isEmpty)
  }

  // MARK: What is said of remarks

  @Test func remarkThatSilencesNothingIsReported() throws {
    let found = check("⟦concord-disable-next-line forbidden-term: x⟧|Golden Phoenix.")
    let diagnostic = try #require(found.only)
    #expect(diagnostic.rule == "unused-suppression")
    #expect(diagnostic.severity == .warning)
    #expect(diagnostic.location.range == 0..<49)
    #expect(
      diagnostic.message
        == "nothing is silenced by “concord-disable-next-line forbidden-term”: remove it")
  }

  @Test func misspeltRuleIsReportedWithTheNearestOne() throws {
    let found = check("⟦concord-disable forbiden-term: x⟧|Golden Phoenix.")
    #expect(
      try #require(found.only).message
        == "“forbiden-term” is no rule: did you mean “forbidden-term”?"
    )
  }

  @Test func misspeltWordIsReportedWithTheNearestOne() throws {
    let found = check("⟦concord-disable-nextline forbidden-term: x⟧|Golden Phoenix.")
    #expect(
      try #require(found.only).message.hasSuffix("did you mean “concord-disable-next-line”?"))
  }

  @Test func missingReasonIsARemark() throws {
    let found = check("⟦concord-disable forbidden-term⟧|Gold Phoenix.")
    #expect(try #require(found.only).severity == .info)
  }

  @Test func endWithoutABeginningIsReported() throws {
    #expect(
      try #require(check("⟦concord-enable⟧|Golden Phoenix.").only).message.contains("ends nothing"))
  }

  @Test func whatIsSaidOfRemarksCanBeSilencedByName() {
    #expect(
      check("⟦concord-disable-file unused-suppression: x⟧|⟦concord-disable term-style: x⟧|Text.")
        .isEmpty)
    #expect(
      check("⟦concord-disable-file all: x⟧|Gold Phoenix|⟦concord-disable term-style: x⟧|Text.")
        .map(\.rule) == ["unused-suppression"])
  }

  @Test func ruleThatCouldNotSpeakIsNotCalledSilent() {
    // Without the translation nothing can be missing in it.
    #expect(check("⟦concord-disable missing-term: x⟧|Golden Phoenix.").isEmpty)
    #expect(check("⟦concord-disable all: x⟧|Golden Phoenix.").isEmpty)
    var settings = RuleSettings()
    settings[.termStyle] = nil
    let checker = Checker(termbase: phoenix, languages: [.english], settings: settings)
    let text = marked("⟦concord-disable term-style: x⟧|Golden Phoenix.")
    #expect(checker.check(text).isEmpty)
    let empty = Checker(termbase: Termbase(), languages: [.english])
    #expect(empty.check(marked("⟦concord-disable forbidden-term: x⟧|Text.")).isEmpty)
  }

  @Test func remarkOfADocumentInTwoPairsIsUsedByEither() {
    var source = document("金凤凰来了。", "zh", .simplifiedChinese)
    source.prose.comments = [
      DocumentComment(text: "concord-disable missing-term: x", range: 0..<1, place: 0)
    ]
    let parts = ["It came.", "The Golden Phoenix came."].map { target in
      checker.examine(
        ParallelText(
          source: source, target: document(target, "en-\(target.count)"),
          beads: [Bead(source: 0..<1, target: 0..<1, score: 1)]), direction: .forward)
    }
    let found = checker.settle(parts.flatMap(\.diagnostics), parts.map(\.facts)).map(\.rule)
    #expect(!found.contains("missing-term"))
    #expect(!found.contains("unused-suppression"))
  }

  // MARK: Tools

  private var checker: Checker {
    Checker(termbase: phoenix, languages: [.english, .simplifiedChinese])
  }

  private func check(_ text: String) -> [Diagnostic] { checker.check(marked(text)) }

  private func document(
    _ text: String, _ file: String = "a.md", _ language: LanguageTag = .english
  ) -> SegmentedText {
    MarkedText(text).document(file, language)
  }

  /// A file of several lines, parted by bars, each a block, with comments in double brackets that
  /// are no prose.
  private func marked(_ text: String) -> SegmentedText {
    var prose = Prose(
      file: "a.md", language: .english, utf8: [], blocks: [], positions: PositionMap())
    var offset = 0
    for line in text.split(separator: "|") {
      let start = line.firstIndex(of: "⟦") ?? line.endIndex
      let content = Array(line[..<start].utf8)
      if !content.isEmpty {
        prose.positions.append(text: prose.utf8.count, source: offset, count: content.count)
        prose.blocks.append(
          Block(range: prose.utf8.count..<prose.utf8.count + content.count, kind: .paragraph))
        prose.utf8 += content
      }
      if start < line.endIndex {
        let comment = offset + content.count..<offset + line.utf8.count
        prose.comments.append(
          DocumentComment(
            text: String(line[start...].dropFirst().dropLast()), range: comment,
            place: prose.utf8.count))
      }
      if !content.isEmpty { prose.utf8.append(0x0A) }
      offset += line.utf8.count + 1
    }
    return SegmentedText(
      prose: prose,
      segments: prose.blocks.indices.map { Segment(range: prose.blocks[$0].range, block: $0) })
  }

  /// The lines of a marked text on which findings stand, from 0.
  private func lines(_ text: String) -> [Int] {
    check(text).map { found in
      text.utf8.prefix(found.location.range.lowerBound).count { $0 == 0x7C }
    }
  }
}
