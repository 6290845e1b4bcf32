import Bitext
import Segmentation
import TestSupport

@testable import Documents

/// Reads a text as a document of some name.
func read(
  _ text: String, as file: String, _ options: DocumentOptions = DocumentOptions()
) throws -> Prose {
  try DocumentReader.prose(try decodeText(Array(text.utf8), file: file), file: file, options)
}

extension Prose {
  /// The texts of the blocks.
  var texts: [String] { blocks.map { text($0.range) } }

  /// The texts that are not checked.
  var literalTexts: [String] { literals.map { text($0) } }

  /// The bytes of the blocks that the file does not hold where they are said to stand, spaces and
  /// what stands for something else aside.
  func misplacedBytes(in bytes: [UInt8]) -> [Int] {
    blocks.flatMap(\.range).filter { index in
      let source = positions.source(index..<index + 1)
      return utf8[index] != 0x20 && source.count == 1 && bytes[source.lowerBound] != utf8[index]
    }
  }

  /// Where a text stands in the prose, every time.
  func ranges(of needle: String) -> [Range<Int>] {
    let wanted = Array(needle.utf8)
    guard utf8.count >= wanted.count else { return [] }
    return (0...utf8.count - wanted.count).filter { utf8[$0...].starts(with: wanted) }
      .map { $0..<$0 + wanted.count }
  }
}

/// A text of ASCII and Chinese in some encoding; UTF-8 for "".
func encoded(_ text: String, _ name: String) -> [UInt8] {
  switch name {
  case "UTF-16LE": text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  case "UTF-16BE": text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
  case "GB18030": text.unicodeScalars.flatMap { gb18030($0.value) }
  default: Array(text.utf8)
  }
}

/// The scalars of the tests in two bytes, all others in the four that the standard computes.
private func gb18030(_ scalar: UInt32) -> [UInt8] {
  let known: [Character: [UInt8]] = [
    "中": [0xD6, 0xD0], "文": [0xCE, 0xC4], "前": [0xC7, 0xB0], "后": [0xBA, 0xF3],
    "和": [0xBA, 0xCD], "，": [0xA3, 0xAC], "以": [0xD2, 0xD4], "便": [0xB1, 0xE3],
    "看": [0xBF, 0xB4], "出": [0xB3, 0xF6], "编": [0xB1, 0xE0], "码": [0xC2, 0xEB],
    "。": [0xA1, 0xA3], "\u{3000}": [0xA1, 0xA1], "\u{FEFF}": [0x84, 0x31, 0x95, 0x33],
    "\u{FFFE}": [0x84, 0x31, 0xA4, 0x38],
  ]
  if scalar < 0x80 { return [UInt8(scalar)] }
  if let value = Unicode.Scalar(scalar), let bytes = known[Character(value)] { return bytes }
  guard scalar >= 0x10000 else { fatalError("a scalar that the tests do not know") }
  let linear = scalar - 0x10000 + 189_000
  return [
    UInt8(0x81 + linear / 12600), UInt8(0x30 + linear / 1260 % 10),
    UInt8(0x81 + linear / 10 % 126), UInt8(0x30 + linear % 10),
  ]
}

/// Damaged files: what a disk or a transfer makes of a good one.
enum Damage {
  /// Calls `body` with a file of which some bytes are changed, or the end is cut off.
  static func forEach(
    of good: [UInt8], seed: UInt64, rounds: Int, _ body: ([UInt8]) throws -> Void
  ) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<rounds {
      var bytes = good
      if round % 4 == 0 { bytes.removeLast(random.below(bytes.count + 1)) }
      for _ in 0..<random.below(6) where !bytes.isEmpty {
        let place = random.below(bytes.count)
        switch random.below(4) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(bytes[random.below(bytes.count)], at: place)
        default: bytes[place] = UInt8(random.below(256))
        }
      }
      try body(bytes)
    }
  }
}
