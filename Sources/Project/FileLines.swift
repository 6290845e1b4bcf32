internal import Bitext
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
  private var recent: [(file: String, lines: LineIndex?)] = []
  private static let most = 4

  public init() {}

  func add(_ found: [CheckedPlace]) {
    for place in found { places[place.file, default: [:]][place.position.offset] = place.position }
  }

  /// Whether places of a file were looked up before.
  public func knows(_ file: String) -> Bool { places[file] != nil }

  public func position(of offset: Int, in file: String) -> LineIndex.Position? {
    places[file]?[offset] ?? lines(of: file)?.position(at: offset)
  }

  /// What stands at a place, as the file spells it.
  func text(at location: Location) -> String? {
    guard let lines = lines(of: location.file) else { return nil }
    return String(decoding: lines.text.utf8[lines.textRange(location.range)], as: UTF8.self)
  }

  public func lines(of file: String) -> LineIndex? {
    if let index = recent.firstIndex(where: { $0.file == file }) {
      let entry = recent.remove(at: index)
      recent.append(entry)
      return entry.lines
    }
    if recent.count == Self.most { recent.removeFirst() }
    let lines = Self.read(file)
    recent.append((file, lines))
    return lines
  }

  private static func read(_ file: String) -> LineIndex? {
    let bytes = try? Files.read(file == Files.standardInputName ? "-" : file)
    return bytes.flatMap { DocumentReader.lines(of: $0, file: file) }
  }

  /// The places that a report of some diagnostics will ask for, each once.
  static func places(of diagnostics: [Diagnostic]) -> [CheckedPlace] {
    var offsets: [String: Set<Int>] = [:]
    func note(_ location: Location) {
      offsets[location.file, default: []].formUnion([
        location.range.lowerBound, location.range.upperBound,
      ])
    }
    for diagnostic in diagnostics {
      note(diagnostic.location)
      if let source = diagnostic.source { note(source.location) }
      for place in diagnostic.related { note(place.location) }
    }
    return offsets.sorted { $0.key < $1.key }.flatMap { file, offsets in
      guard let lines = read(file) else { return [CheckedPlace]() }
      return offsets.sorted().map { CheckedPlace(file: file, position: lines.position(at: $0)) }
    }
  }
}
