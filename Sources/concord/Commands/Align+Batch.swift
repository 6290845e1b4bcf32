internal import Bitext
internal import Formats
internal import Project
internal import Store

extension Align {
  /// Aligns the pairs of a list.
  func runBatch(
    _ list: PairList, _ aligner: PairAligner, _ store: ConcordStore?, _ session: Session
  ) throws -> Int32 {
    let target = BatchTarget(output)
    // A folder is for other programs to read, which text is not.
    let rendering = rendering(target.isFolder ? format ?? .tsv : fileFormat)
    if printsBeads(session) { try requireFile(for: rendering.format, session) }
    try refuseToOverwrite(list.pairs.flatMap { [$0.source, $0.target] } + [list.file])
    let results = try BatchResults(self, list, rendering, target, store, session)
    let memory = store.map { Files.join(Files.currentDirectory, $0.path) } ?? ""
    let batch = BatchAlignment(
      list, aligner: aligner, destination: target.destination(rendering), threads: threads,
      options: "\(Concord.version) \(rendering.format) \(minScore) \(review) \(memory)",
      makesUnits: save, minimumScore: minScore, render: results.render)
    let count = list.pairs.count
    try session.withProgress { progress in
      progress.say("reading \(count) pairs …")
      try batch.run {
        progress.say("learning words: \($0) of \(count) pairs …")
      } deliver: { result in
        try results.take(result)
        progress.say("aligned \(result.number + 1) of \(count) pairs …")
      }
    }
    try results.finish()
    return try session.status(after: results.trouble)
  }
}

/// Where `--output` leads in a batch.
struct BatchTarget {
  /// The folder for a file a pair; `nil` when all goes into one file or to standard output.
  let folder: String?

  /// What is there decides; of what is not, a name with an ending is a file.
  init(_ output: String?) {
    guard let output, output != "-" else {
      folder = nil
      return
    }
    switch Files.kind(of: output) {
    case .directory: folder = output
    case .file, .other: folder = nil
    case nil: folder = output.hasSuffix("/") || Files.ending(of: output).isEmpty ? output : nil
    }
  }

  var isFolder: Bool { folder != nil }

  func destination(_ rendering: BeadRendering) -> BatchAlignment.Destination {
    folder.map { .folder($0, ending: rendering.format.ending) } ?? .caller
  }
}

/// Takes the results of a batch in the order of the list: prints, saves, reports and counts them.
private final class BatchResults {
  private let command: Align
  private let change: Change
  private let list: PairList
  private let rendering: BeadRendering
  private let store: ConcordStore?
  private let session: Session
  /// What all beads go to; `nil` when each pair has a file of its own, and in a batch of commands.
  private let file: OutputFile?
  private let isFolder: Bool
  private let answers: Bool
  private let prints: Bool

  private var languages: (source: LanguageTag, target: LanguageTag)?
  private var objects: [String] = []
  private var hasPrinted = false
  private var beads = 0
  private var doubtful = 0
  private var aligned = 0
  private var finished = 0
  private var outcomes: [StoreOutcome: Int] = [:]
  /// The first trouble that there was.
  private(set) var trouble: Trouble?

  init(
    _ command: Align, _ list: PairList, _ rendering: BeadRendering, _ target: BatchTarget,
    _ store: ConcordStore?, _ session: Session
  ) throws {
    self.command = command
    change = command.change.change
    self.list = list
    self.rendering = rendering
    self.store = store
    self.session = session
    isFolder = target.isFolder
    prints = command.printsBeads(session)
    answers = session.collector != nil && command.output == nil
    file = prints && !isFolder && !answers ? try command.openOutput() : nil
  }

  /// Makes what is kept of a pair, on whichever thread.
  var render: @Sendable (ParallelText, ListedPair, Int) throws -> [UInt8] {
    let rendering = rendering
    guard prints else { return { _, _, _ in [] } }
    if isFolder {
      let isFixed = command.format != nil
      return { text, pair, _ in
        var own = rendering
        if !isFixed, let known = BeadRendering.Format(fileName: pair.output) { own.format = known }
        return Self.content(of: text, own, pair: nil)
      }
    }
    let answers = answers
    return { text, pair, number in
      let pair = PairReference(number: number, sourceFile: pair.source, targetFile: pair.target)
      guard answers else { return Self.content(of: text, rendering, pair: pair) }
      return rendering.beads(of: text).flatMap {
        Array(($0.json(in: text, pair: pair) + "\n").utf8)
      }
    }
  }

  /// The beads of a pair as bytes: a whole file, or what stands in one beside other pairs.
  private static func content(
    of text: ParallelText, _ rendering: BeadRendering, pair: PairReference?
  ) -> [UInt8] {
    var content: [UInt8] = []
    func add(_ piece: String) { content.append(contentsOf: piece.utf8) }
    if pair == nil { add(rendering.head((text.source.language, text.target.language))) }
    if pair != nil, rendering.format == .text { add(BeadText.title(text)) }
    var separator = ""
    rendering.forEachBead(of: text, pair: pair) { bead in
      add(separator + bead)
      separator = rendering.separator
    }
    if pair == nil { add(rendering.foot) }
    return content
  }

  func take(_ result: BatchAlignment.Result) throws {
    result.warnings.forEach(session.warn)
    if let found = result.trouble ?? mixedLanguages(result) {
      session.report(found)
      trouble = trouble ?? found
      return
    }
    finished += result.wasFinished ? 1 : 0
    aligned += result.wasFinished ? 0 : 1
    beads += result.beadCount
    doubtful += result.doubtfulCount
    if let store { outcomes.merge(try store.save(result.units, by: change)) { $0 + $1 } }
    try print(result)
  }

  /// A table of two columns holds one pair of languages.
  private func mixedLanguages(_ result: BatchAlignment.Result) -> Trouble? {
    guard file != nil, [.tsv, .csv].contains(rendering.format), let languages,
      let own = result.languages, own != languages
    else { return nil }
    return Trouble(
      "is \(own.source)–\(own.target) while the first pair is \(languages.source)–"
        + "\(languages.target), and a table holds one pair of languages: use --format tmx or jsonl, "
        + "or a folder as --output", file: list.file, line: list.pairs[result.number].line)
  }

  private func print(_ result: BatchAlignment.Result) throws {
    if answers {
      objects += result.content.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }
    guard let file else { return }
    if languages == nil { try file.write(rendering.head(result.languages)) }
    languages = languages ?? result.languages
    guard !result.content.isEmpty else { return }
    if hasPrinted { try file.write(rendering.separator) }
    hasPrinted = true
    try file.write(result.content)
  }

  func finish() throws {
    if let file {
      if languages == nil { try file.write(rendering.head(nil)) }
      try file.write(rendering.foot)
      try file.finish()
    }
    session.collector?(objects)
    if store != nil { session.remark(Align.savedText(outcomes)) }
    var summary = "\(aligned) pair\(aligned == 1 ? "" : "s") aligned"
    if finished > 0 { summary += ", \(finished) were finished before" }
    session.summarise(
      summary + "; " + BeadRendering.summary(beads: beads, doubtful: doubtful))
  }
}
