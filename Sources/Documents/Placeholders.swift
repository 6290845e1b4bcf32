internal import Bitext
internal import Segmentation

/// Finds what a program puts values into: ICU MessageFormat and i18next (`{name}`, `{{name}}`,
/// `$t(key)`), `%s`, `%{name}`, `%(name)s`, `${name}`, `$NAME$`, and tags of HTML.
///
/// Of `{count, plural, one {# file} other {# files}}` the texts of the cases are prose.
enum Placeholders {
  /// The placeholders as byte ranges, in order, not overlapping.
  static func ranges(in utf8: [UInt8]) -> [Range<Int>] {
    // Most messages have none.
    guard utf8.contains(where: { $0 == 0x7B || $0 == 0x25 || $0 == 0x24 || $0 == 0x3C }) else {
      return []
    }
    var scanner = PlaceholderScanner(utf8)
    return scanner.ranges()
  }
}

private struct PlaceholderScanner {
  private let utf8: [UInt8]
  private var index = 0
  private var found: [Range<Int>] = []
  /// The arguments with cases that are open; `true` while the text of a case is being read.
  private var cases: [Bool] = []
  /// Up to where each closing mark was looked for and not found.
  private var searched: [[UInt8]: Int] = [:]

  init(_ utf8: [UInt8]) { self.utf8 = utf8 }

  mutating func ranges() -> [Range<Int>] {
    while index < utf8.count {
      let start = index
      step()
      index = max(index, start + 1)
    }
    return found
  }

  private func byte(_ offset: Int = 0) -> UInt8 {
    index + offset < utf8.count ? utf8[index + offset] : 0
  }

  private mutating func take(upTo end: Int) {
    if let last = found.last, last.upperBound == index {
      found[found.count - 1] = last.lowerBound..<end
    } else {
      found.append(index..<end)
    }
    index = end
  }

  private mutating func step() {
    if cases.last == false { return selector() }
    switch byte() {
    case 0x7B: brace()
    case 0x7D where cases.last == true:
      cases[cases.count - 1] = false
      take(upTo: index + 1)
    case 0x23 where cases.last == true: take(upTo: index + 1)
    case 0x25: percent()
    case 0x24: dollar()
    case 0x3C: tag()
    default: break
    }
  }

  /// Between the cases of an argument: the words up to the next text, or its end.
  private mutating func selector() {
    switch byte() {
    case 0x7B: cases[cases.count - 1] = true
    case 0x7D: cases.removeLast()
    default: break
    }
    take(upTo: index + 1)
  }

  private mutating func brace() {
    if byte(1) == 0x7B {
      if let end = end(of: [0x7D, 0x7D], from: index + 2) { take(upTo: end) }
      return
    }
    var end = index + 1
    while end < utf8.count, utf8[end] != 0x7D, utf8[end] != 0x2C, utf8[end] != 0x7B { end += 1 }
    guard end < utf8.count, utf8[end] != 0x7B else { return }
    let name = utf8.span.trimmingWhitespace(index + 1..<end)
    guard name.count <= Self.longestName, !utf8[name].contains(0x20) else { return }
    if utf8[end] == 0x7D { return take(upTo: end + 1) }
    // A name, a comma, and how the value is written.
    var next = end + 1
    while next < utf8.count, ![0x2C, 0x7B, 0x7D].contains(utf8[next]) { next += 1 }
    guard next < utf8.count, utf8[next] != 0x7B else { return }
    let type = utf8[utf8.span.trimmingWhitespace(end + 1..<next)]
    if utf8[next] == 0x2C, Self.choices.contains(where: { type.elementsEqual($0.utf8) }) {
      take(upTo: next + 1)
      cases.append(false)
    } else if let close = self.end(of: [0x7D], from: next),
      Self.types.contains(where: { type.elementsEqual($0.utf8) })
    {
      take(upTo: close)
    }
  }

  private static let choices = ["plural", "select", "selectordinal"]
  private static let types = ["number", "date", "time", "duration", "ordinal", "spellout", "list"]
  /// No name of an argument is longer; a sentence in braces is.
  private static let longestName = 80

  /// A placeholder that is longer was never closed.
  private static let longest = 500

  /// Where a mark ends that stands soon behind a place.
  private mutating func end(of mark: [UInt8], from start: Int) -> Int? {
    var at = max(start, searched[mark, default: 0])
    let limit = min(utf8.count, start + Self.longest)
    while at + mark.count <= limit {
      if utf8[at] == mark[0], mark.count == 1 || utf8[at + 1] == mark[1] { return at + mark.count }
      at += 1
    }
    // What was searched in vain is not searched again: a text of opening marks alone is long done.
    searched[mark] = at
    return nil
  }

  /// `%s`, `%1$d`, `%.2f`, `%@`, `%{name}`, `%(name)s`.
  private mutating func percent() {
    if byte(1) == 0x7B {
      if let end = end(of: [0x7D], from: index + 2) { take(upTo: end) }
      return
    }
    if byte(1) == 0x28, let end = end(of: [0x29], from: index + 2), end < utf8.count,
      utf8[end].isASCIILetter
    {
      return take(upTo: end + 1)
    }
    var end = index + 1
    while end < utf8.count, utf8[end].isASCIIDigit || [0x24, 0x2E, 0x2B, 0x2D].contains(utf8[end]) {
      end += 1
    }
    while end < utf8.count, [0x68, 0x6C, 0x7A].contains(utf8[end]) { end += 1 }
    // "100 % done" is prose: a conversion stands right behind its number.
    let conversions: [UInt8] = Array("@cdefgiousxX".utf8)
    guard end < utf8.count, conversions.contains(utf8[end]) else { return }
    let next = end + 1 < utf8.count ? utf8[end + 1] : 0
    if !next.isASCIILetter { take(upTo: end + 1) }
  }

  /// `${name}`, `$NAME$`, `$1`, `$t(key)`.
  private mutating func dollar() {
    if byte(1) == 0x7B, let end = end(of: [0x7D], from: index + 2) { return take(upTo: end) }
    if byte(1) == 0x74, byte(2) == 0x28, let end = end(of: [0x29], from: index + 3) {
      return take(upTo: end)
    }
    var end = index + 1
    while end < utf8.count,
      utf8[end].isASCIILetter || utf8[end].isASCIIDigit || utf8[end] == 0x5F || utf8[end] == 0x40
    {
      end += 1
    }
    if end > index + 1, end < utf8.count, utf8[end] == 0x24, !byte(1).isASCIIDigit {
      take(upTo: end + 1)
    }
  }

  /// A tag, `<b>`, `</b>`, `<a href="…">` or the numbered ones of React, and a character reference
  /// is none.
  private mutating func tag() {
    let first = byte(1) == 0x2F ? byte(2) : byte(1)
    guard first.isASCIILetter || first.isASCIIDigit, self.end(of: [0x3E], from: index) != nil
    else { return }
    var end = index + 1
    var quote: UInt8?
    while end < min(utf8.count, index + Self.longest) {
      let byte = utf8[end]
      if let mark = quote {
        if byte == mark { quote = nil }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3E {
        return take(upTo: end + 1)
      } else if byte == 0x3C {
        return
      }
      end += 1
    }
  }
}
