import TestSupport
import Testing

@testable import Matching

@Suite struct ByteNeedleTests {
  @Test func findsWhatALookAtEachPlaceFinds() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<4000 {
      let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt8.random(in: 0x60...0x63, using: &random)
      }
      let needle = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        UInt8.random(in: 0x60...0x63, using: &random)
      }
      var places: [Range<Int>] = []
      var start = 0
      while !needle.isEmpty, start + needle.count <= text.count {
        if Array(text[start..<start + needle.count]) == needle {
          places.append(start..<start + needle.count)
          start += needle.count
        } else {
          start += 1
        }
      }
      text.withUnsafeBufferPointer { text in
        var found: [Range<Int>] = []
        ByteNeedle(needle).forEachPlace(in: text) { found.append($0) }
        #expect(found == places)
        #expect(ByteNeedle(needle).occurs(in: text) == (needle.isEmpty || !places.isEmpty))
      }
    }
  }
}
