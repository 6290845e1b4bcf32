internal import Bitext
internal import Segmentation

/// One message of a PO file.
struct POEntry {
  var comments: [DocumentComment] = []
  var isFuzzy = false
  var context: PlacedText?
  var message: PlacedText?
  var plural: PlacedText?
  /// With the number in brackets, 0 where there is none.
  var translations: [(number: Int, text: PlacedText)] = []
  /// Where the strings of each translation stand in the decoded text, quotation marks included.
  var translationStrings: [Range<Int>] = []
  /// The strings of the message there.
  var messageStrings = 0..<0
  /// Where the first keyword stands there.
  var start = 0
  /// The comments that hold flags, from their `#` to the end of the line.
  var flagComments: [(range: Range<Int>, flags: [String])] = []
  /// The lines of what the message once was.
  var previousLines: [Range<Int>] = []

  var isEmpty: Bool { message == nil && context == nil }

  /// The entry with an empty message, whose translation says what the file is.
  var isHeader: Bool { context == nil && plural == nil && message?.utf8.isEmpty ?? false }

  func hasTranslation(_ number: Int) -> Bool { translations.contains { $0.number == number } }

  var isTranslated: Bool { translations.contains { !$0.text.isBlank } }

  /// The texts that translate each other.
  ///
  /// Of several forms the first is for one thing and says what the message says, the others what
  /// the plural says. A language with a single form uses it for all numbers.
  var units: [BilingualUnit] {
    guard let message else { return [] }
    return translations.enumerated().map { index, translation in
      let isSingular = plural == nil || translation.number == 0 && translations.count > 1
      return BilingualUnit(
        source: isSingular ? message : plural, target: translation.text,
        comments: index == 0 ? comments : [], identifier: contextText, contextID: contextText)
    }
  }

  /// What `msgctxt` says.
  var contextText: String? {
    context.flatMap { $0.utf8.isEmpty ? nil : String(decoding: $0.utf8, as: UTF8.self) }
  }
}

/// Puts entries together out of tokens.
struct POEntries {
  private var scanner: POScanner
  private var entry = POEntry()
  /// Where the entry's first keyword stands.
  private var start = 0
  /// A token that was read too early.
  private var waiting: POScanner.Token?

  init(_ text: DecodedText, file: String) { scanner = POScanner(text, file: file) }

  /// The next entry that is in use; `nil` at the end.
  ///
  /// - Throws: `Trouble` with line and column of what does not belong there.
  mutating func next() throws(Trouble) -> POEntry? {
    entry = POEntry()
    while true {
      let token: POScanner.Token
      if let early = waiting { token = early } else { token = try scanner.next() }
      waiting = nil
      if begins(token), !entry.translations.isEmpty {
        waiting = token
        return entry
      }
      switch token {
      case .comment(let range): takeComment(range)
      case .keyword(let word, let number, let place): try take(word, number, at: place)
      case .string(_, let place):
        throw scanner.trouble("a keyword such as msgid must stand before this string", at: place)
      case .end:
        guard entry.isEmpty else {
          throw scanner.trouble("the message that starts here has no msgstr", at: start)
        }
        guard !entry.comments.isEmpty else { return nil }
        return entry
      }
    }
  }

  /// Whether a token cannot belong to an entry that has its translation.
  private func begins(_ token: POScanner.Token) -> Bool {
    switch token {
    case .comment, .end: true
    case .keyword(let word, _, _): word != "msgstr"
    case .string: false
    }
  }

  /// What is out of use (`#~`) and what the message once was (`#|`) is left out.
  private mutating func takeComment(_ range: Range<Int>) {
    switch scanner.kind(ofComment: range) {
    // The remarks above belong to it.
    case 0x7E: if entry.isEmpty { entry = POEntry() }
    case 0x7C: entry.previousLines.append(range)
    case let kind:
      let comment = scanner.comment(range)
      entry.comments.append(comment)
      guard kind == 0x2C else { return }
      let flags = comment.text.split { $0 == "," || $0 == " " || $0 == "\t" }.map(String.init)
      entry.flagComments.append((range, flags))
      entry.isFuzzy = entry.isFuzzy || flags.contains("fuzzy")
    }
  }

  private mutating func take(_ word: String, _ number: Int?, at place: Int) throws(Trouble) {
    let isKnown = ["msgctxt", "msgid", "msgid_plural", "msgstr", "domain"].contains(word)
    guard isKnown else {
      throw scanner.trouble(
        "'\(word)' is no keyword of a PO file: msgctxt, msgid, msgid_plural and msgstr are",
        at: place)
    }
    guard case .string(let text, let quote) = try scanner.next() else {
      throw scanner.trouble("a string in quotation marks must follow \(word)", at: place)
    }
    let strings = quote..<scanner.stringEnd
    if entry.isEmpty {
      start = place
      entry.start = place
    }
    switch word {
    case "msgctxt" where entry.isEmpty: entry.context = text
    case "msgid" where entry.message == nil:
      entry.message = text
      entry.messageStrings = strings
    case "msgid_plural" where entry.message != nil && entry.plural == nil: entry.plural = text
    case "msgstr" where entry.message != nil && !entry.hasTranslation(number ?? 0):
      entry.translations.append((number ?? 0, text))
      entry.translationStrings.append(strings)
    case "domain": break
    default:
      throw scanner.trouble(
        entry.message == nil || word == "msgstr"
          ? "this \(word) has no msgid before it" : "\(word) stands where msgstr should", at: place)
    }
  }
}
