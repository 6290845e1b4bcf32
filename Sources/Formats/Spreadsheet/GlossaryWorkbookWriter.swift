public import Bitext

/// Writes concepts as a workbook (XLSX) of one sheet, one row each, so that reading the file back
/// gives the same concepts: a header that stays in view and filters, and cells that are text whatever
/// they look like.
public struct GlossaryWorkbookWriter {
  private let output: OutputFile
  private let layout: GlossaryLayout

  /// - Parameters:
  ///   - output: where the file goes.
  ///   - columns: the languages and statuses that occur in the concepts, in the order wanted.
  public init(to output: OutputFile, columns: [GlossaryTableWriter.Column]) {
    self.output = output
    layout = GlossaryLayout(columns)
  }

  /// Writes the whole file, one concept at a time.
  ///
  /// - Parameter produce: is given a function that takes the next concept.
  /// - Returns: how many concepts there were.
  /// - Throws: `Trouble` for more rows and longer cells than Excel opens, and what `produce` throws.
  public func write(_ produce: ((Concept) throws -> Void) throws -> Void) throws -> Int {
    var packed = PackedFileWriter(to: output)
    for (name, text) in WorkbookParts.fixed {
      try packed.begin(name)
      try packed.write(text)
      try packed.end()
    }
    try packed.begin(WorkbookParts.sheet)
    try packed.write(WorkbookParts.sheetStart(widths: layout.header.map(Self.width)))
    try packed.write(Self.row(1, layout.header, style: 1))
    var count = 0
    try produce { concept in
      count += 1
      let fields = layout.fields(of: concept)
      try Self.examine(fields, of: concept, row: count + 1)
      try packed.write(Self.row(count + 1, fields, style: nil))
    }
    let last = CellReference(column: layout.header.count - 1, row: count + 1)
    try packed.write(WorkbookParts.sheetEnd(table: "A1:\(last.name)"))
    try packed.end()
    try packed.finish()
    return count
  }

  /// What a cell holds at the most: more, and Excel says that the file is damaged.
  private static let longestText = 32_767

  private static func examine(
    _ fields: [String], of concept: Concept, row: Int
  ) throws(Trouble) {
    guard row <= CellReference.rows else {
      throw Trouble("a sheet holds \(CellReference.rows) rows at the most: use --format csv")
    }
    for field in fields where field.utf8.count > longestText && field.utf16.count > longestText {
      throw Trouble(
        "a cell of concept \(concept.id.visible) would hold \(field.utf16.count) characters, and "
          + "Excel opens \(longestText) at the most: use --format csv")
    }
  }

  /// In characters: a name or number takes little room, terms some, a definition much.
  private static func width(of column: String) -> Int {
    switch column {
    case "id", "domain", "source": 14
    case "definition", "note": 48
    default: 28
    }
  }

  private static func row(_ number: Int, _ fields: [String], style: Int?) -> String {
    var text = "<row r=\"\(number)\">"
    let look = style.map { " s=\"\($0)\"" } ?? ""
    for (column, field) in fields.enumerated() where !field.isEmpty {
      text += "<c r=\"\(CellReference.letters(of: column))\(number)\"\(look) t=\"inlineStr\"><is>"
      text += "<t xml:space=\"preserve\">\(escapedXML(CellText.encoded(field)))</t></is></c>"
    }
    return text + "</row>\n"
  }
}

/// What stands in every workbook that Concord writes (ECMA-376, part 1, section 18, transitional, as
/// all programs read it).
private enum WorkbookParts {
  static let sheet = "xl/worksheets/sheet1.xml"

  private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  private static let content = "application/vnd.openxmlformats-officedocument.spreadsheetml"

  static let fixed: [(name: String, text: String)] = [
    (
      "[Content_Types].xml",
      declaration + """
        <Types xmlns="\(package)/content-types">\
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
        <Default Extension="xml" ContentType="application/xml"/>\
        <Override PartName="/xl/workbook.xml" ContentType="\(content).sheet.main+xml"/>\
        <Override PartName="/xl/styles.xml" ContentType="\(content).styles+xml"/>\
        <Override PartName="/\(sheet)" ContentType="\(content).worksheet+xml"/></Types>
        """
    ),
    (
      "_rels/.rels",
      declaration + """
        <Relationships xmlns="\(package)/relationships"><Relationship Id="rId1" \
        Type="\(office)/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """
    ),
    (
      "xl/workbook.xml",
      declaration + """
        <workbook xmlns="\(main)" xmlns:r="\(office)"><sheets>\
        <sheet name="Glossary" sheetId="1" r:id="rId1"/></sheets></workbook>
        """
    ),
    (
      "xl/_rels/workbook.xml.rels",
      declaration + """
        <Relationships xmlns="\(package)/relationships">\
        <Relationship Id="rId1" Type="\(office)/worksheet" Target="worksheets/sheet1.xml"/>\
        <Relationship Id="rId2" Type="\(office)/styles" Target="styles.xml"/></Relationships>
        """
    ),
    (
      "xl/styles.xml",
      // Style 0 is for cells, as text; 1 for the header, in bold.
      declaration + """
        <styleSheet xmlns="\(main)"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
        <font><b/><sz val="11"/><name val="Calibri"/></font></fonts>\
        <fills count="2"><fill><patternFill patternType="none"/></fill>\
        <fill><patternFill patternType="gray125"/></fill></fills>\
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
        <cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" \
        applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" \
        applyNumberFormat="1" applyFont="1"/></cellXfs>\
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
        </styleSheet>
        """
    ),
  ]

  static func sheetStart(widths: [Int]) -> String {
    var text =
      declaration + "<worksheet xmlns=\"\(main)\"><sheetViews><sheetView workbookViewId=\"0\">"
    text += "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
    text += "</sheetView></sheetViews><cols>"
    for (index, width) in widths.enumerated() {
      // The style of a column is that of the cells which a user will fill in.
      text += "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(width)\" style=\"0\" "
      text += "customWidth=\"1\"/>"
    }
    return text + "</cols><sheetData>\n"
  }

  static func sheetEnd(table: String) -> String {
    "</sheetData><autoFilter ref=\"\(table)\"/></worksheet>"
  }
}
