public import Bitext
internal import Synchronization

/// What a path leads to.
public enum FileKind: Sendable, Hashable {
  case file
  case directory
  /// A pipe or a device.
  case other
}

/// What tells a file from all others.
public struct FileIdentity: Sendable, Hashable {
  let device: UInt64
  let node: UInt64
}

/// The reader of our output has gone, as `head` does: the work is done, not failed.
public struct ClosedPipe: Error, Sendable {
  public init() {}
}

/// The few things that Concord asks of the file system.
public enum Files {
  /// The bytes of a file, or of standard input for `-`.
  ///
  /// - Throws: `Trouble` for a missing or unreadable file and for a directory.
  public static func read(_ path: String) throws(Trouble) -> [UInt8] {
    if path == "-", let kept = standardInput.withLock({ $0 }) { return kept }
    var bytes: [UInt8] = []
    var file = try InputFile(path)
    while try file.read(into: &bytes) {}
    if path == "-" { standardInput.withLock { $0 = bytes } }
    return bytes
  }

  /// What standard input held, when it was read whole; `nil` before that.
  static var keptStandardInput: [UInt8]? { standardInput.withLock { $0 } }

  /// What standard input held: it can be read but once, and a report wants its lines again.
  private static let standardInput = Mutex<[UInt8]?>(nil)

  /// The first bytes of a file, some ten thousand at the most, to see what it holds. Standard input
  /// is kept whole for who reads it next.
  package static func start(of path: String) throws(Trouble) -> [UInt8] {
    if path == "-" { return Array(try read(path).prefix(1 << 16)) }
    var bytes: [UInt8] = []
    var file = try InputFile(path)
    _ = try file.read(into: &bytes)
    return bytes
  }

  /// The name under which standard input is spoken of.
  public static let standardInputName = "<stdin>"

  /// What a path leads to; `nil` when there is nothing.
  public static func kind(of path: String) -> FileKind? { SystemCalls.kind(of: path) }

  /// What tells a file from all others, whatever path leads to it; `nil` when there is none.
  public static func identity(of path: String) -> FileIdentity? { SystemCalls.identity(of: path) }

  /// The names in a directory, in the order of their bytes.
  public static func names(in directory: String) throws(Trouble) -> [String] {
    try SystemCalls.names(in: directory)
  }

  /// Makes a directory and those above it; one that is there already is as good.
  public static func makeDirectories(_ path: String) throws(Trouble) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += made.isEmpty || made.hasSuffix("/") ? String(part) : "/" + part
      if kind(of: made) != .directory { try SystemCalls.makeDirectory(made) }
    }
  }

  /// The path of the file itself where a path leads to it by links.
  public static func resolved(_ path: String) -> String? { SystemCalls.resolved(path) }

  public static func remove(_ path: String) { SystemCalls.remove(path) }

  /// Gives a file another name, in the place of a file that has it.
  public static func rename(_ path: String, to other: String) throws(Trouble) {
    try SystemCalls.rename(path, to: other)
  }

  /// The directory that relative paths start from.
  public static var currentDirectory: String { SystemCalls.currentDirectory() }

  /// Whether a file descriptor is a terminal: 0 standard input, 1 output, 2 error.
  public static func isTerminal(_ descriptor: Int32) -> Bool { SystemCalls.isTerminal(descriptor) }

  /// `directory/name`, or the name alone when it is absolute or the directory is the current one.
  public static func join(_ directory: String, _ name: String) -> String {
    if directory.isEmpty || directory == "." || name.hasPrefix("/") { return name }
    return directory.hasSuffix("/") ? directory + name : directory + "/" + name
  }

  /// The part of a path before its last slash; `.` when there is none.
  public static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The part of a path behind its last slash.
  public static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The ending of a path's last part without its dot, in lower case; empty when there is none.
  public static func ending(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }
}

/// A file that is read from its start to its end.
public struct InputFile: ~Copyable {
  private let descriptor: Int32
  public let path: String
  private static let chunk = 1 << 16

  /// Opens a file; `-` is standard input.
  public init(_ path: String) throws(Trouble) {
    self.path = path == "-" ? Files.standardInputName : path
    descriptor = path == "-" ? 0 : try SystemCalls.openForReading(path)
  }

  deinit { if descriptor > 0 { SystemCalls.closeDescriptor(descriptor) } }

  /// Appends the next bytes; `false` at the end of the file.
  public mutating func read(into bytes: inout [UInt8]) throws(Trouble) -> Bool {
    let start = bytes.count
    let size = max(Self.chunk, min(start, 1 << 24))
    bytes.append(contentsOf: repeatElement(0, count: size))
    var count = 0
    var problem: Trouble?
    bytes.withUnsafeMutableBytes { buffer in
      let free = UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
      do throws(Trouble) {
        count = try SystemCalls.read(descriptor, into: free, path: path)
      } catch {
        problem = error
      }
    }
    bytes.removeLast(size - count)
    if let problem { throw problem }
    return count > 0
  }
}

/// Where results go: standard output, or a file that appears whole or not at all.
public final class OutputFile {
  private let descriptor: Int32
  private let path: String
  private let temporary: String?
  private var buffer: [UInt8] = []
  private var isFinished = false
  private static let limit = 1 << 16

  /// Standard output.
  public static func standardOutput() -> OutputFile {
    OutputFile(descriptor: 1, path: "<stdout>", temporary: nil)
  }

  /// A file that takes the place of `path` when ``finish()`` is called; until then an older file
  /// of that name stays as it is. A device or pipe is written directly.
  public static func replacing(_ path: String) throws(Trouble) -> OutputFile {
    switch Files.kind(of: path) {
    case .directory: throw Trouble("is a directory: name a file", file: path)
    case .other:
      let descriptor = try SystemCalls.openForWriting(path)
      return OutputFile(descriptor: descriptor, path: path, temporary: nil)
    case .file, nil:
      let temporary = Files.join(
        Files.directory(of: path), temporaryName(path, SystemCalls.processIdentifier()))
      SystemCalls.remove(temporary)
      let descriptor: Int32
      do {
        descriptor = try SystemCalls.create(temporary)
      } catch {
        throw Trouble(error.message, file: path)
      }
      if let mode = SystemCalls.mode(of: path) { SystemCalls.setMode(mode, of: descriptor) }
      return OutputFile(descriptor: descriptor, path: path, temporary: temporary)
    }
  }

  /// Removes what a process left of these files that was killed before it finished them.
  public static func removeLeftovers(of paths: [String]) {
    var wanted: [String: Set<String>] = [:]
    for path in paths {
      wanted[Files.directory(of: path), default: []].insert(Files.name(of: path))
    }
    for (directory, names) in wanted {
      guard Files.kind(of: directory) == .directory else { continue }
      for name in (try? Files.names(in: directory)) ?? [] where name.hasSuffix(".tmp") {
        let parts = name.dropLast(4).split(separator: ".", omittingEmptySubsequences: false)
        guard let process = parts.last.flatMap({ Int32($0) }), process > 0 else { continue }
        let file = parts.dropFirst().dropLast().joined(separator: ".")
        if names.contains(file), name == temporaryName(file, process),
          !SystemCalls.isRunning(process)
        {
          Files.remove(Files.join(directory, name))
        }
      }
    }
  }

  private static func temporaryName(_ path: String, _ process: Int32) -> String {
    ".\(Files.name(of: path)).\(process).tmp"
  }

  /// A file that grows at its end, and is made when it is not there. What was handed over with
  /// ``flush()`` stays, whatever happens next.
  public static func appending(to path: String) throws(Trouble) -> OutputFile {
    OutputFile(descriptor: try SystemCalls.openForAppending(path), path: path, temporary: nil)
  }

  private init(descriptor: Int32, path: String, temporary: String?) {
    self.descriptor = descriptor
    self.path = path
    self.temporary = temporary
    buffer.reserveCapacity(Self.limit + 4096)
  }

  deinit {
    if descriptor > 2 { SystemCalls.closeDescriptor(descriptor) }
    if let temporary, !isFinished { SystemCalls.remove(temporary) }
  }

  public func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.limit { try flush() }
  }

  public func write(_ bytes: some Collection<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.limit { try flush() }
  }

  /// Hands what was written so far to the system.
  public func flush() throws {
    defer { buffer.removeAll(keepingCapacity: true) }
    try buffer.withUnsafeBytes { try SystemCalls.write(descriptor, $0, path: path) }
  }

  /// Completes the file: only now does it stand under its name.
  public func finish() throws {
    try flush()
    guard let temporary else { return }
    try SystemCalls.synchronize(descriptor, path: path)
    try SystemCalls.rename(temporary, to: path)
    isFinished = true
  }
}
