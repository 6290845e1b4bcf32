internal import Bitext
internal import Segmentation

/// A stretch of text with the way back to its bytes.
struct PlacedText: Sendable {
  private(set) var utf8: [UInt8] = []
  /// Leads from ``utf8`` to the file.
  private(set) var positions = PositionMap()
  /// Stretches of ``utf8`` that are not to be translated.
  private(set) var literals: [Range<Int>] = []
  /// The byte of the file where the text stands when there is none.
  var place: Int

  init(at place: Int) { self.place = place }

  init(_ text: String, positions: PositionMap, at place: Int) {
    utf8 = Array(text.utf8)
    self.positions = positions
    self.place = place
  }

  /// Whether it holds nothing that a reader would see.
  var isBlank: Bool { utf8.span.trimmingWhitespace(0..<utf8.count).isEmpty }

  mutating func append(
    _ bytes: some Collection<UInt8>, _ places: PositionMap, isLiteral: Bool = false
  ) {
    let start = utf8.count
    utf8 += bytes
    positions.append(contentsOf: places, at: start)
    if isLiteral { markLiteral(start..<utf8.count) }
  }

  /// Appends bytes that stand in the file from `source` on, each unit of it for one byte.
  mutating func append(byte: UInt8, from source: Range<Int>) {
    positions.append(
      text: utf8.count, source: source.lowerBound, count: 1, sourceUnit: source.count)
    utf8.append(byte)
  }

  /// Appends a space that stands for something in the file, such as a line break's code.
  mutating func appendSpace() { utf8.append(0x20) }

  mutating func markLiteral(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    if let last = literals.last, last.upperBound == range.lowerBound {
      literals[literals.count - 1] = last.lowerBound..<range.upperBound
    } else {
      literals.append(range)
    }
  }
}

/// What a bilingual file says in one place: a text, its translation, and what was remarked on it.
struct BilingualUnit: Sendable {
  /// `nil` where the file has no such side at all.
  var source: PlacedText?
  var target: PlacedText?
  /// Their places in the prose are not known yet.
  var comments: [DocumentComment] = []
  /// What names the unit in its file.
  var identifier: String?

  /// The unit in the other direction.
  var swapped: BilingualUnit {
    BilingualUnit(source: target, target: source, comments: comments, identifier: identifier)
  }
}

/// The languages that a user asked for, or none.
typealias WantedLanguages = (source: LanguageTag?, target: LanguageTag?)

/// The two languages of a unit.
struct UnitLanguages: Sendable, Hashable {
  var source: LanguageTag
  var target: LanguageTag
  /// Whether the user wants the file's target to be the source.
  var isSwapped = false

  /// What a file declares, as the user wants it: an option outweighs the file, and options that
  /// name the file's languages the other way round turn it around.
  ///
  /// - Returns: `nil` while one side has no language.
  init?(declared: WantedLanguages, wanted: WantedLanguages) {
    func fits(_ left: LanguageTag?, _ right: LanguageTag?) -> Bool {
      guard let left, let right else { return false }
      return LanguageMatching.sameLanguage(left, right)
    }
    let isStraight =
      fits(wanted.source, declared.source) || fits(wanted.target, declared.target)
    isSwapped =
      !isStraight && (fits(wanted.source, declared.target) || fits(wanted.target, declared.source))
    let (first, second) =
      isSwapped ? (declared.target, declared.source) : (declared.source, declared.target)
    guard let source = wanted.source ?? first, let target = wanted.target ?? second else {
      return nil
    }
    self.source = source
    self.target = target
  }

  static func == (left: Self, right: Self) -> Bool {
    left.source == right.source && left.target == right.target
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(source)
    hasher.combine(target)
  }
}

/// Takes the units of a file one by one.
typealias UnitBody = (UnitLanguages, BilingualUnit) throws -> Void

extension PlacedText {
  /// The byte of the file where the text ends.
  var end: Int { utf8.isEmpty ? place : positions.source(0..<utf8.count).upperBound }
}
