internal import ArgumentParser
internal import Bitext
internal import Formats

/// How results are printed.
enum ResultFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people: may change from version to version.
  case text
  /// One array of objects.
  case json
  /// One object a line.
  case jsonl
}

/// Prints the results of a verb, one at a time, in the form that was asked for.
struct ResultPrinter: ~Copyable {
  private let session: Session
  private let format: ResultFormat
  private let output: OutputFile
  private var count = 0
  private var collected: [String] = []
  private let collects: Bool
  /// Results beyond this are counted and not printed.
  private let limit: Int?
  private var leftOut = 0

  /// Texts page at this many results, so that a terminal is not flooded.
  private static let page = 50

  init(_ session: Session, _ options: OutputOptions, limit: Int? = nil) throws {
    try self.init(session, format: options.format, output: options.output, limit: limit)
  }

  /// - Parameters:
  ///   - session: hears of what is left out.
  ///   - format: how results are printed.
  ///   - output: a file; `nil` and `-` are standard output.
  ///   - limit: of results that are printed; 0 prints all, `nil` what suits the format.
  /// - Throws: `Trouble` for a file that cannot be written.
  init(_ session: Session, format: ResultFormat, output: String?, limit: Int? = nil) throws {
    self.session = session
    self.format = format
    collects = session.collector != nil && output == nil
    self.output = try OutputFile.named(output)
    self.limit = limit ?? (format == .text && !collects ? Self.page : nil)
  }

  var isText: Bool { format == .text && !collects }

  /// Whether a printer would print text: for what must be decided before anything is printed.
  static func isText(_ session: Session, _ options: OutputOptions) -> Bool {
    options.format == .text && (session.collector == nil || options.output != nil)
  }

  /// Prints one result.
  mutating func print(json: @autoclosure () -> String, text: @autoclosure () -> String) throws {
    if let limit, limit > 0, count >= limit {
      leftOut += 1
      return
    }
    defer { count += 1 }
    if collects {
      collected.append(json())
      return
    }
    switch format {
    case .text: try output.write(text())
    case .json: try output.write((count == 0 ? "[" : ",\n") + json())
    case .jsonl: try output.write(json() + "\n")
    }
  }

  /// Prints a line that only people need.
  mutating func line(_ text: String) throws { if isText { try output.write(text + "\n") } }

  consuming func finish() throws {
    if collects { session.collector?(collected) }
    if format == .json, !collects { try output.write(count == 0 ? "[]\n" : "]\n") }
    try output.finish()
    if leftOut > 0, isText { session.remark("… and \(leftOut) more: --limit 0 shows all") }
  }
}
