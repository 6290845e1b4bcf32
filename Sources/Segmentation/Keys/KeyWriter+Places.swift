/// The bytes of a text from which a byte of its key came.
struct KeyPlace: BitwiseCopyable {
  var start: UInt32
  var end: UInt32
}

extension KeyWriter {
  /// For each byte of the key that was written, where its character stands in the text.
  ///
  /// Only white space comes and goes in a key. Its space has no bytes: it starts where that starts
  /// which comes after it.
  func places() -> [KeyPlace] {
    [KeyPlace](unsafeUninitializedCapacity: count) { buffer, written in
      guard let places = buffer.baseAddress else { return }
      var place = 0
      var end = 0
      while end < count {
        let byte = text[place]
        if byte == 0x20 || byte &- 0x09 < 5 {
          place &+= 1
          continue
        }
        let (kind, length, keyLength) = byte < 0x80 ? (.other, 1, 1) : scalar(at: place)
        defer { place &+= length }
        if kind == .space { continue }
        let start = UInt32(truncatingIfNeeded: place)
        if key[end] == 0x20 {
          places[end] = KeyPlace(start: start, end: start)
          end &+= 1
        }
        let own = KeyPlace(start: start, end: start &+ UInt32(truncatingIfNeeded: length))
        for offset in 0..<keyLength { places[end &+ offset] = own }
        end &+= keyLength
      }
      written = count
    }
  }

  /// What stands in the text: its kind, and its bytes in the text and in the key.
  @inline(__always)
  private func scalar(at place: Int) -> (ScalarFold.Kind, length: Int, keyLength: Int) {
    let word = text.eight(at: place)
    if word.startsWithIdeograph { return (.ideograph, 3, 3) }
    let (fold, length) = fold(word)
    if fold.kind != .unknown { return (fold.kind, length, Int(fold.count)) }
    let rare = word.rareIdeographLength
    return (.ideograph, rare, rare)
  }
}
