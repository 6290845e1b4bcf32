public import Bitext
internal import Formats
public import Store

/// What a pretranslation is to do.
public struct PretranslateOptions: Sendable {
  /// Files in other languages are left as they are; the target's is written into files that do not
  /// say it.
  public var source: LanguageTag?
  public var target: LanguageTag?
  /// An IANA name, for PO files whose encoding is guessed wrong.
  public var encoding: String?
  /// The least likeness of a unit of the memory, a share 0…1; below 1 fuzzy matches are taken too.
  public var minimum: Double
  /// Whether translations that are there already make way for exact matches.
  public var overwrites: Bool
  /// What is taken off the scores of units: one that has lost something is a fuzzy match, never
  /// an exact one.
  public var penalties: MatchPenalties
  /// Whether the numbers of a unit that is the same but for them make way for the segment's; what
  /// comes out is a fuzzy match.
  public var substitutesNumbers: Bool

  public init(
    source: LanguageTag? = nil, target: LanguageTag? = nil, encoding: String? = nil,
    minimum: Double = 1, overwrites: Bool = false, penalties: MatchPenalties = .usual,
    substitutesNumbers: Bool = true
  ) {
    self.source = source
    self.target = target
    self.encoding = encoding
    self.minimum = minimum
    self.overwrites = overwrites
    self.penalties = penalties
    self.substitutesNumbers = substitutesNumbers
  }
}

/// The flow behind `pretranslate`: fills the targets of XLIFF and PO files from the memory.
///
/// A file is read twice: once to learn in which order its segments stand, where they make a document,
/// and what it asks for, so that all threads look for it; and once to fill it. Of several files each
/// thread has one.
public struct PretranslateFlow: Sendable {
  private let stores: StorePool
  private let options: PretranslateOptions
  private let pairs: Set<LanguagePair>
  private let threads: Int

  /// A file with its targets filled.
  public struct Result: Sendable {
    /// As the file is to be written.
    public var bytes: [UInt8]
    public var summary: PretranslateSummary
  }

  /// - Parameters:
  ///   - store: whose memory is asked; its file is opened by each thread for itself.
  ///   - options: what counts, and what is done.
  ///   - threads: how many work at a time; `nil` for all that the machine has.
  /// - Throws: `Trouble` when the memory cannot be read or holds nothing.
  public init(
    store: ConcordStore, options: PretranslateOptions, threads: Int? = nil
  ) throws(Trouble) {
    stores = StorePool(path: store.path)
    self.options = options
    self.threads = max(1, threads ?? Processors.count)
    pairs = try store.languagePairs()
    if pairs.isEmpty {
      throw Trouble(
        "the memory is empty: 'concord import' brings TMX into it, 'concord align --save' documents",
        file: store.path)
    }
  }

  /// Fills a file; nothing is written.
  ///
  /// - Parameter path: an XLIFF or PO file, `-` for standard input.
  /// - Returns: the bytes of the file, all the same but for what was filled in, and what became of
  ///   its segments.
  /// - Throws: `Trouble` for a file that cannot be read and for one whose languages nobody says.
  public func fill(_ path: String) throws -> Result {
    let file = try TargetEditor.read(path)
    var reader: RequestReader?
    if threads > 1 || file.keepsOrder { reader = try survey(file) }
    let found = threads > 1 ? try answers(to: reader?.requests ?? []) : [:]
    return try stores.with { try fill(file, path, from: $0, found, reader) }
  }

  /// Goes through a file without filling it.
  private func survey(_ file: EditedFile) throws -> RequestReader {
    let reader = try RequestReader(
      stores: stores, pairs: pairs, options: options, keepsOrder: file.keepsOrder)
    _ = try file.fill(encoding: options.encoding, with: reader)
    return reader
  }

  /// Fills several files, on all threads, and hands the results over in the files' order.
  ///
  /// - Parameters:
  ///   - paths: XLIFF and PO files, `-` for standard input.
  ///   - deliver: takes the number of a file and what became of it; called on the thread of the
  ///     caller.
  /// - Throws: what `deliver` throws.
  public func fillEach(
    _ paths: [String],
    deliver: (Int, Swift.Result<Result, any Error>) throws -> Void
  ) throws {
    guard paths.count > 1, threads > 1 else {
      for (index, path) in paths.enumerated() {
        try deliver(index, Swift.Result { try fill(path) })
      }
      return
    }
    let flow = self
    try OrderedWork(threads: threads).run(count: paths.count) { index in
      Swift.Result {
        let file = try TargetEditor.read(paths[index])
        let reader = file.keepsOrder ? try flow.survey(file) : nil
        return try flow.stores.with { try flow.fill(file, paths[index], from: $0, [:], reader) }
      }
    } deliver: { (index: Int, result: Swift.Result<Result, any Error>) in
      try deliver(index, result)
    }
  }

  /// Why the index could not be used, so that rows were searched one by one; `nil` when it could.
  public func takeIndexTrouble() -> Trouble? { stores.takeIndexTrouble() }

  private func fill(
    _ file: EditedFile, _ path: String, from store: ConcordStore,
    _ found: [FillRequest: MemoryAnswer], _ reader: RequestReader?
  ) throws -> Result {
    let memory = MemoryFiller(
      store: store, pairs: pairs, options: options, found: found,
      order: reader?.order ?? SegmentOrder())
    let filled = try file.fill(encoding: options.encoding, with: memory)
    var summary = memory.summary
    summary.file = path
    summary.isChanged = filled.isChanged
    return Result(bytes: filled.bytes, summary: summary)
  }

  /// Requests of one item of work: enough that taking it costs little beside them.
  private static let itemSize = 8

  /// What the memory has for each of some texts.
  private func answers(to requests: [FillRequest]) throws -> [FillRequest: MemoryAnswer] {
    let (size, flow) = (Self.itemSize, self)
    var found: [FillRequest: MemoryAnswer] = [:]
    try OrderedWork(threads: threads).run(count: (requests.count + size - 1) / size) { item in
      let part = requests[item * size..<min(requests.count, (item + 1) * size)]
      return Swift.Result {
        try flow.stores.with { store in
          let memory = MemoryFiller(store: store, pairs: flow.pairs, options: flow.options)
          return try part.map { ($0, try memory.answer(to: $0)) }
        }
      }
    } deliver: { (_: Int, result: Swift.Result<[(FillRequest, MemoryAnswer)], any Error>) in
      for (request, answer) in try result.get() { found[request] = answer }
    }
    return found
  }
}

/// Learns what a file asks a memory for; fills nothing.
private final class RequestReader: TargetFiller {
  private let languages: MemoryFiller
  private(set) var requests: [FillRequest] = []
  /// None where the segments are no document.
  private(set) var order = SegmentOrder()
  private let keepsOrder: Bool
  private var known: Set<FillRequest> = []

  init(
    stores: StorePool, pairs: Set<LanguagePair>, options: PretranslateOptions, keepsOrder: Bool
  ) throws {
    self.keepsOrder = keepsOrder
    languages = try stores.with { MemoryFiller(store: $0, pairs: pairs, options: options) }
  }

  var overwrites: Bool { languages.overwrites }

  func languages(
    source: LanguageTag?, target: LanguageTag?, place: (file: String, line: Int)
  ) throws -> FillLanguages? {
    try languages.languages(source: source, target: target, place: place)
  }

  func proposal(
    for text: String, contextID: String?, _ languages: FillLanguages
  ) -> TargetProposal? {
    let request = FillRequest(text: text, contextID: contextID, languages: languages)
    if known.insert(request).inserted { requests.append(request) }
    return nil
  }

  func report(_ outcome: SegmentOutcome) {
    if keepsOrder { order.add(outcome.source) }
  }
}

/// What became of the segments of a file.
public struct PretranslateSummary: Sendable, Hashable {
  /// One segment of many.
  public struct Example: Sendable, Hashable {
    /// `exact`, `fuzzy`, `missing`, or why a segment was left.
    public var kind: String
    /// From 1.
    public var line: Int
    public var source: String
    public var target: String?
    /// A share 0…1.
    public var score: Double?
    public var origin: String?
    /// The translation as the memory has it, where numbers were substituted.
    public var original: String?
  }

  public var file = ""
  public var exact = 0
  public var fuzzy = 0
  /// Segments that have a translation already.
  public var translated = 0
  /// Segments for which the memory has nothing.
  public var missing = 0
  /// Segments that were left, by reason.
  public var left: [String: Int] = [:]
  /// Of the exact ones those for which the memory has several translations.
  public var ambiguous = 0
  /// Of the fuzzy ones those that a machine translated, and those whose numbers were substituted.
  public var machine = 0
  public var substituted = 0
  /// Of the missing ones those whose very text the memory has, in units that are penalised.
  public var penalised = 0
  public var isChanged = false
  /// The first segments of each kind.
  public var examples: [Example] = []

  public init() {}

  /// How many segments there are.
  public var total: Int {
    exact + fuzzy + translated + missing + left.values.reduce(0, +)
  }

  /// Adds what another file has, without its examples.
  public mutating func add(_ other: PretranslateSummary) {
    exact += other.exact
    fuzzy += other.fuzzy
    translated += other.translated
    missing += other.missing
    ambiguous += other.ambiguous
    machine += other.machine
    substituted += other.substituted
    penalised += other.penalised
    left.merge(other.left, uniquingKeysWith: +)
    isChanged = isChanged || other.isChanged
  }
}
