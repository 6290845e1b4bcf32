internal import Bitext
internal import Project

/// Prints what covers a text piece by piece.
enum FragmentPrinting {
  /// Prints fragments: the part of the text, its translation, and what speaks for it; where the
  /// units do not agree, one of them with the part marked.
  static func print(
    _ fragments: [Fragment], _ printer: inout ResultPrinter, _ session: Session
  ) throws {
    for (json, text) in printed(fragments, session) { try printer.print(json: json, text: text) }
    if fragments.isEmpty { session.remark("no fragment") }
  }

  /// Each fragment as it is printed; those of a batch with their line.
  static func printed(
    _ fragments: [Fragment], _ session: Session, _ line: SearchFlow.Line? = nil
  ) -> [(json: String, text: String)] {
    let width = min(40, fragments.map { Columns.width($0.text.visible) }.max() ?? 0)
    return fragments.map { fragment in
      (
        fragment.json(line: line?.number, query: line?.text),
        text(fragment, width: width, session)
      )
    }
  }

  private static func text(_ fragment: Fragment, width: Int, _ session: Session) -> String {
    let name = Columns.pad(fragment.text.visible, to: width)
    let translations = fragment.translations.map(\.visible).joined(separator: " | ")
    var line = "\(Columns.pad(fragment.kind.rawValue, to: 8))  \(name)  "
    switch fragment.kind {
    case .term:
      line += translations.isEmpty ? "—" : translations
      if let status = fragment.status { line += "  (\(status.rawValue))" }
      return line + "\n"
    case .fragment:
      if let agreement = fragment.agreement {
        let units = agreement.asked == 1 ? "unit" : "units"
        return line + "\(translations)  (\(agreement.units) of \(agreement.asked) \(units))\n"
      }
      return line + "as in\n" + (fragment.example.map { example($0, session) } ?? "")
    }
  }

  private static func example(_ example: Fragment.Example, _ session: Session) -> String {
    let (own, other) =
      example.isReversed
      ? (example.unit.target, example.unit.source) : (example.unit.source, example.unit.target)
    let line = MarkedLine(usesColor: session.usesColor, width: nil)
    return "          \(line.text(own, marking: [example.range]))\n"
      + "          \(line.text(other, marking: example.translation.map { [$0] } ?? []))\n"
  }
}
