internal import Bitext

extension KeyScanner {
  /// Adds what a quotation mark, a hyphen or a mark beyond ASCII makes.
  ///
  /// - Returns: where it ends; its start where only ``FoldedText`` can tell.
  @inline(never)
  mutating func scanMark(_ text: ByteText, at index: Int) -> Int {
    let mark = text.mark(at: index)
    let end = index + mark.length
    switch mark.kind {
    case .space: return end
    case .plain(let folded):
      // A full-width comma between digits may be one of thousands, a full stop a decimal point.
      if mark.length > 1, text.hasDigit(at: index - 1), text.hasDigit(at: end) {
        return index
      }
      addMark(folded, index..<end)
      return end
    case .ellipsis:
      add(.punctuation, KeyHash.ellipsis, index..<end)
      return end
    case .quote: return text.skipQuotes(at: index)
    case .hyphen:
      switch text.hyphen(index..<end) {
      case .joins: return end
      case .stands:
        addMark(0x2D, index..<end)
        return end
      case .unclear: return index
      }
    case .other: return index
    }
  }
}

extension KeyHash {
  /// The token of … is that of three full stops out of one character.
  fileprivate static let ellipsis = (0..<3).reduce(UInt64(0)) { hash, _ in
    of(symbol: 0x2E, after: hash)
  }
}

/// A mark that is read without ``FoldedText``.
private struct Mark {
  enum Kind {
    case space, quote, hyphen, ellipsis
    /// A token of its own, with its folded form.
    case plain(UInt32)
    case other
  }

  var kind: Kind
  var length: Int

  static let other = Mark(kind: .other, length: 0)
}

/// What a hyphen does.
private enum HyphenRole { case joins, stands, unclear }

extension ByteText {
  fileprivate func mark(at index: Int) -> Mark {
    switch self[index] {
    case 0x22, 0x27: return Mark(kind: .quote, length: 1)
    case 0x2D: return Mark(kind: .hyphen, length: 1)
    case 0xC2:
      switch byte(at: index + 1) {
      case 0xA0: return Mark(kind: .space, length: 2)
      case 0xB7: return Mark(kind: .plain(0xB7), length: 2)
      default: return .other
      }
    case 0xE2 where byte(at: index + 1) == 0x80: return generalMark(byte(at: index + 2))
    case 0xE3 where byte(at: index + 1) == 0x80: return chineseMark(byte(at: index + 2))
    case 0xEF where byte(at: index + 1) == 0xBC: return wideMark(byte(at: index + 2))
    default: return .other
    }
  }

  /// U+2000…U+203F, by the last byte.
  private func generalMark(_ last: UInt8) -> Mark {
    switch last {
    case 0x90...0x93: Mark(kind: .hyphen, length: 3)
    case 0x94, 0x95: Mark(kind: .plain(0x2014), length: 3)
    case 0x98...0x9F: Mark(kind: .quote, length: 3)
    case 0xA2: Mark(kind: .plain(0xB7), length: 3)
    case 0xA6: Mark(kind: .ellipsis, length: 3)
    default: .other
    }
  }

  /// U+3000…U+303F, by the last byte.
  private func chineseMark(_ last: UInt8) -> Mark {
    switch last {
    case 0x80: Mark(kind: .space, length: 3)
    case 0x81: Mark(kind: .plain(0x2C), length: 3)
    case 0x82: Mark(kind: .plain(0x2E), length: 3)
    case 0x88...0x8F: Mark(kind: .quote, length: 3)
    case 0x90, 0x94, 0x96: Mark(kind: .plain(0x5B), length: 3)
    case 0x91, 0x95, 0x97: Mark(kind: .plain(0x5D), length: 3)
    default: .other
    }
  }

  /// U+FF00…U+FF3F, by the last byte: marks of full width, without quotes, hyphen and full stop.
  private func wideMark(_ last: UInt8) -> Mark {
    switch last {
    case 0x81, 0x85, 0x88, 0x89, 0x8B, 0x8C, 0x8F, 0x9A...0x9F:
      Mark(kind: .plain(UInt32(last) - 0x60), length: 3)
    default: .other
    }
  }

  /// Skips quotation marks, which make no token and part what they stand between.
  ///
  /// - Returns: where they end; their start where leaving them out might join a number or a
  ///   hyphenated word.
  fileprivate func skipQuotes(at start: Int) -> Int {
    var end = start
    while end < count, case let mark = mark(at: end), case .quote = mark.kind { end += mark.length }
    let (before, after) = (byte(at: start - 1), byte(at: end))
    if before == 0x2D || after == 0x2D || hasHyphen(before: start) || hasHyphen(at: end) {
      return start
    }
    if hasDigit(at: start - 1) {
      switch after {
      case 0x2C, 0x2E:
        let next = byte(at: end + 1)
        if hasDigit(at: end + 1) || next >= 0x80 || next == 0x22 || next == 0x27 { return start }
      case 0x80...: return hasPlainHan(at: end) ? end : start
      default: break
      }
    }
    if hasDigit(at: end) {
      switch before {
      case 0x2C, 0x2E:
        let last = byte(at: start - 2)
        if hasDigit(at: start - 2) || last >= 0x80 || last == 0x22 || last == 0x27 { return start }
      case 0x80...: return hasPlainHan(at: start - 3) ? end : start
      default: break
      }
    }
    return end
  }

  private func hasHyphen(at index: Int) -> Bool {
    byte(at: index) == 0xE2 && byte(at: index + 1) == 0x80 && 0x90...0x93 ~= byte(at: index + 2)
  }

  private func hasHyphen(before index: Int) -> Bool { index >= 3 && hasHyphen(at: index - 3) }

  /// Whether a hyphen joins two words and so makes no token.
  fileprivate func hyphen(_ range: Range<Int>) -> HyphenRole {
    guard range.upperBound < count else { return .stands }
    switch kind(at: range.upperBound) {
    case .word: return hyphenBeforeWord(range.lowerBound)
    case .mark, .hyphen: return .stands
    case .space:
      // A space that an ideograph takes away may let the hyphen join.
      var index = range.upperBound
      while index < count, kind(at: index) == .space { index += 1 }
      guard index < count else { return .stands }
      switch kind(at: index) {
      case .word, .mark, .hyphen: return .stands
      default: return .unclear
      }
    case .ideograph:
      guard range.lowerBound > 0, hasPlainHan(at: range.upperBound) else { return .unclear }
      switch kind(at: range.lowerBound - 1) {
      case .word: return .joins
      case .mark, .hyphen: return .stands
      default: return hasPlainHan(at: range.lowerBound - 3) ? .joins : .unclear
      }
    default: return .unclear
    }
  }

  /// A hyphen before an ASCII letter or digit joins one to it: 返回 -1 and 使用-m hold none that
  /// does.
  private func hyphenBeforeWord(_ start: Int) -> HyphenRole {
    guard start > 0 else { return .stands }
    switch kind(at: start - 1) {
    case .word: return .joins
    case .space, .mark, .hyphen: return .stands
    default: return hasPlainHan(at: start - 3) ? .stands : .unclear
    }
  }
}
