internal import Bitext
internal import Formats
internal import Segmentation

/// Finds the strings of a YAML file with their paths and bytes: block and flow collections, all five
/// kinds of scalars, comments (YAML 1.2.2, chapters 7 and 8).
///
/// What files of messages never have is trouble and not guessed at: keys that are collections.
/// Anchors and tags are skipped, and an alias is no string of its own.
struct KeyedYAML {
  private var lines: YAMLScalars
  private let text: DecodedText
  private let file: String
  private var open: [Container] = []

  /// A collection by its indentation.
  private struct Container {
    /// The column of its keys or hyphens, from 0.
    var column: Int
    var isSequence: Bool
    /// The key of the member, or the number of the item.
    var key: String
    var count = 0
    /// Whether the member that is open has its value.
    var hasValue = false
  }

  init(_ text: DecodedText, file: String) {
    self.text = text
    self.file = file
    lines = YAMLScalars(text, file: file)
  }

  /// - Throws: `Trouble` with line and column of what is no YAML, and for a file nested deeper than
  ///   ``KeyedJSON/deepest``.
  mutating func scan(into messages: inout KeyedMessages) throws(Trouble) {
    messages.isObject = true
    while lines.skipToContent(&messages) {
      let start = lines.index
      if lines.isDocumentMark {
        open = []
        lines.skipLine()
        continue
      }
      guard !lines.hasTabIndent else {
        throw lines.trouble("a line must be indented by spaces, not by tabs", at: start)
      }
      try node(column: lines.column(of: start), &messages)
    }
  }

  // MARK: Collections

  /// Reads what a line holds: items, keys and a value behind them.
  private mutating func node(
    column start: Int, _ messages: inout KeyedMessages
  ) throws(Trouble) {
    var column = start
    close(below: column, isItem: lines.isAtItem)
    while lines.isAtItem {
      try beginItem(column, at: lines.index)
      lines.skip(1)
      guard lines.skipSpaces() else { return lines.takeComment(&messages) }
      column = lines.column(of: lines.index)
    }
    let place = lines.index
    if let key = try lines.key() {
      try beginMember(key, column, at: place)
      guard lines.skipSpaces() else { return lines.takeComment(&messages) }
    } else if let container = open.last, container.hasValue {
      throw lines.trouble("expected a key with a colon behind it", at: lines.index)
    }
    try value(&messages)
  }

  /// Closes the collections that a line at a column is no part of.
  private mutating func close(below column: Int, isItem: Bool) {
    while let last = open.last,
      last.column > column || last.column == column && last.isSequence && !isItem
    {
      open.removeLast()
    }
  }

  private mutating func beginItem(_ column: Int, at place: Int) throws(Trouble) {
    if let last = open.last, last.isSequence, last.column == column {
      open[open.count - 1].count += 1
      open[open.count - 1].key = String(last.count + 1)
      open[open.count - 1].hasValue = false
    } else {
      try push(Container(column: column, isSequence: true, key: "0"), at: place)
    }
  }

  private mutating func beginMember(
    _ key: String, _ column: Int, at place: Int
  ) throws(Trouble) {
    if let last = open.last, !last.isSequence, last.column == column {
      open[open.count - 1].key = key
      open[open.count - 1].hasValue = false
    } else {
      try push(Container(column: column, isSequence: false, key: key), at: place)
    }
  }

  private mutating func push(_ container: Container, at place: Int) throws(Trouble) {
    if let last = open.last {
      guard !last.hasValue else {
        throw lines.trouble("this line is indented otherwise than those above it", at: place)
      }
      open[open.count - 1].hasValue = true
    }
    guard open.count < KeyedJSON.deepest else {
      throw text.trouble(
        "is nested more than \(KeyedJSON.deepest) deep: no file of messages is", at: place,
        file: file)
    }
    open.append(container)
  }

  // MARK: Values

  /// Reads the value at the place where the scanner stands; nothing but a comment may follow it.
  private mutating func value(_ messages: inout KeyedMessages) throws(Trouble) {
    guard try lines.skipProperties() else { return lines.takeComment(&messages) }
    let parent = open.last?.column ?? -1
    let path = open.map(\.key)
    switch lines.byte {
    case 0x7B, 0x5B: try flow(&messages)
    case 0x7C, 0x3E: messages.add(try lines.blockScalar(parent: parent, &messages), at: path)
    case 0x22, 0x27:
      messages.add(try lines.quotedScalar(), at: path)
      try lines.endLine(&messages)
    case 0x2A:
      lines.skipWord()
      try lines.endLine(&messages)
    default:
      let (text, isString) = try lines.plainScalar(parent: parent)
      if isString { messages.add(text, at: path) } else { messages.addOther(at: path) }
      try lines.endLine(&messages)
    }
    if !open.isEmpty { open[open.count - 1].hasValue = true }
  }

  /// Reads `{a: b}` or `[a, b]`, on one line or several.
  private mutating func flow(_ messages: inout KeyedMessages) throws(Trouble) {
    let base = open.map(\.key)
    var inner: [(isMapping: Bool, key: String, count: Int)] = []
    let start = lines.index
    var expectsItem = true
    repeat {
      guard lines.skipToContent(&messages) else {
        throw lines.trouble("what starts here is never closed", at: start)
      }
      switch lines.byte {
      case 0x7B, 0x5B:
        guard base.count + inner.count < KeyedJSON.deepest else {
          throw text.trouble(
            "is nested more than \(KeyedJSON.deepest) deep: no file of messages is",
            at: lines.index, file: file)
        }
        inner.append((lines.byte == 0x7B, "0", 0))
        lines.skip(1)
        expectsItem = true
      case 0x7D, 0x5D:
        guard let last = inner.popLast(), last.isMapping == (lines.byte == 0x7D) else {
          throw lines.trouble("another bracket is open here", at: lines.index)
        }
        lines.skip(1)
        expectsItem = false
        continue
      case 0x2C:
        guard !expectsItem else { throw lines.trouble("expected a value", at: lines.index) }
        lines.skip(1)
        inner[inner.count - 1].count += 1
        inner[inner.count - 1].key = String(inner[inner.count - 1].count)
        expectsItem = true
      default:
        guard expectsItem else {
          throw lines.trouble("expected a comma or a closing bracket", at: lines.index)
        }
        let (text, isString) = try lines.flowScalar()
        guard lines.skipToContent(&messages) else { continue }
        if lines.byte == 0x3A, inner.last?.isMapping == true {
          inner[inner.count - 1].key = String(decoding: text.utf8, as: UTF8.self)
          lines.skip(1)
          continue
        }
        let path = base + inner.map(\.key)
        if isString { messages.add(text, at: path) } else { messages.addOther(at: path) }
        expectsItem = false
      }
    } while !inner.isEmpty
    try lines.endLine(&messages)
  }
}
