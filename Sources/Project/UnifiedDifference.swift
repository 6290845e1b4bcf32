/// Changes to a text as `diff -u` and `git diff` tell them.
enum UnifiedDifference {
  /// Lines that are shown before and after a change, as all tools do.
  private static let context = 3

  /// - Parameters:
  ///   - file: the name of the file.
  ///   - old: its text.
  ///   - edits: the stretches that change and what takes their place, in order, none over another.
  /// - Returns: the difference, each line with its end.
  static func text(
    file: String, old: [UInt8], _ edits: [(range: Range<Int>, new: [UInt8])]
  ) -> String {
    let lines = Lines(old)
    var result = "--- \(name("a/" + file))\n+++ \(name("b/" + file))\n"
    var shift = 0
    for hunk in hunks(lines, edits) {
      let (text, grown) = Self.text(of: hunk, lines, old, shift: shift)
      result += text
      shift += grown
    }
    return result
  }

  /// A run of changes that is told at once.
  private struct Hunk {
    var changes: [Change]
  }

  /// Neighbouring lines that change together.
  private struct Change {
    var lines: Range<Int>
    var edits: [(range: Range<Int>, new: [UInt8])]
  }

  private static func hunks(
    _ lines: Lines, _ edits: [(range: Range<Int>, new: [UInt8])]
  ) -> [Hunk] {
    var hunks: [Hunk] = []
    for edit in edits {
      let touched = lines.lines(of: edit.range)
      guard let last = hunks.last?.changes.last else {
        hunks.append(Hunk(changes: [Change(lines: touched, edits: [edit])]))
        continue
      }
      let index = hunks.count - 1
      if touched.lowerBound <= last.lines.upperBound {
        let change = hunks[index].changes.count - 1
        hunks[index].changes[change].lines = last.lines.lowerBound..<touched.upperBound
        hunks[index].changes[change].edits.append(edit)
      } else if touched.lowerBound - last.lines.upperBound <= 2 * context {
        hunks[index].changes.append(Change(lines: touched, edits: [edit]))
      } else {
        hunks.append(Hunk(changes: [Change(lines: touched, edits: [edit])]))
      }
    }
    return hunks
  }

  private static func text(
    of hunk: Hunk, _ lines: Lines, _ old: [UInt8], shift: Int
  ) -> (String, grown: Int) {
    guard let first = hunk.changes.first, let last = hunk.changes.last else { return ("", 0) }
    let range =
      max(0, first.lines.lowerBound - context)..<min(lines.count, last.lines.upperBound + context)
    var body = ""
    var line = range.lowerBound
    var grown = 0
    for change in hunk.changes {
      while line < change.lines.lowerBound {
        body += marked(" ", old[lines[line]])
        line += 1
      }
      while line < change.lines.upperBound {
        body += marked("-", old[lines[line]])
        line += 1
      }
      let new = changed(change, lines, old)
      let newLines = Lines(new)
      for index in 0..<newLines.count { body += marked("+", new[newLines[index]]) }
      grown += newLines.count - change.lines.count
    }
    while line < range.upperBound {
      body += marked(" ", old[lines[line]])
      line += 1
    }
    let head =
      "@@ -\(range.lowerBound + 1),\(range.count) "
      + "+\(range.lowerBound + 1 + shift),\(range.count + grown) @@\n"
    return (head + body, grown)
  }

  private static func changed(_ change: Change, _ lines: Lines, _ old: [UInt8]) -> [UInt8] {
    var new: [UInt8] = []
    var end = lines[change.lines.lowerBound].lowerBound
    for edit in change.edits {
      new += old[end..<edit.range.lowerBound] + edit.new
      end = edit.range.upperBound
    }
    return new + old[end..<lines[change.lines.upperBound - 1].upperBound]
  }

  private static func marked(_ mark: String, _ line: ArraySlice<UInt8>) -> String {
    let text = mark + String(decoding: line, as: UTF8.self)
    return line.last == 0x0A ? text : text + "\n\\ No newline at end of file\n"
  }

  /// A name with marks in it stands in quotes, as git writes it.
  private static func name(_ path: String) -> String {
    let needsQuotes = path.utf8.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F }
    guard needsQuotes else { return path }
    var result = "\""
    for scalar in path.unicodeScalars {
      switch scalar.value {
      case 0x22, 0x5C: result += "\\" + String(scalar)
      case 0..<0x20, 0x7F:
        let digits = String(scalar.value, radix: 8)
        result += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The lines of a text, each with its end.
  private struct Lines {
    private var starts: [Int] = []
    private let end: Int

    init(_ text: [UInt8]) {
      end = text.count
      var start = 0
      while start < text.count {
        starts.append(start)
        start = text[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
      }
    }

    var count: Int { starts.count }

    subscript(line: Int) -> Range<Int> {
      starts[line]..<(line + 1 < starts.count ? starts[line + 1] : end)
    }

    /// The lines that a stretch touches.
    func lines(of range: Range<Int>) -> Range<Int> {
      let first = line(at: range.lowerBound)
      return first..<max(first, line(at: max(range.lowerBound, range.upperBound - 1))) + 1
    }

    private func line(at offset: Int) -> Int {
      var low = 0
      var high = starts.count
      while low < high {
        let middle = (low + high) / 2
        if starts[middle] <= offset { low = middle + 1 } else { high = middle }
      }
      return max(0, low - 1)
    }
  }
}
