internal import Bitext
internal import CICU

/// A word of a folded text.
struct FoldedWord {
  /// Where it ends in the scalars.
  var end: Int
  /// Digits alone, with their decimal point.
  var isNumber: Bool
}

extension Span<FoldedText.Scalar> {
  /// The word that starts at a scalar: letters, digits, and what may stand between them, the
  /// apostrophe in don't and the point in 1164.5. Ideographs make no words.
  func word(at start: Int) -> FoldedWord {
    var word = FoldedWord(end: start, isNumber: true)
    var index = start
    while index < count {
      let value = self[index].value
      if value.isWordScalar {
        let end = spanEnd(at: index)
        if end > index + 1, !isWordSpan(index..<end) { break }
        if !value.isASCIIDigitScalar || end > index + 1 { word.isNumber = false }
        index = end
        word.end = end
        continue
      }
      guard index > start, index + 1 < count else { break }
      let (last, next) = (self[index - 1].value, self[index + 1].value)
      let isInner =
        value == 0x2E && last.isASCIIDigitScalar && next.isASCIIDigitScalar
        || value.isApostrophe && !word.isNumber && next.isWordScalar && !next.isASCIIDigitScalar
      guard isInner else { break }
      index += 1
    }
    return word
  }

  /// Where the scalars end that were normalised together with one, and so have the same bytes.
  func spanEnd(at index: Int) -> Int {
    var end = index + 1
    while end < count, self[end].start == self[index].start, self[end].end == self[index].end {
      end += 1
    }
    return end
  }

  private func isWordSpan(_ span: Range<Int>) -> Bool {
    for index in span where !self[index].value.isWordScalar { return false }
    return true
  }
}

extension FoldedText {
  /// Puts the stem for each English word, with the case of its letters, and after it a sign for
  /// its derivational ending. A stem that has the sign is left alone: it is a key already.
  mutating func foldInflection() {
    let stemmer = Stemmer()
    var result: [Scalar] = []
    result.reserveCapacity(scalars.count)
    var bytes: [UInt8] = []
    var index = 0
    while index < scalars.count {
      let end = inflectedEnd(from: index)
      guard end > index else {
        result.append(scalars[index])
        index += 1
        continue
      }
      let isStem = end < scalars.count && scalars[end].value.isStemSign
      bytes.removeAll(keepingCapacity: true)
      for scalar in scalars[index..<end] where !isStem {
        guard scalar.value.isApostrophe || scalar.value < 0x80 else {
          bytes.removeAll()
          break
        }
        let byte = scalar.value < 0x80 ? UInt8(scalar.value) : 0x27
        bytes.append(byte.isASCIIUppercase ? byte | 0x20 : byte)
      }
      let length = bytes.count
      bytes.dropPossessive()
      let bare = bytes.count
      let isReduced = stemmer.reduce(&bytes)
      if isStem || !isReduced && bare == length {
        result += scalars[index..<end]
      } else {
        appendStem(bytes, isReduced: isReduced, of: index..<end, to: &result)
      }
      index = end
    }
    scalars = result
  }

  private func appendStem(
    _ stem: [UInt8], isReduced: Bool, of word: Range<Int>, to result: inout [Scalar]
  ) {
    let (start, end) = (scalars[word.lowerBound].start, scalars[word.upperBound - 1].end)
    func append(_ value: UInt32) { result.append(Scalar(value: value, start: start, end: end)) }
    let parts = stem.split(separator: Stemmer.endingMark, omittingEmptySubsequences: false)
    for (offset, byte) in (parts.first ?? []).enumerated() {
      let isUpper = 0x41...0x5A ~= scalars[word.lowerBound + offset].value
      append(UInt32(isUpper && byte.isASCIILetter ? byte & 0xDF : byte))
    }
    guard isReduced else { return }
    append(UInt32.stemSign + UInt32(parts.count > 1 ? parts[1].first ?? 0 : 0))
  }

  /// The end of what may be an inflected word. Without compatibility and width, characters that
  /// they would turn into letters belong to it, and so does what cannot be seen: such a word is
  /// none yet.
  private func inflectedEnd(from start: Int) -> Int {
    let isNormal = folding.isSuperset(of: [.compatibility, .width])
    func isLetter(_ value: UInt32) -> Bool {
      if value < 0x80 { return (value | 0x20) &- 0x61 < 26 }
      return value.isWordScalar || !isNormal && value.isLetterLike && !value.isStemSign
    }
    var index = start
    var hasLetter = false
    while index < scalars.count {
      let value = scalars[index].value
      if isLetter(value) {
        hasLetter = true
      } else if value.isApostrophe {
        guard hasLetter, index + 1 < scalars.count, isLetter(scalars[index + 1].value) else {
          break
        }
      } else if !value.isASCIIDigitScalar, index == start || !value.isInvisible {
        break
      }
      index += 1
    }
    return index
  }
}

extension [UInt8] {
  /// Takes 's off the end of a word.
  mutating func dropPossessive() {
    while count > 2, self[count - 2] == 0x27, self[count - 1] == 0x73 { removeLast(2) }
  }
}

extension UInt32 {
  /// The first of the signs for the endings of stems, of the private use area: no text has it by
  /// chance.
  static let stemSign: UInt32 = 0xE000

  var isStemSign: Bool { Self.stemSign..<Self.stemSign + 0x40 ~= self }
}
