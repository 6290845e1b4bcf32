import Bitext
import Foundation
import Testing

@testable import Project

@Suite struct PairFindingTests {
  private static let patterns: [(pattern: String, path: String, captures: [String]?)] = [
    ("docs/en/**", "docs/en/a/b.md", ["a/b.md"]),
    ("docs/*/a.md", "docs/zh/a.md", ["zh"]),
    ("docs/*/a.md", "docs/zh/x/a.md", nil),
    ("**/*.md", "a.md", ["", "a"]),
    ("**/*.md", "x/y/a.md", ["x/y", "a"]),
    ("a?.txt", "ab.txt", ["b"]),
    ("./docs/**", "docs/a.md", ["a.md"]),
    ("docs/", "docs/a.md", ["a.md"]),
    ("docs/**", "./docs/a.md", ["a.md"]),
    ("*.csv", "a/b.csv", nil),
  ]

  @Test(arguments: patterns.indices)
  func patternCapturesItsWildParts(index: Int) {
    let (pattern, path, captures) = Self.patterns[index]
    #expect(FilePattern(pattern).captures(in: path) == captures)
  }

  @Test func namesThatDifferInALanguagePartAlonePair() {
    let items = checkItems(
      ["a.en.md", "a.zh.md", "b.md", "en/c.md", "zh-CN/c.md", "m.tmx"], nil)
    #expect(
      items == [
        .pair(source: "a.en.md", target: "a.zh.md", isDirected: false), .document("b.md"),
        .pair(source: "en/c.md", target: "zh-CN/c.md", isDirected: false), .bilingual("m.tmx"),
      ])
  }

  @Test func twoEnglishFilesAreNoPair() {
    #expect(
      checkItems(["a.en.md", "a.en-GB.md"], nil) == [.document("a.en.md"), .document("a.en-GB.md")])
  }

  @Test func firstLanguageOfTheProjectIsTheSource() {
    var configuration = ProjectConfiguration(directory: ".")
    configuration.languages = [.simplifiedChinese, .english]
    #expect(
      checkItems(["a.en.md", "a.zh.md"], configuration)
        == [.pair(source: "a.zh.md", target: "a.en.md", isDirected: false)])
  }

  @Test func patternsOfTheProjectDecideFirst() throws {
    let directory = try TemporaryDirectory()
    let source = try directory.write("docs/original/a.md", "x")
    let target = try directory.write("docs/translated/a.md", "x")
    let lonely = try directory.write("docs/original/b.md", "x")
    var configuration = ProjectConfiguration(directory: directory.path)
    configuration.pairs = [.init(source: "docs/original/**", target: "docs/translated/**")]
    let pair = CheckItem.pair(source: source, target: target, isDirected: true)
    #expect(checkItems([source, lonely, target], configuration) == [pair, .document(lonely)])
    // One side is enough to find the other.
    #expect(checkItems([target], configuration) == [pair])
  }

  @Test func directoriesAreSearchedAndHiddenOrIgnoredFilesLeftAlone() throws {
    let directory = try TemporaryDirectory()
    for name in ["a.md", "b.txt", "c.bin", ".hidden.md", "sub/d.md", "drafts/e.md"] {
      try directory.write(name, "x")
    }
    let search = FileSearch(endings: ["md", "txt"], ignored: ["drafts"])
    let found = try search.files([directory.path]).map {
      String($0.dropFirst(directory.path.count + 1))
    }
    #expect(found == ["a.md", "b.txt", "sub/d.md"])
  }

  @Test func nothingFoundIsTrouble() throws {
    let directory = try TemporaryDirectory()
    let search = FileSearch(endings: ["md"])
    #expect(throws: Trouble.self) { try search.files([directory.path]) }
    #expect(throws: Trouble.self) { try search.files([directory.path + "/*.md"]) }
  }

  @Test func misspeltWordFindsItsNeighbour() {
    #expect(nearestWord(to: "langauges", among: ["languages", "store"]) == "languages")
    #expect(nearestWord(to: "colour", among: ["languages", "store"]) == nil)
  }
}
