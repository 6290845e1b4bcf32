extension ZipBuilder {
  /// A sheet of a workbook as a test writes it.
  package struct Sheet {
    package var name: String
    /// What stands in `sheetData` and behind it.
    package var content: String
    package var state: String?

    package init(_ name: String, _ content: String, state: String? = nil) {
      self.name = name
      self.content = content
      self.state = state
    }
  }

  package static let spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

  /// A workbook with the shape that Excel gives it.
  ///
  /// - Parameters:
  ///   - sheets: its sheets.
  ///   - strings: the `si` elements of the shared texts; none leaves out their part.
  ///   - styles: what stands in the part of styles; none leaves it out.
  ///   - properties: what stands before the sheets in the workbook's part.
  /// - Returns: the builder, to which parts can be added.
  package static func workbook(
    _ sheets: [Sheet], strings: String? = nil, styles: String? = nil, properties: String = ""
  ) -> ZipBuilder {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    var zip = ZipBuilder()
    zip.add("[Content_Types].xml", "<Types/>")
    zip.add(
      "_rels/.rels",
      "<Relationships xmlns=\"\(package)\"><Relationship Id=\"rId1\" "
        + "Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")
    var list = ""
    var relations = ""
    for (index, sheet) in sheets.enumerated() {
      let state = sheet.state.map { " state=\"\($0)\"" } ?? ""
      list +=
        "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\"\(state) r:id=\"rId\(index)\"/>"
      relations += "<Relationship Id=\"rId\(index)\" Type=\"\(office)/worksheet\" "
      relations += "Target=\"worksheets/sheet\(index).xml\"/>"
    }
    if strings != nil {
      relations += "<Relationship Id=\"s\" Type=\"\(office)/sharedStrings\" "
      relations += "Target=\"sharedStrings.xml\"/>"
    }
    if styles != nil {
      relations += "<Relationship Id=\"t\" Type=\"\(office)/styles\" Target=\"styles.xml\"/>"
    }
    zip.add(
      "xl/workbook.xml",
      "<workbook xmlns=\"\(spreadsheet)\" xmlns:r=\"\(office)\">\(properties)"
        + "<sheets>\(list)</sheets></workbook>")
    zip.add(
      "xl/_rels/workbook.xml.rels",
      "<Relationships xmlns=\"\(package)\">\(relations)</Relationships>")
    for (index, sheet) in sheets.enumerated() {
      zip.add("xl/worksheets/sheet\(index).xml", worksheet(sheet.content))
    }
    if let strings {
      zip.add("xl/sharedStrings.xml", "<sst xmlns=\"\(spreadsheet)\">\(strings)</sst>")
    }
    if let styles {
      zip.add("xl/styles.xml", "<styleSheet xmlns=\"\(spreadsheet)\">\(styles)</styleSheet>")
    }
    return zip
  }

  package static func worksheet(_ content: String) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<worksheet xmlns=\"\(spreadsheet)\">\(content)</worksheet>"
  }

  /// Rows of texts in the cells themselves, from A1 on.
  package static func rows(_ rows: [[String]]) -> String {
    var text = "<sheetData>"
    for row in rows {
      text += "<row>"
      for cell in row { text += "<c t=\"inlineStr\"><is><t>\(cell)</t></is></c>" }
      text += "</row>"
    }
    return text + "</sheetData>"
  }
}
