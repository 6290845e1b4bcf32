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
  ///   - filter: the units that count.
  /// - Returns: the stretches in the order of the text.
  /// - Throws: `Trouble` when the store cannot be read.
  package func longestStretches(
    of text: KeyedWords, in language: LanguageTag, limit: Int, filter: UnitFilter = UnitFilter()
  ) throws(Trouble) -> [HeldStretch] {
    var known: [String: Bool] = [:]
    func isWanted(_ tag: String) -> Bool {
      if let known = known[tag] { return known }
      let answer = LanguageTag(tag).map { LanguageMatching.match($0, language) } ?? false
      known[tag] = answer
      return answer
    }
    return try searchIndex { database, searcher in
      let search = StretchSearch(
        database: database, searcher: searcher, languages: isWanted, filter: filter)
      var found: [HeldStretch] = []
      try text.forEachLongest {
        try search.places(of: text.key(of: $0), limit: 1).count > 0
      } _: {
        found.append(
          HeldStretch(words: $0, places: try search.places(of: text.key(of: $0), limit: limit)))
      }
      return found
    } linear: { database in
      try database.linearStretches(of: text, limit: limit, in: isWanted, filter)
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
  let filter: UnitFilter

  /// The index knows nothing of words: so many times as many texts are looked at as before, when too
  /// few of them hold the stretch between two words, and so many at the most.
  private static let (growth, mostTexts) = (8, 512)
  /// The same where a filter takes texts away, of which the index knows nothing either.
  private static let mostTextsOfFilter = 8192

  /// The first texts that hold a stretch between two words.
  func places(of needle: ArraySlice<UInt8>, limit: Int) throws -> [HeldStretch.Place] {
    var places: [HeldStretch.Place] = []
    var (asked, seen) = (limit, 0)
    let most = filter.isEmpty ? Self.mostTexts : Self.mostTextsOfFilter
    while true {
      let texts = try Array(needle).withUnsafeBufferPointer {
        try searcher.concordance($0, limit: asked, in: languages)
      }
      let new = texts.dropFirst(seen)
      let fitting = try database.units(new.map(\.hit.unit), fitting: filter)
      for text in new where places.count < limit && fitting?.contains(text.hit.unit) ?? true {
        let holds = try searcher.withKey(of: text) { $0.firstWords(needle) != nil }
        if holds { places.append(.init(unit: text.hit.unit, side: text.hit.side)) }
      }
      guard places.count < limit, texts.count == asked, asked < most else { return places }
      seen = texts.count
      asked = min(most, asked * Self.growth)
    }
  }
}

extension Database {
  /// The longest stretches of a text, by looking at all rows twice: once for how far they go, once
  /// for who holds them.
  fileprivate func linearStretches(
    of text: KeyedWords, limit: Int, in languages: (String) -> Bool, _ filter: UnitFilter
  ) throws -> [HeldStretch] {
    let fitting = filter.isEmpty ? nil : Set(try unitIDs(filter))
    var ends = Array(text.words.indices)
    try forEachSide(in: languages) { unit, _, key in
      guard fitting?.contains(unit) ?? true else { return }
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
      guard fitting?.contains(unit) ?? true else { return }
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
