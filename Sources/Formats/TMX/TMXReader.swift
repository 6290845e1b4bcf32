public import Bitext
internal import Segmentation

/// Reads translation memories of TMX 1.1 to 1.4b, one unit at a time.
public enum TMXReader {
  /// Calls `body` with each unit of a file, in order. Memory does not grow with the file, unless
  /// it is in another encoding than UTF-8.
  ///
  /// - Parameters:
  ///   - path: the file, or `-`.
  ///   - warn: hears of what is odd and yet readable.
  ///   - header: takes the header, before the first unit.
  ///   - progress: hears now and then how many bytes have been read.
  ///   - body: takes each unit; what it throws ends the reading.
  /// - Throws: `Trouble` with the line of what is not well-formed, and for a file that is no TMX.
  public static func forEachUnit(
    of path: String, warn: @escaping (Warning) -> Void = { _ in },
    header: ((TMXHeader) -> Void)? = nil, progress: ((Int) -> Void)? = nil,
    _ body: (TMXUnit) throws -> Void
  ) throws {
    // A file is in the common form until it shows that it is not: then it is read once more, by
    // the XML parser, and what was handed over is not handed over again.
    let given = TMXDeliveries(warn: warn, header: header, progress: progress)
    if Files.kind(of: path) == .file,
      try TMXFileScan(path).forEachUnit(given, body)
    {
      return
    }
    try parseUnits(of: path, given.rest(), hasPlaces: false, body)
  }

  /// Calls `body` with each unit whose texts know their bytes of the file, which takes time.
  static func forEachPlacedUnit(
    of path: String, warn: @escaping (Warning) -> Void, _ body: (TMXUnit) throws -> Void
  ) throws {
    try parseUnits(of: path, TMXDeliveries(warn: warn, header: nil), hasPlaces: true, body)
  }

  /// Reads a file by means of the XML parser alone.
  static func parseUnits(
    of path: String, _ deliveries: TMXDeliveries, hasPlaces: Bool,
    _ body: (TMXUnit) throws -> Void
  ) throws {
    var builder = TMXBuilder(
      file: path == "-" ? Files.standardInputName : path, hasPlaces: hasPlaces,
      warn: deliveries.warn, header: deliveries.take)
    try XMLFile(path, root: "tmx").forEachEvent { event, place in
      try builder.take(event, place) { unit in
        deliveries.progress?(place.range.upperBound)
        if deliveries.isNew() { try body(unit) }
      }
    }
    try builder.finish()
  }
}

/// What was handed over of a file, so that a second reader can go on behind it.
final class TMXDeliveries {
  private let hearWarning: (Warning) -> Void
  private let hearHeader: ((TMXHeader) -> Void)?
  let progress: ((Int) -> Void)?
  private var counts = (units: 0, warnings: 0, headers: 0)
  /// How many of each are not to be handed over, since they were.
  private var skipped = (units: 0, warnings: 0, headers: 0)

  init(
    warn: @escaping (Warning) -> Void, header: ((TMXHeader) -> Void)?,
    progress: ((Int) -> Void)? = nil
  ) {
    hearWarning = warn
    hearHeader = header
    self.progress = progress
  }

  /// For a reader that starts from the beginning: lets through only what was not handed over yet.
  func rest() -> TMXDeliveries {
    let rest = TMXDeliveries(warn: hearWarning, header: hearHeader, progress: progress)
    rest.skipped = counts
    return rest
  }

  func warn(_ warning: Warning) {
    counts.warnings += 1
    if counts.warnings > skipped.warnings { hearWarning(warning) }
  }

  func take(_ header: TMXHeader) {
    counts.headers += 1
    if counts.headers > skipped.headers { hearHeader?(header) }
  }

  /// Counts a unit, and says whether it is to be handed over.
  func isNew() -> Bool {
    counts.units += 1
    return counts.units > skipped.units
  }
}
