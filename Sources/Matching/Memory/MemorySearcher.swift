package import Bitext
internal import Synchronization

/// Searches the segments of a memory and its tail, for one task at a time: its owner sees to that.
package final class MemorySearcher: @unchecked Sendable {
  /// A shelf. A class, so that who looks at one does not copy it.
  final class Part {
    let reader: ShelfReader
    let hints: TextHints
    /// Across the shelves of the segment, the numbers of the texts.
    let numbers: Range<Int>
    /// Of the segment.
    let first: Int64
    let dead: [Int64]
    /// How many pieces of the query each text has.
    let counts: PieceCounts
    /// The parts of the segment, this one too.
    let siblings: Range<Int>

    init(
      _ shelf: Shelf, of source: SegmentMerger.Source, siblings: Range<Int>
    ) throws {
      reader = try ShelfReader(shelf, source.segment.examined)
      hints = reader.hints
      numbers = shelf.record.firstText..<shelf.record.firstText + shelf.count
      first = source.segment.first
      dead = source.dead
      counts = PieceCounts(texts: shelf.count)
      self.siblings = siblings
    }

    /// Whether it may have texts of a side.
    @inline(__always)
    func has(_ side: UnitSide) -> Bool { reader.shelf.record.sides & side.bit != 0 }

    @inline(__always)
    func isDead(_ unit: Int64) -> Bool { !dead.isEmpty && dead.containsSorted(unit) }

    @inline(__always)
    func unit(of reference: UInt32) -> Int64 { first + Int64(reference >> 1) }

    func place(of text: Int) throws -> (unit: Int64, side: UnitSide) {
      let reference = try reader.links(text).reference
      return (unit(of: reference), UnitSide(ofReference: reference))
    }
  }

  let parts: [Part]
  private let sources: [SegmentMerger.Source]
  /// Search the same for other threads, while this one does.
  private let helping = Mutex<[MemorySearcher]>([])
  /// The language tags of the parts, each once, and for each part which it is.
  private let languages: [String]
  private let partLanguages: [Int]
  let tail: MemoryTail
  /// For the key of a text, for that of its unit's other one, and for a text.
  let keyRoom = TextRoom()
  let otherRoom = TextRoom()
  let textRoom = TextRoom()
  let keptKeys = KeptKeys()
  private let fetching = UnsafeMutablePointer<TextFetching>.allocate(capacity: 1)
  /// For each two of the language tags what units have that are in them.
  private let pairs: UnsafeMutableBufferPointer<SharedLanguages?>
  let known = KnownLanguages()

  /// - Parameters:
  ///   - segments: with the units of each that no longer hold.
  ///   - tail: the texts that no segment has.
  /// - Throws: `Trouble` for a damaged segment.
  package init(_ segments: [SegmentMerger.Source], tail: MemoryTail) throws {
    var parts: [Part] = []
    for source in segments {
      let siblings = parts.count..<parts.count + source.segment.shelves.count
      for shelf in source.segment.shelves {
        parts.append(try Part(shelf, of: source, siblings: siblings))
      }
    }
    self.parts = parts
    sources = segments
    let names = Set(parts.map { $0.reader.shelf.language }).sorted()
    languages = names
    partLanguages = parts.map { names.firstIndex(of: $0.reader.shelf.language) ?? 0 }
    pairs = .allocate(capacity: names.count * names.count)
    pairs.initialize(repeating: nil)
    fetching.initialize(to: TextFetching())
    self.tail = tail
  }

  deinit {
    fetching.deinitialize(count: 1)
    fetching.deallocate()
    pairs.deinitialize()
    pairs.deallocate()
  }

  /// So many searchers of the same units, for other threads that help this one's task.
  ///
  /// - Throws: `Trouble` for a damaged segment.
  func helpers(_ count: Int) throws -> [MemorySearcher] {
    try helping.withLock { helping in
      while helping.count < count { helping.append(try MemorySearcher(sources, tail: tail)) }
      return Array(helping.prefix(max(0, count)))
    }
  }

  /// Takes what was read for nothing but to have it near.
  func note(_ sum: UInt32) { fetching.pointee.note(sum) }

  /// Has memory bring what will be read of some texts.
  func fetch(_ texts: some Sequence<(part: Int, text: Int)>) {
    for (part, text) in texts { fetching.pointee.add(text, of: parts[part].hints) }
    fetching.pointee.fetch()
  }

  /// The languages of units whose sides are in two parts.
  @inline(__always)
  func languages(_ source: Int, _ target: Int) -> SharedLanguages {
    let index = partLanguages[source] * languages.count + partLanguages[target]
    if let pair = pairs[index] { return pair }
    let pair = known.languages(
      parts[source].reader.shelf.language, parts[target].reader.shelf.language)
    pairs[index] = pair
    return pair
  }

  /// The pairs of languages that units have.
  ///
  /// - Returns: `nil` where only the units themselves tell: a segment has several languages on a side, or
  ///   none of its units may be left.
  package func languagePairs() -> Set<LanguagePair>? {
    var pairs: Set<LanguagePair> = []
    for source in sources {
      // Among the dead may be units of other segments with numbers between this one's.
      guard source.dead.count < source.segment.unitCount else { return nil }
      let records = source.segment.shelves.map(\.record)
      let sides = [UnitSide.source, .target].map { side in
        records.filter { $0.sides & side.bit != 0 }.map(\.language)
      }
      guard sides[0].count == 1, sides[1].count == 1 else { return nil }
      pairs.insert(known.languages(sides[0][0], sides[1][0]).pair)
    }
    for text in tail.texts.indices where tail.texts[text].side == .source {
      let (source, target) = (tail.texts[text], tail.texts[tail.partner(of: text)])
      pairs.insert(known.languages(source.language, target.language).pair)
    }
    return pairs
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
    tail.forEachText(withKey: key) { number in
      let text = tail.texts[number]
      guard languages(text.language) else { return }
      hits.append(TextHit(unit: text.unit, side: text.side, score: 1, length: length))
    }
    if hits.count > 1 { hits.sort(by: BestHits.isBetter) }
    return hits
  }
}
