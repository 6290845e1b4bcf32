public import Bitext
internal import GRDB
internal import Matching
internal import Segmentation

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
    let keys = texts.map(\.matchKey)
    return try searchIndex { database, searcher in
      var units = try UnitCursor(byNumberIn: database)
      return try keys.map { key in
        guard !key.isEmpty else { return [] }
        return try key.withUnsafeBufferPointer { try searcher.exact($0, in: { _ in true }) }
          .filter { $0.side == side }.map(\.unit).sorted()
          .compactMap { try units.unit($0) }
      }
    } linear: { database in
      try database.linearExact(keys, on: side)
    }
  }

  /// The same without what only the units' rows say: the index tells the texts by itself, several
  /// times faster.
  ///
  /// - Parameters:
  ///   - text: what is looked for.
  ///   - side: the side that is to hold it.
  /// - Returns: the texts of units with the very text and with other spellings of it.
  /// - Throws: `Trouble` when the store cannot be read.
  public func unitTexts(like text: String, on side: UnitSide) throws(Trouble) -> [UnitTexts] {
    try searchTexts { searcher in
      try searcher.units(like: text, on: side)
    } linear: { database in
      try database.linearExact([text.matchKey], on: side)[0].map(\.texts)
    }
  }

  /// The same for many texts at once, on all cores.
  ///
  /// - Parameters:
  ///   - texts: what is looked for.
  ///   - side: the side that is to hold them.
  /// - Returns: for each text the texts of its units.
  /// - Throws: `Trouble` when the store cannot be read.
  public func unitTexts(
    likeEach texts: [String], on side: UnitSide
  ) throws(Trouble) -> [[UnitTexts]] {
    try searchTexts { searcher in
      try searcher.units(likeEach: texts, on: side)
    } linear: { database in
      try database.linearExact(texts.map(\.matchKey), on: side).map { $0.map(\.texts) }
    }
  }

  /// The pairs of languages that the memory has.
  ///
  /// The index is asked, and made first where there is none, as the first search does.
  ///
  /// - Returns: those that some unit has.
  /// - Throws: `Trouble` when the store cannot be read.
  public func languagePairs() throws(Trouble) -> Set<LanguagePair> {
    let known = try searchTexts { searcher in
      searcher.languagePairs()
    } linear: { _ in
      nil
    }
    if let known { return known }
    return try read { database in
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

extension String {
  /// The bytes of the text's match key.
  fileprivate var matchKey: [UInt8] {
    var (key, text): ([UInt8], String) = ([], self)
    text.withUTF8 { _ = MatchKey.append(keyOf: $0, to: &key) }
    return key
  }
}
