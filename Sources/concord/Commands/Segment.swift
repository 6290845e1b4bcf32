internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project
internal import Segmentation

struct Segment: Verb {
  static let configuration = CommandConfiguration(
    commandName: "segment",
    abstract: "Cut documents into sentences or words.",
    discussion: """
      Offsets are bytes of the file as it lies on disk, the end exclusive. Sentences end where \
      the rules say: --rules takes a rule file of SRX 2.0, as other translation tools have them. \
      Words are never cut within a term of the glossary. See docs/segmentation.md.

        concord segment article.md
        echo '你好。再见！' | concord segment - --unit word --format jsonl
        concord segment --print-rules > house.srx
        concord segment --rules house.srx article.md
        concord segment --unit word --glossary terms.csv article.zh.md
      """)

  enum Unit: String, ExpressibleByArgument, CaseIterable {
    case sentence, word
  }

  @Argument(help: "Files; - is standard input.")
  var files: [String] = []

  @Option(help: "What to cut into.")
  var unit: Unit = .sentence

  @Option(
    help: ArgumentHelp("The language of the files. (default: by name and script)", valueName: "tag")
  )
  var language: LanguageTag?

  @Option(
    name: .customLong("learn"),
    help: ArgumentHelp(
      "A text of the same kind, to learn from how likely Chinese words are. May be repeated.",
      valueName: "file"))
  var samples: [String] = []

  @Option(
    help: ArgumentHelp("The encoding of the files, where it is guessed wrong.", valueName: "name"))
  var encoding: String?

  @Option(
    help: ArgumentHelp(
      "Where sentences end: a rule file of SRX 2.0. (default: the project's, else Concord's own)",
      valueName: "file.srx"))
  var rules: String?

  @Flag(help: "Print Concord's own rules, to copy and change.")
  var printRules = false

  @OptionGroup var glossary: GlossaryFileOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    if files.isEmpty != printRules {
      throw ValidationError(
        printRules ? "--print-rules takes no files." : "Name a file; - is standard input.")
    }
    if printRules, rules != nil || unit == .word || output.format != .text {
      throw ValidationError(
        "--print-rules prints Concord's own rules, as they are: leave the other options out.")
    }
    if unit != .word, !samples.isEmpty || !glossary.glossaries.isEmpty {
      throw ValidationError(
        "\(samples.isEmpty ? "--glossary" : "--learn") says how words are cut: add --unit word.")
    }
  }

  func run(in session: Session) throws -> Int32 {
    if printRules { return try writeRules(session) }
    let workspace = try place.workspace(session, glossaries: glossary.glossaries)
    let reading = try workspace.documentOptions(
      language: language, encoding: encoding, rules: rules)
    var words = unit == .word ? try wordCutter(workspace, reading, session) : nil
    var printer = try ResultPrinter(session, output, limit: 0)
    var uncovered: [LanguageTag] = []
    let trouble = try session.work(on: files) { file in
      let text = try reading.segments(of: file) { session.warn($0.warning(file: file)) }
      if let rules = reading.rules, !uncovered.contains(text.language),
        try !rules.cover(text.language)
      {
        uncovered.append(text.language)
        session.warn(
          Warning(
            "maps no rules to \(text.language.canonical): its paragraphs are not cut",
            file: rules.file))
      }
      try print(words?.words(of: text) ?? text.segments.map(\.range), of: text, &printer)
    }
    try printer.finish()
    return try session.status(after: trouble)
  }

  private func wordCutter(
    _ workspace: Workspace, _ reading: DocumentReading, _ session: Session
  ) throws -> WordCutter {
    let termbase = try workspace.termbase(
      isRequired: !glossary.glossaries.isEmpty, warn: session.warn)
    var cutter = WordCutter(termbase: termbase, includesProposed: glossary.includeProposed)
    for sample in samples {
      cutter.learn(
        from: try reading.segments(of: sample) { session.warn($0.warning(file: sample)) })
    }
    return cutter
  }

  private func writeRules(_ session: Session) throws -> Int32 {
    let text = String(decoding: SegmentationRules.builtinSRX, as: UTF8.self)
    if session.collector != nil, output.output == nil {
      throw Trouble("--print-rules prints a file: name one with --output")
    }
    let file = try output.open()
    try file.write(text)
    try file.finish()
    session.collector?([])
    return ExitStatus.clean
  }

  private func print(
    _ ranges: [Range<Int>], of text: SegmentedText, _ printer: inout ResultPrinter
  ) throws {
    for (index, range) in ranges.enumerated() {
      let place = text.prose.positions.source(range)
      let content = text.prose.text(range)
      try printer.print(
        json: json(file: text.file, index: index, place: place, text: content),
        text: content.onOneLine.visible + "\n")
    }
  }

  private func json(file: String, index: Int, place: Range<Int>, text: String) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("file", file)
      writer.member("index", index)
      writer.member("start", place.lowerBound)
      writer.member("end", place.upperBound)
      writer.member("text", text)
    }
    return writer.text
  }
}

extension DecodingDamage {
  /// What the reader of the results should know.
  fileprivate func warning(file: String) -> Warning {
    var parts: [String] = []
    func add(_ count: Int, _ kind: Kind, _ what: String, _ plural: String) {
      guard count > 0 else { return }
      let first = places.first { $0.kind == kind }?.range.lowerBound ?? 0
      parts.append("\(count) \(count == 1 ? what : plural), the first at byte \(first)")
    }
    add(
      undecodableCount, .undecodable, "place cannot be decoded and stands as U+FFFD",
      "places cannot be decoded and stand as U+FFFD")
    add(nulCount, .nul, "NUL is kept", "NULs are kept")
    return Warning(
      parts.joined(separator: "; "), file: file == "-" ? Files.standardInputName : file)
  }
}

extension String {
  /// The text with spaces for its line breaks.
  fileprivate var onOneLine: String {
    utf8.contains(0x0A) ? split(separator: "\n").joined(separator: " ") : self
  }
}
