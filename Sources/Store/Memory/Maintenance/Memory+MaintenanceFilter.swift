public import Bitext
internal import GRDB
internal import Matching
internal import Segmentation

/// Which units are asked for; what is `nil` or empty does not matter.
public struct UnitFilter: Sendable, Hashable {
  /// The store's numbers.
  public var ids: [Int64] = []
  /// Where the unit came from; `*` stands for any characters, and the empty text for no origin.
  public var origin: String?
  /// The first and the last date on which the unit was last seen to: changed, else made.
  public var from: Timestamp?
  public var to: Timestamp?
  /// Who made or last changed it.
  public var author: String?
  /// A domain or subject that its file names, in whatever capitals; `*` stands for any characters,
  /// and the empty text for none.
  public var domain: String?
  /// The languages, through likely subtags.
  public var sourceLanguage: LanguageTag?
  public var targetLanguage: LanguageTag?
  /// Part of either side, by match key.
  public var text: String?
  /// Part of the source, by match key.
  public var sourceText: String?
  /// Part of the target, by match key.
  public var targetText: String?

  public init() {}

  /// Whether every unit fits.
  public var isEmpty: Bool { self == UnitFilter() }

  /// The filter in the words of the command's options, for the list of operations.
  public var summary: String {
    var parts = ids.map { "--id \($0)" }
    let texts = [
      ("origin", origin), ("from", from), ("to", to), ("author", author),
      ("domain", domain),
      ("source-language", sourceLanguage?.description),
      ("target-language", targetLanguage?.description), ("text", text),
      ("source-text", sourceText), ("target-text", targetText),
    ]
    for (name, value) in texts {
      if let value { parts.append("--\(name) \(value.isPlainWord ? value : "\"\(value)\"")") }
    }
    return parts.joined(separator: " ")
  }
}

extension ConcordStore {
  /// Calls `body` with each unit that fits, in the order in which they were added, one at a time.
  public func forEachUnit(
    _ filter: UnitFilter, _ body: (TranslationUnit) throws -> Void
  ) throws(Trouble) {
    try read { try $0.forEachUnit(filter, body) }
  }

  /// How many units fit.
  public func unitCount(_ filter: UnitFilter) throws(Trouble) -> Int {
    try read { try $0.unitIDs(filter).count }
  }
}

extension Database {
  func forEachUnit(_ filter: UnitFilter, _ body: (TranslationUnit) throws -> Void) throws {
    let (condition, arguments) = filter.condition
    var cursor = try UnitCursor(self, where: condition, arguments)
    var languages = LanguageFilter(filter)
    try cursor.forEachUnit { unit in
      guard languages.fits(unit.sourceLanguage, unit.targetLanguage) else { return }
      if filter.domain == nil || filter.fitsDomain(unit.details) { try body(unit) }
    }
  }

  /// The numbers of the units that fit: eight bytes each, so that what is done with the units may
  /// change their rows.
  func unitIDs(_ filter: UnitFilter) throws -> [Int64] {
    let (condition, arguments) = filter.condition
    // The domain lies in bytes that SQL does not see.
    let details = filter.domain == nil ? "" : ", details"
    let rows = try Row.fetchCursor(
      self,
      sql: """
        SELECT id, sourceLanguage, targetLanguage\(details) FROM unit WHERE \(condition)
        ORDER BY id
        """,
      arguments: arguments)
    var ids: [Int64] = []
    var tags = LanguageTagCache()
    var languages = LanguageFilter(filter)
    while let row = try rows.next() {
      guard languages.fits(tags(row[1]) ?? .english, tags(row[2]) ?? .english) else { continue }
      if filter.domain != nil {
        let details = (row[3] as Blob?).flatMap { UnitDetails(stored: $0) }
        guard filter.fitsDomain(details) else { continue }
      }
      ids.append(row[0])
    }
    return ids
  }
}

/// The languages of a filter, asked of ICU once for each pair.
private struct LanguageFilter {
  private let source: LanguageTag?
  private let target: LanguageTag?
  private var known: [LanguagePair: Bool] = [:]

  init(_ filter: UnitFilter) {
    source = filter.sourceLanguage
    target = filter.targetLanguage
  }

  mutating func fits(_ source: LanguageTag, _ target: LanguageTag) -> Bool {
    guard self.source != nil || self.target != nil else { return true }
    let pair = LanguagePair(source: source, target: target)
    if let fits = known[pair] { return fits }
    let fits =
      (self.source.map { LanguageMatching.match($0, source) } ?? true)
      && (self.target.map { LanguageMatching.match($0, target) } ?? true)
    known[pair] = fits
    return fits
  }
}

extension UnitFilter {
  /// Whether a unit is of the domain that is asked for.
  fileprivate func fitsDomain(_ details: UnitDetails?) -> Bool {
    guard let pattern = domain?.lowercased() else { return true }
    let domains = details?.domains ?? []
    return pattern.isEmpty ? domains.isEmpty : domains.contains { $0.lowercased().fits(pattern) }
  }

  /// All but the languages and the domain, as SQL.
  fileprivate var condition: (sql: String, arguments: StatementArguments) {
    var parts: [String] = []
    var arguments = StatementArguments()
    func add(_ part: String, _ values: (any DatabaseValueConvertible)?...) {
      parts.append(part)
      arguments += StatementArguments(values)
    }
    if !ids.isEmpty {
      parts.append("id IN (\(ids.map { "\($0)" }.joined(separator: ", ")))")
    }
    if let origin {
      if origin.isEmpty {
        add("ifnull(origin, '') = ''")
      } else if origin.contains("*") {
        add("origin GLOB ?", origin.escapedPattern)
      } else {
        add("origin = ?", origin)
      }
    }
    if let from { add("ifnull(changed, created) >= ?", from) }
    if let to { add("ifnull(changed, created) <= ?", to) }
    if let domain, !domain.isEmpty { add("details IS NOT NULL") }
    if let author { add("(creator = ? OR changer = ?)", author, author) }
    // A key that equals its text need not be kept.
    let (source, target) = ("ifnull(sourceKey, source)", "ifnull(targetKey, target)")
    func contains(_ text: String, in columns: [String]) {
      let key = MatchKey(text).text
      guard !key.isEmpty else { return add("0 = 1") }
      add(
        "(" + columns.map { "instr(\($0), ?) > 0" }.joined(separator: " OR ") + ")")
      arguments += StatementArguments(columns.map { _ in key })
    }
    if let text { contains(text, in: [source, target]) }
    if let sourceText { contains(sourceText, in: [source]) }
    if let targetText { contains(targetText, in: [target]) }
    return (parts.isEmpty ? "1 = 1" : parts.joined(separator: " AND "), arguments)
  }
}

extension String {
  /// The text as a pattern of SQLite's in which the asterisk alone is more than itself.
  fileprivate var escapedPattern: String {
    var pattern = ""
    for character in self {
      switch character {
      case "?": pattern += "[?]"
      case "[": pattern += "[[]"
      default: pattern.append(character)
      }
    }
    return pattern
  }

  /// Whether a shell takes the text for one word.
  fileprivate var isPlainWord: Bool {
    !isEmpty && utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x27 && $0 != 0x5C }
  }
}
