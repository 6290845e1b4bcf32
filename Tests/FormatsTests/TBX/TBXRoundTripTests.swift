import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct TBXRoundTripTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static let schema = TestData.path("schemas/tbx/TBX-Basic-DCA.rng")

  /// Every concept comes back from either version as it was: fields, statuses, properties and their
  /// order, languages, ids, dates, white space.
  @Test(arguments: TBXVersion.allCases, [1, 2])
  func whatIsWrittenComesBack(version: TBXVersion, seed: UInt64) throws {
    var random = RandomTBXConcepts(seed: seed)
    let concepts = (0..<200).map { random.concept($0) }
    let (path, warnings) = try directory.tbx(concepts, version)
    #expect(warnings.isEmpty)
    let back = try TBXContent(path)
    #expect(back.concepts.count == concepts.count)
    for (before, after) in zip(concepts, back.concepts) {
      #expect(difference(before, after) == nil)
      #expect(after == before)
      #expect(after.terms.map(\.language.description) == before.terms.map(\.language.description))
    }
    try judge(path, version)
  }

  /// The real files: what was read is written and read again.
  @Test(
    .enabled(if: !samples.isEmpty, "needs samples/tbx in the test data (CONCORD_DATA)"),
    arguments: samples, TBXVersion.allCases)
  func whatOthersWroteComesBack(_ path: String, version: TBXVersion) throws {
    let before = try TBXContent(path).concepts
    let written = try directory.tbx(before, version).path
    #expect(try TBXContent(written).concepts == before)
    try judge(written, version)
  }

  private static let samples = TestData.files(in: "samples/tbx", ending: ".tbx")

  /// Every term of the real files is there: counted by the marks in the text.
  @Test(
    .enabled(if: !samples.isEmpty, "needs samples/tbx in the test data (CONCORD_DATA)"),
    arguments: samples)
  func everyTermOfTheRealFilesIsRead(_ path: String) throws {
    let content = try TBXContent(path)
    let text = String(decoding: TestData.bytes(path), as: UTF8.self)
    func count(_ mark: String) -> Int { text.ranges(of: mark).count }
    let entries = count("<conceptEntry ") + count("<termEntry ")
    #expect(content.concepts.count == entries)
    let merged = content.warnings.count { $0.message.hasSuffix("merged into one term") }
    let terms = content.concepts.reduce(0) { $0 + $1.terms.count }
    #expect(terms + merged == count("<term>") + count("<term "))
    let definitions = content.concepts.reduce(0) { sum, concept in
      sum + (concept.definition == nil ? 0 : 1)
        + concept.properties.count { $0.name == "definition" }
    }
    #expect(definitions == count("type=\"definition\"") + count("<basic:definition>"))
  }

  @Test(
    arguments: [
      "v2-default", "v2-basic", "v2-termweb", "v2-multiterm", "v2-microsoft",
      "v3-basic-dca", "v3-basic-dct", "v3-min-dca", "min-v1",
    ], TBXVersion.allCases)
  func everyDialectComesBack(name: String, version: TBXVersion) throws {
    let before = try TBXContent(tbxFixture(name)).concepts
    let written = try directory.tbx(before, version).path
    #expect(try TBXContent(written).concepts == before)
    try judge(written, version)
  }

  /// TBX-Basic's own elements hold what it knows, and no note stands for them.
  @Test func whatTheDialectKnowsIsWrittenInItsElements() throws {
    let before = try TBXContent(tbxFixture("v3-basic-dca")).concepts
    let text = try directory.text(Files.name(of: try directory.tbx(before, .three).path))
    #expect(text.ranges(of: "concord:").count == 1)
    for line in [
      "<ref target=\"h2\" type=\"crossReference\">works beside it</ref>",
      "<termNoteGrp><termNote type=\"partOfSpeech\">noun</termNote><note>never a verb</note></termNoteGrp>",
      "<note>concord:status=forbidden</note>",
    ] { #expect(text.contains(line), "\(line)") }
  }

  /// The dialect's rules about levels, values and targets, which no grammar tells.
  @Test(
    .enabled(
      if: rules != nil && schematron != nil,
      "needs schemas/tbx in the test data (CONCORD_DATA) and Python with elementpath"))
  func schematronHasNothingToSay() throws {
    let (rules, schematron) = (try #require(Self.rules), try #require(Self.schematron))
    var random = RandomTBXConcepts(seed: 7)
    let concepts = (0..<12).map { random.concept($0) }
    let others = try ["v2-basic", "v2-termweb", "v2-microsoft"].flatMap {
      try TBXContent(tbxFixture($0)).concepts
    }
    for concepts in [concepts, others] {
      let path = try directory.tbx(concepts, .three).path
      #expect(try schematron.complaint(rules, path) == "")
    }
    // The judge is awake.
    let text = try directory.text("out.tbx").replacing(">noun<", with: ">Noun<")
    let broken = try directory.file("broken.tbx", text)
    #expect(try schematron.complaint(rules, broken).contains("partOfSpeech"))
  }

  private static let rules = TestData.path("schemas/tbx/TBX-Basic_DCA.sch")
  private static let schematron = SchematronJudge()

  /// A status that was changed here outweighs the word that its file had for it.
  @Test func aChangedStatusIsWritten() throws {
    let word = Property("administrativeStatus", "supersededTerm-admn-sts")
    var concept = Concept(
      id: "a", terms: [Term("x", language: .english, status: .deprecated, properties: [word])])
    let kept = try directory.tbx([concept], .three, name: "kept.tbx").path
    #expect(try directory.text("kept.tbx").contains(">supersededTerm-admn-sts<"))
    #expect(try TBXContent(kept).concepts == [concept])
    concept.terms[0].status = .forbidden
    let changed = try directory.tbx([concept], .three, name: "changed.tbx").path
    #expect(try TBXContent(changed).concepts == [concept])
  }

  /// Numbers are no names in XML, names may stand but once, and references follow.
  @Test func idsThatXMLDoesNotAllowComeBack() throws {
    let ids = ["12", "concord-12", "a b", "a_b", "c", "", "-x", "金凤凰", "12:3"]
    let concepts = ids.enumerated().map { index, id in
      Concept(
        id: id, terms: [Term("t\(index)", language: .english)],
        properties: [
          Property("crossReference", "see"),
          Property("crossReference/@target", ids[(index + 1) % 5]),
        ])
    }
    for version in TBXVersion.allCases {
      let path = try directory.tbx(concepts, version).path
      let back = try TBXContent(path).concepts
      for (before, after) in zip(concepts, back) { #expect(difference(before, after) == nil) }
      #expect(back == concepts)
      try judge(path, version)
    }
  }

  @Test func controlCharactersAreLeftOutWithAWarning() throws {
    let (path, warnings) = try directory.tbx(
      [Concept(id: "a", terms: [Term("a\u{1}b", language: .english)], note: "x\u{8}")], .three)
    #expect(try TBXContent(path).summaries == ["en ab"])
    #expect(warnings.count == 1)
  }

  private func judge(_ path: String, _ version: TBXVersion) throws {
    if version == .two {
      guard let judge = Judge("xmllint") else { return }
      #expect(try judge.complaint(["--nonet", "--noout", path]) == "")
    } else if let schema = Self.schema, let judge = Judge("jing") {
      #expect(try judge.complaint([schema, path]) == "")
    }
  }
}

/// The first line in which two concepts differ.
private func difference(_ before: Concept, _ after: Concept) -> String? {
  func lines(_ concept: Concept) -> [String] {
    let fields = TBXField.allCases.map { "\($0): \(concept[$0] ?? "none")" }
    let changes = TBXTransaction.allCases.map { "\($0): \(String(describing: concept[$0]))" }
    let terms = concept.terms.flatMap { term in
      ["\(term.language) \(term.text) \(term.status)"] + term.properties.summaries
    }
    return [concept.id] + fields + changes + terms + concept.properties.summaries
  }
  let (old, new) = (lines(before), lines(after))
  for index in 0..<max(old.count, new.count) {
    let pair = (index < old.count ? old[index] : "", index < new.count ? new[index] : "")
    if pair.0 != pair.1 {
      return "\(before.id): \(pair.0.debugDescription) became \(pair.1.debugDescription)"
    }
  }
  return nil
}
