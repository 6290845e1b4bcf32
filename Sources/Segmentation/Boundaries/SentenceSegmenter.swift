public import Bitext

/// Cuts prose into sentences, by the rules of Unicode (UAX 29) as ICU tailors them to a language.
public struct SentenceSegmenter: ~Copyable {
  private let iterator: BreakIterator

  /// - Throws: `Trouble` when ICU's data lacks the rules.
  public init(language: LanguageTag) throws(Trouble) {
    // CLDR has abbreviations for a few languages; ICU ignores the keyword for the others.
    iterator = try BreakIterator(.sentence, locale: language.language + "@ss=standard")
  }

  /// The segments of a document: headings, list items and cells are segments of their own even
  /// without a full stop, since no sentence crosses the end of a block.
  public func segments(of prose: Prose) -> SegmentedText {
    var segments: [Segment] = []
    for (index, block) in prose.blocks.enumerated() {
      let bytes = prose.utf8.span.extracting(block.range)
      iterator.forEachStretch(of: bytes) { stretch, _ in
        let trimmed = bytes.trimmingWhitespace(stretch)
        guard !trimmed.isEmpty else { return }
        let start = block.range.lowerBound
        segments.append(
          Segment(
            range: start + trimmed.lowerBound..<start + trimmed.upperBound, block: index))
      }
    }
    return SegmentedText(prose: prose, segments: segments)
  }

  /// The blocks of a document as its segments, empty ones too: for text that was cut before.
  public static func blocks(of prose: Prose) -> SegmentedText {
    SegmentedText(
      prose: prose,
      segments: prose.blocks.enumerated().map { Segment(range: $1.range, block: $0) })
  }
}

extension Span<UInt8> {
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
