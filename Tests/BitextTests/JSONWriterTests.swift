import Bitext
import Foundation
import TestSupport
import Testing

@Suite struct JSONWriterTests {
  private func json(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    body(&writer)
    return writer.text
  }

  @Test func writesMembersInTheOrderGiven() {
    let text = json { writer in
      writer.object { writer in
        writer.member("z", "last letter first")
        writer.member("count", 3)
        writer.member("none", String?.none)
        writer.member("noNumber", Int?.none)
        writer.member("list", ["a", "b"])
        writer.member("empty", [String]())
        writer.key("flag")
        writer.value(true)
        writer.key("ready")
        writer.raw(#"{"a":1}"#)
        writer.member("share", share: 0.5)
      }
    }
    #expect(
      text == #"{"z":"last letter first","count":3,"none":null,"noNumber":null,"list":["a","b"],"#
        + #""empty":[],"flag":true,"ready":{"a":1},"share":0.5}"#)
  }

  @Test func partsTheElementsOfNestedArraysAndObjects() {
    let text = json { writer in
      writer.array([[1, 2], [], [3]]) { writer, numbers in
        writer.array(numbers) { writer, number in
          writer.object { $0.member("n", number) }
        }
      }
    }
    #expect(text == #"[[{"n":1},{"n":2}],[],[{"n":3}]]"#)
  }

  @Test(arguments: [
    (#"say "hi""#, #""say \"hi\"""#),
    (#"C:\temp"#, #""C:\\temp""#),
    ("a\nb\rc\td", #""a\nb\rc\td""#),
    ("\u{0}\u{1B}\u{1F}", #""\u0000\u001b\u001f""#),
    // Terminals obey the second range of control characters too.
    ("\u{7F}\u{9B}", #""\u007f\u009b""#),
    // Line ends to JavaScript, in whose strings they may not stand.
    ("\u{2028}\u{2029}", #""\u2028\u2029""#),
    ("重庆 🙂 café", #""重庆 🙂 café""#),
    ("e\u{301}", "\"e\u{301}\""),
    ("a/b", #""a/b""#),
  ])
  func escapes(_ string: String, _ expected: String) {
    let text = json { $0.value(string) }
    #expect(Array(text.utf8) == Array(expected.utf8))
  }

  /// Each share prints the same on every machine, however the machine prints a Double.
  @Test(
    arguments: [
      (0, "0"), (1, "1"), (0.5, "0.5"), (0.05, "0.05"), (0.0001, "0.0001"), (1.0 / 3, "0.3333"),
      (2.0 / 3, "0.6667"), (0.99999, "1"), (0.00004, "0"), (-0.00004, "0"), (-0.25, "-0.25"),
      (-1.5, "-1.5"), (12.5, "12.5"), (1e-300, "0"), (.nan, "null"), (.infinity, "null"),
      (nil, "null"),
    ] as [(Double?, String)])
  func writesSharesWithFourDecimals(_ share: Double?, _ expected: String) {
    #expect(json { $0.share(share) } == expected)
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func foundationReadsBackWhatWasWritten(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let ranges: [ClosedRange<UInt32>] = [
      0...0x1F, 0x20...0x7F, 0x80...0x2FF, 0x2000...0x206F, 0x4E00...0x4F00, 0x1F600...0x1F64F,
    ]
    let strings = (0..<40).map { _ in
      var string = ""
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let range = ranges[Int.random(in: ranges.indices, using: &random)]
        guard let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) else {
          continue
        }
        string.unicodeScalars.append(scalar)
      }
      return string
    }
    let text = json { writer in writer.array(strings) { $0.value($1) } }
    let read = try JSONDecoder().decode([String].self, from: Data(text.utf8))
    #expect(read.map { Array($0.utf8) } == strings.map { Array($0.utf8) })
  }
}
