public import Bitext

/// Cuts prose into sentences, by the rules of Unicode (UAX 29) as ICU tailors them to a language.
public struct SentenceSegmenter: ~Copyable {
  private let iterator: BreakIterator
  private let titles: [[UInt8]]

  /// - Throws: `Trouble` when ICU's data lacks the rules.
  public init(language: LanguageTag) throws(Trouble) {
    // CLDR has abbreviations for a few languages; ICU ignores the keyword for the others.
    iterator = try BreakIterator(.sentence, locale: language.language + "@ss=standard")
    titles = language.language == "en" ? Self.englishTitles : []
  }

  /// What stands before a name and ends no sentence, where CLDR's list has a gap.
  private static let englishTitles = ["Dr.", "Gen.", "Gov.", "Sen.", "Lt.", "Hon.", "Messrs."]
    .map { Array($0.utf8) }

  /// The segments of a document: headings, list items and cells are segments of their own even
  /// without a full stop, since no sentence crosses the end of a block.
  public func segments(of prose: Prose) -> SegmentedText {
    var segments: [Segment] = []
    for (index, block) in prose.blocks.enumerated() {
      let bytes = prose.utf8.span.extracting(block.range)
      var start = 0
      iterator.forEachStretch(of: bytes) { stretch, _ in
        let end = stretch.upperBound
        let isLast = end == bytes.count
        // UAX 29 takes every bracket and quote after a full stop for a closing one: in 他来了。“你好
        // without a space, the quote would stay behind.
        let sentence = isLast ? start..<end : bytes.droppingOpeningMarks(start..<end)
        let trimmed = bytes.trimmingWhitespace(sentence)
        if trimmed.isEmpty || !isLast && endsWithTitle(bytes.extracting(trimmed)) { return }
        start = sentence.upperBound
        let offset = block.range.lowerBound
        segments.append(
          Segment(
            range: offset + trimmed.lowerBound..<offset + trimmed.upperBound, block: index))
      }
    }
    return SegmentedText(prose: prose, segments: segments)
  }

  private func endsWithTitle(_ bytes: Span<UInt8>) -> Bool {
    titles.contains { title in
      let start = bytes.count - title.count
      guard start >= 0, start == 0 || !bytes[start - 1].isASCIILetter else { return false }
      return title.indices.allSatisfy { title[$0] == bytes[start + $0] }
    }
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
