public import Bitext
internal import Formats
internal import Segmentation

/// The flow behind `lint` for exchange files: examines them one by one, and keeps what was found
/// with its places.
public struct ExchangeLint {
  /// Where the findings stand.
  public let lines = FileLines()
  public private(set) var fileCount = 0
  /// What was found beyond what is listed, a line a rule and file.
  public private(set) var unlisted: [String] = []
  /// How many findings a repair mends, by rule, the most frequent first.
  public var mendedCounts: [(rule: String, count: Int)] {
    mended.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }
  public var mendedCount: Int { mended.values.reduce(0, +) }

  private var found: [Diagnostic] = []
  /// What is left for a person to do.
  private var left: [Diagnostic] = []
  private var mended: [String: Int] = [:]

  public init() {}

  /// Whether a file is one to be examined so, by its name or by what it starts with.
  public static func takes(_ file: String) -> Bool { ExchangeFormat(of: file) != nil }

  /// Endings of such files.
  public static var endings: Set<String> { ExchangeFormat.endings }

  /// Examines a file.
  ///
  /// - Parameters:
  ///   - file: its path, or `-`.
  ///   - encoding: an IANA name, where the file declares a wrong one.
  /// - Throws: `Trouble` for a file that cannot be read or is no such file.
  public mutating func add(file: String, encoding: String?) throws {
    add(try ExchangeDoctor.examine(file, encoding: encoding), of: file, isRepair: false)
  }

  /// Examines a file and writes it repaired, whole or not at all.
  ///
  /// - Parameters:
  ///   - file: its path, or `-`.
  ///   - encoding: an IANA name, where the file declares a wrong one.
  ///   - path: of the repaired file, which may be that of the file itself.
  /// - Throws: `Trouble` for a file that cannot be read or is no such file, and for one that cannot
  ///   be written.
  public mutating func repair(file: String, encoding: String?, to path: String) throws {
    let output = try path == "-" ? OutputFile.standardOutput() : OutputFile.replacing(path)
    let examination = try ExchangeDoctor.repair(file, encoding: encoding, to: output)
    add(examination, of: file, isRepair: true)
    // The lines that the findings stand in are read before the file may be replaced by its repair.
    if !found.isEmpty { _ = lines.lines(of: Self.name(file)) }
    try output.finish()
  }

  private static func name(_ file: String) -> String {
    file == "-" ? Files.standardInputName : file
  }

  private mutating func add(
    _ examination: ExchangeExamination, of file: String, isRepair: Bool
  ) {
    fileCount += 1
    let name = Self.name(file)
    var listed: [ExchangeRule: Int] = [:]
    for finding in examination.findings {
      listed[finding.rule, default: 0] += 1
      lines.add(
        [finding.start, finding.end].map { CheckedPlace(file: name, position: $0.position) })
      var message = finding.message
      if isRepair { message += " — " + (finding.mending.map { "mended: \($0)" } ?? "not mended") }
      let diagnostic = Diagnostic(
        rule: finding.rule.rawValue, severity: finding.severity, message: message,
        location: Location(
          file: name, range: finding.start.offset..<max(finding.start.offset, finding.end.offset)),
        term: finding.text, found: finding.text)
      found.append(diagnostic)
      if finding.mending == nil { left.append(diagnostic) }
    }
    for (rule, count) in examination.mendedCounts { mended[rule.rawValue, default: 0] += count }
    for rule in ExchangeRule.allCases {
      let more = examination.counts[rule, default: 0] - listed[rule, default: 0]
      if more > 0 { unlisted.append("\(name): \(more) more of \(rule.rawValue) are not listed") }
    }
  }

  /// All that was found, the worst first, and else by file and place.
  public var diagnostics: [Diagnostic] { Self.sorted(found) }

  /// What a repair leaves to a person.
  public var leftDiagnostics: [Diagnostic] { Self.sorted(left) }

  private static func sorted(_ list: [Diagnostic]) -> [Diagnostic] {
    list.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.severity != b.severity { return a.severity > b.severity }
      if a.location.file != b.location.file { return a.location.file < b.location.file }
      return (a.location.range.lowerBound, left.offset) < (
        b.location.range.lowerBound, right.offset
      )
    }.map(\.element)
  }
}

extension ExchangePlace {
  fileprivate var position: LineIndex.Position {
    LineIndex.Position(line: line, column: column, offset: offset)
  }
}
