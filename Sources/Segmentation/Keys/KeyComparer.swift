internal import Bitext
internal import CICU

/// Tells whether two texts whose key tokens have the same hashes really have the same key, byte by
/// byte, so that no two words are taken for each other because their hashes are equal.
package struct KeyComparer: ~Copyable {
  private let stemmer = Stemmer()
  /// Pairs of words that were found to have the same stem; each pair has one place.
  private let pairs: UnsafeMutablePointer<WordPair>

  private struct WordPair: Equatable {
    var left = PackedWord(low: 0, high: 0)
    var right = PackedWord(low: 0, high: 0)
  }

  /// 32 KiB: inflected forms of terms are few, and texts repeat them.
  private static let pairCount = 1024

  package init() {
    pairs = .allocate(capacity: Self.pairCount)
    pairs.initialize(repeating: WordPair(), count: Self.pairCount)
  }

  deinit { pairs.deallocate() }

  /// Whether two texts have the same key. Most do in all but the case of their letters.
  @inline(__always)
  package func haveSameKey(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let (left, right) = (ByteText(left), ByteText(right))
    return left.count == right.count && left.isSame(as: right) || compareWords(left, right)
  }

  /// Compares word by word, and by way of the folded texts where that is not enough.
  @inline(never)
  private func compareWords(_ left: ByteText, _ right: ByteText) -> Bool {
    var (index, other) = (0, 0)
    while true {
      index = left.skipParting(from: index)
      other = right.skipParting(from: other)
      guard index < left.count, other < right.count else { break }
      let kinds = (left.kind(at: index), right.kind(at: other))
      if kinds.0 == .word, kinds.1 == .word {
        let (end, otherEnd) = (left.wordEnd(from: index), right.wordEnd(from: other))
        guard haveSameStem(left, index..<end, right, other..<otherEnd) else { break }
        (index, other) = (end, otherEnd)
      } else if left.hasPlainHan(at: index), right.hasPlainHan(at: other) {
        guard folded(left, index) == folded(right, other) else { break }
        index += 3
        other += 3
      } else {
        guard kinds.0 == .mark, left[index] == right[other] else { break }
        index += 1
        other += 1
      }
    }
    return index == left.count && other == right.count || haveSameFoldedKey(left, right)
  }

  private func folded(_ text: ByteText, _ index: Int) -> UInt16 {
    HanFolding.sharedTable.base[Int(text.plainHan(at: index)) - 0x4E00]
  }

  private func haveSameStem(
    _ left: ByteText, _ range: Range<Int>, _ right: ByteText, _ other: Range<Int>
  ) -> Bool {
    let capacity = PackedWord.capacity
    guard range.count <= capacity, other.count <= capacity else { return false }
    let pair = WordPair(left: left.packed(range), right: right.packed(other))
    if pair.left == pair.right { return true }
    let place =
      pairs + (Stemmer.place(of: pair.left) ^ Stemmer.place(of: pair.right) >> 1)
      & (Self.pairCount - 1)
    if place.pointee == pair { return true }
    guard stem(pair.left) == stem(pair.right) else { return false }
    place.pointee = pair
    return true
  }

  private func stem(_ word: PackedWord) -> [UInt8] {
    var bytes: [UInt8] = []
    word.append(to: &bytes)
    stemmer.reduce(&bytes)
    return bytes
  }

  /// Compares the folded texts but for the spaces that part no words.
  private func haveSameFoldedKey(_ left: ByteText, _ right: ByteText) -> Bool {
    foldedKey(left) == foldedKey(right)
  }

  private func foldedKey(_ text: ByteText) -> [UInt32] {
    let bytes = UnsafeRawBufferPointer(start: text.base, count: text.count)
    let folded = FoldedText(Span(_unsafeBytes: bytes), .term)
    var key: [UInt32] = []
    var isParted = false
    for scalar in folded.scalars {
      guard !scalar.value.isWhitespaceScalar else {
        isParted = true
        continue
      }
      if isParted, scalar.value.isWordPart, key.last?.isWordPart == true { key.append(0x20) }
      key.append(scalar.value)
      isParted = false
    }
    return key
  }
}

extension ByteText {
  /// Whether a text as long as this one differs from it in the case of ASCII letters at the most.
  @inline(__always)
  fileprivate func isSame(as other: ByteText) -> Bool {
    var index = 0
    while index < count {
      let word = eight(at: index)
      let difference = word ^ other.eight(at: index)
      if difference & ~(word.letterMask >> 2) != 0 { return false }
      index &+= 8
    }
    return true
  }

  /// Skips spaces, and hyphens that join two words.
  fileprivate func skipParting(from start: Int) -> Int {
    var index = start
    while index < count {
      switch kind(at: index) {
      case .space: break
      case .hyphen:
        guard index > 0, index + 1 < count, kind(at: index - 1) == .word,
          kind(at: index + 1) == .word
        else { return index }
      default: return index
      }
      index += 1
    }
    return index
  }

  fileprivate func wordEnd(from start: Int) -> Int {
    var index = start
    while index < count, kind(at: index) == .word { index += 1 }
    return index
  }

  /// A word of letters and digits, in lower case.
  fileprivate func packed(_ range: Range<Int>) -> PackedWord {
    let (first, second) = (eight(at: range.lowerBound), eight(at: range.lowerBound + 8))
    return PackedWord(
      low: (first | first.letterMask >> 2).lowBytes(range.count),
      high: range.count > 8 ? (second | second.letterMask >> 2).lowBytes(range.count - 8) : 0)
  }
}
