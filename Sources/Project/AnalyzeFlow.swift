public import Bitext
internal import Documents
internal import Formats
internal import Segmentation
public import Store

/// How files are to be analysed.
public struct AnalyzeOptions: Sendable {
  /// They outweigh what the files say.
  public var source: LanguageTag?
  public var target: LanguageTag?
  /// The least similarity of a fuzzy match, a share 0…1.
  public var minimum: Double
  /// The project's languages: of two, one is translated into the other.
  public var projectLanguages: [LanguageTag]
  /// What is taken off the scores of units; one that has lost something is a fuzzy match.
  public var penalties: MatchPenalties
  /// Whether a unit that is the same but for numbers counts as one of 95 to 99 %.
  public var substitutesNumbers: Bool

  public init(
    source: LanguageTag? = nil, target: LanguageTag? = nil, minimum: Double = 0.5,
    projectLanguages: [LanguageTag] = [], penalties: MatchPenalties = .usual,
    substitutesNumbers: Bool = true
  ) {
    self.source = source
    self.target = target
    self.minimum = minimum
    self.projectLanguages = projectLanguages
    self.penalties = penalties
    self.substitutesNumbers = substitutesNumbers
  }
}

/// The flow behind `analyze`: how much of some files a memory has already, the leverage that quotes
/// are made of.
///
/// A thousand segments at a time are looked up; of all files the hashes of the match keys are kept.
public struct AnalyzeFlow {
  private let search: LeverageSearch
  private let options: AnalyzeOptions
  private let reading: DocumentReading
  /// Hashes of the match keys of the files that were analysed.
  private var seen: Set<UInt64> = []

  /// - Parameters:
  ///   - store: whose memory is asked.
  ///   - options: what counts.
  ///   - reading: how documents are read.
  /// - Throws: `Trouble` when the memory cannot be read.
  public init(
    store: ConcordStore, options: AnalyzeOptions, reading: DocumentReading
  ) throws(Trouble) {
    search = LeverageSearch(
      stores: StorePool(path: store.path), pairs: try store.languagePairs(),
      options: options)
    self.options = options
    var reading = reading
    reading.language = options.source
    self.reading = reading
  }

  /// Whether the memory has no unit: then nothing but repetitions is found.
  public var isMemoryEmpty: Bool { search.pairs.isEmpty }

  /// Whether a file's name says that it is in another language than the wanted source: a folder often
  /// holds the translations too.
  public func isOfOtherLanguage(_ path: String) -> Bool {
    guard let source = options.source, !BilingualFile.isBilingual(path),
      let language = KeyedName.of(path).language
    else { return false }
    return !LanguageMatching.sameLanguage(language, source)
  }

  /// Analyses a file; what is in it counts as seen for those after it.
  ///
  /// - Parameters:
  ///   - path: a bilingual file, whose source sides count, translated or not, or a document of one
  ///     language, or `-`.
  ///   - warn: hears of what is odd and yet readable.
  /// - Returns: the table of the file.
  /// - Throws: `Trouble` for a file that cannot be read and for one whose language nobody tells.
  public mutating func analyze(
    _ path: String, warn: @escaping (Warning) -> Void
  ) throws -> LeverageTable {
    var file = FileAnalysis(path, search: search, seenBefore: seen)
    if BilingualFile.isBilingual(path) {
      try analyze(bilingual: path, &file, warn: warn)
    } else {
      try analyze(document: path, &file)
    }
    try file.finish()
    file.warnings.forEach(warn)
    seen.formUnion(file.seen)
    return file.table
  }

  private func analyze(
    bilingual path: String, _ file: inout FileAnalysis, warn: @escaping (Warning) -> Void
  ) throws {
    // Units of other files do not follow each other as sentences do.
    let hasContext = BilingualFile.keepsOrder(path)
    try BilingualFile.forEachSource(
      of: path, languages: (options.source, options.target), encoding: reading.encoding, warn: warn
    ) { source in
      try file.take(
        source.text, from: source.language, into: source.target, contextID: source.contextID,
        hasContext: hasContext)
    }
  }

  private func analyze(document path: String, _ file: inout FileAnalysis) throws {
    var parts = file
    let isRead = try reading.forEachPart(
      of: path, translation: nil, sizes: DocumentReader.PartSizes()
    ) { try take($0, &parts) }
    if isRead {
      file = parts
    } else {
      try take(try reading.segments(of: path), &file)
    }
  }

  private func take(_ text: SegmentedText, _ file: inout FileAnalysis) throws {
    let target = target(for: text.language)
    for index in text.segments.indices {
      try file.take(text.text(index), from: text.language, into: target, hasContext: true)
    }
  }

  /// What a document is to be translated into: the option, else the project's only other language.
  private func target(for source: LanguageTag) -> LanguageTag? {
    if let target = options.target { return target }
    let others = options.projectLanguages.filter { !LanguageMatching.match($0, source) }
    return others.count == 1 ? others[0] : nil
  }
}

/// The segments of one file, of which a block at a time is looked up on all cores.
private struct FileAnalysis {
  private let search: LeverageSearch
  private let seenBefore: Set<UInt64>
  private(set) var table: LeverageTable
  private(set) var seen: Set<UInt64> = []
  private(set) var warnings: [Warning] = []
  private var block: [AnalyzedSegment] = []
  private var unknown: Set<LanguageTag> = []

  /// Segments that are looked up together, and those of one item of work.
  private static let (blockSize, itemSize) = (1024, 16)

  init(_ path: String, search: LeverageSearch, seenBefore: Set<UInt64>) {
    table = LeverageTable(file: path == "-" ? Files.standardInputName : path)
    self.search = search
    self.seenBefore = seenBefore
  }

  mutating func take(
    _ text: String, from source: LanguageTag, into target: LanguageTag?,
    contextID: String? = nil, hasContext: Bool
  ) throws {
    let previous = hasContext ? block.last?.text : nil
    if hasContext, !block.isEmpty { block[block.count - 1].next = text }
    if block.count > Self.blockSize { try lookUp(keepingLast: true) }
    if table.language == nil { table.language = source }
    warn(of: source, target)
    block.append(
      AnalyzedSegment(
        text: text, source: source, target: target, previous: previous, contextID: contextID,
        repetition: repetition(of: text)))
  }

  /// Looks up what is left.
  mutating func finish() throws {
    try lookUp(keepingLast: false)
    if table.total.segments == 0 {
      warnings.append(Warning("holds no text to analyse", file: table.file))
    }
  }

  private mutating func repetition(of text: String) -> LeverageBand? {
    let hash = ContentHash(of: MatchKey(text).bytes).value
    guard seen.insert(hash).inserted else { return .repetition }
    return seenBefore.contains(hash) ? .crossFileRepetition : nil
  }

  private mutating func warn(of source: LanguageTag, _ target: LanguageTag?) {
    guard !search.pairs.isEmpty, unknown.insert(source).inserted else { return }
    guard !search.knows(source, into: target) else { return }
    let pair = target.map { "\(source)–\($0)" } ?? "\(source)"
    warnings.append(Warning("the memory has no unit in \(pair)", file: table.file))
  }

  /// Looks up the block; the last segment may stay, as what stands before the next one.
  private mutating func lookUp(keepingLast keepsLast: Bool) throws {
    let segments = keepsLast ? Array(block.dropLast()) : block
    let search = search
    let size = Self.itemSize
    try OrderedWork(threads: Processors.count).run(count: (segments.count + size - 1) / size) {
      item in
      let part = segments[item * size..<min(segments.count, (item + 1) * size)]
      return Result { try part.map { (TextVolume(of: $0.text), try search.band(of: $0)) } }
    } deliver: { (_: Int, result: Result<[(TextVolume, LeverageBand)], any Error>) in
      for (volume, band) in try result.get() { table.count(volume, as: band) }
    }
    block = keepsLast ? Array(block.suffix(1)) : []
  }
}
