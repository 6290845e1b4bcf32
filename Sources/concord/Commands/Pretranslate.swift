internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project
internal import Store

struct Pretranslate: Verb {
  static let configuration = CommandConfiguration(
    commandName: "pretranslate",
    abstract: "Fill the empty targets of XLIFF and PO files from the memory.",
    discussion: """
      A segment whose very text the memory has gets its translation; with --minimum below 100 the \
      nearest one, marked for review. Of several the one of the same place is taken (msgctxt in \
      PO, resname in XLIFF, else its file and id), else in XLIFF the one from between the same \
      segments, else the most recent. A unit that is the same but for numbers is filled in with \
      the segment's numbers, marked for review; one that loses points, as machine translations do, \
      is a fuzzy match at the most. All else in the file stays as it is, byte for byte. Segments \
      whose inline codes have no certain place, locked ones and those that are not to be \
      translated are left.

        concord pretranslate app.xlf -o app.zh.xlf
        concord pretranslate po/zh_CN.po --in-place --minimum 75
        concord pretranslate app.xlf --dry-run --minimum 75 --penalty 'status:draft=10'
      """)

  @Argument(help: "XLIFF and PO files; - is standard input.")
  var files: [String]

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Write to a file; for several files, into a folder. - is standard output.",
      valueName: "file"))
  var output: String?

  @Flag(help: "Write each file in its own place.")
  var inPlace = false

  @Flag(help: "Write nothing: tell what would be filled.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "The least likeness in percent; 100 takes exact matches alone.",
      valueName: "percent"))
  var minimum = 100

  @Flag(help: "Replace translations that are there by exact matches too.")
  var overwrite = false

  @Option(help: "How to print the report.")
  var format: ResultFormat = .text

  @OptionGroup var worth: PenaltyOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var languages: LanguageOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    guard [output != nil, inPlace, dryRun].filter({ $0 }).count == 1 else {
      throw ValidationError("Give one of --output, --in-place and --dry-run.")
    }
    guard 1...100 ~= minimum else { throw ValidationError("--minimum is from 1 to 100.") }
    if inPlace, files.contains("-") {
      throw ValidationError("Standard input has no place of its own: give --output.")
    }
    if output == "-", files.count > 1 {
      throw ValidationError("Several files do not go to standard output: give a folder.")
    }
  }

  func run(in session: Session) throws -> Int32 {
    if session.collector != nil, output == "-" {
      throw Trouble("in a batch, pretranslate needs a file: give --output or --in-place")
    }
    let store = try place.workspace(session).store(.read)
    let flow = try PretranslateFlow(
      store: store,
      options: PretranslateOptions(
        source: languages.sourceLanguage, target: languages.targetLanguage,
        encoding: languages.encoding, minimum: Double(minimum) / 100, overwrites: overwrite,
        penalties: worth.penalties, substitutesNumbers: !worth.keepNumbers),
      threads: threads.threads)
    let destinations = try destinations()
    // The file itself goes to standard output then, so that the report has no place there.
    let reportsNothing = output == "-"
    var printer = try ResultPrinter(
      session, format: format, output: reportsNothing ? "/dev/null" : nil, limit: 0)
    var total = PretranslateSummary()
    var trouble: Trouble?
    try flow.fillEach(files) { index, result in
      do {
        let result = try result.get()
        try write(result, to: destinations[files[index]])
        let summary = result.summary
        try printer.print(json: summary.json(), text: summary.text())
        if reportsNothing { session.remark(summary.text().dropLastLineBreak) }
        total.add(summary)
      } catch let found as Trouble {
        if files.count == 1 { throw found }
        session.report(found)
        trouble = trouble ?? found
      }
    }
    if let found = flow.takeIndexTrouble() { session.warn(found) }
    if files.count > 1 {
      try printer.print(json: total.json(), text: "total: \(total.counts)\n")
    }
    try printer.finish()
    return try session.status(after: trouble)
  }

  /// Where each file goes.
  private func destinations() throws(Trouble) -> [String: String] {
    var destinations: [String: String] = [:]
    var taken: [String: String] = [:]
    for file in files {
      guard let output, !inPlace, !dryRun else {
        if inPlace { destinations[file] = Files.resolved(file) ?? file }
        continue
      }
      let isFolder = Files.kind(of: output) == .directory
      guard isFolder || files.count == 1 else {
        throw Trouble("several files need a folder that is there to be written to", file: output)
      }
      if isFolder, file == "-" {
        throw Trouble("standard input has no name: name the file to write", file: output)
      }
      let path = isFolder ? Files.join(output, Files.name(of: file)) : output
      if let other = taken[path], other != file {
        throw Trouble("\(other) and \(file) would both be written here", file: path)
      }
      taken[path] = file
      destinations[file] = path
    }
    return destinations
  }

  private func write(_ result: PretranslateFlow.Result, to path: String?) throws {
    // A file that stays as it is keeps its date too.
    guard let path, result.summary.isChanged || !inPlace else { return }
    let file = try OutputFile.named(path)
    try file.write(result.bytes)
    try file.finish()
  }
}

extension PretranslateSummary {
  /// What the reasons for which segments are left mean.
  private static let reasons: [(kind: String, text: String)] = [
    ("codes", "has codes without a certain place"),
    ("markedTarget", "its target holds marks without text"),
    ("locked", "locked or approved"), ("untranslatable", "not to be translated"),
    ("languages", "in other languages than those asked for"),
    ("placeholders", "placeholders differ"), ("plural", "not all plural forms are there"),
    ("fuzzyMark", "marked fuzzy and empty"),
    ("encoding", "characters that the file's encoding lacks"),
  ]

  fileprivate var counts: String {
    let leftCount = left.values.reduce(0, +)
    let choice = ambiguous > 0 ? " (\(ambiguous) with several translations)" : ""
    let kinds = [(machine, "by a machine"), (substituted, "with other numbers put in")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let of = kinds.isEmpty ? "" : " (\(kinds.joined(separator: ", ")))"
    let penalties = penalised > 0 ? " (\(penalised) penalised: a lower --minimum takes them)" : ""
    return
      "\(total) segments: \(exact) exact\(choice), \(fuzzy) fuzzy\(of), \(translated) translated "
      + "already, \(missing) not found\(penalties), \(leftCount) left"
  }

  fileprivate func text() -> String {
    var text = "\(file.visible): \(counts)\n"
    for (kind, meaning) in Self.reasons {
      if let count = left[kind] { text += "  left: \(count) \(meaning)\n" }
    }
    for example in examples {
      let score = example.score.map { " \(min(99, Int(($0 * 100).rounded(.down)))) %" } ?? ""
      let label = example.kind == "fuzzy" ? "fuzzy\(score)" : example.kind
      let target = example.target.map { " → \($0.visible)" } ?? ""
      text += "  \(example.line): \(label): \(example.source.visible)\(target)\n"
    }
    return text
  }

  fileprivate func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("file", file.isEmpty ? nil : file)
      writer.member("exact", exact)
      writer.member("fuzzy", fuzzy)
      writer.member("translated", translated)
      writer.member("missing", missing)
      writer.member("ambiguous", ambiguous)
      writer.member("machine", machine)
      writer.member("substituted", substituted)
      writer.member("penalised", penalised)
      writer.key("left")
      writer.object { writer in
        for (kind, _) in Self.reasons {
          if let count = left[kind] { writer.member(kind, count) }
        }
      }
      writer.key("changed")
      writer.value(isChanged)
      writer.key("examples")
      writer.array(examples) { writer, example in
        writer.object { writer in
          writer.member("kind", example.kind)
          writer.member("line", example.line)
          writer.member("source", example.source)
          writer.member("target", example.target)
          writer.member("score", share: example.score)
          writer.member("origin", example.origin)
          if let original = example.original { writer.member("original", original) }
        }
      }
    }
    return writer.text
  }
}

extension String {
  fileprivate var dropLastLineBreak: String { hasSuffix("\n") ? String(dropLast()) : self }
}
