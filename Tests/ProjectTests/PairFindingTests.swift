import Bitext
import Foundation
import TestSupport
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

  @Test func patternThatFitsNoFileIsTroubleAndLonelySourcesAreSaid() throws {
    let directory = try TemporaryDirectory()
    let files = try ["en/a.md", "en/b.md", "en/c.md", "zh/a.md"].map {
      try directory.write($0, "x")
    }
    try directory.write("pictures/x.png", "x")
    var configuration = ProjectConfiguration(directory: directory.path)
    configuration.pairs = [
      .init(source: "en/**", target: "zh/**"), .init(source: "eng/**", target: "zh/**"),
      .init(source: "pictures/**", target: "zh/**"),
    ]
    configuration.pairLines = [2, 3, 4]
    let (troubles, warnings) = pairProblems(files, configuration)
    #expect(troubles.map(\.line) == [3])
    #expect(troubles.first?.message.contains("'eng/**'") == true)
    #expect(troubles.first?.file == directory.path + "/concord.yml")
    #expect(warnings.map(\.line) == [2])
    #expect(warnings.first?.message.hasPrefix("2 files have no counterpart") == true)
    #expect(warnings.first?.message.contains(directory.path + "/zh/b.md") == true)
  }

  @Test(arguments: 1...300)
  func patternFitsWhatTheOracleSays(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let pattern = random.text(of: ["a", "b", "*", "**", "?", "/", "/", "**/"], upTo: 8)
    let path = random.text(of: ["a", "b", "ab", "/"], upTo: 9)
    let parts = (pattern.hasSuffix("/") ? pattern + "**" : pattern).split(separator: "/")
    let fits = Self.fits(
      parts.map(String.init)[...], path.split(separator: "/").map(String.init)[...])
    #expect(FilePattern(pattern).matches(path) == fits, "\(pattern) \(path)")
    let captures = FilePattern(pattern).captures(in: path)
    #expect((captures != nil) == fits)
    guard let captures else { return }
    // What the wild parts stand for, put in their places, is the path again.
    var rest = captures[...]
    let made = parts.map { part in
      part == "**"
        ? rest.removeFirst()
        : part.map { $0 == "*" || $0 == "?" ? rest.removeFirst() : String($0) }.joined()
    }
    #expect(
      made.filter { !$0.isEmpty }.joined(separator: "/")
        == path.split(separator: "/").joined(separator: "/"))
    #expect(rest.isEmpty)
  }

  /// Tries everything.
  private static func fits(_ parts: ArraySlice<String>, _ pieces: ArraySlice<String>) -> Bool {
    guard let part = parts.first else { return pieces.isEmpty }
    if part == "**" {
      return (0...pieces.count).map { fits(parts.dropFirst(), pieces.dropFirst($0)) }.contains(true)
    }
    guard let piece = pieces.first, fits(Array(part)[...], Array(piece)[...]) else { return false }
    return fits(parts.dropFirst(), pieces.dropFirst())
  }

  private static func fits(
    _ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>
  ) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "*" {
      return (0...text.count).map { fits(pattern.dropFirst(), text.dropFirst($0)) }.contains(true)
    }
    guard let own = text.first, first == "?" || first == own else { return false }
    return fits(pattern.dropFirst(), text.dropFirst())
  }

  @Test func patternOfManyStarsTakesNoLonger() {
    let pattern = FilePattern(String(repeating: "**/*a*a*a*a/", count: 20) + "x")
    let path = String(repeating: String(repeating: "a", count: 200) + "/", count: 40) + "y"
    #expect(pattern.captures(in: path) == nil)
  }

  @Test func misspeltWordFindsItsNeighbour() {
    #expect(nearestWord(to: "langauges", among: ["languages", "store"]) == "languages")
    #expect(nearestWord(to: "colour", among: ["languages", "store"]) == nil)
  }
}
