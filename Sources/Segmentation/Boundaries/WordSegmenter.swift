public import Bitext

/// Cuts text into words: by spaces and punctuation in English, by a dictionary in Chinese.
///
/// Without terms and costs the words are ICU's. Terms are found by their match key and stay whole,
/// whatever stands in them; what is left between them is cut as a text of its own. Costs decide
/// where Chinese can be cut in more than one way.
///
/// Owned by one task at a time.
public struct WordSegmenter: ~Copyable {
  private let iterator: BreakIterator
  private let terms: TermSpans?

  /// - Throws: `Trouble` when ICU's data lacks the rules.
  public init(language: LanguageTag) throws(Trouble) {
    try self.init(language: language, terms: EmptyCollection<String>())
  }

  /// - Parameters:
  ///   - language: of the text and of the terms.
  ///   - terms: that are never cut, such as a termbase's; where two overlap, the longer one wins.
  ///   - costs: learnt from texts of the same kind; ICU's own without them.
  /// - Throws: `Trouble` when ICU's data lacks the rules.
  public init(
    language: LanguageTag, terms: some Sequence<String>, costs: WordCosts? = nil
  ) throws(Trouble) {
    let iterator = try BreakIterator(.word, language: language)
    if let costs { try iterator.learn(costs) }
    self.iterator = iterator
    self.terms = TermSpans(terms)
  }

  /// The words of a text in UTF-8, as byte ranges; spaces and punctuation belong to none.
  public func words(in utf8: Span<UInt8>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    guard terms == nil else {
      forEachStretch(in: utf8) { stretch, isWord in
        if isWord { words.append(stretch) }
      }
      return words
    }
    // A call for each batch, not for each word: twice as fast.
    var start = 0
    iterator.forEachBatch(of: utf8) { batch in
      var last = start
      for index in batch.indices {
        let boundary = batch[index]
        if boundary.endsWord { words.append(last..<boundary.offset) }
        last = boundary.offset
      }
      start = last
    }
    return words
  }

  /// Calls `body` with each stretch of a text in UTF-8 and whether it is a word: the words, and
  /// between them spaces and punctuation, as byte ranges that make up the whole text.
  public func forEachStretch(in utf8: Span<UInt8>, _ body: (Range<Int>, Bool) -> Void) {
    guard let terms else { return iterator.forEachStretch(of: utf8, body) }
    var start = 0
    while start < utf8.count {
      let end = utf8.blockEnd(from: start)
      let offset = start
      keepTerms(terms, in: utf8.extracting(start..<end)) { stretch, isWord in
        body(offset + stretch.lowerBound..<offset + stretch.upperBound, isWord)
      }
      start = end
    }
  }

  private func keepTerms(
    _ terms: TermSpans, in utf8: Span<UInt8>, _ body: (Range<Int>, Bool) -> Void
  ) {
    var stretches: [(range: Range<Int>, isWord: Bool)] = []
    var isBoundary = [Bool](repeating: false, count: utf8.count + 1)
    isBoundary[0] = true
    iterator.forEachStretch(of: utf8) { stretch, isWord in
      stretches.append((stretch, isWord))
      isBoundary[stretch.upperBound] = true
    }
    // Chinese has terms anywhere, other scripts have them where a word begins or ends.
    let spans = terms.spans(in: utf8) { isBoundary[$0] || utf8.isWithinDictionaryText($0) }
    var next = 0
    var start = 0
    func cutGap(before end: Int) {
      guard start < end else { return }
      while next < stretches.count, stretches[next].range.lowerBound < start { next += 1 }
      if isBoundary[start], isBoundary[end] {
        // What stands between two boundaries is cut as if it stood alone.
        while next < stretches.count, stretches[next].range.upperBound <= end {
          body(stretches[next].range, stretches[next].isWord)
          next += 1
        }
      } else {
        let offset = start
        iterator.forEachStretch(of: utf8.extracting(start..<end)) { stretch, isWord in
          body(offset + stretch.lowerBound..<offset + stretch.upperBound, isWord)
        }
      }
    }
    for span in spans {
      cutGap(before: span.lowerBound)
      body(span, true)
      start = span.upperBound
    }
    cutGap(before: utf8.count)
  }
}

extension Span<UInt8> {
  /// Where a block of whole lines ends; a longer line is a block of its own.
  fileprivate func blockEnd(from start: Int) -> Int {
    let wanted = start + 65_536
    guard wanted < count else { return count }
    var end = wanted
    while end < count, self[end - 1] != 0x0A { end += 1 }
    return end
  }

  /// Whether the characters on both sides of an offset are ideographs or kana.
  fileprivate func isWithinDictionaryText(_ offset: Int) -> Bool {
    guard offset > 0, offset < count else { return false }
    var before = offset - 1
    while before > 0, self[before].isUTF8Continuation { before -= 1 }
    return scalar(at: before).value.isDictionaryScalar
      && scalar(at: offset).value.isDictionaryScalar
  }
}
