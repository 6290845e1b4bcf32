import Foundation
import TestSupport
import Testing

@Suite struct CheckFixTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.write(
      "g.csv", "en,en:forbidden,zh-Hans\nGolden Phoenix,Gold Phoenix,金凤凰\nR&D,R and D,研发\n")
  }

  @Test func whatIsCertainIsMendedOnce() throws {
    try command.write("a.md", "The Gold Phoenix and **Gold** Phoenix, `Gold Phoenix`.\n")
    let first = try check("a.md", "--fix")
    #expect(first.errors.contains("fixed 1 finding in 1 file"))
    // What is left still fails, at its place in the mended file.
    #expect(first.status == 1)
    #expect(first.errors.contains("mend it by hand"))
    #expect((first.objects.first?["start"] as? [String: Any])?["column"] as? Int == 26)
    let text = "The Golden Phoenix and **Gold** Phoenix, `Gold Phoenix`.\n"
    #expect(try command.read("a.md") == text)
    let second = try check("a.md", "--fix")
    #expect(second.errors.contains("fixed 0 findings"))
    #expect(try command.read("a.md") == text)
  }

  @Test func cleanAfterFixingIsClean() throws {
    try command.write("a.md", "The Gold Phoenix.\n")
    let result = try check("a.md", "--fix")
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
  }

  @Test func differenceIsPrintedAndNothingWritten() throws {
    try command.write("a.md", "One.\n\nThe Gold Phoenix.\n")
    let result = try check("a.md", "--fix", "--diff")
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,3 @@\n"))
    #expect(result.output.hasSuffix("-The Gold Phoenix.\n+The Golden Phoenix.\n"))
    #expect(try command.read("a.md") == "One.\n\nThe Gold Phoenix.\n")
    #expect(try check("a.md", "--diff").status == 2)
  }

  @Test func bilingualFileIsMendedWithinItsSegments() throws {
    let file = """
      <?xml version="1.0" encoding="UTF-8"?>
      <tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" \
      o-tmf="x" adminlang="en" srclang="zh" datatype="plaintext"/><body>
      <tu><prop type="Gold Phoenix">Gold Phoenix</prop>
      <tuv xml:lang="zh"><seg>金凤凰的研发</seg></tuv>
      <tuv xml:lang="en"><seg>R and D of the Gold Phoenix</seg></tuv></tu>
      </body></tmx>

      """
    try command.write("a.tmx", file)
    let result = try check("a.tmx", "--fix")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(
      try command.read("a.tmx")
        == file.replacingOccurrences(
          of: "<seg>R and D of the Gold Phoenix", with: "<seg>R&amp;D of the Golden Phoenix"))
  }

  @Test func knownFindingsAreNotTouched() throws {
    try command.write("a.md", "The Gold Phoenix.\n")
    try check("a.md", "--baseline", "base.jsonl", "--update-baseline")
    try command.write("a.md", "The Gold Phoenix.\n\nA Gold Phoenix.\n")
    try check("a.md", "--baseline", "base.jsonl", "--fix")
    #expect(try command.read("a.md") == "The Gold Phoenix.\n\nA Golden Phoenix.\n")
  }

  @Test func standardInputIsNotMended() throws {
    let result = try command.run(
      "check", "-", "--glossary", "g.csv", "--source-language", "en", "--fix", "--format", "jsonl",
      input: "The Gold Phoenix.\n")
    #expect(result.status == 1)
    #expect(result.errors.contains("<stdin>: is not a file that could be fixed"))
  }

  @Test func fileWithoutTheRightToWriteIsTrouble() throws {
    try command.write("docs/a.md", "The Gold Phoenix.\n")
    guard getuid() != 0 else { return Judge.skipped("rights do not bind root") }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o500], ofItemAtPath: command.path("docs"))
    let result = try check("docs/a.md", "--fix")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o700], ofItemAtPath: command.path("docs"))
    #expect(result.status == 2)
    #expect(try command.read("docs/a.md") == "The Gold Phoenix.\n")
  }

  @discardableResult
  private func check(_ arguments: String...) throws -> Command.Result {
    try command.run(["check"] + arguments + ["--glossary", "g.csv", "--format", "jsonl"])
  }
}
