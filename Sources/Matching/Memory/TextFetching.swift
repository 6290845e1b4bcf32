/// Touches what is read of some texts soon, so that memory brings it side by side: one after the other
/// each would be waited for, several times. Nothing that is read here is believed.
struct TextFetching {
  /// Texts that are fetched at once: more would push each other out.
  static let most = 32
  private static let line = 64

  private struct Text {
    let hints: TextHints
    let number: Int
    /// Where its group begins among the texts; then where it does.
    var place = 0
  }

  private var texts: [Text] = []
  /// Takes what was read, so that it is.
  private var sum: UInt32 = 0

  init() { texts.reserveCapacity(2 * Self.most) }

  @inline(__always)
  mutating func add(_ text: Int, of hints: TextHints) {
    texts.append(Text(hints: hints, number: text))
  }

  @inline(__always)
  mutating func note(_ other: UInt32) { sum ^= other }

  /// Fetches what was added.
  mutating func fetch() {
    var read: UInt32 = 0
    texts.withUnsafeMutableBufferPointer { texts in
      for index in texts.indices {
        let text = texts[index]
        texts[index].place = text.hints.group(of: text.number)
        read ^= text.hints.examined(text.number)
      }
      for index in texts.indices {
        let text = texts[index]
        let (place, head) = text.hints.start(of: text.number, inGroupAt: text.place)
        texts[index].place = place
        read ^= head
      }
      for text in texts {
        // Most texts end in the next line of the cache.
        read ^= text.hints.byte(at: text.place) ^ text.hints.byte(at: text.place + Self.line)
      }
    }
    note(read)
    texts.removeAll(keepingCapacity: true)
  }
}

/// Where a shelf has its texts, for who reads it without a look at sums.
struct TextHints {
  private let groups: UnsafeRawPointer
  private let texts: UnsafeRawPointer
  private let size: Int
  let exact: ExactTable
  /// A bit for each text whose sum was right.
  private let examinedTexts: SharedBits.Words

  init(
    _ record: ShelfRecord, _ base: UnsafeRawPointer, _ examinedTexts: SharedBits.Words
  ) {
    groups = base + record.groups
    texts = base + record.texts
    size = record.textSize
    exact = ExactTable(record, base)
    self.examinedTexts = examinedTexts
  }

  /// The number of the other text of a text's unit, across shelves.
  @inline(__always)
  func partner(of text: Int) -> Int? {
    let place =
      group(of: text) + text % SegmentLayout.groupSize * SegmentLayout.headSize + 8
    guard place + 4 <= size else { return nil }
    return Int(texts.loadUnaligned(fromByteOffset: place, as: UInt32.self))
  }

  @inline(__always)
  fileprivate func examined(_ text: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: examinedTexts[text])
  }

  @inline(__always)
  fileprivate func group(of text: Int) -> Int {
    Int(
      groups.loadUnaligned(
        fromByteOffset: text / SegmentLayout.groupSize * 4, as: UInt32.self))
  }

  /// Where a text begins, and a bit of its head, which may lie in another line of the cache than what
  /// tells where it begins.
  @inline(__always)
  fileprivate func start(of text: Int, inGroupAt group: Int) -> (place: Int, head: UInt32) {
    // Of the first text of a group that of the second: it is near.
    let number = text % SegmentLayout.groupSize
    let place = group + max(0, number - 1) * SegmentLayout.headSize
    let head = group + number * SegmentLayout.headSize + 12
    guard head + 4 <= size, place + 4 <= size else { return (0, 0) }
    return (
      group + Int(texts.loadUnaligned(fromByteOffset: place, as: UInt32.self)),
      texts.loadUnaligned(fromByteOffset: head, as: UInt32.self)
    )
  }

  @inline(__always)
  fileprivate func byte(at place: Int) -> UInt32 {
    place < size ? UInt32(texts.load(fromByteOffset: place, as: UInt8.self)) : 0
  }
}
