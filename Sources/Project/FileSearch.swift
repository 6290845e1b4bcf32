public import Bitext
internal import Documents
internal import Formats

/// Finds the files that a command is to work on.
public struct FileSearch: Sendable {
  /// The endings that count in a directory.
  private let endings: Set<String>
  private let ignored: [FilePattern]

  /// Documents and bilingual files, as `check`, `lookup` and `extract` read them.
  public static let documentEndings = DocumentReader.endings.union(BilingualFile.endings)

  public init(endings: Set<String>, ignored: [String] = []) {
    self.endings = endings
    self.ignored = ignored.map { FilePattern($0) }
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
        let files = try search(argument)
        guard !files.isEmpty else {
          throw Trouble(
            "holds no file to work on: the endings \(endings.sorted().joined(separator: ", ")) count",
            file: argument)
        }
        files.forEach(add)
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

  /// All files below a directory that count, in the order of their paths.
  public func search(_ directory: String) throws(Trouble) -> [String] {
    var found: [String] = []
    try walk(directory, into: &found, depth: 0) { path in
      self.endings.contains(Files.ending(of: path))
    }
    return found
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
    var found: [String] = []
    try walk(directory, into: &found, depth: 0) { filter.matches($0) }
    return found
  }

  /// Deeper than this a tree is taken for a circle of links.
  private static let deepest = 64

  private func walk(
    _ directory: String, into found: inout [String], depth: Int, _ isWanted: (String) -> Bool
  ) throws(Trouble) {
    guard depth < Self.deepest else { return }
    for name in try Files.names(in: directory) where !name.hasPrefix(".") {
      let path = Files.join(directory, name)
      guard !ignored.contains(where: { $0.matches(path) || $0.matches(name) }) else { continue }
      switch Files.kind(of: path) {
      case .directory: try walk(path, into: &found, depth: depth + 1, isWanted)
      case .file where isWanted(path): found.append(path)
      default: break
      }
    }
  }
}
