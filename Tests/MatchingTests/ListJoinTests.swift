import TestSupport
import Testing

@testable import Matching

@Suite struct ListJoinTests {
  private static let texts: UInt32 = 20_000

  private static func numbers(_ share: Double, _ random: inout SeededGenerator) -> [UInt32] {
    (0..<texts).filter { _ in Double.random(in: 0..<1, using: &random) < share }
  }

  /// Lists and their sums as a segment has them, with the texts that a join of them gives.
  private static func joined(
    _ lists: [[UInt32]], below end: UInt32, from starts: [UInt32]
  ) throws -> [UInt32?] {
    var lines: [UInt8] = []
    var places: [Range<Int>] = []
    for list in lists {
      let start = lines.count
      list.withUnsafeBufferPointer { PostingList.append($0, to: &lines) }
      places.append(start..<lines.count)
    }
    var bytes: [UInt8] = []
    var writer = SegmentWriter { bytes += $0 }
    try writer.append(lines)
    _ = try writer.finish(first: 1, last: 1, units: 0)
    let pages = try MemorySegment(copying: bytes).pages
    let grams = zip(lists, places).map { list, place in
      let isLong = list.count > PostingList.blockSize
      let start = pages.base + place.lowerBound
      return GramList(
        segment: pages.base, start: place.lowerBound, size: place.count, count: list.count,
        blocks: isLong ? PostingList.blocks(start, count: list.count, in: 0..<end) : 0..<0,
        texts: 0..<end)
    }
    let join = ListJoin(grams, below: end, ExaminedPages(pages))
    return try starts.map { try join.next(from: $0) }
  }

  @Test(arguments: 0..<24)
  func givesTheTextsThatAllListsHave(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let shares = [0.0005, 0.004, 0.02, 0.2, 0.9]
    var lists = (0..<1 + seed % 4).map { _ in
      Self.numbers(shares[Int.random(in: 0..<shares.count, using: &random)], &random)
    }.filter { !$0.isEmpty }
    if lists.isEmpty { lists = [[3, 5, 70]] }
    lists.sort { $0.count < $1.count }
    let end = seed % 3 == 0 ? UInt32.random(in: 0...Self.texts, using: &random) : Self.texts
    let right = lists.dropFirst().reduce(Set(lists[0])) { $0.intersection($1) }.sorted()
    var starts: [UInt32] = [0]
    while let last = starts.last, last < end {
      // Either behind the text that was given, or some way on.
      let given = right.first { $0 >= last } ?? end
      starts.append(
        Bool.random(using: &random)
          ? given + 1 : given + UInt32.random(in: 1...3000, using: &random))
    }
    let found = try Self.joined(lists, below: end, from: starts)
    for (start, text) in zip(starts, found) {
      let expected = right.first { $0 >= start && $0 < end }
      #expect(text == expected, "from \(start) of \(lists.map(\.count))")
    }
  }
}
