public import Bitext
internal import Segmentation

/// A concept of a TBX file.
public struct TBXConcept: Sendable {
  /// An empty id means that the file names none.
  public var concept: Concept
  /// Where its entry starts, from 1.
  public var line: Int
}

/// Reads termbases in TBX, one concept at a time: version 2 (ISO 30042:2008, MARTIF) and version 3
/// (ISO 30042:2019) in both styles, whatever the dialect, and TBX-Min of before.
///
/// What has a field goes there, all else to the properties of the concept or term; see
/// docs/formats.md for the tables.
public enum TBXReader {
  /// Calls `body` with each concept of a file, in order. Memory does not grow with the file, unless
  /// it is in another encoding than UTF-8.
  ///
  /// - Parameters:
  ///   - path: the file, or `-`.
  ///   - encoding: of the file; `nil` where it tells itself.
  ///   - warn: hears of what is odd and yet readable.
  ///   - body: takes each concept; what it throws ends the reading.
  /// - Throws: `Trouble` with the line of what is not well-formed, and for a file that is no TBX.
  public static func forEachConcept(
    of path: String, encoding: String? = nil, warn: @escaping (Warning) -> Void = { _ in },
    _ body: (TBXConcept) throws -> Void
  ) throws {
    var builder = TBXBuilder(file: path == "-" ? Files.standardInputName : path, warn: warn)
    try XMLFile(path, root: "tbx", encoding: encoding).forEachEvent { event, place in
      try builder.take(event, place, body)
    }
    try builder.finish()
  }

  /// The elements that a TBX file may start with.
  static let roots: Set<String> = ["martif", "tbx", "TBX"]

  /// Whether the start of a file says that it is TBX: by its first element.
  public static func isTBX(_ start: some Collection<UInt8>) -> Bool {
    rootElement(start).map { roots.contains($0.withoutXMLPrefix) } ?? false
  }
}

/// Reads a glossary out of TBX.
///
/// - Parameters:
///   - path: the file, or `-`.
///   - encoding: of the file; `nil` where it tells itself.
/// - Returns: the concepts with their lines, and what was odd.
/// - Throws: `Trouble` with the line of what is not well-formed, for a file that is no TBX, and for
///   one without any term.
public func readTBX(_ path: String, encoding: String? = nil) throws(Trouble) -> GlossaryContent {
  var content = GlossaryContent(concepts: [], lines: [], warnings: [], idsAreLocal: true)
  var warnings: [Warning] = []
  do {
    try TBXReader.forEachConcept(of: path, encoding: encoding, warn: { warnings.append($0) }) {
      content.concepts.append($0.concept)
      content.lines.append($0.line)
    }
  } catch let trouble as Trouble {
    throw trouble
  } catch {
    throw Trouble("cannot be read: \(error)", file: path)
  }
  content.warnings = warnings
  guard !content.concepts.isEmpty else {
    throw Trouble(
      "holds no term: an entry needs a <term> in a language with xml:lang",
      file: path == "-" ? Files.standardInputName : path)
  }
  return content
}

/// Finds the entries in XML events.
private struct TBXBuilder {
  let file: String
  private var hasRoot = false
  private var entry: TBXEntryBuilder
  private var reader: TBXConceptReader
  private var inlineCount = 0

  init(file: String, warn: @escaping (Warning) -> Void) {
    self.file = file
    entry = TBXEntryBuilder(file: file)
    reader = TBXConceptReader(tally: TBXTally(file: file, warn: warn))
  }

  private static let entries: Set<String> = ["termEntry", "conceptEntry", "entry"]

  mutating func take(
    _ event: XMLEvent, _ place: XMLFile.Place, _ body: (TBXConcept) throws -> Void
  ) throws {
    switch event {
    case .start(let name, let attributes, let line):
      let local = name.withoutXMLPrefix
      if !hasRoot { try open(local, line) }
      if entry.isOpen || Self.entries.contains(local) {
        try entry.start(local, attributes, line: line)
      } else {
        readHeader(local, XMLAttributes(attributes))
      }
    case .text(let piece, let range, let line):
      try entry.append(piece, range: range, line: line)
    case .end:
      guard entry.isOpen, let element = entry.end() else { return }
      if entry.inlineCount > inlineCount {
        inlineCount = entry.inlineCount
        reader.tally.count(.inline)
      }
      guard let concept = reader.concept(element) else { return }
      try body(TBXConcept(concept: concept, line: element.line))
    case .comment, .instruction: break
    }
  }

  private mutating func open(_ root: String, _ line: Int) throws(Trouble) {
    hasRoot = true
    guard !TBXReader.roots.contains(root) else { return }
    let advice =
      root == "mtf"
      ? "is MultiTerm's own XML, not TBX: let MultiTerm export TBX, or a spreadsheet"
      : "is no TBX file: it starts with <\(root)>"
    throw Trouble(advice, file: file, line: line)
  }

  private mutating func readHeader(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "languages":
      reader.headerLanguages = ["source", "target"].compactMap {
        attributes[$0].flatMap { LanguageTag($0) }
      }
    case "refObject": reader.tally.count(.back)
    default: break
    }
  }

  func finish() throws(Trouble) {
    guard hasRoot else { throw Trouble("is no TBX file: it has no <tbx>", file: file) }
    reader.tally.finish()
  }
}
