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
      Glossaries: TBX of all versions; CSV, TSV and XLSX, with a header of language tags (en, zh-Hans, en:forbidden, \
      domain, note …) or with two columns and none, or with the columns that --columns names; UTX, \
      OmegaT's lists, GlossML, CC-CEDICT; UTF-8, UTF-16 or GB18030. Memories: TMX, XLIFF, PO, two \
      plain files line by line, and TSV with --as memory. The same file twice changes nothing.

        concord import terms.csv
        concord import terms.xlsx --sheet Terms --columns en=Term,zh-Hans=译名,note=Remark
        concord import old.tmx --map-language zh=zh-CN
        concord import corpus.en corpus.zh
      """)

  @Argument(help: "Files, or folders to search; - is standard input.")
  var files: [String]

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Where to: glossary or memory. (default: TMX, XLIFF, PO and pairs of plain files mean the "
        + "memory, all else the glossary)",
      valueName: "half"))
  var half: StoreHalf?

  @Option(help: ArgumentHelp("Read a language code as another one.", valueName: "zh=zh-CN"))
  var mapLanguage: [String] = []

  @Option(
    help: ArgumentHelp(
      "Of several targets of one source keep all, or the latest by the dates of the files.",
      valueName: "all|latest"))
  var targets: TargetPolicy = .all

  @OptionGroup var table: TableOptions
  @OptionGroup var search: SearchOptions
  @OptionGroup var languages: LanguageOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.write)
    let options = GlossaryOptions(
      source: languages.sourceLanguage, target: languages.targetLanguage,
      encoding: languages.encoding, mapping: try LanguageMapping(mapLanguage),
      table: try table.options, targets: targets)
    var printer = try ResultPrinter(session, output)
    var paths = try FileSearch(
      endings: importEndings, usesGitIgnore: !search.noIgnore
    ).files(files)
    let pairs = half == .glossary ? [] : MosesPair.take(from: &paths)
    let trouble = try session.work(on: pairs.map(\.source) + paths) { file in
      let pair = pairs.first { $0.source == file }
      let summary = try session.withProgress { progress in
        let pace = Pace("reading \(Files.name(of: file))", unit: .bytes)
        return try pair.map {
          try importLines(of: $0, into: store, options: options, by: change.change)
        }
          ?? importFile(file, into: store, as: half, options: options, by: change.change) {
            progress.say(pace.text(done: $0, all: $1))
          }
      }
      summary.warnings.forEach(session.warn)
      try printer.print(json: summary.json(file: file), text: summary.text(file: file))
    }
    try printer.finish()
    if let slow = indexTrouble(store, session) {
      session.warn(Trouble("searches of the memory will be slow: \(slow.message)", file: slow.file))
    }
    return try session.status(after: trouble)
  }

  /// Makes what came into the memory fast to search; why it cannot be, if so.
  private func indexTrouble(_ store: ConcordStore, _ session: Session) -> Trouble? {
    let pace = Pace("indexing", unit: .units)
    return session.withProgress { progress in
      do throws(Trouble) {
        try store.keepIndexNear { progress.say(pace.text(done: $0, all: $1)) }
        return nil
      } catch {
        return error
      }
    }
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
    return line
      + "  kept beside the \(half == .glossary ? "terms" : "texts"): \(few.joined(separator: ", "))\(more)\n"
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
    abstract: "Write the store in the formats of other programs.",
    discussion: """
      The memory: tmx, po, moses (two plain files line by line: -o corpus writes corpus.en and \
      corpus.zh-Hans), csv and tsv. The glossary: tbx, csv, tsv, xlsx, utx, omegat.

        concord export --format tmx -o memory.tmx
        concord export -o glossary.csv
        concord export --format tbx --tbx-version 2 -o glossary.tbx
        concord export -o glossary.xlsx
        concord export --format omegat -o project/glossary/glossary.utf8
      """)

  @Option(
    help: ArgumentHelp(
      "tmx, tbx, csv, tsv, xlsx, utx, omegat, po or moses. (default: by the file's name)",
      valueName: "format"))
  var format: ExportFormat?

  @Option(name: [.short, .long], help: ArgumentHelp("Write to a file.", valueName: "file"))
  var output: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "What to write: glossary or memory. (default: TMX, PO and Moses mean the memory, all else "
        + "the glossary)",
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

  @Option(
    help: ArgumentHelp(
      "The source, for formats that hold one pair of languages. (default: the only pair)",
      valueName: "tag"))
  var sourceLanguage: LanguageTag?

  @Option(help: ArgumentHelp("The target, for such formats.", valueName: "tag"))
  var targetLanguage: LanguageTag?

  @Flag(help: "Write terms too that wait for review.")
  var includeProposed = false

  @Flag(help: "Leave cells of CSV as they are that a spreadsheet would compute.")
  var noFormulaGuard = false

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
    format
      ?? output.flatMap {
        let ending = Files.ending(of: $0)
        return ending == "utf8" ? .omegat : ExportFormat(rawValue: ending)
      }
  }

  func run(in session: Session) throws -> Int32 {
    guard let format = resolvedFormat else { return ExitStatus.trouble }
    let store = try place.workspace(session).store(.read)
    var flow = try ExportFlow(
      store: store, format: format, half: half, includesProposed: includeProposed,
      mapping: try LanguageMapping(mapLanguage))
    flow.level = TMXWriter.Level(rawValue: level) ?? .inline
    flow.tbxVersion = tbxVersion ?? .three
    flow.guardsFormulas = !noFormulaGuard
    flow.pair = (sourceLanguage, targetLanguage)
    if session.collector != nil, output == nil {
      throw Trouble("in a batch, export needs a file: give --output")
    }
    if format == .moses { return try writeLines(flow, session) }
    let file =
      try output.flatMap { $0 == "-" ? nil : try OutputFile.replacing($0) }
      ?? .standardOutput()
    let (count, warnings) = try session.withProgress { progress in
      let pace = Pace("writing", unit: .units)
      return try flow.run(to: file, version: Concord.version) {
        progress.say(pace.text(done: $0, all: $1))
      }
    }
    try file.finish()
    warnings.forEach(session.warn)
    if let output, output != "-" {
      session.remark("wrote \(count) \(flow.half == .glossary ? "concepts" : "units") to \(output)")
    }
    session.collector?([])
    return ExitStatus.clean
  }

  /// Writes two files, which standard output is not.
  private func writeLines(_ flow: ExportFlow, _ session: Session) throws -> Int32 {
    guard let output, output != "-" else {
      throw Trouble("moses is two files: give -o PREFIX, such as -o corpus")
    }
    let (count, files, warnings) = try flow.runMoses(prefix: output)
    warnings.forEach(session.warn)
    session.remark("wrote \(count) units to \(files.joined(separator: " and "))")
    session.collector?([])
    return ExitStatus.clean
  }
}
