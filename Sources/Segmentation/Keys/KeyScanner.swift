internal import Bitext

/// Makes the tokens of one text after another, in buffers that it keeps.
///
/// ASCII, the ideographs of U+4E00…U+9FFF and the marks that are common beside them are read
/// straight from the bytes. Where anything else stands, or a quotation mark, a hyphen or a comma
/// stands as few do, the stretch between the two nearest cuts is folded by ``FoldedText``, which
/// says what is right: its tokens and those of the bytes are the same.
package struct KeyScanner: ~Copyable {
  /// The tokens so far.
  package var tokens = KeyTokenBuffer(capacity: 64)
  /// A word while it is put together.
  var word: [UInt8] = []
  let stemmer = Stemmer()
  /// The simplified forms of ideographs, once there was one.
  var simplified: UnsafePointer<UInt16>?
  /// Words whose stems are still to be looked up.
  var pending = PendingWords()
  /// What is added to places: where the text starts in a longer one.
  var offset = 0

  package init() {}

  /// Appends the tokens of a text.
  ///
  /// - Parameters:
  ///   - utf8: the text, or a stretch of it between two cuts (``Swift/Span/keyCut(from:)``).
  ///   - offset: where the stretch starts in the text, in bytes.
  package mutating func scan(_ utf8: Span<UInt8>, offset: Int = 0) {
    self.offset = offset
    utf8.withUnsafeBufferPointer { bytes in
      let text = ByteText(bytes)
      let before = tokens.count
      var index = 0
      // No token before this place is made anew.
      var settled = 0
      while index < text.count {
        index = scanPlain(text, from: index)
        hashPendingWords()
        guard index < text.count else { break }
        let start = text.cut(before: index, from: settled)
        let end = text.cut(from: index + 1)
        tokens.removeTokens(from: start + offset, keeping: before)
        scanFolded(utf8.extracting(start..<end), at: start)
        (index, settled) = (end, end)
      }
    }
  }

  /// - Returns: the end of the text, or what must be folded by ``FoldedText``.
  private mutating func scanPlain(_ text: ByteText, from start: Int) -> Int {
    var index = start
    while index < text.count {
      let byte = text[index]
      var next = index
      switch text.kind(at: index) {
      case .space: next += 1
      case .word: next = scanWords(text, at: index)
      case .mark:
        addMark(UInt32(byte), index..<index + 1)
        next += 1
      case .quote, .hyphen, .general: next = scanMark(text, at: index)
      case .ideograph: next = scanIdeographs(text, at: index)
      case .other: return index
      }
      // Whoever does not know what to do stays where it is.
      guard next > index else { return index }
      index = next
    }
    return index
  }

  /// Words with a space between them.
  @inline(__always)
  private mutating func scanWords(_ text: ByteText, at start: Int) -> Int {
    var index = start
    while true {
      index = scanWord(text, at: index)
      guard index &+ 1 < text.count, text[index] == 0x20, text.kind(at: index &+ 1) == .word else {
        return index
      }
      index &+= 1
    }
  }

  private mutating func scanIdeographs(_ text: ByteText, at start: Int) -> Int {
    let table = simplified ?? HanFolding.sharedTable.base
    simplified = table
    var index = start
    while text.hasPlainHan(at: index) {
      let folded = UInt32(table[Int(text.plainHan(at: index)) - 0x4E00])
      add(.han, KeyHash.of(scalar: folded, kind: .han), index..<index + 3, .han)
      index += 3
    }
    return index
  }

  mutating func addMark(_ folded: UInt32, _ range: Range<Int>) {
    add(.punctuation, KeyHash.of(scalar: folded, kind: .punctuation), range)
  }

  @inline(__always)
  mutating func add(
    _ kind: KeyToken.Kind, _ hash: UInt64, _ range: Range<Int>, _ script: Script = .common,
    _ letterCase: LetterCase = .none
  ) {
    tokens.append(
      KeyToken(
        hash: hash, start: UInt32(truncatingIfNeeded: range.lowerBound + offset),
        end: UInt32(truncatingIfNeeded: range.upperBound + offset), kind: kind, script: script,
        letterCase: letterCase))
  }
}

/// What a byte may start.
enum ByteClass: UInt8 {
  case space, word, mark, quote, hyphen
  /// An ideograph of U+4000…U+9FFF.
  case ideograph
  /// A mark of Latin-1, of general or of CJK punctuation, or of full width.
  case general
  case other

  /// One for each byte.
  static let table = ConstantTable<ByteClass>(count: 256) { ByteClass(UInt8($0)) }

  private init(_ byte: UInt8) {
    switch byte {
    case 0x09...0x0D, 0x20: self = .space
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: self = .word
    case 0x22, 0x27: self = .quote
    case 0x2D: self = .hyphen
    case 0...0x7F: self = .mark
    case 0xE4...0xE9: self = .ideograph
    case 0xC2, 0xE2, 0xE3, 0xEF: self = .general
    default: self = .other
    }
  }
}

extension HanFolding {
  /// The simplified forms of U+4E00…U+9FFF, which are ideographs of that range.
  static let sharedTable = ConstantTable<UInt16>(count: 0x5200) {
    UInt16(truncatingIfNeeded: simplified(UInt32(0x4E00 + $0)))
  }
}
