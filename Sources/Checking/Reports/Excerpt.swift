internal import Bitext
internal import Segmentation

/// The part of a line around a marked stretch that fits into some columns of a terminal.
struct Excerpt {
  private(set) var text = ""
  private(set) var indent = ""
  private(set) var carets = ""

  init(_ utf8: [UInt8], line: Range<Int>, marked: Range<Int>, width: Int) {
    let near = Self.neighbourhood(utf8, line: line, marked: marked, width: width)
    let scalars = Self.scalars(utf8, near)
    var first = scalars.firstIndex { $0.offset >= marked.lowerBound } ?? scalars.count
    var last = scalars.firstIndex { $0.offset >= marked.upperBound } ?? scalars.count
    let markedStart = first
    let markedEnd = max(last, first)
    var used = 0
    // The marked stretch first, as far as it fits, then what stands around it.
    var end = first
    while end < markedEnd, used + scalars[end].width <= width {
      used += scalars[end].width; end += 1
    }
    last = end
    var grows = true
    while grows {
      grows = false
      if first > 0, used + scalars[first - 1].width <= width {
        first -= 1
        used += scalars[first].width
        grows = true
      }
      if last < scalars.count, used + scalars[last].width <= width {
        used += scalars[last].width
        last += 1
        grows = true
      }
    }
    if first > 0 || near.lowerBound > line.lowerBound {
      text = "…"
      indent = " "
    }
    for scalar in scalars[first..<last] { text += scalar.text }
    if last < scalars.count || near.upperBound < line.upperBound { text += "…" }
    for scalar in scalars[first..<max(first, markedStart)] {
      indent += String(repeating: " ", count: scalar.width)
    }
    let count = scalars[markedStart..<max(markedStart, end)].reduce(0) { $0 + $1.width }
    carets = String(repeating: "^", count: max(1, count))
  }

  /// The part of a line that can be shown at all: a scalar takes four bytes at the most.
  private static func neighbourhood(
    _ utf8: [UInt8], line: Range<Int>, marked: Range<Int>, width: Int
  ) -> Range<Int> {
    var start = max(line.lowerBound, marked.lowerBound - 4 * width)
    while start > line.lowerBound, utf8[start].isUTF8Continuation { start -= 1 }
    var end = min(line.upperBound, marked.lowerBound + 4 * width)
    while end < line.upperBound, utf8[end].isUTF8Continuation { end += 1 }
    return start..<max(start, end)
  }

  private static func scalars(
    _ utf8: [UInt8], _ line: Range<Int>
  ) -> [(offset: Int, text: String, width: Int)] {
    var list: [(offset: Int, text: String, width: Int)] = []
    let span = utf8.span
    var index = line.lowerBound
    while index < line.upperBound {
      let scalar = span.scalar(at: index)
      let raw = String(Unicode.Scalar(scalar.value) ?? "\u{FFFD}")
      let shown = scalar.value == 9 ? " " : raw.visible
      let width =
        shown == raw ? scalar.value.displayWidth : shown.unicodeScalars.count
      list.append((index, shown, width))
      index += scalar.length
    }
    return list
  }
}
