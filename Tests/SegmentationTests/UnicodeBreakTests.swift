import TestSupport
import Testing

@testable import Segmentation

/// The conformance tests of Unicode 15, which ICU 72 implements, from Debian's `unicode-data`.
@Suite struct UnicodeBreakTests {
  private static let folder = "/usr/share/unicode/auxiliary/"

  private static func isPresent(_ name: String) -> Bool {
    let start = TestData.bytes(folder + name + ".txt").prefix(60)
    return String(decoding: start, as: UTF8.self).hasPrefix("# \(name)-15.0.0.txt")
  }

  /// A line such as `÷ 0061 × 0308 ÷ 0020 ÷`.
  private struct Case {
    var points: String
    var utf8: [UInt8] = []
    var boundaries: [Int] = []

    init?(_ line: Substring) {
      let fields = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }
      guard !fields.isEmpty else { return nil }
      points = fields.filter { $0 != "÷" && $0 != "×" }.joined(separator: " ")
      for field in fields {
        if field == "÷" {
          if !utf8.isEmpty { boundaries.append(utf8.count) }
        } else if let value = UInt32(field, radix: 16), let scalar = Unicode.Scalar(value) {
          utf8 += Array(String(scalar).utf8)
        }
      }
    }
  }

  /// The lines whose boundaries are not the iterator's.
  private func differences(
    _ name: String, _ kind: BreakIterator.Kind, _ engine: BreakIterator.Engine
  ) throws -> [String] {
    let text = String(decoding: TestData.bytes(Self.folder + name + ".txt"), as: UTF8.self)
    let cases = text.split(separator: "\n").compactMap(Case.init)
    #expect(cases.count > 500)
    let iterator = try BreakIterator(kind, locale: "root", engine: engine)
    return cases.filter { $0.boundaries != iterator.boundaries(of: $0.utf8).map(\.offset) }
      .map(\.points)
  }

  /// ICU 72's rules take the colon out of MidLetter but for Finnish and Swedish: these lines, and
  /// no others, have a letter behind the colon that Unicode 15 joins.
  private static let colons = [
    "0061 003A 0041", "0061 003A 0308 0041", "0061 003A 05D0", "0061 003A 0308 05D0",
    "0061 003A 0061 2060", "0061 003A 0308 0061 2060", "0061 003A 0061 003A",
    "0061 003A 0308 0061 003A", "0061 003A 0061 0027", "0061 003A 0308 0061 0027",
    "0061 003A 0061 0027 2060", "0061 003A 0308 0061 0027 2060", "0061 003A 0061 002C",
    "0061 003A 0308 0061 002C", "0041 003A 0041",
  ]

  @Test(
    .enabled(
      if: isPresent("WordBreakTest"), "needs Unicode 15's tests (Scripts/bootstrap --judges)"),
    arguments: [BreakIterator.Engine.own, .icu])
  func words(_ engine: BreakIterator.Engine) throws {
    #expect(try differences("WordBreakTest", .word, engine) == Self.colons)
  }

  @Test(
    .enabled(
      if: isPresent("SentenceBreakTest"), "needs Unicode 15's tests (Scripts/bootstrap --judges)"),
    arguments: [BreakIterator.Engine.own, .icu])
  func sentences(_ engine: BreakIterator.Engine) throws {
    #expect(try differences("SentenceBreakTest", .sentence, engine) == [])
  }

  @Test(
    .enabled(
      if: isPresent("GraphemeBreakTest"), "needs Unicode 15's tests (Scripts/bootstrap --judges)"),
    arguments: [BreakIterator.Engine.own, .icu])
  func graphemes(_ engine: BreakIterator.Engine) throws {
    #expect(try differences("GraphemeBreakTest", .grapheme, engine) == [])
  }
}

extension BreakIterator {
  func boundaries(of utf8: [UInt8]) -> [Boundary] {
    var boundaries: [Boundary] = []
    forEachBatch(of: utf8.span) { batch in
      for index in batch.indices { boundaries.append(batch[index]) }
    }
    return boundaries
  }
}
