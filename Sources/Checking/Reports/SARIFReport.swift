public import Bitext
internal import Segmentation

/// Prints findings as SARIF 2.1.0 (OASIS 2020), which code hosts and editors read.
///
/// Columns count Unicode scalars. Section numbers in the comments are those of the standard.
public struct SARIFReport: DiagnosticReport {
  private let version: String
  private let settings: RuleSettings
  private var fingerprints = FingerprintCounter()
  private var isFirst = true

  /// - Parameters:
  ///   - version: of Concord.
  ///   - settings: the severities of the project.
  public init(version: String, settings: RuleSettings = RuleSettings()) {
    self.version = version
    self.settings = settings
  }

  public func begin() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("name", "concord")
      writer.member("version", version)
      writer.key("rules")
      writer.array(RuleName.allCases) { rule(&$0, $1) }
    }
    return """
      {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0",\
      "runs":[{"tool":{"driver":\(writer.text)},"columnKind":"unicodeCodePoints","results":[
      """
  }

  public mutating func add(_ diagnostic: Diagnostic, _ sources: some SourceLines) -> String {
    defer { isFirst = false }
    let fingerprint = fingerprints.next(diagnostic, sources)
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("ruleId", diagnostic.rule)
      writer.member(
        "ruleIndex", RuleName.allCases.firstIndex { $0.rawValue == diagnostic.rule })
      writer.member("level", diagnostic.severity.level)
      writer.message(Self.text(diagnostic))
      writer.key("locations")
      writer.array([diagnostic.location]) { $0.location($1, sources) }
      let evidence = [diagnostic.source].compactMap { $0 } + diagnostic.related
      if !evidence.isEmpty {
        writer.key("relatedLocations")
        writer.array(evidence.enumerated()) { writer, related in
          let isSource = related.offset == 0 && diagnostic.source != nil
          writer.location(
            related.element.location, sources, id: related.offset,
            message: (isSource ? "source: “" : "also: “") + related.element.text + "”")
        }
      }
      writer.key("partialFingerprints")
      writer.object { $0.member("concordFinding/v1", fingerprint) }
      if let replacement = diagnostic.replacement {
        writer.key("fixes")
        writer.array([replacement]) { $0.fix(diagnostic, replacement: $1, sources) }
      }
    }
    return (isFirst ? "\n" : ",\n") + writer.text
  }

  public func end(_ run: CheckedRun) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("executionSuccessful")
      writer.value(run.troubles.isEmpty)
      writer.key("toolExecutionNotifications")
      let notifications =
        run.troubles.map { ("error", $0) } + run.warnings.map { ("warning", $0) }
      writer.array(notifications) { $0.notification($1.0, $1.1) }
    }
    return "\n],\"invocations\":[\(writer.text)]}]}\n"
  }

  private func rule(_ writer: inout JSONWriter, _ rule: RuleName) {
    let manual = RuleManual.entry(rule.rawValue)
    let severity = settings[rule]
    writer.object { writer in
      writer.member("id", rule.rawValue)
      if let manual {
        writer.text("shortDescription", manual.meaning)
        writer.text("help", manual.advice)
      }
      writer.key("defaultConfiguration")
      writer.object { writer in
        writer.key("enabled")
        writer.value(settings.isOn(rule))
        writer.member("level", (severity ?? .warning).level)
      }
    }
  }

  /// The message, and why it was made where that was asked for.
  private static func text(_ diagnostic: Diagnostic) -> String {
    ([diagnostic.message] + diagnostic.explanation).joined(separator: "\n")
  }
}

extension JSONWriter {
  /// A message of plain text, in which brackets would be links (section 3.11.6).
  fileprivate mutating func message(_ text: String) {
    var escaped = ""
    for scalar in text.unicodeScalars {
      if scalar == "[" || scalar == "]" || scalar == "\\" { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
    self.text("message", escaped)
  }

  fileprivate mutating func text(_ name: String, _ text: String) {
    key(name)
    object { $0.member("text", text) }
  }

  fileprivate mutating func location(
    _ location: Location, _ sources: some SourceLines, id: Int? = nil, message: String? = nil
  ) {
    object { writer in
      if let id { writer.member("id", id) }
      writer.key("physicalLocation")
      writer.object { writer in
        writer.artifact(location.file)
        writer.key("region")
        writer.region(location, sources)
      }
      if let message { writer.message(message) }
    }
  }

  fileprivate mutating func artifact(_ file: String) {
    key("artifactLocation")
    object { $0.member("uri", uri(ofFile: file)) }
  }

  fileprivate mutating func region(_ location: Location, _ sources: some SourceLines) {
    object { writer in
      if let start = sources.position(of: location.range.lowerBound, in: location.file),
        let end = sources.position(of: location.range.upperBound, in: location.file)
      {
        writer.member("startLine", start.line)
        writer.member("startColumn", start.column)
        writer.member("endLine", end.line)
        writer.member("endColumn", end.column)
      }
      writer.member("byteOffset", location.range.lowerBound)
      writer.member("byteLength", location.range.count)
    }
  }

  /// A change that an editor can make by itself (section 3.55).
  fileprivate mutating func fix(
    _ diagnostic: Diagnostic, replacement: String, _ sources: some SourceLines
  ) {
    object { writer in
      writer.text("description", "Write “\(replacement)”.")
      writer.key("artifactChanges")
      writer.array([diagnostic.location]) { writer, location in
        writer.object { writer in
          writer.artifact(location.file)
          writer.key("replacements")
          writer.array([replacement]) { writer, replacement in
            writer.object { writer in
              writer.key("deletedRegion")
              writer.region(location, sources)
              writer.text("insertedContent", replacement)
            }
          }
        }
      }
    }
  }

  /// Something that went wrong while Concord ran (section 3.58).
  fileprivate mutating func notification(_ level: String, _ trouble: Trouble) {
    object { writer in
      writer.member("level", level)
      writer.message(trouble.message)
      guard let file = trouble.file else { return }
      writer.key("locations")
      writer.array([file]) { writer, file in
        writer.object { writer in
          writer.key("physicalLocation")
          writer.object { writer in
            writer.artifact(file)
            guard let line = trouble.line, line > 0 else { return }
            writer.key("region")
            writer.object { writer in
              writer.member("startLine", line)
              if let column = trouble.column, column > 0 { writer.member("startColumn", column) }
            }
          }
        }
      }
    }
  }
}

extension Severity {
  /// Section 3.27.10.
  fileprivate var level: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }
}

/// The URI of a file as a command names it (RFC 3986): relative where the name is.
func uri(ofFile file: String) -> String {
  var uri = file.hasPrefix("/") ? "file://" : ""
  for byte in file.utf8 {
    if byte.isUnreserved {
      uri.unicodeScalars.append(Unicode.Scalar(byte))
    } else {
      uri += "%" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
  }
  return uri
}

extension UInt8 {
  /// What stands for itself in a path; a colon would end a scheme.
  fileprivate var isUnreserved: Bool {
    isASCIILetter || isASCIIDigit || self == 0x2D || self == 0x2E || self == 0x2F || self == 0x5F
      || self == 0x7E
  }
}
