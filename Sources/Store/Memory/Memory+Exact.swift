public import Bitext
internal import GRDB
internal import Matching
internal import Segmentation

/// A pair of languages that units of the memory have.
public struct LanguagePair: Sendable, Hashable {
  public var source: LanguageTag
  public var target: LanguageTag

  public init(source: LanguageTag, target: LanguageTag) {
    self.source = source
    self.target = target
  }
}

extension ConcordStore {
  /// The units one of whose sides has the match key of a text, in whatever languages, in the order
  /// in which they were added.
  ///
  /// - Parameters:
  ///   - text: what is looked for.
  ///   - side: the side that is to hold it.
  /// - Returns: units with the very text and with other spellings of it.
  /// - Throws: `Trouble` when the store cannot be read.
  public func units(like text: String, on side: UnitSide) throws(Trouble) -> [TranslationUnit] {
    try units(likeEach: [text], on: side)[0]
  }

  /// The same for many texts at once, which takes a fraction of the time of asking for each.
  ///
  /// - Parameters:
  ///   - texts: what is looked for.
  ///   - side: the side that is to hold them.
  /// - Returns: for each text its units.
  /// - Throws: `Trouble` when the store cannot be read.
  public func units(
    likeEach texts: [String], on side: UnitSide
  ) throws(Trouble) -> [[TranslationUnit]] {
    let keys = texts.map { MatchKey($0) }
    return try searchIndex { database, searcher in
      var units = try UnitCursor(byNumberIn: database)
      return try keys.map { key in
        guard !key.bytes.isEmpty else { return [] }
        return try key.withBytes { try searcher.exact($0, in: { _ in true }) }
          .filter { $0.side == side }.map(\.unit).sorted()
          .compactMap { try units.unit($0) }
      }
    } linear: { database in
      try database.linearExact(keys, on: side)
    }
  }

  /// The pairs of languages that the memory has.
  public func languagePairs() throws(Trouble) -> Set<LanguagePair> {
    try read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT DISTINCT sourceLanguage, targetLanguage FROM unit")
      return Set(
        rows.map {
          LanguagePair(
            source: $0.language("sourceLanguage"), target: $0.language("targetLanguage"))
        })
    }
  }
}
