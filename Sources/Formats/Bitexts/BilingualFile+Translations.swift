public import Bitext
internal import Segmentation

/// What a bilingual file held that is no translation yet.
public struct UntranslatedCounts: Sendable, Hashable {
  /// Units that the file marks as fuzzy, new or waiting for review.
  public var drafts = 0
  /// Units without a text on one side.
  public var empty = 0

  public init() {}
}

extension BilingualFile {
  /// Reads the translations of a file that are done, for a memory.
  ///
  /// In XLIFF the units around one are its context; the messages of a PO file do not follow each
  /// other. What names a unit's place, and the state that XLIFF says, are among its details.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - languages: which pair to read; they outweigh what the file says, and turn it around where
  ///     they name its languages the other way round.
  ///   - encoding: an IANA name, for PO files that are guessed wrong.
  ///   - warn: hears of what is odd and yet readable.
  ///   - body: takes each unit.
  /// - Returns: how many units were left out.
  /// - Throws: `Trouble` for a broken file, and what `body` throws.
  public static func forEachTranslation(
    of path: String, languages: (source: LanguageTag?, target: LanguageTag?),
    encoding: String? = nil, warn: @escaping (Warning) -> Void,
    _ body: (TranslationUnit) throws -> Void
  ) throws -> UntranslatedCounts {
    var options = UnitOptions(
      languages: languages, columns: nil, encoding: encoding, warn: warn)
    options.includesDrafts = true
    var reader = TranslationReader(
      origin: Files.name(of: path), keepsContext: keepsOrder(path))
    try forEachUnit(of: path, options) { pair, unit in
      try reader.take(pair, pair.isSwapped ? unit.swapped : unit, body)
    }
    try reader.finish(body)
    return reader.counts
  }
}

extension BilingualFile {
  /// A text of a bilingual file that is to be translated.
  package struct SourceText: Sendable {
    /// Without white space around it.
    package var text: String
    package var language: LanguageTag
    package var target: LanguageTag
    /// What names its place in the file.
    package var contextID: String?
  }

  /// Reads the source sides of a file, translated or not, drafts among them.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - languages: which pair to read, as for ``forEachTranslation(of:languages:encoding:warn:_:)``.
  ///   - encoding: an IANA name, for PO files and tables that are guessed wrong.
  ///   - warn: hears of what is odd and yet readable.
  ///   - body: takes each text.
  /// - Throws: `Trouble` for a broken file and for one without a pair of two languages, and what
  ///   `body` throws.
  package static func forEachSource(
    of path: String, languages: (source: LanguageTag?, target: LanguageTag?),
    encoding: String? = nil, warn: @escaping (Warning) -> Void,
    _ body: (SourceText) throws -> Void
  ) throws {
    let options = UnitOptions(
      languages: languages, columns: nil, encoding: encoding, warn: warn, includesDrafts: true)
    var isEmpty = true
    try forEachUnit(of: path, options) { pair, unit in
      let unit = pair.isSwapped ? unit.swapped : unit
      if unit.source != nil || unit.target != nil { isEmpty = false }
      guard let source = unit.source else { return }
      try body(
        SourceText(
          text: source.trimmedText, language: pair.source, target: pair.target,
          contextID: unit.contextID))
    }
    if isEmpty { throw empty(path) }
  }
}

/// Makes units of a memory out of those of a file; each waits for the one behind it.
private struct TranslationReader {
  let origin: String
  let keepsContext: Bool
  var counts = UntranslatedCounts()
  private var waiting: TranslationUnit?
  /// Units of the file so far.
  private var number = 0
  private var previous: String?

  init(origin: String, keepsContext: Bool) {
    self.origin = origin
    self.keepsContext = keepsContext
  }

  mutating func take(
    _ languages: UnitLanguages, _ unit: BilingualUnit, _ body: (TranslationUnit) throws -> Void
  ) throws {
    let source = unit.source.map { String(decoding: $0.utf8, as: UTF8.self) } ?? ""
    let target = unit.target.map { String(decoding: $0.utf8, as: UTF8.self) } ?? ""
    // What holds nothing but remarks is no unit.
    guard unit.source != nil || unit.target != nil else { return }
    defer { number += 1 }
    if keepsContext, !source.isBlank { waiting?.next = source }
    try finish(body)
    defer { if !source.isBlank { previous = source } }
    guard !source.isBlank, !target.isBlank else {
      counts.empty += 1
      return
    }
    guard !unit.isDraft else {
      counts.drafts += 1
      return
    }
    waiting = TranslationUnit(
      sourceLanguage: languages.source, targetLanguage: languages.target, source: source,
      target: target, previous: keepsContext ? previous : nil, origin: origin,
      details: details(of: unit))
  }

  /// What the file says of a unit beside its texts; `nil` for nothing.
  private func details(of unit: BilingualUnit) -> UnitDetails? {
    let name = unit.contextID.map { [(type: UnitDetails.PropertyType.contextID, text: $0)] } ?? []
    let properties = name + unit.properties
    return properties.isEmpty
      ? nil : UnitDetails(file: origin, number: number, properties: properties)
  }

  mutating func finish(_ body: (TranslationUnit) throws -> Void) throws {
    guard let unit = waiting else { return }
    waiting = nil
    try body(unit)
  }
}
