import Bitext
import Checking
import Documents
import Foundation
import Segmentation
import TestSupport
import Testing

@testable import Project

/// Large documents, which are checked part by part, against the same documents as a whole.
@Suite struct CheckInPartsTests {
  let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  static let termbase = Termbase(concepts: [
    Concept(
      id: "phoenix",
      terms: [
        Term("Golden Phoenix", language: .english, status: .preferred),
        Term("Phoenix Award", language: .english, status: .admitted),
        Term("gold bird", language: .english, status: .forbidden),
        Term("金凤凰", language: .simplifiedChinese, status: .preferred),
      ])
  ])

  static let english = [
    "The Golden Phoenix is awarded.\n\n", "the golden phoenix was there. ", "A gold bird flew.\n\n",
    "The Phoenix Award was given.\n", "The award of 金凤凰 people.\n\n", "# Golden phoenix\n\n",
    "- Gold bird\n", "`gold bird`\n\n", "Plain words.\n\n", "Other plain words stand here.\n\n",
    "<!-- concord-disable-next-line forbidden-term -- quoted -->\n\n",
    "<!-- concord-disable term-style -- many -->\n\n", "<!-- concord-enable term-style -->\n\n",
    "Some gold bird. <!-- concord-disable-line -- so -->\n\n",
  ]
  static let chinese = [
    "园区明年开工。\n\n", "這個園區明年開工。\n\n", "金凤凰今年评选。\n\n", "Golden Phoenix 今年评选。\n\n",
    "図書の対応\n\n", "皇后在公里碑前。\n\n", "檔案。\n\n",
  ]

  private func flow(_ language: LanguageTag) throws -> CheckFlow {
    let reading = DocumentReading(isSegmented: false, chinese: .simplifiedChinese)
    return try CheckFlow(
      termbase: Self.termbase, settings: RuleSettings(), includesProposed: false,
      aligner: try PairAligner(source: reading, target: reading, usesCache: false),
      reading: reading, languages: (language, nil))
  }

  private func compare(
    _ pieces: [String], _ language: LanguageTag, _ name: String, seed: UInt64
  ) throws -> Int {
    var random = SeededGenerator(seed: seed)
    let whole = try flow(language)
    var parted = whole
    var count = 0
    for round in 0..<40 {
      let path = directory.appendingPathComponent(name).path
      let text = (0..<10 + random.below(60)).map { _ in random.pick(pieces) }.joined()
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      parted.partSizes = DocumentReader.PartSizes(file: 0, part: 20 + random.below(300))
      let found = parted.run([.document(path)])
      let expected = whole.run([.document(path)])
      #expect(found.diagnostics == expected.diagnostics, "round \(round)")
      #expect(found.warnings.map(\.message) == expected.warnings.map(\.message), "round \(round)")
      #expect(found.troubles == expected.troubles)
      #expect(
        found.diagnostics.map { $0.json(found.lines) }
          == expected.diagnostics.map { $0.json(expected.lines) })
      count += found.diagnostics.count
    }
    return count
  }

  @Test func findingsOfMarkdownDoNotDependOnTheParts() throws {
    #expect(try compare(Self.english, .english, "a.md", seed: 21) > 300)
  }

  @Test func findingsOfPlainTextDoNotDependOnTheParts() throws {
    #expect(try compare(Self.english, .english, "a.txt", seed: 22) > 300)
  }

  @Test func scriptOfATextIsJudgedAsAWhole() throws {
    #expect(try compare(Self.chinese, .simplifiedChinese, "a.txt", seed: 23) > 100)
    let mostlyTraditional = Array(repeating: Self.chinese[1], count: 12) + [Self.chinese[0]]
    #expect(try compare(mostlyTraditional, .simplifiedChinese, "b.md", seed: 24) >= 40)
  }

  @Test func documentWithoutTextIsNamedOnce() throws {
    #expect(try compare(["\n", "    \n"], .english, "a.md", seed: 25) == 0)
  }
}
