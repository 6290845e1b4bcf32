internal import Bitext
internal import Segmentation

/// Which segments of a pair translate which, by keys and places alone: forty bytes a bead, so that
/// a memory of a million units can be compared as a whole.
struct SegmentTranslations: Sendable, Hashable {
  /// A bead: what its sides say, and where they stand.
  struct Entry: Sendable, Hashable, BitwiseCopyable {
    var source: SideKey
    var target: SideKey
  }

  /// One side of a bead.
  struct SideKey: Sendable, Hashable, BitwiseCopyable {
    /// Of the words, without case, width, marks and inflection.
    var key: UInt64
    /// Bytes of the file, from and to.
    var start: UInt32
    var end: UInt32
    /// Whether it is long enough to be expected to be the same whenever it recurs.
    var isTelling: Bool
  }

  let sourceFile: String
  let targetFile: String
  private(set) var entries: [Entry] = []

  /// - Parameter pair: whose doubtful beads are left out, as are those that nothing can be said of.
  init(_ pair: MatchedPair) {
    sourceFile = pair.source.text.file
    targetFile = pair.target.text.file
    // The same words in two languages must not meet.
    let languages = (Self.seed(pair.source.text.language), Self.seed(pair.target.text.language))
    for bead in pair.beads where !bead.source.isEmpty && !bead.target.isEmpty && !bead.isDoubtful {
      guard let source = SideKey(pair.source, bead.source, languages.1),
        let target = SideKey(pair.target, bead.target, languages.0),
        source.isTelling || target.isTelling
      else { continue }
      entries.append(Entry(source: source, target: target))
    }
  }

  private static func seed(_ language: LanguageTag) -> UInt64 {
    let tag = LanguageMatching.maximized(language)
    return "\(tag.language)-\(tag.script ?? "")".utf8.reduce(0xCBF2_9CE4_8422_2325) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
  }
}

extension SegmentTranslations.SideKey {
  /// Words and ideographs of a segment at the least that is expected to be translated alike: "Open"
  /// depends on where it stands.
  private static let fewWords = 2
  private static let fewIdeographs = 4

  /// - Returns: `nil` for a side without words, and in files of more than four gigabytes.
  fileprivate init?(
    _ text: MatchedText, _ segments: Range<Int>, _ seed: UInt64
  ) {
    var key = seed
    var words = 0
    var ideographs = 0
    for segment in segments {
      for token in text.tokens(of: segment) where token.kind != .punctuation {
        key = (key ^ token.hash) &* 0x9FB2_1C65_1E98_DF25
        key ^= key >> 29
        if token.kind == .word { words += 1 }
        if token.kind == .han { ideographs += 1 }
      }
    }
    let range = text.location(text.text.range(segments)).range
    guard words + ideographs > 0, let start = UInt32(exactly: range.lowerBound),
      let end = UInt32(exactly: range.upperBound)
    else { return nil }
    self.init(
      key: key, start: start, end: end,
      isTelling: words >= Self.fewWords || ideographs >= Self.fewIdeographs)
  }
}

extension SegmentTranslations.SideKey: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(key)
    writer.write(Int(start))
    writer.write(Int(end))
    writer.write(isTelling)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    key = try reader.read()
    let bounds = (try reader.read(Int.self), try reader.read(Int.self))
    guard let first = UInt32(exactly: bounds.0), let last = UInt32(exactly: bounds.1) else {
      throw BinaryReader.Damage()
    }
    (start, end) = (first, last)
    isTelling = try reader.read()
  }
}

extension SegmentTranslations.Entry: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(source)
    writer.write(target)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(source: try reader.read(), target: try reader.read())
  }
}

extension SegmentTranslations: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(sourceFile)
    writer.write(targetFile)
    writer.write(entries)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    sourceFile = try reader.read()
    targetFile = try reader.read()
    entries = try reader.read()
  }
}

/// A segment that recurs, with partners that are not all the same.
struct DivergingSegment {
  /// A place of the segment.
  struct Place {
    var document: Int
    var entry: SegmentTranslations.Entry
  }

  /// The places whose partner is the commonest one; of equally common ones, that which came first.
  var majority: [Place] = []
  /// The others, in the order of the run.
  var minority: [Place] = []

  /// The segments of a run that recur with different partners.
  ///
  /// - Parameters:
  ///   - all: of each document.
  ///   - own: the side that recurs.
  ///   - partner: the side that differs.
  /// - Returns: the segments, in an order that depends on their texts alone.
  static func find(
    in all: [SegmentTranslations?],
    own: KeyPath<SegmentTranslations.Entry, SegmentTranslations.SideKey>,
    partner: KeyPath<SegmentTranslations.Entry, SegmentTranslations.SideKey>
  ) -> [DivergingSegment] {
    var order: [(key: UInt64, document: UInt32, entry: UInt32)] = []
    for (document, translations) in all.enumerated() {
      for (index, entry) in (translations?.entries ?? []).enumerated()
      where entry[keyPath: own].isTelling {
        order.append((entry[keyPath: own].key, UInt32(document), UInt32(index)))
      }
    }
    order.sort { ($0.key, $0.document, $0.entry) < ($1.key, $1.document, $1.entry) }
    var found: [DivergingSegment] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, order[end].key == order[start].key { end += 1 }
      defer { start = end }
      guard end > start + 1 else { continue }
      let places = order[start..<end].compactMap { place -> Place? in
        guard let entry = all[Int(place.document)]?.entries[Int(place.entry)] else { return nil }
        return Place(document: Int(place.document), entry: entry)
      }
      if let segment = DivergingSegment(places, partner) { found.append(segment) }
    }
    return found
  }

  private init?(
    _ places: [Place], _ partner: KeyPath<SegmentTranslations.Entry, SegmentTranslations.SideKey>
  ) {
    var counts: [UInt64: (count: Int, first: Int)] = [:]
    for (index, place) in places.enumerated() {
      counts[place.entry[keyPath: partner].key, default: (0, index)].count += 1
    }
    guard counts.count > 1 else { return nil }
    let best = counts.max {
      ($0.value.count, $1.value.first) < ($1.value.count, $0.value.first)
    }
    for place in places {
      if place.entry[keyPath: partner].key == best?.key {
        majority.append(place)
      } else {
        minority.append(place)
      }
    }
  }
}

extension CheckFacts {
  /// Notes the translations of a pair, once for all rules that need them.
  mutating func noteTranslations(of pair: MatchedPair) {
    if translations == nil { translations = SegmentTranslations(pair) }
  }
}

extension ParallelText {
  /// The text of the segments that a location spans exactly.
  func text(at location: Location) -> String? {
    for text in [source, target] where text.file == location.file {
      let positions = text.prose.positions
      var first: Int?
      for (index, segment) in text.segments.enumerated() {
        let range = positions.source(segment.range)
        if range.lowerBound == location.range.lowerBound { first = index }
        if let first, range.upperBound == location.range.upperBound {
          return text.text(first..<index + 1)
        }
      }
    }
    return nil
  }
}
