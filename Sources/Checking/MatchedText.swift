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
    /// The term that the verdict is about, as an index of the matcher's terms.
    var term: Int
  }

  /// A term of another language, in that language's script.
  struct ForeignOccurrence {
    /// Bytes of the prose.
    var range: Range<Int>
    var segment: Int
    /// The concepts that the term belongs to, as indices of the termbase.
    var concepts: [Int]
  }

  let text: SegmentedText
  /// The terms that were looked for; `nil` where the termbase has none in the text's language.
  let matcher: TermMatcher?
  /// In the order of the text, none inside a longer one and none in code.
  private(set) var occurrences: [Occurrence] = []
  /// For each segment where its occurrences start; one more for the end.
  private(set) var starts: [Int] = [0]
  /// The concepts that each segment names at all, inside longer terms and in code too: ascending
  /// within a segment, the segments one after the other.
  private var present: [UInt32] = []
  /// For each segment where its concepts start in `present`; one more for the end.
  private var presentStarts: [Int] = [0]

  /// Accepted terms of languages in another script, in the order of the text, none inside a longer
  /// one and none in code.
  private(set) var foreign: [ForeignOccurrence] = []

  /// The tokens of all segments, and where those of each start; of a document by itself they are not
  /// kept, since no rule asks for them again.
  private var tokens: [KeyToken] = []
  private var tokenStarts: [Int] = []

  /// - Parameters:
  ///   - text: the document.
  ///   - matcher: of the text's language; `nil` where the termbase has no such terms.
  ///   - others: of languages in another script.
  ///   - keepsTokens: whether rules will ask for the tokens.
  init(
    _ text: SegmentedText, matcher: TermMatcher?, others: [TermMatcher] = [],
    keepsTokens: Bool = false
  ) {
    self.text = text
    self.matcher = matcher
    if keepsTokens { tokenStarts = [0] }
    guard keepsTokens || matcher != nil || !others.isEmpty else {
      starts = Array(repeating: 0, count: text.segments.count + 1)
      presentStarts = starts
      return
    }
    let tokenizer = KeyTokenizer()
    for index in text.segments.indices {
      let segment = text.segments[index]
      let utf8 = text.prose.utf8.span.extracting(segment.range)
      let tokens = tokenizer.tokens(of: utf8)
      if keepsTokens {
        self.tokens += tokens
        tokenStarts.append(self.tokens.count)
      }
      if let matcher { find(matcher, index, utf8, tokens) } else { presentStarts.append(0) }
      starts.append(occurrences.count)
      for other in others where other.mayMatch(tokens) {
        findForeign(other, index, utf8, tokens)
      }
    }
  }

  private mutating func find(
    _ matcher: TermMatcher, _ index: Int, _ utf8: Span<UInt8>, _ tokens: [KeyToken]
  ) {
    let all = matcher.allMatches(in: utf8, tokens: tokens)
    notePresent(all, matcher)
    guard !all.isEmpty else { return }
    let segment = text.segments[index]
    let isHeading = text.prose.blocks[segment.block].kind.isHeading
    for match in TermMatcher.longest(all) {
      let range = match.range.moved(by: segment.range.lowerBound)
      guard !text.prose.isLiteral(range) else { continue }
      let judged = judge(match, utf8, tokens: tokens, isHeading: isHeading, matcher: matcher)
      occurrences.append(
        Occurrence(
          range: range, segment: index, verdict: judged.verdict,
          concepts: matcher.concepts(of: match), concept: matcher.terms[judged.term].concept,
          term: judged.term))
    }
  }

  private mutating func findForeign(
    _ matcher: TermMatcher, _ index: Int, _ utf8: Span<UInt8>, _ tokens: [KeyToken]
  ) {
    let start = text.segments[index].range.lowerBound
    for match in matcher.matches(in: utf8, tokens: tokens) {
      let range = match.range.moved(by: start)
      let isAccepted = match.terms.contains { matcher.terms[$0].term.status.isAccepted }
      guard isAccepted, !text.prose.isLiteral(range) else { continue }
      foreign.append(
        ForeignOccurrence(range: range, segment: index, concepts: matcher.concepts(of: match)))
    }
  }

  /// The tokens of a segment, with bytes of the segment.
  func tokens(of segment: Int) -> ArraySlice<KeyToken> {
    guard tokenStarts.isEmpty else {
      return tokens[tokenStarts[segment]..<tokenStarts[segment + 1]]
    }
    let utf8 = text.prose.utf8.span.extracting(text.segments[segment].range)
    return KeyTokenizer().tokens(of: utf8)[...]
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
  ) -> (verdict: Verdict, term: Int) {
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
          wrong = (entry.term, index, differences.isEmpty)
        }
      } else if differences.isEmpty {
        return (.right, index)
      } else if style.map({ differences.count < $0.1.count }) ?? true {
        style = (entry.term, differences, index)
      }
    }
    if let wrong, wrong.isExact || style == nil { return (.forbidden(wrong.0), wrong.1) }
    guard let style else { return (.right, match.terms.first ?? 0) }
    return (.style(style.0, style.1), style.2)
  }
}

extension Range<Int> {
  fileprivate func moved(by offset: Int) -> Self { lowerBound + offset..<upperBound + offset }
}

extension TermMatcher {
  /// The concepts of a match, each once, in the order of the termbase.
  fileprivate func concepts(of match: TermMatch) -> [Int] {
    var concepts: [Int] = []
    for term in match.terms where !concepts.contains(terms[term].concept) {
      concepts.append(terms[term].concept)
    }
    return concepts
  }

  /// Whether a text has tokens in the script of the terms at all.
  fileprivate func mayMatch(_ tokens: [KeyToken]) -> Bool {
    let kind: KeyToken.Kind = language.isChinese ? .han : .word
    return tokens.contains { $0.kind == kind }
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
