internal import Segmentation

/// Letters that stand for the words that they begin: HKMA.
struct Initialism: Equatable {
  /// ASCII capitals, without a plural s.
  let letters: [UInt8]

  /// The token as an initialism; `nil` when it is not written like one.
  init?(_ token: KeyToken, _ bytes: ArraySlice<UInt8>) {
    guard token.kind == .word, token.script == .latin, let first = bytes.first,
      0x41...0x5A ~= first
    else { return nil }
    var letters = Array(bytes)
    if letters.count > 2, letters.last == 0x73 { letters.removeLast() }
    guard letters.count > 1, letters.allSatisfy({ 0x41...0x5A ~= $0 }) else { return nil }
    self.letters = letters
  }

  /// The tokens from a place on whose first letters spell it; `nil` when they do not.
  ///
  /// Words like "of" may be left out of an initialism, and spell none of its letters. Two letters
  /// are too few to go by unless the words have capitals too; else all are in lower case, or all but
  /// the first.
  func words(in text: KeyedText, from start: Int) -> Range<Int>? {
    var place = start
    var matched = 0
    var isLower = false
    while matched < letters.count, place < text.tokens.count {
      let token = text.tokens[place]
      guard token.kind == .word, let first = text.bytes(place).first else { return nil }
      if token.saysSomething {
        if first == letters[matched], !isLower {
          matched += 1
        } else if first == letters[matched] | 0x20, letters.count > 2, matched < 2 || isLower {
          matched += 1
          isLower = true
        } else {
          return nil
        }
      } else if matched == 0 {
        return nil
      }
      place += 1
    }
    return matched == letters.count ? start..<place : nil
  }
}
