internal import Bitext
internal import Segmentation

/// The web and mail addresses in a text, as byte ranges.
func addresses(in utf8: [UInt8]) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var index = 0
  while index < utf8.count {
    let byte = utf8[index]
    // All of them hold one of these: "://", "www.", "@".
    if byte == 0x3A, utf8[index...].starts(with: [0x3A, 0x2F, 0x2F]) {
      let range = addressStart(utf8, before: index)..<addressEnd(utf8, from: index + 3)
      if range.lowerBound < index, range.upperBound > index + 3 { found.append(range) }
      index = max(index + 1, range.upperBound)
    } else if byte | 0x20 == 0x77, index == 0 || !utf8[index - 1].isAddressByte,
      utf8.count > index + 4, utf8[index + 1] | 0x20 == 0x77, utf8[index + 2] | 0x20 == 0x77,
      utf8[index + 3] == 0x2E
    {
      let end = addressEnd(utf8, from: index)
      found.append(index..<end)
      index = end
    } else if byte == 0x40, index > 0 {
      let range = addressStart(utf8, before: index)..<addressEnd(utf8, from: index + 1)
      if range.lowerBound < index, utf8[index..<range.upperBound].contains(0x2E) {
        found.append(range)
        index = range.upperBound
      } else {
        index += 1
      }
    } else {
      index += 1
    }
  }
  return found
}

private func addressStart(_ utf8: [UInt8], before index: Int) -> Int {
  var start = index
  while start > 0,
    utf8[start - 1].isASCIILetter || utf8[start - 1].isASCIIDigit
      || [0x2B, 0x2D, 0x2E, 0x5F].contains(utf8[start - 1])
  {
    start -= 1
  }
  return start
}

private func addressEnd(_ utf8: [UInt8], from index: Int) -> Int {
  var end = index
  while end < utf8.count, utf8[end].isAddressByte { end += 1 }
  // A full stop or comma behind an address belongs to the sentence.
  while end > index, [0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x29].contains(utf8[end - 1]) { end -= 1 }
  return end
}

extension UInt8 {
  /// What may stand in an address, without the encoded rest.
  fileprivate var isAddressByte: Bool {
    isASCIILetter || isASCIIDigit || "-._~:/?#[]@!$&'()*+,;=%".utf8.contains(self)
  }
}
