internal import Bitext
internal import Segmentation

/// A workbook of Excel's (ECMA-376, part 1, section 18; strict or transitional), of whatever program:
/// the only reader of XLSX.
struct Workbook: ~Copyable {
  /// A sheet as the workbook names it.
  struct Sheet: Hashable {
    var name: String
    var part: String
    var isHidden: Bool
  }

  let sheets: [Sheet]
  private let packed: PackedFile
  private let file: String
  private let strings: [String]
  private let formats: [CellNumber]
  private let isFrom1904: Bool

  /// Reads what all sheets share.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: the name that trouble is reported under.
  /// - Throws: `Trouble` for what is no workbook, damaged, or made to do harm.
  init(_ bytes: [UInt8], file: String) throws(Trouble) {
    let packed = try PackedFile(bytes, file: file, kind: .workbook)
    let main = try Self.mainPart(of: packed, file)
    let relations = try Relation.read(from: packed, of: main, file: file)
    var workbook = WorkbookPart()
    _ = try packed.forEachEvent(of: main, file: file) { (event) throws(Trouble) in
      workbook.take(event)
    }
    let byID = Dictionary(relations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    // A part is one sheet, however often it is named.
    var parts: Set<String> = []
    let sheets = workbook.sheets.compactMap { sheet -> Sheet? in
      guard let relation = byID[sheet.relation], relation.type == "worksheet",
        parts.insert(relation.part).inserted
      else { return nil }
      return Sheet(name: sheet.name, part: relation.part, isHidden: sheet.isHidden)
    }
    var strings = SharedStrings()
    if let part = relations.first(where: { $0.type == "sharedStrings" })?.part {
      _ = try packed.forEachEvent(of: part, file: file) { (event) throws(Trouble) in
        strings.take(event)
      }
    }
    var styles = CellStyles()
    if let part = relations.first(where: { $0.type == "styles" })?.part {
      _ = try packed.forEachEvent(of: part, file: file) { (event) throws(Trouble) in
        styles.take(event)
      }
    }
    self.sheets = sheets
    self.packed = packed
    self.file = file
    self.strings = strings.texts
    formats = styles.formats
    isFrom1904 = workbook.isFrom1904
  }

  /// Reads the cells of a sheet.
  ///
  /// - Parameter sheet: one of ``sheets``.
  /// - Returns: its rows, and what was odd about them.
  /// - Throws: `Trouble` for a sheet that is damaged or made to do harm.
  func cells(of sheet: Sheet) throws(Trouble) -> SheetCells {
    var reader = SheetReader(
      strings: strings, formats: formats, isFrom1904: isFrom1904, sheet: sheet.name, file: file)
    let isThere = try packed.forEachEvent(of: sheet.part, file: file) {
      (event) throws(Trouble) in
      try reader.take(event)
    }
    guard isThere else {
      throw Trouble(
        "lacks the part of its sheet '\(sheet.name.visible)': save it anew in the program that made "
          + "it", file: file)
    }
    return try reader.finish()
  }

  private static func mainPart(
    of packed: borrowing PackedFile, _ file: String
  ) throws(Trouble) -> String {
    let relations = try Relation.read(from: packed, of: "", file: file)
    let named = relations.first { $0.type == "officeDocument" }?.part
    guard let main = named ?? packed.spelling(of: "xl/workbook.xml"), packed.holds(main) else {
      let isOpenDocument = packed.holds("content.xml") && packed.holds("mimetype")
      throw Trouble(
        isOpenDocument
          ? "is a file of LibreOffice's own: save the sheet as .xlsx or CSV, and name that file"
          : "is a packed file without a workbook: a glossary is .xlsx, or CSV", file: file)
    }
    return main
  }
}

/// What a part leads to.
private struct Relation {
  var id: String
  /// The last word of its type, which is the same in strict and transitional files.
  var type: String
  var part: String

  /// The relations of a part, in their order; those of the file as a whole for no part.
  static func read(
    from packed: borrowing PackedFile, of part: String, file: String
  ) throws(Trouble) -> [Relation] {
    let slash = part.lastIndex(of: "/")
    let folder = slash.map { String(part[...$0]) } ?? ""
    let name = slash.map { String(part[part.index(after: $0)...]) } ?? part
    guard let own = packed.spelling(of: folder + "_rels/" + name + ".rels") else { return [] }
    var found: [(id: String, type: String, target: String)] = []
    _ = try packed.forEachEvent(of: own, file: file) { (event) throws(Trouble) in
      guard case .start(let name, let attributes, _) = event,
        name.withoutXMLPrefix == "Relationship"
      else { return }
      let values = XMLAttributes(attributes)
      guard let id = values["Id"], let type = values["Type"], let target = values["Target"],
        values["TargetMode"] != "External"
      else { return }
      found.append((id, type.split(separator: "/").last.map(String.init) ?? "", target))
    }
    var relations: [Relation] = []
    for (id, type, target) in found {
      let path = resolved(target, in: folder)
      relations.append(
        Relation(id: id, type: type, part: packed.spelling(of: path) ?? path))
    }
    return relations
  }

  /// The path that a target means from a folder: `/xl/a.xml`, `a.xml` or `../a.xml`.
  private static func resolved(_ target: String, in folder: String) -> String {
    var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/")
    for part in target.split(whereSeparator: { $0 == "/" || $0 == "\\" }) {
      switch part {
      case ".": break
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}

/// The part that names the sheets.
private struct WorkbookPart {
  var sheets: [(name: String, relation: String, isHidden: Bool)] = []
  var isFrom1904 = false

  mutating func take(_ event: XMLEvent) {
    guard case .start(let name, let attributes, _) = event else { return }
    let values = XMLAttributes(attributes)
    switch name.withoutXMLPrefix {
    case "sheet":
      let relation = attributes.first { $0.name.hasSuffix(":id") }?.value
      sheets.append(
        (values["name"] ?? "", relation ?? "", values["state"].map { $0 != "visible" } ?? false))
    case "workbookPr": isFrom1904 = values["date1904"].map { $0 == "1" || $0 == "true" } ?? false
    default: break
    }
  }
}

/// How cells show numbers: the formats in the order of the styles that cells name.
private struct CellStyles {
  private(set) var formats: [CellNumber] = []
  private var codes: [Int: String] = [:]
  private var isInCells = false

  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start(let name, let attributes, _):
      let values = XMLAttributes(attributes)
      switch name.withoutXMLPrefix {
      case "numFmt":
        if let id = values["numFmtId"].flatMap({ Int($0) }) { codes[id] = values["formatCode"] }
      case "cellXfs": isInCells = true
      case "xf" where isInCells:
        let id = values["numFmtId"].flatMap { Int($0) } ?? 0
        formats.append(codes[id].map(CellNumber.init(code:)) ?? CellNumber(builtIn: id))
      default: break
      }
    case .end(let name, _): if name.withoutXMLPrefix == "cellXfs" { isInCells = false }
    default: break
    }
  }
}
