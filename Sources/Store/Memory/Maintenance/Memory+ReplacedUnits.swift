internal import Bitext
internal import GRDB
internal import Matching

/// Units that maintenance took out as repeats or changed: a file that holds them as they were, and
/// is brought in again, has nothing new.
///
/// What counts is what tells units apart when a file is brought in: languages, texts and origin, and
/// of units of files their names, or where they have none, all else but dates and numbers. States of
/// XLIFF and PO do not matter, nor whether a unit has been to TMX and back meanwhile. A unit counts
/// as long as the operation stands and the unit that stands for it is there, with texts that no file
/// has replaced since. Units that were deleted have none that stands for them: a file brings them
/// back.
struct ReplacedUnits {
  private let database: Database
  private let isEmpty: Bool
  /// What is known of the texts of many units: an import replaces none.
  private var known: [Int64: Replacements] = [:]

  private typealias Replacement = (successor: Int64, turn: Int64)
  /// By what is kept of the identity.
  private typealias Replacements = [Int64?: [Replacement]]

  /// Fewer are fetched anew each time.
  private static let fewestRemembered = 8

  /// Of merges one after the other: more than anybody does.
  private static let longestChain = 64

  init(_ database: Database) throws {
    self.database = database
    isEmpty = try Row.fetchOne(database, sql: "SELECT 1 FROM replacedUnit LIMIT 1") == nil
  }

  /// Whether another unit stands for this one.
  mutating func contains(_ unit: TranslationUnit) throws -> Bool {
    guard !isEmpty else { return false }
    let replacements = try replacements(unit.textsHash)
    guard !replacements.isEmpty else { return false }
    let identities = unit.identityHashes.map { [nil] + Set($0).map(Optional.some) }
    for identity in identities ?? Array(replacements.keys) {
      for replacement in replacements[identity] ?? [] {
        if try stands(replacement.successor, since: replacement.turn) { return true }
      }
    }
    return false
  }

  private mutating func replacements(_ texts: Int64) throws -> Replacements {
    if let replacements = known[texts] { return replacements }
    let rows = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT successor, identity, turn FROM replacedUnit
          JOIN memoryOperation ON number = operation AND undone IS NULL
          WHERE texts = ?
          """), arguments: [texts])
    var replacements: Replacements = [:]
    for row in rows {
      replacements[row["identity"], default: []].append((row["successor"], row["turn"]))
    }
    if rows.count >= Self.fewestRemembered { known[texts] = replacements }
    return replacements
  }

  /// Whether a unit, or the one that it was merged into, holds what maintenance made of it.
  private func stands(_ first: Int64, since turn: Int64) throws -> Bool {
    var (unit, turn) = (first, turn)
    for _ in 0..<Self.longestChain {
      let rewriting = try Row.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT 1 FROM rewrittenUnit JOIN memoryOperation ON number = operation
            WHERE unit = ? AND undone IS NULL AND turn > ?
            """), arguments: [unit, turn])
      guard rewriting == nil else { return false }
      let isThere = try Row.fetchOne(
        database.cachedStatement(sql: "SELECT 1 FROM unit WHERE id = ?"), arguments: [unit])
      if isThere != nil { return true }
      let next = try Row.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT successor, turn FROM replacedUnit
            JOIN memoryOperation ON number = operation AND undone IS NULL
            WHERE unit = ? AND successor <> unit ORDER BY turn DESC LIMIT 1
            """), arguments: [unit])
      guard let next else { return false }
      (unit, turn) = (next["successor"], next["turn"])
    }
    return false
  }

  /// Keeps in mind that a file's texts take the place of a unit's.
  func noteRewriting(of unit: Int64) throws {
    guard !isEmpty else { return }
    try database.cachedStatement(
      sql: "INSERT OR IGNORE INTO rewrittenUnit SELECT ?, number FROM openOperation"
    ).execute(arguments: [unit])
  }
}

extension Database {
  /// Keeps in mind that an operation of maintenance lets one unit stand for another, or for what it
  /// was itself.
  func noteReplacement(
    of unit: TranslationUnit, by successor: Int64, in operation: Int64
  ) throws {
    guard let id = unit.id else { return }
    try cachedStatement(
      sql: """
        INSERT OR IGNORE INTO replacedUnit (unit, operation, successor, texts, identity)
        VALUES (?, ?, ?, ?, ?)
        """
    ).execute(arguments: [id, operation, successor, unit.textsHash, unit.identityHash])
  }
}

extension TranslationUnit {
  /// Of languages, texts and origin.
  fileprivate var textsHash: Int64 {
    var hash = GroupHash()
    hash.add(sourceLanguage.description)
    hash.add(targetLanguage.description)
    hash.add(source)
    hash.add(target)
    if let origin { hash.add(origin) }
    return Int64(bitPattern: hash.value)
  }

  /// What is kept: of what names the unit, or else of what else a file of units says of it; `nil`
  /// where no file says anything.
  fileprivate var identityHash: Int64? {
    guard let details else { return nil }
    let names = details.contextIDs
    return names.isEmpty && isOfUnitFile
      ? textHash(details.identity.stored) : Self.namesHash(names)
  }

  /// What may be kept of a unit like this one; `nil` for anything: a unit without a name is taken
  /// for any with its texts. Older versions kept hashes of all that its file says.
  fileprivate var identityHashes: [Int64]? {
    guard let details else { return nil }
    let names = details.contextIDs
    if names.isEmpty, !isOfUnitFile { return nil }
    return [Self.namesHash(names), textHash(details.identity.stored)]
  }

  private static func namesHash(_ names: [String]) -> Int64 {
    var hash = GroupHash()
    for name in names { hash.add(name) }
    return Int64(bitPattern: hash.value)
  }
}
