internal import Bitext

/// The units that no segment holds yet: few, and searched one by one.
package struct MemoryTail: Sendable {
  struct Text: Sendable {
    var unit: Int64
    var side: UnitSide
    var language: String
    /// Code points of the key.
    var length: Int
    /// Of the keys, and of the texts.
    var key: Range<Int>
    var text: Range<Int>
  }

  /// Source and target of each unit.
  private(set) var texts: [Text] = []
  private var keys: [UInt8] = []
  private var contents: [UInt8] = []
  /// The last text with a hash of its key, and for each text the one before it with the same.
  private var lastTexts: [UInt32: Int] = [:]
  private var textsBefore: [Int] = []

  package init() {}

  package var isEmpty: Bool { texts.isEmpty }

  /// Adds a unit.
  package mutating func add(unit: Int64, source: KeyedText, target: KeyedText) {
    add(source, unit, .source)
    add(target, unit, .target)
  }

  private mutating func add(_ text: KeyedText, _ unit: Int64, _ side: UnitSide) {
    let (key, content) = (keys.count, contents.count)
    textsBefore.append(lastTexts.updateValue(texts.count, forKey: ExactTable.hash(text.key)) ?? -1)
    keys.append(contentsOf: text.key)
    contents.append(contentsOf: text.text)
    texts.append(
      Text(
        unit: unit, side: side, language: text.language, length: text.key.scalarCount,
        key: key..<keys.count, text: content..<contents.count))
  }

  /// Calls `body` with the number of each text in certain languages, and its key.
  func forEach(
    in languages: (String) -> Bool, _ body: (Int, UnsafeBufferPointer<UInt8>) -> Void
  ) {
    guard !isEmpty else { return }
    var known: [String: Bool] = [:]
    keys.withUnsafeBufferPointer { keys in
      for (number, text) in texts.enumerated() {
        let isWanted = known[text.language] ?? languages(text.language)
        known[text.language] = isWanted
        if isWanted { body(number, UnsafeBufferPointer(rebasing: keys[text.key])) }
      }
    }
  }

  /// Calls `body` with the number of each text that has a key.
  func forEachText(withKey key: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Void) {
    guard !isEmpty else { return }
    var number = lastTexts[ExactTable.hash(key)] ?? -1
    while number >= 0 {
      if withKey(number, { $0.isSame(as: key) }) { body(number) }
      number = textsBefore[number]
    }
  }

  /// Calls `body` with the key of a text.
  func withKey<Result>(
    _ number: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try keys.withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[texts[number].key]))
    }
  }

  /// A text as it is.
  func content(of text: Text) -> [UInt8] { Array(contents[text.text]) }

  /// The number of the unit's other text.
  func partner(of number: Int) -> Int { number ^ 1 }
}
