internal import Bitext
internal import Formats
internal import Segmentation

/// Tells what a glossary file is, by its name and by what stands in it, and has it read.
enum GlossaryFile {
  /// The endings of the files that a directory is searched for glossaries. Plain text is not among
  /// them: most of it is something else, and a list of terms is named.
  static let endings: Set<String> = [
    "csv", "tsv", "tab", "utf8", "utx", "xlsx", "xlsm", "gml", "tbx", "tbxm",
  ]

  /// What a text is.
  private enum Kind {
    case table, utx, omegaT, dictionary
  }

  /// Reads a glossary file of whatever format its content shows.
  ///
  /// - Parameters:
  ///   - path: the file, or `-`.
  ///   - options: what it does not say itself.
  /// - Returns: the concepts as the file has them.
  /// - Throws: `Trouble` for a file that cannot be read, or holds no glossary.
  static func read(_ path: String, _ options: GlossaryOptions) throws(Trouble) -> GlossaryContent {
    let file = path == "-" ? Files.standardInputName : path
    if try isTBX(path) { return try readTBX(path, encoding: options.encoding) }
    let bytes = try Files.unpacked(Files.read(path), file)
    let languages = (options.source, options.target)
    if isWorkbook(bytes) {
      guard options.table.delimiter == nil else {
        throw Trouble("is a workbook, whose cells nothing parts: leave --delimiter out", file: file)
      }
      return try readGlossaryWorkbook(
        bytes, file: file, languages: languages, table: options.table)
    }
    if options.table.sheet != nil {
      throw Trouble("is no workbook and has no sheets: leave --sheet out", file: file)
    }
    if let root = rootElement(of: bytes) {
      switch root {
      case "glossary": return try GlossML.read(bytes, file: file)
      // A table may start with what looks like an element; a declaration it does not have.
      case _ where bytes.starts(with: "<?xml".utf8):
        throw Trouble(
          "starts with <\(root.visible)>: a glossary in XML is TBX or GlossML, and starts with <tbx>, "
            + "<martif> or <glossary>",
          file: file)
      default: break
      }
    }
    let encoding = options.encoding ?? OmegaTGlossary.declaredEncoding(bytes)
    let text = try decodeText(bytes, file: file, encoding: encoding)
    switch kind(text.utf8, file, options) {
    case .utx: return try UTXGlossary.read(text, file: file, languages: languages)
    case .dictionary: return try CEDICTGlossary.read(text.utf8, file: file)
    case .omegaT: return try OmegaTGlossary.read(text, file: file, languages: languages)
    case .table:
      return try readGlossaryTable(text, file: file, languages: languages, table: options.table)
    }
  }

  /// Whether a file is TBX, which is read without being held.
  private static func isTBX(_ path: String) throws(Trouble) -> Bool {
    // A file that is named as TBX and is none should be told so; what a pipe holds can be read once.
    if isNamedTBX(path) { return true }
    guard path == "-" || Files.kind(of: path) != .other else { return false }
    return TBXReader.isTBX(try Files.start(of: path))
  }

  static func isNamedTBX(_ path: String) -> Bool {
    ["tbx", "tbxm"].contains(Files.ending(of: path))
  }

  /// What a text is. A user who says how a table is cut has said that it is one.
  private static func kind(_ utf8: [UInt8], _ file: String, _ options: GlossaryOptions) -> Kind {
    if options.table.delimiter != nil || options.table.columns != nil { return .table }
    if UTXGlossary.isOne(utf8) { return .utx }
    if CEDICTGlossary.isOne(utf8) { return .dictionary }
    let ending = Files.ending(of: file)
    let isNamed = OmegaTGlossary.endings.contains(ending) && hasTabs(utf8)
    return isNamed || OmegaTGlossary.declaredEncoding(utf8) != nil ? .omegaT : .table
  }

  /// Whether tabs part the first line that says something.
  private static func hasTabs(_ utf8: [UInt8]) -> Bool {
    utf8.prefix(1 << 16).split(separator: 0x0A).first { $0.first != 0x23 }?.contains(0x09) ?? false
  }
}
