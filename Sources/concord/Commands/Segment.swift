internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project
internal import Segmentation

struct Segment: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Cut documents into sentences or words.",
    discussion: """
      Offsets are bytes of the file as it lies on disk, the end exclusive.

        concord segment article.md
        echo '你好。再见！' | concord segment - --unit word --format jsonl
      """)

  enum Unit: String, ExpressibleByArgument, CaseIterable {
    case sentence, word
  }

  @Argument(help: "Files; - is standard input.")
  var files: [String]

  @Option(help: "What to cut into.")
  var unit: Unit = .sentence

  @Option(
    help: ArgumentHelp("The language of the files. (default: by name and script)", valueName: "tag")
  )
  var language: LanguageTag?

  @Option(
    help: ArgumentHelp("The encoding of the files, where it is guessed wrong.", valueName: "name"))
  var encoding: String?

  @Option(
    help: ArgumentHelp(
      "Where sentences end: a rule file of SRX 2.0. (default: Concord's own)", valueName: "file.srx"))
  var rules: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let workspace = try place.workspace(session)
    let rules = try self.rules.map { try SegmentationRules(srx: Files.read($0), file: $0) }
    let reading = workspace.documentOptions(
      language: language, encoding: encoding, rules: rules)
    var printer = try ResultPrinter(session, output, limit: 0)
    let trouble = try session.work(on: files) { file in
      try print(try reading.segments(of: file), &printer)
    }
    try printer.finish()
    return try session.status(after: trouble)
  }

  private func print(_ text: SegmentedText, _ printer: inout ResultPrinter) throws {
    var index = 0
    func print(_ range: Range<Int>, _ printer: inout ResultPrinter) throws {
      let place = text.prose.positions.source(range)
      let content = text.prose.text(range)
      try printer.print(
        json: json(file: text.file, index: index, place: place, text: content),
        text: content.split(separator: "\n").joined(separator: " ").visible + "\n")
      index += 1
    }
    guard unit == .word else {
      for segment in text.segments { try print(segment.range, &printer) }
      return
    }
    let words = try WordSegmenter(language: text.language)
    for segment in text.segments {
      let start = segment.range.lowerBound
      for word in words.words(in: text.prose.utf8.span.extracting(segment.range)) {
        try print(start + word.lowerBound..<start + word.upperBound, &printer)
      }
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
