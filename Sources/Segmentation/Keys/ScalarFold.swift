internal import CICU

/// What ``MatchKey/Folding/spelling`` makes of a scalar that folds alone, and what that is to the
/// folds that look at what stands around: all that ``KeyWriter`` knows of a scalar.
struct ScalarFold: BitwiseCopyable {
  /// UTF-8, the first byte lowest.
  private(set) var bytes: UInt32 = 0
  private(set) var count: UInt8 = 0
  /// How many of the bytes start no scalar.
  private(set) var continuing: UInt8 = 0
  private(set) var kind = Kind.unknown

  enum Kind: UInt8 {
    /// Left to ``FoldedText``.
    case unknown
    case space, quote, apostrophe
    /// Says nothing about the space beside it.
    case mark
    /// Makes an apostrophe of the mark beside it.
    case letter
    case ideograph
    /// Digits, and signs that are no marks.
    case other
  }

  /// All of ASCII.
  static let ascii = ConstantTable<ScalarFold>(count: 0x80) { ScalarFold(of: UInt32($0)) }

  /// Blocks of 64 scalars: U+0080, U+2000, U+3000, U+FF00 and U+FF40.
  static let marks = ConstantTable<ScalarFold>(count: markBlocks.count * 64) {
    ScalarFold(of: markBlocks[$0 / 64] + UInt32($0 % 64))
  }

  /// U+00C0…U+03FF: made when the first accented letter comes, since it takes ICU some time.
  static let letters = ConstantTable<ScalarFold>(count: 13 * 64) {
    ScalarFold(of: 0xC0 + UInt32($0))
  }

  private static let markBlocks: [UInt32] = [0x80, 0x2000, 0x3000, 0xFF00, 0xFF40]

  static var unknown: ScalarFold { ScalarFold() }

  private init() {}

  /// Folds a scalar between two letters, as texts are folded; ``Kind/unknown`` where what comes
  /// out depends on more than is said here, or takes more bytes than the scalar.
  private init(of scalar: UInt32) {
    guard scalar.isDirect, let value = Unicode.Scalar(scalar), let utf8 = UTF8.encode(value) else {
      return
    }
    let text = [0x61] + utf8 + [0x61]
    let folded = FoldedText(text.span, .spelling)
    let own = 1..<max(folded.scalars.count - 1, 1)
    var fold = ScalarFold()
    for index in own where !fold.append(folded.scalars[index].value) { return }
    // A key is written where there is room for its text; Ǆ would be dž.
    let isWhole = own.count == 1 || fold.kind == .mark || fold.kind == .letter
    if isWhole, Int(fold.count) <= utf8.count { self = fold }
  }

  /// Takes one more scalar, if it is known and of the same kind as those before it.
  private mutating func append(_ scalar: UInt32) -> Bool {
    let kind = Kind(of: scalar)
    guard scalar.isDirect, count == 0 || kind == self.kind,
      let utf8 = Unicode.Scalar(scalar).flatMap({ UTF8.encode($0) }),
      Int(count) + utf8.count <= MemoryLayout.size(ofValue: bytes)
    else { return false }
    self.kind = kind
    for byte in utf8 {
      bytes |= UInt32(byte) << UInt32(8 * count)
      count += 1
    }
    continuing += UInt8(utf8.count - 1)
    return true
  }
}

extension ScalarFold.Kind {
  fileprivate init(of folded: UInt32) {
    switch folded {
    case 0x20: self = .space
    case 0x22: self = .quote
    case 0x27: self = .apostrophe
    default:
      self =
        folded.isHanScalar
        ? .ideograph : folded.isMark ? .mark : folded.isLetterLike ? .letter : .other
    }
  }
}

extension UInt32 {
  /// ASCII, the letters of Latin and Greek, and the marks of Chinese and English: none of them
  /// composes with what stands before it, and none is invisible but U+00AD, which folds to nothing.
  fileprivate var isDirect: Bool {
    switch self {
    case 0...0x7F, 0xA0...0x24F, 0x370...0x3FF, 0x2010...0x2027, 0x3000...0x3020, 0xFF01...0xFF5E:
      true
    default: false
    }
  }
}
