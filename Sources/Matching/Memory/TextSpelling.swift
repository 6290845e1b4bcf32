/// What a text has that its match key lacks: capitals, the width of marks, spaces. A few bytes beside
/// the key give the text back, and tell where in the text a stretch of the key stands.
///
/// Steps follow each other; behind the last one the rest of the key is the rest of the text. Each
/// begins with a byte: its low six bits say how many bytes of the key are copied, its high two what
/// comes then.
enum TextSpelling {
  /// The next byte of the key is a letter, in the text a capital.
  static let capital: UInt8 = 0 << 6
  /// The text has a space that the key lacks.
  static let space: UInt8 = 1 << 6
  /// What a byte more names in ``marks`` stands for bytes of the key.
  static let mark: UInt8 = 2 << 6
  /// A byte more says how many bytes of the key are passed over (its high half), and how many that
  /// follow stand for them (its low half).
  static let literal: UInt8 = 3 << 6
  static let kinds: UInt8 = 3 << 6
  /// A step that copies so many bytes does nothing more.
  static let full = 63
  /// What one literal step can pass over, or write.
  static let mostOfLiteral = 15

  /// A mark of texts, and what match keys have in its place.
  struct Mark: Sendable {
    let text: [UInt8]
    let key: [UInt8]

    init(_ text: String, _ key: String) {
      (self.text, self.key) = (Array(text.utf8), Array(key.utf8))
    }
  }

  /// The marks that are common, none of more than three bytes. Their order is a part of what segments
  /// hold: who changes it raises ``SegmentLayout/version``.
  static let marks = [
    Mark("，", ","), Mark("。", "."), Mark("、", ","), Mark("（", "("), Mark("）", ")"),
    Mark("：", ":"), Mark("；", ";"), Mark("！", "!"), Mark("？", "?"), Mark("“", "\""),
    Mark("”", "\""), Mark("《", "\""), Mark("》", "\""), Mark("「", "\""), Mark("」", "\""),
    Mark("『", "\""), Mark("』", "\""), Mark("〈", "\""), Mark("〉", "\""), Mark("’", "'"),
    Mark("’", "\""), Mark("‘", "\""), Mark("'", "\""), Mark("–", "-"), Mark("‐", "-"),
    Mark("％", "%"), Mark("【", "["), Mark("】", "]"), Mark("…", "..."), Mark("\u{A0}", " "),
    Mark("\u{3000}", " "), Mark("\u{A0}", ""), Mark("\u{3000}", ""), Mark("\n", " "),
    Mark("\t", " "), Mark("•", "·"), Mark("～", "~"), Mark("―", "—"),
  ]

  // MARK: Steps

  /// What a step does to the key.
  struct Step {
    var kind: UInt8
    /// Bytes that are copied first; then those that others stand for.
    var copied: Int
    var passed: Int
    /// What stands for them: that many bytes of the steps from a place on, where the kind has any.
    var written: Int
    var place: Int
  }

  /// Reads the step at a place, and goes behind it.
  ///
  /// - Returns: `nil` for a step that is cut off, or names no mark.
  @inline(__always)
  static func step(_ steps: UnsafeRawBufferPointer, _ index: inout Int) -> Step? {
    let byte = steps[index]
    index += 1
    let kind = byte & kinds
    var step = Step(kind: kind, copied: Int(byte & ~kinds), passed: 0, written: 0, place: index)
    if step.copied == full {
      step.kind = literal
      return step
    }
    switch kind {
    case capital: (step.passed, step.written) = (1, 1)
    case space: step.written = 1
    case mark:
      guard index < steps.count, Int(steps[index]) < markTable.count else { return nil }
      (step.passed, step.written) = (
        Int(markTable[Int(steps[index])].passed), Int(markTable[Int(steps[index])].written)
      )
      index += 1
    default:
      guard index < steps.count else { return nil }
      (step.passed, step.written) = (Int(steps[index] >> 4), Int(steps[index] & 15))
      step.place = index + 1
      index += 1 + step.written
      guard index <= steps.count else { return nil }
    }
    return step
  }

  /// A mark as it is written: its bytes in the low three of a number.
  struct WrittenMark: Sendable {
    let bytes: UInt32
    let written: UInt8
    let passed: UInt8
  }

  static let markTable = marks.map { mark in
    WrittenMark(
      bytes: mark.text.reversed().reduce(0) { $0 << 8 | UInt32($1) },
      written: UInt8(mark.text.count), passed: UInt8(mark.key.count))
  }

  // MARK: Reading

  /// How many bytes a text can have at the most.
  @inline(__always)
  static func room(_ keyCount: Int, _ stepCount: Int) -> Int {
    keyCount + 3 * stepCount + copiedAtOnce
  }

  /// Stretches are copied in so many bytes a time, which may reach behind them.
  static let copiedAtOnce = 16

  @inline(__always)
  private static func copy(
    _ count: Int, from bytes: UnsafeRawPointer, to room: UnsafeMutableRawPointer
  ) {
    var index = 0
    while index < count {
      room.storeBytes(
        of: bytes.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self),
        toByteOffset: index, as: SIMD16<UInt8>.self)
      index += copiedAtOnce
    }
  }

  /// Writes the text of a key.
  ///
  /// - Parameters:
  ///   - key: the key, in UTF-8; ``copiedAtOnce`` more bytes behind it can be read.
  ///   - count: how many bytes it has.
  ///   - steps: what ``append(of:beside:to:)`` gave.
  ///   - room: for as many bytes as ``room(_:_:)`` says.
  /// - Returns: how many bytes the text has; `nil` for steps that do not fit the key.
  @inline(__always)
  static func restore(
    _ key: UnsafeRawPointer, _ count: Int, _ steps: UnsafeRawBufferPointer,
    into room: UnsafeMutableRawPointer
  ) -> Int? {
    var (place, end, index) = (0, 0, 0)
    while index < steps.count {
      guard let step = step(steps, &index), place + step.copied + step.passed <= count else {
        return nil
      }
      copy(step.copied, from: key + place, to: room + end)
      (place, end) = (place + step.copied, end + step.copied)
      switch step.kind {
      case capital:
        let letter = key.load(fromByteOffset: place, as: UInt8.self)
        room.storeBytes(of: letter ^ 0x20, toByteOffset: end, as: UInt8.self)
      case space: room.storeBytes(of: 0x20, toByteOffset: end, as: UInt8.self)
      case mark:
        // Four bytes, of which the next ones overwrite those that are too many.
        let number = Int(steps[step.place])
        room.storeBytes(of: markTable[number].bytes, toByteOffset: end, as: UInt32.self)
      default:
        if let start = steps.baseAddress, step.written > 0 {
          (room + end).copyMemory(from: start + step.place, byteCount: step.written)
        }
      }
      (place, end) = (place + step.passed, end + step.written)
    }
    copy(count - place, from: key + place, to: room + end)
    return end + count - place
  }

  /// Tells where in the text stretches of the key stand, which are asked for from front to back, none
  /// overlapping: all of what was folded together counts.
  struct Places {
    private let steps: UnsafeRawBufferPointer
    private var index = 0
    /// Where the step that is looked at begins in the key, and where in the text.
    private var place = 0
    private var end = 0
    private var current: Step?

    init(_ steps: UnsafeRawBufferPointer) {
      self.steps = steps
      read()
    }

    private mutating func read() {
      current = index < steps.count ? step(steps, &index) : nil
    }

    /// The bytes of the text.
    mutating func bytes(of range: Range<Int>) -> Range<Int> {
      // A bound lies in what a step copies, or in what others stand for.
      while let step = current, range.lowerBound >= place + step.copied + step.passed { skip(step) }
      let start = end + min(range.lowerBound - place, current?.copied ?? .max)
      while let step = current, range.upperBound > place + step.copied + step.passed { skip(step) }
      var stop = end + range.upperBound - place
      if let step = current, range.upperBound > place + step.copied {
        stop = end + step.copied + step.written
      }
      return start..<max(start, stop)
    }

    private mutating func skip(_ step: Step) {
      place += step.copied + step.passed
      end += step.copied + step.written
      read()
    }
  }
}
