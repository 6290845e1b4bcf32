internal import Bitext
internal import Formats

/// What git is told to leave alone, for a walk through directories: the `.gitignore` files from the
/// repository's root down to where the walk stands, and `.git/info/exclude`.
///
/// The nearest file that says anything about a path decides, and in it the last line that does.
/// Which files git tracks all the same is not asked. Outside a repository the files from the start
/// of the walk downwards count, so that a tree says the same with and without its history.
struct GitIgnore: Sendable {
  /// The patterns of one file.
  private struct Layer: Sendable {
    var patterns: [GitIgnorePattern]
    /// Where paths from the file's directory start in paths from the root.
    var start: Int
  }

  /// The last one is asked first.
  private var layers: [Layer] = []
  /// The path from the root to where the walk stands: empty, or ended by a slash.
  private var path: [UInt8] = []

  /// Larger files are no lists of patterns.
  private static let largest = 1 << 20

  /// A walk that starts at a directory.
  init(from directory: String) {
    let place = Files.resolved(directory) ?? directory
    guard let root = Self.root(of: place) else { return }
    addExcludes(of: root)
    // The start itself adds its own file when the walk enters it.
    var parts = place.dropFirst(root == "/" ? 0 : root.count).split(separator: "/")[...]
    var above = root
    while let part = parts.popFirst() {
      addFile(in: above)
      above = Files.join(above, String(part))
      path += Array(part.utf8) + [UInt8(ascii: "/")]
    }
  }

  /// The rules within a directory that the walk enters.
  ///
  /// - Parameters:
  ///   - directory: as the walk reaches it.
  ///   - name: its name; empty where the walk starts.
  ///   - names: what it holds.
  /// - Returns: these rules and the directory's own.
  func entering(_ directory: String, name: String, holding names: [String]) -> GitIgnore {
    var inner = self
    if !name.isEmpty { inner.path += Array(name.utf8) + [UInt8(ascii: "/")] }
    if !name.isEmpty, names.contains(".git") {
      // A repository of its own asks nothing of the one around it.
      inner = GitIgnore()
      inner.addExcludes(of: directory)
    }
    if names.contains(Self.fileName) { inner.addFile(in: directory) }
    return inner
  }

  private init() {}

  /// Whether a file or directory of the place where the walk stands is left alone.
  func ignores(_ name: String, isDirectory: Bool) -> Bool {
    guard !layers.isEmpty else { return false }
    let full = path + Array(name.utf8)
    for layer in layers.reversed() {
      for pattern in layer.patterns.reversed() where isDirectory || !pattern.needsDirectory {
        if pattern.matches(full[layer.start...], name: path.count) { return !pattern.isNegated }
      }
    }
    return false
  }

  private static let fileName = ".gitignore"

  /// The repository that a directory lies in.
  private static func root(of directory: String) -> String? {
    var place = directory
    while true {
      if Files.kind(of: Files.join(place, ".git")) != nil { return place }
      let parent = Files.directory(of: place)
      guard parent != place, parent != "." else { return nil }
      place = parent
    }
  }

  private mutating func addFile(in directory: String) {
    add(Files.join(directory, Self.fileName))
  }

  private mutating func addExcludes(of root: String) {
    var folder = Files.join(root, ".git")
    if Files.kind(of: folder) == .file {
      // In a second working tree a file names the folder, and that names the one they share.
      folder = Self.named(in: folder, after: "gitdir:", from: root) ?? folder
      folder = Self.named(in: Files.join(folder, "commondir"), after: "", from: folder) ?? folder
    }
    add(Files.join(folder, "info/exclude"))
  }

  /// The path that a file of git's holds.
  private static func named(in file: String, after mark: String, from base: String) -> String? {
    guard Files.kind(of: file) == .file, let bytes = try? Files.read(file) else { return nil }
    let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
    guard text.hasPrefix(mark) else { return nil }
    let path = text.dropFirst(mark.count).split(separator: "\n").first.map(String.init) ?? ""
    let name = String(path.drop { $0 == " " })
    return name.isEmpty ? nil : Files.join(base, name)
  }

  /// Adds the patterns of a file; one that cannot be read has none, as in git.
  private mutating func add(_ file: String) {
    guard Files.kind(of: file) == .file, let bytes = try? Files.read(file),
      bytes.count <= Self.largest
    else { return }
    let patterns = Self.lines(bytes).compactMap { GitIgnorePattern($0) }
    if !patterns.isEmpty { layers.append(Layer(patterns: patterns, start: path.count)) }
  }

  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
    return text.split(separator: 0x0A).map { line in
      line.last == 0x0D ? line.dropLast() : line
    }
  }
}
