import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Formats

@Suite struct UTXTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func read(
    _ text: String, source: LanguageTag? = nil, target: LanguageTag? = nil
  ) throws(Trouble) -> GlossaryContent {
    try UTXGlossary.read(
      try decodeText(Array(text.utf8), file: "a.utx"), file: "a.utx", languages: (source, target))
  }

  private func write(_ concepts: [Concept]) throws -> (text: String, warnings: [String]) {
    let languages = TermPairLanguages(source: .english, target: .simplifiedChinese)
    var survey = UTXSurvey(languages)
    concepts.forEach { survey.take($0) }
    let output = try OutputFile.replacing(directory.path("a.utx"))
    var writer = UTXWriter(to: output, languages: languages, survey: survey)
    try writer.writeHeader()
    for concept in concepts { try writer.write(concept) }
    try output.finish()
    return (try directory.text("a.utx"), writer.warnings.map(\.message))
  }

  // MARK: In

  static let headers: [(lines: String, statements: [Property])] = [
    ("#UTX 1.11; en/zh-CN\n#src\ttgt\tsrc:pos\n", []),
    ("#UTX 1.11; en/zh-CN; 2013-12-20T17:00:45;\r\n#src\ttgt\tsrc:pos\r\n", []),
    (
      "#UTX 1.20; en/zh-CN; copyright: Jane (2008); license: CC-by 3.0; bidirectional; "
        + "Dictionary ID: 183;\n#description: two lines; more\n#src\ttgt\tsrc:pos\n",
      [
        Property("copyright", "Jane (2008)"), Property("license", "CC-by 3.0"),
        Property("bidirectional", "yes"), Property("dictionary ID", "183"),
        Property("description", "two lines"), Property("more", "yes"),
      ]
    ),
    (
      "#UTX-S 1.00; en/zh-CN; dictionary ID 7\n#src\t#tgt\t#src:pos\n",
      [
        Property("dictionary ID", "7")
      ]
    ),
    ("#UTX 1.11; en/zh-CN\n", []),
    (
      "# UTX 1.11; en / zh-CN ;\n##description: x;\n#src\ttgt\tsrc:pos\n",
      [
        Property("description", "x")
      ]
    ),
  ]

  @Test(arguments: headers.indices)
  func headersOfEveryAgeAreRead(index: Int) throws {
    let (lines, statements) = Self.headers[index]
    let content = try read(lines + "port\t港口\tnoun\n")
    #expect(content.concepts.map(\.summary) == ["en port; zh-CN 港口"])
    #expect(content.concepts.first?.properties == statements)
    #expect(content.concepts.first?.terms[0].properties == [Property("partOfSpeech", "noun")])
    #expect(content.concepts.first?.terms[1].properties == [])
    #expect(content.warnings == [])
  }

  @Test(arguments: [
    ("approved", "en port; zh 港口"), ("", "en port; zh 港口"), ("-", "en port; zh 港口"),
    ("provisional", "en port (proposed); zh 港口 (proposed)"),
    ("non-standard", "en port; zh 港口 (deprecated)"), ("Forbidden", "en port; zh 港口 (forbidden)"),
    ("rejected", "en port; zh 港口 (deprecated)"),
  ])
  func statusesAreThoseOfTheTranslation(status: String, terms: String) throws {
    let text = "#UTX 1.11; en/zh\n#src\ttgt\tsrc:pos\tterm status\nport\t港口\t-\t\(status)\n"
    let content = try read(text)
    #expect(content.concepts.map(\.summary) == [terms])
    #expect(
      content.concepts.first?.terms[1].properties
        == (status == "rejected" ? [Property("term status", "rejected")] : []))
  }

  @Test func everyColumnIsKept() throws {
    let content = try read(
      """
      #UTX 1.11; en/zh; bidirectional
      #src\ttgt\tsrc:pos\ttgt:pos\tsrc:plural\ttgt:pinyin\tcomment\tdomain\tcustomer\tConcept ID
      port\t港口\tnoun\t-\tports\tgang3\tsea | river\tshipping\tACME\tC7
      # a remark
      port\t口岸\tnoun\tnoun\tports\tkou3\t-\t-\t-\tC7
      a|b\t-\tnoun\t-\t-\t-\t-\t-\t-\tC8

      """)
    #expect(
      content.concepts.map(\.summary) == ["en port; zh 港口; zh 口岸 (admitted)", "en a|b"])
    let port = try #require(content.concepts.first)
    #expect(port.id == "C7" && port.note == "sea | river" && port.domain == "shipping")
    #expect(port.properties == [Property("customer", "ACME"), Property("bidirectional", "yes")])
    #expect(
      port.terms.map(\.properties) == [
        [Property("partOfSpeech", "noun"), Property("plural", "ports")],
        [Property("pinyin", "gang3")],
        [Property("partOfSpeech", "noun"), Property("pinyin", "kou3")],
      ])
    #expect(content.lines == [3, 6])
    #expect(content.warnings.map(\.line) == [6])
  }

  /// Each statement is kept with each concept.
  @Test func aHeaderWithoutEndIsNotMultiplied() throws {
    let statements = (0..<5000).map { "s\($0): x" }.joined(separator: ";")
    let content = try read("#UTX 1.11; en/zh; \(statements)\n#src\ttgt\nport\t港口\n")
    #expect(content.concepts.first?.properties.count == 32)
  }

  @Test func languagesThatAreGivenOutweighTheHeader() throws {
    let text = "#UTX 1.11; xx/yy\n#src\ttgt\nport\t港口\n"
    let content = try read(text, source: .english, target: .simplifiedChinese)
    #expect(content.concepts.map(\.summary) == ["en port; zh-Hans 港口"])
  }

  @Test(arguments: [
    ("#UTX 1.11\n#src\ttgt\nx\ty\n", "does not say its languages"),
    ("#UTX 1.11; en\n#src\ttgt\nx\ty\n", "does not say its target language"),
    ("#UTX 1.11; en/zh\n#src\ttgt\n", "holds no term"),
    ("#UTX 1.11; en/zh\n#src\ttgt\tterm status\nx\ty\tgood\n", "the status 'good'"),
    ("#UTX 1.11; en/zh\n#src\ttgt\nx\ty\tz\n", "has 3 fields, and the header names 2"),
  ])
  func whatIsNoGlossaryIsTrouble(text: String, message: String) {
    let trouble = #expect(throws: Trouble.self) { try read(text) }
    #expect(trouble?.message.contains(message) == true, "\(trouble?.description ?? "")")
  }

  // MARK: Out

  @Test func aLineIsWrittenForEachPair() throws {
    let concepts = [
      Concept(
        id: "1",
        terms: [
          Term("port", language: .english, properties: [Property("partOfSpeech", "noun")]),
          Term("harbour", language: .english, status: .admitted),
          Term("old", language: .english, status: .deprecated),
          Term("港口", language: .simplifiedChinese),
          Term("港", language: .simplifiedChinese, status: .forbidden),
        ], note: "a\tb", changed: Change(date: "2026-05-18T09:30:00Z"),
        properties: [Property("dictionary ID", "7"), Property("bidirectional", "yes")]),
      Concept(
        id: "2",
        terms: [Term("#tag", language: .english), Term("标签", language: .simplifiedChinese)],
        properties: [Property("dictionary ID", "7")]),
    ]
    let (text, warnings) = try write(concepts)
    #expect(
      text == """
        #UTX 1.11; en/zh-Hans; 2026-05-18T09:30:00Z; dictionary ID: 7\r
        #src\ttgt\tsrc:pos\tterm status\tcomment\tconcept ID\r
        port\t港口\tnoun\tapproved\ta b\t1\r
        port\t港\tnoun\tforbidden\ta b\t1\r
        harbour\t港口\t-\tapproved\ta b\t1\r

        """)
    #expect(warnings.count == 4)
    for (warning, example) in zip(warnings, ["'old'", "'a␉b'", "'#tag'", "'2'"]) {
      #expect(warning.contains(example), "\(warning)")
    }
  }

  /// What UTX can hold comes back: statuses, properties, notes, ids; but for terms that it cannot
  /// tell from remarks.
  @Test func everyGlossaryComesBack() throws {
    var generator = SeededGenerator(seed: 31)
    for _ in 0..<60 {
      var concepts = randomConcepts(&generator, count: 1 + generator.below(12), breaks: [])
      for index in concepts.indices {
        concepts[index].terms.removeAll {
          $0.text.hasPrefix("#") || $0.text == "-"
            || $0.language == .english && !$0.status.isAccepted
        }
        for term in concepts[index].terms.indices where generator.once(in: 3) {
          concepts[index].terms[term].properties = [Property("partOfSpeech", "noun")]
        }
        let texts = [concepts[index].note, concepts[index].definition, concepts[index].domain]
        if texts.contains("-") {
          (concepts[index].note, concepts[index].definition, concepts[index].domain) = (
            nil, nil, nil
          )
        }
      }
      concepts.removeAll { $0.languages.count < 2 }
      concepts.removeAll { concept in
        concept.languages.contains { language in
          concept.terms.first { $0.language == language }?.status != .preferred
        }
      }
      guard !concepts.isEmpty else { continue }
      let (text, warnings) = try write(concepts)
      #expect(warnings == [])
      #expect(try read(text).concepts.sorted == concepts.sorted)
    }
  }

  /// Translate Toolkit reads what we write, pair by pair.
  @Test func translateToolkitReadsIt() throws {
    guard let python = Judge.python(with: "translate") else {
      print("skipped: no python3 with translate-toolkit (CONCORD_PYTHON names one)")
      return
    }
    _ = try write([
      Concept(
        id: "1",
        terms: [
          Term("port", language: .english), Term("港口", language: .simplifiedChinese),
          Term("港", language: .simplifiedChinese, status: .forbidden),
        ])
    ])
    let script = """
      import sys
      from translate.storage.utx import UtxFile
      units = [(u.source, u.target) for u in UtxFile.parsefile(sys.argv[1]).units]
      assert units == [("port", "港口"), ("port", "港")], units
      """
    #expect(try python.complaint(["-c", script, directory.path("a.utx")]) == "")
  }
}
