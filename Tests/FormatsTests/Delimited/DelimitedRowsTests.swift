import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct DelimitedRowsTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var delimiter: Delimiter = .comma
    var rows: [[String]]
    var lines: [Int]
    var testDescription: String { name }
  }

  static let examples: [Example] = [
    Example(name: "plain", text: "a,b\nc,d\n", rows: [["a", "b"], ["c", "d"]], lines: [1, 2]),
    Example(
      name: "no last line end", text: "a,b\nc,d", rows: [["a", "b"], ["c", "d"]], lines: [1, 2]),
    Example(
      name: "empty fields", text: ",\n,,x\n", rows: [["", ""], ["", "", "x"]], lines: [1, 2]),
    Example(name: "empty line", text: "a\n\nb\n", rows: [["a"], [""], ["b"]], lines: [1, 2, 3]),
    Example(name: "nothing", text: "", rows: [], lines: []),
    Example(
      name: "CR LF", text: "a,b\r\nc,d\r\n", rows: [["a", "b"], ["c", "d"]], lines: [1, 2]),
    Example(
      name: "CR", text: "a,b\rc,d\re", rows: [["a", "b"], ["c", "d"], ["e"]], lines: [1, 2, 3]),
    Example(
      name: "all line ends", text: "a\nb\rc\r\nd\n\re\n",
      rows: [["a"], ["b"], ["c"], ["d"], [""], ["e"]],
      lines: [1, 2, 3, 4, 5, 6]),
    Example(name: "quoted comma", text: "\"a,b\",c\n", rows: [["a,b", "c"]], lines: [1]),
    Example(
      name: "doubled quotes", text: "\"a \"\"b\"\"\",c\n", rows: [["a \"b\"", "c"]], lines: [1]),
    Example(
      name: "quoted nothing", text: "\"\",a\n\"\"\n", rows: [["", "a"], [""]], lines: [1, 2]),
    Example(name: "last field quoted nothing", text: "a,\"\"", rows: [["a", ""]], lines: [1]),
    Example(
      name: "quote in the middle", text: "5\" disk,a\"b\"c\n", rows: [["5\" disk", "a\"b\"c"]],
      lines: [1]),
    Example(
      name: "text after a quoted field", text: "\"a\"b,c\n", rows: [["ab", "c"]], lines: [1]),
    Example(
      name: "quoted line feed", text: "\"a\nb\",c\nd,e\n", rows: [["a\nb", "c"], ["d", "e"]],
      lines: [1, 3]),
    Example(
      name: "quoted CR LF", text: "\"a\r\nb\",c\r\nd,e\r\n", rows: [["a\r\nb", "c"], ["d", "e"]],
      lines: [1, 3]),
    Example(
      name: "quoted CR", text: "\"a\rb\",c\rd,e\r", rows: [["a\rb", "c"], ["d", "e"]],
      lines: [1, 3]),
    Example(
      name: "semicolons", text: "a;\"b;c\";d,e\n", delimiter: .semicolon,
      rows: [["a", "b;c", "d,e"]],
      lines: [1]),
    Example(
      name: "tabs leave quotes alone", text: "\"a\tb\"\n\"\"\tc\n", delimiter: .tab,
      rows: [["\"a", "b\""], ["\"\"", "c"]], lines: [1, 2]),
    Example(name: "beyond ASCII", text: "é,\"术,语\"\n", rows: [["é", "术,语"]], lines: [1]),
  ]

  @Test(arguments: examples)
  func readsRows(_ example: Example) throws {
    let rows = try delimitedRows(
      Array(example.text.utf8), delimiter: example.delimiter, file: "terms.csv")
    #expect(rows.map(\.fields) == example.rows)
    #expect(rows.map(\.line) == example.lines)
  }

  @Test(arguments: [
    ("a,b\n\"c,d\ne,f\n", 2), ("\"", 1), ("a\r\n\r\n\"b\"\"\r\n", 3), ("a\rb,\"c\rd", 2),
  ])
  func anUnterminatedQuoteIsTroubleWithItsLine(text: String, line: Int) {
    let trouble = #expect(throws: Trouble.self) {
      _ = try delimitedRows(Array(text.utf8), delimiter: .comma, file: "terms.csv")
    }
    #expect(trouble?.line == line)
    #expect(trouble?.file == "terms.csv")
    #expect(trouble?.message == "the quoted field that starts here never ends")
  }

  /// The oracle quotes every field, which needs no rules but doubling, and counts the line ends
  /// that it writes.
  @Test(arguments: [Delimiter.comma, .semicolon])
  func readsBackWhatIsQuoted(_ delimiter: Delimiter) throws {
    var random = SeededGenerator(seed: 1)
    let pieces = ["a", "语", "\"", ",", ";", "\n", "\r\n", "\t", " ", "\"\u{301}"]
    for _ in 0..<200 {
      var text = ""
      var line = 1
      var rows: [[String]] = []
      var lines: [Int] = []
      let end = random.pick(["\n", "\r\n", "\r"])
      for _ in 0..<1 + random.below(5) {
        let fields = (0..<1 + random.below(4)).map { _ in random.text(of: pieces, upTo: 4) }
        rows.append(fields)
        lines.append(line)
        for (index, field) in fields.enumerated() {
          if index > 0 { text.unicodeScalars.append(Unicode.Scalar(delimiter.rawValue)) }
          text += "\""
          for scalar in field.unicodeScalars {
            text.unicodeScalars.append(scalar)
            if scalar == "\"" { text.unicodeScalars.append(scalar) }
            if scalar == "\n" { line += 1 }
          }
          text += "\""
        }
        text += end
        line += 1
      }
      let read = try delimitedRows(Array(text.utf8), delimiter: delimiter, file: "")
      #expect(read.map(\.fields) == rows, "\(text)")
      #expect(read.map(\.line) == lines, "\(text)")
    }
  }
}

@Suite struct DelimiterDetectionTests {
  @Test(arguments: [
    ("a,b\nc,d\n", Delimiter.comma),
    ("a;b\nc;d\n", .semicolon),
    ("a\tb\nc\td\n", .tab),
    // Commas in the terms of a table of semicolons, and the other way round.
    ("en;zh\nred, green;红绿\nblack, white, grey;黑白灰\n", .semicolon),
    ("en,zh\na;b,甲\nc,乙\n", .comma),
    ("en\tzh\nred, green\t红绿\n", .tab),
    ("\"a;b\",c\n\"d;e\",f\n", .comma),
    ("one\ntwo\n", .comma),
    ("", .comma),
    ("a;b\rc;d\r", .semicolon),
    ("a;b\r\n\r\nc;d\r\n", .semicolon),
  ])
  func isTheOneThatCutsLinesAlike(text: String, delimiter: Delimiter) {
    #expect(Delimiter.detect(Array(text.utf8), ending: "csv") == delimiter)
  }

  @Test(arguments: ["tsv", "tab"])
  func anEndingDecides(_ ending: String) {
    #expect(Delimiter.detect(Array("a,b\nc,d\n".utf8), ending: ending) == .tab)
  }

  /// Line by line, the note outvoted the two rows of the table.
  @Test func aQuotedFieldOfManyLinesHasNoSay() {
    let note = (1...9).map { "step \($0); go on\tthen stop" }.joined(separator: "\n")
    let text = "en,zh-Hans,note\nterm,术语,\"\(note)\"\n"
    #expect(Delimiter.detect(Array(text.utf8), ending: "csv") == .comma)
  }
}
