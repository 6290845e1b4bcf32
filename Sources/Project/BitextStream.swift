internal import Alignment
internal import Bitext
internal import Formats
internal import Foundation
internal import Segmentation
internal import Store

/// The beads of several bitexts, one after the other, read anew each time: none of them need fit
/// in memory.
struct BitextStream: TranslatedTexts {
  /// One bitext, and its sides the wrong way round where the first one says so.
  private struct Source {
    var name: String
    var isSwapped: Bool
    var forEach: ((String, String) throws -> Void) throws -> Void
  }

  private(set) var languages: (source: LanguageTag, target: LanguageTag)?
  private var sources: [Source] = []

  var isEmpty: Bool { sources.isEmpty }

  /// Adds a bitext.
  ///
  /// - Parameters:
  ///   - name: of its file.
  ///   - source: the language of its sources.
  ///   - target: the language of its targets.
  ///   - forEach: calls a body with each pair; always the same pairs.
  /// - Throws: `Trouble` when it is of other languages than those before.
  mutating func add(
    _ name: String, _ source: LanguageTag, _ target: LanguageTag,
    forEach: @escaping ((String, String) throws -> Void) throws -> Void
  ) throws {
    let known = languages ?? (source, target)
    languages = known
    let isSwapped = try isSwapped(source, target, known, file: name)
    sources.append(Source(name: name, isSwapped: isSwapped, forEach: forEach))
  }

  func forEachBatch(of size: Int, _ body: ([TranslatedText]) throws -> Void) throws {
    var batch: [TranslatedText] = []
    for source in sources {
      var bead = 0
      try source.forEach { left, right in
        batch.append(
          TranslatedText(
            source: source.isSwapped ? right : left, target: source.isSwapped ? left : right,
            evidence: TermCandidate.Evidence(file: source.name, bead: bead)))
        bead += 1
        if batch.count == size {
          try body(batch)
          batch.removeAll(keepingCapacity: true)
        }
      }
    }
    if !batch.isEmpty { try body(batch) }
  }
}

/// Whether a pair of languages is another one the other way round.
///
/// - Throws: `Trouble` when it is neither.
private func isSwapped(
  _ source: LanguageTag, _ target: LanguageTag, _ known: (source: LanguageTag, target: LanguageTag),
  file: String
) throws -> Bool {
  if LanguageMatching.sameLanguage(source, known.source) { return false }
  if LanguageMatching.sameLanguage(source, known.target) { return true }
  throw Trouble(
    "is \(source)–\(target) while the others are \(known.source)–\(known.target): one pair of "
      + "languages at a time", file: file)
}

// MARK: What a bitext can be

extension BitextStream {
  private struct Enough: Error {}

  mutating func add(
    tmx file: String, warn: @escaping (Warning) -> Void
  ) throws {
    var first: TranslationUnit?
    do {
      try TMXReader.forEachUnit(of: file, warn: warn) { unit in
        guard let pair = unit.translationUnits(origin: nil).first else { return }
        first = pair
        throw Enough()
      }
    } catch is Enough {}
    guard let first else { return }
    try add(file, first.sourceLanguage, first.targetLanguage) { body in
      try TMXReader.forEachUnit(of: file) { unit in
        guard let pair = unit.translationUnits(origin: nil).first else { return }
        try Self.pass(pair, first, file: file, to: body)
      }
    }
  }

  /// Hands a unit over in the direction of the first one of its file.
  private static func pass(
    _ unit: TranslationUnit, _ first: TranslationUnit, file: String,
    to body: (String, String) throws -> Void
  ) throws {
    let swaps = try isSwapped(
      unit.sourceLanguage, unit.targetLanguage, (first.sourceLanguage, first.targetLanguage),
      file: file)
    try swaps ? body(unit.target, unit.source) : body(unit.source, unit.target)
  }

  mutating func add(
    table file: String, languages: (source: LanguageTag?, target: LanguageTag?)
  ) throws {
    let table = try BitextTableLines(file, languages: languages)
    try add(file, table.source, table.target) { try table.forEach($0) }
  }

  /// A bilingual file of whatever format; what has no translation keeps its number and says nothing.
  mutating func add(
    bilingual file: String, languages: (source: LanguageTag?, target: LanguageTag?),
    warn: @escaping (Warning) -> Void
  ) throws {
    var first: (source: LanguageTag, target: LanguageTag)?
    do {
      try BilingualFile.forEachPart(of: file, languages: languages, warn: warn) { part in
        first = (part.source.language, part.target.language)
        throw Enough()
      }
    } catch is Enough {}
    guard let first else { return }
    try add(file, first.source, first.target) { body in
      try BilingualFile.forEachPart(of: file, languages: languages, warn: { _ in }) { part in
        for bead in part.beads {
          let isWhole = !bead.source.isEmpty && !bead.target.isEmpty
          try isWhole ? body(part.sourceText(bead), part.targetText(bead)) : body("", "")
        }
      }
    }
  }

  /// The units of a store's memory.
  mutating func add(memory store: ConcordStore) throws {
    var first: TranslationUnit?
    try store.forEachUnit { unit in
      if first == nil { first = unit }
    }
    guard let first else { return }
    let file = store.path
    try add(file, first.sourceLanguage, first.targetLanguage) { body in
      try store.forEachUnit { try Self.pass($0, first, file: file, to: body) }
    }
  }

  /// Two documents that were aligned on the fly.
  mutating func add(_ pair: ParallelText) throws {
    let texts = pair.beads.map { bead in
      // A bead with one empty side keeps its number and says nothing.
      bead.source.isEmpty || bead.target.isEmpty
        ? ("", "") : (pair.sourceText(bead), pair.targetText(bead))
    }
    try add(pair.source.file, pair.source.language, pair.target.language) { body in
      for text in texts { try body(text.0, text.1) }
    }
  }

  /// The JSON lines of `align`.
  mutating func add(
    lines file: String, languages: (source: LanguageTag?, target: LanguageTag?)
  ) throws {
    let lines = try TextLines(file)
    let sample = try Self.sample(of: lines, file: file)
    func detect(_ texts: [String]) -> LanguageTag? {
      LanguageMatching.detect(Array(texts.joined(separator: "\n").utf8).span)
    }
    guard let source = languages.source ?? detect(sample.map(\.sourceText)),
      let target = languages.target ?? detect(sample.map(\.targetText))
    else {
      throw Trouble(
        "its languages cannot be told: give --source-language and --target-language", file: file)
    }
    try add(file, source, target) { body in
      try lines.forEach { line, number in
        guard !line.isEmpty else { return }
        let bead = try AlignedLine(line, file: file, number: number)
        try body(bead.sourceText, bead.targetText)
      }
    }
  }

  private static func sample(of lines: TextLines, file: String) throws -> [AlignedLine] {
    var sample: [AlignedLine] = []
    do {
      try lines.forEach { line, number in
        guard !line.isEmpty else { return }
        sample.append(try AlignedLine(line, file: file, number: number))
        // Enough to tell a language by.
        if sample.count == 200 { throw Enough() }
      }
    } catch is Enough {}
    return sample
  }
}

/// A line of `align --format jsonl`.
private struct AlignedLine: Decodable {
  var sourceText: String
  var targetText: String

  init(_ line: ArraySlice<UInt8>, file: String, number: Int) throws {
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(line))
    } catch {
      throw Trouble("is no line of 'concord align --format jsonl'", file: file, line: number)
    }
  }
}
