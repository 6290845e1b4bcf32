import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Formats

@Suite struct GlossaryCellsTests {
  private func cells(_ text: String, encoding: String? = nil) throws -> GlossaryCells {
    try GlossaryCells(
      try decodeText(Array(text.utf8), file: "g.csv", encoding: encoding), file: "g.csv",
      languages: (.english, .simplifiedChinese))
  }

  /// The text of the file behind each term of a table.
  private func places(_ text: String) throws -> [[String]] {
    let bytes = Array(text.utf8)
    let table = try cells(text)
    return table.rows.map { row in
      row.cells.flatMap { cell in
        cell.pieces.map {
          String(decoding: bytes[table.place(of: $0.range, in: cell)], as: UTF8.self)
        }
      }
    }
  }

  @Test func termsHaveTheirPlaces() throws {
    let text = "id,en,zh-Hans\n1,Golden Phoenix |  Phoenix ,金凤凰\r\n2,\"a, \"\"b\"\" | c\",乙\n"
    #expect(
      try places(text) == [
        ["Golden Phoenix", "Phoenix", "金凤凰"], ["a, \"\"b\"\"", "c", "乙"],
      ])
  }

  @Test func byteOrderMarkAndLineBreaksInFieldsCount() throws {
    let text = "\u{FEFF}en,zh-Hans\n\"x\ny\",甲\nz,乙"
    #expect(try places(text) == [["x\ny", "甲"], ["z", "乙"]])
    #expect(try cells(text).rows.map(\.line) == [2, 4])
  }

  @Test func oddCellsAreKeptAsTheyAre() throws {
    let table = try cells("en,zh-Hans,status,colour\na,甲,perhaps,red\nb,乙,new,,surplus\n")
    #expect(table.unknownColumns.map(\.name) == ["colour"])
    #expect(table.rows.map { $0.badStatus?.text } == ["perhaps", nil])
    #expect(table.rows.map(\.status) == [nil, .proposed])
    #expect(table.rows.map { $0.surplus?.text } == [nil, "surplus"])
  }

  @Test(arguments: 1...200)
  func piecesAreTheTermsOfTheReader(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let text = random.text(
      of: ["a", "乙", "|", " | ", "\\", "\\|", "\\\\", " ", "\u{3000}", "\u{A0}", "\n", "é"],
      upTo: 12)
    let cell = GlossaryCells.Cell(text: text, range: 0..<text.utf8.count)
    #expect(cell.pieces.map(\.text) == splitTerms(text))
    let bytes = Array(text.utf8)
    for piece in cell.pieces where !piece.text.contains("|") && !piece.text.contains("\\") {
      #expect(String(decoding: bytes[piece.range], as: UTF8.self) == piece.text)
    }
  }
}
