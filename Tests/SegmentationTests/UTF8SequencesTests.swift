import TestSupport
import Testing

@testable import Segmentation

@Suite struct UTF8SequencesTests {
  /// Whole characters and stray bytes.
  static let pieces: [[UInt8]] = ["a", "words of ASCII ", "é", "园", "🙂"].map { Array($0.utf8) }

  @Test func whatIsWellFormedIsThatOfTheStandardLibrary() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<4000 {
      var bytes = (0..<random.below(12)).flatMap { _ in random.pick(Self.pieces) }
      if random.once(in: 2) {
        bytes.insert(UInt8(random.below(256)), at: random.below(bytes.count + 1))
      }
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      let bad = bytes.span.firstInvalidUTF8()
      #expect((bad == nil) == isValid, "\(bytes)")
      if let bad { #expect(String(validating: bytes[..<bad], as: UTF8.self) != nil, "\(bytes)") }
      let start = bytes.isEmpty ? 0 : random.below(min(bytes.count, 2))
      if isValid, start == 0 || bytes[start] & 0xC0 != 0x80 {
        let later = bytes.span.firstInvalidUTF8(from: start)
        #expect(later == nil)
      }
    }
  }

  @Test func zeroIsFoundWhereverItStands() {
    var random = SeededGenerator(seed: 8)
    for _ in 0..<4000 {
      let bytes = (0..<random.below(40)).map { _ in UInt8(random.pick([1, 0x80, 0xFF, 0x7F, 2])) }
      let isClean = !bytes.span.holdsZero
      #expect(isClean)
      var zeroed = bytes
      zeroed.insert(0, at: random.below(bytes.count + 1))
      let isFound = zeroed.span.holdsZero
      #expect(isFound)
    }
  }
}
