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

  public init(
    source: LanguageTag? = nil, target: LanguageTag? = nil, encoding: String? = nil,
    minimum: Double = 1, overwrites: Bool = false
  ) {
    self.source = source
    self.target = target
    self.encoding = encoding
    self.minimum = minimum
    self.overwrites = overwrites
  }
}

/// The flow behind `pretranslate`: fills the targets of XLIFF and PO files from the memory.
public struct PretranslateFlow {
  private let store: ConcordStore
  private let options: PretranslateOptions
  private let pairs: Set<LanguagePair>

  /// A file with its targets filled.
  public struct Result: Sendable {
    /// As the file is to be written.
    public var bytes: [UInt8]
    public var summary: PretranslateSummary
  }

  /// - Throws: `Trouble` when the memory cannot be read or holds nothing.
  public init(store: ConcordStore, options: PretranslateOptions) throws(Trouble) {
    self.store = store
    self.options = options
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
    let memory = MemoryFiller(store: store, pairs: pairs, options: options)
    let filled = try TargetEditor.fill(path, encoding: options.encoding, with: memory)
    var summary = memory.summary
    summary.file = path
    summary.isChanged = filled.isChanged
    return Result(bytes: filled.bytes, summary: summary)
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
    left.merge(other.left, uniquingKeysWith: +)
    isChanged = isChanged || other.isChanged
  }
}
