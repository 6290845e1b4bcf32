internal import Bitext
internal import Segmentation

extension TermTableBuilder {
  /// Makes the block. `source` says what the terms were compiled from.
  mutating func finish(source: UInt64) -> CompiledTerms {
    settle()
    let plan = RecordPlan(self)
    var layout = TermLayout()
    layout.source = source
    layout.termCount = items.count
    layout.longest = longest
    layout.firstLog = Self.log(of: nodes.firstCount, largest: TermLayout.largestFirstLog)
    layout.laterLog = Self.log(
      of: nodes.count - nodes.firstCount, largest: TermLayout.largestLaterLog)
    layout.recordBytes = plan.size
    let unmatchable = unmatchableBytes()
    layout.unmatchableCount = self.unmatchable.count
    layout.unmatchableBytes = unmatchable.count
    let tags = Array(languages.map(\.description).joined(separator: " ").utf8)
    layout.tagBytes = tags.count
    layout.bucketCount = Self.bucketCount(of: nodes.count)
    while true {
      let memory = AlignedMemory(count: layout.size)
      guard fill(memory, layout, plan) else {
        // Two nodes that look alike part when there are more buckets.
        layout.bucketCount += layout.bucketCount / 4 + 1
        continue
      }
      let texts = plan.write(self, to: memory.base + layout.records.lowerBound)
      memory.put(unmatchable, at: layout.unmatchable)
      memory.put(tags, at: layout.tags)
      putTerms(memory, layout, texts)
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
    _ memory: AlignedMemory, _ layout: TermLayout, _ records: borrowing RecordPlan
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

  private func putTerms(_ memory: AlignedMemory, _ layout: TermLayout, _ texts: [UInt32]) {
    let base = memory.base
    for (number, item) in items.enumerated() {
      let word = 4 * number
      (base + layout.concepts.lowerBound + word).storeBytes(of: item.concept, as: UInt32.self)
      (base + layout.texts.lowerBound + word).storeBytes(
        of: texts[number], as: UInt32.self)
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

/// Where the records will stand, and their writing.
private struct RecordPlan: ~Copyable {
  /// For each group where its record starts, in units of four bytes.
  let places: [UInt32]
  /// Where the spellings start that stand behind the records, of terms that share the key of another
  /// one and are spelt otherwise.
  let end: Int
  /// Of all, in bytes.
  let size: Int

  init(_ builder: borrowing TermTableBuilder) {
    var places = [UInt32](repeating: 0, count: builder.groups.count)
    var end = 0
    for number in builder.groups.indices where !builder.groups[number].isNext {
      places[number] = UInt32(truncatingIfNeeded: end / 4)
      var next = UInt32(truncatingIfNeeded: number + 1)
      while next > 0 {
        let group = builder.groups[Int(next) - 1]
        end += 4 + builder.spellings.entry(at: group.spelling).count
        end = (end + 3) & ~3
        if group.entryCount > 1 { end += 4 * Int(group.entryCount) }
        next = group.next
      }
    }
    self.places = places
    self.end = end
    var size = end
    for group in builder.groups where group.entryCount > 1 {
      builder.forEachTerm(of: group) { term in
        let spelling = builder.items[Int(term)].spelling
        if spelling != group.spelling { size += builder.spellings.entry(at: spelling).count }
      }
    }
    self.size = (size + 3) & ~3
  }

  /// - Returns: for each term where its spelling stands in the records.
  func write(
    _ builder: borrowing TermTableBuilder, to base: UnsafeMutableRawPointer
  ) -> [UInt32] {
    var texts = [UInt32](repeating: .max, count: builder.items.count)
    var end = 0
    for number in builder.groups.indices where !builder.groups[number].isNext {
      var next = UInt32(truncatingIfNeeded: number + 1)
      while next > 0 {
        let group = builder.groups[Int(next) - 1]
        write(group, builder, base, &end, &texts)
        next = group.next
      }
    }
    for group in builder.groups where group.entryCount > 1 {
      builder.forEachTerm(of: group) { term in
        let spelling = builder.items[Int(term)].spelling
        guard spelling != group.spelling, texts[Int(term)] == .max else { return }
        texts[Int(term)] = UInt32(truncatingIfNeeded: end)
        Self.put(builder.spellings.entry(at: spelling), base, &end)
      }
    }
    return texts
  }

  private func write(
    _ group: TermTableBuilder.Group, _ builder: borrowing TermTableBuilder,
    _ base: UnsafeMutableRawPointer, _ end: inout Int, _ texts: inout [UInt32]
  ) {
    let start = end
    end += 4
    Self.put(builder.spellings.entry(at: group.spelling), base, &end)
    while end & 3 != 0 {
      base.storeBytes(of: 0, toByteOffset: end, as: UInt8.self)
      end += 1
    }
    var head: UInt32 = group.next > 0 ? TermGroup.more : 0
    if group.keepsPossessive { head |= TermGroup.possessive }
    let isSingle = group.entryCount == 1
    if !isSingle { head |= group.entryCount }
    var place = end
    builder.forEachTerm(of: group) { term in
      let item = builder.items[Int(term)]
      if builder.convention.settled(item.traits.rule) != .any { head |= TermGroup.sensitive }
      if item.spelling == group.spelling {
        texts[Int(term)] = UInt32(truncatingIfNeeded: start + 4)
      }
      if isSingle {
        head |= term | TermGroup.single
      } else {
        base.storeBytes(of: term, toByteOffset: place, as: UInt32.self)
        place += 4
      }
    }
    end = place
    base.storeBytes(of: head, toByteOffset: start, as: UInt32.self)
  }

  @inline(__always)
  private static func put(
    _ bytes: UnsafeBufferPointer<UInt8>, _ base: UnsafeMutableRawPointer, _ end: inout Int
  ) {
    guard let start = bytes.baseAddress else { return }
    (base + end).copyMemory(from: start, byteCount: bytes.count)
    end += bytes.count
  }
}

extension TermTableBuilder {
  fileprivate borrowing func forEachTerm(of group: Group, _ body: (UInt32) -> Void) {
    var next = group.firstEntry + 1
    while next > 0 {
      let entry = entries[Int(next) - 1]
      body(entry.term)
      next = entry.next
    }
  }
}

extension AlignedMemory {
  fileprivate func put<Element: BitwiseCopyable>(_ content: [Element], at range: Range<Int>) {
    content.withUnsafeBytes { put($0, at: range) }
  }

  fileprivate func put(_ content: UnsafeRawBufferPointer, at range: Range<Int>) {
    guard let start = content.baseAddress else { return }
    (base + range.lowerBound).copyMemory(from: start, byteCount: min(content.count, range.count))
  }
}
