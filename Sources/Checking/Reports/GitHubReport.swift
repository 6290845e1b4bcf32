public import Bitext
internal import Segmentation

/// Prints findings as commands to a GitHub workflow, which shows them beside the lines of a change.
///
/// The form is that of GitHub's "Workflow commands": `::error file=a.md,line=3,col=5::message`.
public struct GitHubReport: DiagnosticReport {
  public init() {}

  public func begin() -> String { "" }

  public func add(_ diagnostic: Diagnostic, _ sources: some SourceLines) -> String {
    var properties = [("file", diagnostic.location.file.visible)]
    let location = diagnostic.location
    if let start = sources.position(of: location.range.lowerBound, in: location.file),
      let end = sources.position(of: location.range.upperBound, in: location.file)
    {
      properties.append(("line", String(start.line)))
      // GitHub takes columns only where they are on one line.
      if start.line == end.line {
        properties.append(("col", String(start.column)))
        properties.append(("endLine", String(end.line)))
        properties.append(("endColumn", String(max(start.column, end.column))))
      } else {
        properties.append(("endLine", String(end.line)))
      }
    }
    properties.append(("title", diagnostic.rule))
    return Self.command(
      diagnostic.severity.command, properties, message(diagnostic, sources))
  }

  public func end(_ run: CheckedRun) -> String {
    var text = ""
    for trouble in run.troubles { text += Self.command("error", trouble) }
    for warning in run.warnings { text += Self.command("warning", warning) }
    return text
  }

  /// The message, and below it the places that belong to it.
  private func message(_ diagnostic: Diagnostic, _ sources: some SourceLines) -> String {
    var lines = [diagnostic.message.visible]
    func add(_ name: String, _ evidence: Diagnostic.Evidence) {
      let file = evidence.location.file
      let position = sources.position(of: evidence.location.range.lowerBound, in: file)
      let place = position.map { ":\($0.line):\($0.column)" } ?? ""
      lines.append("\(name): “\(evidence.text.visible)” in \(file.visible)\(place)")
    }
    if let source = diagnostic.source { add("Source", source) }
    for related in diagnostic.related { add("Also", related) }
    lines += diagnostic.explanation.map { "Why: \($0.visible)" }
    return lines.joined(separator: "\n")
  }

  private static func command(_ name: String, _ trouble: Trouble) -> String {
    var properties: [(String, String)] = []
    if let file = trouble.file {
      properties.append(("file", file.visible))
      if let line = trouble.line { properties.append(("line", String(line))) }
      if trouble.line != nil, let column = trouble.column {
        properties.append(("col", String(column)))
      }
    }
    properties.append(("title", "concord"))
    return command(name, properties, trouble.message.visible)
  }

  private static func command(
    _ name: String, _ properties: [(String, String)], _ message: String
  ) -> String {
    let list = properties.map { "\($0.0)=\(escaped($0.1, isProperty: true))" }
    return "::\(name) \(list.joined(separator: ","))::\(escaped(message, isProperty: false))\n"
  }

  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Severity {
  fileprivate var command: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "notice"
    }
  }
}
