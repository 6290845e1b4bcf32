import Bitext
import Testing

@Suite struct DiagnosticTests {
  @Test func severitiesSortByGravity() {
    #expect([Severity.error, .info, .warning].sorted() == [.info, .warning, .error])
  }

  @Test(arguments: [
    (Trouble("bad"), "bad"),
    (Trouble("bad", file: "a.md"), "a.md: bad"),
    (Trouble("bad", file: "a.md", line: 3), "a.md:3: bad"),
    (Trouble("bad", file: "a.md", line: 3, column: 7), "a.md:3:7: bad"),
    (Trouble("bad", line: 3), "line 3: bad"),
    // A column without its line names no place.
    (Trouble("bad", file: "a.md", column: 7), "a.md: bad"),
  ])
  func troublePrintsAsCompilersDo(_ trouble: Trouble, _ line: String) {
    #expect(trouble.description == line)
  }
}
