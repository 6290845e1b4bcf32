import Bitext
import Foundation
import Segmentation
import Store
import TestSupport
import Testing

@testable import Project

/// The leverage of random files against a naive count.
@Suite struct AnalyzeFlowTests {
  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  private static let words = ["gate ", "Gate ", "opens ", "closes ", "the ", "new ", "at ", "9 "]

  /// The table that all cells of Levenshtein's matrix give.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var row = Array(0...right.count)
    for (index, scalar) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in right.enumerated() {
        let cell = min(
          row[column] + 1, row[column + 1] + 1, diagonal + (scalar == other ? 0 : 1))
        diagonal = row[column + 1]
        row[column + 1] = cell
      }
    }
    return row[right.count]
  }

  private static func key(_ text: String) -> String {
    String(decoding: MatchKey(text).bytes, as: UTF8.self)
  }

  private static func similarity(_ left: String, _ right: String) -> Double {
    let (left, right) = (Array(key(left).unicodeScalars), Array(key(right).unicodeScalars))
    return 1 - Double(distance(left, right)) / Double(max(left.count, right.count))
  }

  /// The band by the words of the documentation, one rule after the other.
  private static func band(
    of index: Int, in file: [String], after files: [[String]], memory: [TranslationUnit]
  ) -> LeverageBand {
    let text = file[index]
    let exact = memory.filter { key($0.source) == key(text) }
    let isInContext = exact.contains { unit in
      (index == 0 || unit.previous.map(key) == key(file[index - 1]))
        && (index == file.count - 1 || unit.next.map(key) == key(file[index + 1]))
    }
    if isInContext, file.count > 1 { return .context }
    if !exact.isEmpty { return .exact }
    if file[..<index].map(key).contains(key(text)) { return .repetition }
    if files.joined().map(key).contains(key(text)) { return .crossFileRepetition }
    let best = memory.map { similarity($0.source, text) }.max() ?? 0
    return switch best {
    case 0.95...: .fuzzy95
    case 0.85...: .fuzzy85
    case 0.75...: .fuzzy75
    case 0.5...: .fuzzy50
    default: .new
    }
  }

  @Test(arguments: 0..<6)
  func everyTableIsWhatANaiveCountGives(seed: Int) throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    var random = SeededGenerator(seed: UInt64(seed))
    func sentence() -> String {
      random.text(of: Self.words, upTo: 1 + random.below(8)).trimmingCharacters(in: .whitespaces)
    }
    let old = (0..<40).map { _ in sentence() }
    let units = old.indices.map { index in
      TranslationUnit(
        sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: old[index],
        target: "译文\(index)", previous: index > 0 ? old[index - 1] : nil,
        next: index + 1 < old.count ? old[index + 1] : nil)
    }
    let store = try ConcordStore(
      path: directory.appendingPathComponent("store.sqlite").path, access: .create)
    _ = try store.save(units, by: Change(date: "2026-05-18T09:00:00Z"))
    var memory: [TranslationUnit] = []
    try store.forEachUnit { memory.append($0) }
    var flow = try AnalyzeFlow(
      store: store, options: AnalyzeOptions(source: .english, target: .simplifiedChinese),
      reading: DocumentReading(isSegmented: true, chinese: .simplifiedChinese))
    var files: [[String]] = []
    for number in 0..<3 {
      let start = random.below(30)
      let lines = (0..<30).map { _ in sentence() } + old[start..<start + 5] + [sentence()]
      let path = directory.appendingPathComponent("\(number).txt").path
      try lines.joined(separator: "\n").write(toFile: path, atomically: false, encoding: .utf8)
      let table = try flow.analyze(path) { Issue.record("\($0.description)") }
      var naive = LeverageTable(file: path)
      naive.language = .english
      for index in lines.indices {
        naive.count(
          TextVolume(of: lines[index]),
          as: Self.band(of: index, in: lines, after: files, memory: memory))
      }
      #expect(table == naive)
      files.append(lines)
    }
  }
}
