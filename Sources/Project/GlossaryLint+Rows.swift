internal import Bitext
internal import Formats
internal import Segmentation

extension GlossaryLint {
  /// Names what keeps a row from being read.
  mutating func reportBroken(_ row: GlossaryCells.Row, _ table: Int) {
    let cells = tables[table]
    if let surplus = row.surplus {
      report(
        .brokenRow,
        "the row has more fields than the header: a field with a comma or semicolon needs double "
          + "quotes around it", Location(file: cells.file, range: cells.place(of: surplus)),
        term: surplus.text)
    }
    if let status = row.badStatus {
      let names = TermStatus.allCases.map(\.rawValue)
      let advice =
        nearestWord(to: status.text, among: names).map { "did you mean “\($0)”?" }
        ?? "write \(names.joined(separator: ", "))"
      report(
        .brokenRow, "the status “\(status.text)” is not known: \(advice)",
        Location(file: cells.file, range: cells.place(of: status)), term: status.text)
    }
    if row.cells.isEmpty {
      report(
        .brokenRow, severity: .warning, "the row has no term and is left out",
        Location(file: cells.file, range: cells.text.positions.source(row.range)), term: row.id)
    }
  }

  /// Says what joining a row to an earlier one comes to.
  mutating func reportJoined(
    _ terms: [Term], _ row: GlossaryCells.Row, _ concept: Int, _ location: Location
  ) {
    let before = concepts[concept].entries.map { entries[$0] }
    let new = terms.filter { term in
      !before.contains { $0.text == term.text && $0.language == term.language }
    }
    let earlier = "\(Self.name(of: concepts[concept].location, concepts[concept].id))"
    guard let first = new.first else {
      let what = terms.first?.text ?? row.id
      report(
        .duplicateConcept, "“\(what)” says nothing that \(earlier) does not say", location,
        concept: concept, term: what)
      return
    }
    // Rows with the same id were joined on purpose.
    guard row.id.isEmpty else { return }
    let source = terms.first { $0.language != first.language }?.text ?? ""
    let known = before.filter { $0.language == first.language && $0.status.isAccepted }
    guard first.status.isAccepted, let other = known.first else { return }
    report(
      .conflictingTargets,
      "“\(source)” is “\(first.text)” here and “\(other.text)” in \(earlier): both are accepted; "
        + "write them in one cell, parted by |, if both are right, or give the concepts ids",
      location, concept: concept, term: source, expected: [other.text],
      related: [Diagnostic.Evidence(location: other.location, text: other.text)])
  }

  private static func name(of location: Location, _ id: String) -> String { "concept \(id)" }

  /// White space at the ends of a cell: Concord leaves it out, other programs may not.
  mutating func checkEdges(of cell: GlossaryCells.Cell, in cells: GlossaryCells) {
    let scalars = cell.text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return }
    let (isBefore, isAfter) = (first.properties.isWhitespace, last.properties.isWhitespace)
    guard isBefore || isAfter else { return }
    let count = cell.text.utf8.count
    let range =
      isBefore
      ? 0..<UTF8.width(first) : count - UTF8.width(last)..<count
    report(
      .suspiciousWhitespace, severity: .info,
      "white space \(isBefore ? "before" : "after") the terms of the cell",
      Location(file: cells.file, range: cells.place(of: range, in: cell)), term: cell.text)
  }
}
