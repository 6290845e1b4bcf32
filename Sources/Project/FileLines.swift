public import Bitext
public import Checking
internal import Documents
internal import Formats
public import Segmentation

/// The line and column of a byte of a file.
struct CheckedPlace: Sendable {
  var file: String
  var position: LineIndex.Position
}

extension CheckedPlace: BinaryCodable {
  func write(to writer: inout BinaryWriter) {
    writer.write(file)
    writer.write(position.line)
    writer.write(position.column)
    writer.write(position.offset)
  }

  init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    file = try reader.read()
    position = LineIndex.Position(
      line: try reader.read(), column: try reader.read(), offset: try reader.read())
  }
}

/// The lines of the files that diagnostics point at: places that were looked up while the files
/// were checked, and the text of a line when it is asked for.
public final class FileLines: SourceLines, @unchecked Sendable {
  private var places: [String: [Int: LineIndex.Position]] = [:]
  /// Of the files that were asked for last: a report goes from file to file, and a tree of them
  /// does not fit into memory.
  private var recent: [(file: String, lines: Lines?)] = []
  private static let most = 4
  /// Files of so many bytes are not held.
  private let least: Int

  /// Whose lines are a text of their own size in memory, and take as long again to be found.
  static let largeFile = 8 << 20

  private enum Lines {
    case whole(LineIndex)
    case large(LargeFileLines)

    func position(at offset: Int) -> LineIndex.Position {
      switch self {
      case .whole(let lines): lines.position(at: offset)
      case .large(let lines): lines.position(at: offset)
      }
    }
  }

  public convenience init() { self.init(largeFile: Self.largeFile) }

  /// - Parameter largeFile: files of so many bytes are not held.
  init(largeFile: Int) { least = largeFile }

  func add(_ found: [CheckedPlace]) {
    for place in found { places[place.file, default: [:]][place.position.offset] = place.position }
  }

  /// Whether places of a file were looked up before.
  public func knows(_ file: String) -> Bool { places[file] != nil }

  public func position(of offset: Int, in file: String) -> LineIndex.Position? {
    places[file]?[offset] ?? known(file)?.position(at: offset)
  }

  /// What stands at a place, as the file spells it.
  func text(at location: Location) -> String? {
    guard let lines = lines(around: location) else { return nil }
    return String(decoding: lines.text.utf8[lines.textRange(location.range)], as: UTF8.self)
  }

  public func lines(of file: String) -> LineIndex? {
    switch known(file) {
    case .whole(let lines): lines
    // Who wants all of them has to hold them.
    case .large: Self.whole(file)
    case nil: nil
    }
  }

  public func lines(around location: Location) -> LineIndex? {
    switch known(location.file) {
    case .whole(let lines): lines
    case .large(let lines): lines.lines(around: location.range)
    case nil: nil
    }
  }

  private func known(_ file: String) -> Lines? {
    if let index = recent.firstIndex(where: { $0.file == file }) {
      let entry = recent.remove(at: index)
      recent.append(entry)
      return entry.lines
    }
    if recent.count == Self.most { recent.removeFirst() }
    let lines = Self.read(file, largeFile: least)
    recent.append((file, lines))
    return lines
  }

  private static func read(_ file: String, largeFile: Int) -> Lines? {
    if let lines = LargeFileLines(file, least: largeFile) { return .large(lines) }
    return whole(file).map { .whole($0) }
  }

  private static func whole(_ file: String) -> LineIndex? {
    let bytes = try? Files.read(file == Files.standardInputName ? "-" : file)
    return bytes.flatMap { DocumentReader.lines(of: $0, file: file) }
  }

  /// The places that a report of some diagnostics will ask for, each once.
  ///
  /// - Parameters:
  ///   - diagnostics: the findings.
  ///   - isKept: whether they will be reported again without their files being read. Else those of
  ///     large files are looked up when they are asked for.
  /// - Returns: the places, by file and byte.
  static func places(of diagnostics: [Diagnostic], isKept: Bool) -> [CheckedPlace] {
    var offsets: [String: Set<Int>] = [:]
    func note(_ location: Location) {
      offsets[location.file, default: []].formUnion([
        location.range.lowerBound, location.range.upperBound,
      ])
    }
    let large = isKept ? [] : largeFiles(of: diagnostics)
    for diagnostic in diagnostics {
      let evidence = [diagnostic.source].compactMap { $0 } + diagnostic.related
      for location in [diagnostic.location] + evidence.map(\.location)
      where !large.contains(location.file) {
        note(location)
      }
    }
    return offsets.sorted { $0.key < $1.key }.flatMap { file, offsets in
      guard let lines = read(file, largeFile: largeFile) else { return [CheckedPlace]() }
      return offsets.sorted().map { CheckedPlace(file: file, position: lines.position(at: $0)) }
    }
  }

  private static func largeFiles(of diagnostics: [Diagnostic]) -> Set<String> {
    Set(diagnostics.map(\.location.file)).filter { Files.size(of: $0) ?? 0 >= largeFile }
  }
}
