public import Bitext
internal import Checking
internal import Segmentation
public import Store

/// What may be wrong with a unit of the memory by itself.
public enum MemoryRule: String, Sendable, Hashable, CaseIterable {
  /// A side has no text.
  case emptySide = "empty-side"
  /// Both sides are the same.
  case identicalSides = "identical-sides"
  /// A side is written in the other script of Chinese.
  case wrongScript = "wrong-script"
  /// A side cannot be in its language.
  case wrongLanguage = "wrong-language"
  /// One side is far longer than the other.
  case suspiciousLength = "suspicious-length"
  /// A side holds characters that command a screen or turn a line around.
  case controlCharacters = "control-characters"
  /// The sides have other inline elements.
  case inlineElements = "inline-elements"
  /// A number has no counterpart, or another one.
  case numberMismatch = "number-mismatch"
  /// Bytes were read in the wrong encoding once.
  case mojibake

  public var severity: Severity {
    switch self {
    case .emptySide, .mojibake: .error
    case .wrongScript, .wrongLanguage, .identicalSides, .controlCharacters, .inlineElements,
      .numberMismatch, .suspiciousLength:
      .warning
    }
  }
}

/// What is wrong with a unit.
public struct MemoryFinding: Sendable, Hashable {
  public var rule: MemoryRule
  public var severity: Severity
  public var message: String
  /// The side that it is about; `nil` for both.
  public var side: ConcordanceHit.Side?
  public var unit: TranslationUnit

  init(
    _ rule: MemoryRule, _ message: String, on side: ConcordanceHit.Side? = nil,
    _ unit: TranslationUnit, severity: Severity? = nil
  ) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.message = message
    self.side = side
    self.unit = unit
  }

  /// The shape that `memory check` promises to other programs.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("id", unit.id.map(Int.init))
      writer.member("rule", rule.rawValue)
      writer.member("severity", severity.rawValue)
      writer.member("message", message)
      writer.member("side", side?.rawValue)
      writer.member("source", unit.source)
      writer.member("target", unit.target)
      writer.member("origin", unit.origin)
    }
    return writer.text
  }
}

/// Examines units of the memory one by one. Takes as much memory as a thousand units.
///
/// - Parameters:
///   - store: the store.
///   - filter: which units.
///   - rules: what is looked for.
///   - body: takes each finding, in the order of the units.
/// - Returns: how many units were examined.
/// - Throws: `Trouble` when the store cannot be read, and what `body` throws.
public func checkMemory(
  _ store: ConcordStore, _ filter: UnitFilter, rules: Set<MemoryRule>,
  _ body: (MemoryFinding) throws -> Void
) throws -> Int {
  let lengths = rules.contains(.suspiciousLength) ? try usualLengths(store) : [:]
  var numbers = UnitNumbers()
  var page: [TranslationUnit] = []
  var count = 0
  func examinePage() throws {
    let mismatches = rules.contains(.numberMismatch) ? numbers.findings(in: page) : [:]
    for (index, unit) in page.enumerated() {
      var findings = UnitExamination(unit, lengths: lengths[unit.languages]).findings
      findings += mismatches[index] ?? []
      for finding in findings where rules.contains(finding.rule) { try body(finding) }
    }
    page.removeAll(keepingCapacity: true)
  }
  try store.forEachUnit(filter) { unit in
    count += 1
    page.append(unit)
    if page.count == checkedPage { try examinePage() }
  }
  try examinePage()
  return count
}

/// What is usual is learnt from the whole memory, whatever a filter asks for.
private func usualLengths(_ store: ConcordStore) throws -> [LanguagePair: UsualLength] {
  var ratios: [LanguagePair: LengthRatios] = [:]
  try store.forEachUnit { unit in ratios[unit.languages, default: LengthRatios()].add(unit) }
  return ratios.compactMapValues(\.usual)
}

/// Units whose numbers are compared at a time.
private let checkedPage = 1000

extension TranslationUnit {
  var languages: LanguagePair { LanguagePair(source: sourceLanguage, target: targetLanguage) }
}

/// Compares the numbers of units through the rule of `check`.
private struct UnitNumbers {
  private var checkers: [LanguagePair: Checker] = [:]

  mutating func findings(in units: [TranslationUnit]) -> [Int: [MemoryFinding]] {
    var found: [Int: [MemoryFinding]] = [:]
    for (pair, places) in Dictionary(grouping: units.indices, by: { units[$0].languages }) {
      // Without text on a side there is nothing to compare.
      let places = places.filter { !units[$0].source.isEmpty && !units[$0].target.isEmpty }
      let text = ParallelText(
        source: SegmentedText(places.map { units[$0].source }, pair.source, named: "source"),
        target: SegmentedText(places.map { units[$0].target }, pair.target, named: "target"),
        beads: places.indices.map { Bead(source: $0..<$0 + 1, target: $0..<$0 + 1, score: 1) },
        isAligned: false)
      for diagnostic in checker(for: pair).examine(text, direction: .forward).diagnostics {
        guard let segment = text.target.segment(at: diagnostic.location.range.lowerBound)
        else { continue }
        let index = places[segment]
        found[index, default: []].append(
          MemoryFinding(
            .numberMismatch, diagnostic.message, units[index], severity: diagnostic.severity))
      }
    }
    return found
  }

  private mutating func checker(for pair: LanguagePair) -> Checker {
    if let known = checkers[pair] { return known }
    var settings = RuleSettings()
    for rule in RuleName.allCases where rule != .numberMismatch { settings[rule] = nil }
    let checker = Checker(
      termbase: Termbase(concepts: []), languages: [pair.source, pair.target], settings: settings)
    checkers[pair] = checker
    return checker
  }
}

extension SegmentedText {
  /// Texts one after the other, each a segment of its own.
  fileprivate init(_ texts: [String], _ language: LanguageTag, named file: String) {
    var utf8: [UInt8] = []
    var blocks: [Block] = []
    var segments: [Segment] = []
    for text in texts {
      let start = utf8.count
      utf8 += text.utf8
      let range = start..<utf8.count
      segments.append(Segment(range: range, block: blocks.count))
      blocks.append(Block(range: range, kind: .paragraph))
      utf8.append(0x0A)
    }
    self.init(
      prose: Prose(
        file: file, language: language, utf8: utf8, blocks: blocks, positions: PositionMap()),
      segments: segments)
  }

  /// The segment that holds a byte.
  fileprivate func segment(at offset: Int) -> Int? {
    var (low, high) = (0, segments.count)
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].range.upperBound < offset { low = middle + 1 } else { high = middle }
    }
    return low < segments.count ? low : nil
  }
}
