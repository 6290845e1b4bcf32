internal import Bitext
internal import Segmentation

/// Of occurrences that overlap, the longest stays, and of equally long ones the first.
extension TermSearch {
  /// Bytes of text whose tokens are searched together: what belongs to a block then stays in the
  /// processor's second cache. From 4 to 64 KiB the times differ by a few percent.
  private static let blockSize = 16 * 1024

  /// Finds the occurrences in a text that no longer one takes the place of, in the order of the
  /// text.
  ///
  /// The text is read block by block: the memory does not grow with it, as long as occurrences do
  /// not overlap one another without end.
  mutating func forEachHit(_ terms: CompiledTerms, _ utf8: Span<UInt8>, _ body: (TermHit) -> Void) {
    scanner.tokens.removeAll()
    let trie = terms.trie
    var position = 0
    var settled = 0
    var size = Self.blockSize
    utf8.withUnsafeBufferPointer { bytes in
      while position < utf8.count {
        let next = utf8.count - position > size ? utf8.keyCut(from: position + size) : utf8.count
        scanner.scan(utf8.extracting(position..<next), offset: position)
        position = next
        let tokens = UnsafeBufferPointer(
          start: UnsafePointer(scanner.tokens.base), count: scanner.tokens.count)
        let isLast = position == utf8.count
        // Where an occurrence may still be cut off, none is looked for yet.
        let starts = isLast ? tokens.count : max(0, tokens.count - (terms.layout.longest - 1))
        find(trie, tokens, starts: starts)
        let end = isLast ? tokens.count : lastCut(starts)
        keepLongest(terms, tokens, upTo: end, bytes)
        for place in 0..<end where lengths.base[place] != 0 {
          body(hit(at: place, tokens, settled: settled))
        }
        scanner.tokens.removeFirst(end)
        settled += end
        // A block without a cut grows, so that the work stays in proportion to the text.
        size = end == 0 ? size * 2 : Self.blockSize
      }
    }
  }

  /// The last place among the starts that no occurrence crosses; 0 when there is none.
  private func lastCut(_ starts: Int) -> Int {
    var cut = 0
    var reach = 0
    let lengths = lengths.base
    for place in 0..<starts {
      if reach <= place { cut = place }
      reach = max(reach, place + Int(lengths[place]))
    }
    return reach <= starts ? starts : cut
  }

  /// Weighs the occurrences that start before a token against each other. For each that stays,
  /// ``lengths`` has its length in tokens at its first one, and 0 at all others; ``confirmed`` has
  /// the rest.
  ///
  /// By length from the longest down, and within a length from left to right, each stays that
  /// overlaps with none that stayed. Those that stay are compared with the spelling of their terms
  /// afterwards. Where one of several tokens turns out to be none, which takes two words of the
  /// same hash, all is weighed once more without it.
  mutating func keepLongest(
    _ terms: CompiledTerms, _ tokens: UnsafeBufferPointer<KeyToken>, upTo end: Int,
    _ bytes: UnsafeBufferPointer<UInt8>
  ) {
    var isSettled = false
    while !isSettled {
      choose(upTo: end)
      touchRecords(terms.records)
      isSettled = true
      let (hits, chosen) = (hits.base, chosen.base)
      let (lengths, confirmed) = (lengths.base, confirmed.base)
      for index in 0..<self.chosen.count {
        let hit = hits[Int(chosen[index])]
        let length = Int(lengths[Int(hit.place)])
        if let found = confirm(terms, hit, length, tokens, bytes) {
          confirmed[Int(hit.place)] = found
        } else if length == 1 {
          // It took the place of nothing.
          lengths[Int(hit.place)] = 0
        } else {
          hits[Int(chosen[index])].record = .max
          isSettled = false
        }
      }
    }
  }

  private mutating func choose(upTo end: Int) {
    lengths.reset(end)
    covered.reset(end)
    confirmed.reserve(end)
    chosen.reserve(hits.count)
    let (lengths, covered, chosen) = (lengths.base, covered.base, chosen.base)
    let hits = hits.base
    var count = 0
    for level in levels.indices.reversed() {
      for number in (level == 0 ? 0 : levels[level - 1])..<levels[level] {
        let place = Int(hits[number].place)
        // One that overlaps with a longer one, or with one as long, has an end of its own in it.
        guard place < end, covered[place] == 0, covered[place + level] == 0,
          hits[number].record != .max
        else { continue }
        for token in place...place + level { covered[token] = 1 }
        lengths[place] = UInt32(truncatingIfNeeded: level &+ 1)
        chosen[count] = UInt32(truncatingIfNeeded: number)
        count &+= 1
      }
    }
    self.chosen.count = count
  }

  /// Reads from the records of the occurrences that stay, so that the memory fetches them side by
  /// side.
  private mutating func touchRecords(_ records: TermRecords) {
    let (hits, chosen) = (hits.base, chosen.base)
    var sum: UInt8 = 0
    for index in 0..<self.chosen.count {
      let start = Int(hits[Int(chosen[index])].record) * 4
      if start < records.size {
        sum &+= records.base.load(fromByteOffset: start, as: UInt8.self)
      }
    }
    sink &+= UInt32(sum)
  }

  /// What was found at a token.
  func hit(
    at place: Int, _ tokens: UnsafeBufferPointer<KeyToken>, settled: Int
  ) -> TermHit {
    let found = confirmed.base[place]
    return TermHit(
      start: tokens[place].start, end: found.end,
      firstToken: UInt32(truncatingIfNeeded: settled + place), tokenCount: lengths.base[place],
      group: found.group)
  }
}
