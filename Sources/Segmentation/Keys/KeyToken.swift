internal import Bitext
internal import CICU

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
  public init() {}

  /// The tokens of a text in UTF-8, in order.
  public func tokens(of utf8: Span<UInt8>) -> [KeyToken] {
    // Words are brought to their stems one by one below, as bytes.
    let text = FoldedText(utf8, .term.subtracting(.inflection))
    var scanner = KeyScanner(capacity: utf8.count / 4)
    scanner.scan(text.scalars.span, utf8)
    return scanner.tokens
  }

  /// The tokens of a string.
  public func tokens(of text: String) -> [KeyToken] {
    let bytes = Array(text.utf8)
    return tokens(of: bytes.span)
  }
}

private struct KeyScanner: ~Copyable {
  var tokens: [KeyToken] = []
  private var word: [UInt8] = []
  private let stemmer = Stemmer()

  init(capacity: Int) { tokens.reserveCapacity(capacity) }

  mutating func scan(_ text: Span<FoldedText.Scalar>, _ utf8: Span<UInt8>) {
    var index = 0
    while index < text.count {
      let scalar = text[index]
      if 0x4E00...0x9FFF ~= scalar.value,
        index + 1 == text.count || text[index + 1].start != scalar.start
      {
        add(.han, hash: hash(scalar: scalar.value, kind: .han), scalar, scalar, .han)
        index += 1
        continue
      }
      if scalar.value.isWordScalar {
        let end = addWord(text, at: index, utf8)
        if end > index {
          index = end
          continue
        }
      }
      let end = text.spanEnd(at: index)
      if end > index + 1 {
        addSpan(text.extracting(index..<end))
      } else if scalar.value.isHanScalar {
        add(.han, hash: hash(scalar: scalar.value, kind: .han), scalar, scalar, .han)
      } else if !scalar.value.isWhitespaceScalar {
        add(.punctuation, hash: hash(scalar: scalar.value, kind: .punctuation), scalar, scalar)
      }
      index = end
    }
  }

  /// - Returns: where the word ends in the scalars; its start when there is none.
  private mutating func addWord(
    _ text: Span<FoldedText.Scalar>, at start: Int, _ utf8: Span<UInt8>
  ) -> Int {
    let found = text.word(at: start)
    guard found.end > start else { return start }
    word.removeAll(keepingCapacity: true)
    for index in start..<found.end {
      let value = text[index].value
      if value < 0x80 {
        word.append(UInt8(value))
      } else if let scalar = Unicode.Scalar(value) {
        word.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    let (first, last) = (text[start], text[found.end - 1])
    guard !found.isNumber else {
      add(.number, hash: hash(bytes: word, kind: .number), first, last)
      return found.end
    }
    let shape = WordShape(utf8.extracting(Int(first.start)..<Int(last.end)))
    add(.word, hash: stemHash(), first, last, shape.script, shape.letterCase)
    return found.end
  }

  /// The hash of the word's stem, kept by the hash of the word: texts repeat their words.
  private mutating func stemHash() -> UInt64 {
    let whole = hash(bytes: word, kind: .word)
    if let known = stemmer.known(whole) { return known }
    word.dropPossessive()
    stemmer.reduce(&word)
    let stem = hash(bytes: word, kind: .word)
    stemmer.remember(stem, for: whole)
    return stem
  }

  /// Adds scalars that share their bytes, and so can be but one token: ½, or a mark with an accent.
  private mutating func addSpan(_ scalars: Span<FoldedText.Scalar>) {
    let (first, last) = (scalars[0], scalars[scalars.count - 1])
    var hash: UInt64 = 0
    for index in scalars.indices {
      hash = self.hash(scalar: scalars[index].value, kind: .punctuation) &+ hash &* 31
    }
    let isHan = first.value.isHanScalar
    add(isHan ? .han : .punctuation, hash: hash, first, last, isHan ? .han : .common)
  }

  private mutating func add(
    _ kind: KeyToken.Kind, hash: UInt64, _ first: FoldedText.Scalar, _ last: FoldedText.Scalar,
    _ script: Script = .common, _ letterCase: LetterCase = .none
  ) {
    tokens.append(
      KeyToken(
        hash: hash, start: first.start, end: last.end, kind: kind, script: script,
        letterCase: letterCase))
  }

  private func hash(scalar: UInt32, kind: KeyToken.Kind) -> UInt64 {
    mixed(UInt64(scalar) | UInt64(kind.rawValue) << 56)
  }

  private func hash(bytes: [UInt8], kind: KeyToken.Kind) -> UInt64 {
    // FNV-1a, then a final mix, since its high bits alone are weak.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(kind.rawValue)
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return mixed(hash)
  }

  /// The finaliser of MurmurHash3 (Appleby, 2011), which spreads every bit.
  private func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
    value = (value ^ value >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return value ^ value >> 33
  }
}
