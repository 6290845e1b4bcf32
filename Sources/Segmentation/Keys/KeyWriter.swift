/// Writes the key of a text, as ``FoldedText`` folds it for ``MatchKey/Folding/spelling``, in one
/// pass from UTF-8 to UTF-8, as long as each scalar folds alone.
///
/// No fold looks ahead: a space is written when it comes, and taken back when what comes after it
/// says so. At no time has a key more bytes than the text that was read for it.
struct KeyWriter: ~Copyable {
  /// A write takes eight bytes, whatever counts of them.
  static let slack = 8

  let text: ByteText
  let key: UnsafeMutablePointer<UInt8>
  let ascii = ScalarFold.ascii.base
  /// Made when the first mark comes: ICU takes some time to begin.
  var marks: UnsafePointer<ScalarFold> { ScalarFold.marks.base }
  /// The next byte of the text.
  var index = 0
  /// How many bytes of the key are written.
  var count = 0
  /// How many of them start no scalar.
  private var continuing = 0
  /// Whether the last scalar that is no mark is an ideograph.
  var lastIsIdeograph = false

  /// - Parameters:
  ///   - text: a text in UTF-8.
  ///   - key: has room for as many bytes, and for ``slack``.
  init(_ text: UnsafeBufferPointer<UInt8>, to key: UnsafeMutablePointer<UInt8>) {
    self.text = ByteText(text)
    self.key = key
  }

  var scalarCount: Int { count - continuing }

  /// Writes the whole key.
  ///
  /// - Returns: whether there was nothing that ``FoldedText`` alone can fold, and no invalid byte.
  mutating func write() -> Bool {
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        writeASCII(byte)
      } else if byte &- 0xE4 < 6 {
        guard writeIdeographs() else { return false }
      } else {
        guard writeFolded() else { return false }
      }
    }
    finish()
    return true
  }

  /// Writes a run of U+4000…U+9FFF without what is no ideograph there.
  @inline(__always)
  private mutating func writeIdeographs() -> Bool {
    beginIdeograph()
    // Kept out of memory, on which each turn would wait.
    var place = index
    var end = count
    var word = text.eight(at: place)
    while word.startsWithIdeograph {
      store(word, at: end)
      guard (word >> 24).startsWithIdeograph else {
        place &+= 3
        end &+= 3
        break
      }
      place &+= 6
      end &+= 6
      word = text.eight(at: place)
    }
    let length = place &- index
    continuing &+= length / 3 &* 2
    (index, count) = (place, end)
    return length > 0
  }

  /// Writes a run of ASCII as far as it is plain, and the character after it.
  @inline(__always)
  private mutating func writeASCII(_ first: UInt8) {
    var next = first
    if lastIsIdeograph {
      if first == 0x20 {
        index &+= 1
        return
      }
      lastIsIdeograph = !first.isLetterOrDigit
    }
    if !lastIsIdeograph {
      writePlainASCII()
      guard index < text.count else { return }
      next = text[index]
      guard next < 0x80 else { return }
    }
    index &+= 1
    write(ascii[Int(next)])
  }

  /// Writes ASCII up to what is not simply copied.
  private mutating func writePlainASCII() {
    var place = index
    var end = count
    // At the start no space is written, as after a space.
    var before: UInt64 = isAfterSpace || count == 0 ? 0x8000 : 0
    if count > 1, key[count &- 2] == 0x20 { before |= 0x80 }
    while true {
      let word = text.eight(at: place)
      let stops = word.stops(after: before)
      store(word | word.capitalMask >> 2, at: end)
      guard stops == 0 else {
        let length = stops.trailingZeroBitCount >> 3
        (index, count) = (place &+ length, end &+ length)
        return
      }
      place &+= 8
      end &+= 8
      // The two bytes before are now the same in the text and in the key.
      while place &+ 16 <= text.count, let folded = text.plainSixteen(at: place) {
        UnsafeMutableRawPointer(key + end).storeBytes(of: folded, as: SIMD16<UInt8>.self)
        place &+= 16
        end &+= 16
      }
      before = key[end &- 1] == 0x20 ? 0x8000 : 0
      if key[end &- 2] == 0x20 { before |= 0x80 }
    }
  }

  /// Writes what the tables know, and ideographs that are seldom met.
  @inline(__always)
  private mutating func writeFolded() -> Bool {
    let word = text.eight(at: index)
    let (fold, length) = fold(word)
    if fold.kind != .unknown {
      index += length
      write(fold)
      return true
    }
    let rare = word.rareIdeographLength
    guard rare > 0 else { return false }
    beginIdeograph()
    store(word, at: count)
    index += rare
    count += rare
    continuing += rare - 1
    return true
  }

  /// What a scalar folds to that stands at the start of eight bytes, and its length in the text.
  @inline(__always)
  func fold(_ word: UInt64) -> (ScalarFold, Int) {
    let third = Int(truncatingIfNeeded: word >> 16 & 0x3F)
    switch word & 0xC0_FFFF {
    case 0x80_80E2: return (marks[64 + third], 3)
    case 0x80_80E3: return (marks[128 + third], 3)
    case 0x80_BCEF: return (marks[192 + third], 3)
    case 0x80_BDEF: return (marks[256 + third], 3)
    default: break
    }
    let second = Int(truncatingIfNeeded: word >> 8 & 0x3F)
    if word & 0xC0FF == 0x80C2 { return (marks[second], 2) }
    let lead = Int(truncatingIfNeeded: word & 0xFF)
    if lead < 0x80 { return (ascii[lead], 1) }
    guard 0xC3...0xCF ~= lead, word & 0xC000 == 0x8000 else { return (ScalarFold.unknown, 0) }
    return (ScalarFold.letters.base[(lead - 0xC3) * 64 + second], 2)
  }

  /// Writes a scalar of the tables; `index` is behind it.
  @inline(__always)
  private mutating func write(_ fold: ScalarFold) {
    switch fold.kind {
    case .space: return writeSpace()
    case .apostrophe where !joinsLetters: return append(0x22)
    case .ideograph: beginIdeograph()
    case .letter, .other: lastIsIdeograph = false
    default: break
    }
    UnsafeMutableRawPointer(key + count).storeBytes(of: fold.bytes.littleEndian, as: UInt32.self)
    count &+= Int(fold.count)
    continuing &+= Int(fold.continuing)
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    key[count] = byte
    count &+= 1
  }

  @inline(__always)
  private func store(_ word: UInt64, at place: Int) {
    UnsafeMutableRawPointer(key + place).storeBytes(of: word.littleEndian, as: UInt64.self)
  }
}

extension ByteText {
  /// Sixteen bytes of a text in small letters, when none of them is what
  /// ``UInt64/stops(after:)`` calls a stop. There are sixteen, and two before them.
  @inline(__always)
  fileprivate func plainSixteen(at place: Int) -> SIMD16<UInt8>? {
    let bytes = base.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
    let last = base.loadUnaligned(fromByteOffset: place &- 1, as: SIMD16<UInt8>.self)
    let lastButOne = base.loadUnaligned(fromByteOffset: place &- 2, as: SIMD16<UInt8>.self)
    let space = SIMD16<UInt8>(repeating: 0x20)
    let isSpace = mask(bytes .== space)
    let isAfterSpace = mask(last .== space) | mask(lastButOne .== space)
    // From U+0028 to U+007F.
    let isCommon = mask(bytes &- SIMD16(repeating: 0x28) .< SIMD16(repeating: 0x58))
    let plain = isCommon | isSpace & ~isAfterSpace
    guard unsafeBitCast(plain, to: SIMD2<Int64>.self) == SIMD2(repeating: -1) else { return nil }
    let isCapital = mask(bytes &- SIMD16(repeating: 0x41) .< SIMD16(repeating: 26))
    return bytes | isCapital & space
  }

  /// All bits of each byte that is meant.
  @inline(__always)
  private func mask(_ comparison: SIMDMask<SIMD16<Int8>>) -> SIMD16<UInt8> {
    unsafeBitCast(comparison, to: SIMD16<UInt8>.self)
  }
}

/// Eight bytes at once. Masks have the highest bit of each byte that is meant.
extension UInt64 {
  /// Whether an ideograph of three bytes starts here: U+4000…U+9FFF, but for the hexagrams.
  @inline(__always)
  var startsWithIdeograph: Bool {
    self & 0xC0_C000 == 0x80_8000 && UInt8(truncatingIfNeeded: self) &- 0xE4 < 6
      && self & 0xFFFF != 0xB7E4
  }

  /// The bytes of an ideograph of U+3400…U+3FFF or U+20000…U+2F7FF that starts here, or 0.
  var rareIdeographLength: Int {
    if self & 0xC0_C0FF == 0x80_80E3, self & 0xFF00 >= 0x9000 { return 3 }
    let isCompatible = self & 0xE0_FFFF == 0xA0_AFF0
    return self & 0xC0C0_F0FF == 0x8080_A0F0 && !isCompatible ? 4 : 0
  }

  /// The bytes of a text that are not written as they are but for capitals: those that are no
  /// ASCII, control characters, quotation marks and what ASCII has between them, and spaces that
  /// may have to go or to take another one with them, which one stands before or the next but one.
  ///
  /// - Parameter before: the lowest two bytes are the spaces of the two bytes before.
  /// - Returns: the highest bit of these bytes.
  @inline(__always)
  fileprivate func stops(after before: UInt64) -> UInt64 {
    let low = self & 0x7F7F_7F7F_7F7F_7F7F
    // Adding 0x80 less a bound sets the highest bit from that bound on.
    let notSpaces = (low ^ 0x2020_2020_2020_2020) &+ 0x7F7F_7F7F_7F7F_7F7F | self
    let spaces = ~notSpaces & 0x8080_8080_8080_8080
    let beyondQuotes = low &+ 0x5858_5858_5858_5858
    let others = (notSpaces & ~beyondQuotes | self) & 0x8080_8080_8080_8080
    return others | spaces & (spaces << 8 | spaces << 16 | before | before >> 8)
  }

  /// The bytes that are ASCII capitals.
  @inline(__always)
  fileprivate var capitalMask: UInt64 {
    let low = self & 0x7F7F_7F7F_7F7F_7F7F
    let fromA = low &+ 0x3F3F_3F3F_3F3F_3F3F
    let beyondZ = low &+ 0x2525_2525_2525_2525
    return fromA & ~beyondZ & ~self & 0x8080_8080_8080_8080
  }
}
