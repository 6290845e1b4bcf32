import Foundation
import TestSupport
import Testing

@testable import Formats

@Suite struct CellNumberTests {
  @Test(arguments: [
    ("General", "1", "1"), ("General", "1.0", "1"), ("General", "0.10000000000000001", "0.1"),
    ("General", "1E-3", "0.001"), ("General", "-12.5", "-12.5"), ("General", "1e20", "1e+20"),
    ("General", "abc", "abc"), ("General", "", ""), ("General", "nan", "nan"), ("@", "5", "5"),
    ("0000", "7", "0007"), ("0.00", "2.345", "2.35"), ("0.00", "-0.001", "0.00"),
    ("0%", "0.5", "50%"),
    ("0.0%", "0.123", "12.3%"), ("#,##0", "1234", "1234"), ("0.00E+00", "12", "12"),
    ("yyyy-mm-dd", "45795", "2025-05-18"), ("yyyy\"年\"m\"月\"d\"日\"", "45795", "2025-05-18"),
    ("[$-409]d-mmm-yy;@", "45795", "2025-05-18"),
    ("yyyy-mm-dd hh:mm", "45795.5", "2025-05-18 12:00:00"),
    ("hh:mm:ss", "0.25", "06:00:00"), ("[h]:mm", "0.25", "06:00:00"), ("\"days\" 0", "3", "3"),
    ("yyyy", "1", "1900-01-01"), ("yyyy", "59", "1900-02-28"), ("yyyy", "61", "1900-03-01"),
    ("yyyy", "2958465", "9999-12-31"), ("yyyy", "2958466", "2958466"), ("yyyy", "-1", "-1"),
    ("0000000000000000000000", "1", "1"),
  ])
  func numbersAreShownByTheirFormat(code: String, value: String, shown: String) {
    #expect(CellNumber(code: code).shown(value, isFrom1904: false) == shown)
  }

  @Test func daysOf1904AreCountedFromThere() {
    let date = CellNumber(builtIn: 14)
    #expect(date.shown("0", isFrom1904: true) == "1904-01-01")
    #expect(date.shown("44333", isFrom1904: true) == date.shown("45795", isFrom1904: false))
  }

  @Test func everyDayIsThatOfFoundation() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<2000 {
      let day = 61 + generator.below(2_900_000)
      let date = Date(timeIntervalSince1970: Double(day - 25_569) * 86_400)
      let parts = calendar.dateComponents([.year, .month, .day], from: date)
      let numbers = [parts.year, parts.month, parts.day].map { $0 ?? 0 }
      let expected = String(format: "%04d-%02d-%02d", numbers[0], numbers[1], numbers[2])
      #expect(CellNumber(builtIn: 14).shown(String(day), isFrom1904: false) == expected)
    }
  }
}

@Suite struct CellReferenceTests {
  @Test(arguments: [
    ("A1", 0, 1), ("C5", 2, 5), ("$C$5", 2, 5), ("Z9", 25, 9), ("AA10", 26, 10),
    ("XFD1048576", 16_383, 1_048_576),
  ])
  func placesAreRead(name: String, column: Int, row: Int) {
    #expect(CellReference(name) == CellReference(column: column, row: row))
    #expect(CellReference(column: column, row: row).name == name.filter { $0 != "$" })
  }

  @Test(arguments: [
    "", "A", "1", "A0", "1A", "a1", "XFE1", "A1048577", "A1B", "A-1", "AAAAAAAAAA1",
  ])
  func whatIsNoPlaceIsNone(name: String) { #expect(CellReference(name) == nil) }
}

@Suite struct CellTextTests {
  @Test(arguments: [
    ("a_x000D_b", "a\rb"), ("_x005F_x000D_", "_x000D_"), ("_x4E2D_", "中"), ("_xD800_", "_xD800_"),
    ("_x00_", "_x00_"), ("_xZZZZ_", "_xZZZZ_"), ("_", "_"), ("a_b", "a_b"), ("_x000D", "_x000D"),
  ])
  func codesAreRead(written: String, text: String) { #expect(CellText.decoded(written) == text) }

  @Test func everyTextComesBack() {
    var generator = SeededGenerator(seed: 1)
    let pieces = [
      "_", "x", "0", "5", "F", "000D", "_x000D_", "\r", "\n", "\t", "\u{1}", "术", "\u{FFFF}", "é",
      "🀄",
    ]
    for _ in 0..<3000 {
      let text = generator.text(of: pieces, upTo: 12)
      #expect(CellText.decoded(CellText.encoded(text)) == text)
      #expect(!CellText.encoded(text).unicodeScalars.contains("\r"))
    }
  }
}
