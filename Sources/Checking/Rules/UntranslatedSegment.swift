internal import Bitext
internal import Segmentation

/// A segment of the translation is still the source's, or in the source's language.
///
/// A target that equals its source is reported when it has words of a sentence in it: names,
/// numbers, codes, addresses and single words are often right as they are. So is a target in the
/// other language's script, and one whose small words are those of the source's language. Code and
/// what stands in quotation marks does not count.
///
/// Fires: 本园区明年开工。 / 本园区明年开工。; Save the file first / Save the file first
///
/// Does not: Python 3.12 / Python 3.12; 重庆日报 / Chongqing Daily (重庆日报)
struct UntranslatedSegment: PairRule {
  let checker: Checker

  func check(_ pair: MatchedPair) -> [Diagnostic] {
    var seen: Set<Int> = []
    return pair.directions.flatMap { beads in
      beads.indices.flatMap { number -> [Diagnostic] in
        // Where both sides are equal, one finding is enough.
        let found = check(beads[number])
        return found.isEmpty || seen.insert(number).inserted ? found : []
      }
    }
  }

  private func check(_ bead: PairedBead) -> [Diagnostic] {
    guard !bead.source.isEmpty, !bead.target.isEmpty,
      let severity = checker.settings.severity(
        of: .untranslatedSegment, in: bead.right.text.file)
    else { return [] }
    let (left, right) = (bead.left.text, bead.right.text)
    if bead.hasEqualSides {
      let target = TextContent(bead.right, bead.target)
      if target.isSentenceLike(in: left.language),
        !target.isWritten(in: right.language, not: left.language)
      {
        return [diagnostic(bead, bead.target, .equal, severity)]
      }
    }
    return bead.target.compactMap { segment in
      let content = TextContent(bead.right, segment..<segment + 1)
      guard content.isWritten(in: left.language, not: right.language) else { return nil }
      return diagnostic(bead, segment..<segment + 1, .language(left.language), severity)
    }
  }

  private func diagnostic(
    _ bead: PairedBead, _ segments: Range<Int>, _ kind: Untranslated, _ severity: Severity
  ) -> Diagnostic {
    let text = bead.right.text
    let found = text.text(segments)
    return Diagnostic(
      rule: RuleName.untranslatedSegment.rawValue, severity: severity,
      message: .untranslated(kind), location: bead.right.location(text.range(segments)),
      source: Diagnostic.Evidence(
        location: bead.left.location(bead.left.text.range(bead.source)),
        text: bead.left.text.text(bead.source)),
      term: found, found: found, context: found)
  }
}

/// How a segment gives itself away.
private enum Untranslated {
  case equal
  case language(LanguageTag)
}

extension PairedBead {
  /// Whether both sides have the same tokens.
  fileprivate var hasEqualSides: Bool {
    // Nearly all sides are told apart by their first words.
    if let own = left.tokens(of: source.lowerBound).first,
      let other = right.tokens(of: target.lowerBound).first, own.hash != other.hash
    {
      return false
    }
    func hashes(_ text: MatchedText, _ segments: Range<Int>) -> [UInt64] {
      segments.flatMap { text.tokens(of: $0).map(\.hash) }
    }
    return hashes(left, source) == hashes(right, target)
  }
}

/// The words of neighbouring segments, as far as they were worded by the author.
private struct TextContent {
  private var ideographs = 0
  private var letters = 0
  private var words = 0
  private var lowerWords = 0
  private var smallWords = 0
  private let text: SegmentedText
  private let segments: Range<Int>

  init(_ matched: MatchedText, _ segments: Range<Int>) {
    let text = matched.text
    (self.text, self.segments) = (text, segments)
    for segment in segments {
      let range = text.segments[segment].range
      let utf8 = text.prose.utf8.span.extracting(range)
      let hasLiterals = text.prose.isLiteral(range)
      for token in matched.tokens(of: segment) {
        let start = range.lowerBound + Int(token.start)
        if hasLiterals, text.prose.isLiteral(start..<range.lowerBound + Int(token.end)) {
          continue
        }
        count(token, utf8)
      }
    }
  }

  private mutating func count(_ token: KeyToken, _ utf8: Span<UInt8>) {
    switch token.kind {
    case .han: ideographs += 1
    case .word:
      // A word with a dot or an underscore beside it is a piece of code.
      let isCode = token.isJoined(utf8)
      words += 1
      letters += token.range.count
      if token.letterCase == .lower, token.range.count > 1, !isCode { lowerWords += 1 }
      if token.letterCase != .upper, FunctionWords.english.contains(token.hash), !isCode {
        smallWords += 1
      }
    case .number, .punctuation: break
    }
  }

  /// Words of a sentence at the least that is left as it was: "Save file" may be a title.
  private static let fewWords = 3
  private static let fewIdeographs = 4
  /// Letters that a text has at the least that is in another language.
  private static let fewLetters = 20

  /// Whether the text has what only a sentence has, so that it must be translated.
  func isSentenceLike(in language: LanguageTag) -> Bool {
    if ideographs >= Self.fewIdeographs, ideographs * 2 > letters { return true }
    guard language.language == "en" else { return lowerWords >= Self.fewWords }
    return lowerWords >= Self.fewWords && lowerWords * 2 > words && smallWords > 0
  }

  /// Whether the text is in one language and so cannot be in another.
  func isWritten(in language: LanguageTag, not own: LanguageTag) -> Bool {
    if own.isChinese == language.isChinese {
      guard !own.isChinese, letters >= Self.fewLetters else { return false }
      return isLatin(language, not: own)
    }
    if language.isChinese {
      // An ideograph says about as much as three letters.
      return ideographs >= Self.fewIdeographs && ideographs * 3 > letters
    }
    // Code with a translated comment has some ideographs, and few of its words are the author's.
    guard ideographs < 2, letters >= Self.fewLetters, lowerWords * 2 > words else { return false }
    return language.language == "en"
      ? smallWords >= 2 && smallWords * 6 >= words : lowerWords >= 2 * Self.fewWords
  }

  private func isLatin(_ language: LanguageTag, not own: LanguageTag) -> Bool {
    let bytes = Array(text.text(segments).utf8)
    guard case .certain(let guess) = LanguageMatching.guess(bytes.span) else { return false }
    return LanguageMatching.sameLanguage(guess, language)
      && !LanguageMatching.sameLanguage(guess, own)
  }
}

extension KeyToken {
  /// Whether a mark of code stands right before or behind the word: `os.path`, `a_b`, `f()`.
  fileprivate func isJoined(_ utf8: Span<UInt8>) -> Bool {
    func isMark(_ index: Int) -> Bool {
      guard utf8.indices.contains(index) else { return false }
      return [0x5F, 0x2F, 0x5C, 0x40, 0x3D, 0x60, 0x24, 0x7B, 0x7D, 0x3C, 0x3E].contains(
        utf8[index])
    }
    if isMark(Int(start) - 1) || isMark(Int(end)) { return true }
    let next = Int(end)
    return next + 1 < utf8.count && (utf8[next] == 0x2E || utf8[next] == 0x28)
      && utf8[next + 1] != 0x20
  }
}

extension String {
  fileprivate static func untranslated(_ kind: Untranslated) -> String {
    switch kind {
    case .equal: "the segment is the same as its source: translate it"
    case .language(let language):
      "the segment is in the source's language, \(language): translate it"
    }
  }
}
