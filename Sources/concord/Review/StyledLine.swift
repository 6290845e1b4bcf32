/// How a piece of text stands out.
enum TextStyle: Equatable {
  case plain
  /// What is only talk.
  case faint
  case strong
  /// A term in its sentence.
  case term
  /// The line that Enter chooses.
  case chosen
  /// What needs a second look.
  case notice
}

/// A piece of a line in one style.
struct StyledText: Equatable {
  var text: String
  var style: TextStyle

  init(_ text: String, _ style: TextStyle = .plain) {
    self.text = text
    self.style = style
  }
}

/// A line of the screen.
struct StyledLine: Equatable {
  var pieces: [StyledText]

  init(_ pieces: [StyledText] = []) { self.pieces = pieces }

  init(_ text: String, _ style: TextStyle = .plain) { pieces = [StyledText(text, style)] }

  var width: Int { pieces.reduce(0) { $0 + Columns.width($1.text) } }

  /// The line cut to some columns.
  func cut(to width: Int) -> Self {
    guard self.width > width else { return self }
    var rest = width
    var kept: [StyledText] = []
    for piece in pieces where rest > 0 {
      let own = Columns.width(piece.text)
      // The last piece that fits needs room for an ellipsis too.
      let text = own < rest ? piece.text : Columns.cut(piece.text + " ", to: rest)
      kept.append(StyledText(text, piece.style))
      rest -= Columns.width(text)
    }
    return Self(kept)
  }

  /// The line as a terminal shows it (ECMA-48, "select graphic rendition"). Without colour the
  /// styles differ by weight and underlines alone.
  func painted(usesColor: Bool) -> String {
    pieces.map { piece in
      let codes: String =
        switch piece.style {
        case .plain: ""
        case .faint: "2"
        case .strong: "1"
        case .term: usesColor ? "1;4;36" : "1;4"
        case .chosen: "7"
        case .notice: usesColor ? "1;33" : "1"
        }
      return codes.isEmpty ? piece.text : "\u{1B}[\(codes)m\(piece.text)\u{1B}[0m"
    }.joined()
  }
}

extension [StyledText] {
  /// The text broken into lines: at spaces, and beside ideographs where no mark would stand alone
  /// at a line's edge.
  ///
  /// - Parameter width: the columns of a line.
  /// - Returns: at least one line.
  func wrapped(to width: Int) -> [StyledLine] {
    let cells = flatMap { piece in
      piece.text.map {
        TextCell(character: $0, style: piece.style, width: Columns.width(String($0)))
      }
    }
    var lines: [StyledLine] = []
    var start = 0
    while start < cells.count {
      let end = lineEnd(cells, start, Swift.max(2, width))
      var visible = end
      while visible > start, cells[visible - 1].character == " " { visible -= 1 }
      lines.append(StyledLine(cells[start..<visible]))
      start = end
    }
    return lines.isEmpty ? [StyledLine()] : lines
  }

  private func lineEnd(_ cells: [TextCell], _ start: Int, _ width: Int) -> Int {
    var used = 0
    var end = start
    while end < cells.count, used + cells[end].width <= width {
      used += cells[end].width
      end += 1
    }
    guard end < cells.count else { return end }
    // Spaces at the edge are seen by nobody.
    if cells[end].character == " " {
      return cells[end...].firstIndex { $0.character != " " } ?? cells.count
    }
    var place = end
    while place > start, !cells[place - 1].mayEnd(before: cells[place]) { place -= 1 }
    return place > start ? place : Swift.max(end, start + 1)
  }
}

/// A character on its way into a line.
private struct TextCell {
  var character: Character
  var style: TextStyle
  var width: Int

  /// Marks that stand at the end of what they close, and at the start of what they open.
  private static let closing = Set("，。、；：？！）》」』】〉”’…,.;:?!)]}")
  private static let opening = Set("（《「『【〈“‘([{")

  func mayEnd(before next: Self) -> Bool {
    if character == " " { return true }
    guard width > 1 || next.width > 1 else { return character == "-" }
    return !Self.closing.contains(next.character) && !Self.opening.contains(character)
  }
}

extension StyledLine {
  fileprivate init(_ cells: ArraySlice<TextCell>) {
    self.init()
    for cell in cells {
      if pieces.last?.style == cell.style {
        pieces[pieces.count - 1].text.append(cell.character)
      } else {
        pieces.append(StyledText(String(cell.character), cell.style))
      }
    }
  }
}
