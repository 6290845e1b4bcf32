import Bitext
import TestSupport
import Testing

@testable import Matching

/// Which texts a usual search compares.
@Suite struct CandidateTests {
  @Test(arguments: 0..<10)
  func countsAreThoseOfTheLists(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    // Several stripes, of which the lists leave some out.
    let texts = seed % 2 == 0 ? 500 : 900_000
    let counts = PieceCounts(texts: texts)
    for round in 0..<3 {
      let window = [0..<texts, texts / 3..<texts / 2, texts / 2..<texts][round]
      var right: [Int: Int] = [:]
      var lists: [(bytes: AlignedMemory, count: Int)] = []
      for _ in 0..<Int.random(in: 0...9, using: &random) {
        let size = Int.random(in: 1...3000, using: &random)
        let bound = UInt32([texts, texts, texts / 4, 300].randomElement(using: &random) ?? 1)
        let numbers = Set((0..<size).map { _ in UInt32.random(in: 0..<bound, using: &random) })
          .sorted()
        var bytes: [UInt8] = []
        numbers.withUnsafeBufferPointer { PostingList.append($0, to: &bytes) }
        lists.append(
          (AlignedMemory(copying: bytes + [UInt8](repeating: 0, count: 8)), numbers.count))
        for number in numbers where window.contains(Int(number)) {
          right[Int(number), default: 0] += 1
        }
      }
      let range = UInt32(window.lowerBound)..<UInt32(window.upperBound)
      counts.count(
        lists.map { memory, count in
          let isLong = count > PostingList.blockSize
          return GramList(
            segment: UnsafeRawPointer(memory.base), start: 0, size: memory.count - 8, count: count,
            blocks: isLong
              ? PostingList.blocks(UnsafeRawPointer(memory.base), count: count, in: range) : 0..<0,
            texts: range)
        }, in: window)
      let histogram = counts.histogram()
      for count in 1..<histogram.count {
        #expect(histogram[count] == right.values.count { $0 == count })
      }
      for least in 1...4 {
        var found: [Int: Int] = [:]
        counts.forEachText(countedAtLeast: least) { found[$0] = $1 }
        #expect(found == right.filter { $0.value >= least })
      }
      #expect(counts.firstText(in: 0..<texts, countedAtLeast: 1) == nil)
    }
  }

  @Test(arguments: 0..<8)
  func candidatesAreTheTextsWithMostPiecesAndAtTheBorderThoseOfNearestLength(seed: Int) throws {
    var memory = TestMemory(seed: UInt64(seed) + 40, units: 400)
    let segment = try MemorySegment(copying: try memory.segmentBytes())
    let searcher = try MemorySearcher([.init(segment)], tail: MemoryTail())
    for query in memory.queries(20) where !query.isEmpty {
      let pattern = FuzzyPattern(scalars: query.unicodeScalars.map(\.value))
      let pieces = QueryPieces(pattern)
      let searches = try searcher.parts.indices
        .map { try FuzzySearch(pattern, pieces, part: $0, in: searcher, 0.5) }
        .filter { !$0.window.isEmpty }
      var touched = 0
      for search in searches {
        let lists = try search.lists.map {
          try searcher.parts[search.part].reader.list(
            ofGram: $0.gram,
            in: UInt32(search.window.lowerBound)..<UInt32(search.window.upperBound))
        }
        searcher.parts[search.part].counts.count(lists, in: search.window)
        var texts: Set<UInt32> = []
        for list in lists { list.forEach { texts.insert($0) } }
        touched += texts.count
      }
      let all = searcher.candidates(searches, .max)
      #expect(all.count == touched)
      for limit in [0, 1, 7, 50] {
        let some = searcher.candidates(searches, limit)
        // Which of equally good ones are there does not matter.
        #expect(
          some.map { [$0.count, $0.distance] }
            == all.prefix(limit).map { [$0.count, $0.distance] })
      }
      for search in searches { searcher.parts[search.part].counts.clearKept() }
    }
  }

  @Test func piecesOfEveryStretchAreCountedEarly() {
    let query = "zebra zebu zealot zenith the science city will open in five years"
    let pattern = FuzzyPattern(scalars: query.unicodeScalars.map(\.value))
    let pieces = QueryPieces(pattern)
    // Those of the first stretch are rare, and of the others all as frequent.
    let costs = pieces.all.enumerated().map { $0.element.starts[0] < 16 ? 10 + $0.offset : 100 }
    let order = pieces.order(costs)
    #expect(order.sorted() == Array(pieces.all.indices))
    var counts = [0, 0, 0, 0, 0]
    var late: [Int: Int] = [:]
    for piece in pieces.all.indices.sorted(by: { (costs[$0], $0) < (costs[$1], $1) }) {
      let stretch = pieces.all[piece].starts[0] / 16
      counts[stretch] += 1
      late[piece] = costs[piece] * counts[stretch]
    }
    #expect(order.map { late[$0] ?? 0 } == late.values.sorted())
    // The rarest of every stretch are among the first dozen, though the first one has sixteen rarer.
    #expect(
      Set(order.prefix(12).map { pieces.all[$0].starts[0] / 16 }).isSuperset(of: [0, 1, 2, 3]))
    // What no text has is not counted.
    #expect(pieces.order(costs.map { $0 == 100 ? 0 : $0 }).allSatisfy { costs[$0] < 100 })
  }

  /// Many small segments beside a large one do not use up what is read.
  @Test func severalSegmentsFindWhatOneFinds() throws {
    var memory = TestMemory(seed: 77, units: 3000)
    let one = try MemorySegment(copying: try memory.segmentBytes())
    let parts = try (0..<20).map { part in
      // The first one has half of the units.
      try MemorySegment(
        copying: try memory.segmentBytes({ $0 % 2 == 0 ? part == 0 : $0 / 2 % 20 == part }))
    }
    let whole = try MemorySearcher([.init(one)], tail: MemoryTail())
    let several = try MemorySearcher(parts.map { .init($0) }, tail: MemoryTail())
    for query in memory.queries(60) where !query.isEmpty {
      let pattern = FuzzyPattern(scalars: query.unicodeScalars.map(\.value))
      func scores(_ searcher: MemorySearcher) throws -> [Double] {
        try searcher.fuzzy(
          pattern, minimum: 0.6, limit: 5, effort: .usual, in: { _ in true }
        ).map(\.score)
      }
      #expect(try scores(several) == (try scores(whole)))
    }
  }
}
