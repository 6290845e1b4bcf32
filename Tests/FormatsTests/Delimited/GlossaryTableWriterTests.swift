import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct GlossaryTableWriterTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// Writes concepts and returns the file's text with the writer's warnings.
  private func write(
    _ concepts: [Concept], columns: [GlossaryTableWriter.Column]? = nil, usesTabs: Bool = false
  ) throws -> (text: String, warnings: [Warning]) {
    var occurring: [GlossaryTableWriter.Column] = []
    for term in concepts.flatMap(\.terms) {
      let column = GlossaryTableWriter.Column(language: term.language, status: term.status)
      if !occurring.contains(column) { occurring.append(column) }
    }
    let output = try OutputFile.replacing(directory.path("out"))
    var writer = GlossaryTableWriter(
      to: output, columns: columns ?? occurring, usesTabs: usesTabs)
    try writer.writeHeader()
    for concept in concepts { try writer.write(concept) }
    try output.finish()
    return (try directory.text("out"), writer.warnings)
  }

  private func concept(_ id: String, _ terms: (String, LanguageTag, TermStatus)...) -> Concept {
    Concept(id: id, terms: terms.map { Term($0.0, language: $0.1, status: $0.2) })
  }

  @Test func writesOneRowAConcept() throws {
    var first = concept(
      "c1", ("term", .english, .preferred), ("word", .english, .forbidden),
      ("术语", .simplifiedChinese, .preferred), ("词", .simplifiedChinese, .admitted))
    first.domain = "language"
    first.note = "said \"so\", twice"
    let second = concept("c2", ("a|b", .english, .preferred))
    let (text, warnings) = try write([first, second])
    #expect(
      text == """
        id,domain,en,zh-Hans,en:forbidden,zh-Hans:admitted,definition,note,source
        c1,language,term,术语 | 词,word,,,"said ""so"", twice",
        c2,,a\\|b,,,,,,

        """)
    #expect(warnings == [])
  }

  @Test func admittedTermsWithoutAPreferredOneStayAdmitted() throws {
    let (text, _) = try write([
      concept("c1", ("term", .english, .preferred), ("词", .simplifiedChinese, .admitted))
    ])
    #expect(
      text == """
        id,domain,en,zh-Hans,zh-Hans:admitted,definition,note,source
        c1,,term,,词,,,

        """)
    #expect(try glossary(text).concepts.map(\.summary) == ["en term; zh-Hans 词 (admitted)"])
  }

  /// Merging puts a preferred term behind an admitted one; it was written into no column.
  @Test func aPreferredTermBehindAnAdmittedOneIsNotLost() throws {
    let terms = concept(
      "c1", ("word", .english, .admitted), ("term", .english, .preferred),
      ("术语", .simplifiedChinese, .preferred))
    let read = try glossary(try write([terms]).text)
    #expect(
      read.concepts.map(\.summary) == ["en term; en word (admitted); zh-Hans 术语"])
  }

  /// Quotes were found by character, and an accent makes another character of the quote.
  @Test func aQuoteUnderACombiningMarkIsDoubled() {
    #expect(csvRow(["a\"\u{301}b,"]).utf8.elementsEqual("\"a\"\"\u{301}b,\"\n".utf8))
  }

  @Test(arguments: [
    (["a", "b"], "a,b\n"), (["a,b", ""], "\"a,b\",\n"), (["a\"b"], "\"a\"\"b\"\n"),
    ([" a", "a "], "\" a\",\"a \"\n"), (["a\nb", "a\rb"], "\"a\nb\",\"a\rb\"\n"),
    (["a;b", "a\tb"], "a;b,a\tb\n"), (["术语，"], "术语，\n"), ([], "\n"),
  ])
  func quotesWhatNeedsQuotes(fields: [String], row: String) {
    #expect(csvRow(fields) == row)
  }

  @Test func tabsAndLineEndsBecomeSpacesBetweenTabs() throws {
    #expect(tsvRow(["a\tb", "c\r\nd", "\"e\""]) == "a b\tc  d\t\"e\"\n")
    var broken = concept(
      "c1", ("a\tb", .english, .preferred), ("甲", .simplifiedChinese, .preferred))
    broken.note = "one\ntwo"
    let (text, warnings) = try write([broken, broken], usesTabs: true)
    #expect(
      text == """
        id\tdomain\ten\tzh-Hans\tdefinition\tnote\tsource
        c1\t\ta b\t甲\t\tone two\t
        c1\t\ta b\t甲\t\tone two\t

        """)
    // Once for the file, not once for each row.
    #expect(
      warnings.map(\.message) == [
        "a tab or line break in a field became a space: --format csv keeps it"
      ])
  }

  @Test func tabsWithoutLossDoNotWarn() throws {
    let (_, warnings) = try write(
      [concept("c1", ("a, \"b\"", .english, .preferred))], usesTabs: true)
    #expect(warnings == [])
  }

  /// What is written reads back as the same concepts, whatever the terms hold.
  @Test(arguments: [false, true])
  func readsBackTheSame(usesTabs: Bool) throws {
    var random = SeededGenerator(seed: usesTabs ? 2 : 3)
    var pieces = ["a", "b", "é", "语", ",", ";", "\"", "|", "\\", " ", "“", "\"\u{301}", "\u{FE0F}"]
    if !usesTabs { pieces += ["\n", "\r\n", "\r", "\t"] }
    for round in 0..<60 {
      let concepts = (0..<1 + random.below(6)).map { number in
        Self.randomConcept("c\(round).\(number)", pieces, &random)
      }
      // Columns as a store gives them: languages in order, the preferred ones of each first.
      let kinds = [LanguageTag.english, .simplifiedChinese].flatMap { language in
        TermStatus.allCases.map { GlossaryTableWriter.Column(language: language, status: $0) }
      }
      let (text, warnings) = try write(concepts, columns: kinds, usesTabs: usesTabs)
      let content = try glossary(text, file: usesTabs ? "terms.tsv" : "terms.csv")
      #expect(warnings == [])
      #expect(content.warnings.filter { !$0.message.contains("has no translation") } == [])
      #expect(content.concepts.map(Self.ordered) == concepts.map(Self.ordered), "\(text)")
    }
  }

  /// A concept whose terms are all different; admitted ones come behind a preferred one.
  private static func randomConcept(
    _ id: String, _ pieces: [String], _ random: inout SeededGenerator
  ) -> Concept {
    var concept = Concept(id: id, terms: [])
    for language in [LanguageTag.english, .simplifiedChinese] {
      let hasPreferred = !random.once(in: 4)
      for number in 0..<1 + random.below(4) {
        // A letter at both ends, since white space there is not part of a term.
        let text = "t\(number)" + random.text(of: pieces, upTo: 5) + "x"
        let others = TermStatus.allCases.filter { $0 != .preferred }
        let status = number == 0 && hasPreferred ? .preferred : random.pick(others)
        concept.terms.append(Term(text, language: language, status: status))
      }
    }
    if random.once(in: 2) { concept.domain = "d" + random.text(of: pieces, upTo: 5) + "x" }
    if random.once(in: 2) { concept.definition = "d" + random.text(of: pieces, upTo: 40) + "x" }
    if random.once(in: 2) { concept.note = "n" + random.text(of: pieces, upTo: 40) + "x" }
    if random.once(in: 2) { concept.source = "s" + random.text(of: pieces, upTo: 5) + "x" }
    return concept
  }

  /// With the terms by language and status: a table keeps order within a column only.
  private static func ordered(_ concept: Concept) -> Concept {
    var concept = concept
    let order = TermStatus.allCases
    concept.terms = concept.terms.enumerated().sorted { left, right in
      func key(_ term: Term) -> Int { order.firstIndex(of: term.status) ?? 0 }
      return (left.element.language, key(left.element), left.offset)
        < (right.element.language, key(right.element), right.offset)
    }.map(\.element)
    return concept
  }
}
