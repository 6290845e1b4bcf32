public import Bitext
internal import Documents
internal import Formats
internal import Segmentation

/// A pair of documents that a list names.
public struct ListedPair: Sendable, Hashable {
  /// Paths from where the user stands, or absolute ones.
  public var source: String
  public var target: String
  /// The file for its result below the folder of results, where the list names one.
  public var output: String?
  /// The line of the list, from 1.
  public var line: Int
  /// The source as the list writes it.
  var listedSource: String
}

/// The pairs of documents that `align --batch` works on: lines of a source, a tab, a target, and
/// for those who want it another tab and a file for the result.
///
/// Paths start at the list's own folder, so that a folder of documents with its list can be moved.
/// Blank lines, lines that start with `#` and a header of column names are left out.
public struct PairList: Sendable {
  /// The list's name for messages.
  public let file: String
  public let pairs: [ListedPair]

  /// Reads a list; `-` is standard input, whose paths start at the current folder.
  ///
  /// - Throws: `Trouble` for a list that cannot be read, a line that is no pair, and a list of none.
  public init(_ path: String) throws(Trouble) {
    file = path == "-" ? Files.standardInputName : path
    let text = try decodeText(try Files.read(path), file: file)
    var pairs: [ListedPair] = []
    var isFirst = true
    for (index, line) in Self.lines(of: text.utf8).enumerated() {
      guard let fields = Self.fields(line) else { continue }
      defer { isFirst = false }
      if isFirst, Self.isHeader(fields) { continue }
      do throws(Trouble) {
        pairs.append(
          try Self.pair(fields, folder: path == "-" ? "." : Files.directory(of: path), index + 1))
      } catch {
        throw Trouble(error.message, file: file, line: index + 1)
      }
    }
    guard !pairs.isEmpty else {
      throw Trouble("lists no pair: a line is a source, a tab and a target", file: file)
    }
    self.pairs = pairs
  }

  private static func lines(of utf8: [UInt8]) -> [ArraySlice<UInt8>] {
    utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      line.last == 0x0D ? line.dropLast() : line
    }
  }

  /// The fields of a line, without the white space around them; `nil` for a line that says nothing.
  private static func fields(_ line: ArraySlice<UInt8>) -> [String]? {
    let fields = line.split(separator: 0x09, omittingEmptySubsequences: false).map { field in
      let start = field.firstIndex { $0 != 0x20 } ?? field.endIndex
      let end = field.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? start
      return String(decoding: field[start..<end], as: UTF8.self)
    }
    guard fields.contains(where: { !$0.isEmpty }), !fields[0].hasPrefix("#") else { return nil }
    return fields
  }

  /// Names of columns, as spreadsheets put them first.
  private static func isHeader(_ fields: [String]) -> Bool {
    guard fields.count >= 2 else { return false }
    let names = fields.prefix(2).map { $0.lowercased() }
    return names == ["source", "target"] || names.allSatisfy { LanguageTag($0)?.isNamed ?? false }
  }

  private static func pair(
    _ fields: [String], folder: String, _ line: Int
  ) throws(Trouble) -> ListedPair {
    guard fields.count >= 2, !fields[0].isEmpty, !fields[1].isEmpty else {
      throw Trouble("is no pair: write a source, a tab and a target")
    }
    guard fields.dropFirst(3).allSatisfy(\.isEmpty) else {
      throw Trouble("has \(fields.count) fields: a source, a target and an output are all")
    }
    guard !fields.prefix(2).contains("-") else {
      throw Trouble("names standard input, which a list cannot: name a file")
    }
    guard fields[0] != fields[1] else {
      throw Trouble("names one file twice: a source and its translation are two files")
    }
    var output: String?
    if fields.count > 2, !fields[2].isEmpty { output = try Self.output(fields[2]) }
    return ListedPair(
      source: Files.join(folder, fields[0]), target: Files.join(folder, fields[1]),
      output: output, line: line, listedSource: fields[0])
  }

  private static func output(_ name: String) throws(Trouble) -> String {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.hasPrefix("/"), !parts.contains(".."), !name.hasSuffix("/") else {
      throw Trouble("the output '\(name)' must be a file's name below the folder of results")
    }
    return parts.filter { $0 != "." && !$0.isEmpty }.joined(separator: "/")
  }
}

extension ListedPair {
  /// The file for the result below the folder of results: what the list says, else the source's own
  /// path with an ending of the result's format.
  ///
  /// A path that leads upwards or starts at the root loses that part, as in an archive.
  func outputName(ending: String) -> String {
    if let output { return output }
    var parts = listedSource.split(separator: "/").map(String.init)
      .filter { $0 != "." && $0 != ".." }
    var name = parts.popLast() ?? "pair"
    if DocumentReader.endings.contains(Files.ending(of: name)), let dot = name.lastIndex(of: ".") {
      name = String(name[..<dot])
    }
    return (parts + [name + "." + ending]).joined(separator: "/")
  }
}

extension LanguageTag {
  /// Whether people pair documents in the language: `id` and `source` are tags by their form, too.
  fileprivate var isNamed: Bool { DocumentName("a.\(description).txt").language != nil }
}
