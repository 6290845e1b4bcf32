internal import Bitext

extension MemorySearcher {
  /// The texts that hold a stretch of text, by match key: the shorter ones first, since more of them
  /// is what was asked for, and of one length in the order of their units.
  ///
  /// - Parameters:
  ///   - key: the match key of the stretch, in UTF-8; not empty.
  ///   - limit: how many texts at the most; `nil` for all.
  ///   - languages: says which language tags are wanted.
  /// - Returns: the texts, each with score 1.
  /// - Throws: `Trouble` for a damaged segment.
  package func concordance(
    _ key: UnsafeBufferPointer<UInt8>, limit: Int?, in languages: (String) -> Bool
  ) throws -> [IndexedText] {
    let scalars = FuzzyPattern.scalars(of: Array(key))
    let needle = ByteNeedle(key)
    var hits: [IndexedText] = []
    hits.reserveCapacity(min(limit ?? Self.usualLimit, Self.usualLimit))
    keptKeys.removeAll()
    tail.forEach(in: languages) { number, other in
      guard needle.occurs(in: other) else { return }
      let text = tail.texts[number]
      let hit = TextHit(unit: text.unit, side: text.side, score: 1, length: text.length)
      hits.append(
        IndexedText(hit: hit, part: parts.count, text: number, stored: nil, key: nil))
    }
    // Each of these has its hits in order.
    var sources = hits.isEmpty ? 0 : 2
    let grams = TextGrams.grams(of: scalars, isWhole: false).map(\.gram)
    for index in parts(in: languages) {
      let before = hits.count
      defer { sources += hits.count > before ? 1 : 0 }
      if grams.isEmpty {
        try addBeginning(scalars, index, limit, &hits)
      } else {
        // Whatever has a piece that is all of the needle holds it.
        let isPiece =
          scalars.count > 1 && TextGrams.length(scalars[0], scalars[1]) == scalars.count
        try addHolding(needle, grams, isPiece, index, limit, &hits)
      }
    }
    if sources > 1 { hits.sort { TextHit.isShorter($0.hit, $1.hit) } }
    if let limit, limit < hits.count { hits.removeSubrange(limit...) }
    return hits
  }

  /// Adds the texts of a part that have all pieces of the needle and, as a look at them shows, hold
  /// it.
  ///
  /// - Parameters:
  ///   - needle: what they are to hold.
  ///   - grams: its pieces.
  ///   - isPiece: whether one of them is all of it.
  ///   - part: the part.
  ///   - limit: texts at the most.
  ///   - hits: takes them.
  /// - Throws: `Trouble` for a damaged segment.
  private func addHolding(
    _ needle: ByteNeedle, _ grams: [UInt64], _ isPiece: Bool, _ part: Int, _ limit: Int?,
    _ hits: inout [IndexedText]
  ) throws {
    var found: [(gram: Int, count: Int)] = []
    for gram in Set(grams) {
      guard let index = try parts[part].reader.index(of: gram) else { return }
      found.append((index, try parts[part].reader.textCount(ofGram: index)))
    }
    found.sort { ($0.count, $0.gram) < ($1.count, $1.gram) }
    let reader = parts[part].reader
    let join = try reader.join(
      ofGrams: found.prefix(Self.joinedLists).map(\.gram), below: UInt32(reader.shelf.count))
    var (left, text) = (limit ?? .max, UInt32(0))
    var candidates: [UInt32] = []
    candidates.reserveCapacity(Self.candidatesAtOnce)
    var lengths = ShelfReader.TextsOfLength()
    while left > 0 {
      // Some at a time, so that memory brings them side by side.
      candidates.removeAll(keepingCapacity: true)
      while candidates.count < min(left, Self.candidatesAtOnce),
        let next = try join.next(from: text)
      {
        candidates.append(next)
        text = next + 1
      }
      guard !candidates.isEmpty else { return }
      fetch(candidates.lazy.map { (part, Int($0)) })
      for candidate in candidates {
        let stored = try reader.stored(Int(candidate))
        var key: UnsafeRawBufferPointer?
        if !isPiece {
          let read = reader.key(of: stored, into: keyRoom)
          guard needle.occurs(in: read.assumingMemoryBound(to: UInt8.self)) else { continue }
          key = keptKeys.keep(read)
        }
        left -= add(Int(candidate), stored, key, &lengths, part, &hits)
      }
    }
  }

  private static let candidatesAtOnce = TextFetching.most

  /// Hits that there is room for from the beginning.
  private static let usualLimit = 128

  /// Lists of pieces that are joined before texts are looked at: more of them hardly rule out any.
  private static let joinedLists = 4

  /// Adds the texts of a part that have a piece which begins with one or two code points: where a
  /// needle is no longer than that, a piece begins at each of its occurrences.
  private func addBeginning(
    _ scalars: [UInt32], _ part: Int, _ limit: Int?, _ hits: inout [IndexedText]
  ) throws {
    let grams = TextGrams.range(beginningWith: scalars)
    let first = try parts[part].reader.firstGram(notBelow: grams.lowerBound)
    let end = try parts[part].reader.firstGram(notBelow: grams.upperBound)
    let count = parts[part].reader.shelf.count
    var texts: [UInt32] = []
    // Dead units may come first, and so some more are needed than were asked for.
    let enough = limit.map { min($0, count) + parts[part].dead.count } ?? count
    var bound = UInt32(count)
    for gram in first..<max(first, end) {
      let list = try parts[part].reader.join(ofGrams: [gram], below: bound)
      var (text, taken) = (UInt32(0), 0)
      while taken < enough, let next = try list.next(from: text), next < bound {
        texts.append(next)
        text = next + 1
        taken += 1
      }
      // The first ones of all lists are what is wanted: behind those that are enough none is.
      if enough < count, texts.count >= 4 * enough + 1024 {
        texts = Array(Set(texts)).sorted()
        if texts.count > enough {
          texts.removeSubrange(enough...)
          bound = texts[enough - 1]
        }
      }
    }
    var left = limit ?? .max
    var lengths = ShelfReader.TextsOfLength()
    for text in Set(texts).sorted() {
      guard left > 0 else { return }
      let stored = try parts[part].reader.stored(Int(text))
      left -= add(Int(text), stored, nil, &lengths, part, &hits)
    }
  }

  /// Adds a hit unless its unit is dead, and returns how many were added.
  private func add(
    _ text: Int, _ stored: StoredText, _ key: UnsafeRawBufferPointer?,
    _ lengths: inout ShelfReader.TextsOfLength, _ part: Int, _ hits: inout [IndexedText]
  ) -> Int {
    let unit = parts[part].unit(of: stored.reference)
    guard !parts[part].isDead(unit) else { return 0 }
    if !lengths.texts.contains(text) { lengths = parts[part].reader.textsAsLong(as: text) }
    let side = UnitSide(ofReference: stored.reference)
    let hit = TextHit(unit: unit, side: side, score: 1, length: lengths.length)
    hits.append(IndexedText(hit: hit, part: part, text: text, stored: stored, key: key))
    return 1
  }
}
