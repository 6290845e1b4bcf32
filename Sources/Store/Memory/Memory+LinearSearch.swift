internal import Bitext
internal import GRDB
internal import Matching
internal import Segmentation

/// Searches that look at every row: for a store whose index can be neither read nor made, and for
/// tests, which hold the index against them.
extension Database {
  /// The units most like a text, best first; of equal ones the newest.
  func linearSearch(
    _ pattern: FuzzyPattern, minimum: Double, limit: Int, in languages: (String) -> Bool
  ) throws -> [TextHit] {
    var best = BestHits(limit: limit, minimum: minimum)
    try forEachText(in: languages) { unit, side, key in
      let length = key.scalarCount
      let reach = pattern.reach(minimum: best.floor, length: length)
      let distance = pattern.distance(toKey: key, length: length, within: reach)
      guard distance <= reach else { return }
      best.add(
        TextHit(
          unit: unit, side: side, score: pattern.share(of: distance, length: length),
          length: length))
    }
    return best.sorted
  }

  /// The texts that hold a stretch of text, in the order of the index.
  func linearConcordance(
    _ key: UnsafeBufferPointer<UInt8>, limit: Int?, in languages: (String) -> Bool
  ) throws -> [TextHit] {
    let needle = ByteNeedle(key)
    var hits: [TextHit] = []
    try forEachText(in: languages) { unit, side, key in
      guard needle.occurs(in: key) else { return }
      hits.append(TextHit(unit: unit, side: side, score: 1, length: key.scalarCount))
    }
    hits.sort(by: TextHit.isShorter)
    return limit.map { Array(hits.prefix($0)) } ?? hits
  }

  /// The units one of whose sides has one of some match keys, for each of these in the order in
  /// which they were added; one pass for all.
  func linearExact(_ keys: [[UInt8]], on side: UnitSide) throws -> [[TranslationUnit]] {
    var ids: [[UInt8]: [Int64]] = [:]
    for key in keys where !key.isEmpty { ids[key] = [] }
    try forEachKey(after: 0, []) { row in
      ids[Array(side == .source ? row.source.key : row.target.key)]?.append(row.id)
    }
    var units = try UnitCursor(byNumberIn: self)
    return try keys.map { key in try (ids[key] ?? []).compactMap { try units.unit($0) } }
  }

  private func forEachText(
    in languages: (String) -> Bool,
    _ body: (Int64, UnitSide, UnsafeBufferPointer<UInt8>) -> Void
  ) throws {
    var known: [String: Bool] = [:]
    func isWanted(_ language: String) -> Bool {
      if let known = known[language] { return known }
      known[language] = languages(language)
      return languages(language)
    }
    try forEachKey(after: 0, []) { row in
      if isWanted(row.source.language) { body(row.id, .source, row.source.key) }
      if isWanted(row.target.language) { body(row.id, .target, row.target.key) }
    }
  }
}
