import Bitext
import TestSupport
import Testing

@testable import Matching

/// Which texts a usual search compares.
@Suite struct CandidateTests {
  @Test(arguments: 0..<10)
  func countsAreThoseOfTheLists(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let texts = 500
    let counts = PieceCounts(texts: texts)
    for _ in 0..<3 {
      var right = [Int](repeating: 0, count: texts)
      for _ in 0..<Int.random(in: 0...9, using: &random) {
        let size = Int.random(in: 1...300, using: &random)
        let numbers = Set((0..<size).map { _ in UInt32.random(in: 0..<500, using: &random) })
          .sorted()
        var bytes: [UInt8] = []
        numbers.withUnsafeBufferPointer { PostingList.append($0, to: &bytes) }
        bytes += [UInt8](repeating: 0, count: 8)
        bytes.withUnsafeBytes { bytes in
          guard let base = bytes.baseAddress else { return }
          let isLong = numbers.count > PostingList.blockSize
          let blocks = (numbers.count + PostingList.blockSize - 1) / PostingList.blockSize
          counts.count(
            GramList(
              base: base, count: numbers.count, blocks: 0..<(isLong ? blocks : 0), texts: 0..<500))
        }
        for number in numbers { right[Int(number)] += 1 }
      }
      #expect((0..<texts).map { counts[$0] } == right)
      let histogram = counts.histogram()
      for count in 1..<histogram.count {
        #expect(histogram[count] == right.count { $0 == count })
      }
      for least in 1...4 {
        var found: [Int: Int] = [:]
        counts.forEachText(countedAtLeast: least) { found[$0] = $1 }
        let wanted = right.enumerated().filter { $0.element >= least }
        #expect(found == Dictionary(uniqueKeysWithValues: wanted.map { ($0.offset, $0.element) }))
      }
      counts.clearTouched()
      #expect((0..<texts).allSatisfy { counts[$0] == 0 })
    }
  }

  @Test(arguments: 0..<8)
  func candidatesAreTheTextsWithMostPiecesAndAtTheBorderThoseOfNearestLength(seed: Int) throws {
    var memory = TestMemory(seed: UInt64(seed) + 40, units: 400)
    let segment = try MemorySegment(copying: try memory.segmentBytes())
    let searcher = try MemorySearcher([.init(segment)], tail: MemoryTail())
    for query in memory.queries(20) where !query.isEmpty {
      let pattern = FuzzyPattern(scalars: query.unicodeScalars.map(\.value))
      var searches = try searcher.parts.indices
        .map { try FuzzySearch(pattern, part: $0, in: searcher, 0.5) }.filter { !$0.window.isEmpty }
      for index in searches.indices {
        let search = searches[index]
        searches[index].counted = Array(search.lists.indices)
        for list in search.lists {
          searcher.parts[search.part].counts.count(
            try searcher.parts[search.part].reader.list(
              ofGram: list.gram,
              in: UInt32(search.window.lowerBound)..<UInt32(search.window.upperBound)))
        }
      }
      let all = searcher.candidates(searches, .max)
      let touched = searches.map { search in
        search.window.count { searcher.parts[search.part].counts[$0] > 0 }
      }
      #expect(all.count == touched.reduce(0, +))
      for limit in [0, 1, 7, 50] {
        let some = searcher.candidates(searches, limit)
        // Which of equally good ones are there does not matter.
        #expect(
          some.map { [$0.share, $0.distance] }
            == all.prefix(limit).map { [$0.share, $0.distance] })
      }
      for search in searches { searcher.parts[search.part].counts.clearTouched() }
    }
  }

  @Test func piecesOfEveryStretchAreCountedEarly() throws {
    // "zebra" is rare, the rest is in every text.
    let common = "the science city will open in five years for everyone"
    var builder = SegmentBuilder()
    for id in 1...300 {
      let text = id == 1 ? "zebra zebu zealot zenith " + common : common + " \(id)"
      try withKey(text) { key in
        builder.add(unit: Int64(id), source: ("en", key), target: ("zh", key))
      }
    }
    var bytes: [UInt8] = []
    _ = try builder.write { bytes += $0 }
    let searcher = try MemorySearcher(
      [.init(try MemorySegment(copying: bytes))], tail: MemoryTail())
    let query = "zebra zebu zealot zenith " + common
    let pattern = FuzzyPattern(scalars: query.unicodeScalars.map(\.value))
    let search = try FuzzySearch(pattern, part: 0, in: searcher, 0.3)
    // Of each stretch the rarest piece comes at its own cost, the second one at twice that.
    let order = search.order
    for list in search.lists.indices {
      #expect(order[list] % search.lists[list].cost == 0)
      let rarer = search.lists.indices.count { other in
        search.lists[other].starts[0] / 16 == search.lists[list].starts[0] / 16
          && (search.lists[other].cost, other) < (search.lists[list].cost, list)
      }
      #expect(order[list] == search.lists[list].cost * (rarer + 1))
    }
  }

  private func withKey(
    _ text: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    try Array(text.utf8).withUnsafeBufferPointer(body)
  }
}
