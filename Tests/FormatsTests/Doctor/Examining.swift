import Bitext
import Testing

@testable import Formats

/// A text with the names of rules in it, `⟦stray-ampersand⟧`, each before the place where the rule
/// finds something.
struct MarkedFile {
  /// A finding as a test expects it; lines and columns are counted here, one scalar at a time.
  struct Expected: Hashable, CustomStringConvertible {
    var rule: String
    var line: Int
    var column: Int
    var offset: Int

    var description: String { "\(rule) \(line):\(column) @\(offset)" }
  }

  var text = ""
  var expected: [Expected] = []

  init(_ marked: String) {
    var rest = Substring(marked)
    while let start = rest.firstIndex(of: "⟦"), let end = rest[start...].firstIndex(of: "⟧") {
      text += rest[..<start]
      let rule = String(rest[rest.index(after: start)..<end])
      let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      expected.append(
        Expected(
          rule: rule, line: lines.count, column: (lines.last?.count ?? 0) + 1,
          offset: text.utf8.count))
      rest = rest[rest.index(after: end)...]
    }
    text += rest
  }
}

extension ExchangeFinding {
  var asExpected: MarkedFile.Expected {
    MarkedFile.Expected(
      rule: rule.rawValue, line: start.line, column: start.column, offset: start.offset)
  }
}

/// Examines and repairs a file of its own.
struct Examination {
  var findings: [ExchangeFinding]
  var repaired: [UInt8]
  var repairedPath: String

  var repairedText: String { String(decoding: repaired, as: UTF8.self) }

  init(
    _ bytes: some Sequence<UInt8>, in directory: TemporaryDirectory, name: String = "file.tmx"
  ) throws {
    let path = try directory.file(name, bytes)
    findings = try ExchangeDoctor.examine(path).findings
    repairedPath = directory.path("repaired-" + name)
    let output = try OutputFile.replacing(repairedPath)
    _ = try ExchangeDoctor.repair(path, to: output)
    try output.finish()
    repaired = try directory.bytes("repaired-" + name)
  }

  /// What the doctor has to say about what it wrote.
  func second() throws -> [ExchangeFinding] { try ExchangeDoctor.examine(repairedPath).findings }
}

/// A header to which nothing is to be said.
let wholeHeader =
  #"<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" "#
  + #"adminlang="en" srclang="en" datatype="plaintext"/>"#

/// A TMX file around its units, to which nothing is to be said.
func wholeTMX(_ units: String) -> String { tmx(units, header: wholeHeader) }
