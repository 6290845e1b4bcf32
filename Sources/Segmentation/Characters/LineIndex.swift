internal import Bitext

/// Turns byte offsets of a file into lines and columns: the one place that does.
public struct LineIndex: Sendable {
  /// The decoded file.
  public let text: DecodedText
  /// Where each line starts in the decoded text.
  private let starts: [Int]
  /// The Unicode scalars before each stretch of ``stride`` bytes: a line of ten megabytes with ten
  /// thousand findings must not be counted from its start for each.
  private let scalars: [Int]
  private static let stride = 1024
  /// Where the first byte stands: a text may be a part of its file.
  private let first: Position

  public init(_ text: DecodedText) {
    self.init(text, startingAt: Position(line: 1, column: 1, offset: 0))
  }

  /// The lines of a part of a file.
  ///
  /// - Parameters:
  ///   - text: the part; its positions lead to the whole file.
  ///   - first: where it starts.
  package init(_ text: DecodedText, startingAt first: Position) {
    self.text = text
    self.first = first
    var starts = [0]
    var scalars: [Int] = []
    var count = 0
    for (index, byte) in text.utf8.enumerated() {
      if index % Self.stride == 0 { scalars.append(count) }
      if !byte.isUTF8Continuation { count += 1 }
      let isLoneReturn =
        byte == 0x0D && (index + 1 == text.utf8.count || text.utf8[index + 1] != 0x0A)
      if byte == 0x0A || isLoneReturn { starts.append(index + 1) }
    }
    self.starts = starts
    self.scalars = scalars
  }

  /// How many scalars start before a byte of the decoded text.
  private func scalarCount(before place: Int) -> Int {
    let stretch = min(place / Self.stride, scalars.count - 1)
    guard stretch >= 0 else { return 0 }
    let utf8 = text.utf8.span.extracting(stretch * Self.stride..<place)
    var count = scalars[stretch]
    // Told here rather than by `isUTF8Continuation`: a loop without calls takes many at a time.
    for index in utf8.indices { count += utf8[unchecked: index] & 0xC0 == 0x80 ? 0 : 1 }
    return count
  }

  /// A place in a file as people name it.
  public struct Position: Sendable, Hashable {
    /// From 1.
    public var line: Int
    /// From 1, in Unicode scalars.
    public var column: Int
    /// Bytes of the file as it lies on disk.
    public var offset: Int

    public init(line: Int, column: Int, offset: Int) {
      self.line = line
      self.column = column
      self.offset = offset
    }
  }

  /// The place of a byte of the file as it lies on disk.
  public func position(at offset: Int) -> Position {
    let place = min(text.positions.text(at: offset), text.utf8.count)
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= place { low = middle + 1 } else { high = middle }
    }
    let start = starts[max(0, low - 1)]
    let column = scalarCount(before: place) - scalarCount(before: start)
    return Position(
      line: first.line + max(0, low - 1), column: column + (low > 1 ? 1 : first.column),
      offset: offset)
  }

  /// The bytes of a line, by its number in the file, in the decoded text, without its end.
  public func line(_ line: Int) -> Range<Int> {
    let index = line - first.line
    guard starts.indices.contains(index) else { return text.utf8.count..<text.utf8.count }
    let start = starts[index]
    var end = index + 1 < starts.count ? starts[index + 1] : text.utf8.count
    while end > start, text.utf8[end - 1] == 0x0A || text.utf8[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// The decoded text behind a range of the file.
  public func textRange(_ range: Range<Int>) -> Range<Int> {
    let start = min(text.positions.text(at: range.lowerBound), text.utf8.count)
    let end = min(text.positions.text(at: range.upperBound), text.utf8.count)
    return start..<max(start, end)
  }
}
