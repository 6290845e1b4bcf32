/// The hashes of key tokens.
enum KeyHash {
  /// Of a token that is one scalar. Different scalars and kinds have different hashes.
  @inline(__always)
  static func of(scalar: UInt32, kind: KeyToken.Kind) -> UInt64 {
    mixed(UInt64(scalar) | UInt64(kind.rawValue) << 56)
  }

  /// Of a word or a number, by its folded bytes.
  static func of(bytes: [UInt8], kind: KeyToken.Kind) -> UInt64 {
    // FNV-1a, then a final mix, since its high bits alone are weak.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(kind.rawValue)
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return mixed(hash)
  }

  /// The same of a word of sixteen bytes at the most.
  @inline(__always)
  static func of(_ word: PackedWord, count: Int, kind: KeyToken.Kind) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(kind.rawValue)
    var rest = word.low
    for index in 0..<count {
      if index == 8 { rest = word.high }
      hash = (hash ^ (rest & 0xFF)) &* 0x100_0000_01B3
      rest >>= 8
    }
    return mixed(hash)
  }

  /// Of a symbol that compatibility makes several scalars of, one after the other.
  static func of(symbol scalar: UInt32, after hash: UInt64) -> UInt64 {
    of(scalar: scalar, kind: .punctuation) &+ hash &* 31
  }

  /// The finaliser of MurmurHash3 (Appleby, 2011), which spreads every bit.
  @inline(__always)
  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    value = (value ^ (value >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return value ^ (value >> 33)
  }
}

/// A word of one to sixteen bytes in two numbers, the first byte lowest and zeros behind the last.
/// Words hold no zero, so that two are the same when their numbers are.
struct PackedWord: Equatable {
  var low: UInt64
  var high: UInt64

  static let capacity = 16

  /// Puts the bytes behind others.
  func append(to bytes: inout [UInt8]) {
    for part in [low, high] {
      var rest = part
      while rest != 0 {
        bytes.append(UInt8(truncatingIfNeeded: rest))
        rest >>= 8
      }
    }
  }
}
