public import ArgumentParser
public import Bitext
internal import Formats
public import Project
internal import Store

/// Which store and project a verb works in.
struct StoreOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The store to use instead of the project's.", valueName: "path"))
  var store: String?

  @Flag(name: [.short, .long], help: "Print results alone, no remarks.")
  var quiet = false

  func workspace(_ session: Session, glossaries: [String] = []) throws -> Workspace {
    session.isQuiet = quiet
    return try Workspace(store: store, glossaries: glossaries)
  }
}

/// Whether parsed word lists are kept for the next run.
struct CacheOptions: ParsableArguments {
  @Flag(help: "Neither read nor write the cache in XDG_CACHE_HOME.")
  var noCache = false

  var usesCache: Bool { !noCache }
}

/// A glossary file in place of the store.
struct GlossaryFileOptions: ParsableArguments {
  @Option(
    name: .customLong("glossary"),
    help: ArgumentHelp(
      "A glossary file to use instead of a store: CSV, TSV, XLSX, UTX … May be repeated.",
      valueName: "file"))
  var glossaries: [String] = []

  @Flag(help: "Count terms too that wait for review.")
  var includeProposed = false
}

/// How and where results are printed.
struct OutputOptions: ParsableArguments {
  @Option(help: "How to print results.")
  var format: ResultFormat = .text

  @Option(name: [.short, .long], help: ArgumentHelp("Write to a file.", valueName: "file"))
  var output: String?

  func open() throws -> OutputFile { try .named(output) }
}

extension OutputFile {
  /// The file of a name; without one, and for `-`, standard output.
  static func named(_ name: String?) throws -> OutputFile {
    guard let name, name != "-" else { return .standardOutput() }
    return try .replacing(name)
  }
}

/// At most how many results are printed.
struct LimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Print at the most so many results; 0 prints all. (default: 50 in text, else all)",
      valueName: "count"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit must be 0 or more.") }
  }
}

/// The languages of two sides.
struct LanguageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The language of the source, such as en or zh-Hans.", valueName: "tag"))
  var sourceLanguage: LanguageTag?

  @Option(help: ArgumentHelp("The language of the target.", valueName: "tag"))
  var targetLanguage: LanguageTag?

  @Option(
    help: ArgumentHelp(
      "The encoding of the files, such as GB18030, where it is guessed wrong.", valueName: "name"))
  var encoding: String?
}

/// Who makes a change, and when.
struct ChangeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The date to record, such as 2026-05-18 or 2026-05-18T09:30:00Z. (default: now)",
      valueName: "date"))
  var date: String?

  @Option(
    help: ArgumentHelp(
      "Who makes the change. (default: CONCORD_AUTHOR, else USER)", valueName: "name")
  )
  var author: String?

  var change: Change {
    Change(
      date: date.flatMap(Self.timestamp) ?? Clock.now(),
      author: author ?? ProcessEnvironment.value("CONCORD_AUTHOR")
        ?? ProcessEnvironment.value("USER"))
  }

  func validate() throws {
    if let date, Self.timestamp(date) == nil {
      throw ValidationError("'\(date)' is no date: write 2026-05-18 or 2026-05-18T09:30:00Z.")
    }
  }

  /// Fills up a date with midnight.
  static func timestamp(_ text: String) -> Timestamp? {
    let full = text.utf8.count == 10 ? text + "T00:00:00Z" : text
    let shape = Array("0000-00-00T00:00:00Z".utf8)
    let bytes = Array(full.utf8)
    guard bytes.count == shape.count else { return nil }
    for (byte, form) in zip(bytes, shape) {
      let fits = form == 0x30 ? byte.isASCIIDigit : byte == form
      guard fits else { return nil }
    }
    func number(_ range: Range<Int>) -> Int {
      Int(String(decoding: bytes[range], as: UTF8.self)) ?? 0
    }
    let fits =
      1...12 ~= number(5..<7) && 1...31 ~= number(8..<10) && number(11..<13) < 24
      && number(14..<16) < 60 && number(17..<19) < 60
    return fits ? full : nil
  }
}

extension LanguageTag: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension TermStatus: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
extension StoreHalf: ExpressibleByArgument {}
extension TargetPolicy: ExpressibleByArgument {}
extension ExportFormat: ExpressibleByArgument {}
extension TBXVersion: ExpressibleByArgument {}
