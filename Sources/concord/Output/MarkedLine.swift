internal import Bitext
internal import Segmentation

/// Prints a text with places in it marked: in colour, else in brackets.
struct MarkedLine {
  var usesColor: Bool
  /// The columns that there are; `nil` where a text is never cut.
  var width: Int?

  /// A scalar as it is printed.
  private struct Cell {
    var start: Int
    var text: String
    var width: Int
  }

  private static let ellipsis = "…"

  /// A text with places marked. Where it is too long it is cut about the first of them.
  ///
  /// - Parameters:
  ///   - text: with control characters made visible when it is printed.
  ///   - ranges: bytes of the text, in order.
  /// - Returns: one line without its end.
  func text(_ text: String, marking ranges: [Range<Int>]) -> String {
    let cells = cells(of: text)
    let places = ranges.map { range in
      place(of: range.lowerBound, cells)..<place(of: range.upperBound, cells)
    }
    let shown = shown(cells, about: places.first)
    var line = shown.lowerBound > 0 ? Self.ellipsis : ""
    for index in shown {
      if starts(index, places, shown) { line += usesColor ? "\u{1B}[1;31m" : "[" }
      line += cells[index].text
      if ends(index, places, shown) { line += usesColor ? "\u{1B}[0m" : "]" }
    }
    return shown.upperBound < cells.count ? line + Self.ellipsis : line
  }

  private func starts(_ index: Int, _ places: [Range<Int>], _ shown: Range<Int>) -> Bool {
    places.contains { place in
      let place = place.clamped(to: shown)
      return place.lowerBound == index && !place.isEmpty
    }
  }

  private func ends(_ index: Int, _ places: [Range<Int>], _ shown: Range<Int>) -> Bool {
    places.contains { place in
      let place = place.clamped(to: shown)
      return place.upperBound == index + 1 && !place.isEmpty
    }
  }

  private func cells(of text: String) -> [Cell] {
    var cells: [Cell] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      let shown = scalar == "\t" ? " " : String(scalar).visible
      cells.append(Cell(start: offset, text: shown, width: Columns.width(shown)))
      offset += UTF8.width(scalar)
    }
    return cells
  }

  private func place(of byte: Int, _ cells: [Cell]) -> Int {
    var (low, high) = (0, cells.count)
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].start < byte { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The cells that find room: the place, and about as much before it as behind it.
  private func shown(_ cells: [Cell], about place: Range<Int>?) -> Range<Int> {
    let brackets = place == nil || usesColor ? 0 : 2
    guard let width, cells.reduce(brackets, { $0 + $1.width }) > width else {
      return 0..<cells.count
    }
    // What is cut off on both sides leaves an ellipsis.
    var room = max(1, width - 2 - brackets)
    let focus = place ?? 0..<0
    var (start, end) = (focus.lowerBound, focus.lowerBound)
    func take(_ index: Int) -> Bool {
      guard cells.indices.contains(index), cells[index].width <= room else { return false }
      room -= cells[index].width
      return true
    }
    while end < focus.upperBound, take(end) { end += 1 }
    var (goesBack, goesOn) = (true, true)
    while goesBack || goesOn {
      goesBack = goesBack && take(start - 1)
      if goesBack { start -= 1 }
      goesOn = goesOn && take(end)
      if goesOn { end += 1 }
    }
    // A mark above a letter stays with it.
    while end < cells.count, end > start, cells[end].width == 0 { end += 1 }
    return start..<end
  }
}

extension UTF8 {
  /// The bytes that a scalar takes.
  fileprivate static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case ..<0x80: 1
    case ..<0x800: 2
    case ..<0x10000: 3
    default: 4
    }
  }
}
