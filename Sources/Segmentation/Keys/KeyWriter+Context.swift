/// The folds that look at what stands around, on what is written already.
extension KeyWriter {
  @inline(__always)
  var isAfterSpace: Bool { count > 0 && key[count &- 1] == 0x20 }

  /// Writes the space that white space makes here, if it makes one.
  @inline(__always)
  mutating func writeSpace() {
    closeUp()
    if !lastIsIdeograph, count > 0, !isAfterSpace { append(0x20) }
  }

  mutating func finish() {
    closeUp()
    if isAfterSpace { count -= 1 }
  }

  /// Takes back the space before a mark that closes, now that white space or the end comes after
  /// the mark.
  @inline(__always)
  private mutating func closeUp() {
    guard count > 1, key[count &- 2] == 0x20 else { return }
    let last = key[count &- 1]
    guard UInt32(last).isClosingMark else { return }
    key[count &- 2] = last
    count &-= 1
  }

  /// Takes back the white space since the last scalar that is no mark.
  @inline(__always)
  mutating func beginIdeograph() {
    guard !lastIsIdeograph else { return }
    lastIsIdeograph = true
    guard count > 0, !key[count &- 1].isLetterOrDigit else { return }
    if count > 1, isAfterSpace, key[count &- 2].isLetterOrDigit {
      count &-= 1
    } else {
      dropSpaces()
    }
  }

  /// Takes linear time in all: ideographs follow, so that what is passed here is passed once.
  @inline(never)
  private mutating func dropSpaces() {
    var start = count
    while start > 0 {
      let before = scalarStart(before: start)
      switch kind(at: before) {
      case .space, .quote, .apostrophe, .mark: start = before
      default:
        removeSpaces(from: start)
        return
      }
    }
    removeSpaces(from: 0)
  }

  private mutating func removeSpaces(from start: Int) {
    var kept = start
    for place in start..<count where key[place] != 0x20 {
      key[kept] = key[place]
      kept += 1
    }
    count = kept
  }

  /// Whether an apostrophe that ends before `index` stands in a word: after one that holds a
  /// letter, and before a letter.
  var joinsLetters: Bool {
    @inline(never) get {
      guard index < text.count, fold(text.eight(at: index)).0.kind == .letter else { return false }
      var end = count
      while end > 0, key[end - 1] &- 0x30 < 10 { end -= 1 }
      return end > 0 && kind(at: scalarStart(before: end)) == .letter
    }
  }

  private func scalarStart(before end: Int) -> Int {
    var start = end - 1
    while start > 0, key[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// What a scalar of the key is; those that the tables do not have are ideographs.
  private func kind(at start: Int) -> ScalarFold.Kind {
    let word = UnsafeRawPointer(key + start).loadUnaligned(as: UInt64.self)
    return fold(UInt64(littleEndian: word)).0.kind
  }
}

extension UInt8 {
  @inline(__always)
  var isLetterOrDigit: Bool { (self | 0x20) &- 0x61 < 26 || self &- 0x30 < 10 }
}
