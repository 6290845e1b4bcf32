internal import Bitext
internal import Segmentation

/// Puts units together to two documents in one file.
struct ParallelTextBuilder {
  private(set) var source: SegmentedText
  private(set) var target: SegmentedText
  private var beads: [Bead] = []

  init(_ file: String, _ languages: UnitLanguages) {
    source = SegmentedText(emptyIn: languages.source, file: file)
    target = SegmentedText(emptyIn: languages.target, file: file)
  }

  var text: ParallelText {
    ParallelText(source: source, target: target, beads: beads, isAligned: false)
  }

  var beadCount: Int { beads.count }
  var byteCount: Int { source.prose.utf8.count + target.prose.utf8.count }

  /// Appends a unit; one without text leaves its comments alone.
  mutating func append(_ unit: BilingualUnit) {
    let before = (source.segments.count, target.segments.count)
    source.append(unit.source, unit)
    target.append(unit.target, unit)
    guard unit.source != nil || unit.target != nil else { return }
    beads.append(
      Bead(
        source: before.0..<source.segments.count, target: before.1..<target.segments.count,
        score: 1))
  }
}

extension SegmentedText {
  fileprivate init(emptyIn language: LanguageTag, file: String) {
    self.init(prose: Prose(emptyIn: language, file: file), segments: [])
  }

  /// A remark on a unit stands before the unit's text on both sides: who reads one side sees it.
  fileprivate mutating func append(_ text: PlacedText?, _ unit: BilingualUnit) {
    let start = prose.utf8.count
    for var comment in unit.comments {
      comment.place = start
      prose.comments.append(comment)
    }
    guard let text else { return }
    let block = prose.append(text, kind: .paragraph, identifier: unit.identifier)
    segments.append(
      Segment(
        range: prose.utf8.span.trimmingWhitespace(prose.blocks[block].range), block: block))
  }
}

/// Hands a file's units over in parallel texts of a bounded size.
struct PartBuilder {
  private let file: String
  private var builder: ParallelTextBuilder?
  private var languages: UnitLanguages?
  private(set) var isEmpty = true

  /// A part is complete with so many units: enough for what rules compare within a document, and
  /// a few hundred kilobytes of usual text.
  private static let units = 2000
  /// Or with so many bytes of both sides, where the units are long.
  private static let bytes = 4 << 20

  init(_ file: String) { self.file = file }

  /// Takes the next unit; what is complete goes to `body`.
  mutating func append(
    _ unitLanguages: UnitLanguages, _ unit: BilingualUnit, _ body: (ParallelText) throws -> Void
  ) throws {
    let isFull = builder.map { $0.beadCount >= Self.units || $0.byteCount >= Self.bytes } ?? false
    if isFull || languages != unitLanguages { try finish(body) }
    if builder == nil {
      builder = ParallelTextBuilder(file, unitLanguages)
      languages = unitLanguages
    }
    builder?.append(unitLanguages.isSwapped ? unit.swapped : unit)
  }

  /// Hands over what is left.
  mutating func finish(_ body: (ParallelText) throws -> Void) throws {
    guard let complete = builder else { return }
    builder = nil
    guard complete.beadCount > 0 else { return }
    isEmpty = false
    try body(complete.text)
  }
}
