internal import Bitext
internal import Matching
internal import Segmentation

/// One side of a check: a document with the terms found in it, and what is to be said of each.
struct MatchedText {
  /// How a text uses a term.
  enum Verdict {
    case right
    /// The right term, spelt otherwise than in the termbase.
    case style(Term, [StyleDifference])
    /// A deprecated or forbidden term.
    case forbidden(Term)
  }

  /// A term in the text.
  struct Occurrence {
    /// Bytes of the prose.
    var range: Range<Int>
    var segment: Int
    var verdict: Verdict
    /// The concepts that a term with this key belongs to, as indices of the termbase.
    var concepts: [Int]
    /// The concept that the verdict is about.
    var concept: Int
  }

  let text: SegmentedText
  /// In the order of the text, none inside a longer one and none in code.
  private(set) var occurrences: [Occurrence] = []
  /// For each segment where its occurrences start; one more for the end.
  private(set) var starts: [Int] = [0]
  /// The concepts that each segment names at all, inside longer terms and in code too: ascending
  /// within a segment, the segments one after the other.
  private var present: [UInt32] = []
  /// For each segment where its concepts start in `present`; one more for the end.
  private var presentStarts: [Int] = [0]

  /// - Parameter matcher: of the text's language; `nil` where the termbase has no such terms.
  init(_ text: SegmentedText, matcher: TermMatcher?) {
    self.text = text
    guard let matcher else {
      starts = Array(repeating: 0, count: text.segments.count + 1)
      presentStarts = starts
      return
    }
    let tokenizer = KeyTokenizer()
    for index in text.segments.indices {
      let segment = text.segments[index]
      let utf8 = text.prose.utf8.span.extracting(segment.range)
      let tokens = tokenizer.tokens(of: utf8)
      let all = matcher.allMatches(in: utf8, tokens: tokens)
      notePresent(all, matcher)
      for match in TermMatcher.longest(all) {
        let range =
          segment.range.lowerBound + match.range.lowerBound..<segment.range.lowerBound
          + match.range.upperBound
        guard !text.prose.isLiteral(range) else { continue }
        let isHeading = text.prose.blocks[segment.block].kind.isHeading
        let (verdict, concept) = judge(
          match, utf8, tokens: tokens, isHeading: isHeading, matcher: matcher)
        var concepts: [Int] = []
        for term in match.terms where !concepts.contains(matcher.terms[term].concept) {
          concepts.append(matcher.terms[term].concept)
        }
        occurrences.append(
          Occurrence(
            range: range, segment: index, verdict: verdict, concepts: concepts, concept: concept))
      }
      starts.append(occurrences.count)
    }
  }

  /// The occurrences in neighbouring segments.
  func occurrences(in segments: Range<Int>) -> ArraySlice<Occurrence> {
    occurrences[starts[segments.lowerBound]..<starts[segments.upperBound]]
  }

  /// Whether neighbouring segments name a concept, be it inside a longer term or in code.
  func isPresent(_ concept: Int, in segments: Range<Int>) -> Bool {
    segments.contains { segment in
      var low = presentStarts[segment]
      var high = presentStarts[segment + 1]
      while low < high {
        let middle = (low + high) / 2
        if present[middle] < concept { low = middle + 1 } else { high = middle }
      }
      return low < presentStarts[segment + 1] && present[low] == concept
    }
  }

  private mutating func notePresent(_ matches: [TermMatch], _ matcher: TermMatcher) {
    let start = present.count
    for match in matches {
      for term in match.terms { present.append(UInt32(matcher.terms[term].concept)) }
    }
    if present.count > start + 1 {
      present[start...].sort()
      var kept = start + 1
      for index in start + 1..<present.count where present[index] != present[kept - 1] {
        present[kept] = present[index]
        kept += 1
      }
      present.removeSubrange(kept...)
    }
    presentStarts.append(present.count)
  }

  /// The stretch of the file behind a range of the prose.
  func location(_ range: Range<Int>) -> Location {
    Location(file: text.file, range: text.prose.positions.source(range))
  }

  /// Weighs the terms with the same key against the spelling that stands in the text: an accepted
  /// term spelt so is right, a forbidden one spelt so is wrong, and only then does a difference in
  /// style matter.
  private func judge(
    _ match: TermMatch, _ utf8: Span<UInt8>, tokens: [KeyToken], isHeading: Bool,
    matcher: TermMatcher
  ) -> (Verdict, concept: Int) {
    let surface = utf8.extracting(match.range)
    let mayCapitalize = match.startsSentence(utf8, tokens)
    var style: (Term, [StyleDifference], Int)?
    var wrong: (Term, Int, isExact: Bool)?
    for index in match.terms {
      let entry = matcher.terms[index]
      let bytes = Array(entry.term.text.utf8)
      var differences = TermMatch.differences(surface, bytes.span, mayCapitalize: mayCapitalize)
      // A headline may be set in capitals.
      if isHeading { differences.removeAll { $0 == .letterCase } }
      if entry.term.status == .deprecated || entry.term.status == .forbidden {
        if wrong == nil || differences.isEmpty && wrong?.isExact == false {
          wrong = (entry.term, entry.concept, differences.isEmpty)
        }
      } else if differences.isEmpty {
        return (.right, entry.concept)
      } else if style.map({ differences.count < $0.1.count }) ?? true {
        style = (entry.term, differences, entry.concept)
      }
    }
    if let wrong, wrong.isExact || style == nil { return (.forbidden(wrong.0), wrong.1) }
    guard let style else {
      return (.right, match.terms.first.map { matcher.terms[$0].concept } ?? 0)
    }
    return (.style(style.0, style.1), style.2)
  }
}

extension TermMatch {
  /// Whether a lower-case term has a right to a capital here: nothing but marks and quotes stand
  /// before it, or a mark that opens a sentence does.
  fileprivate func startsSentence(_ utf8: Span<UInt8>, _ all: [KeyToken]) -> Bool {
    guard tokens.lowerBound > 0 else { return true }
    let before = all[tokens.lowerBound - 1]
    if all[..<tokens.lowerBound].allSatisfy({ $0.kind == .punctuation }) { return true }
    if before.kind == .punctuation {
      let mark = utf8.scalar(at: Int(before.start)).value.narrowed
      return [0x3A, 0x2E, 0x21, 0x3F, 0x2014].contains(mark)
    }
    // A quotation in the middle of a sentence starts one of its own.
    var index = range.lowerBound - 1
    while index > 0, utf8[index].isUTF8Continuation { index -= 1 }
    return utf8.scalar(at: index).value.isQuoteScalar
  }
}

extension BlockKind {
  var isHeading: Bool { if case .heading = self { true } else { false } }
}

extension Prose {
  /// Whether a range touches code or an address.
  func isLiteral(_ range: Range<Int>) -> Bool {
    var low = 0
    var high = literals.count
    while low < high {
      let middle = (low + high) / 2
      if literals[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < literals.count && literals[low].lowerBound < range.upperBound
  }
}
