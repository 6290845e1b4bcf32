import Foundation
import Segmentation
import Testing

/// The numbers of human translations against those of their sources: nearly all must find their
/// counterpart, else a check of numbers would be a nuisance.
@Suite struct NumberTranslationTests {
  private static let reports: URL? = {
    let environment = ProcessInfo.processInfo.environment["CONCORD_DATA"]
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let folder = environment.map { URL(fileURLWithPath: $0) } ?? root.appending(path: "shared/data")
    let reports = folder.appending(path: "terms/hkma")
    let isThere = FileManager.default.fileExists(atPath: reports.appending(path: "2016.pzh").path)
    return isThere ? reports : nil
  }()

  private func lines(_ name: String) throws -> [[UInt8]] {
    guard let folder = Self.reports else { return [] }
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
  }

  private func ends(_ bytes: [UInt8]) -> [RecognizedNumber] {
    NumberRecognizer().numbers(in: bytes.span).flatMap(\.ends)
  }

  /// Whether all numbers but small ones in words have a counterpart on the other side.
  private func isQuiet(_ left: [RecognizedNumber], _ right: [RecognizedNumber]) -> Bool {
    left.allSatisfy { number in
      number.isSmallWord || number.kind == .name || right.contains { $0.agrees(with: number) }
    }
  }

  /// Measured: 93.7, 95.9 and 94.2 %. What is left is mostly footnote marks that the
  /// text holds as digits, years that one side leaves away, and misprints.
  @Test(
    .enabled(if: reports != nil, "needs terms/hkma in the test data (CONCORD_DATA)"),
    arguments: ["2015", "2016", "2017"])
  func nearlyAllNumbersOfTranslatedReportsAgree(_ year: String) throws {
    var paragraphs = 0
    var quiet = 0
    for (chinese, english) in zip(try lines("\(year).pzh"), try lines("\(year).pen"))
    where !chinese.isEmpty && !english.isEmpty && (chinese + english).contains(where: isDigit) {
      let (left, right) = (ends(chinese), ends(english))
      paragraphs += 1
      if isQuiet(left, right), isQuiet(right, left) { quiet += 1 }
    }
    #expect(paragraphs > 150)
    #expect(Double(quiet) >= 0.92 * Double(paragraphs), "\(quiet) of \(paragraphs)")
  }

  private func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
}
