public import Bitext
internal import Documents
internal import Formats

/// Finds the files that a command is to work on.
public struct FileSearch: Sendable {
  /// The endings that count in a directory.
  private let endings: Set<String>
  private let ignored: [FilePattern]
  private let usesGitIgnore: Bool

  /// Documents and bilingual files, as `check`, `lookup` and `extract` read them.
  public static let documentEndings = DocumentReader.endings.union(BilingualFile.endings)
    .union(KeyedDocument.endings)

  /// - Parameters:
  ///   - endings: of the files that count in a directory.
  ///   - ignored: patterns of paths, and of names at any depth, that are left alone.
  ///   - usesGitIgnore: whether directories are searched without what `.gitignore` names. Files
  ///     and patterns that were named are taken in any case.
  public init(endings: Set<String>, ignored: [String] = [], usesGitIgnore: Bool = true) {
    self.endings = endings
    self.ignored = ignored.map { FilePattern($0) }
    self.usesGitIgnore = usesGitIgnore
  }

  /// The files behind some arguments: directories are searched, patterns expanded, names taken as
  /// they are.
  ///
  /// - Throws: `Trouble` for a pattern or directory without any file that counts.
  public func files(_ arguments: [String]) throws(Trouble) -> [String] {
    var found: [String] = []
    var seen: Set<String> = []
    func add(_ path: String) { if seen.insert(path).inserted { found.append(path) } }
    for argument in arguments {
      if argument != "-", Files.kind(of: argument) == .directory {
        let walk = try walk(through: argument)
        guard !walk.found.isEmpty else { throw nothing(in: argument, walk) }
        walk.found.forEach(add)
      } else if FilePattern.isWild(argument), Files.kind(of: argument) == nil {
        let files = try expand(argument)
        guard !files.isEmpty else { throw Trouble("matches no file", file: argument) }
        files.forEach(add)
      } else {
        add(argument)
      }
    }
    return found
  }

  private func nothing(in directory: String, _ walk: Walk) -> Trouble {
    let known = endings.sorted().joined(separator: ", ")
    let advice = walk.leavesOut ? "; what .gitignore names is taken with --no-ignore" : ""
    return Trouble(
      "holds no file to work on: the endings \(known) count\(advice)", file: directory)
  }

  /// All files below a directory that count, in the order of their paths.
  public func search(_ directory: String) throws(Trouble) -> [String] {
    try walk(through: directory).found
  }

  private func walk(through directory: String) throws(Trouble) -> Walk {
    var walk = Walk()
    let rules = usesGitIgnore ? GitIgnore(from: directory) : nil
    try self.walk(directory, "", rules, into: &walk) { path in
      // Of the many files in JSON and YAML those are messages that name a language.
      self.endings.contains(Files.ending(of: path))
        && (!KeyedDocument.hasKeyedEnding(path) || KeyedDocument.isKeyed(path))
    }
    return walk
  }

  /// The files that a pattern fits.
  public func expand(_ pattern: String) throws(Trouble) -> [String] {
    // Only the part before the first wild one needs to be there.
    var start = ""
    for part in pattern.split(separator: "/", omittingEmptySubsequences: false) {
      if FilePattern.isWild(String(part)) { break }
      start += part + "/"
    }
    let directory = start.isEmpty ? "." : start == "/" ? "/" : String(start.dropLast())
    guard Files.kind(of: directory) == .directory else { return [] }
    let filter = FilePattern(pattern)
    var walk = Walk()
    try self.walk(directory, "", nil, into: &walk) { filter.matches($0) }
    return walk.found
  }

  /// What a walk through directories came to.
  private struct Walk {
    var found: [String] = []
    /// Whether anything was left out for git's sake.
    var leavesOut = false
    var depth = 0
  }

  /// Deeper than this a tree is taken for a circle of links.
  private static let deepest = 64

  private func walk(
    _ directory: String, _ name: String, _ rules: GitIgnore?, into walk: inout Walk,
    _ isWanted: (String) -> Bool
  ) throws(Trouble) {
    guard walk.depth < Self.deepest else { return }
    walk.depth += 1
    defer { walk.depth -= 1 }
    let names = try Files.names(in: directory)
    let rules = rules?.entering(directory, name: name, holding: names)
    for name in names where !name.hasPrefix(".") {
      let path = Files.join(directory, name)
      guard !ignored.contains(where: { $0.matches(path) || $0.matches(name) }) else { continue }
      let kind = Files.kind(of: path)
      guard kind == .directory || kind == .file && isWanted(path) else { continue }
      if let rules, rules.ignores(name, isDirectory: kind == .directory) {
        walk.leavesOut = true
      } else if kind == .directory {
        try self.walk(path, name, rules, into: &walk, isWanted)
      } else {
        walk.found.append(path)
      }
    }
  }
}
