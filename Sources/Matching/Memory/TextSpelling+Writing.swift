internal import Bitext
internal import Segmentation

extension TextSpelling {
  /// For each first byte of a mark the numbers of those that begin with it.
  private static let marksByFirst: [[UInt8]] = marks.indices.reduce(
    into: [[UInt8]](repeating: [], count: 256)
  ) { $0[Int(marks[$1].text[0])].append(UInt8($1)) }

  /// Appends the steps from a key to its text.
  ///
  /// - Parameters:
  ///   - text: in UTF-8.
  ///   - key: its match key, in UTF-8.
  ///   - steps: takes the steps.
  static func append(
    of text: UnsafeBufferPointer<UInt8>, beside key: UnsafeBufferPointer<UInt8>,
    to steps: inout [UInt8]
  ) {
    let start = steps.count
    if appendPlain(text, key, &steps) { return }
    steps.removeLast(steps.count - start)
    appendMapped(text, key, &steps)
  }

  /// Goes through both at once, as long as a look at the next character tells what was folded.
  ///
  /// - Returns: whether that was so up to the end.
  private static func appendPlain(
    _ text: UnsafeBufferPointer<UInt8>, _ key: UnsafeBufferPointer<UInt8>, _ steps: inout [UInt8]
  ) -> Bool {
    var writer = StepWriter()
    var (index, place) = (0, 0)
    while index < text.count {
      let length = text.plainLength(at: index)
      if length > 0, text.isSame(index, as: key, place, count: length) {
        index += length
        place += length
      } else if text[index].isASCIIUppercase, place < key.count, key[place] == text[index] | 0x20 {
        writer.add(capital, at: place, passing: 1, &steps)
        index += 1
        place += 1
      } else if text[index] == 0x20 {
        writer.add(space, at: place, passing: 0, &steps)
        index += 1
      } else {
        let number = marksByFirst[Int(text[index])].first { number in
          let mark = marks[Int(number)]
          return text.has(mark.text, at: index) && key.has(mark.key, at: place)
        }
        guard let number else { return false }
        let mark = marks[Int(number)]
        writer.add(TextSpelling.mark, at: place, passing: mark.key.count, &steps)
        steps.append(number)
        index += mark.text.count
        place += mark.key.count
      }
    }
    return place == key.count
  }

  /// Asks the folding which bytes of the text each byte of the key came from.
  private static func appendMapped(
    _ text: UnsafeBufferPointer<UInt8>, _ key: UnsafeBufferPointer<UInt8>, _ steps: inout [UInt8]
  ) {
    let map = MatchKey(Span(_unsafeElements: text))
    var writer = StepWriter()
    var (index, place) = (0, 0)
    if map.bytes.elementsEqual(key) {
      while place < key.count {
        // What came from the same bytes of the text belongs together.
        let range = map.sourceRange(place..<place + 1)
        var end = place + 1
        while end < key.count, map.sourceRange(end..<end + 1) == range { end += 1 }
        guard range.lowerBound >= index else { break }
        writer.replace(place..<place, by: text[index..<range.lowerBound], &steps)
        // Of several scalars none stands by itself, even where nothing was folded.
        let isSame =
          UnsafeBufferPointer(rebasing: key[place..<end]).scalarCount == 1
          && text[range].elementsEqual(key[place..<end])
        if !isSame { writer.replace(place..<end, by: text[range], &steps) }
        (index, place) = (range.upperBound, end)
      }
    }
    // What is left; all of it where the key is not what folding gives today.
    writer.replace(place..<key.count, by: text[index...], &steps)
  }

  private struct StepWriter {
    /// Where in the key the last step ended.
    private var done = 0

    @inline(__always)
    mutating func add(_ kind: UInt8, at place: Int, passing count: Int, _ steps: inout [UInt8]) {
      while place - done >= full {
        steps.append(UInt8(full))
        done += full
      }
      steps.append(kind | UInt8(place - done))
      done = place + count
    }

    /// Writes other bytes in the place of some of the key's.
    mutating func replace(
      _ range: Range<Int>, by text: Slice<UnsafeBufferPointer<UInt8>>, _ steps: inout [UInt8]
    ) {
      var (place, rest) = (range.lowerBound, text)
      while place < range.upperBound || !rest.isEmpty {
        let passed = min(range.upperBound - place, mostOfLiteral)
        let written = rest.prefix(mostOfLiteral)
        add(literal, at: place, passing: passed, &steps)
        steps.append(UInt8(passed << 4 | written.count))
        steps.append(contentsOf: written)
        place += passed
        rest = rest.dropFirst(written.count)
      }
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// How many bytes a character has that nothing is folded into: ASCII, the ideographs of U+4000 to
  /// U+9FFF, and the marks of U+2000 to U+203F and U+3000 to
  /// U+3020; 0 for others.
  ///
  /// What stands behind one of them may still be an accent that composes with it; then that accent is
  /// no such character.
  @inline(__always)
  fileprivate func plainLength(at index: Int) -> Int {
    let byte = self[index]
    if byte < 0x80 { return 1 }
    guard byte &- 0xE2 < 8, index + 2 < count else { return 0 }
    let isMark =
      byte == 0xE2 && self[index + 1] == 0x80
      || byte == 0xE3 && self[index + 1] == 0x80 && self[index + 2] <= 0xA0
    return byte >= 0xE4 || isMark ? 3 : 0
  }

  @inline(__always)
  fileprivate func isSame(_ index: Int, as other: Self, _ place: Int, count: Int) -> Bool {
    guard index + count <= self.count, place + count <= other.count else { return false }
    var offset = 0
    while offset < count {
      if self[index + offset] != other[place + offset] { return false }
      offset += 1
    }
    return true
  }

  fileprivate func has(_ bytes: [UInt8], at index: Int) -> Bool {
    guard index + bytes.count <= count else { return false }
    for (offset, byte) in bytes.enumerated() where self[index + offset] != byte { return false }
    return true
  }
}
