import Bitext
import Foundation
import TestSupport
import Testing

@testable import Project

/// Git itself, as the judge of what it leaves alone.
private enum Git {
  static let program = ["/usr/bin/git", "/usr/local/bin/git", "/opt/homebrew/bin/git"]
    .first(where: FileManager.default.isExecutableFile)

  /// Runs git in a directory and returns what it printed.
  @discardableResult
  static func run(_ arguments: [String], in directory: URL, input: String = "") throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(program))
    process.arguments = arguments
    process.currentDirectoryURL = directory
    // No setting of this machine's user may have a say.
    process.environment = [
      "HOME": directory.path, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
    ]
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: place) }
    try Data(input.utf8).write(to: place)
    let output = Pipe()
    process.standardInput = try FileHandle(forReadingFrom: place)
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}

@Suite struct GitIgnoreTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func found(
    in folder: String = "", ignored: [String] = [], usesGit: Bool = true
  ) throws -> [String] {
    let start = folder.isEmpty ? directory.path : directory.path + "/" + folder
    return try FileSearch(endings: ["md"], ignored: ignored, usesGitIgnore: usesGit)
      .search(start).map { String($0.dropFirst(directory.path.count + 1)) }
  }

  /// A line, a path, whether the path is a directory, whether the line fits.
  private static let lines: [(line: String, path: String, isDirectory: Bool, fits: Bool)] = [
    ("a.md", "a.md", false, true),
    ("a.md", "x/y/a.md", false, true),
    ("/a.md", "x/a.md", false, false),
    ("x/a.md", "x/a.md", false, true),
    ("x/a.md", "y/x/a.md", false, false),
    ("build/", "build", true, true),
    ("build/", "build", false, false),
    ("*.md", "x/a.md", false, true),
    ("x/*.md", "x/y/a.md", false, false),
    ("**/y/a.md", "x/y/a.md", false, true),
    ("**/y/a.md", "y/a.md", false, true),
    ("x/**", "x/y/a.md", false, true),
    ("x/**", "x", true, false),
    ("x/**/a.md", "x/a.md", false, true),
    ("x/**/a.md", "x/y/z/a.md", false, true),
    ("x/**/a.md", "xy/a.md", false, false),
    ("a**b", "axxb", false, true),
    ("[a-c].md", "b.md", false, true),
    ("[!a-c].md", "b.md", false, false),
    ("[[:digit:]].md", "7.md", false, true),
    ("[]x].md", "].md", false, true),
    ("[a.md", "[a.md", false, false),
    ("\\#a.md", "#a.md", false, true),
    ("\\!a.md", "!a.md", false, true),
    ("a.md   ", "a.md", false, true),
    ("a\\ ", "a ", false, true),
    ("\\*.md", "a.md", false, false),
    ("\\*.md", "*.md", false, true),
    ("?.md", "中.md", false, false),
    ("中*.md", "中文.md", false, true),
  ]

  @Test(arguments: lines.indices)
  func lineFitsWhatGitSays(index: Int) throws {
    let (line, path, isDirectory, fits) = Self.lines[index]
    let pattern = try #require(GitIgnorePattern(Array(line.utf8)[...]))
    let bytes = Array(path.utf8)
    let name = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let isFit =
      pattern.matches(bytes[...], name: name) && (isDirectory || !pattern.needsDirectory)
    #expect(isFit == fits)
  }

  @Test(arguments: ["", "#a.md", "   ", "!", "/", "!/"])
  func lineThatSaysNothingIsNoPattern(line: String) {
    #expect(GitIgnorePattern(Array(line.utf8)[...]) == nil)
  }

  @Test func filesFromTheRootDownCountAndTheNearestDecides() throws {
    try directory.write(".git/HEAD", "ref: refs/heads/main\n")
    try directory.write(".git/info/exclude", "secret.md\nkept.md\n")
    try directory.write(".gitignore", "\u{FEFF}draft*.md\r\n/build/\n!kept.md\n")
    try directory.write("docs/.gitignore", "!draft-2.md\n")
    for name in [
      "a.md", "kept.md", "build/b.md", "docs/draft-1.md", "docs/draft-2.md", "docs/secret.md",
      "docs/build/c.md",
    ] {
      try directory.write(name, "x")
    }
    let all = ["a.md", "docs/build/c.md", "docs/draft-2.md", "kept.md"]
    #expect(try found() == all)
    // Where the search starts changes nothing, but a directory that was named is searched.
    #expect(try found(in: "docs") == ["docs/build/c.md", "docs/draft-2.md"])
    #expect(try found(in: "build") == ["build/b.md"])
    #expect(try found(usesGit: false).count == 7)
  }

  @Test func repositoryWithinAnotherAsksItsOwnFilesAlone() throws {
    try directory.write(".git/HEAD", "ref: refs/heads/main\n")
    try directory.write(".gitignore", "a.md\n")
    try directory.write("a.md", "x")
    try directory.write("module/.git/info/exclude", "b.md\n")
    for name in ["module/a.md", "module/b.md"] { try directory.write(name, "x") }
    #expect(try found() == ["module/a.md"])
  }

  @Test func secondWorkingTreeSharesTheExcludes() throws {
    try directory.write("main/.git/info/exclude", "b.md\n")
    try directory.write("main/.git/worktrees/tree/commondir", "../..\n")
    try directory.write(
      "tree/.git", "gitdir: \(directory.path)/main/.git/worktrees/tree\n")
    for name in ["tree/a.md", "tree/b.md"] { try directory.write(name, "x") }
    #expect(try found(in: "tree") == ["tree/a.md"])
  }

  @Test func whatWasNamedIsTakenAndWhatWasLeftOutIsSaid() throws {
    try directory.write(".gitignore", "*.md\n")
    let file = try directory.write("a.md", "x")
    let search = FileSearch(endings: ["md"])
    #expect(try search.files([file]) == [file])
    #expect(try search.files([directory.path + "/*.md"]) == [file])
    #expect {
      try search.files([directory.path])
    } throws: { error in
      "\(error)".contains("--no-ignore")
    }
  }

  @Test func pathsOfTheProjectAreIgnoredFromItsFolder() throws {
    for name in ["a.md", "old/b.md", "docs/old/c.md"] { try directory.write(name, "x") }
    var configuration = ProjectConfiguration(directory: directory.path)
    configuration.ignored = ["docs/old/**"]
    #expect(try found(ignored: configuration.ignoredPaths) == ["a.md", "old/b.md"])
    configuration.ignored = ["old"]
    #expect(try found(ignored: configuration.ignoredPaths) == ["a.md"])
  }

  @Test(
    .enabled(if: Git.program != nil, "git is not installed: nobody can judge"), arguments: 1...24)
  func searchFindsWhatGitDoesNotIgnore(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    try Git.run(["init", "--quiet"], in: directory.url)
    let files = try plantTree(&random)
    let answer = try Git.run(
      ["check-ignore", "--no-index", "-z", "--stdin"], in: directory.url,
      input: files.map { $0 + "\u{0}" }.joined())
    let ignored = Set(answer.split(separator: "\u{0}").map(String.init))
    let expected = files.filter { !ignored.contains($0) }.sorted()
    #expect(try found().sorted() == expected)
  }

  private static let names = ["a", "b", "ab", "a b", "[a]", "中文", "b.x", "build", "#c", "!d"]
  private static let pieces = [
    "a", "b", "ab", "*", "**", "?", "/", "/", "[ab]", "[!a]", "[^b-z]", "[[:alpha:]]", ".md", ".md",
    "*.md", "**/", "/**", "/**/", "\\", "\\ ", " ", "[", "]", "中", "build", "!", "#", ".x",
  ]

  /// Writes a tree of files, with `.gitignore` files among them, and returns their paths.
  private func plantTree(_ random: inout SeededGenerator) throws -> [String] {
    var folders = [""]
    for _ in 0..<random.below(8) {
      folders.append(random.pick(folders) + random.pick(Self.names) + "/")
    }
    var files: Set<String> = []
    for folder in folders {
      for _ in 0..<1 + random.below(7) { files.insert(folder + random.pick(Self.names) + ".md") }
    }
    let paths = files.sorted()
    for folder in folders where folder.isEmpty || random.once(in: 3) {
      try directory.write(folder + ".gitignore", ignoreFile(&random, near: paths))
    }
    try directory.write(".git/info/exclude", ignoreFile(&random, near: paths))
    for file in paths { try directory.write(file, "x") }
    return paths
  }

  private func ignoreFile(_ random: inout SeededGenerator, near paths: [String]) -> String {
    (0..<1 + random.below(5)).map { _ in
      let pattern =
        random.once(in: 2)
        ? random.text(of: Self.pieces, upTo: 5) : line(near: random.pick(paths), &random)
      return (random.once(in: 3) ? "!" : "") + pattern + (random.once(in: 4) ? "/" : "")
        + (random.once(in: 8) ? "\r" : "") + "\n"
    }.joined()
  }

  /// A pattern made of a path that is there, so that it has a chance to fit.
  private func line(near path: String, _ random: inout SeededGenerator) -> String {
    var parts = path.split(separator: "/").map(String.init)
    parts.removeFirst(random.below(parts.count))
    if parts.count > 1, random.once(in: 2) { parts.removeLast() }
    let place = random.below(parts.count)
    switch random.below(4) {
    case 0: parts[place] = random.pick(["*", "**", "?", "[a-c]*", "*.md"])
    case 1: parts.insert("**", at: place)
    case 2: parts[place] += "*"
    default: break
    }
    return (random.once(in: 3) ? "/" : "") + parts.joined(separator: "/")
  }
}
