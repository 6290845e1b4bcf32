package import Bitext
internal import GRDB
internal import Matching
internal import Segmentation

/// A stretch of a text that units hold, and that no longer one of the text takes the place of.
package struct HeldStretch: Sendable, Hashable {
  /// Numbers of the text's words.
  package var words: Range<Int>
  /// Texts that hold it, the shorter ones first.
  package var places: [Place]

  package struct Place: Sendable, Hashable {
    package var unit: Int64
    package var side: UnitSide
  }
}

extension ConcordStore {
  /// The longest stretches of a text that the memory holds word for word, by match key: those that
  /// are in no longer one.
  ///
  /// A stretch occurs only where each of its parts does, and so the end of the longest one that
  /// begins at a word never lies before that of the word before it: some two searches a word find
  /// all of them.
  ///
  /// - Parameters:
  ///   - text: the words.
  ///   - language: of the text: units count whose side in it holds a stretch.
  ///   - limit: places that are told of each stretch at the most.
  /// - Returns: the stretches in the order of the text.
  /// - Throws: `Trouble` when the store cannot be read.
  package func longestStretches(
    of text: KeyedWords, in language: LanguageTag, limit: Int
  ) throws(Trouble) -> [HeldStretch] {
    var known: [String: Bool] = [:]
    func isWanted(_ tag: String) -> Bool {
      if let known = known[tag] { return known }
      let answer = LanguageTag(tag).map { LanguageMatching.match($0, language) } ?? false
      known[tag] = answer
      return answer
    }
    return try searchIndex { database, searcher in
      let search = StretchSearch(database: database, searcher: searcher, languages: isWanted)
      var found: [HeldStretch] = []
      try text.forEachLongest {
        try search.places(of: text.key(of: $0), limit: 1).count > 0
      } _: {
        found.append(
          HeldStretch(words: $0, places: try search.places(of: text.key(of: $0), limit: limit)))
      }
      return found
    } linear: { database in
      try database.linearStretches(of: text, limit: limit, in: isWanted)
    }
  }

  /// Units by their numbers; those that are gone are left out.
  package func units(_ numbers: [Int64]) throws(Trouble) -> [TranslationUnit] {
    try read { database in
      var cursor = try UnitCursor(byNumberIn: database)
      return try numbers.compactMap { try cursor.unit($0) }
    }
  }
}

extension KeyedWords {
  /// Calls `body` with each stretch that is held and in no longer one that is.
  func forEachLongest(
    isHeld: (Range<Int>) throws -> Bool, _ body: (Range<Int>) throws -> Void
  ) rethrows {
    var end = 0
    for start in words.indices {
      let before = end
      end = max(end, start)
      // Steps of double size until one is too long, then halves of what is left.
      var (step, tooLong) = (1, words.count + 1)
      while end + 1 < tooLong {
        let next = min(end + step, tooLong - 1)
        if try isHeld(start..<next) {
          end = next
          step *= 2
        } else {
          tooLong = next
          step = max(1, (next - end) / 2)
        }
      }
      if end > before, end > start { try body(start..<end) }
    }
  }
}

/// Finds the texts that hold stretches, through the index.
private struct StretchSearch {
  let database: Database
  let searcher: MemorySearcher
  let languages: (String) -> Bool

  /// The index knows nothing of words: so many times as many texts are looked at as before, when too
  /// few of them hold the stretch between two words, and so many at the most.
  private static let (growth, mostTexts) = (8, 512)

  /// The first texts that hold a stretch between two words.
  func places(of needle: ArraySlice<UInt8>, limit: Int) throws -> [HeldStretch.Place] {
    var places: [HeldStretch.Place] = []
    var (asked, seen) = (limit, 0)
    while true {
      let hits = try Array(needle).withUnsafeBufferPointer {
        try searcher.concordance($0, limit: asked, in: languages).map(\.hit)
      }
      for hit in hits.dropFirst(seen) where places.count < limit {
        if try holds(hit, needle) { places.append(.init(unit: hit.unit, side: hit.side)) }
      }
      guard places.count < limit, hits.count == asked, asked < Self.mostTexts else {
        return places
      }
      seen = hits.count
      asked = min(Self.mostTexts, asked * Self.growth)
    }
  }

  private func holds(_ hit: TextHit, _ needle: ArraySlice<UInt8>) throws -> Bool {
    let column = hit.side == .source ? "sourceKey" : "targetKey"
    let statement = try database.cachedStatement(sql: "SELECT \(column) FROM unit WHERE id = ?")
    guard let key = try String.fetchOne(statement, arguments: [hit.unit]) else { return false }
    return Array(key.utf8).firstWords(needle) != nil
  }
}

extension Database {
  /// The longest stretches of a text, by looking at all rows twice: once for how far they go, once
  /// for who holds them.
  fileprivate func linearStretches(
    of text: KeyedWords, limit: Int, in languages: (String) -> Bool
  ) throws -> [HeldStretch] {
    var ends = Array(text.words.indices)
    try forEachSide(in: languages) { _, _, key in
      for start in text.words.indices {
        while ends[start] < text.words.count,
          key.firstWords(text.key(of: start..<ends[start] + 1)) != nil
        {
          ends[start] += 1
        }
      }
    }
    var longest: [Range<Int>] = []
    for (start, end) in ends.enumerated() where end > max(start, longest.last?.upperBound ?? 0) {
      longest.append(start..<end)
    }
    var hits = [[TextHit]](repeating: [], count: longest.count)
    try forEachSide(in: languages) { unit, side, key in
      for (index, words) in longest.enumerated()
      where key.firstWords(text.key(of: words)) != nil {
        let length = key.count { $0 & 0xC0 != 0x80 }
        hits[index].append(TextHit(unit: unit, side: side, score: 1, length: length))
        if hits[index].count >= 4 * limit + 64 {
          hits[index] = Array(hits[index].sorted(by: TextHit.isShorter).prefix(limit))
        }
      }
    }
    return zip(longest, hits).map { words, hits in
      HeldStretch(
        words: words,
        places: hits.sorted(by: TextHit.isShorter).prefix(limit).map {
          HeldStretch.Place(unit: $0.unit, side: $0.side)
        })
    }
  }

  private func forEachSide(
    in languages: (String) -> Bool, _ body: (Int64, UnitSide, [UInt8]) -> Void
  ) throws {
    try forEachKey(after: 0, []) { row in
      if languages(row.source.language) { body(row.id, .source, Array(row.source.key)) }
      if languages(row.target.language) { body(row.id, .target, Array(row.target.key)) }
    }
  }
}
