extension TMXUnitBytes {
  /// What a piece says.
  func string(_ piece: Piece) -> String {
    if piece.form == .plain {
      return bytes.withUnsafeBufferPointer {
        String(decoding: UnsafeBufferPointer(rebasing: $0[piece.range]), as: UTF8.self)
      }
    }
    var text: [UInt8] = []
    text.reserveCapacity(Int(piece.count))
    append(piece, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends what a piece says, in UTF-8.
  func append(_ piece: Piece, to text: inout [UInt8]) {
    bytes.withUnsafeBufferPointer { bytes in
      let source = UnsafeBufferPointer(rebasing: bytes[piece.range])
      switch piece.form {
      case .plain: text.append(contentsOf: source)
      case .text, .value: appendDecoded(source, isValue: piece.form == .value, to: &text)
      case .inline: appendOutsideCodes(source, to: &text)
      }
    }
  }

  func equals(_ piece: Piece, _ text: StaticString) -> Bool {
    guard piece.form == .plain, piece.count == text.utf8CodeUnitCount else { return false }
    return (0..<text.utf8CodeUnitCount).allSatisfy {
      bytes[Int(piece.start) + $0] == text.utf8Start[$0]
    }
  }

  /// Keeps a text of its own.
  mutating func add(_ text: String) -> Piece {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    return Piece(start..<bytes.count)
  }
}

/// Appends text with references and line breaks of two bytes as it is meant.
private func appendDecoded(
  _ source: UnsafeBufferPointer<UInt8>, isValue: Bool, to text: inout [UInt8]
) {
  var (start, index) = (0, 0)
  while index < source.count {
    let byte = source[index]
    guard byte == 0x26 || byte == 0x0D || isValue && byte < 0x20 else {
      index += 1
      continue
    }
    text.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index]))
    switch byte {
    case 0x26: index += appendReference(source, at: index, to: &text)
    // The line feed behind it stays.
    case 0x0D: index += 1
    default:
      text.append(0x20)
      index += 1
    }
    start = index
  }
  text.append(contentsOf: UnsafeBufferPointer(rebasing: source[start...]))
}

/// Appends the character of a reference.
///
/// - Returns: the bytes of the reference.
private func appendReference(
  _ source: UnsafeBufferPointer<UInt8>, at index: Int, to text: inout [UInt8]
) -> Int {
  guard let base = source.baseAddress,
    let reference = XMLBytes(start: base, end: source.count).reference(at: index)
  else { return 1 }
  text.append(contentsOf: UTF8.encode(reference.scalar) ?? UTF8.encodedReplacementCharacter)
  return reference.length
}

/// Appends a segment's text without the codes in it, as ``TMXSegmentBuilder`` puts it together.
private func appendOutsideCodes(_ source: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
  var (index, depth) = (0, 0)
  while index < source.count {
    if source[index] == 0x3C {
      let tag = InlineTag(source, at: index)
      index = tag.end
      if tag.isEnd {
        if depth > 0 { depth -= 1 }
        continue
      }
      if depth == 0, tag.isLineBreak { text.append(0x20) }
      if !tag.isEmpty, depth > 0 || !tag.isTransparent { depth += 1 }
      continue
    }
    let end = source[index...].firstIndex(of: 0x3C) ?? source.count
    if depth == 0 {
      appendDecoded(
        UnsafeBufferPointer(rebasing: source[index..<end]), isValue: false, to: &text)
    }
    index = end
  }
}

/// A tag in a segment whose well-formedness is known.
private struct InlineTag {
  private let name: Slice<UnsafeBufferPointer<UInt8>>
  private let rest: Slice<UnsafeBufferPointer<UInt8>>
  let end: Int
  let isEnd: Bool
  let isEmpty: Bool

  init(_ source: UnsafeBufferPointer<UInt8>, at start: Int) {
    var index = start + 1
    isEnd = index < source.count && source[index] == 0x2F
    if isEnd { index += 1 }
    let nameStart = index
    while index < source.count, !source[index].isXMLBlank, source[index] != 0x3E,
      source[index] != 0x2F
    { index += 1 }
    name = source[nameStart..<index]
    let restStart = index
    var quote: UInt8 = 0
    while index < source.count, quote != 0 || source[index] != 0x3E {
      let byte = source[index]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      }
      index += 1
    }
    rest = source[restStart..<index]
    isEmpty = !isEnd && rest.last == 0x2F
    end = min(index + 1, source.count)
  }

  /// Whether what it holds is text.
  var isTransparent: Bool {
    name.elementsEqual("hi".utf8) || name.elementsEqual("g".utf8) || name.elementsEqual("mrk".utf8)
  }

  /// Whether it is a `ph` of the type `lb`.
  var isLineBreak: Bool {
    guard name.elementsEqual("ph".utf8) else { return false }
    var index = rest.startIndex
    while index < rest.endIndex {
      while index < rest.endIndex, rest[index].isXMLBlank { index += 1 }
      let nameStart = index
      while index < rest.endIndex, rest[index] != 0x3D, !rest[index].isXMLBlank { index += 1 }
      let isType = rest[nameStart..<index].elementsEqual("type".utf8)
      while index < rest.endIndex, rest[index] != 0x22, rest[index] != 0x27 { index += 1 }
      guard index < rest.endIndex else { return false }
      let valueStart = index + 1
      index = rest[valueStart...].firstIndex(of: rest[index]) ?? rest.endIndex
      if isType { return rest[valueStart..<index].elementsEqual("lb".utf8) }
      index = min(index + 1, rest.endIndex)
    }
    return false
  }
}
