public import Bitext
public import Formats
internal import Segmentation
public import Store

/// Which half of the store a file belongs to.
public enum StoreHalf: String, Sendable, CaseIterable {
  case glossary
  case memory
}

/// What an import did.
public struct ImportSummary: Sendable {
  public var half: StoreHalf
  public var added = 0
  public var changed = 0
  public var unchanged = 0
  public var warnings: [Warning] = []
  /// What the file said that has no field of its own and was kept: each kind with how often it came,
  /// the most frequent first.
  public var kept: [(name: String, count: Int)] = []

  init(
    half: StoreHalf, outcomes: [StoreOutcome: Int], warnings: [Warning], concepts: [Concept] = []
  ) {
    self.half = half
    var counts: [String: Int] = [:]
    for concept in concepts {
      for property in concept.properties + concept.terms.flatMap(\.properties)
      where !property.isDetail && !property.name.hasPrefix("@") {
        counts[property.name, default: 0] += 1
      }
    }
    kept = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    added = outcomes[.added] ?? 0
    changed = outcomes[.changed] ?? 0
    unchanged = outcomes[.unchanged] ?? 0
    self.warnings = warnings
  }
}

/// The endings of the files that `import` looks for in a directory.
public let importEndings: Set<String> = GlossaryFile.endings.union(BilingualFile.endings)

/// Hears how much of something is done, and of how much.
public typealias ProgressHandler = (_ done: Int, _ all: Int) -> Void

/// The flow behind `import`: any supported file into the store, as one change.
///
/// - Parameters:
///   - path: the file.
///   - store: where it goes.
///   - half: the half of the store; `nil` for that which the format means.
///   - options: how the file is to be read.
///   - change: when it is done, and by whom.
///   - progress: hears of a TMX file how many of its bytes are done.
/// - Returns: what was done.
/// - Throws: `Trouble`; then nothing of the file was kept.
public func importFile(
  _ path: String, into store: ConcordStore, as half: StoreHalf?, options: GlossaryOptions,
  by change: Change, progress: ProgressHandler? = nil
) throws -> ImportSummary {
  let isTMX = Files.ending(of: path) == "tmx"
  if BilingualImport.isOne(path) {
    return half == .glossary
      ? try BilingualImport.importTerms(of: path, into: store, options, by: change)
      : try BilingualImport.saveUnits(of: path, in: store, options, by: change)
  }
  switch (half ?? (isTMX ? .memory : .glossary), isTMX) {
  case (.memory, true): return try importTMX(path, store, options, change, progress)
  case (.memory, false):
    if GlossaryFile.isNamedTBX(path) {
      throw Trouble("TBX holds glossaries: import it without --as memory", file: path)
    }
    let units = try readBitextTable(
      path, languages: (options.source, options.target), table: options.table
    ).map { $0.mapped(options.mapping) }
    let outcomes = try store.saveEach(by: change, policy: options.targets) { try units.forEach($0) }
    return ImportSummary(half: .memory, outcomes: outcomes, warnings: [])
  case (.glossary, true): return try importUnitsAsTerms(path, store, options, change)
  case (.glossary, false):
    let content = try readGlossary(path, options: options)
    return try importConcepts(content, of: path, into: store, by: change)
  }
}

private func importConcepts(
  _ content: GlossaryContent, of path: String, into store: ConcordStore, by change: Change
) throws -> ImportSummary {
  var renamed: [Warning] = []
  let outcomes = try store.importConcepts(
    content.concepts, by: change, idsAreLocal: content.idsAreLocal,
    renamed: { index, id in
      renamed.append(
        Warning(
          "the store has another concept '\(content.concepts[index].id)': this one becomes '\(id)'",
          file: path, line: content.lines[index]))
    }
  ) { index in (path, content.lines[index]) }
  var warnings = content.warnings + renamed.prefix(3)
  if renamed.count > 3 {
    warnings.append(
      Warning("further concepts that got ids of their own: \(renamed.count - 3)", file: path))
  }
  return ImportSummary(
    half: .glossary, outcomes: outcomes, warnings: warnings, concepts: content.concepts)
}

private func importUnitsAsTerms(
  _ path: String, _ store: ConcordStore, _ options: GlossaryOptions, _ change: Change
) throws -> ImportSummary {
  var concepts: [Concept] = []
  var lines: [Int] = []
  var warnings: [Warning] = []
  try TMXReader.forEachUnit(of: path, warn: { warnings.append($0) }) { unit in
    var seen: Set<LanguageTag> = []
    let terms = unit.variants.map { variant in
      let isFirst = seen.insert(variant.language).inserted
      return Term(
        variant.text, language: options.mapping(variant.language),
        status: isFirst ? .preferred : .admitted)
    }
    guard !terms.isEmpty else { return }
    concepts.append(
      Concept(
        id: "", terms: terms, note: unit.notes.isEmpty ? nil : unit.notes.joined(separator: "\n"),
        source: Files.name(of: path), created: unit.created, changed: unit.changed))
    lines.append(unit.line)
  }
  let outcomes = try store.importConcepts(concepts, by: change) { (path, lines[$0]) }
  return ImportSummary(half: .glossary, outcomes: outcomes, warnings: warnings)
}

/// The formats that the store is written in.
public enum ExportFormat: String, Sendable, CaseIterable {
  case tmx, tbx, csv, tsv, xlsx, utx, omegat, po, moses

  /// The half that the format means unless the user says otherwise.
  public var defaultHalf: StoreHalf {
    switch self {
    case .tmx, .po, .moses: .memory
    case .tbx, .csv, .tsv, .xlsx, .utx, .omegat: .glossary
    }
  }

  /// Whether the format can hold a half.
  func holds(_ half: StoreHalf) -> Bool {
    switch self {
    case .tmx, .csv, .tsv: true
    case .tbx, .xlsx, .utx, .omegat, .po, .moses: half == defaultHalf
    }
  }
}

/// The flow behind `export`: a cursor of the store to a writer, one item at a time.
public struct ExportFlow {
  public let store: ConcordStore
  public let format: ExportFormat
  public let half: StoreHalf
  public var includesProposed: Bool
  public var mapping: LanguageMapping
  /// What a TMX file keeps of the segments.
  public var level = TMXWriter.Level.inline
  /// The generation of TBX that is written.
  public var tbxVersion = TBXVersion.three
  /// Whether cells of CSV that a spreadsheet would compute are kept from it.
  public var guardsFormulas = true
  /// The two languages to write, for formats that hold one pair.
  public var pair: WantedPair = (nil, nil)

  /// - Throws: `Trouble` when the half is empty and the other one is not, and for a format that
  ///   cannot hold it.
  public init(
    store: ConcordStore, format: ExportFormat, half: StoreHalf?, includesProposed: Bool,
    mapping: LanguageMapping
  ) throws(Trouble) {
    self.store = store
    self.format = format
    self.half = half ?? format.defaultHalf
    self.includesProposed = includesProposed
    self.mapping = mapping
    if !format.holds(self.half) {
      let other = self.half == .glossary ? "csv" : "tmx"
      throw Trouble(
        "\(format.rawValue) cannot hold the \(self.half.rawValue): export it with --format \(other)"
      )
    }
    let counts = (try store.conceptCount(), try store.unitCount())
    let (own, other) = self.half == .glossary ? counts : (counts.1, counts.0)
    if own == 0, other > 0 {
      let name = self.half == .glossary ? StoreHalf.memory : .glossary
      guard format.holds(name) else {
        throw Trouble(
          "the \(self.half.rawValue) is empty, and \(format.rawValue) cannot hold the "
            + "\(name.rawValue): export that with --format \(name == .glossary ? "csv" : "tmx")",
          file: store.path)
      }
      throw Trouble(
        "the \(self.half.rawValue) is empty: to export the \(name.rawValue) give --as \(name.rawValue)",
        file: store.path)
    }
  }

  /// Writes everything and returns how many items there were and what a format could not keep.
  /// `progress` hears of a memory that becomes TMX how many of its units are written.
  public func run(
    to output: OutputFile, version: String, progress: ProgressHandler? = nil
  ) throws -> (count: Int, [Warning]) {
    switch (half, format) {
    case (.memory, .tmx): return try writeMemory(to: output, version: version, progress)
    case (.memory, .po): return try writePO(to: output, version: version)
    case (.memory, _): return try writeBitextTable(to: output)
    case (.glossary, .tmx): return try writeGlossaryAsMemory(to: output, version: version)
    case (.glossary, .tbx): return try writeTBX(to: output)
    case (.glossary, .xlsx): return try writeWorkbook(to: output)
    case (.glossary, .utx): return try writeUTX(to: output)
    case (.glossary, .omegat): return try writeOmegaT(to: output)
    case (.glossary, _): return try writeTable(to: output)
    }
  }

  private func writeMemory(
    to output: OutputFile, version: String, _ progress: ProgressHandler?
  ) throws -> (Int, [Warning]) {
    let all = progress == nil ? 0 : try store.unitCount()
    var writer = TMXWriter(to: output, level: level) { mapping($0) }
    try writer.writeHeader(
      sourceLanguage: try store.commonSourceLanguage().map { mapping($0) }, version: version,
      like: try store.commonHeader().flatMap(TMXHeader.init(stored:))?.mapped(mapping))
    var count = 0
    try store.forEachUnitColumns {
      try writer.write($0)
      count += 1
      if count % 1024 == 0 { progress?(count, all) }
    }
    try writer.writeEnd()
    return (count, [])
  }

  private func writeBitextTable(to output: OutputFile) throws -> (Int, [Warning]) {
    var count = 0
    var languages: (LanguageTag, LanguageTag)?
    try store.forEachUnit { stored in
      let unit = stored.mapped(mapping)
      let pair = languages ?? (unit.sourceLanguage, unit.targetLanguage)
      if languages == nil { try output.write(row([pair.0.description, pair.1.description])) }
      languages = pair
      guard pair == (unit.sourceLanguage, unit.targetLanguage) else {
        throw Trouble(
          "the memory holds several pairs of languages, which a table cannot: use --format tmx",
          file: store.path)
      }
      try output.write(row([unit.source, unit.target]))
      count += 1
    }
    return (count, [])
  }

  private func row(_ fields: [String]) -> String {
    format == .csv ? csvRow(fields, guardsFormulas: guardsFormulas) : tsvRow(fields)
  }

  private func writeGlossaryAsMemory(
    to output: OutputFile, version: String
  ) throws -> (Int, [Warning]) {
    var writer = TMXWriter(to: output)
    try writer.writeHeader(sourceLanguage: nil, version: version)
    var count = 0
    try forEachConcept { concept in
      let accepted = concept.terms.filter(\.status.isAccepted)
      guard let source = accepted.first else { return }
      for target in accepted where target.language != source.language {
        try writer.write(
          TranslationUnit(
            sourceLanguage: source.language, targetLanguage: target.language, source: source.text,
            target: target.text, created: concept.created, changed: concept.changed,
            note: concept.note))
        count += 1
      }
    }
    try writer.writeEnd()
    return (count, [])
  }

  private func writeTBX(to output: OutputFile) throws -> (Int, [Warning]) {
    // References may point forward: who has which id must be known before the first is written.
    var identifiers = TBXIdentifiers()
    var language: LanguageTag?
    try forEachConcept { concept in
      identifiers.add(concept)
      language = language ?? concept.terms.first?.language
    }
    var writer = TBXWriter(to: output, version: tbxVersion, identifiers: identifiers)
    try writer.writeHeader(title: "Concord termbase", language: language)
    var count = 0
    try forEachConcept {
      try writer.write($0)
      count += 1
    }
    try writer.writeEnd()
    return (count, writer.warnings)
  }

  private func writeTable(to output: OutputFile) throws -> (Int, [Warning]) {
    var writer = GlossaryTableWriter(
      to: output, columns: try tableColumns(), usesTabs: format == .tsv,
      guardsFormulas: guardsFormulas)
    try writer.writeHeader()
    var count = 0
    var remarks = 0
    try forEachConcept { concept in
      try writer.write(concept)
      count += 1
      remarks += concept.remarkCount
    }
    return (count, writer.warnings + lost(remarks))
  }

  /// What tables have no columns for.
  private func lost(_ remarks: Int) -> [Warning] {
    guard remarks > 0 else { return [] }
    return [
      Warning(
        "\(remarks) remarks, such as parts of speech and contexts, have no column in a table and are "
          + "left out: --format tbx keeps them")
    ]
  }

  private func writeWorkbook(to output: OutputFile) throws -> (Int, [Warning]) {
    let writer = GlossaryWorkbookWriter(to: output, columns: try tableColumns())
    var remarks = 0
    let count = try writer.write { write in
      remarks = 0
      try forEachConcept { concept in
        remarks += concept.remarkCount
        try write(concept)
      }
    }
    return (count, lost(remarks))
  }

  private func tableColumns() throws(Trouble) -> [GlossaryTableWriter.Column] {
    try store.termKinds().filter { includesProposed || $0.status != .proposed }
      .map { GlossaryTableWriter.Column(language: mapping($0.language), status: $0.status) }
  }

  /// The concepts without what waits for review, unless it was asked for.
  func forEachConcept(_ body: (Concept) throws -> Void) throws {
    try store.forEachConcept { stored in
      var concept = stored
      if !includesProposed { concept.terms.removeAll { $0.status == .proposed } }
      guard !concept.terms.isEmpty else { return }
      concept.map(by: mapping)
      try body(concept)
    }
  }
}

extension Concept {
  /// What it and its terms say that has no field of its own.
  fileprivate var remarkCount: Int {
    properties.count + terms.reduce(0) { $0 + $1.properties.count }
  }
}
