internal import Bitext
internal import CICU

/// A text's scalars after folding, each with the bytes that it came from: what ``MatchKey`` and
/// ``KeyTokenizer`` are made of.
///
/// Scalars that are normalised together (a letter and its accents) have the bytes of all of them.
/// ASCII and ideographs are folded here; the rest goes to ICU, a run of it at a call.
struct FoldedText: ~Copyable {
  typealias Scalar = concord_icu_scalar

  let folding: MatchKey.Folding
  var scalars: [Scalar] = []
  private let foldsCase: Bool
  private let foldsScript: Bool
  private let simplified: [UInt16]
  /// Whether a fold that looks at what stands around has anything to do.
  private var hasQuotes = false
  private var hasHyphens = false
  private var hasCommas = false
  private var hasSpaces = false
  private var hasHan = false

  /// - Complexity: linear in the text.
  init(_ utf8: Span<UInt8>, _ folding: MatchKey.Folding) {
    self.folding = folding
    scalars.reserveCapacity(utf8.count)
    foldsCase = folding.contains(.letterCase)
    foldsScript = folding.contains(.script)
    simplified = foldsScript ? HanFolding.toSimplified : []
    let normalizes = folding.normalizes
    var index = 0
    while index < utf8.count {
      let byte = utf8[index]
      if byte < 0x80, index + 1 == utf8.count || utf8[index + 1] < 0x80 {
        append(UInt32(foldsCase && byte &- 0x41 < 26 ? byte | 0x20 : byte), index, index + 1)
        index += 1
        continue
      }
      let (scalar, length) = utf8.scalar(at: index)
      let next = index + length
      if scalar.isPlainHan, next == utf8.count || utf8.startsPlainly(at: next) {
        append(scalar, index, next)
        index = next
        continue
      }
      if !normalizes || scalar.foldsAlone && utf8.hasBoundary(at: next) {
        if !folding.contains(.invisibles) || !scalar.isInvisible {
          append(foldedAlone(scalar), index, next)
        }
        index = next
      } else {
        index = appendNormalized(utf8, from: index)
      }
    }
    foldContext()
  }

  /// Runs the folds that look at what stands around, those that have anything to do.
  private mutating func foldContext() {
    let folding = folding
    if hasQuotes, !folding.isDisjoint(with: [.quotes, .quoting]) {
      rewrite { $0.foldQuotes(folding) }
    }
    if hasSpaces, !folding.isDisjoint(with: [.whiteSpace, .spacing]) {
      let hasHan = hasHan
      rewrite { $0.foldSpaces(folding, hasHan: hasHan) }
    }
    if hasHyphens, folding.contains(.hyphenation) { rewrite { $0.foldHyphens(folding) } }
    if hasCommas, folding.contains(.digitGrouping) { rewrite { $0.foldCommas() } }
    if folding.contains(.inflection) { foldInflection() }
  }

  /// Runs a fold that returns how many scalars it keeps.
  private mutating func rewrite(_ fold: (inout MutableSpan<Scalar>) -> Int) {
    var span = scalars.mutableSpan
    let kept = fold(&span)
    scalars.removeLast(scalars.count - kept)
  }

  /// What a scalar becomes that ICU is not asked about.
  private func foldedAlone(_ scalar: UInt32) -> UInt32 {
    if scalar.isPlainHan || !folding.normalizes { return scalar }
    var folded = scalar
    switch scalar {
    case 0xFF01...0xFF5E where folding.contains(.width): folded -= 0xFEE0
    case 0x3000 where folding.contains(.width): return 0x20
    case 0xA0 where folding.contains(.compatibility): return 0x20
    case 0x2011 where folding.contains(.compatibility): return 0x2010
    case 0xFF21...0xFF3A where folding.contains(.letterCase): return folded + 0x20
    default: break
    }
    return folding.contains(.letterCase) && 0x41...0x5A ~= folded ? folded | 0x20 : folded
  }

  /// Hands a run over to ICU, up to a scalar before which a text can be cut.
  ///
  /// - Returns: where the run ends.
  private mutating func appendNormalized(_ utf8: Span<UInt8>, from start: Int) -> Int {
    var run: [Scalar] = []
    var index = start
    repeat {
      let (scalar, length) = utf8.scalar(at: index)
      let end = index + length
      run.append(
        Scalar(value: scalar.isScalar ? scalar : 0xFFFD, start: UInt32(index), end: UInt32(end)))
      index = end
    } while !utf8.hasBoundary(at: index)
    var folded = [Scalar](repeating: Scalar(), count: run.count * 4 + 16)
    var count = fold(run, to: &folded)
    if count > folded.count {
      folded = [Scalar](repeating: Scalar(), count: count)
      count = fold(run, to: &folded)
    }
    // ICU fails for want of memory alone; then the run stays as it is.
    for scalar in count < 0 ? run[...] : folded.prefix(count) {
      append(scalar.value, Int(scalar.start), Int(scalar.end))
    }
    return index
  }

  private func fold(_ run: [Scalar], to folded: inout [Scalar]) -> Int {
    Int(concord_icu_fold(run, Int32(run.count), folding.flags, &folded, Int32(folded.count)))
  }

  /// Folds the shape of a mark or an ideograph, and appends it.
  @inline(__always)
  private mutating func append(_ scalar: UInt32, _ start: Int, _ end: Int) {
    var value = scalar
    if value < 0x80 {
      note(ascii: value)
    } else if value.isPlainHan {
      hasHan = true
      if foldsScript { value = HanFolding.look(up: value, in: simplified) }
    } else {
      value = foldedShape(value)
    }
    scalars.append(Scalar(value: value, start: UInt32(start), end: UInt32(end)))
  }

  @inline(__always)
  private mutating func note(ascii value: UInt32) {
    guard value < 0x2E else { return }
    switch value {
    case 0x09...0x0D, 0x20: hasSpaces = true
    case 0x22, 0x27: hasQuotes = true
    case 0x2C: noteComma()
    case 0x2D: hasHyphens = true
    default: break
    }
  }

  private mutating func foldedShape(_ scalar: UInt32) -> UInt32 {
    var value = scalar
    if value.isQuoteMark { hasQuotes = true }
    if value.isKeyHyphen { hasHyphens = true }
    if value.isKeySpace { hasSpaces = true }
    if value.isHanScalar { hasHan = true }
    if folding.contains(.dashes) { value = value.foldedDash }
    if folding.contains(.punctuation) { value = value.foldedPunctuation }
    if folding.contains(.brackets) { value = value.foldedBracket }
    if value == 0x2C { noteComma() }
    return value
  }

  /// Only a comma after a digit may be one of thousands; a quotation mark between may be left out.
  private mutating func noteComma() {
    if let last = scalars.last, last.value.isASCIIDigitScalar || last.value.isQuoteMark {
      hasCommas = true
    }
  }
}

extension MatchKey.Folding {
  fileprivate var flags: UInt32 {
    var flags = 0
    if contains(.compatibility) { flags |= CONCORD_FOLD_COMPATIBILITY }
    if contains(.width) { flags |= CONCORD_FOLD_WIDTH }
    if contains(.letterCase) { flags |= CONCORD_FOLD_CASE }
    if contains(.invisibles) { flags |= CONCORD_FOLD_INVISIBLES }
    return UInt32(flags)
  }
}

extension Span<UInt8> {
  /// Whether a byte starts an ASCII character or one of U+4000…U+9FFF, before which a text can be
  /// cut.
  @inline(__always)
  fileprivate func startsPlainly(at index: Int) -> Bool {
    let byte = self[index]
    return byte < 0x80 || byte &- 0xE4 < 6 || hasBoundary(at: index)
  }

  /// Whether what stands at a byte neither composes with anything before it nor changes places
  /// with it. No for all that only ICU can tell.
  fileprivate func hasBoundary(at index: Int) -> Bool {
    guard index < count else { return true }
    let scalar = scalar(at: index).value
    return scalar < 0x300 && scalar != 0xAD || scalar.foldsAlone
  }
}

extension UInt32 {
  /// Ideographs that stand for themselves, unlike those for compatibility.
  fileprivate var isPlainHan: Bool {
    0x4E00...0x9FFF ~= self || 0x3400...0x4DBF ~= self || 0x20000...0x2F7FF ~= self
  }

  /// Whether ``FoldedText`` folds the scalar without ICU: ASCII, ideographs, and the marks that
  /// are common in Chinese and English.
  fileprivate var foldsAlone: Bool {
    switch self {
    case 0...0x7F, 0xA0, 0xB7, 0x2010...0x2016, 0x2018...0x2022, 0x3000...0x3020, 0xFF01...0xFF5E,
      0xFFFD:
      true
    default: isPlainHan
    }
  }

  fileprivate var isScalar: Bool { Unicode.Scalar(self) != nil }

  fileprivate var foldedDash: UInt32 {
    switch self {
    case 0x2010...0x2013, 0x2212: 0x2D
    case 0x2015: 0x2014
    default: self
    }
  }

  fileprivate var foldedPunctuation: UInt32 {
    switch self {
    case 0x3001: 0x2C
    case 0x3002: 0x2E
    case 0x2022, 0x2027, 0x30FB: 0xB7
    default: self
    }
  }

  fileprivate var foldedBracket: UInt32 {
    switch self {
    case 0x3010, 0x3014, 0x3016, 0x3018, 0x301A: 0x5B
    case 0x3011, 0x3015, 0x3017, 0x3019, 0x301B: 0x5D
    default: self
    }
  }
}
