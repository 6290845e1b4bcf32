import Foundation
import Segmentation
import Testing

/// Unicode's own tests and tables, as the Debian package unicode-data has them.
@Suite(.enabled(if: UnicodeData.isThere, "unicode-data is not installed"))
struct UnicodeDataTests {
  /// Each line holds a text and its four normal forms.
  @Test func normalizationTestPasses() throws {
    var lines = 0
    var wrong: [String] = []
    for line in try UnicodeData.lines(of: "NormalizationTest.txt.bz2") where line.contains(";") {
      let columns = line.split(separator: ";").prefix(5).map(UnicodeData.text)
      guard columns.count == 5 else { continue }
      lines += 1
      let compatible: MatchKey.Folding = [.compatibility, .width]
      let canonical = Set(columns[0...2]).allSatisfy { Self.key($0, .composition) == columns[1] }
      let further = Set(columns[3...4]).allSatisfy { Self.key($0, .composition) == columns[3] }
      let whole = Set(columns).allSatisfy { Self.key($0, compatible) == columns[3] }
      let spelling = Set(Set(columns).map { MatchKey($0) })
      let tokens = Set(Set(columns[0...2]).map { KeyTokenizer().tokens(of: $0).map(\.hash) })
      if !canonical || !further || !whole || spelling.count > 1 || tokens.count > 1 {
        wrong.append(String(line.prefix(60)))
      }
    }
    #expect(lines == 19_074)
    #expect(wrong.isEmpty, "\(wrong.count) lines, \(wrong.prefix(10))")
  }

  /// The NFKC case folding of every character, by Unicode's table.
  @Test func everyCharacterHasItsCaseFolding() throws {
    let folding: MatchKey.Folding = [.compatibility, .width, .letterCase, .invisibles]
    var expected: [UInt32: String] = [:]
    for line in try UnicodeData.lines(of: "DerivedNormalizationProps.txt") {
      let fields = line.prefix { $0 != "#" }.split(separator: ";", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard fields.count == 3, fields[1] == "NFKC_CF" else { continue }
      for value in UnicodeData.range(fields[0]) { expected[value] = UnicodeData.text(fields[2]) }
    }
    #expect(expected.count > 10_000)
    var wrong: [String] = []
    for value in 0x0...0x10FFFF as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(scalar)
      guard expected[value] != nil || value < 0x3100 else { continue }
      if Self.key(text, folding) != expected[value] ?? Self.key(text, .composition) {
        wrong.append(String(value, radix: 16))
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(20))")
  }

  @Test func scriptsAreThoseOfTheTable() throws {
    let names: [String: Script] = [
      "Latin": .latin, "Greek": .greek, "Cyrillic": .cyrillic, "Han": .han, "Hiragana": .hiragana,
      "Katakana": .katakana, "Hangul": .hangul, "Bopomofo": .bopomofo, "Arabic": .arabic,
      "Hebrew": .hebrew, "Thai": .thai, "Devanagari": .devanagari,
    ]
    var wrong: [String] = []
    for line in try UnicodeData.lines(of: "Scripts.txt") {
      // "0041..005A    ; Latin # L&  [26] LATIN CAPITAL LETTER A..…": letters of the basic plane.
      let fields = line.split { ";#".contains($0) }
      guard fields.count >= 3 else { continue }
      let range = UnicodeData.range(fields[0].trimmingCharacters(in: .whitespaces))
      let category = fields[2].trimmingCharacters(in: .whitespaces).prefix(2)
      guard ["L&", "Lo", "Lm"].contains(category), range.upperBound < 0x10000 else { continue }
      let script = names[fields[1].trimmingCharacters(in: .whitespaces)]
      for value in range {
        let text = Unicode.Scalar(value).map(String.init) ?? ""
        let token = KeyTokenizer().tokens(of: text).first
        if let token, token.kind == .word, let script, token.script != script {
          wrong.append(String(value, radix: 16))
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(20))")
  }

  private static func key(_ text: String, _ folding: MatchKey.Folding) -> String {
    String(decoding: MatchKey(text, folding: folding).bytes, as: UTF8.self)
  }
}

enum UnicodeData {
  private static let folder = "/usr/share/unicode/"

  static var isThere: Bool {
    ["NormalizationTest.txt.bz2", "DerivedNormalizationProps.txt", "Scripts.txt"].allSatisfy {
      FileManager.default.fileExists(atPath: folder + $0)
    } && FileManager.default.isExecutableFile(atPath: "/bin/bzip2")
  }

  static func lines(of file: String) throws -> [Substring] {
    let bytes: Data
    if file.hasSuffix(".bz2") {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/bzip2")
      process.arguments = ["-dc", folder + file]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      bytes = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
    } else {
      bytes = try Data(contentsOf: URL(fileURLWithPath: folder + file))
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .filter { !$0.hasPrefix("#") && !$0.hasPrefix("@") }
  }

  /// "0044 0323" as a text.
  static func text(_ field: some StringProtocol) -> String {
    var text = ""
    for part in field.split(separator: " ") {
      if let value = UInt32(part, radix: 16), let scalar = Unicode.Scalar(value) {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// "0041..005A" or "0041".
  static func range(_ field: some StringProtocol) -> ClosedRange<UInt32> {
    let ends = field.split(separator: ".").compactMap { UInt32($0, radix: 16) }
    return (ends.first ?? 0)...(ends.last ?? 0)
  }
}
