internal import Bitext
internal import Formats
internal import Segmentation

/// The lines of a large file in UTF-8: where some of its bytes stand is known, and what stands
/// around a place is read when it is asked for, so that memory does not grow with the file.
struct LargeFileLines: Sendable {
  private let file: FileStretches
  /// The bytes of the byte order mark, which is no text.
  private let mark: Int
  /// Where every ``stride``th byte stands.
  private var places: [Place] = []
  /// Where a byte behind the last one would stand.
  private var end = Place()

  /// As much is read to count columns, which takes a microsecond or two.
  private static let stride = 4096
  /// As much is read at a time to see the file once.
  private static let chunk = 1 << 20
  /// As much of a line is read before and after a place at the least: a report four thousand columns
  /// wide would show it all.
  private static let shown = 1 << 14

  private struct Place: Sendable {
    var line = 1
    /// Unicode scalars of the line before the byte.
    var scalars = 0
    /// Whether the byte before is a carriage return, which ends a line unless a line feed follows.
    var isAfterReturn = false

    mutating func pass(_ byte: UInt8) {
      if isAfterReturn, byte != 0x0A { endLine() }
      isAfterReturn = byte == 0x0D
      if byte == 0x0A { return endLine() }
      if !byte.isUTF8Continuation { scalars += 1 }
    }

    mutating func endLine() {
      line += 1
      scalars = 0
      isAfterReturn = false
    }

    /// The place of a byte that is known, or of the end of the file.
    mutating func settle(before byte: UInt8?) {
      if isAfterReturn, byte != 0x0A { endLine() }
    }
  }

  /// Reads a file once; `nil` for a small one, and for one that is not UTF-8 or holds a NUL.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - least: bytes of a file at the least that is worth it.
  init?(_ path: String, least: Int) {
    guard let file = FileStretches(path), file.size >= least else { return nil }
    self.file = file
    mark = file.read(0..<3) == [0xEF, 0xBB, 0xBF] ? 3 : 0
    places.reserveCapacity(file.size / Self.stride + 1)
    var place = Place()
    var start = mark
    while start < file.size {
      var bytes = file.read(start..<start + Self.chunk)
      let isLast = start + bytes.count >= file.size
      if let bad = bytes.span.firstInvalidUTF8() {
        // The end of the chunk may cut a character.
        guard !isLast, bad > 0, bytes.count - bad < 4 else { return nil }
        bytes.removeLast(bytes.count - bad)
      }
      guard !bytes.isEmpty, !bytes.span.holdsZero else { return nil }
      note(bytes, from: start, &place)
      start += bytes.count
    }
    place.settle(before: nil)
    end = place
  }

  /// Notes where the bytes of a chunk stand.
  private mutating func note(_ bytes: [UInt8], from start: Int, _ place: inout Place) {
    let span = bytes.span
    var index = 0
    while index < span.count {
      let offset = start - mark + index
      if offset % Self.stride == 0 { places.append(place) }
      let stop = min(span.count, index + Self.stride - offset % Self.stride)
      while index < stop {
        place.pass(span[index])
        index += 1
      }
    }
  }

  /// The place of a byte of the file.
  func position(at offset: Int) -> LineIndex.Position {
    let text = max(0, min(offset, file.size) - mark)
    var place = end
    let stretch = text / Self.stride
    if text < file.size - mark, stretch < places.count {
      place = places[stretch]
      let start = stretch * Self.stride
      let bytes = file.read(start + mark..<text + mark + 1)
      for byte in bytes.prefix(text - start) { place.pass(byte) }
      place.settle(before: bytes.dropFirst(text - start).first)
    }
    return LineIndex.Position(line: place.line, column: place.scalars + 1, offset: offset)
  }

  /// The lines that a stretch of the file lies in; of very long ones what stands near it.
  func lines(around range: Range<Int>) -> LineIndex {
    let start = max(mark, min(range.lowerBound, file.size))
    let end = max(start, min(range.upperBound, file.size))
    let first = lineStart(before: start)
    let bytes = file.read(first..<lineEnd(after: end))
    let position = position(at: first)
    return LineIndex(
      DecodedText(
        utf8: bytes, encoding: "UTF-8", positions: PositionMap(verbatim: bytes.count, at: first)),
      startingAt: position)
  }

  private func lineStart(before place: Int) -> Int {
    var size = Self.stride
    while true {
      let start = max(mark, place - size)
      let bytes = file.read(start..<place)
      if let end = bytes.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) { return start + end + 1 }
      if start == mark { return mark }
      if size >= Self.shown {
        return start + (bytes.firstIndex { !$0.isUTF8Continuation } ?? 0)
      }
      size *= 4
    }
  }

  private func lineEnd(after place: Int) -> Int {
    var size = Self.stride
    while true {
      let bytes = file.read(place..<place + size)
      if let end = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) { return place + end }
      if place + bytes.count >= file.size || bytes.count < size { return place + bytes.count }
      if size >= Self.shown {
        return place + (bytes.lastIndex { !$0.isUTF8Continuation } ?? bytes.count)
      }
      size *= 4
    }
  }
}
