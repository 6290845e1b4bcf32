internal import Bitext
internal import CICU

/// A regular expression of ICU's, which backtracks: for patterns that no automaton can read.
///
/// A match may take a limited number of steps; then it is trouble that names the rule.
struct RegularExpression: ~Copyable {
  private let handle: OpaquePointer
  private let pattern: String
  private let file: String
  private let line: Int

  /// About a second for one match, in thousands of steps: a text is cut in less.
  private static let stepLimit: Int32 = 1000

  /// - Throws: `Trouble` with the line of the rule and what is wrong with the pattern.
  init(
    _ pattern: String, ignoringCase: Bool = false, file: String, line: Int, what: String
  ) throws(Trouble) {
    var column: Int32 = 0
    var status: Int32 = 0
    let bytes = Array(pattern.utf8)
    guard
      let handle = concord_icu_regex_open(
        bytes, Int32(clamping: bytes.count), ignoringCase ? 1 : 0, Self.stepLimit, &column,
        &status)
    else {
      throw Trouble(
        "the \(what) \(Self.shortened(pattern)) is no regular expression of ICU's: "
          + Self.reason(status, at: Int(column)),
        file: file, line: line)
    }
    self.handle = handle
    self.pattern = pattern
    self.file = file
    self.line = line
  }

  deinit { concord_icu_regex_close(handle) }

  /// Whether a whole text matches.
  func matches(_ text: String) throws(Trouble) -> Bool {
    let bytes = Array(text.utf8)
    try setText(bytes.span)
    return try matches(at: 0, isWhole: true)
  }

  /// Sets the text of the calls that follow, in UTF-8. It may have 2 GB.
  func setText(_ utf8: Span<UInt8>) throws(Trouble) {
    let status = utf8.withUnsafeBufferPointer { text in
      concord_icu_regex_set_text(handle, text.baseAddress, Int32(clamping: text.count))
    }
    try check(status)
  }

  /// Whether the pattern matches from a byte of the text on.
  func matches(at offset: Int, isWhole: Bool = false) throws(Trouble) -> Bool {
    var status: Int32 = 0
    let result = concord_icu_regex_matches(
      handle, Int32(clamping: offset), isWhole ? 1 : 0, &status)
    try check(status)
    return result == 1
  }

  /// The bytes where the matches in the text end, each search starting where the last match ended.
  func ends() throws(Trouble) -> [Int] {
    var ends: UnsafePointer<Int32>?
    var status: Int32 = 0
    let count = concord_icu_regex_ends(handle, &ends, &status)
    try check(status)
    return UnsafeBufferPointer(start: ends, count: Int(max(0, count))).map(Int.init)
  }

  private func check(_ status: Int32) throws(Trouble) {
    guard status > 0 else { return }
    throw Trouble(
      "the pattern \(Self.shortened(pattern)) cannot be matched here: \(Self.reason(status))",
      file: file,
      line: line)
  }

  /// The start of a pattern that is too long for a line.
  private static func shortened(_ pattern: String) -> String {
    pattern.count > 80 ? pattern.prefix(80) + "…" : pattern
  }

  /// What a status of ICU's says to the author of a rule.
  private static func reason(_ status: Int32, at column: Int = 0) -> String {
    var name = [CChar](repeating: 0, count: 64)
    let length = Int(concord_icu_regex_error_name(status, &name, 64))
    let text = String(
      decoding: name.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
    let place = column > 0 ? " at character \(column)" : ""
    return (reasons[text] ?? text) + place
  }

  private static let reasons = [
    "U_REGEX_TIME_OUT":
      "it takes too long, since it can match in too many ways: say more exactly what is repeated",
    "U_REGEX_STACK_OVERFLOW":
      "it needs too much memory, since it can match in too many ways: say more exactly what is "
      + "repeated",
    "U_REGEX_RULE_SYNTAX": "the syntax is wrong",
    "U_REGEX_BAD_ESCAPE_SEQUENCE": "the escape after \\ is not known",
    "U_REGEX_PROPERTY_SYNTAX": "the property of \\p{…} is not known",
    "U_REGEX_MISMATCHED_PAREN": "a parenthesis has no partner",
    "U_REGEX_NUMBER_TOO_BIG": "a number is too big",
    "U_REGEX_BAD_INTERVAL": "the numbers in {…} are wrong",
    "U_REGEX_MAX_LT_MIN": "in {m,n} the second number is smaller",
    "U_REGEX_INVALID_BACK_REF": "a back reference names no group",
    "U_REGEX_INVALID_FLAG": "the flag after (? is not known",
    "U_REGEX_LOOK_BEHIND_LIMIT": "a look-behind has no bound: replace * and + by {0,99}",
    "U_REGEX_MISSING_CLOSE_BRACKET": "a set has no ]",
    "U_REGEX_INVALID_RANGE": "a range in [ ] runs backwards",
    "U_ILLEGAL_ARGUMENT_ERROR": "a name in it is not known",
  ]
}
