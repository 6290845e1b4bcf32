/// A key that was pressed.
enum Key: Equatable {
  /// One character as it was typed.
  case text(Unicode.Scalar)
  /// Text that was pasted, which is never a command.
  case paste(String)
  case enter, escape, tab, backTab, backspace, delete
  case left, right, up, down, home, end, pageUp, pageDown
  /// A letter with Ctrl, in lower case.
  case control(Character)
  /// What no mode of the review understands.
  case unknown
}

/// Turns the bytes that a terminal sends into keys, however they come in pieces: UTF-8, and the
/// sequences of ECMA-48 that terminals of xterm's kind send.
struct KeyDecoder {
  private var pending: [UInt8] = []
  private var isPasting = false

  /// What ends a paste, when the terminal brackets it.
  private static let pasteEnd = Array("\u{1B}[201~".utf8)
  /// A sequence that is longer is none of a key's.
  private static let longestSequence = 32

  /// Whether the bytes so far may be a part of a key, or the Escape key alone: if nothing follows
  /// within a moment, ``flush()`` tells.
  var isWaiting: Bool { !pending.isEmpty && !isPasting }

  /// The keys that the bytes complete.
  mutating func keys(_ bytes: some Sequence<UInt8>) -> [Key] {
    pending += bytes
    var keys: [Key] = []
    while !pending.isEmpty, let (key, length) = next() {
      pending.removeFirst(length)
      if let key { keys.append(key) }
    }
    return keys
  }

  /// What the bytes mean when nothing follows them.
  mutating func flush() -> [Key] {
    guard !isPasting else { return [] }
    let isEscape = pending == [0x1B]
    pending = []
    return isEscape ? [.escape] : []
  }

  /// The first key and its bytes; `nil` while it is incomplete.
  private mutating func next() -> (key: Key?, length: Int)? {
    if isPasting { return paste() }
    let first = pending[0]
    switch first {
    case 0x1B: return sequence()
    case 0x0D, 0x0A: return (.enter, 1)
    case 0x09: return (.tab, 1)
    case 0x08, 0x7F: return (.backspace, 1)
    case 0x01...0x1A: return (.control(Character(Unicode.Scalar(first + 0x60))), 1)
    case 0x00...0x1F: return (.unknown, 1)
    default: return character(at: 0).map { ($0.scalar.map { .text($0) }, $0.length) }
    }
  }

  /// The character at an index; without a scalar for a byte that starts none.
  private func character(at index: Int) -> (scalar: Unicode.Scalar?, length: Int)? {
    let first = pending[index]
    guard first < 0x80 || 0xC2...0xF4 ~= first else { return (nil, 1) }
    let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    let bytes = pending[index...].prefix(length)
    guard bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else { return (nil, 1) }
    guard bytes.count == length else { return nil }
    let scalar = String(validating: bytes, as: UTF8.self)?.unicodeScalars.first
    return scalar.map { ($0, length) } ?? (nil, 1)
  }

  /// A key that starts with Escape.
  private mutating func sequence() -> (key: Key?, length: Int)? {
    guard pending.count > 1 else { return nil }
    switch pending[1] {
    case 0x1B: return (.escape, 1)
    case UInt8(ascii: "["): return controlSequence()
    case UInt8(ascii: "O"):
      guard pending.count > 2 else { return nil }
      return (Self.key(final: pending[2], parameter: 0), 3)
    default:
      // Alt with a key, or Escape and a key in haste: nobody knows which, so it does nothing.
      guard let (_, length) = character(at: 1) else { return nil }
      return (.unknown, 1 + length)
    }
  }

  private mutating func controlSequence() -> (key: Key?, length: Int)? {
    guard let end = pending.indices.dropFirst(2).first(where: { 0x40...0x7E ~= pending[$0] })
    else {
      return pending.count > Self.longestSequence ? (.unknown, pending.count) : nil
    }
    let parameters = pending[2..<end].split(separator: UInt8(ascii: ";"))
    let parameter = parameters.first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    if pending[end] == UInt8(ascii: "~"), parameter == 200 {
      isPasting = true
      return (nil, end + 1)
    }
    return (Self.key(final: pending[end], parameter: parameter), end + 1)
  }

  private mutating func paste() -> (key: Key?, length: Int)? {
    let mark = Self.pasteEnd
    guard pending.count >= mark.count,
      let start = (0...pending.count - mark.count).first(where: {
        pending[$0..<$0 + mark.count].elementsEqual(mark)
      })
    else { return nil }
    isPasting = false
    return (.paste(String(decoding: pending[..<start], as: UTF8.self)), start + mark.count)
  }

  private static func key(final: UInt8, parameter: Int) -> Key {
    switch (final, parameter) {
    case (UInt8(ascii: "A"), _): .up
    case (UInt8(ascii: "B"), _): .down
    case (UInt8(ascii: "C"), _): .right
    case (UInt8(ascii: "D"), _): .left
    case (UInt8(ascii: "H"), _), (UInt8(ascii: "~"), 1), (UInt8(ascii: "~"), 7): .home
    case (UInt8(ascii: "F"), _), (UInt8(ascii: "~"), 4), (UInt8(ascii: "~"), 8): .end
    case (UInt8(ascii: "Z"), _): .backTab
    case (UInt8(ascii: "M"), 0): .enter
    case (UInt8(ascii: "~"), 3): .delete
    case (UInt8(ascii: "~"), 5): .pageUp
    case (UInt8(ascii: "~"), 6): .pageDown
    default: .unknown
    }
  }
}
