import Bitext
import Checking
import Foundation
import Segmentation
import TestSupport
import Testing

@testable import Project

/// The lines of large files, against those of files that are held.
@Suite struct LargeFileLinesTests {
  let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  func write(_ bytes: some Collection<UInt8>, _ name: String = "a.txt") throws -> String {
    let file = directory.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    return file.path
  }

  static let pieces = [
    "a", "园", "🙂", "e\u{301}", " ", "\n", "\r", "\r\n", "\n\n", "\r\r\n", "word ",
    String(repeating: "long ", count: 300), String(repeating: "长", count: 700),
  ]

  @Test func placesAreThoseOfTheWholeFile() throws {
    var random = SeededGenerator(seed: 11)
    for round in 0..<60 {
      let mark = random.once(in: 3) ? "\u{FEFF}" : ""
      let text = mark + random.text(of: Self.pieces, upTo: 60)
      let path = try write(text.utf8)
      let lines = try #require(LargeFileLines(path, least: 0))
      let whole = LineIndex(try decodeText(Array(text.utf8), file: path))
      let count = text.utf8.count
      for offset in Set((0..<80).map { _ in random.below(count + 2) } + [0, count, count + 5]) {
        #expect(
          lines.position(at: offset) == whole.position(at: offset), "round \(round), byte \(offset)"
        )
      }
    }
  }

  @Test func reportsOfLargeFilesAreThoseOfOthers() throws {
    var random = SeededGenerator(seed: 12)
    let report = TextReport(width: 60)
    for round in 0..<40 {
      let text = random.text(of: Self.pieces, upTo: 60)
      let path = try write(text.utf8)
      let (large, whole) = (FileLines(largeFile: 0), FileLines())
      // Findings are made of whole characters and do not begin in the end of a line.
      let offsets = text.unicodeScalars.indices.filter {
        text.unicodeScalars[$0] != "\n" && text.unicodeScalars[$0] != "\r"
      }.map { text.utf8.distance(from: text.startIndex, to: $0) }
      guard !offsets.isEmpty else { continue }
      for _ in 0..<20 {
        let start = random.pick(offsets)
        let end = random.pick(offsets.filter { $0 >= start && $0 < start + 50 })
        let finding = Diagnostic(
          rule: "term-style", severity: .warning, message: "m",
          location: Location(file: path, range: start..<end), term: "t")
        #expect(report.text(finding, large) == report.text(finding, whole), "round \(round)")
        #expect(finding.json(large) == finding.json(whole))
        #expect(large.text(at: finding.location) == whole.text(at: finding.location))
        #expect(FindingKey(finding, large) == FindingKey(finding, whole))
      }
    }
  }

  @Test func lineOfMegabytesIsReadNearThePlaceAlone() throws {
    let path = try write(Array(repeating: UInt8(ascii: "x"), count: 3_000_000))
    let lines = try #require(LargeFileLines(path, least: 0))
    let near = lines.lines(around: 1_500_000..<1_500_004)
    #expect(near.text.utf8.count < 200_000)
    #expect(near.position(at: 1_500_000).column == 1_500_001)
    #expect(near.textRange(1_500_000..<1_500_004).count == 4)
  }

  @Test(arguments: [[0xC3, 0x28], [0x00], [0xE4, 0xB8]] as [[UInt8]])
  func whatIsNoUTF8HasNoSuchLines(bytes: [UInt8]) throws {
    let text = Array(repeating: UInt8(ascii: "x"), count: 2_000_000)
    for place in [0, (1 << 20) - 1, text.count] {
      let path = try write(text[..<place] + bytes + text[place...])
      #expect(LargeFileLines(path, least: 0) == nil)
    }
  }

  @Test func charactersMayLieAcrossWhatIsReadAtOnce() throws {
    for shift in 0..<3 {
      let text = String(repeating: "x", count: shift) + String(repeating: "园", count: 400_000)
      let lines = try #require(LargeFileLines(try write(text.utf8), least: 0))
      #expect(lines.position(at: text.utf8.count).column == shift + 400_001)
    }
  }

  @Test func fileThatHasBecomeShorterIsNoTrouble() throws {
    let path = try write(Array("line\n".utf8) + Array(repeating: UInt8(ascii: "x"), count: 20_000))
    let lines = try #require(LargeFileLines(path, least: 0))
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: 3)
    try handle.close()
    #expect(lines.position(at: 15_000).offset == 15_000)
    let near = lines.lines(around: 15_000..<15_010)
    #expect(near.text.utf8[near.textRange(15_000..<15_010)].isEmpty)
  }

  @Test func smallFilesAreHeld() throws {
    #expect(LargeFileLines(try write("x".utf8), least: 2) == nil)
    #expect(LargeFileLines(directory.path, least: 0) == nil)
    #expect(LargeFileLines(directory.path + "/none", least: 0) == nil)
  }
}
