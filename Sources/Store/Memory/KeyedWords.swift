package import Segmentation

/// A text cut into words, as the memory compares it: the words are bytes of its match key.
package struct KeyedWords: Sendable, Hashable {
  /// UTF-8.
  package let key: [UInt8]
  /// Bytes of the key, in order.
  package private(set) var words: [Range<Int>] = []
  /// Bytes of the text, as many as ``words``.
  package private(set) var ranges: [Range<Int>] = []

  /// - Parameters:
  ///   - key: of the text.
  ///   - ranges: the words of the text, in bytes and in order.
  package init(_ key: MatchKey, words ranges: [Range<Int>]) {
    self.key = key.bytes
    var last = 0
    func place(of offset: Int) -> Int {
      while last < key.bytes.count, key.sourceRange(last..<last + 1).lowerBound < offset {
        last += 1
      }
      return last
    }
    for range in ranges {
      // A space may be kept with the character behind it.
      let (start, end) = (place(of: range.lowerBound), place(of: range.upperBound))
      let spaces = key.bytes[start..<end].prefix { $0 == 0x20 }.count
      let word = start + spaces..<end
      guard !word.isEmpty else { continue }
      // Where letters go on, no occurrence could be told from a part of a longer word.
      if let before = words.last, before.upperBound == word.lowerBound,
        !self.key.parts(at: word.lowerBound)
      {
        words[words.count - 1] = before.lowerBound..<word.upperBound
        self.ranges[words.count - 1] =
          self.ranges[words.count - 1].lowerBound..<range.upperBound
      } else {
        words.append(word)
        self.ranges.append(range)
      }
    }
  }

  /// The key of some words with what stands between them, in UTF-8.
  package func key(of words: Range<Int>) -> ArraySlice<UInt8> {
    key[self.words[words.lowerBound].lowerBound..<self.words[words.upperBound - 1].upperBound]
  }

  /// The bytes of the text that some words make.
  package func range(of words: Range<Int>) -> Range<Int> {
    ranges[words.lowerBound].lowerBound..<ranges[words.upperBound - 1].upperBound
  }
}

extension Collection<UInt8> where Self: RandomAccessCollection, Index == Int {
  /// Whether a word may begin or end at an offset: not between two letters of a script that parts
  /// words by spaces. Ideographs part everywhere, as terms are found anywhere among them.
  package func parts(at offset: Int) -> Bool {
    guard offset > startIndex, offset < endIndex else { return true }
    var before = offset - 1
    while before > startIndex, self[before] & 0xC0 == 0x80 { before -= 1 }
    return !isLetter(at: before) || !isLetter(at: offset)
  }

  private func isLetter(at index: Int) -> Bool {
    let bytes = Array(self[index..<Swift.min(endIndex, index + 4)])
    let value = bytes.span.scalar(at: 0).value
    guard value < Self.firstDense, let scalar = Unicode.Scalar(value) else { return false }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      || scalar.properties.canonicalCombiningClass != .notReordered
  }

  /// The first code point of ideographs, kana and syllables.
  private static var firstDense: UInt32 { 0x2E80 }

  /// The first occurrence of other bytes that begins and ends where words may.
  package func firstWords(_ needle: some RandomAccessCollection<UInt8>) -> Range<Int>? {
    guard let first = needle.first else { return nil }
    var index = startIndex
    while index + needle.count <= endIndex {
      if self[index] == first, self[index..<index + needle.count].elementsEqual(needle),
        parts(at: index), parts(at: index + needle.count)
      {
        return index..<index + needle.count
      }
      index += 1
    }
    return nil
  }
}
