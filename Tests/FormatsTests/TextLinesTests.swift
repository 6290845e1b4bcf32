import Bitext
import Formats
import Testing

@Suite struct TextLinesTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func lines(_ bytes: [UInt8]) throws -> [String] {
    let path = try directory.file("lines.txt", bytes)
    var found: [String] = []
    try TextLines(path).forEach { line, number in
      found.append("\(number):" + String(decoding: line, as: UTF8.self))
    }
    return found
  }

  @Test func linesHaveTheirNumbersWhateverEndsThem() throws {
    #expect(try lines(Array("a\nb\r\n\nc".utf8)) == ["1:a", "2:b", "3:", "4:c"])
    #expect(try lines(Array("a\n".utf8)) == ["1:a"])
    #expect(try lines([]) == [])
  }

  @Test func fileInAnotherEncodingIsDecoded() throws {
    // 金 in UTF-16, after its mark.
    let wide: [UInt8] = [0xFF, 0xFE, 0xD1, 0x91, 0x0A, 0x00, 0x41, 0x00]
    #expect(try lines(wide) == ["1:金", "2:A"])
    #expect(try lines([0xEF, 0xBB, 0xBF] + Array("金\nA".utf8)) == ["1:金", "2:A"])
  }

  @Test func longFileIsReadInPiecesWithoutLosingALine() throws {
    let long = (0..<20_000).map { "第\($0)行 of a long file" }
    let found = try lines(Array(long.joined(separator: "\n").utf8))
    #expect(found == long.enumerated().map { "\($0 + 1):\($1)" })
  }

  @Test func binaryFileIsTrouble() {
    #expect(throws: Trouble.self) { try lines([0x41, 0, 1, 2, 0xFF, 0x80, 0]) }
  }

  @Test func tableIsReadRowByRow() throws {
    let path = try directory.file("a.tsv", "en\tzh-Hans\none\t一\n\ntwo\t二\t0.5\n")
    let table = try BitextTableLines(path, languages: (nil, nil))
    #expect(table.source == .english && table.target == .simplifiedChinese)
    for _ in 0..<2 {
      var rows: [String] = []
      try table.forEach { rows.append($0 + "=" + $1) }
      #expect(rows == ["one=一", "two=二"])
    }
  }

  @Test func rowWithoutATabIsNamedByItsLine() throws {
    let path = try directory.file("a.tsv", "en\tzh-Hans\none\t一\nlost\n")
    let table = try BitextTableLines(path, languages: (nil, nil))
    #expect {
      try table.forEach { _, _ in }
    } throws: { ($0 as? Trouble)?.line == 3 }
  }
}
