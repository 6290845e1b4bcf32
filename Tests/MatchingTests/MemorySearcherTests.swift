import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Matching

/// Every search against a look at all texts, over segments in all states.
@Suite struct MemorySearcherTests {
  /// A memory in one segment, in several with units that are dead or not yet in any, merged, and
  /// merged again.
  private func searchers(
    _ memory: TestMemory, _ isDead: (Int64) -> Bool
  ) throws -> [(name: String, searcher: MemorySearcher)] {
    let dead = memory.units.map(\.id).filter(isDead)
    func segment(_ bytes: [UInt8]) throws -> MemorySegment { try MemorySegment(copying: bytes) }
    let one = try segment(memory.segmentBytes())
    let parts = try (0..<3).map { part in
      try segment(memory.segmentBytes({ $0 % 4 == part }, like: part == 2 ? one : nil))
    }
    func merged(_ sources: [SegmentMerger.Source]) throws -> MemorySegment {
      var bytes: [UInt8] = []
      let outcome = try SegmentMerger(sources).write { bytes += $0 }
      let segment = try segment(bytes)
      #expect(segment.checksum == outcome.checksum)
      #expect(segment.unitCount == outcome.unitCount)
      return segment
    }
    let sources = parts.map { SegmentMerger.Source($0, dead: dead) }
    let some = try merged(Array(sources.prefix(2)))
    let all = try merged([.init(some), sources[2]])
    let tail = memory.tail { $0 % 4 == 3 && !isDead($0) }
    return [
      ("one", try MemorySearcher([.init(one, dead: dead)], tail: MemoryTail())),
      ("several", try MemorySearcher(sources, tail: tail)),
      ("merged", try MemorySearcher([.init(all)], tail: tail)),
      ("tail", try MemorySearcher([], tail: memory.tail { !isDead($0) })),
    ]
  }

  @Test(arguments: 0..<12)
  func findsWhatALookAtAllTextsFinds(seed: Int) throws {
    var memory = TestMemory(seed: UInt64(seed), units: [0, 1, 2, 40, 150, 400][seed % 6])
    let isDead: (Int64) -> Bool = seed % 2 == 0 ? { _ in false } : { $0 % 7 == 0 }
    let queries = memory.queries(40)
    for (name, searcher) in try searchers(memory, isDead) {
      for (index, query) in queries.enumerated() {
        let language = [nil, "en", "zh"][index % 3]
        let wanted: (String) -> Bool = { language == nil || $0 == language }
        let comment: Comment = "\(name): \(query)"
        let same = try withBytes(query) { try searcher.exact($0, in: wanted) }
        #expect(same == memory.exact(query, isDead, language), comment)
        for side in [UnitSide.source, .target] {
          let units = try withBytes(query) {
            try searcher.units(withKey: $0, of: query, on: side)
          }
          #expect(units.map(\.parts) == memory.units(withKey: query, on: side, isDead), comment)
        }
        let minimum = [0.5, 0.7, 0.9, 1, 0.3][index % 5]
        let limit = [5, 1, 1000][index % 3]
        let pattern = FuzzyPattern(scalars: query.unicodeScalars.map(\.value))
        let found = try searcher.fuzzy(
          pattern, minimum: minimum, limit: limit, effort: .exhaustive, in: wanted)
        #expect(
          found == memory.fuzzy(query, minimum: minimum, limit: limit, isDead, language), comment)
      }
    }
  }

  /// Enough texts for several threads, each in the place of its question.
  @Test(arguments: [0, 1, 31, 32, 33, 511, 512, 513, 2500])
  func manyTextsAreFoundAsOneByOne(count: Int) throws {
    var memory = TestMemory(seed: UInt64(count), units: 300)
    // Of the texts that are their own keys, which alone can be asked for by text.
    let queries = (memory.texts.map(\.key) + memory.queries(60)).filter {
      MatchKey($0).bytes == Array($0.utf8)
    }
    let asked = (0..<count).map { queries[$0 * 7 % queries.count] }
    for (name, searcher) in try searchers(memory, { $0 % 7 == 0 }) {
      for side in [UnitSide.source, .target] {
        let units = try searcher.units(likeEach: asked, on: side)
        let right = try asked.map { try searcher.units(like: $0, on: side) }
        #expect(units == right, "\(name)")
        #expect(count < 60 || units.contains { !$0.isEmpty }, "\(name)")
      }
    }
  }

  @Test(arguments: 0..<6)
  func concordanceFindsEveryStretchOfText(seed: Int) throws {
    var memory = TestMemory(seed: UInt64(seed) + 100, units: [1, 60, 300][seed % 3])
    let isDead: (Int64) -> Bool = seed % 2 == 0 ? { _ in false } : { $0 % 5 == 0 }
    var needles = ["城", "a", "5", "科学", "学城", "th", "e ", "xq", "年ai", "i园", "the science", "，"]
    var random = SeededGenerator(seed: UInt64(seed))
    for text in memory.queries(30) {
      let scalars = Array(text.unicodeScalars)
      guard !scalars.isEmpty else { continue }
      let start = Int.random(in: 0..<scalars.count, using: &random)
      let end = Int.random(in: start + 1...scalars.count, using: &random)
      var needle = ""
      needle.unicodeScalars.append(contentsOf: scalars[start..<end])
      needles.append(needle)
    }
    for (name, searcher) in try searchers(memory, isDead) {
      for needle in needles {
        let right = memory.concordance(needle, isDead)
        for limit in [nil, 3] {
          let hits = try withBytes(needle) {
            try searcher.concordance($0, limit: limit, in: { _ in true })
          }
          #expect(
            hits.map(\.hit) == Array(right.prefix(limit ?? .max)), "\(name): \(needle)")
          for hit in hits {
            var ranges: [Range<Int>] = []
            try withBytes(needle) {
              try searcher.forEachOccurrence(of: ByteNeedle($0), in: hit) { unit, range in
                #expect(unit.parts == memory.unit(hit.hit.unit), "\(name): \(needle)")
                ranges.append(range)
              }
            }
            // These keys are not what folding gives, which the tail is asked for.
            guard hit.part < searcher.parts.count else { continue }
            let count = memory.count(of: needle, in: hit.hit)
            #expect(ranges.count == count && count > 0, "\(name): \(needle)")
          }
        }
      }
    }
  }

  /// What the usual search finds are right answers, and nearly all of them.
  @Test func theUsualSearchFindsNearlyAll() throws {
    var memory = TestMemory(seed: 77, units: 500)
    let queries = memory.queries(200)
    let searcher = try searchers(memory, { _ in false })[1].searcher
    var (found, wanted) = (0, 0)
    for query in queries {
      let pattern = FuzzyPattern(scalars: query.unicodeScalars.map(\.value))
      let hits = try searcher.fuzzy(
        pattern, minimum: 0.7, limit: 5, effort: .usual, in: { _ in true })
      let right = memory.fuzzy(query, minimum: 0.7, limit: 5, { _ in false }, nil)
      #expect(zip(hits, right).allSatisfy { $0.score <= $1.score })
      found += zip(hits, right).count { $0.score == $1.score }
      wanted += right.count
    }
    #expect(wanted > 100)
    #expect(found * 100 >= wanted * 99)
  }
}
