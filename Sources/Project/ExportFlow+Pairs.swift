public import Bitext
internal import Formats
internal import Segmentation
internal import Store

extension ExportFlow {
  /// The pair of languages to write, where a format holds one: `nil` for a side that is left to what
  /// the store has.
  public typealias WantedPair = (source: LanguageTag?, target: LanguageTag?)

  // MARK: Terms

  func writeUTX(to output: OutputFile) throws -> (Int, [Warning]) {
    let languages = try termPair()
    var survey = UTXSurvey(languages)
    try forEachConcept { survey.take($0) }
    var writer = UTXWriter(to: output, languages: languages, survey: survey)
    try writer.writeHeader()
    try forEachConcept { try writer.write($0) }
    return (writer.count, writer.warnings)
  }

  func writeOmegaT(to output: OutputFile) throws -> (Int, [Warning]) {
    var writer = OmegaTGlossaryWriter(to: output, languages: try termPair())
    try writer.writeHeader()
    try forEachConcept { try writer.write($0) }
    return (writer.count, writer.warnings)
  }

  /// The languages that were asked for, else the first two of the termbase.
  private func termPair() throws(Trouble) -> TermPairLanguages {
    var all: [LanguageTag] = []
    for kind in try store.termKinds() {
      let language = mapping(kind.language)
      if !all.contains(language) { all.append(language) }
    }
    let source =
      try named(pair.source, in: all)
      ?? all.first { tag in
        pair.target.map { !LanguageMatching.match($0, tag) } ?? true
      }
    let target = try named(pair.target, in: all) ?? all.first { $0 != source }
    guard let source, let target, source != target else {
      throw Trouble(
        "the glossary has one language alone, and \(format.rawValue) holds pairs: use --format csv",
        file: store.path)
    }
    return TermPairLanguages(source: source, target: target)
  }

  private func named(
    _ wanted: LanguageTag?, in all: [LanguageTag]
  ) throws(Trouble) -> LanguageTag? {
    guard let wanted else { return nil }
    if let found = all.first(where: { $0 == wanted })
      ?? all.first(where: { LanguageMatching.match($0, wanted) })
    {
      return found
    }
    let names = all.map(\.description).joined(separator: ", ")
    throw Trouble("has nothing in \(wanted): it has \(names)", file: store.path)
  }

  // MARK: Units

  func writePO(to output: OutputFile, version: String) throws -> (Int, [Warning]) {
    let survey = try MemorySurvey(self)
    var writer = POWriter(to: output)
    try writer.writeHeader(
      source: survey.languages.source, target: survey.languages.target, date: survey.latest,
      version: version)
    let count = try forEachUnit(in: survey.languages) { try writer.write($0) }
    return (count, writer.warnings + survey.warnings)
  }

  /// Writes the memory as two plain files of which line n of one translates line n of the other.
  ///
  /// - Parameter prefix: what the two languages are appended to: `corpus` gives `corpus.en` and
  ///   `corpus.zh-Hans`.
  /// - Returns: how many units there were, the files, and what they could not keep.
  /// - Throws: `Trouble` for a memory of several pairs of languages where none was named.
  public func runMoses(
    prefix: String
  ) throws -> (count: Int, files: [String], warnings: [Warning]) {
    let survey = try MemorySurvey(self)
    let paths = [survey.languages.source, survey.languages.target].map { "\(prefix).\($0)" }
    let files = (try OutputFile.replacing(paths[0]), try OutputFile.replacing(paths[1]))
    var writer = MosesWriter(source: files.0, target: files.1)
    let count = try forEachUnit(in: survey.languages) { try writer.write($0) }
    try files.0.finish()
    try files.1.finish()
    return (count, paths, writer.warnings + survey.warnings)
  }

  private func forEachUnit(
    in languages: TermPairLanguages, _ body: (TranslationUnit) throws -> Void
  ) throws -> Int {
    var count = 0
    try store.forEachUnit { stored in
      let unit = stored.mapped(mapping)
      guard unit.sourceLanguage == languages.source, unit.targetLanguage == languages.target else {
        return
      }
      try body(unit)
      count += 1
    }
    return count
  }
}

/// What must be known of the memory before a file of one pair of languages can be started.
private struct MemorySurvey {
  let languages: TermPairLanguages
  let latest: Timestamp?
  let warnings: [Warning]

  init(_ flow: ExportFlow) throws {
    var counts: [(pair: TermPairLanguages, count: Int, latest: Timestamp)] = []
    try flow.store.forEachUnit { stored in
      let unit = stored.mapped(flow.mapping)
      let pair = TermPairLanguages(source: unit.sourceLanguage, target: unit.targetLanguage)
      let date = max(unit.created?.date ?? "", unit.changed?.date ?? "")
      if let index = counts.firstIndex(where: { $0.pair == pair }) {
        counts[index].count += 1
        counts[index].latest = max(counts[index].latest, date)
      } else {
        counts.append((pair, 1, date))
      }
    }
    let fitting = counts.filter { found in
      let fits = (flow.pair.source, flow.pair.target)
      return (fits.0.map { LanguageMatching.match($0, found.pair.source) } ?? true)
        && (fits.1.map { LanguageMatching.match($0, found.pair.target) } ?? true)
    }
    let names = counts.map { "\($0.pair.source)–\($0.pair.target)" }.joined(separator: ", ")
    guard let found = fitting.first else {
      throw Trouble(
        counts.isEmpty
          ? "the memory is empty" : "the memory has no such pair of languages: it has \(names)",
        file: flow.store.path)
    }
    guard fitting.count == 1 else {
      throw Trouble(
        "the memory holds several pairs of languages (\(names)), and \(flow.format.rawValue) holds "
          + "one: give --source-language and --target-language, or use --format tmx",
        file: flow.store.path)
    }
    languages = found.pair
    latest = found.latest.isEmpty ? nil : found.latest
    let rest = counts.reduce(0) { $0 + $1.count } - found.count
    warnings = rest == 0 ? [] : [Warning("units in other languages were left out (\(rest))")]
  }
}
