internal import Bitext
internal import Segmentation

/// Characters of another script than the document is said to be in: Traditional ones in a
/// Simplified text, Simplified ones in a Traditional text, Japanese forms and kana in a Chinese
/// one, Cyrillic in an English one.
///
/// A character counts only if the other way of writing alone has it: 乾, 后 and 里 are at home in
/// both scripts of Chinese and say nothing. A segment is reported when two different characters
/// give it away, or one where nothing speaks for the right script; what stands in a short quotation
/// or between title marks may be another's own spelling. A text that is in the wrong script
/// altogether is one finding. Where `term-style` has named a term in the other script, this rule is
/// silent about it.
///
/// Fires: 這個園區明年開工。 (in a Simplified document); 園区の整備 (in a Chinese one)
///
/// Does not: 《經濟日報》记者乾隆年间 (in a Simplified document); 皇后在公里碑前 (in a Traditional one)
struct WrongScript: TextRule {
  let checker: Checker

  /// Wrong characters that give a segment away by themselves.
  private static let enough = 2
  /// One is enough where it is so great a part of the ideographs and none is of the right script.
  private static let loneShare = 4
  /// A text has the wrong script altogether when so many times more segments are wrong than not,
  /// and there are so many.
  private static let allTimes = 4
  private static let allLeast = 5

  /// What the segments of a text say, before they are judged together.
  struct Survey {
    fileprivate var found: [(finding: Diagnostic, kind: ScriptEvidence.Kind)] = []
    /// Segments with something of the right script, and nothing of a wrong one.
    fileprivate var right = 0
    fileprivate var expected: ExpectedScript?

    /// Adds what the next part of the text says.
    mutating func append(_ other: Survey) {
      found += other.found
      right += other.right
      expected = expected ?? other.expected
    }

    /// The findings of a text.
    var findings: [Diagnostic] {
      if found.count >= allLeast, found.count >= right * allTimes, let first = found.first,
        let expected
      {
        var whole = first.finding
        whole.message = .wrongText(first.kind, expected, segments: found.count)
        return [whole]
      }
      return found.map(\.finding)
    }
  }

  func check(_ text: MatchedText) -> [Diagnostic] { survey(text).findings }

  func survey(_ text: MatchedText) -> Survey {
    var survey = Survey()
    guard let severity = checker.settings.severity(of: .wrongScript, in: text.text.file) else {
      return survey
    }
    let expected = ExpectedScript(text.text.language)
    survey.expected = expected
    for index in text.text.segments.indices {
      let evidence = ScriptEvidence(text, segment: index, expected: expected)
      if let wrong = evidence.wrong(enough: Self.enough, loneShare: Self.loneShare) {
        survey.found.append((diagnostic(text, index, wrong, severity), evidence.kind))
      } else if evidence.own > 0 {
        survey.right += 1
      }
    }
    return survey
  }

  private func diagnostic(
    _ text: MatchedText, _ segment: Int, _ wrong: ScriptEvidence.Wrong, _ severity: Severity
  ) -> Diagnostic {
    let found = text.text.prose.text(wrong.first)
    return Diagnostic(
      rule: RuleName.wrongScript.rawValue, severity: severity,
      message: .wrong(wrong, ExpectedScript(text.text.language)),
      location: text.location(wrong.first), term: found, found: found,
      context: text.text.text(segment))
  }
}

/// The scripts that a text in a language may hold.
private struct ExpectedScript {
  let han: HanForm?
  let scripts: Set<Script>
  let name: String

  init(_ language: LanguageTag) {
    let script = LanguageMatching.maximized(language).script ?? ""
    let known = Self.known[script]
    han = script == "Hans" ? .simplified : script == "Hant" ? .traditional : nil
    scripts = known?.scripts ?? []
    name = known?.name ?? script
  }

  private static let known: [String: (name: String, scripts: Set<Script>)] = [
    "Hans": ("Simplified Chinese", [.han, .bopomofo]),
    "Hant": ("Traditional Chinese", [.han, .bopomofo]),
    // Ideographs in a text of letters are a matter of translation, not of script.
    "Latn": ("Latin", [.latin, .han]), "Cyrl": ("Cyrillic", [.cyrillic, .han]),
    "Grek": ("Greek", [.greek, .han]), "Arab": ("Arabic", [.arabic, .han]),
    "Hebr": ("Hebrew", [.hebrew, .han]), "Thai": ("Thai", [.thai, .han]),
    "Deva": ("Devanagari", [.devanagari, .han]), "Kore": ("Korean", [.hangul, .han]),
    "Jpan": ("Japanese", [.han, .hiragana, .katakana]),
  ]
}

/// What the characters of a segment say about its script.
private struct ScriptEvidence {
  enum Kind: Hashable {
    case form(HanForm)
    case script(Script)
  }

  struct Wrong {
    var kind: Kind
    /// Different characters, in the order of the text.
    var characters: [UInt32]
    /// The first of them, in bytes of the prose.
    var first: Range<Int>
  }

  /// Characters that only the right way of writing has, and letters of the right script.
  private(set) var own = 0
  private(set) var kind = Kind.form(.shared)
  private var letters = 0
  private var ideographs = 0
  private var wrong: [Kind: (count: Int, wrong: Wrong)] = [:]
  private let segment: Int

  init(_ text: MatchedText, segment: Int, expected: ExpectedScript) {
    self.segment = segment
    guard !expected.scripts.isEmpty else { return }
    let range = text.text.segments[segment].range
    let utf8 = text.text.prose.utf8.span
    var index = range.lowerBound
    while index < range.upperBound {
      let (scalar, length) = utf8.scalar(at: index)
      defer { index += length }
      if scalar < 0x80 {
        let isLetter = (scalar | 0x20) &- 0x61 < 26
        if isLetter { letters += 1 }
        if isLetter, expected.scripts.contains(.latin) { own += 1 }
        continue
      }
      if let end = text.shortQuotation(at: index, scalar, upTo: range.upperBound) {
        index = end - length
        continue
      }
      add(scalar, index..<index + length, expected, text)
    }
    kind = wrong.max { $0.value.count < $1.value.count }?.key ?? kind
  }

  private mutating func add(
    _ scalar: UInt32, _ range: Range<Int>, _ expected: ExpectedScript, _ text: MatchedText
  ) {
    let script = Script(scalar)
    guard script != .common, script != .other else { return }
    letters += 1
    guard script == .han else {
      if expected.scripts.contains(script) {
        own += 1
      } else if script != .latin {
        note(.script(script == .hiragana ? .katakana : script), scalar, range, text)
      }
      return
    }
    ideographs += 1
    guard let right = expected.han else { return }
    let form = HanForm.form(of: scalar)
    if form == right { own += 1 }
    if form != right, form != .shared { note(.form(form), scalar, range, text) }
  }

  private mutating func note(
    _ kind: Kind, _ scalar: UInt32, _ range: Range<Int>, _ text: MatchedText
  ) {
    guard !text.text.prose.isLiteral(range), !text.hasStyleFinding(range, in: segment) else {
      return
    }
    var (count, found) = wrong[kind] ?? (0, Wrong(kind: kind, characters: [], first: range))
    count += 1
    if !found.characters.contains(scalar) { found.characters.append(scalar) }
    wrong[kind] = (count, found)
  }

  /// What is wrong, if that is certain.
  func wrong(enough: Int, loneShare: Int) -> Wrong? {
    guard let (count, found) = wrong[kind] else { return nil }
    switch found.kind {
    case .form:
      let isLone = own == 0 && count * loneShare >= ideographs
      return found.characters.count >= enough || isLone ? found : nil
    case .script(.katakana):
      // の alone is an ornament of shop signs.
      return found.characters.count > enough ? found : nil
    case .script:
      // A name or a symbol such as Ω is at home everywhere.
      return count >= 4 && count * 2 > letters ? found : nil
    }
  }
}

extension MatchedText {
  /// Characters of a quotation that may be a name in its own spelling.
  private static let longestName = 12

  /// Where a quotation ends that begins at a mark; `nil` if none does or it is a long one.
  fileprivate func shortQuotation(at start: Int, _ mark: UInt32, upTo limit: Int) -> Int? {
    guard let close = mark.closingQuote else { return nil }
    let utf8 = text.prose.utf8.span
    var index = start
    for _ in 0..<Self.longestName + 2 where index < limit {
      let (scalar, length) = utf8.scalar(at: index)
      index += length
      if scalar == close { return index }
    }
    return nil
  }

  /// Whether `term-style` speaks of a place in a segment.
  fileprivate func hasStyleFinding(_ range: Range<Int>, in segment: Int) -> Bool {
    occurrences(in: segment..<segment + 1).contains {
      guard case .style = $0.verdict else { return false }
      return $0.range.contains(range.lowerBound)
    }
  }
}

extension UInt32 {
  /// The mark that ends a quotation or a title which this one begins.
  fileprivate var closingQuote: UInt32? {
    switch self {
    case 0x201C, 0x2018, 0x300A, 0x3008, 0x300C, 0x300E: self + 1
    default: nil
    }
  }
}

extension String {
  fileprivate static func wrong(
    _ wrong: ScriptEvidence.Wrong, _ expected: ExpectedScript
  ) -> String {
    let characters = wrong.characters.prefix(5).compactMap { Unicode.Scalar($0).map(String.init) }
    let more = wrong.characters.count > 5 ? " …" : ""
    return "\(wrong.kind.name) characters in a \(expected.name) text: "
      + characters.joined(separator: " ") + more
  }

  fileprivate static func wrongText(
    _ kind: ScriptEvidence.Kind, _ expected: ExpectedScript, segments: Int
  ) -> String {
    "the text is in \(kind.name) characters, in \(segments) segments, though it is said to be "
      + "\(expected.name): correct its language or its text"
  }
}

extension ScriptEvidence.Kind {
  fileprivate var name: String {
    switch self {
    case .form(.simplified): "Simplified"
    case .form(.traditional): "Traditional"
    case .form: "Japanese"
    case .script(.katakana), .script(.hiragana): "Japanese"
    case .script(.hangul): "Korean"
    case .script(let script): "\(script)".capitalizedASCII
    }
  }
}

extension String {
  fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
