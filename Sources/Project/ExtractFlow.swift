internal import Alignment
public import Bitext
internal import Formats
internal import Segmentation
public import Store

/// The flow behind `extract`: bitexts of any kind to candidates that the termbase does not have.
public struct ExtractFlow {
  /// What was proposed, between which languages.
  public struct Result: Sendable {
    public var source: LanguageTag
    public var target: LanguageTag
    public var candidates: [TermCandidate]
  }

  private var texts = BitextStream()
  private let usesCache: Bool
  private let lexicons: [String]

  /// - Parameters:
  ///   - lexicons: word list files beside the built-in one, which the word aligner knows.
  ///   - usesCache: whether parsed word lists are kept in the user's cache folder.
  public init(lexicons: [String] = [], usesCache: Bool = true) {
    self.lexicons = lexicons
    self.usesCache = usesCache
  }

  /// Adds a bitext file: TMX, TSV, XLIFF, PO, CSV, or the JSON lines that `align` prints.
  public mutating func add(
    file: String, languages: (source: LanguageTag?, target: LanguageTag?),
    warn: @escaping (Warning) -> Void
  ) throws {
    switch Files.ending(of: file) {
    case "tmx": try texts.add(tmx: file, warn: warn)
    case "xlf", "xliff", "sdlxliff", "mqxliff", "mxliff", "po", "pot", "csv":
      try texts.add(bilingual: file, languages: languages, warn: warn)
    case "jsonl", "ndjson": try texts.add(lines: file, languages: languages)
    default: try texts.add(table: file, languages: languages)
    }
  }

  /// Adds two documents that were aligned on the fly.
  public mutating func add(_ pair: ParallelText) throws { try texts.add(pair) }

  /// Adds the units of a store's memory.
  public mutating func add(memory store: ConcordStore) throws { try texts.add(memory: store) }

  /// The candidates that the termbase does not have; those that would join one of its concepts with
  /// a new term name that concept.
  ///
  /// - Parameters:
  ///   - termbase: what is known.
  ///   - rejected: pairs that are never to be proposed again.
  /// - Returns: the candidates, best first, and between which languages they are.
  /// - Throws: `Trouble` when no bitext was added, and for one that cannot be read.
  public func run(
    known termbase: Termbase, rejected: [RejectedPair] = []
  ) throws -> Result {
    guard let languages = texts.languages, !texts.isEmpty else {
      throw Trouble("there is no bitext to extract from: name files, or align some with --save")
    }
    let cache = LexiconCache(isOn: usesCache, environment: ProcessEnvironment.value)
    let builtin = cache.builtin()
    var lists = [builtin]
    for path in lexicons { lists.append(try cache.lexicon(path)) }
    let extractor = TermExtractor(
      source: languages.source, target: languages.target, lexicon: builtin,
      aligner: WordAligner(lexicons: lists))
    let known = KnownTerms(termbase, rejected: rejected, languages: languages)
    return Result(
      source: languages.source, target: languages.target,
      candidates: try extractor.candidates(in: texts).compactMap { known.judge($0) })
  }
}
