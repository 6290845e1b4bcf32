internal import Segmentation

/// The names in Latin letters of one side, to be found in the ideographs of the other by how these
/// are read: "Qingyang" in 陈清扬.
struct NameIndex {
  private struct Entry {
    /// The ``KeyToken/hash`` of the name.
    var hash: UInt64
    /// Whether it is written as a name where no sentence starts.
    var isInside: Bool
  }

  /// By the hash of their letters.
  private var numbers = KeyNumbers()
  private var entries: [Entry] = []
  /// The hashes of all beginnings of their letters.
  private var beginnings = KeyNumbers()
  /// The words that are also written in lower case, which are no names: "long", "women".
  private var words = KeyNumbers()

  /// Characters of a name part at the most: 欧阳 and 司马相如's given name have two, places three.
  private static let mostCharacters = 4
  /// How much a name says that sounds the same; less than a word of the lexicon, for another
  /// character may sound so too.
  private static let weight: Float = 0.8
  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Takes note of a word of the text.
  mutating func note(_ token: KeyToken, _ utf8: Span<UInt8>, isFirst: Bool) {
    switch token.letterCase {
    case .lower: _ = words.number(of: token.hash)
    case .capitalized, .upper:
      guard token.end - token.start > 1,
        let letters = hash(utf8.extracting(token.range))
      else { return }
      let number = numbers.number(of: letters)
      if number == entries.count { entries.append(Entry(hash: token.hash, isInside: false)) }
      if !isFirst { entries[number].isInside = true }
    default: break
    }
  }

  /// The longest name that the characters from a token on are read as.
  func longestReading(
    _ tokens: Span<KeyToken>, _ utf8: Span<UInt8>, at start: Int, minimum: Int
  ) -> (length: Int, translation: Lexicon.Translation)? {
    guard !entries.isEmpty else { return nil }
    var hash = Self.seed
    var best: (Int, Lexicon.Translation)?
    var length = 0
    var end = tokens[start].start
    while length < Self.mostCharacters, start + length < tokens.count {
      let token = tokens[start + length]
      if token.kind != .han || token.start != end { break }
      end = token.end
      guard extend(&hash, utf8.scalar(at: Int(token.start)).value), beginnings[hash] != nil else {
        break
      }
      length += 1
      if length >= minimum, let name = name(hash, length) { best = (length, name) }
    }
    return best
  }

  private func extend(_ hash: inout UInt64, _ scalar: UInt32) -> Bool {
    guard let letters = Pinyin.letters(of: scalar) else { return false }
    for letter in letters { hash = Self.extend(hash, letter) }
    return true
  }

  private func name(_ letters: UInt64, _ length: Int) -> Lexicon.Translation? {
    guard let entry = numbers[letters].map({ entries[$0] }), words[entry.hash] == nil,
      length > 1 || entry.isInside
    else { return nil }
    return Lexicon.Translation(hash: entry.hash, weight: Self.weight)
  }

  /// The hash of a word's letters in lower case, without apostrophes; `nil` for other letters than
  /// those of pinyin. Its beginnings are noted.
  private mutating func hash(_ word: Span<UInt8>) -> UInt64? {
    var hash = Self.seed
    var index = 0
    while index < word.count {
      let scalar = word.scalar(at: index)
      index += scalar.length
      switch scalar.value {
      case 0x61...0x7A: hash = Self.extend(hash, UInt8(scalar.value))
      case 0x41...0x5A: hash = Self.extend(hash, UInt8(scalar.value | 0x20))
      case 0xFC, 0xDC: hash = Self.extend(hash, 0x75)
      case 0x27, 0x2D, 0x2019: continue
      default: return nil
      }
      _ = beginnings.number(of: hash)
    }
    return hash
  }

  private static func extend(_ hash: UInt64, _ letter: UInt8) -> UInt64 {
    (hash ^ UInt64(letter)) &* 0x100_0000_01B3
  }
}
