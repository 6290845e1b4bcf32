internal import Bitext
internal import Segmentation

extension TermTableBuilder {
  /// Makes the block. `source` says what the terms were compiled from.
  func finish(source: UInt64) -> CompiledTerms {
    let records = RecordWriter(self)
    var layout = TermLayout()
    layout.source = source
    layout.termCount = items.count
    layout.longest = longest
    layout.firstLog = Self.log(of: nodes.firstCount, largest: TermLayout.largestFirstLog)
    layout.laterLog = Self.log(
      of: nodes.count - nodes.firstCount, largest: TermLayout.largestLaterLog)
    layout.recordBytes = records.bytes.count
    let unmatchable = unmatchableBytes()
    layout.unmatchableCount = self.unmatchable.count
    layout.unmatchableBytes = unmatchable.count
    let tags = Array(languages.map(\.description).joined(separator: " ").utf8)
    layout.tagBytes = tags.count
    layout.bucketCount = Self.bucketCount(of: nodes.count)
    while true {
      let memory = AlignedMemory(count: layout.size)
      guard fill(memory, layout, records) else {
        // Two nodes that look alike part when there are more buckets.
        layout.bucketCount += layout.bucketCount / 4 + 1
        continue
      }
      memory.put(records.bytes, at: layout.records)
      memory.put(unmatchable, at: layout.unmatchable)
      memory.put(tags, at: layout.tags)
      putTerms(memory, layout, records)
      memory.put(layout.header, at: 0..<TermLayout.headerSize)
      let sum = TermLayout.checksum(memory.bytes)
      memory.base.storeBytes(of: sum, toByteOffset: 16, as: UInt64.self)
      return CompiledTerms(memory.base, layout: layout, languages: languages, owner: memory)
    }
  }

  /// Of a large table seven in ten places are taken, where one bucket in eight overflows; a small
  /// one can be half empty.
  private static func bucketCount(of nodes: Int) -> Int {
    let tenths = nodes < 100_000 ? 5 : 7
    return nodes * 10 / (tenths * TermLayout.bucketPlaces) + 1
  }

  /// The binary logarithm of the bits of a filter: eight or more for each of its hashes, as far as
  /// its largest size allows.
  private static func log(of count: Int, largest: Int) -> Int {
    var log = TermLayout.minimalLog
    while log < largest, 1 << log < count * 8 { log += 1 }
    return log
  }

  /// Fills the table and the filters.
  ///
  /// - Returns: whether no two nodes look alike.
  private func fill(
    _ memory: AlignedMemory, _ layout: TermLayout, _ records: borrowing RecordWriter
  ) -> Bool {
    let base = memory.base
    let buckets = base + layout.buckets.lowerBound
    let first = base + layout.firstFilter.lowerBound
    let later = base + layout.laterFilter.lowerBound
    let places = records.places
    return nodes.forEach { node in
      let isFirst = node.isFirst != 0
      let shift = UInt64(64 - (isFirst ? layout.firstLog : layout.laterLog))
      let bit = node.hash >> shift
      let byte = (isFirst ? first : later) + Int(truncatingIfNeeded: bit >> 3)
      let set = byte.load(as: UInt8.self) | 1 << UInt8(truncatingIfNeeded: bit & 7)
      byte.storeBytes(of: set, as: UInt8.self)
      var value = node.value & 1
      if node.value > 1 { value |= (places[Int(node.value >> 1) - 1] + 1) << 1 }
      return Self.insert(node.hash, value, buckets, layout.bucketCount)
    }
  }

  private static func insert(
    _ hash: UInt64, _ value: UInt32, _ buckets: UnsafeMutableRawPointer, _ count: Int
  ) -> Bool {
    let tag = UInt32(truncatingIfNeeded: hash)
    var index = TermTrie.bucket(of: hash, count: UInt64(count))
    while true {
      let bucket = buckets + index * TermLayout.bucketSize
      let tags = bucket.assumingMemoryBound(to: UInt32.self)
      let values = tags + TermLayout.bucketPlaces
      for place in 0..<TermLayout.bucketPlaces {
        if values[place] == 0 {
          (tags[place], values[place]) = (tag, value)
          return true
        }
        if tags[place] == tag { return false }
      }
      values[TermLayout.bucketPlaces - 1] |= TermLayout.overflow
      index = index + 1 == count ? 0 : index + 1
    }
  }

  private func putTerms(
    _ memory: AlignedMemory, _ layout: TermLayout, _ records: borrowing RecordWriter
  ) {
    let base = memory.base
    for (number, item) in items.enumerated() {
      let word = 4 * number
      (base + layout.concepts.lowerBound + word).storeBytes(of: item.concept, as: UInt32.self)
      (base + layout.texts.lowerBound + word).storeBytes(
        of: records.texts[number], as: UInt32.self)
      var traits = item.traits
      traits.rule = convention.settled(traits.rule)
      (base + layout.traits.lowerBound + 2 * number).storeBytes(
        of: traits.rawValue, as: UInt16.self)
    }
  }

  /// Of each its concept, its traits and its text.
  private func unmatchableBytes() -> [UInt8] {
    var bytes: [UInt8] = []
    for item in unmatchable {
      withUnsafeBytes(of: item.concept) { bytes.append(contentsOf: $0) }
      withUnsafeBytes(of: item.traits.rawValue) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: spellings.entry(at: item.spelling))
    }
    return bytes
  }
}

/// Writes the records.
private struct RecordWriter: ~Copyable {
  private(set) var bytes: [UInt8] = []
  /// For each group where its record starts, in units of four bytes.
  private(set) var places: [UInt32]
  /// For each term where its spelling stands.
  private(set) var texts: [UInt32]

  init(_ builder: borrowing TermTableBuilder) {
    places = Array(repeating: 0, count: builder.groups.count)
    texts = Array(repeating: .max, count: builder.items.count)
    bytes.reserveCapacity(builder.items.count * 24)
    for number in builder.groups.indices where !builder.groups[number].isNext {
      places[number] = UInt32(truncatingIfNeeded: bytes.count / 4)
      var next = UInt32(truncatingIfNeeded: number + 1)
      while next > 0 {
        let group = builder.groups[Int(next) - 1]
        write(group, builder)
        next = group.next
      }
    }
    // A term that shares its key with another one, spelt otherwise.
    for number in texts.indices where texts[number] == .max {
      texts[number] = UInt32(truncatingIfNeeded: bytes.count)
      bytes.append(contentsOf: builder.spellings.entry(at: builder.items[number].spelling))
    }
    pad()
  }

  private mutating func write(
    _ group: TermTableBuilder.Group, _ builder: borrowing TermTableBuilder
  ) {
    var terms: [UInt32] = []
    var flags: UInt32 = group.next > 0 ? TermGroup.more : 0
    if group.keepsPossessive { flags |= TermGroup.possessive }
    var next = group.firstEntry + 1
    while next > 0 {
      let entry = builder.entries[Int(next) - 1]
      let item = builder.items[Int(entry.term)]
      if builder.convention.settled(item.traits.rule) != .any { flags |= TermGroup.sensitive }
      if item.spelling == group.spelling {
        texts[Int(entry.term)] = UInt32(truncatingIfNeeded: bytes.count + 4)
      }
      terms.append(entry.term)
      next = entry.next
    }
    let isSingle = terms.count == 1
    let head = isSingle ? terms[0] | TermGroup.single : UInt32(truncatingIfNeeded: terms.count)
    append(head | flags)
    bytes.append(contentsOf: builder.spellings.entry(at: group.spelling))
    pad()
    if !isSingle { for term in terms { append(term) } }
  }

  private mutating func append(_ word: UInt32) {
    withUnsafeBytes(of: word) { bytes.append(contentsOf: $0) }
  }

  private mutating func pad() { while bytes.count % 4 != 0 { bytes.append(0) } }
}

extension AlignedMemory {
  fileprivate func put<Element: BitwiseCopyable>(_ content: [Element], at range: Range<Int>) {
    content.withUnsafeBytes { content in
      guard let start = content.baseAddress else { return }
      (base + range.lowerBound).copyMemory(from: start, byteCount: min(content.count, range.count))
    }
  }
}
