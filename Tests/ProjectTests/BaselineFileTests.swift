import Bitext
import Checking
import Foundation
import Testing

@testable import Project

@Suite struct BaselineFileTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test func fileIsSortedOneEntryALineAndComesBack() throws {
    let path = directory.path + "/ci/base.jsonl"
    let findings = [
      finding("b.md", "two\nlines \u{1B}"), finding("a.md", "one"), finding("a.md", "one"),
    ]
    let file = try BaselineFile(path, mayBeMissing: true)
    try file.update(file.compare(findings, checked: [], FileLines()))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0] == #"{"baseline":"concord","version":1}"#)
    #expect(
      lines[1].hasPrefix(#"{"file":"../a.md","rule":"missing-term","term":"金凤凰","context":""#))
    #expect(lines[1].hasSuffix(#"","count":2,"excerpt":"one"}"#))
    #expect(lines[2].hasSuffix(#""excerpt":"two lines ␛"}"#))
    let again = try BaselineFile(path, mayBeMissing: false)
    let comparison = again.compare(findings, checked: [], FileLines())
    #expect(comparison.new.isEmpty)
    #expect(comparison.known == 3)
    try again.update(comparison)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test func entriesAreNamedFromTheFilesOwnFolder() throws {
    try directory.write("docs/sub/a.md", "x")
    let path = directory.path + "/docs/base.jsonl"
    let file = try BaselineFile(path, mayBeMissing: true)
    for spelling in ["docs/sub/a.md", "docs/./sub/a.md", "docs/sub/../sub/a.md"] {
      let comparison = file.compare([finding(spelling, "one")], checked: [], FileLines())
      #expect(comparison.updated.entries.map(\.file) == ["sub/a.md"])
    }
  }

  @Test func missingFileIsTroubleUnlessItIsAboutToBeMade() throws {
    let path = directory.path + "/none.jsonl"
    #expect(throws: Trouble.self) { try BaselineFile(path, mayBeMissing: false) }
    _ = try BaselineFile(path, mayBeMissing: true)
  }

  @Test(arguments: [
    ("", 1), ("[]\n", 1), (#"{"baseline":"concord"}"#, 1),
    (#"{"baseline":"concord","version":2}"# + "\n", 1),
    (#"{"baseline":"concord","version":1}"# + "\n\n{}\n", 3),
    (
      #"{"baseline":"concord","version":1}"# + "\n"
        + #"{"file":"a","rule":"r","term":"t","context":"c"}"# + "\n<<<<<<< ours\n", 3
    ),
    (
      #"{"baseline":"concord","version":1}"# + "\r\n"
        + #"{"file":"a","rule":"r","term":"t","context":"c","count":0}"# + "\r\n", 2
    ),
    ("\u{0}\u{1}binary", 1),
  ])
  func brokenFileIsTroubleWithItsLine(content: String, line: Int) throws {
    let path = try directory.write("base.jsonl", content)
    let trouble = #expect(throws: Trouble.self) { try BaselineFile(path, mayBeMissing: true) }
    #expect(trouble?.line == line)
    #expect(trouble?.file == path)
  }

  @Test func damagedFilesAreTroubleOrReadAndNeverCrash() throws {
    let path = directory.path + "/base.jsonl"
    let file = try BaselineFile(path, mayBeMissing: true)
    try file.update(
      file.compare((0..<20).map { finding("\($0).md", "c\($0)") }, checked: [], FileLines()))
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    for step in 0..<200 {
      var damaged = whole
      let place = step * 7919 % whole.count
      if step % 2 == 0 {
        damaged[place] ^= UInt8(1 << (step % 8))
      } else {
        damaged = damaged.prefix(place)
      }
      try damaged.write(to: URL(fileURLWithPath: path))
      do {
        _ = try BaselineFile(path, mayBeMissing: false)
      } catch {
        #expect(error.line != nil)
      }
    }
  }

  private func finding(_ file: String, _ context: String) -> Diagnostic {
    Diagnostic(
      rule: "missing-term", severity: .error, message: "m",
      location: Location(
        file: file.hasPrefix("/") ? file : directory.path + "/" + file, range: 0..<3),
      term: "金凤凰", context: context)
  }
}
