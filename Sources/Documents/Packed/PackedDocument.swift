internal import Bitext
internal import Formats
internal import Segmentation

/// Word's DOCX and LibreOffice's ODT.
enum PackedDocument {
  /// How packed files begin.
  private static let signature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

  static func isPacked(_ bytes: [UInt8]) -> Bool { bytes.starts(with: signature) }

  /// Reads the text of a document.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: the name that trouble is reported under.
  /// - Returns: its prose; positions are bytes of the main part, `word/document.xml` or
  ///   `content.xml`, and of the parts with notes and comments as if they followed it.
  /// - Throws: `Trouble` for what is no document, damaged, or made to do harm.
  static func read(_ bytes: [UInt8], file: String) throws(Trouble) -> ProseBuilder {
    let packed = try PackedFile(bytes, file: file)
    if let main = try mainPart(of: packed, file) {
      return try WordDocument.read(packed, main: main, file: file).builder()
    }
    if packed.holds("content.xml") {
      try refuseOtherOpenDocument(packed, file)
      return try OpenDocument.read(packed, file: file).builder()
    }
    throw Trouble(
      "is a packed file without the text of a document: name a file of Word (.docx), LibreOffice "
        + "(.odt) or plain text (.txt)", file: file)
  }

  /// The part that holds the text of a file of Word's.
  private static func mainPart(
    of packed: borrowing PackedFile, _ file: String
  ) throws(Trouble) -> String? {
    if packed.holds("word/document.xml") { return "word/document.xml" }
    if packed.holds("xl/workbook.xml") {
      throw Trouble(
        "is a workbook of Excel: save the sheet as CSV UTF-8 (.csv), and name that file", file: file
      )
    }
    if packed.holds("ppt/presentation.xml") {
      throw Trouble(
        "is a presentation of PowerPoint: save its outline as plain text (.txt), and name that file",
        file: file)
    }
    // Some programs number the part: only the package's relations know its name.
    guard let relations = try packed.part("_rels/.rels") else { return nil }
    var main: String?
    try PackedXML.forEachEvent(of: relations, part: "_rels/.rels", file: file) { event in
      guard case .start(_, let attributes, _) = event else { return }
      let type = attributes.first { $0.name == "Type" }?.value ?? ""
      let target = attributes.first { $0.name == "Target" }?.value
      if type.hasSuffix("/officeDocument") { main = target }
    }
    let path = main.map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
    return path.flatMap { $0.hasPrefix("word/") && packed.holds($0) ? $0 : nil }
  }

  private static func refuseOtherOpenDocument(
    _ packed: borrowing PackedFile, _ file: String
  ) throws(Trouble) {
    if let manifest = try packed.part("META-INF/manifest.xml"),
      String(decoding: manifest, as: UTF8.self).contains("encryption-data")
    {
      throw Trouble("is encrypted: open it with its password and save it without one", file: file)
    }
    guard let type = try packed.part("mimetype") else { return }
    let name = String(decoding: type.prefix(100), as: UTF8.self)
    if name.contains("spreadsheet") {
      throw Trouble(
        "is a spreadsheet: save the sheet as CSV (.csv), and name that file", file: file)
    }
    if name.contains("presentation") || name.contains("graphics") {
      throw Trouble(
        "is a presentation or a drawing: save its text as plain text (.txt), and name that file",
        file: file)
    }
  }
}
