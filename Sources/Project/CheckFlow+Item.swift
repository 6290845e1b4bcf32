internal import Bitext
internal import Checking
internal import Formats
internal import Segmentation

extension CheckFlow {
  /// What one item says.
  struct ItemResult: Sendable {
    var diagnostics: [Diagnostic] = []
    /// Of each part of the item.
    var facts: [CheckFacts] = []
    /// The lines and columns of what the diagnostics point at.
    var places: [CheckedPlace] = []
    var troubles: [Trouble] = []
    var warnings: [Warning] = []
    /// Held until renderings are mined.
    private(set) var pairs: [MinedPair] = []
    private var heldBytes = 0
    /// Whether there were more pairs than can be held.
    var hasMorePairs = false

    mutating func hold(_ pair: RenderingMining.Pair) {
      if makesRoom(for: pair.size) { pairs.append(MinedPair(pair)) }
    }

    mutating func hold(_ pair: MinedPair) {
      if makesRoom(for: pair.size) { pairs.append(pair) }
    }

    private mutating func makesRoom(for size: Int) -> Bool {
      guard heldBytes + size <= RenderingMining.mostBytes else {
        hasMorePairs = true
        return false
      }
      heldBytes += size
      return true
    }

    mutating func add(_ examination: Examination) {
      diagnostics += examination.diagnostics
      facts.append(examination.facts)
    }
  }

  func check(_ item: CheckItem, _ aligner: PairAligner) -> ItemResult {
    var result = ItemResult()
    do {
      switch item {
      case .document(let path):
        if try checkParts(of: path, &result) { break }
        var reading = reading
        reading.language = languages.source
        let text = try reading.segments(of: path)
        if let pair = try reading.commentedPair(in: text, target: languages.target) {
          warnOfLanguage(pair.target, &result)
          result.add(checker.examine(pair, direction: .forward))
        } else {
          warnOfLanguage(text, &result)
          result.add(checker.examine(text))
        }
      case .pair(let source, let target, let isDirected):
        let pair = try aligner.align(source: source, target: target)
        check(pair, direction: isDirected ? .forward : .both, &result)
      case .bilingual(let path):
        try BilingualFile.forEachPart(
          of: path, languages: languages, columns: columns, encoding: reading.encoding,
          warn: { result.warnings.append($0) }
        ) { check($0, direction: .forward, &result) }
      }
    } catch let trouble as Trouble {
      result.troubles.append(trouble)
    } catch {
      result.troubles.append(Trouble("\(error)", file: item.files.first))
    }
    result.places = FileLines.places(of: result.diagnostics, isKept: usesCache)
    return result
  }

  /// Checks a large document part by part, so that memory does not grow with it.
  ///
  /// - Parameters:
  ///   - path: the document.
  ///   - result: takes what it says.
  /// - Returns: whether that could be done.
  /// - Throws: `Trouble` for a file that cannot be read.
  private func checkParts(of path: String, _ result: inout ItemResult) throws -> Bool {
    var reading = reading
    reading.language = languages.source
    guard var examiner = checker.examiner(of: path) else { return false }
    var parts = ItemResult()
    let isRead = try reading.forEachPart(
      of: path, translation: languages.target, sizes: partSizes
    ) { text in
      if !text.segments.isEmpty || parts.facts.isEmpty { warnOfLanguage(text, &parts) }
      if !text.segments.isEmpty { parts.warnings.removeAll { $0 == Self.emptyWarning(text.file) } }
      parts.add(examiner.examine(text))
    }
    guard isRead else { return false }
    parts.diagnostics += examiner.finish()
    result = parts
    return true
  }

  private static func emptyWarning(_ file: String) -> Warning {
    Warning("holds no text to check", file: file)
  }

  private func check(
    _ pair: ParallelText, direction: CheckDirection, _ result: inout ItemResult
  ) {
    warnOfLanguage(pair.source, &result)
    warnOfLanguage(pair.target, &result)
    result.add(checker.examine(pair, direction: direction))
    if mining != nil {
      result.hold(RenderingMining.Pair(text: pair, isDirected: direction == .forward))
    }
  }

  /// A document in a language without terms would look clean, and so would an empty one.
  private func warnOfLanguage(_ text: SegmentedText, _ result: inout ItemResult) {
    var warning: Warning?
    if text.segments.isEmpty {
      warning = Self.emptyWarning(text.file)
    } else if hasTerms, checker.termCount(in: text.language) == 0 {
      warning = Warning(
        "the glossary has no term in \(text.language): nothing was looked for", file: text.file)
    }
    // The parts of a large file say the same.
    if let warning, !result.warnings.contains(warning) { result.warnings.append(warning) }
  }
}

extension CheckItem {
  /// The two documents of a pair.
  var documents: (source: String, target: String)? {
    guard case .pair(let source, let target, _) = self else { return nil }
    return (source, target)
  }
}

extension CheckFlow.ItemResult: BinaryCodable {
  /// Items with trouble are never kept.
  func write(to writer: inout BinaryWriter) {
    writer.write(diagnostics)
    writer.write(facts)
    writer.write(places)
    writer.write(warnings)
  }

  init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    diagnostics = try reader.read()
    facts = try reader.read()
    places = try reader.read()
    warnings = try reader.read()
  }
}
