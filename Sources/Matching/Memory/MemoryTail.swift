package import Bitext

/// The texts of units that no segment holds yet: few, and searched one by one.
package struct MemoryTail: Sendable {
  struct Text: Sendable {
    var unit: Int64
    var side: UnitSide
    var language: String
    var length: Int
    var bytes: Range<Int>
  }

  private(set) var texts: [Text] = []
  private var keys: [UInt8] = []

  package init() {}

  package var isEmpty: Bool { texts.isEmpty }

  /// Adds a text with its match key, in UTF-8.
  package mutating func add(
    unit: Int64, side: UnitSide, language: String, key: UnsafeBufferPointer<UInt8>
  ) {
    let start = keys.count
    keys.append(contentsOf: key)
    let length = key.scalarCount
    texts.append(
      Text(
        unit: unit, side: side, language: language, length: length, bytes: start..<keys.count))
  }

  /// Calls `body` with each text in certain languages, and its key.
  func forEach(
    in languages: (String) -> Bool, _ body: (Text, UnsafeBufferPointer<UInt8>) -> Void
  ) {
    var known: [String: Bool] = [:]
    keys.withUnsafeBufferPointer { keys in
      for text in texts {
        let isWanted = known[text.language] ?? languages(text.language)
        known[text.language] = isWanted
        if isWanted { body(text, UnsafeBufferPointer(rebasing: keys[text.bytes])) }
      }
    }
  }
}
