import Bitext
import Foundation
import TestSupport
import Testing

@testable import Formats

@Suite struct WorkbookWriterTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func write(_ concepts: [Concept], to name: String = "a.xlsx") throws -> [UInt8] {
    let output = try OutputFile.replacing(directory.path(name))
    let writer = GlossaryWorkbookWriter(to: output, columns: occurringColumns(concepts))
    let count = try writer.write { write in
      for concept in concepts { try write(concept) }
    }
    #expect(count == concepts.count)
    try output.finish()
    return try directory.bytes(name)
  }

  @Test func everyGlossaryComesBack() throws {
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<60 {
      let concepts = randomConcepts(&generator, count: 1 + generator.below(12))
      let content = try readGlossaryWorkbook(
        try write(concepts), file: "a.xlsx", languages: (nil, nil))
      #expect(content.concepts.sorted == concepts.sorted)
      #expect(content.warnings == [])
    }
  }

  @Test func theSameConceptsGiveTheSameBytes() throws {
    var generator = SeededGenerator(seed: 13)
    let concepts = randomConcepts(&generator, count: 500)
    #expect(try write(concepts) == write(concepts, to: "b.xlsx"))
  }

  @Test func whatExcelDoesNotOpenIsNotWritten() throws {
    let long = Concept(
      id: "c1", terms: [Term("a", language: .english), Term("甲", language: .simplifiedChinese)],
      note: String(repeating: "x", count: 32_768))
    let trouble = #expect(throws: Trouble.self) { try write([long]) }
    #expect(trouble?.message.contains("32768 characters") == true)
    #expect(try directory.names() == [])
  }

  /// The part that holds the rows, and all others, are well-formed and where the package says.
  @Test func otherReadersOpenIt() throws {
    guard let python = Judge.python(with: "openpyxl") else {
      print("skipped: no python3 with openpyxl (CONCORD_PYTHON names one)")
      return
    }
    var generator = SeededGenerator(seed: 14)
    let concepts = randomConcepts(&generator, count: 40)
    _ = try write(concepts)
    let script = """
      import sys, json, openpyxl
      book = openpyxl.load_workbook(sys.argv[1])
      sheet = book["Glossary"]
      assert sheet.freeze_panes == "A2" and sheet["A1"].font.b and sheet.auto_filter.ref
      rows = [["" if c is None else c for c in row] for row in sheet.iter_rows(values_only=True)]
      json.dump(rows, open(sys.argv[2], "w"))
      """
    let complaint = try python.complaint(
      ["-c", script, directory.path("a.xlsx"), directory.path("a.json")])
    #expect(complaint == "")
    let rows = try JSONDecoder().decode(
      [[String]].self, from: Data(try directory.bytes("a.json")))
    let layout = GlossaryLayout(occurringColumns(concepts))
    let expected = [layout.header] + concepts.map { layout.fields(of: $0) }
    // Python's reader takes the codes of control characters for what they are.
    #expect(rows.map { $0.map(CellText.decoded) } == expected)
  }

  @Test func libreOfficeOpensIt() throws {
    guard let office = Judge("soffice") else {
      print("skipped: no soffice")
      return
    }
    let concepts = [
      Concept(
        id: "c1",
        terms: [
          Term("=1+1", language: .english), Term("术语", language: .simplifiedChinese),
          Term("词", language: .simplifiedChinese, status: .forbidden),
        ], note: "two\nlines"),
      Concept(
        id: "2", terms: [Term("007", language: .english), Term("特工", language: .simplifiedChinese)]),
    ]
    _ = try write(concepts)
    let complaint = try office.complaint([
      "-env:UserInstallation=file://\(directory.path("profile"))", "--headless", "--convert-to",
      "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", directory.path,
      directory.path("a.xlsx"),
    ])
    #expect(complaint == "")
    #expect(
      try directory.text("a.csv") == """
        id,domain,en,zh-Hans,zh-Hans:forbidden,definition,note,source
        c1,,=1+1,术语,词,,"two
        lines",
        2,,007,特工,,,,

        """)
  }
}
