public import Bitext

/// What the columns of somebody else's table hold: `en=Term,zh-Hans=译名,note=Remark`.
public struct ColumnMapping: Sendable, Hashable {
  /// What a column holds, in the words of a header, and its name or number.
  struct Rule: Sendable, Hashable {
    var role: String
    var column: String
  }

  let rules: [Rule]

  /// Rows in which a header is looked for: above some stand a title and a date.
  private static let headerRows = 10

  /// Reads rules such as `en=Term,zh-Hans=译名,note=3`, parted by commas; one with a comma in it is
  /// quoted as a whole.
  ///
  /// - Parameter text: the rules; a column is named as the header names it, by its number from 1,
  ///   or by its letter in a sheet.
  /// - Throws: `Trouble` for a rule that says nothing, and for what no column can hold.
  public init(_ text: String) throws(Trouble) {
    let fields = try delimitedRows(Array(text.utf8), delimiter: .comma, file: "--columns")
      .flatMap(\.fields)
    var rules: [Rule] = []
    for field in fields where !field.isBlank {
      let sides = field.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
        throw Trouble(
          "'\(field.visible)' maps no column: write --columns en=Term,zh-Hans=译名,note=3")
      }
      guard GlossaryHeader.knows(sides[0]) else {
        throw Trouble(
          "'\(sides[0].visible)' is nothing that a column can hold: languages such as en or "
            + "zh-Hans, en:forbidden, source, target, id, domain, definition, note and status are")
      }
      rules.append(Rule(role: sides[0], column: sides[1]))
    }
    guard rules.count >= 2 else {
      throw Trouble("a glossary has two columns at least: write --columns en=Term,zh-Hans=译名")
    }
    self.rules = rules
  }

  /// Finds the columns in the first rows of a table.
  ///
  /// - Parameters:
  ///   - rows: all rows that are not blank.
  ///   - isSheet: whether columns have letters.
  ///   - file: the name that trouble is reported under.
  /// - Returns: the header, and the row that names the columns; `nil` where none does.
  /// - Throws: `Trouble` for a column that is not there.
  func resolve(
    in rows: [DelimitedRow], isSheet: Bool, file: String
  ) throws(Trouble) -> (header: GlossaryHeader, row: Int?) {
    // The row with one of the names is the header; without any, numbers and letters must do.
    let header = rows.prefix(Self.headerRows).firstIndex { row in
      let names = row.fields.map(\.trimmed)
      // A number stands in many a row of data.
      return rules.contains {
        Int($0.column) == nil && Self.index(named: $0.column, in: names) != nil
      }
    }
    let names = header.map { rows[$0].fields.map(\.trimmed) } ?? []
    var columns: [Int] = []
    for rule in rules {
      guard
        let column = Self.index(named: rule.column, in: names)
          ?? Self.position(rule.column, isSheet: isSheet)
      else {
        let row = header.map { rows[$0] } ?? rows.first
        let fields = row?.fields.map(\.visible).joined(separator: ", ") ?? ""
        throw Trouble(
          "has no column '\(rule.column.visible)': it has \(fields)", file: file, line: row?.line)
      }
      columns.append(column)
    }
    let width = rows.map(\.fields.count).max() ?? 0
    if let header {
      return (try self.header(columns, width: names.count, file: file), header)
    }
    let isHeader = rows.first.flatMap { GlossaryHeader($0.fields) } != nil
    return (try self.header(columns, width: width, file: file), isHeader ? 0 : nil)
  }

  /// The rows of a bitext with the columns of the first two languages alone.
  ///
  /// - Parameters:
  ///   - rows: all rows that are not blank.
  ///   - isSheet: whether columns have letters.
  ///   - file: the name that trouble is reported under.
  ///   - source: the source language, taken from the rules where it is not known.
  ///   - target: the target language, likewise.
  /// - Returns: the rows behind the header, of two fields each.
  /// - Throws: `Trouble` for a column that is not there.
  func textRows(
    of rows: [DelimitedRow], isSheet: Bool, file: String, source: inout LanguageTag?,
    target: inout LanguageTag?
  ) throws(Trouble) -> [DelimitedRow] {
    let (header, row) = try resolve(in: rows, isSheet: isSheet, file: file)
    var sides: [(column: Int, language: LanguageTag?)] = []
    for (index, column) in header.columns.enumerated() {
      switch column {
      case .terms(let language, nil): sides.append((index, language))
      case .side(let isSource): sides.insert((index, nil), at: isSource ? 0 : sides.count)
      default: break
      }
    }
    guard sides.count == 2 else {
      throw Trouble("a bitext has two columns: write --columns en=Source,zh-Hans=译文", file: file)
    }
    // The language that is named first is the source, wherever its column stands.
    let named = rules.lazy.compactMap { rule -> LanguageTag? in
      if case .terms(let language, nil) = GlossaryHeader.column(named: rule.role) {
        return language
      }
      return nil
    }
    if let first = named.first, sides[1].language == first { sides.swapAt(0, 1) }
    source = source ?? sides[0].language
    target = target ?? sides[1].language
    return rows.dropFirst(row.map { $0 + 1 } ?? 0).map { row in
      var pair = row
      pair.fields = sides.map {
        row.fields.indices.contains($0.column) ? row.fields[$0.column] : ""
      }
      return pair
    }
  }

  private func header(
    _ columns: [Int], width: Int, file: String
  ) throws(Trouble) -> GlossaryHeader {
    var roles = [String](repeating: "", count: width)
    for (rule, column) in zip(rules, columns) {
      guard roles.indices.contains(column) else {
        throw Trouble(
          "has no column '\(rule.column.visible)': it has \(width)", file: file)
      }
      guard roles[column].isEmpty else {
        throw Trouble(
          "--columns says of column '\(rule.column.visible)' that it holds \(roles[column]) and "
            + "\(rule.role): name it once", file: file)
      }
      roles[column] = rule.role
    }
    guard let header = GlossaryHeader(roles) else {
      throw Trouble(
        "--columns names one language alone: a glossary has two, such as en=Term,zh-Hans=译名",
        file: file)
    }
    return header
  }

  private static func index(named name: String, in names: [String]) -> Int? {
    names.firstIndex(of: name)
      ?? names.firstIndex { $0.lowercased() == name.lowercased() && !$0.isEmpty }
  }

  /// The column of a number from 1, or of a letter.
  private static func position(_ name: String, isSheet: Bool) -> Int? {
    if let number = Int(name) { return number > 0 ? number - 1 : nil }
    guard isSheet, let reference = CellReference(name.uppercased() + "1") else { return nil }
    return reference.column
  }
}
