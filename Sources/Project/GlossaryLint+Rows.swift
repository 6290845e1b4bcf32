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
    // Many rows may be joined to one concept: what it has is not looked through for each.
    var known =
      joined[concept]
      ?? Set(
        concepts[concept].entries.map { TermName(entries[$0].text, entries[$0].language) })
    let new = terms.filter { known.insert(TermName($0.text, $0.language)).inserted }
    joined[concept] = known
    let earlier = "concept \(concepts[concept].id)"
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
    guard first.status.isAccepted,
      let other = concepts[concept].entries.first(where: {
        entries[$0].language == first.language && entries[$0].status.isAccepted
      }).map({ entries[$0] })
    else { return }
    report(
      .conflictingTargets,
      "“\(source)” is “\(first.text)” here and “\(other.text)” in \(earlier): both are accepted; "
        + "write them in one cell, parted by |, if both are right, or give the concepts ids",
      location, concept: concept, term: source, expected: [other.text],
      related: [Diagnostic.Evidence(location: other.location, text: other.text)])
  }

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
