public import Bitext

/// Cuts prose into sentences, by rules of SRX laid over those of Unicode (UAX 29).
public struct SentenceSegmenter: ~Copyable {
  private let iterator: BreakIterator
  private let base: SegmentationRules.Base
  private var matcher: RuleMatcher

  /// - Parameters:
  ///   - language: the language of the texts.
  ///   - rules: where sentences end; `nil` stands for ``SegmentationRules/builtin``.
  /// - Throws: `Trouble` when ICU's data lacks the language, and for a rule that is broken.
  public init(language: LanguageTag, rules: SegmentationRules? = nil) throws(Trouble) {
    let matcher = try RuleMatcher(CompiledRules.of(rules, for: language))
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
    for (index, block) in prose.blocks.enumerated() {
      let bytes = prose.utf8.span.extracting(block.range)
      let offset = block.range.lowerBound
      var start = 0
      for end in try ends(in: bytes) + [bytes.count] {
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

  /// Where sentences end within a text, by ascending byte.
  private mutating func ends(in utf8: Span<UInt8>) throws(Trouble) -> [Int] {
    var ends: [Int] = []
    var pending = base == .unicode ? unicodeEnds(in: utf8).makeIterator() : [].makeIterator()
    var end = pending.next()
    /// What the rules say of the white space before `end`.
    var verdict: RuleMatcher.Decision?
    func settle() {
      if let end, verdict?.isBreak != false { ends.append(end) }
      verdict = nil
      end = pending.next()
    }
    try matcher.forEachDecision(in: utf8) { decision in
      while let last = end, last < decision.place { settle() }
      // Files differ in whether the space belongs to what stands before the break, so that a
      // boundary of Unicode is the whole of the white space around it.
      if let end, utf8.trimmingWhitespace(decision.place..<end).isEmpty {
        if verdict.map({ decision.rule < $0.rule }) ?? true { verdict = decision }
      } else if decision.isBreak {
        ends.append(decision.place)
      }
    }
    while end != nil { settle() }
    return ends
  }

  private func unicodeEnds(in utf8: Span<UInt8>) -> [Int] {
    var ends: [Int] = []
    iterator.forEachStretch(of: utf8) { stretch, _ in
      guard stretch.upperBound < utf8.count else { return }
      // UAX 29 takes every bracket and quote after a full stop for a closing one: in 他来了。“你好
      // without a space, the quote would stay behind.
      ends.append(utf8.droppingOpeningMarks(stretch).upperBound)
    }
    return ends
  }

  /// The blocks of a document as its segments, empty ones too: for text that was cut before.
  public static func blocks(of prose: Prose) -> SegmentedText {
    SegmentedText(
      prose: prose,
      segments: prose.blocks.enumerated().map { Segment(range: $1.range, block: $0) })
  }
}

extension Span<UInt8> {
  /// The range without the opening brackets and quotes at its end.
  fileprivate func droppingOpeningMarks(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound {
      var last = end - 1
      while last > range.lowerBound, self[last].isUTF8Continuation { last -= 1 }
      guard let scalar = Unicode.Scalar(self.scalar(at: last).value) else { break }
      let category = scalar.properties.generalCategory
      guard category == .openPunctuation || category == .initialPunctuation else { break }
      end = last
    }
    return range.lowerBound..<end
  }

  /// The range without the white space at its ends: ASCII's, U+00A0, U+3000 and U+FEFF.
  package func trimmingWhitespace(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end {
      let scalar = self.scalar(at: start)
      guard scalar.value.isWhitespaceScalar else { break }
      start += scalar.length
    }
    while end > start {
      var last = end - 1
      while last > start, self[last].isUTF8Continuation { last -= 1 }
      guard scalar(at: last).value.isWhitespaceScalar else { break }
      end = last
    }
    return start..<Swift.max(start, end)
  }
}
