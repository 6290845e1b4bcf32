import Alignment
import Bitext
import Checking
import Documents
import Formats
import Foundation
import Matching
import Project
import Segmentation
import Store
import Testing

/// What a Swift program does with the library, through its public API alone.
///
/// Foundation carries headers of its own ICU and XML library; that this file compiles beside them
/// shows that none of ours is visible to Swift.
@Suite struct LibraryTests {
  @Test func alignsAndChecksTwoDocuments() throws {
    let english = try segments(
      "# Park\n\nA new park opens. The river sanctuary is green.\n", "a.en.md")
    let chinese = try segments("# 公园\n\n新公园开园。广阳岛一片绿色。\n", "a.zh.md")
    let termbase = Termbase(concepts: [
      Concept(
        id: "isle",
        terms: [
          Term("广阳岛", language: .simplifiedChinese), Term("Guangyang Isle", language: .english),
        ])
    ])
    let beads = SentenceAligner().align(chinese, english)
    #expect(beads.map(\.source) == [0..<1, 1..<2, 2..<3])
    let pair = ParallelText(source: chinese, target: english, beads: beads)
    let checker = Checker(termbase: termbase, languages: [.english, .simplifiedChinese])
    let found = checker.check(pair, direction: .forward)
    #expect(found.map(\.rule) == ["missing-term"])
    #expect(found.first?.source?.text == "广阳岛")
    #expect(pair.translationUnits(origin: "a").count == 3)
  }

  @Test func keepsTermsAndWritesThem() throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appendingPathComponent("store.sqlite").path
    let store = try ConcordStore(path: path, access: .create)
    let concept = Concept(
      id: "",
      terms: [
        Term("Golden Phoenix", language: .english), Term("金凤凰", language: .simplifiedChinese),
      ])
    let (added, outcome) = try store.add(concept, by: Change(date: "2026-05-18T00:00:00Z"))
    #expect(outcome == .added)
    let matcher = TermMatcher(try store.termbase(), language: .english)
    #expect(matcher.matches(in: "the golden phoenix").count == 1)
    let file = directory.appendingPathComponent("out.csv").path
    let output = try OutputFile.replacing(file)
    let flow = try ExportFlow(
      store: store, format: .csv, half: nil, includesProposed: false, mapping: LanguageMapping())
    _ = try flow.run(to: output, version: "test")
    try output.finish()
    #expect(
      try String(contentsOfFile: file, encoding: .utf8)
        == "id,domain,en,zh-Hans,definition,note,source\n\(added.id),,Golden Phoenix,金凤凰,,,\n")
  }

  @Test func writesATermbaseForOtherToolsAndReadsIt() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString).tbx").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    var concept = Concept(id: "port", terms: [Term("port", language: .english)])
    concept.terms[0].properties = [Property("partOfSpeech", "noun")]
    var identifiers = TBXIdentifiers()
    identifiers.add(concept)
    let output = try OutputFile.replacing(file)
    var writer = TBXWriter(to: output, version: .two, identifiers: identifiers)
    try writer.writeHeader(title: "Harbour")
    try writer.write(concept)
    try writer.writeEnd()
    try output.finish()
    let content = try readTBX(file)
    #expect(content.concepts == [concept])
    #expect(content.warnings.count == 1)
    var lines: [Int] = []
    try TBXReader.forEachConcept(of: file) { lines.append($0.line) }
    #expect(lines == content.lines)
  }

  @Test func proposesTermsAndDecides() throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appendingPathComponent("store.sqlite").path
    let store = try ConcordStore(path: path, access: .create)
    let change = Change(date: "2026-05-18T00:00:00Z")
    let candidate = TermCandidate(
      source: "dry port", target: "无水港", score: 0.8, count: 1, sourceCount: 1, targetCount: 1,
      evidence: [TermCandidate.Evidence(file: "a.tmx", bead: 0)])
    let counts = try store.propose(
      [candidate], languages: (.english, .simplifiedChinese),
      acceptance: Acceptance(score: 0.9), by: change)
    #expect((counts.new, counts.accepted) == (1, 0))
    let proposal = try #require(try store.proposals().first)
    #expect(proposal.kind == .new && proposal.evidence.count == 1)
    #expect(try store.decide(.reject, on: proposal.id, by: change).decision == .rejected)
    #expect(try store.rejectedPairs().map(\.target.text) == ["无水港"])
    #expect(try store.undoDecision(by: change)?.id == proposal.id)
    try store.skip(proposal.id)
    #expect(try store.waitingProposals() == [proposal.id])
  }

  @Test func fillsAFileFromTheMemory() throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let store = try ConcordStore(
      path: directory.appendingPathComponent("store.sqlite").path, access: .create)
    let unit = TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: "port", target: "港口")
    _ = try store.save([unit], by: Change(date: "2026-05-18T00:00:00Z"))
    let file = directory.appendingPathComponent("a.po")
    try Data("msgid \"port\"\nmsgstr \"\"\n".utf8).write(to: file)
    let flow = try PretranslateFlow(store: store, options: PretranslateOptions(minimum: 0.75))
    let result = try flow.fill(file.path)
    #expect(String(decoding: result.bytes, as: UTF8.self) == "msgid \"port\"\nmsgstr \"港口\"\n")
    #expect((result.summary.exact, result.summary.total) == (1, 1))
    #expect(result.summary.examples.map(\.target) == ["港口"])
  }

  @Test func alignsTheDocumentsOfAList() throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    func write(_ name: String, _ text: String) throws -> String {
      let file = directory.appendingPathComponent(name)
      try Data(text.utf8).write(to: file)
      return file.path
    }
    _ = try write("a.en.txt", "A new park opens. The river is green.\n")
    _ = try write("a.zh.txt", "新公园开园。河水清澈。\n")
    let list = try PairList(try write("pairs.tsv", "a.en.txt\ta.zh.txt\na.zh.txt\ta.en.txt\n"))
    let reading = try Workspace(store: nil).documentOptions()
    let batch = BatchAlignment(
      list, aligner: try PairAligner(source: reading, target: reading), destination: .caller,
      options: "", makesUnits: true
    ) { text, _, number in Array("\(number): \(text.beads.count)".utf8) }
    var results: [BatchAlignment.Result] = []
    try batch.run { results.append($0) }
    #expect(results.map { String(decoding: $0.content, as: UTF8.self) } == ["0: 2", "1: 2"])
    #expect(results.flatMap(\.units).map(\.target).last == "The river is green.")
  }

  @Test func cutsByRulesOfItsOwnAndIntoWords() throws {
    let rules = try SegmentationRules(srx: SegmentationRules.builtinSRX, file: "own.srx")
    #expect(try rules.cover(.english))
    let text = try segments("Dr. Li came. They spoke of 西部（重庆）科学城.\n", "a.en.md")
    #expect(text.segments.count == 2)
    var segmenter = try SentenceSegmenter(language: .english, rules: rules)
    #expect(
      try segmenter.segments(of: text.prose).segments.map(\.range) == text.segments.map(\.range))
    let term = "西部（重庆）科学城"
    var costs = try WordCosts(counting: ["金凤凰来了"], language: .simplifiedChinese)
    costs.count("金凤凰", times: 100)
    let words = try WordSegmenter(language: .simplifiedChinese, terms: [term], costs: costs)
    #expect(words.words(in: Array(term.utf8).span) == [0..<term.utf8.count])
    let numbers = Array("300亿元 and 30 billion yuan".utf8)
    let found = NumberRecognizer().numbers(in: numbers.span)
    #expect(found.count == 2 && found[0].agrees(with: found[1]))
    #expect(MatchKey("（重庆）") == MatchKey("(重庆)"))
    #expect(MatchKey.differences("（重庆）", "(重庆)") == .width)
    let damaged = try decodeDamagedText([0x61, 0xFF, 0x62], file: "a.txt")
    #expect(damaged.damage.undecodableCount == 1)
  }

  private func segments(_ text: String, _ file: String) throws -> SegmentedText {
    let decoded = try decodeText(Array(text.utf8), file: file)
    let prose = try DocumentReader.prose(decoded, file: file, DocumentOptions())
    var segmenter = try SentenceSegmenter(language: prose.language)
    return try segmenter.segments(of: prose)
  }
}
