/// The start tag of an element as it stands in the bytes of a file, which are well-formed.
struct XMLTag {
  /// With the prefix of its namespace.
  let name: String
  /// From `<` to the `>` or `/` that closes it, which is not in the range.
  let range: Range<Int>
  /// Whether the element has no content and no end tag, as in `<x/>`.
  let isEmpty: Bool

  /// - Parameters:
  ///   - end: where the closing bracket or its slash stands.
  ///   - bytes: the file.
  init(endingAt end: Int, in bytes: [UInt8]) {
    // No attribute holds a bare "<".
    let start = bytes[..<end].lastIndex(of: 0x3C) ?? 0
    range = start..<end
    isEmpty = end < bytes.count && bytes[end] == 0x2F
    let word = bytes[min(start + 1, end)..<end].prefix { !$0.isTagSpace }
    name = String(decoding: word, as: UTF8.self)
  }

  /// The byte behind the tag: where the content starts.
  var end: Int { range.upperBound + (isEmpty ? 2 : 1) }

  /// The prefix of the name with its colon; empty where there is none.
  var prefix: String {
    name.firstIndex(of: ":").map { String(name[...$0]) } ?? ""
  }

  /// Gives an attribute a value, in the place where it stands or behind all others.
  func set(_ attribute: String, to value: String, in bytes: [UInt8], _ edits: inout ByteEdits) {
    var last = range.lowerBound + 1 + name.utf8.count
    var index = last
    while index < range.upperBound {
      while index < range.upperBound, bytes[index].isTagSpace { index += 1 }
      let start = index
      while index < range.upperBound, bytes[index] != 0x3D, !bytes[index].isTagSpace { index += 1 }
      let found = bytes[start..<index]
      while index < range.upperBound, bytes[index] != 0x22, bytes[index] != 0x27 { index += 1 }
      guard index < range.upperBound else { break }
      let quote = bytes[index]
      let valueStart = index + 1
      index = bytes[valueStart..<range.upperBound].firstIndex(of: quote) ?? range.upperBound
      if found.elementsEqual(attribute.utf8) {
        return edits.replace(
          valueStart..<index, with: escapedXML(value, isAttribute: true))
      }
      index += 1
      last = min(index, range.upperBound)
    }
    edits.insert(" \(attribute)=\"\(escapedXML(value, isAttribute: true))\"", at: last)
  }
}

extension UInt8 {
  fileprivate var isTagSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
