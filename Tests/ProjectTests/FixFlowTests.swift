import Bitext
import Checking
import Foundation
import TestSupport
import Testing

@testable import Project

@Suite struct FixFlowTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test func replacementsAreMadeAndNothingElse() throws {
    let result = try fix("a.md", "The Gold Phoenix, a Gold Phoenix.\r\n\r\nGold Phoenix\t!")
    #expect(result.text == "The Golden Phoenix, a Golden Phoenix.\r\n\r\nGolden Phoenix\t!")
    #expect(result.fixed == 3)
    #expect(result.files == 1)
  }

  /// Each format with a place that can be mended in it.
  @Test(arguments: [
    ("a.txt", "Gold\nPhoenix", "R&D <x>"),
    ("a.html", "<p>Gold\n  Phoenix</p>", "R&amp;D &lt;x&gt;"),
    ("a.tmx", "<seg>Gold Phoenix</seg>", "R&amp;D &lt;x&gt;"),
    ("a.json", "{\"a\": \"Gold Phoenix\"}", "R&D <x>"),
    ("a.po", "msgstr \"Gold \"\n\"Phoenix\"", "R&D <x>"), ("a.csv", "x,Gold Phoenix", "R&D <x>"),
  ])
  func replacementIsWrittenAsTheFormatAsks(name: String, content: String, written: String) throws {
    let old =
      name == "a.po"
      ? "Gold \"\n\"Phoenix"
      : content.contains("\n")
        ? String(
          content[
            try #require(content.range(of: "Gold"))
              .lowerBound..<(try #require(content.range(of: "Phoenix"))).upperBound])
        : "Gold Phoenix"
    let result = try fix(name, content, at: old, replacement: "R&D <x>")
    #expect(result.text == content.replacingOccurrences(of: old, with: written))
  }

  /// Places and replacements that are not certain stay.
  @Test(arguments: [
    ("a.md", "Gold **Phoenix", "Golden Phoenix"), ("a.html", "Gold <b>Phoenix", "Golden Phoenix"),
    ("a.md", "Gold Phoenix", "C* algebra"), ("a.md", "Gold Phoenix", "a_b"),
    ("a.rst", "Gold Phoenix", "|x|"), ("a.csv", "Gold Phoenix", "Phoenix, Golden"),
    ("a.yaml", "Gold Phoenix", "Phoenix: Golden"), ("a.srt", "Gold Phoenix", "<i>"),
    ("a.tmx", "<![CDATA[Gold Phoenix", "R&D"), ("a.json", "Gold Phoenix", "a\u{1}b"),
    ("a.docx", "PK\u{3}\u{4} Gold Phoenix", "Golden Phoenix"),
  ])
  func whatIsNotCertainStays(name: String, content: String, replacement: String) throws {
    let old = content.contains("CDATA") || content.hasPrefix("PK") ? "Gold Phoenix" : content
    let result = try fix(name, content, at: old, replacement: replacement)
    #expect(result.text == content)
    #expect(result.fixed == 0)
    #expect(result.warnings.count == 1)
  }

  @Test(arguments: ["UTF-16LE", "UTF-16BE", "GB18030", "Big5"])
  func fileKeepsItsEncoding(encoding: String) throws {
    let text = "会议说，西部(重慶)科學城很美。第二句话也在這裡。\n"
    let encodings: [String: String.Encoding] = [
      "UTF-16LE": .utf16LittleEndian, "UTF-16BE": .utf16BigEndian,
    ]
    // GB18030 and Big5 by their bytes: Foundation has no name for them here.
    let legacy: [String: [UInt8]] = [
      "GB18030": [0xD3, 0xA2, 0xCE, 0xC4, 0xBF, 0xC6, 0x8C, 0x57, 0xB3, 0xC7, 0xA1, 0xA3, 0x0A],
      "Big5": [0xAC, 0xEC, 0xBE, 0xC7, 0xAB, 0xB0, 0xA1, 0x43, 0x0A],
    ]
    if let bytes = legacy[encoding] {
      // 科學城 becomes 科学城 where the encoding has 学, and stays where it has not.
      let start = encoding == "GB18030" ? 4 : 0
      let name = try write("a.txt", Data(bytes))
      let flow = FixFlow(files: [name], encoding: encoding)
      let result = try flow.fix(
        [diagnostic(name, start..<start + 6, found: "科學城", replacement: "科学城")], .write)
      let after = Array(try Data(contentsOf: URL(fileURLWithPath: name)))
      if encoding == "GB18030" {
        var expected = bytes
        expected.replaceSubrange(6..<8, with: [0xD1, 0xA7])
        #expect(after == expected)
      } else {
        #expect(after == bytes)
        #expect(result.warnings.count == 1)
      }
      return
    }
    let coding = try #require(encodings[encoding])
    let mark: [UInt8] = encoding == "UTF-16LE" ? [0xFF, 0xFE] : [0xFE, 0xFF]
    let content = Data(mark) + (try #require(text.data(using: coding)))
    let name = try write("a.txt", content)
    let start = 2 + 2 * 4
    let result = try FixFlow(files: [name]).fix(
      [diagnostic(name, start..<start + 18, found: "西部(重慶)科學城", replacement: "西部（重庆）科学城")], .write)
    #expect(result.fixed == 1)
    let after = try Data(contentsOf: URL(fileURLWithPath: name))
    #expect(after.prefix(2) == Data(mark))
    #expect(
      String(data: after.dropFirst(2), encoding: coding)
        == text.replacingOccurrences(of: "西部(重慶)科學城", with: "西部（重庆）科学城"))
  }

  @Test func fileThatChangedMeanwhileIsLeftAlone() throws {
    let name = try directory.write("a.md", "Gold Phoenix")
    let flow = FixFlow(files: [name])
    try directory.write("a.md", "Gold Phoenix!")
    let result = try flow.fix(
      [diagnostic(name, 0..<12, found: "Gold Phoenix", replacement: "Golden Phoenix")], .write)
    #expect(result.fixed == 0)
    #expect(result.warnings.first?.message.contains("has changed") == true)
    #expect(try String(contentsOfFile: name, encoding: .utf8) == "Gold Phoenix!")
  }

  @Test func ofOverlappingReplacementsOneIsMade() throws {
    let name = try directory.write("a.md", "Gold Phoenix plan")
    let flow = FixFlow(files: [name])
    let result = try flow.fix(
      [
        diagnostic(name, 5..<17, found: "Phoenix plan", replacement: "Bird"),
        diagnostic(name, 0..<12, found: "Gold Phoenix", replacement: "Golden Phoenix"),
        diagnostic(name, 0..<12, found: "Gold Phoenix", replacement: "Golden Phoenix"),
      ], .write)
    #expect(result.fixed == 1)
    #expect(try String(contentsOfFile: name, encoding: .utf8) == "Golden Phoenix plan")
  }

  @Test func modeAndLinksStay() throws {
    let name = try directory.write("real/a.md", "Gold Phoenix")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: name)
    let link = directory.path + "/link.md"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real/a.md")
    let flow = FixFlow(files: [link])
    _ = try flow.fix(
      [diagnostic(link, 0..<12, found: "Gold Phoenix", replacement: "Golden Phoenix")], .write)
    #expect(try String(contentsOfFile: name, encoding: .utf8) == "Golden Phoenix")
    let attributes = try FileManager.default.attributesOfItem(atPath: name)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real/a.md")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: directory.path + "/real") == ["a.md"])
  }

  @Test func differenceIsToldAndNothingWritten() throws {
    let result = try fix("a.md", "one\nGold Phoenix\n", mode: .difference)
    #expect(result.text == "one\nGold Phoenix\n")
    #expect(
      result.difference
        == """
        --- a/NAME
        +++ b/NAME
        @@ -1,2 +1,2 @@
         one
        -Gold Phoenix
        +Golden Phoenix

        """.replacingOccurrences(of: "NAME", with: directory.path + "/a.md"))
  }

  /// Against `git apply`, with random edits of random texts.
  @Test func differencesApply() throws {
    guard let git = Self.program("git") else {
      FileHandle.standardError.write(Data("skipped: differences: git is absent\n".utf8))
      return
    }
    var generator = SeededGenerator(seed: 7)
    for round in 0..<40 {
      let old = Array(
        (0..<generator.below(40)).map { _ in
          generator.text(of: ["a", "中", " ", "bc", "\r", "-", "+", "@@"], upTo: 6)
            + (generator.once(in: 12) ? "" : "\n")
        }.joined().utf8)
      var edits: [(range: Range<Int>, new: [UInt8])] = []
      var place = 0
      while place < old.count, edits.count < 12 {
        let start = place + generator.below(30)
        let end = start + 1 + generator.below(5)
        guard end <= old.count else { break }
        if generator.once(in: 2) {
          edits.append(
            (start..<end, Array(generator.text(of: ["x", "新", "\n", ""], upTo: 3).utf8)))
        }
        place = end
      }
      guard !edits.isEmpty else { continue }
      var new: [UInt8] = []
      var end = 0
      for edit in edits {
        new += old[end..<edit.range.lowerBound] + edit.new
        end = edit.range.upperBound
      }
      new += old[end...]
      // Edits may cut characters: the difference is text.
      guard String(validating: old, as: UTF8.self) != nil,
        String(validating: new, as: UTF8.self) != nil, old != new
      else { continue }
      let name = try write("r\(round)/file.txt", Data(old))
      let patch = try directory.write(
        "r\(round).patch", UnifiedDifference.text(file: "file.txt", old: old, edits))
      let process = Process()
      process.executableURL = git
      process.arguments = ["apply", "--unidiff-zero", "--whitespace=nowarn", patch]
      process.currentDirectoryURL = URL(fileURLWithPath: name).deletingLastPathComponent()
      process.standardError = FileHandle.nullDevice
      process.environment = ["GIT_CEILING_DIRECTORIES": directory.path, "PATH": "/usr/bin:/bin"]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "round \(round)")
      let after = Array(try Data(contentsOf: URL(fileURLWithPath: name)))
      #expect(after == new, "round \(round)")
    }
  }

  // MARK: Tools

  private struct Fixed {
    var text: String
    var fixed: Int
    var files: Int
    var warnings: [Warning]
    var difference: String
  }

  /// Mends every place of some text in a file.
  private func fix(
    _ name: String, _ content: String, at old: String = "Gold Phoenix",
    replacement: String = "Golden Phoenix", mode: FixFlow.Mode = .write
  ) throws -> Fixed {
    let path = try directory.write(name, content)
    let bytes = Array(content.utf8)
    let wanted = Array(old.utf8)
    let flow = FixFlow(files: [path])
    let findings = bytes.indices.filter { bytes[$0...].starts(with: wanted) }.map {
      diagnostic(path, $0..<$0 + wanted.count, found: "Gold Phoenix", replacement: replacement)
    }
    let result = try flow.fix(findings, mode)
    return Fixed(
      text: try String(contentsOfFile: path, encoding: .utf8), fixed: result.fixed,
      files: result.files.count, warnings: result.warnings, difference: result.difference)
  }

  private func diagnostic(
    _ file: String, _ range: Range<Int>, found: String, replacement: String
  ) -> Diagnostic {
    Diagnostic(
      rule: "forbidden-term", severity: .error, message: "m",
      location: Location(file: file, range: range), term: found, found: found,
      replacement: replacement)
  }

  private func write(_ name: String, _ data: Data) throws -> String {
    let path = try directory.write(name, "")
    try data.write(to: URL(fileURLWithPath: path))
    return path
  }

  private static func program(_ name: String) -> URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
    return path.split(separator: ":").map { URL(fileURLWithPath: "\($0)/\(name)") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}
