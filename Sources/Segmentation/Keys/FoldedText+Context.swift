internal import CICU

/// The folds that look at what stands around a mark. Each rewrites the scalars in one pass, and
/// returns how many it keeps.
extension MutableSpan<FoldedText.Scalar> {
  /// Brings quotation marks to one shape or leaves them out, but for the apostrophe in a word.
  mutating func foldQuotes(_ folding: MatchKey.Folding) -> Int {
    let drops = folding.contains(.quoting)
    var kept = 0
    for index in 0..<count {
      let value = self[index].value
      guard value.isQuoteMark else {
        keep(index, at: &kept)
        continue
      }
      let next = visible(after: index)
      if value.isApostrophe, next?.isLetterLike == true, followsLetter(kept) {
        keep(index, at: &kept, as: folding.contains(.quotes) ? 0x27 : value)
      } else if !drops || next?.isCombining == true {
        keep(index, at: &kept, as: 0x22)
      } else if partsWords(kept, index) {
        keep(index, at: &kept, as: 0x20)
      }
    }
    return kept
  }

  /// Moves a scalar to the end of those that are kept.
  @inline(__always)
  private mutating func keep(_ index: Int, at kept: inout Int, as value: UInt32? = nil) {
    if kept != index { self[kept] = self[index] }
    if let value, value != self[kept].value { self[kept].value = value }
    kept += 1
  }

  /// Whether the word that ends before a mark holds a letter: 90's is two tokens, H1N1's one.
  private func followsLetter(_ end: Int) -> Bool {
    var index = end - 1
    while index >= 0, self[index].value.isInvisible || self[index].value.isDigit {
      index -= 1
    }
    return index >= 0 && self[index].value.isLetterLike
  }

  /// Whether a quotation mark that is left out leaves two words without a space between them.
  private func partsWords(_ kept: Int, _ index: Int) -> Bool {
    var before = kept - 1
    while before >= 0, self[before].value.isInvisible { before -= 1 }
    guard before >= 0, self[before].value.isLetterOrDigit else { return false }
    var after = index + 1
    while after < count,
      self[after].value.isInvisible || self[after].value.isQuoteMark
    {
      after += 1
    }
    return after < count && self[after].value.isLetterOrDigit
  }

  private func visible(after index: Int) -> UInt32? {
    var next = index + 1
    while next < count, self[next].value.isInvisible { next += 1 }
    return next < count ? self[next].value : nil
  }

  /// Makes one space of each run of white space, none at the ends, none where the nearest letters
  /// on a side are ideographs (你好, A and 你好，A must be one), and none before a mark that closes.
  mutating func foldSpaces(_ folding: MatchKey.Folding, hasHan: Bool) -> Int {
    let collapses = folding.contains(.whiteSpace)
    let spaces = folding.contains(.spacing)
    let besideHan = spaces && hasHan
    var kept = 0
    var index = 0
    var lastIsHan = false
    // The first word at or after `index`: found once, however much white space stands before it.
    var word = (index: -1, isHan: false)
    while index < count {
      guard isSpace(index) else {
        if besideHan, !self[index].value.isMark { lastIsHan = self[index].value.isHanScalar }
        keep(index, at: &kept)
        index += 1
        continue
      }
      var end = index + 1
      while end < count, isSpace(end) { end += 1 }
      if besideHan, word.index < end { word = nextWord(from: end) }
      if besideHan && (lastIsHan || word.isHan) || spaces && isClosing(end)
        || collapses && (kept == 0 || end == count)
      {
        index = end
        continue
      }
      guard collapses else {
        for space in index..<end { keep(space, at: &kept) }
        index = end
        continue
      }
      let next = self[end]
      // A space out of one character (ﷺ) stays with it. Others have no bytes: with the word after
      // it, a space starts where that starts.
      let isInside = kept > 0 && self[kept - 1].end == next.end
      self[kept] = FoldedText.Scalar(
        value: 0x20, start: next.start, end: isInside ? next.end : next.start)
      kept += 1
      index = end
    }
    return kept
  }

  private func nextWord(from start: Int) -> (index: Int, isHan: Bool) {
    var index = start
    while index < count, self[index].value.isMark || isSpace(index) { index += 1 }
    return (index, index < count && self[index].value.isHanScalar)
  }

  /// Whether a mark ends what stands before it: "True 。" and "True。" are one, and ".5" is left
  /// alone.
  private func isClosing(_ index: Int) -> Bool {
    guard index < count, self[index].value.isClosingMark else { return false }
    var next = index + 1
    while next < count, self[next].value.isInvisible { next += 1 }
    return next == count || isSpace(next)
  }

  /// White space, unless it carries an accent as the key of ´ does.
  private func isSpace(_ index: Int) -> Bool {
    guard self[index].value.isKeySpace else { return false }
    guard index + 1 < count, self[index + 1].value >= 0x80 else { return true }
    return visible(after: index).map { !$0.isCombining } ?? true
  }

  /// Puts a space, or beside an ideograph nothing, for a hyphen that joins two words.
  mutating func foldHyphens(_ folding: MatchKey.Folding) -> Int {
    var kept = 0
    for index in 0..<count {
      guard self[index].value.isKeyHyphen, kept > 0, index + 1 < count else {
        keep(index, at: &kept)
        continue
      }
      let (left, right) = (self[kept - 1].value, self[index + 1].value)
      // 返回 -1 and 使用 -m, whose space may be missing, are no compounds; X-射线 is one.
      let isCompound =
        left.joinsWords && right.joinsWords && (right.isHanScalar || !left.isHanScalar)
      if !isCompound {
        keep(index, at: &kept)
      } else if !right.isHanScalar || !folding.contains(.spacing) {
        keep(index, at: &kept, as: 0x20)
      }
    }
    return kept
  }

  /// Leaves out the commas of a number that stand before three digits each.
  mutating func foldCommas() -> Int {
    var kept = 0
    // Digits that began a word; not those after a letter or a decimal point.
    var isNumber = false
    for index in 0..<count {
      let value = self[index].value
      if isNumber, value == 0x2C, hasThreeDigits(after: index) { continue }
      if !value.isASCIIDigitScalar {
        isNumber = false
      } else if !isNumber {
        let before = kept > 0 ? self[kept - 1].value : 0x20
        let isDecimal = before == 0x2E && kept > 1 && self[kept - 2].value.isASCIIDigitScalar
        isNumber =
          !isDecimal && !before.isASCIIDigitScalar && (!before.isWordPart || before.isHanScalar)
      }
      keep(index, at: &kept)
    }
    return kept
  }

  private func hasThreeDigits(after index: Int) -> Bool {
    guard index + 3 < count else { return false }
    for offset in 1...3 where !self[index + offset].value.isASCIIDigitScalar { return false }
    guard index + 4 < count else { return true }
    let next = self[index + 4].value
    return !next.isASCIIDigitScalar && !(next >= 0x80 && next.isOtherNumber)
  }
}

extension UInt32 {
  /// Quotation marks and title marks, but for the forms that width and compatibility fold.
  var isQuoteMark: Bool { isQuoteScalar && self < 0xFE00 }

  /// Hyphens and short dashes that are seen.
  var isKeyHyphen: Bool { isHyphenScalar && self != 0xAD }

  var isApostrophe: Bool { self == 0x27 || self == 0x2019 || self == 0xFF07 }

  var isASCIIDigitScalar: Bool { self &- 0x30 < 10 }

  /// White space in a key; what cannot be seen is none.
  var isKeySpace: Bool {
    self == 0x20 || isWhitespaceScalar && self != 0xFEFF && self != 0x200B || self == 0x1680
  }

  /// Default-ignorable characters.
  var isInvisible: Bool {
    guard self >= 0xAD else { return false }
    if self != 0xAD,
      self < 0x34F || isHanScalar || 0x2010...0x2027 ~= self || 0x3000...0x3163 ~= self
        || 0xFF00...0xFF9F ~= self
    {
      return false
    }
    return Unicode.Scalar(self)?.properties.isDefaultIgnorableCodePoint ?? false
  }

  /// What an accent is, or will be when width is folded.
  fileprivate var isCombining: Bool {
    if self == 0xFF9E || self == 0xFF9F { return true }
    guard self >= 0x300, let category = category else { return false }
    return category == .nonspacingMark || category == .spacingMark || category == .enclosingMark
  }

  private var category: Unicode.GeneralCategory? {
    Unicode.Scalar(self)?.properties.generalCategory
  }

  /// Marks say nothing about the space beside them.
  var isMark: Bool {
    if self < 0x80 {
      return
        !((self | 0x20) &- 0x61 < 26 || isASCIIDigitScalar || self == 0x24 || self == 0x5E
        || self == 0x60)
    }
    if isHanScalar { return false }
    if 0x2010...0x2027 ~= self || 0x3001...0x3002 ~= self { return true }
    switch category {
    case .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
      .dashPunctuation, .connectorPunctuation, .otherPunctuation, .mathSymbol, .format, .control:
      return true
    default: return false
    }
  }

  /// Commas, stops and the like, and closing brackets, in both widths.
  var isClosingMark: Bool {
    switch self {
    case 0x21, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x5D, 0x3001, 0x3002, 0xFF01, 0xFF09, 0xFF0C,
      0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF61, 0x3011, 0x3015, 0x3017, 0x3019, 0x301B:
      true
    default: false
    }
  }

  fileprivate var isDigit: Bool {
    self < 0x80 ? isASCIIDigitScalar : category == .decimalNumber
  }

  /// Letters, and whatever compatibility may turn into letters.
  var isLetterLike: Bool {
    if self < 0x80 { return (self | 0x20) &- 0x61 < 26 }
    if isHanScalar || isKeySpace { return false }
    return !isMark && !isDigit && category != .unassigned
  }

  fileprivate var isLetterOrDigit: Bool { isLetterLike || isDigit }

  /// Whether the scalar may stand beside a hyphen that joins.
  fileprivate var joinsWords: Bool { (isWordPart || isHanScalar) && !isInvisible }

  fileprivate var isOtherNumber: Bool {
    category == .otherNumber || category == .letterNumber || isInvisible
  }

  /// Letters, digits, and the sign that stands for the ending of a stem.
  var isWordPart: Bool { isWordScalar || isStemSign }
}
