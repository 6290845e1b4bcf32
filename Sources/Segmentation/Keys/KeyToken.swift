internal import Bitext

/// A piece of a text's match key: what is the same in two spellings of one term.
public struct KeyToken: Sendable, Hashable {
  public enum Kind: UInt8, Sendable {
    /// A word of a script with spaces, in lower case and without its inflection.
    case word
    /// One ideograph, in its simplified form.
    case han
    /// Digits, without the separators of thousands.
    case number
    /// A mark of punctuation, narrowed. Quotes, and hyphens inside words, give no token at all.
    case punctuation
  }

  /// Of the folded form, for a word of its stem class; two tokens with the same hash count as the
  /// same.
  public var hash: UInt64
  /// The first byte of the token in the text.
  public var start: UInt32
  /// The byte after its last one.
  public var end: UInt32
  public var kind: Kind
  /// The script of its first letter; ``Script/common`` for numbers and marks.
  public var script: Script
  /// How the text writes the word, whatever the key folds.
  public var letterCase: LetterCase

  /// The bytes of the token in the text.
  public var range: Range<Int> { Int(start)..<Int(end) }
}

/// Cuts text into ``KeyToken``s: the fold under which "Golden Phoenixes" and "golden phoenix",
/// 西部（重慶）科學城 and 西部(重庆)科学城 are the same.
///
/// Folded is ``MatchKey/Folding/term``. Beyond that white space parts tokens and says nothing else,
/// and a symbol that compatibility would make several tokens of (℃) is one.
public struct KeyTokenizer: Sendable {
  /// Raised whenever the tokens of some text or their hashes change, so that what was compiled from
  /// older ones is not read.
  package static let version: UInt32 = 1

  public init() {}

  /// The tokens of a text in UTF-8, in order.
  public func tokens(of utf8: Span<UInt8>) -> [KeyToken] {
    var scanner = KeyScanner()
    scanner.scan(utf8)
    return scanner.tokens.array
  }

  /// The tokens of a string.
  public func tokens(of text: String) -> [KeyToken] {
    let bytes = Array(text.utf8)
    return tokens(of: bytes.span)
  }
}

/// Tokens one after the other, in memory that is kept when they are removed.
package struct KeyTokenBuffer: ~Copyable {
  package private(set) var base: UnsafeMutablePointer<KeyToken>
  package private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  package var array: [KeyToken] { Array(UnsafeBufferPointer(start: base, count: count)) }

  @inline(__always)
  mutating func append(_ token: KeyToken) {
    if count == capacity { grow() }
    (base + count).initialize(to: token)
    count += 1
  }

  @inline(__always)
  mutating func setHash(_ hash: UInt64, at index: Int) { base[index].hash = hash }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<KeyToken>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    (base, capacity) = (larger, capacity * 2)
  }

  /// Removes the last tokens, down to those that start before a byte, but none of the first ones.
  mutating func removeTokens(from start: Int, keeping first: Int) {
    while count > first, Int(base[count - 1].start) >= start { count -= 1 }
  }

  package mutating func removeFirst(_ number: Int) {
    guard number > 0 else { return }
    count -= number
    base.moveUpdate(from: base + number, count: count)
  }

  package mutating func removeAll() { count = 0 }
}
