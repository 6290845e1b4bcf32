internal import Segmentation

/// Words that one thread has cut and that have no numbers yet.
struct WordDraft: Sendable {
  struct Word: Sendable {
    /// The same for words that count as one: those with the same match key, inflection set aside.
    var key: UInt64
    var range: Range<UInt32>
    /// In the draft's units and spellings.
    var units: Range<Int>
    var spelling: Range<Int>
    /// The hash of its first letters, which its inflections and derivations share; 0 without.
    var stem: UInt64
  }

  private(set) var words: [Word] = []
  /// Where each text ends in ``words``.
  private(set) var ends: [Int] = []
  private(set) var units: [UInt64] = []
  private(set) var spellings: [UInt8] = []

  /// Adds a text, cut as `cut` says.
  mutating func append(_ text: [UInt8], cut: (Span<UInt8>) -> [Range<Int>]) {
    let tokens = KeyTokenizer().tokens(of: text.span)
    let offset = spellings.count
    spellings += text
    var next = 0
    for range in cut(text.span) {
      while next < tokens.count, tokens[next].range.lowerBound < range.lowerBound { next += 1 }
      let first = units.count
      var key: UInt64 = 0x9E37_79B9_7F4A_7C15
      while next < tokens.count, tokens[next].range.lowerBound < range.upperBound {
        units.append(tokens[next].hash)
        key = (key ^ tokens[next].hash) &* 0x9FB2_1C65_1E98_DF25
        key ^= key >> 32
        next += 1
      }
      // Quotes and the like have no key: FNV-1a of their bytes.
      if units.count == first {
        for byte in text[range] { key = (key ^ UInt64(byte)) &* 0x100_0000_01B3 }
      }
      words.append(
        Word(
          key: key, range: UInt32(range.lowerBound)..<UInt32(range.upperBound),
          units: first..<units.count,
          spelling: offset + range.lowerBound..<offset + range.upperBound,
          stem: Self.stem(text[range])))
    }
    ends.append(words.count)
  }

  /// Words of fewer letters have no stem but themselves; longer ones that begin alike are related
  /// (Fraser and Marcu 2006 cut at four).
  private static let stemLength = 5

  private static func stem(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var letters = 0
    var index = bytes.startIndex
    while letters < stemLength {
      guard index < bytes.endIndex else { return 0 }
      let byte = bytes[index]
      let length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      // Of scripts with spaces: an ideograph is a unit of its own.
      guard length < 3, length > 1 || (byte | 0x20) &- 0x61 < 26 else { return 0 }
      for byte in bytes[index..<min(index + length, bytes.endIndex)] {
        hash = (hash ^ UInt64(length == 1 ? byte | 0x20 : byte)) &* 0x100_0000_01B3
      }
      index += length
      letters += 1
    }
    return max(1, hash)
  }
}

extension WordSegmenter {
  /// The words and marks of a text, without white space.
  func inkedStretches(in utf8: Span<UInt8>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    forEachStretch(in: utf8) { stretch, isWord in
      if isWord || utf8.extracting(stretch).hasInk { words.append(stretch) }
    }
    return words
  }
}

extension Span<UInt8> {
  /// The stretches between spaces.
  func spacedStretches() -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start = 0
    for index in 0...count where index == count || self[index] == 0x20 || self[index] == 0x09 {
      if start < index { words.append(start..<index) }
      start = index + 1
    }
    return words
  }

  /// Whether there is anything but white space.
  fileprivate var hasInk: Bool {
    var index = 0
    while index < count {
      let scalar = self.scalar(at: index)
      if !scalar.value.isWhitespaceScalar { return true }
      index += Swift.max(1, scalar.length)
    }
    return false
  }
}
