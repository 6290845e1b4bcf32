public import Bitext
public import Checking
internal import Formats
internal import Foundation

/// The file of a baseline: a first line that says what it is, then one entry a line, in order, so
/// that changes are easy to read and to merge.
public struct BaselineFile: Sendable {
  public let path: String
  private let baseline: Baseline
  private let directory: String

  /// What the first line says.
  private static let kind = "concord"
  private static let version = 1

  /// Reads the file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - mayBeMissing: whether it is about to be made.
  /// - Throws: `Trouble` for a file that is missing, broken, or of a newer version.
  public init(_ path: String, mayBeMissing: Bool) throws(Trouble) {
    self.path = path
    directory = Self.absolute(Files.directory(of: path))
    guard Files.kind(of: path) != nil || !mayBeMissing else {
      baseline = Baseline()
      return
    }
    guard Files.kind(of: path) != nil else {
      throw Trouble(
        "there is no such baseline: make it with --update-baseline, or name another one",
        file: path)
    }
    baseline = try Self.read(path)
  }

  private static func read(_ path: String) throws(Trouble) -> Baseline {
    var entries: [Baseline.Entry] = []
    let lines = try Files.read(path).split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let text = line.last == 0x0D ? line.dropLast() : line
      guard index > 0 else {
        try checkHead(text, path)
        continue
      }
      if text.isEmpty { continue }
      guard let entry = entry(text) else {
        throw Trouble(
          "is no entry of a baseline: mend the line, or remove the file and make it anew with "
            + "--update-baseline", file: path, line: index + 1)
      }
      entries.append(entry)
    }
    return Baseline(entries: entries)
  }

  private static func checkHead(_ line: ArraySlice<UInt8>, _ path: String) throws(Trouble) {
    let head = object(line)
    guard head?["baseline"] as? String == kind, let found = head?["version"] as? Int else {
      throw Trouble(
        "is no baseline: the first line of one is \(Self.head)", file: path, line: 1)
    }
    guard found <= version else {
      throw Trouble("was written by a newer Concord: use that one", file: path, line: 1)
    }
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> Baseline.Entry? {
    guard let object = object(line), let file = object["file"] as? String,
      let rule = object["rule"] as? String, let term = object["term"] as? String,
      let context = object["context"] as? String
    else { return nil }
    let count = object["count"] == nil ? 1 : object["count"] as? Int ?? 0
    guard count > 0 else { return nil }
    return Baseline.Entry(
      file: file, rule: rule, term: term, context: context,
      excerpt: object["excerpt"] as? String ?? "", count: count)
  }

  private static func object(_ line: ArraySlice<UInt8>) -> [String: Any]? {
    (try? JSONSerialization.jsonObject(with: Data(line))) as? [String: Any]
  }

  /// Finds out which findings are new.
  ///
  /// - Parameters:
  ///   - diagnostics: of a run, in order.
  ///   - checked: the files of the run.
  ///   - sources: leads to the findings' files.
  /// - Returns: the new ones, and what else there is to say.
  public func compare(
    _ diagnostics: [Diagnostic], checked: [String], _ sources: some SourceLines
  ) -> Baseline.Comparison {
    let names = Set(checked.map(name))
    return baseline.compare(diagnostics, sources, name: name) { file in
      names.contains(file) || Files.kind(of: Files.join(directory, file)) == nil
    }
  }

  /// Writes what a comparison says there is now; a file that says so already stays as it is.
  public func update(_ comparison: Baseline.Comparison) throws {
    let text = Self.text(comparison.updated)
    if Files.kind(of: path) == .file, try Files.read(path).elementsEqual(text.utf8) { return }
    if directory != "/" { try Files.makeDirectories(directory) }
    let file = try OutputFile.replacing(path)
    try file.write(text)
    try file.finish()
  }

  private static var head: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("baseline", kind)
      writer.member("version", version)
    }
    return writer.text
  }

  private static func text(_ baseline: Baseline) -> String {
    var text = head + "\n"
    for entry in baseline.entries {
      var writer = JSONWriter()
      writer.object { writer in
        writer.member("file", entry.file)
        writer.member("rule", entry.rule)
        writer.member("term", entry.term)
        writer.member("context", entry.context)
        if entry.count > 1 { writer.member("count", entry.count) }
        writer.member("excerpt", entry.excerpt)
      }
      text += writer.text + "\n"
    }
    return text
  }

  /// How the baseline calls a file: by the way from its own folder, so that it does not matter from
  /// where Concord is run.
  private func name(_ file: String) -> String {
    let from = directory.split(separator: "/")
    let to = Self.absolute(file).split(separator: "/")
    let common = zip(from, to).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: from.count - common) + to[common...].map(String.init))
      .joined(separator: "/")
  }

  /// A path from the root, without `.` and `..`.
  private static func absolute(_ path: String) -> String {
    let whole = path.hasPrefix("/") ? path : Files.currentDirectory + "/" + path
    var parts: [Substring] = []
    for part in whole.split(separator: "/") where part != "." {
      if part == ".." {
        _ = parts.popLast()
      } else {
        parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }
}
