public import Bitext

/// Cuts prose into sentences, by rules of SRX laid over those of Unicode (UAX 29).
public struct SentenceSegmenter: ~Copyable {
  private let iterator: BreakIterator
  private let base: SegmentationRules.Base
  private var matcher: RuleMatcher
  // The places of one block, kept for the next: blocks are many and short.
  private var decisions: [RuleMatcher.Decision] = []
  private var boundaries: [Boundary] = []
  private var ends: [Int] = []

  /// - Parameters:
  ///   - language: the language of the texts.
  ///   - rules: where sentences end; `nil` stands for ``SegmentationRules/builtin``.
  /// - Throws: `Trouble` when ICU's data lacks the language, and for a rule that is broken.
  public init(language: LanguageTag, rules: SegmentationRules? = nil) throws(Trouble) {
    let matcher = try RuleMatcher((rules ?? .builtin).compiled(for: language))
    let iterator = try BreakIterator(.sentence, locale: Self.locale(of: language))
    self.matcher = matcher
    self.iterator = iterator
    base = (rules ?? .builtin).base
  }

  /// The shipped rules know more English abbreviations than CLDR, and Chinese has none. In other
  /// languages CLDR's list is asked, where it has one.
  private static func locale(of language: LanguageTag) -> String {
    ["en", "zh"].contains(language.language)
      ? language.language : language.language + "@ss=standard"
  }

  /// The segments of a document: headings, list items and cells are segments of their own even
  /// without a full stop, since no sentence crosses the end of a block.
  ///
  /// - Throws: `Trouble` with the rule whose pattern takes too long in this text.
  public mutating func segments(of prose: Prose) throws(Trouble) -> SegmentedText {
    var segments: [Segment] = []
    segments.reserveCapacity(max(prose.blocks.count, prose.utf8.count / 64))
    for (index, block) in prose.blocks.enumerated() {
      let bytes = prose.utf8.span.extracting(block.range)
      let offset = block.range.lowerBound
      var start = 0
      try findEnds(in: bytes)
      for end in ends {
        let trimmed = bytes.trimmingWhitespace(start..<end)
        start = end
        if trimmed.isEmpty { continue }
        segments.append(
          Segment(
            range: offset + trimmed.lowerBound..<offset + trimmed.upperBound, block: index))
      }
    }
    return SegmentedText(prose: prose, segments: segments)
  }

  /// Finds where sentences end in a text, by ascending byte, its own end among them.
  private mutating func findEnds(in utf8: Span<UInt8>) throws(Trouble) {
    decisions.removeAll(keepingCapacity: true)
    boundaries.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    if base == .unicode { iterator.append(boundariesOf: utf8, to: &boundaries) }
    // The end of the text is one, whatever stands before it.
    if boundaries.last?.offset == utf8.count { boundaries.removeLast() }
    try matcher.decide(in: utf8, &decisions)
    // Rules differ in whether the white space belongs to what stands before a break. With a base all
    // of it is one place, which the first of the rules decides that fit it anywhere.
    var next = 0
    var gap = gap(of: 0, after: 0, in: utf8)
    var index = 0
    var end = boundary(0, in: utf8)
    while next < decisions.count || index < boundaries.count {
      let place = min(gap, end)
      var isBreak = end <= gap
      if isBreak {
        index += 1
        end = boundary(index, in: utf8)
      }
      var rule = Int.max
      while gap == place, next < decisions.count {
        if decisions[next].rule < rule {
          (rule, isBreak) = (decisions[next].rule, decisions[next].isBreak)
        }
        next += 1
        gap = self.gap(of: next, after: gap, in: utf8)
      }
      if isBreak { ends.append(place) }
    }
    if ends.last != utf8.count { ends.append(utf8.count) }
  }

  /// Where a boundary of Unicode stands without the white space before it; past all when there is
  /// no such boundary.
  private func boundary(_ index: Int, in utf8: Span<UInt8>) -> Int {
    guard index < boundaries.count else { return .max }
    // UAX 29 takes every bracket and quote after a full stop for a closing one: in 他来了。“你好
    // without a space, the quote would stay behind.
    let start = index > 0 ? boundaries[index - 1].offset : 0
    return utf8.withoutWhitespace(
      before: utf8.withoutOpeningMarks(start..<boundaries[index].offset))
  }

  /// Where the place of a decision starts; past all when there is no such decision. `last` is that
  /// of the decision before it, with which it may share its white space.
  private func gap(of number: Int, after last: Int, in utf8: Span<UInt8>) -> Int {
    guard number < decisions.count else { return .max }
    let place = decisions[number].place
    guard base == .unicode else { return place }
    let before = number > 0 ? decisions[number - 1].place : 0
    let gap = utf8.withoutWhitespace(before: place, from: before)
    return number > 0 && gap == before ? last : gap
  }

  /// The blocks of a document as its segments, empty ones too: for text that was cut before.
  public static func blocks(of prose: Prose) -> SegmentedText {
    SegmentedText(
      prose: prose,
      segments: prose.blocks.enumerated().map { Segment(range: $1.range, block: $0) })
  }
}

extension Span<UInt8> {
  /// The end of a range without the opening brackets and quotes there.
  fileprivate func withoutOpeningMarks(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound {
      let last = lastScalar(before: end, from: range.lowerBound)
      guard last.value.isOpeningMark else { break }
      end -= last.length
    }
    return end
  }

  /// The range without the white space at its ends: ASCII's, U+00A0, U+3000 and U+FEFF.
  package func trimmingWhitespace(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start < range.upperBound {
      // No white space starts with the bytes of the commonest ideographs.
      guard !(0xE4...0xE9 ~= self[start]) else { break }
      let scalar = self.scalar(at: start)
      guard scalar.value.isWhitespaceScalar else { break }
      start += scalar.length
    }
    return start..<withoutWhitespace(before: range.upperBound, from: start)
  }

  /// Where the white space before a place starts, nowhere before `start`.
  fileprivate func withoutWhitespace(before place: Int, from start: Int = 0) -> Int {
    var end = place
    while end > start {
      let last = lastScalar(before: end, from: start)
      guard last.value.isWhitespaceScalar else { break }
      end -= last.length
    }
    return Swift.max(start, end)
  }

  /// The scalar that ends at a place, and its bytes, none of them before `start`.
  @inline(__always)
  private func lastScalar(before end: Int, from start: Int) -> (value: UInt32, length: Int) {
    let byte = self[end - 1]
    if byte < 0x80 { return (UInt32(byte), 1) }
    if end - start >= 3, self[end - 3] & 0xF0 == 0xE0, byte & 0xC0 == 0x80,
      self[end - 2] & 0xC0 == 0x80
    {
      let value =
        UInt32(self[end - 3] & 0x0F) << 12 | UInt32(self[end - 2] & 0x3F) << 6 | UInt32(byte & 0x3F)
      return (value, 3)
    }
    var first = end - 1
    while first > start, end - first < 4, self[first].isUTF8Continuation { first -= 1 }
    let scalar = self.scalar(at: first)
    // Bytes that are no UTF-8 stand each for itself.
    return first + scalar.length == end ? scalar : (0xFFFD, 1)
  }
}

extension UInt32 {
  /// Opening brackets and quotes (Ps and Pi).
  @inline(__always)
  fileprivate var isOpeningMark: Bool {
    if self < 0x80 { return self == 0x28 || self == 0x5B || self == 0x7B }
    switch self {
    // What most sentences end or start with, without a look into the tables.
    case 0x201C, 0x2018, 0x300A, 0x300C, 0x300E, 0x3010, 0xFF08: return true
    case 0x3002, 0xFF01, 0xFF1F, 0x201D, 0x2019, 0x300D, 0x300F, 0xFF09, 0x2026, 0x3400...0x9FFF:
      return false
    default: break
    }
    guard let scalar = Unicode.Scalar(self) else { return false }
    let category = scalar.properties.generalCategory
    return category == .openPunctuation || category == .initialPunctuation
  }
}
