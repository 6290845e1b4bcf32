internal import Bitext
internal import Segmentation

/// Examines a PO file message by message, and writes it as gettext wants it.
struct PODoctor {
  let path: String
  var scanner: XMLScanner
  private let output: RepairOutput?
  /// The lines of the message that is read.
  private var lines: [POLine] = []
  private var hasTranslation = false
  private var seen: Set<[Int]> = []
  private var messageCount = 0
  private var hasHeader = false
  /// The plural forms that the header promises.
  private var formCount: Int?

  init(_ path: String, _ window: CleanWindow, _ findings: ExchangeFindings, _ output: RepairOutput?)
  {
    self.path = path
    self.output = output
    scanner = XMLScanner(window, known: [], findings)
  }

  /// - Throws: `Trouble` for what is no PO file.
  mutating func run() throws {
    do {
      while let token = try scanner.nextLine() { try take(token) }
    } catch let trouble as Trouble where trouble.file == nil {
      throw Trouble(trouble.message, file: path, line: trouble.line)
    }
    try finishMessage()
    guard messageCount > 0 else {
      throw Trouble("is no PO file: it has no msgid", file: path)
    }
  }

  private func report(
    _ rule: ExchangeRule, _ line: POLine, _ message: String, mending: String?
  ) {
    var range = line.token.range
    while !range.isEmpty, scanner.window[range.upperBound - 1].isMarkupBlank {
      range = range.lowerBound..<range.upperBound - 1
    }
    scanner.report(rule, range, from: line.token.place, message, mending: mending)
  }

  private mutating func take(_ token: XMLToken) throws {
    let text = scanner.window.string(token.range)
    let (scanner, place) = (self.scanner, token.place)
    var end = token.range.upperBound
    while end > token.range.lowerBound, scanner.window[end - 1].isMarkupBlank { end -= 1 }
    var fault: (message: String, mending: String)?
    let line = POLine(token, text) { fault = fault ?? ($0, $1) }
    if let fault {
      scanner.report(
        .brokenString, token.range.lowerBound..<end, from: place, fault.message,
        mending: fault.mending)
    }
    if hasTranslation, begins(line) {
      try finishMessage()
    }
    if lines.isEmpty { self.scanner.keep = token.range.lowerBound }
    if case .keyword("msgstr", _) = line.kind { hasTranslation = true }
    lines.append(line)
  }

  /// Whether a line cannot belong to a message that has its translation.
  private func begins(_ line: POLine) -> Bool {
    switch line.kind {
    case .comment, .blank: true
    case .keyword(let word, _): word != "msgstr"
    case .string, .stray: false
    }
  }

  // MARK: Messages

  private mutating func finishMessage() throws {
    defer {
      lines = []
      hasTranslation = false
      scanner.keep = nil
    }
    mendStrays()
    guard let first = lines.firstIndex(where: \.isString) else { return try write() }
    var message = POMessage(lines)
    messageCount += 1
    if message.text == nil {
      report(
        .strayContent, lines[first], "strings without msgid: take them out",
        mending: "kept in comments")
      for index in lines.indices where lines[index].isString { makeComment(index, "# ") }
      messageCount -= 1
      return try write()
    }
    try requireHeader(message, first)
    if message.isHeader { readHeader(message) }
    if message.translations.isEmpty {
      report(
        .missingSegment, lines[first], "this message has no msgstr: write it",
        mending: "an empty one written")
      let word = message.plural == nil ? "msgstr" : "msgstr[0]"
      if var last = lines.lastIndex(where: \.isString).map({ lines[$0] }) {
        if !last.tail.hasSuffix("\n") {
          last.tail += "\n"
          last.isMended = true
          if let index = lines.lastIndex(where: \.isString) { lines[index] = last }
        }
        last.kind = .keyword("msgstr", nil)
        (last.head, last.content, last.tail, last.isMended) = (word + " ", "", "\n", true)
        lines.append(last)
      }
      message = POMessage(lines)
    }
    guard seen.insert(message.key).inserted else {
      report(
        .duplicateMessage, lines[first], "this message stands in the file before: keep one",
        mending: "kept in comments")
      for index in lines.indices where lines[index].isString { makeComment(index, "# ") }
      return try write()
    }
    if !message.isHeader, !isFuzzy { check(message) }
    try write()
  }

  private var isFuzzy: Bool { has(flag: "fuzzy") }

  private func has(flag: String) -> Bool {
    lines.contains { line in
      guard case .comment = line.kind else { return false }
      let text = scanner.window.string(line.token.range).withoutBlanks
      guard text.hasPrefix("#,") else { return false }
      return text.dropFirst(2).split(separator: ",").contains { String($0).withoutBlanks == flag }
    }
  }

  private mutating func mendStrays() {
    for index in lines.indices {
      guard case .stray = lines[index].kind else { continue }
      report(
        .strayContent, lines[index],
        "neither a comment, nor a keyword such as msgid, nor a string in quotation marks",
        mending: "kept in a comment")
      makeComment(index, "# ")
    }
  }

  private mutating func makeComment(_ index: Int, _ mark: String) {
    let line = lines[index]
    let text = line.isString ? line.text : scanner.window.string(line.token.range)
    lines[index].token.mended = Array((mark + text).utf8)
    lines[index].kind = .comment
    lines[index].isMended = false
  }

  private func write() throws {
    guard let output else { return }
    for line in lines {
      if let mended = line.token.mended {
        try output.write(mended)
      } else if line.isMended {
        try output.write(line.text)
      } else {
        try output.write(scanner.window[line.token.range])
      }
    }
  }

  // MARK: The header

  private mutating func requireHeader(_ message: POMessage, _ first: Int) throws {
    guard !hasHeader else { return }
    hasHeader = true
    guard !message.isHeader else { return }
    report(
      .missingHeader, lines[first], "the file has no header, a first message with an empty msgid",
      mending: "one written")
    try output?.write(Self.header)
  }

  /// What gettext asks of a header, with what it takes for unknown.
  private static let header = """
    msgid ""
    msgstr ""
    "Project-Id-Version: unknown\\n"
    "PO-Revision-Date: 1970-01-01 00:00+0000\\n"
    "Last-Translator: unknown\\n"
    "Language-Team: unknown\\n"
    "Language: und\\n"
    "MIME-Version: 1.0\\n"
    "Content-Type: text/plain; charset=UTF-8\\n"
    "Content-Transfer-Encoding: 8bit\\n"


    """

  private mutating func readHeader(_ message: POMessage) {
    let text = message.translations.first?.text ?? ""
    formCount = text.value(behind: "nplurals") { $0.isASCIIDigit }.flatMap { Int($0) }
  }

  // MARK: Translations

  private mutating func check(_ message: POMessage) {
    if let formCount, message.plural != nil, message.translations.count != formCount,
      let last = message.translations.last
    {
      report(
        .missingVariant, lines[last.lines.lowerBound],
        "\(message.translations.count) plural forms where the header promises \(formCount)",
        mending: nil)
    }
    for translation in message.translations where !translation.text.isEmpty {
      let source = message.text ?? ""
      matchLineFeeds(source, translation)
      for kind in POFormat.allCases where has(flag: kind.rawValue) {
        let wanted = [source, message.plural].compactMap { $0 }.map { kind.directives(in: $0) }
        let own = kind.directives(in: translation.text)
        guard !wanted.contains(own) else { continue }
        report(
          .formatMismatch, lines[translation.lines.lowerBound],
          "the translation has \(Self.list(own)) where the message has \(Self.list(wanted[0]))",
          mending: nil)
      }
    }
  }

  private static func list(_ directives: [String]) -> String {
    directives.isEmpty ? "no placeholders" : directives.joined(separator: " ").visible
  }

  /// Both sides start, and end, with a line feed or neither.
  private mutating func matchLineFeeds(_ source: String, _ translation: POMessage.Part) {
    let filled = translation.lines.filter { !lines[$0].content.isEmpty }
    guard !source.isEmpty, let first = filled.first, let last = filled.last else { return }
    if source.hasPrefix("\\n") != translation.text.hasPrefix("\\n") {
      let isWanted = source.hasPrefix("\\n")
      reportLineFeed("start", isWanted, first)
      lines[first].content =
        isWanted ? "\\n" + lines[first].content : String(lines[first].content.dropFirst(2))
      lines[first].isMended = true
    }
    if source.endsWithLineFeed != translation.text.endsWithLineFeed {
      let isWanted = source.endsWithLineFeed
      reportLineFeed("end", isWanted, last)
      lines[last].content =
        isWanted ? lines[last].content + "\\n" : String(lines[last].content.dropLast(2))
      lines[last].isMended = true
    }
  }

  private func reportLineFeed(_ side: String, _ isWanted: Bool, _ line: Int) {
    scanner.report(
      .formatMismatch, lines[line].token.range, from: lines[line].token.place,
      isWanted
        ? "the message \(side)s with \\n, the translation does not"
        : "the translation \(side)s with \\n, the message does not",
      mending: isWanted ? "\\n written" : "\\n left out")
  }
}

extension String {
  /// Whether the text of a PO string ends with the escape of a line feed.
  fileprivate var endsWithLineFeed: Bool {
    guard hasSuffix("\\n") else { return false }
    return utf8.dropLast().reversed().prefix { $0 == 0x5C }.count % 2 == 1
  }
}
