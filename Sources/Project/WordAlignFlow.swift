internal import Alignment
public import Bitext
internal import Formats
internal import Segmentation

/// The flow behind `align --words`: two documents to beads, and the words of these to links,
/// learnt from the documents and from more bitext.
public struct WordAlignFlow {
  private let aligner: PairAligner
  private let training: [String]
  private let isTokenized: Bool

  /// - Parameters:
  ///   - aligner: reads the documents, finds their beads, and has the word lists and terms.
  ///   - training: files of bitext to learn from beside the documents: TSV or TMX.
  ///   - isTokenized: whether line n of the source is translated by line n of the target, cut into
  ///     words by spaces; else beads and words are found.
  public init(_ aligner: PairAligner, training: [String] = [], isTokenized: Bool = false) {
    self.aligner = aligner
    self.training = training
    self.isTokenized = isTokenized
  }

  /// Aligns two documents and their words.
  ///
  /// - Parameters:
  ///   - source: a document.
  ///   - target: its translation.
  ///   - warn: hears of what is left out.
  /// - Returns: the beads with their word links.
  /// - Throws: `Trouble` for files that cannot be read, and for tokenized ones whose numbers of
  ///   lines differ.
  public func align(
    source: String, target: String, warn: @escaping (Warning) -> Void
  ) throws -> LinkedText {
    let text =
      isTokenized
      ? try aligner.pairLines(source: source, target: target)
      : try aligner.align(source: source, target: target)
    var corpus = WordCorpus(source: text.source.language, target: text.target.language)
    for first in stride(from: 0, to: text.beads.count, by: Self.beadsAtOnce) {
      let pairs = text.beads[first...].prefix(Self.beadsAtOnce).map { bead in
        bead.source.isEmpty || bead.target.isEmpty
          ? (source: "", target: "")
          : (source: text.sourceText(bead), target: text.targetText(bead))
      }
      if isTokenized { corpus.append(tokenized: pairs) } else { try corpus.append(pairs) }
    }
    for file in training { try Self.add(file, to: &corpus, warn: warn) }
    let words = aligner.wordAligner(text.source.language, text.target.language)
    let beads = 0..<text.beads.count
    let model = words.learn(from: corpus, first: beads)
    let tooLong = beads.count { model.skips($0, in: corpus) }
    if tooLong > 0 {
      warn(
        Warning(
          "\(tooLong) bead\(tooLong == 1 ? " is" : "s are") too long for word links: more than a "
            + "million pairs of words", file: source))
    }
    return LinkedText(text: text, corpus: corpus, links: model.links(in: corpus, of: beads))
  }

  /// So many texts are copied at a time.
  private static let beadsAtOnce = 65_536

  /// Adds a bitext to learn from, whichever way round it is.
  private static func add(
    _ file: String, to corpus: inout WordCorpus, warn: @escaping (Warning) -> Void
  ) throws {
    var pairs: [(source: String, target: String)] = []
    func add(_ unit: TranslationUnit) throws(Trouble) {
      if LanguageMatching.sameLanguage(unit.sourceLanguage, corpus.sourceLanguage),
        LanguageMatching.sameLanguage(unit.targetLanguage, corpus.targetLanguage)
      {
        pairs.append((unit.source, unit.target))
      } else if LanguageMatching.sameLanguage(unit.sourceLanguage, corpus.targetLanguage),
        LanguageMatching.sameLanguage(unit.targetLanguage, corpus.sourceLanguage)
      {
        pairs.append((unit.target, unit.source))
      } else {
        throw Trouble(
          "is \(unit.sourceLanguage)–\(unit.targetLanguage), and the documents are "
            + "\(corpus.sourceLanguage)–\(corpus.targetLanguage)", file: file)
      }
    }
    if Files.ending(of: file) == "tmx" {
      try TMXReader.forEachUnit(of: file, warn: warn) { unit in
        for unit in unit.translationUnits(origin: nil).prefix(1) { try add(unit) }
      }
    } else {
      for unit in try readBitextTable(file, languages: (nil, nil)) { try add(unit) }
    }
    try corpus.append(pairs)
  }
}

extension PairAligner {
  /// A word aligner with the same word lists and terms.
  func wordAligner(_ source: LanguageTag, _ target: LanguageTag) -> WordAligner {
    WordAligner(lexicons: allLexicons, anchors: anchors(source, target))
  }

  /// Reads two documents of which line n translates line n.
  ///
  /// - Throws: `Trouble` for files that cannot be read, and when one has more lines.
  func pairLines(source: String, target: String) throws(Trouble) -> ParallelText {
    let (left, right) = try sides(source: source, target: target)
    let counts = (left.segments.count, right.segments.count)
    guard counts.0 == counts.1 else {
      throw Trouble(
        "line n must translate line n, and \(source) has \(counts.0) lines, \(target) \(counts.1)")
    }
    let beads = (0..<counts.0).map { Bead(source: $0..<$0 + 1, target: $0..<$0 + 1, score: 1) }
    return ParallelText(source: left, target: right, beads: beads)
  }
}
