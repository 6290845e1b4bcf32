internal import Bitext

/// Searches the segments of a memory and its tail, for one task at a time: its owner sees to that.
package final class MemorySearcher: @unchecked Sendable {
  struct Part {
    var reader: ShelfReader
    /// Of the segment.
    let first: Int64
    let dead: [Int64]
    /// How many pieces of the query each text has.
    let counts: PieceCounts

    @inline(__always)
    func isDead(_ unit: Int64) -> Bool { !dead.isEmpty && dead.containsSorted(unit) }

    func place(of text: Int) throws -> (unit: Int64, side: UnitSide) {
      let reference = try reader.reference(text)
      return (first + Int64(reference >> 1), reference & 1 == 0 ? .source : .target)
    }
  }

  let parts: [Part]
  /// The language tags of the parts, each once, and for each part which it is.
  private let languages: [String]
  private let partLanguages: [Int]
  let tail: MemoryTail

  /// - Parameters:
  ///   - segments: with the units of each that no longer hold.
  ///   - tail: the texts that no segment has.
  /// - Throws: `Trouble` for a damaged segment.
  package init(_ segments: [SegmentMerger.Source], tail: MemoryTail) throws {
    parts = try segments.flatMap { source in
      try source.segment.shelves.map { shelf in
        Part(
          reader: try ShelfReader(shelf, source.segment.pages), first: source.segment.first,
          dead: source.dead, counts: PieceCounts(texts: shelf.count))
      }
    }
    let names = Set(parts.map { $0.reader.shelf.language }).sorted()
    languages = names
    partLanguages = parts.map { names.firstIndex(of: $0.reader.shelf.language) ?? 0 }
    self.tail = tail
  }

  /// The numbers of the parts in certain languages.
  func parts(in languages: (String) -> Bool) -> [Int] {
    let wanted = self.languages.map(languages)
    return parts.indices.filter { wanted[partLanguages[$0]] }
  }

  /// The texts whose match key is this one, the newest first.
  ///
  /// - Parameters:
  ///   - key: a match key, in UTF-8.
  ///   - languages: says which language tags are wanted.
  /// - Returns: all of them, each with score 1.
  /// - Throws: `Trouble` for a damaged segment.
  package func exact(
    _ key: UnsafeBufferPointer<UInt8>, in languages: (String) -> Bool
  ) throws -> [TextHit] {
    var hits: [TextHit] = []
    let length = key.scalarCount
    for index in parts(in: languages) {
      try parts[index].reader.forEachText(withKey: key) { text in
        let (unit, side) = try parts[index].place(of: text)
        guard !parts[index].isDead(unit) else { return }
        hits.append(TextHit(unit: unit, side: side, score: 1, length: length))
      }
    }
    tail.forEach(in: languages) { text, other in
      guard text.length == length, other.isSame(as: key) else { return }
      hits.append(TextHit(unit: text.unit, side: text.side, score: 1, length: length))
    }
    if hits.count > 1 { hits.sort(by: BestHits.isBetter) }
    return hits
  }
}
