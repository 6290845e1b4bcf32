internal import Bitext

/// Makes one segment of several, leaving out texts of units that are gone or have changed since.
///
/// The texts of each segment keep their order, so that its lists stay ascending when their numbers
/// are translated, and merging them is all that remains to do. Memory grows by some thirty bytes a
/// text.
package struct SegmentMerger {
  /// A segment and the units of it that no longer hold, ascending.
  package struct Source {
    package var segment: MemorySegment
    package var dead: [Int64]

    package init(_ segment: MemorySegment, dead: [Int64] = []) {
      self.segment = segment
      self.dead = dead
    }
  }

  /// What was written.
  package struct Outcome {
    package var checksum: UInt64
    package var first: Int64
    package var last: Int64
    package var unitCount: Int
  }

  private let sources: [Source]
  private let first: Int64
  private let last: Int64

  /// Bytes that are written before what was read of the segments is given back.
  private static let keptSize = 32 << 20

  /// - Parameter sources: older ones first.
  package init(_ sources: [Source]) {
    self.sources = sources
    first = sources.map(\.segment.first).min() ?? 0
    last = sources.map(\.segment.last).max() ?? 0
  }

  /// Whether segments are small and near enough to become one.
  package static func canMerge(_ segments: [MemorySegment]) -> Bool {
    guard let first = segments.map(\.first).min(), let last = segments.map(\.last).max() else {
      return false
    }
    return last - first < Int64(Int32.max)
      && segments.reduce(0) { $0 + $1.size } <= SegmentLayout.sizeLimit
      && segments.reduce(0) { $0 + $1.unitCount } <= SegmentLayout.unitLimit
  }

  /// Writes the segment, front to back.
  ///
  /// - Parameter output: takes the bytes in order.
  /// - Returns: what the segment is, for who keeps lists of segments.
  /// - Throws: what `output` throws, and `Trouble` for a damaged segment.
  package func write(to output: @escaping ([UInt8]) throws -> Void) throws -> Outcome {
    var writer = SegmentWriter(output: output)
    // Texts name each other across shelves, so that all get their numbers first.
    var shelves: [MergedShelf] = []
    var firstText = 0
    for language in Set(sources.flatMap { $0.segment.shelves.map(\.language) }).sorted() {
      var shelf = MergedShelf(language, firstText: firstText, try parts(of: language))
      try shelf.numberTexts { release() }
      firstText += shelf.order.count
      shelves.append(shelf)
    }
    let partners = PartnerNumbers(shelves)
    for index in shelves.indices { try merge(&shelves[index], partners, &writer) }
    let unitCount = shelves.reduce(0) { $0 + $1.sourceCount }
    let sum = try writer.finish(first: first, last: last, units: unitCount)
    return Outcome(checksum: sum, first: first, last: last, unitCount: unitCount)
  }

  private func parts(of language: String) throws -> [ShelfPart] {
    var parts: [ShelfPart] = []
    for (number, source) in sources.enumerated() {
      guard let shelf = source.segment.shelves.first(where: { $0.language == language }) else {
        continue
      }
      parts.append(
        try ShelfPart(
          reader: try ShelfReader(shelf, source.segment.examined), source: number,
          dead: source.dead,
          offset: source.segment.first - first, segmentFirst: source.segment.first))
    }
    return parts
  }

  private func release() {
    for source in sources { source.segment.release() }
  }

  private func merge(
    _ merged: inout MergedShelf, _ partners: PartnerNumbers, _ writer: inout SegmentWriter
  ) throws {
    guard let table = merged.table else { return }
    var shelf = try ShelfWriter(
      merged.language, table, firstText: merged.firstText, into: &writer)
    var given = writer.offset
    func giveBack(_ offset: Int) {
      guard offset - given > Self.keptSize else { return }
      given = offset
      release()
    }
    for index in merged.parts.indices {
      merged.parts[index].isOfTable = merged.parts[index].reader.shelf.table.isSame(as: table)
      merged.parts[index].startOver()
    }
    for part in merged.order {
      giveBack(writer.offset)
      try merged.parts[Int(part)].moveText(partners, to: &shelf, &writer)
    }
    try shelf.endTexts(into: &writer)
    var merging = ListMerging()
    while let gram = merged.parts.compactMap(\.nextGram).min() {
      giveBack(writer.offset)
      merging.reset()
      for index in merged.parts.indices where merged.parts[index].nextGram == gram {
        try merged.parts[index].moveList(to: &merging)
      }
      try merging.withNumbers { numbers in
        if !numbers.isEmpty { try shelf.add(gram, texts: numbers, into: &writer) }
      }
    }
    try shelf.finish(into: &writer)
  }
}

extension [Int64] {
  /// Whether an ascending list has a number.
  func containsSorted(_ number: Int64) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number
  }
}
