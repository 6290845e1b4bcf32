import Bitext
import Checking
import Foundation
import Testing

@testable import Project

/// A directory of its own, gone when the test ends.
final class TemporaryDirectory {
  let url: URL
  var path: String { url.path }

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }
}

@Suite struct ConfigurationTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func read(_ text: String) throws -> ProjectConfiguration {
    try ProjectConfiguration.read(directory.write("concord.yml", text))
  }

  @Test func readsEveryKey() throws {
    let configuration = try read(
      """
      languages: [en, zh-Hans]
      store: terms.sqlite
      glossaries: [Glossary/*.csv]
      pairs:
        - {source: docs/en/**, target: docs/zh/**}
      ignore: [drafts/**]
      rules:
        term-style: {severity: info}
        missing-term: off
      """)
    #expect(configuration.languages.map(\.description) == ["en", "zh-Hans"])
    #expect(configuration.store == "terms.sqlite")
    #expect(configuration.glossaries == ["Glossary/*.csv"])
    #expect(configuration.pairs == [.init(source: "docs/en/**", target: "docs/zh/**")])
    #expect(configuration.ignored == ["drafts/**"])
    #expect(configuration.rules[.termStyle] == .info)
    #expect(configuration.rules[.missingTerm] == nil)
    #expect(configuration.rules[.forbiddenTerm] == .error)
  }

  @Test func emptyFileIsADefaultProject() throws {
    #expect(try read("").store == ".concord/store.sqlite")
    #expect(try read("# nothing\n").languages.isEmpty)
  }

  @Test func ruleMayDifferFromPathToPath() throws {
    let configuration = try read(
      """
      rules:
        missing-term: {severity: warning, paths: docs/blog/**}
        term-style:
          - info
          - {severity: error, paths: [docs/legal/**, "*.md"]}
          - {severity: off, paths: docs/legal/old/**}
        forbidden-term:
          - {severity: off, paths: docs/**}
          - error
      """)
    let rules = configuration.rules
    func severity(_ rule: RuleName, _ file: String) -> Severity? {
      rules.severity(of: rule, in: configuration.resolve(file))
    }
    #expect(severity(.missingTerm, "docs/blog/x/a.md") == .warning)
    #expect(severity(.missingTerm, "docs/a.md") == .error)
    // The last entry that fits counts, whatever stands before it.
    #expect(severity(.termStyle, "docs/a.md") == .info)
    #expect(severity(.termStyle, "docs/legal/a.md") == .error)
    #expect(severity(.termStyle, "a.md") == .error)
    #expect(severity(.termStyle, "docs/legal/old/a.md") == nil)
    #expect(severity(.forbiddenTerm, "docs/a.md") == .error)
    #expect(rules.isOn(.termStyle))
  }

  @Test func pairsKnowTheirLinesAndTermsThatOnlyWarnAreRead() throws {
    let configuration = try read(
      "pairs:\n  - {source: a/**, target: b/**}\n  - source: c/**\n    target: d/**\n"
        + "warn-only: [金凤凰, list.txt]\n")
    #expect(configuration.pairLines == [2, 3])
    #expect(configuration.warnOnly == ["金凤凰", "list.txt"])
  }

  private static let mistakes: [(yaml: String, line: Int, message: String)] = [
    ("langauges: [en]", 1, "did you mean 'languages'"),
    ("store: a\nrules:\n  mising-term: off", 3, "did you mean 'missing-term'"),
    ("languages: [english language]", 1, "no language tag"),
    ("rules: {term-style: {severity: loud}}", 1, "not error, warning, info or off"),
    ("pairs: [{source: a}]", 1, "a source and a target"),
    ("languages: {en: 1}", 1, "expected a list"),
    ("languages: [en", 1, "not YAML"),
    ("- en", 1, "key: value"),
    ("warn-onyl: [x]", 1, "did you mean 'warn-only'"),
    ("warn-only: {x: y}", 1, "expected a list"),
    ("rules:\n  term-style:\n    - {severty: info}", 3, "did you mean 'severity'"),
    ("rules:\n  term-style:\n    - {paths: a/**}", 3, "needs its severity"),
    ("rules:\n  term-style: {severity: info, paths: {a: b}}", 2, "expected a list"),
    ("rules:\n  term-style: [info, loud]", 2, "not error, warning, info or off"),
    ("rules: [term-style]", 1, "key: value"),
  ]

  @Test(arguments: mistakes.indices)
  func mistakeIsNamedWithItsLine(index: Int) {
    let (yaml, line, message) = Self.mistakes[index]
    #expect { try read(yaml) } throws: { error in
      guard let trouble = error as? Trouble else { return false }
      return trouble.message.contains(message) && (trouble.line ?? 0) >= line
        && trouble.file?.hasSuffix("concord.yml") == true
    }
  }

  @Test func nearestFileUpwardsCounts() throws {
    try directory.write("concord.yml", "store: outer.sqlite")
    try directory.write("a/concord.yml", "store: inner.sqlite")
    try directory.write("a/b/c.md", "")
    let inner = try ProjectConfiguration.find(from: directory.path + "/a/b")
    #expect(inner?.store == "inner.sqlite")
    #expect(inner?.resolve("x.csv") == directory.path + "/a/x.csv")
    #expect(try ProjectConfiguration.find(from: directory.path)?.store == "outer.sqlite")
  }
}
