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
  public func units(
    like text: String, on side: UnitSide
  ) throws(Trouble) -> [TranslationUnit] {
    let key = MatchKey(text)
    guard !key.bytes.isEmpty else { return [] }
    return try searchIndex { database, searcher in
      var units = try UnitCursor(byNumberIn: database)
      var tags = LanguageTagCache()
      return try key.withBytes { try searcher.exact($0, in: { _ in true }) }
        .filter { $0.side == side }.map(\.unit).sorted()
        .compactMap { try units.unit($0, &tags) }
    } linear: { database in
      let column = side.rawValue
      return try Row.fetchAll(
        database,
        sql: "SELECT * FROM unit WHERE \(column)Hash = ? AND \(column)Key = ? ORDER BY id",
        arguments: [textHash(key.bytes), key.text]
      ).map { TranslationUnit($0) }
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
