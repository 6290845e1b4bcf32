import Bitext
import TestSupport
import Testing

@testable import Formats

/// Files that want to do harm: each ends in findings or in trouble, with bounds on all that grows.
@Suite struct HostileFileTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func trouble(_ bytes: some Sequence<UInt8>, _ name: String = "file.tmx") throws -> String
  {
    let path = try directory.file(name, bytes)
    let trouble = #expect(throws: Trouble.self) { try ExchangeDoctor.examine(path) }
    return trouble?.message ?? ""
  }

  @Test func nestingHasABound() throws {
    let deep = String(repeating: "<hi>", count: 10_000)
    let text = wholeTMX(tmxUnit(deep + "x", "文").replacing("\"zh\"", with: "\"zh-CN\""))
    let examination = try Examination(text.utf8, in: directory)
    #expect(examination.findings.count { $0.rule == .tooDeep } == 1)
    #expect(examination.findings.count { $0.rule == .unclosedElement } < XMLTreeReader.depthLimit)
    #expect(try TMXContent(examination.repairedPath).summaries == ["en x / zh-CN 文"])
    let groups = String(repeating: "<group>", count: 10_000)
    let xliff = try Examination(XMLDoctorTests.first(groups).utf8, in: directory, name: "a.xlf")
    #expect(xliff.findings.count { $0.rule == .tooDeep } == 1)
  }

  @Test func entitiesAreNeverExpanded() throws {
    let bomb = """
      <!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "/etc/passwd">]>
      <tmx version="1.4">\(wholeHeader)<body>\(TMXDoctorTests.segment("&b;&f;"))</body></tmx>
      """
    let examination = try Examination(bomb.utf8, in: directory)
    #expect(
      examination.findings.map(\.rule) == [.entityDeclaration, .undefinedEntity, .undefinedEntity])
    #expect(examination.repairedText.contains("<seg>&amp;b;&amp;f;</seg>"))
    #expect(!examination.repairedText.contains("ENTITY"))
  }

  @Test func whatIsNoTextIsTrouble() throws {
    #expect(try trouble([]).hasPrefix("is empty"))
    #expect(try trouble((0..<5000).map { UInt8($0 % 7) }).hasPrefix("this is not a text file"))
    #expect(try trouble("<html/>".utf8).hasPrefix("is no TMX file"))
    #expect(try trouble("<html/>".utf8, "a.xlf").hasPrefix("is no XLIFF file"))
    #expect(try trouble("just text".utf8, "a.tbx").hasPrefix("is no TBX file"))
  }

  @Test func halfACharacterOfUTF16IsNamed() throws {
    let text = tmx(TMXDoctorTests.segment("a"), header: wholeHeader, encoding: "UTF-16")
    let wide = text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let bytes: [UInt8] = [0xFF, 0xFE] + wide + [0x41]
    let examination = try Examination(bytes, in: directory)
    #expect(examination.findings.contains { $0.rule == .invalidByte })
  }

  /// Marks whose ends never come must not be looked for again and again.
  @Test(arguments: [
    "<!--", "<![CDATA[", "<?a", "<!DOCTYPE", "<a b=\"", "<seg b='", "&", "<", "</", "]]>",
  ])
  func beginningsWithoutAnEndTakeLinearTime(mark: String) throws {
    let text = wholeTMX(TMXDoctorTests.segment(String(repeating: mark, count: 20_000)))
    let examination = try Examination(text.utf8, in: directory)
    #expect(!examination.findings.isEmpty)
    #expect(examination.findings.count <= 6 * ExchangeFindings.limit)
    _ = try TMXContent(examination.repairedPath)
  }

  @Test func windowsEndAnywhere() throws {
    // A text that is longer than what is read at once, with a fault behind every stretch of it.
    var body = ""
    var places: [Int] = []
    for number in 0..<900 {
      body +=
        TMXDoctorTests.segment(String(repeating: "重庆 🙂 ", count: 20) + "\u{2}\(number)") + "\r\n"
      places.append(number)
    }
    let text = wholeTMX(body)
    let examination = try Examination(text.utf8, in: directory)
    #expect(examination.findings.count == places.count)
    var line = 1
    var column = 1
    var expected: [[Int]] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      if scalar == "\u{2}" { expected.append([line, column, offset]) }
      offset += UTF8.width(scalar)
      (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
    }
    #expect(
      examination.findings.map { [$0.start.line, $0.start.column, $0.start.offset] } == expected)
    #expect(examination.repairedText == text.replacing("\u{2}", with: ""))
  }
}
