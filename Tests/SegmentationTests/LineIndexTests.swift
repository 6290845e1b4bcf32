import Bitext
import TestSupport
import Testing

@testable import Segmentation

@Suite struct LineIndexTests {
  private func index(_ text: String) throws -> LineIndex {
    LineIndex(try decodeText(Array(text.utf8), file: "a.txt"))
  }

  /// Where the marked characters of a text stand, as line and column.
  @Test(arguments: [
    ("⟦a⟧b⟦c⟧\n⟦d⟧", [[1, 1], [1, 3], [2, 1]]),
    ("a\r\n⟦b⟧\r\n\r\n⟦c⟧", [[2, 1], [4, 1]]),
    ("a\r⟦b⟧\r\r⟦c⟧", [[2, 1], [4, 1]]),
    ("\n⟦a⟧", [[2, 1]]),
    // Columns count scalars, not bytes and not UTF-16: 🙂 is one, and so is a combining accent.
    ("重庆⟦是⟧🙂⟦x⟧e\u{301}⟦y⟧", [[1, 3], [1, 5], [1, 8]]),
    // The end of the file is a place too.
    ("a\n⟦⟧", [[2, 1]]),
    ("ab⟦⟧", [[1, 3]]),
    // The line feed of CRLF stands on the line that it ends.
    ("ab\r⟦\n⟧", [[1, 4]]),
  ])
  func findsLinesAndColumns(_ marked: String, _ expected: [[Int]]) throws {
    let text = MarkedText(marked)
    let index = LineIndex(try decodeText(text.utf8, file: "a.txt"))
    let places = text.ranges.map { index.position(at: $0.lowerBound) }
    #expect(places.map { [$0.line, $0.column] } == expected)
    #expect(places.map(\.offset) == text.ranges.map(\.lowerBound))
  }

  @Test func givesLinesWithoutTheirEnds() throws {
    let index = try index("one\r\ntwo\rthree\n\nfive")
    let lines = (1...6).map { String(decoding: index.text.utf8[index.line($0)], as: UTF8.self) }
    #expect(lines == ["one", "two", "three", "", "five", ""])
    #expect(index.line(0).isEmpty)
  }

  @Test func readsOffsetsOfAFileInUTF16() throws {
    // The mark, then 重 at 2, a at 4, the line feed at 6, 🙂 at 8 and b at 12.
    let bytes: [UInt8] = [
      0xFF, 0xFE, 0xCD, 0x91, 0x61, 0, 0x0A, 0, 0x3D, 0xD8, 0x42, 0xDE, 0x62, 0,
    ]
    let index = LineIndex(try decodeText(bytes, file: "a.txt"))
    let places = [0, 2, 4, 6, 8, 12, 14].map { index.position(at: $0) }
    #expect(places.map(\.line) == [1, 1, 1, 1, 2, 2, 2])
    #expect(places.map(\.column) == [1, 1, 2, 3, 1, 2, 3])
    #expect(index.textRange(8..<14) == 5..<10)
    #expect(index.text.utf8[index.line(2)].elementsEqual("🙂b".utf8))
  }

  @Test func theMarkOfUTF8MovesNoColumn() throws {
    let index = LineIndex(try decodeText([0xEF, 0xBB, 0xBF] + Array("ab".utf8), file: "a.txt"))
    #expect(index.position(at: 3).column == 1)
    #expect(index.position(at: 4).column == 2)
    #expect(index.textRange(3..<5) == 0..<2)
  }

  @Test func anEmptyFileHasOneLine() throws {
    let index = try index("")
    #expect(index.position(at: 0) == LineIndex.Position(line: 1, column: 1, offset: 0))
    #expect(index.line(1).isEmpty)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func agreesWithCountingFromTheStart(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces: [Unicode.Scalar] = ["a", "\n", "\r", "é", "重", "🙂", " ", "\u{301}"]
    let scalars = (0..<Int.random(in: 0...40, using: &random)).map { _ in
      pieces[Int.random(in: pieces.indices, using: &random)]
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    let index = try index(text)
    var (line, column, offset) = (1, 1, 0)
    for (number, scalar) in scalars.enumerated() {
      #expect(
        index.position(at: offset)
          == LineIndex.Position(line: line, column: column, offset: offset))
      offset += UTF8.width(scalar)
      let next = number + 1 < scalars.count ? scalars[number + 1] : nil
      if scalar == "\n" || scalar == "\r" && next != "\n" {
        (line, column) = (line + 1, 1)
      } else {
        column += 1
      }
    }
    #expect(
      index.position(at: offset) == LineIndex.Position(line: line, column: column, offset: offset))
  }
}
