internal import Bitext

extension KeyScanner {
  /// Adds the word or number that starts at an ASCII letter or digit.
  ///
  /// - Returns: where it ends.
  @inline(__always)
  mutating func scanWord(_ text: ByteText, at start: Int) -> Int {
    let first = text.eight(at: start)
    var letters = first.letterMask
    var count = (letters | first.digitMask).leadingMaskCount
    letters = letters.lowBytes(count)
    let capitals = letters & ~(first << 2)
    var word = PackedWord(low: (first | letters >> 2).lowBytes(count), high: 0)
    var shape = ShapeMasks(letters: letters, capitals: capitals)
    if count == 8 {
      let second = text.eight(at: start + 8)
      letters = second.letterMask
      let length = (letters | second.digitMask).leadingMaskCount
      if length == 8 { return scanLongWord(text, at: start) }
      letters = letters.lowBytes(length)
      word.high = (second | letters >> 2).lowBytes(length)
      shape.append(letters: letters, capitals: letters & ~(second << 2))
      count += length
    }
    let end = start + count
    if end < text.count, text.mayGoOn(at: end, hasLetters: shape.letters != 0) {
      return scanLongWord(text, at: start)
    }
    if shape.letters != 0 {
      // What has no stem of its own is not looked up.
      if count < Stemmer.shortestReduced {
        let hash = KeyHash.of(word, count: count, kind: .word)
        add(.word, hash, start..<end, .latin, shape.letterCase)
      } else {
        let place = Stemmer.place(of: word)
        pending.append(PendingWords.Item(word: word, place: place, token: tokens.count))
        add(.word, 0, start..<end, .latin, shape.letterCase)
        if pending.count == PendingWords.capacity { hashPendingWords() }
      }
    } else {
      add(.number, KeyHash.of(word, count: count, kind: .number), start..<end)
    }
    return end
  }

  /// Adds a word or number of any length, with the apostrophes, decimal points and commas in it.
  @inline(never)
  private mutating func scanLongWord(_ text: ByteText, at start: Int) -> Int {
    word.removeAll(keepingCapacity: true)
    var hasLetter = false
    // Whether commas before three digits still belong to the number.
    var isGrouped = true
    var index = start
    var end = start
    while index < text.count {
      let byte = text[index]
      if text.hasLetter(at: index) {
        word.append(byte | 0x20)
        (hasLetter, isGrouped) = (true, false)
        index += 1
      } else if text.hasDigit(at: index) {
        word.append(byte)
        index += 1
      } else if byte == 0x2E, text.hasDigit(at: index - 1), text.hasDigit(at: index + 1) {
        word.append(byte)
        isGrouped = false
        index += 1
        continue
      } else if byte == 0x2C, isGrouped, text.hasThreeDigits(at: index + 1) {
        index += 1
        continue
      } else if let length = text.apostropheLength(at: index),
        hasLetter, text.hasLetter(at: index + length), text.followsLetter(index, from: start)
      {
        word.append(0x27)
        isGrouped = false
        index += length
        continue
      } else {
        break
      }
      end = index
    }
    guard hasLetter else {
      add(.number, KeyHash.of(bytes: word, kind: .number), start..<end)
      return end
    }
    let bytes = UnsafeRawBufferPointer(start: text.base + start, count: end - start)
    let shape = WordShape(Span(_unsafeBytes: bytes))
    add(.word, stemHash(), start..<end, shape.script, shape.letterCase)
    return end
  }

  /// The hash of the stem of what ``word`` holds, kept by the hash of the word: texts repeat their
  /// words.
  mutating func stemHash() -> UInt64 {
    let whole = KeyHash.of(bytes: word, kind: .word)
    if let known = stemmer.known(whole) { return known }
    word.dropPossessive()
    stemmer.reduce(&word)
    let stem = KeyHash.of(bytes: word, kind: .word)
    stemmer.remember(stem, for: whole)
    return stem
  }

  /// Gives the words that wait the hashes of their stems.
  @inline(never)
  mutating func hashPendingWords() {
    pending.touch(stemmer)
    for index in 0..<pending.count {
      let item = pending.items[index]
      let hash = stemmer.known(item.word, at: item.place) ?? newStemHash(item.word, at: item.place)
      tokens.setHash(hash, at: item.token)
    }
    pending.count = 0
  }

  @inline(never)
  private mutating func newStemHash(_ packed: PackedWord, at place: Int) -> UInt64 {
    word.removeAll(keepingCapacity: true)
    packed.append(to: &word)
    stemmer.reduce(&word)
    let stem = KeyHash.of(bytes: word, kind: .word)
    stemmer.remember(stem, for: packed, at: place)
    return stem
  }
}

/// Words that wait until there are so many that looking up their stems in one go makes the memory
/// fetch them side by side.
struct PendingWords: ~Copyable {
  struct Item {
    var word: PackedWord
    /// In the cache of stems.
    var place: Int
    var token: Int
  }

  /// 2 KiB, of which nothing leaves the fastest cache before it is needed.
  static let capacity = 64

  let items: UnsafeMutablePointer<Item>
  var count = 0
  /// Keeps what was read from being left out as useless.
  private var sink: UInt64 = 0

  init() { items = .allocate(capacity: Self.capacity) }

  deinit { items.deallocate() }

  @inline(__always)
  mutating func append(_ item: Item) {
    (items + count).initialize(to: item)
    count &+= 1
  }

  @inline(__always)
  mutating func touch(_ stemmer: borrowing Stemmer) {
    var sum: UInt64 = 0
    for index in 0..<count { sum &+= stemmer.touch(items[index].place) }
    sink = sum
  }
}

/// The letters of a word, as masks of the highest bits of their bytes.
private struct ShapeMasks {
  var letters: UInt64
  var capitals: UInt64

  /// Adds the second eight bytes of a word, in bits that the first ones leave free.
  @inline(__always)
  mutating func append(letters more: UInt64, capitals moreCapitals: UInt64) {
    // The lower the bit the earlier the letter: those of the first eight bytes get the lower ones.
    letters = (letters >> 7).packedMask | (more >> 7).packedMask << 8
    capitals = (capitals >> 7).packedMask | (moreCapitals >> 7).packedMask << 8
  }

  @inline(__always)
  var letterCase: LetterCase {
    guard capitals != 0 else { return .lower }
    let hasOne = capitals & (capitals &- 1) == 0
    if capitals == letters { return hasOne ? .capitalized : .upper }
    return hasOne && letters & (0 &- letters) == capitals ? .capitalized : .mixed
  }
}

extension UInt64 {
  /// The lowest bit of each byte, in the lowest eight bits: a product gathers them at the top.
  @inline(__always)
  fileprivate var packedMask: UInt64 { (self &* 0x0102_0408_1020_4080) >> 56 }
}

extension ByteText {
  /// Whether a run of letters and digits may go on behind a mark: 1164.5, 1,164, don't.
  @inline(__always)
  fileprivate func mayGoOn(at index: Int, hasLetters: Bool) -> Bool {
    switch self[index] {
    case 0x2E: hasDigit(at: index - 1) && hasDigit(at: index + 1)
    case 0x2C: !hasLetters && hasDigit(at: index + 1)
    case 0x27: hasLetters && hasLetter(at: index + 1)
    case 0xE2: hasLetters && byte(at: index + 1) == 0x80 && byte(at: index + 2) == 0x99
    default: false
    }
  }

  /// The length of an apostrophe, straight or curved.
  fileprivate func apostropheLength(at index: Int) -> Int? {
    if self[index] == 0x27 { return 1 }
    return self[index] == 0xE2 && byte(at: index + 1) == 0x80 && byte(at: index + 2) == 0x99
      ? 3 : nil
  }

  /// Whether the digits of thousands stand here, and no fourth one.
  fileprivate func hasThreeDigits(at index: Int) -> Bool {
    for offset in 0..<3 where !hasDigit(at: index + offset) { return false }
    return !hasDigit(at: index + 3)
  }

  /// Whether the digits before a place follow a letter, if there are any: 90's is two tokens,
  /// H1N1's one.
  fileprivate func followsLetter(_ end: Int, from start: Int) -> Bool {
    var index = end - 1
    while index > start, hasDigit(at: index) { index -= 1 }
    return index >= start && hasLetter(at: index)
  }
}
