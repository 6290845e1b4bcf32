internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project
internal import Store

struct Import: Verb {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring files into the store.",
    discussion: """
      Glossaries: TBX of versions 2 and 3 and TBX-Min; CSV and TSV, with a header of language tags (en, zh-Hans, en:forbidden, domain, \
      note …) or with two columns and none; commas, semicolons or tabs; UTF-8, UTF-16 or GB18030. \
      Memories: TMX, and TSV with --as memory. The same file twice changes nothing.

        concord import terms.csv
        concord import old.tmx --map-language zh=zh-CN
      """)

  @Argument(help: "Files, or folders to search; - is standard input.")
  var files: [String]

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Where to: glossary or memory. (default: TMX means the memory, all else the glossary)",
      valueName: "half"))
  var half: StoreHalf?

  @Option(help: ArgumentHelp("Read a language code as another one.", valueName: "zh=zh-CN"))
  var mapLanguage: [String] = []

  @Option(
    help: ArgumentHelp(
      "Of several targets of one source keep all, or the latest by the dates of the files.",
      valueName: "all|latest"))
  var targets: TargetPolicy = .all

  @OptionGroup var search: SearchOptions
  @OptionGroup var languages: LanguageOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.write)
    let options = GlossaryOptions(
      source: languages.sourceLanguage, target: languages.targetLanguage,
      encoding: languages.encoding, mapping: try LanguageMapping(mapLanguage))
    var printer = try ResultPrinter(session, output)
    let paths = try FileSearch(
      endings: glossaryEndings.union(["tmx"]), usesGitIgnore: !search.noIgnore
    ).files(files)
    let trouble = try session.work(on: paths) { file in
      let summary = try importFile(
        file, into: store, as: half, options: options, policy: targets, by: change.change)
      summary.warnings.forEach(session.warn)
      try printer.print(json: summary.json(file: file), text: summary.text(file: file))
    }
    try printer.finish()
    return try session.status(after: trouble)
  }
}

extension ImportSummary {
  fileprivate func text(file: String) -> String {
    let kind = half == .glossary ? "concepts" : "translation units"
    let line =
      "\(file.visible): \(added) \(kind) added, \(changed) changed, \(unchanged) unchanged "
      + "(\(half.rawValue))\n"
    guard !kept.isEmpty else { return line }
    let few = kept.prefix(Self.examples).map { "\($0.name.visible) \($0.count)" }
    let more = kept.count > Self.examples ? " and \(kept.count - Self.examples) more kinds" : ""
    return line + "  kept beside the \(half == .glossary ? "terms" : "texts"): \(few.joined(separator: ", "))\(more)\n"
  }

  /// How many kinds of remarks a line names.
  private static let examples = 8

  fileprivate func json(file: String) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("file", file)
      writer.member("as", half.rawValue)
      writer.member("added", added)
      writer.member("changed", changed)
      writer.member("unchanged", unchanged)
      guard !kept.isEmpty else { return }
      writer.key("kept")
      writer.array(kept) { writer, kind in
        writer.object { writer in
          writer.member("name", kind.name)
          writer.member("count", kind.count)
        }
      }
    }
    return writer.text
  }
}

struct Export: Verb {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the store as TMX, TBX, CSV or TSV.",
    discussion: """
        concord export --format tmx -o memory.tmx
        concord export -o glossary.csv
        concord export --format tbx --tbx-version 2 -o glossary.tbx
      """)

  @Option(
    help: ArgumentHelp("tmx, tbx, csv or tsv. (default: by the file's name)", valueName: "format"))
  var format: ExportFormat?

  @Option(name: [.short, .long], help: ArgumentHelp("Write to a file.", valueName: "file"))
  var output: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "What to write: glossary or memory. (default: TMX means the memory, all else the glossary)",
      valueName: "half"))
  var half: StoreHalf?

  @Option(help: ArgumentHelp("Write a language code as another one.", valueName: "zh=zh-CN"))
  var mapLanguage: [String] = []

  @Option(help: ArgumentHelp("TMX: 1 for texts alone, 2 with inline elements.", valueName: "1|2"))
  var level = 2

  @Option(
    help: ArgumentHelp(
      "The version of TBX: 3, or 2 for tools that read only that. (default: 3)",
      valueName: "number"))
  var tbxVersion: TBXVersion?

  @Flag(help: "Write terms too that wait for review.")
  var includeProposed = false

  @OptionGroup var place: StoreOptions

  func validate() throws {
    guard TMXWriter.Level(rawValue: level) != nil else {
      throw ValidationError("Give --level 1 or 2.")
    }
    if tbxVersion != nil, resolvedFormat != nil, resolvedFormat != .tbx {
      throw ValidationError("--tbx-version goes with --format tbx alone.")
    }
    guard resolvedFormat == nil else { return }
    let formats = ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("Give --format with one of \(formats).")
  }

  private var resolvedFormat: ExportFormat? {
    format ?? output.flatMap { ExportFormat(rawValue: Files.ending(of: $0)) }
  }

  func run(in session: Session) throws -> Int32 {
    guard let format = resolvedFormat else { return ExitStatus.trouble }
    let store = try place.workspace(session).store(.read)
    var flow = try ExportFlow(
      store: store, format: format, half: half, includesProposed: includeProposed,
      mapping: try LanguageMapping(mapLanguage))
    flow.level = TMXWriter.Level(rawValue: level) ?? .inline
    }
    flow.tbxVersion = tbxVersion ?? .three
    if session.collector != nil, output == nil {
      throw Trouble("in a batch, export needs a file: give --output")
    }
    let file =
      try output.flatMap { $0 == "-" ? nil : try OutputFile.replacing($0) }
      ?? .standardOutput()
    let (count, warnings) = try flow.run(to: file, version: Concord.version)
    try file.finish()
    warnings.forEach(session.warn)
    if let output, output != "-" {
      session.remark("wrote \(count) \(flow.half == .glossary ? "concepts" : "units") to \(output)")
    }
    session.collector?([])
    return ExitStatus.clean
  }
}
