internal import Alignment
public import Bitext
internal import Formats
internal import Foundation
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

  private var texts: [TranslatedText] = []
  private var languages: (source: LanguageTag, target: LanguageTag)?

  private let usesCache: Bool

  public init(usesCache: Bool = true) { self.usesCache = usesCache }

  /// Adds a bitext file: TMX, TSV, or the JSON lines that `align` prints.
  public mutating func add(
    file: String, languages: (source: LanguageTag?, target: LanguageTag?),
    warn: @escaping (Warning) -> Void
  ) throws {
    switch Files.ending(of: file) {
    case "tmx":
      var units: [TranslationUnit] = []
      try TMXReader.forEachUnit(of: file, warn: warn) {
        units += $0.translationUnits(origin: nil).prefix(1)
      }
      try add(units, file: file)
    case "jsonl", "ndjson": try addLines(of: file, languages)
    default: try add(try readBitextTable(file, languages: languages), file: file)
    }
  }

  /// Adds two documents that were aligned on the fly.
  public mutating func add(_ pair: ParallelText) throws {
    for (index, bead) in pair.beads.enumerated() where !bead.source.isEmpty && !bead.target.isEmpty
    {
      try add(
        pair.sourceText(bead), pair.targetText(bead), pair.source.language, pair.target.language,
        TermCandidate.Evidence(file: pair.source.file, bead: index))
    }
  }

  /// Adds the units of a store's memory.
  public mutating func add(memory store: ConcordStore) throws {
    var units: [TranslationUnit] = []
    try store.forEachUnit { units.append($0) }
    try add(units, file: store.path)
  }

  private mutating func add(_ units: [TranslationUnit], file: String) throws {
    for (index, unit) in units.enumerated() {
      try add(
        unit.source, unit.target, unit.sourceLanguage, unit.targetLanguage,
        TermCandidate.Evidence(file: file, bead: index))
    }
  }

  private mutating func add(
    _ source: String, _ target: String, _ left: LanguageTag, _ right: LanguageTag,
    _ evidence: TermCandidate.Evidence
  ) throws {
    let known = languages ?? (left, right)
    languages = known
    if LanguageMatching.sameLanguage(left, known.source) {
      texts.append(TranslatedText(source: source, target: target, evidence: evidence))
    } else if LanguageMatching.sameLanguage(left, known.target) {
      texts.append(TranslatedText(source: target, target: source, evidence: evidence))
    } else {
      throw Trouble(
        "is \(left)–\(right) while the others are \(known.source)–\(known.target): one pair of "
          + "languages at a time", file: evidence.file)
    }
  }

  private mutating func addLines(
    of file: String, _ languages: (source: LanguageTag?, target: LanguageTag?)
  ) throws {
    struct Line: Decodable {
      var sourceText: String
      var targetText: String
    }
    let bytes = try Files.read(file)
    let decoder = JSONDecoder()
    var parsed: [Line] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty {
      do {
        parsed.append(try decoder.decode(Line.self, from: Data(line)))
      } catch {
        throw Trouble(
          "is no line of 'concord align --format jsonl'", file: file, line: index + 1)
      }
    }
    func detect(_ texts: [String]) -> LanguageTag? {
      LanguageMatching.detect(Array(texts.prefix(200).joined(separator: "\n").utf8).span)
    }
    guard let source = languages.source ?? detect(parsed.map(\.sourceText)),
      let target = languages.target ?? detect(parsed.map(\.targetText))
    else {
      throw Trouble(
        "its languages cannot be told: give --source-language and --target-language", file: file)
    }
    for (index, line) in parsed.enumerated() {
      try add(
        line.sourceText, line.targetText, source, target,
        TermCandidate.Evidence(file: file, bead: index))
    }
  }

  /// The candidates that the termbase does not have; those that would join one of its concepts with
  /// a new term name that concept.
  ///
  /// - Parameters:
  ///   - termbase: what is known.
  ///   - rejected: pairs that are never to be proposed again.
  /// - Returns: the candidates, best first, and between which languages they are.
  /// - Throws: `Trouble` when no bitext was added.
  public func run(
    known termbase: Termbase, rejected: [RejectedPair] = []
  ) throws(Trouble) -> Result {
    guard let languages, !texts.isEmpty else {
      throw Trouble("there is no bitext to extract from: name files, or align some with --save")
    }
    let all = try TermExtractor(
      source: languages.source, target: languages.target,
      lexicon: LexiconCache(isOn: usesCache, environment: ProcessEnvironment.value).builtin()
    ).candidates(in: texts)
    let known = KnownTerms(termbase, rejected: rejected, languages: languages)
    return Result(
      source: languages.source, target: languages.target,
      candidates: all.compactMap { known.judge($0) })
  }
}
