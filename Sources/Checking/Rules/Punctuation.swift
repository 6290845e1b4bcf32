internal import Bitext
internal import Segmentation

/// Marks and spaces that do not fit the script around them.
///
/// Reported are half-width marks between ideographs, full-width marks in a text of Latin letters,
/// three dots for an ellipsis in Chinese, doubled marks, brackets and quotation marks without their
/// partner in the paragraph, and, where a Chinese text mostly sets a space between ideographs and
/// Latin letters or mostly sets none, the places that differ. Code is skipped. The rule is off
/// unless a project asks for it: `rules: {punctuation: {severity: warning}}`.
///
/// Fires: 园区开工,明年建成; the park，which opened; 建成。。; （园区
///
/// Does not: 园区（一期）开工，明年建成……; 3,000人; 比分为3:2
struct Punctuation: TextRule {
  let checker: Checker

  func check(_ text: MatchedText) -> [Diagnostic] {
    guard let severity = checker.settings.severity(of: .punctuation, in: text.text.file) else {
      return []
    }
    let prose = text.text.prose
    let isChinese = prose.language.isChinese
    let isLatin = LanguageMatching.maximized(prose.language).script == "Latn"
    var spacing = SpacingHabit()
    var faults: [MarkFault] = []
    for block in prose.blocks {
      let marks = BlockMarks(prose, block.range)
      if isChinese {
        faults += marks.halfWidth() + marks.dots()
        spacing.count(marks)
      }
      if isLatin { faults += marks.fullWidth() }
      faults += marks.doubled() + marks.unpaired()
    }
    faults += spacing.exceptions()
    return faults.map { diagnostic($0, text, severity) }
  }

  private func diagnostic(
    _ fault: MarkFault, _ text: MatchedText, _ severity: Severity
  ) -> Diagnostic {
    let location = text.location(fault.range)
    // Where markup stands between the characters, they cannot be exchanged as one.
    let isVerbatim = location.range.count == fault.range.count
    let found = text.text.prose.text(fault.range)
    return Diagnostic(
      rule: RuleName.punctuation.rawValue, severity: severity,
      message: .fault(fault.kind, found, fault.replacement), location: location, term: found,
      found: found, expected: fault.replacement.map { [$0] } ?? [],
      replacement: isVerbatim ? fault.replacement : nil,
      context: text.text.prose.text(fault.context))
  }
}

/// A mark or a space that should be another one.
private struct MarkFault {
  enum Kind { case halfWidth, fullWidth, ellipsis, doubled, opening, closing, spaced, unspaced }

  var kind: Kind
  /// Bytes of the prose; empty where a space is missing.
  var range: Range<Int>
  var replacement: String?
  /// The paragraph.
  var context: Range<Int>
}

/// The characters of a paragraph, code left out.
private struct BlockMarks {
  struct Character {
    var scalar: UInt32
    var range: Range<Int>

    var isHan: Bool { scalar.isHanScalar }
    var isLatin: Bool { scalar < 0x80 && (scalar | 0x20) &- 0x61 < 26 }
    var isDigit: Bool { scalar &- 0x30 < 10 }
  }

  let range: Range<Int>
  private(set) var characters: [Character] = []
  /// Stands for a stretch of code.
  private static let code: UInt32 = 0xFFFC

  init(_ prose: Prose, _ range: Range<Int>) {
    self.range = range
    let utf8 = prose.utf8.span
    var index = range.lowerBound
    while index < range.upperBound {
      let (scalar, length) = utf8.scalar(at: index)
      let bytes = index..<index + length
      let isCode = prose.isLiteral(bytes)
      if !isCode || characters.last?.scalar != Self.code {
        characters.append(Character(scalar: isCode ? Self.code : scalar, range: bytes))
      }
      index += length
    }
  }

  subscript(index: Int) -> Character? {
    characters.indices.contains(index) ? characters[index] : nil
  }

  func fault(_ kind: MarkFault.Kind, _ places: Range<Int>, _ replacement: String?) -> MarkFault {
    let bytes =
      characters[places.lowerBound].range
      .lowerBound..<characters[places.upperBound - 1].range
      .upperBound
    return MarkFault(kind: kind, range: bytes, replacement: replacement, context: range)
  }
}

// MARK: Width

extension BlockMarks {
  private static let wide: [UInt32: String] = [
    0x2C: "，", 0x3B: "；", 0x3A: "：", 0x3F: "？", 0x21: "！", 0x2E: "。",
  ]
  private static let narrow: [UInt32: String] = [
    0xFF0C: ",", 0x3001: ",", 0x3002: ".", 0xFF1B: ";", 0xFF1A: ":", 0xFF1F: "?", 0xFF01: "!",
    0xFF08: "(", 0xFF09: ")",
  ]

  /// Half-width marks behind an ideograph and before another, or at the end.
  func halfWidth() -> [MarkFault] {
    var found = halfWidthBrackets()
    for (index, character) in characters.enumerated() {
      guard let wide = Self.wide[character.scalar], self[index - 1]?.isHan == true else { continue }
      var end = index + 1
      while self[end]?.scalar == 0x20 { end += 1 }
      let next = self[end]
      guard next.map({ $0.isHan || $0.scalar.isQuoteScalar }) ?? true else { continue }
      if character.scalar == 0x2E {
        // Between two ideographs a dot may stand for the one in a name: 约翰.史密斯.
        if end == index + 1, next != nil { continue }
      }
      found.append(fault(.halfWidth, index..<(next == nil ? index + 1 : end), wide))
    }
    return found
  }

  private func halfWidthBrackets() -> [MarkFault] {
    var found: [MarkFault] = []
    var open: Int?
    for (index, character) in characters.enumerated() {
      if character.scalar == 0x28 { open = index }
      guard character.scalar == 0x29, let start = open else { continue }
      open = nil
      let inside = characters[start + 1..<index]
      guard let first = inside.first, let last = inside.last, first.isHan, last.isHan,
        self[start - 1]?.isHan != false
      else { continue }
      found.append(fault(.halfWidth, start..<start + 1, "（"))
      found.append(fault(.halfWidth, index..<index + 1, "）"))
    }
    return found
  }

  /// Full-width marks beside a Latin letter.
  func fullWidth() -> [MarkFault] {
    characters.indices.compactMap { index in
      guard let narrow = Self.narrow[characters[index].scalar] else { return nil }
      let (before, after) = (self[index - 1], self[index + 1])
      guard before?.isHan != true, after?.isHan != true,
        before?.isLatin == true || before?.isDigit == true || after?.isLatin == true
      else { return nil }
      let parts = after.map { $0.isLatin || $0.isDigit } ?? false
      let spaced = narrow == "(" ? narrow : parts ? narrow + " " : narrow
      return fault(.fullWidth, index..<index + 1, spaced)
    }
  }

  /// Three dots or full stops beside an ideograph, where Chinese has an ellipsis of two characters.
  func dots() -> [MarkFault] {
    runs(of: [0x2E, 0x3002]).compactMap { run in
      guard run.count >= 3,
        self[run.lowerBound - 1]?.isHan == true || self[run.upperBound]?.isHan == true
      else { return nil }
      return fault(.ellipsis, run, "……")
    }
  }
}

// MARK: Doubled and unpaired marks

extension BlockMarks {
  /// Marks that never stand twice; question and exclamation marks may.
  private static let single: Set<UInt32> = [
    0x2C, 0x3B, 0xFF0C, 0x3001, 0x3002, 0xFF1B, 0xFF1A,
  ]

  func doubled() -> [MarkFault] {
    runs(of: Self.single).compactMap { run in
      // Three full stops are an ellipsis of sorts.
      guard run.count == 2 || run.count > 2 && characters[run.lowerBound].scalar != 0x3002,
        let mark = Unicode.Scalar(characters[run.lowerBound].scalar)
      else { return nil }
      return fault(.doubled, run, String(mark))
    }
  }

  /// The stretches of one repeated mark.
  private func runs(of marks: Set<UInt32>) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    while start < characters.count {
      var end = start + 1
      if marks.contains(characters[start].scalar) {
        while self[end]?.scalar == characters[start].scalar { end += 1 }
        if end > start + 1 { runs.append(start..<end) }
      }
      start = end
    }
    return runs
  }

  private static let closing: [UInt32: UInt32] = [
    0x28: 0x29, 0x5B: 0x5D, 0xFF08: 0xFF09, 0x300C: 0x300D, 0x300E: 0x300F, 0x300A: 0x300B,
    0x3008: 0x3009, 0x3010: 0x3011, 0x201C: 0x201D,
  ]
  private static let opening: [UInt32: UInt32] = Dictionary(
    closing.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })

  func unpaired() -> [MarkFault] {
    var open: [(mark: UInt32, place: Int)] = []
    var found: [MarkFault] = []
    for (index, character) in characters.enumerated() {
      // The two widths of a bracket close one another; that is a matter of width.
      let mark = character.scalar.narrowedBracket
      if Self.closing[mark] != nil {
        open.append((mark, index))
      } else if let partner = Self.opening[mark] {
        if let place = open.lastIndex(where: { $0.mark == partner }) {
          found += open[(place + 1)...].map { fault(.opening, $0.place..<$0.place + 1, nil) }
          open.removeSubrange(place...)
        } else if !isListNumber(index) {
          found.append(fault(.closing, index..<index + 1, nil))
        }
      }
    }
    // A quotation of several paragraphs is closed in the last alone.
    return found
      + open.filter { $0.mark != 0x201C }.map { fault(.opening, $0.place..<$0.place + 1, nil) }
  }

  /// `1)`, `a)`, `（一）` without its first half: the number of an item.
  private func isListNumber(_ index: Int) -> Bool {
    index <= 3 && characters[..<index].allSatisfy { $0.isDigit || $0.isLatin || $0.isHan }
  }
}

// MARK: Spaces between ideographs and letters

/// What a text mostly does between ideographs and Latin letters, and between them and digits.
private struct SpacingHabit {
  private typealias Places = (spaced: [MarkFault], unspaced: [MarkFault])
  private var letters: Places = ([], [])
  private var digits: Places = ([], [])

  /// Places of a habit at the least, and how many times more than the exceptions they are.
  private static let leastPlaces = 4
  private static let times = 3

  mutating func count(_ marks: BlockMarks) {
    for index in marks.characters.indices {
      guard let left = marks[index], left.isHan || left.isLatin || left.isDigit else { continue }
      let isSpaced = marks[index + 1]?.scalar == 0x20
      guard let right = marks[index + (isSpaced ? 2 : 1)], left.isHan != right.isHan else {
        continue
      }
      let other = left.isHan ? right : left
      guard other.isLatin || other.isDigit else { continue }
      let place =
        isSpaced
        ? marks.fault(.spaced, index + 1..<index + 2, "")
        : MarkFault(
          kind: .unspaced, range: right.range.lowerBound..<right.range.lowerBound,
          replacement: " ", context: marks.range)
      let list: WritableKeyPath<Places, [MarkFault]> = isSpaced ? \.spaced : \.unspaced
      if other.isLatin { letters[keyPath: list].append(place) }
      if other.isDigit { digits[keyPath: list].append(place) }
    }
  }

  /// The places that differ from what the text mostly does.
  func exceptions() -> [MarkFault] {
    [letters, digits].flatMap { places in
      let (more, fewer) =
        places.spaced.count > places.unspaced.count
        ? (places.spaced, places.unspaced) : (places.unspaced, places.spaced)
      let isHabit = more.count >= Self.leastPlaces && more.count >= fewer.count * Self.times
      return isHabit ? fewer : []
    }
  }
}

extension UInt32 {
  /// A round bracket of either width as the half-width one.
  fileprivate var narrowedBracket: UInt32 {
    self == 0xFF08 ? 0x28 : self == 0xFF09 ? 0x29 : self
  }
}

extension String {
  fileprivate static func fault(
    _ kind: MarkFault.Kind, _ found: String, _ replacement: String?
  ) -> String {
    let advice = replacement.map { ": write “\($0)”" } ?? ""
    switch kind {
    case .halfWidth: return "“\(found)” is a half-width mark in Chinese\(advice)"
    case .fullWidth: return "“\(found)” is a full-width mark in a text of letters\(advice)"
    case .ellipsis: return "“\(found)” stands for an ellipsis\(advice)"
    case .doubled: return "“\(found)” is doubled\(advice)"
    case .opening: return "“\(found)” is never closed in its paragraph"
    case .closing: return "“\(found)” closes nothing in its paragraph"
    case .spaced: return "a space between ideographs and letters, where this text mostly has none"
    case .unspaced: return "no space between ideographs and letters, where this text mostly has one"
    }
  }
}
