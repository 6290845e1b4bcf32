/// Finds the longest of a set of phrases at a place of a text, in either width and case.
///
/// Spaces of all kinds and hyphens are the same, so that "square-metre" is "square metre". A phrase
/// that ends in a Latin letter ends where the word ends.
struct PhraseTable<Meaning: Sendable>: Sendable {
  /// The meaning of each phrase, or -1 for what only begins one, by the hash of its scalars.
  private var nodes: [UInt64: Int32] = [:]
  private var meanings: [Meaning] = []

  /// - Parameter entries: meanings, each with its spellings separated by bars.
  init(_ entries: [(Meaning, String)]) {
    for (meaning, spellings) in entries {
      for spelling in spellings.split(separator: "|") { add(meaning, spelling) }
    }
  }

  private mutating func add(_ meaning: Meaning, _ spelling: Substring) {
    var hash = PhraseHash()
    for scalar in spelling.unicodeScalars {
      hash.append(scalar.value)
      if nodes[hash.value] == nil { nodes[hash.value] = -1 }
    }
    nodes[hash.value] = Int32(meanings.count)
    meanings.append(meaning)
  }

  /// The longest phrase that starts at a byte, and where it ends.
  func longest(_ utf8: Span<UInt8>, at start: Int) -> (meaning: Meaning, end: Int)? {
    var hash = PhraseHash()
    var index = start
    var best: (Int32, Int)?
    while index < utf8.count {
      let (scalar, length) = utf8.scalar(at: index)
      hash.append(scalar)
      guard let node = nodes[hash.value] else { break }
      index += length
      if node >= 0, !(scalar.isLatinLetter && utf8.isASCIILetter(at: index)) {
        best = (node, index)
      }
    }
    return best.map { (meanings[Int($0.0)], $0.1) }
  }
}

/// A hash of scalars without width and case: FNV-1a (Fowler, Noll, Vo 1991).
struct PhraseHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func append(_ scalar: UInt32) {
    var narrow = scalar < 0x80 ? scalar : scalar.narrowed
    if narrow == 0x2D || narrow != 0x20 && narrow.isWhitespaceScalar { narrow = 0x20 }
    if 0x41...0x5A ~= narrow { narrow |= 0x20 }
    value = (value ^ UInt64(narrow)) &* 0x100_0000_01B3
  }

  mutating func append(letter: UInt8) {
    value = (value ^ UInt64(letter | 0x20)) &* 0x100_0000_01B3
  }
}

extension UInt32 {
  fileprivate var isLatinLetter: Bool { (narrowed | 0x20) &- 0x61 < 26 }

  /// Latin letters of full width.
  var isWideLetter: Bool { 0xFF21...0xFF3A ~= self || 0xFF41...0xFF5A ~= self }
}
