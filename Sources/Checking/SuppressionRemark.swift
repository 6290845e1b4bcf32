package import Bitext

/// What an author says to the checks in a comment: which rules are to be silent, where, and why.
///
///     concord-disable missing-term, term-style -- quoted from an old speech
///     concord-disable-next-line missing-term(金凤凰): the programme's old name is meant
///     concord-enable missing-term
public struct SuppressionRemark: Sendable, Hashable {
  /// Where the rules are silent, as the word behind `concord-` says.
  public enum Scope: String, Sendable, Hashable, CaseIterable {
    /// From here to `concord-enable`, or to the end of the file.
    case region = "disable"
    case nextLine = "disable-next-line"
    case line = "disable-line"
    case file = "disable-file"
    /// Ends a region.
    case end = "enable"
  }

  /// A rule that is to be silent.
  public struct Entry: Sendable, Hashable {
    /// The rule's name, or `all`.
    public var rule: String
    /// The terms that are meant, as they are spelt; none stands for all.
    public var terms: [String]

    public init(rule: String, terms: [String] = []) {
      self.rule = rule
      self.terms = terms
    }

    static let everything = Entry(rule: SuppressionRemark.all)

    /// As it is written in a comment.
    var text: String { terms.isEmpty ? rule : "\(rule)(\(terms.joined(separator: " | ")))" }
  }

  /// `nil` for a word that is none of them: ``word`` then tells it.
  public var scope: Scope?
  /// The word that was written, `concord-disable-line`.
  public var word: String
  public var entries: [Entry]
  /// Why, in the author's words.
  public var reason: String?

  /// The name that stands for all rules.
  static let all = "all"
  static let mark = "concord-"

  /// The remarks in a comment, each at the start of a line.
  static func remarks(in comment: String) -> [SuppressionRemark] {
    guard comment.contains(mark) else { return [] }
    return comment.split(whereSeparator: \.isNewline).compactMap { remark(in: $0) }
  }

  private static func remark(in line: Substring) -> SuppressionRemark? {
    let text = trimmed(line)
    guard text.hasPrefix(mark) else { return nil }
    let word = text.prefix { !$0.isWhitespace && $0 != ":" && $0 != "：" && $0 != "—" }
    let name = word.dropFirst(mark.count)
    // Other words that start so belong to other people: `concord-moved`.
    guard name.hasPrefix("disable") || name.hasPrefix("enable") else { return nil }
    var scanner = EntryScanner(text[word.endIndex...])
    let entries = scanner.entries()
    return SuppressionRemark(
      scope: Scope(rawValue: String(name)), word: String(word),
      entries: entries.isEmpty ? [.everything] : entries, reason: scanner.reason)
  }

  fileprivate static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}

/// Reads `RULE, RULE(TERM | TERM) -- reason`.
private struct EntryScanner {
  private var rest: Substring
  private(set) var reason: String?

  init(_ text: Substring) { rest = text }

  /// What parts the rules from the reason: XML allows no `--` in a comment, and Markdown none in
  /// one within a line.
  private static let marks = ["--", "—", "–", ":", "："]

  mutating func entries() -> [SuppressionRemark.Entry] {
    var entries: [SuppressionRemark.Entry] = []
    while true {
      rest = rest.drop { $0.isWhitespace || $0 == "," || $0 == "，" || $0 == "、" }
      guard !rest.isEmpty, !takeReason() else { return entries }
      let name = rest.prefix { !",，、(（:：—–".contains($0) && !$0.isWhitespace }
      guard !name.isEmpty else {
        // A bracket without a rule before it.
        rest.removeFirst()
        continue
      }
      rest = rest[name.endIndex...]
      entries.append(SuppressionRemark.Entry(rule: String(name), terms: terms()))
    }
  }

  private mutating func takeReason() -> Bool {
    guard let mark = Self.marks.first(where: { rest.hasPrefix($0) }) else { return false }
    let text = SuppressionRemark.trimmed(rest.dropFirst(mark.count).drop { $0 == "-" })
    if !text.isEmpty { reason = String(text) }
    rest = rest[rest.endIndex...]
    return true
  }

  /// The terms in brackets, which may hold brackets themselves.
  private mutating func terms() -> [String] {
    let brackets: (open: Character, close: Character)? =
      switch rest.first {
      case "(": ("(", ")")
      case "（": ("（", "）")
      default: nil
      }
    guard let brackets else { return [] }
    var depth = 0
    var end = rest.startIndex
    while end < rest.endIndex {
      if rest[end] == brackets.open { depth += 1 }
      if rest[end] == brackets.close { depth -= 1 }
      if depth == 0 { break }
      end = rest.index(after: end)
    }
    let inner = rest[rest.index(after: rest.startIndex)..<end]
    rest = end < rest.endIndex ? rest[rest.index(after: end)...] : rest[end...]
    return inner.split(separator: "|").map { String(SuppressionRemark.trimmed($0)) }
      .filter { !$0.isEmpty }
  }
}

extension SuppressionRemark: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(scope)
    writer.write(word)
    writer.write(entries)
    writer.write(reason)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(
      scope: try reader.read(), word: try reader.read(), entries: try reader.read(),
      reason: try reader.read())
  }
}

extension SuppressionRemark.Scope: BinaryCodable {}

extension SuppressionRemark.Entry: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(rule)
    writer.write(terms)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(rule: try reader.read(), terms: try reader.read())
  }
}
