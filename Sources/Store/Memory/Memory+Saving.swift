internal import Bitext
internal import GRDB
internal import Matching
internal import Segmentation

/// What becomes of several targets of one source in a memory.
public enum TargetPolicy: String, Sendable, CaseIterable {
  /// All are kept; searches rank them.
  case all
  /// Only the latest one is kept, by the dates of the files.
  case latest
}

/// Keeps units one after the other, as one change.
final class UnitSaving {
  private let database: Database
  private let change: Change
  private let policy: TargetPolicy
  /// A bit for each row that this change has kept or found: two units of one file never become one
  /// by the second overwriting the first.
  private var touched: [UInt64] = []
  /// Whether the store had no unit before this change: then no unit of a file can be there already,
  /// but for those of the file itself, which are all kept.
  private let startsEmpty: Bool
  private let insertion: UnitInsertion
  private var replaced: ReplacedUnits
  private var (sourceKey, targetKey) = (UnitKey(), UnitKey())
  private var tags = LanguageTagCache()
  private var counts = (added: 0, changed: 0, unchanged: 0)
  /// Whether the indexes are to be made when all rows are there.
  private var lacksIndexes = false
  private var manyEqual: ManyEqualUnits
  /// Of units of one name how far all have been met, where some have.
  private var passed: [NamedUnits: Int64] = [:]

  private struct NamedUnits: Hashable {
    var name: String
    var origin: String?
    var languages: [String]

    init(_ name: String, _ origin: String?, _ languages: [String]) {
      (self.name, self.origin, self.languages) = (name, origin, languages)
    }
  }

  init(
    _ database: Database, by change: Change, policy: TargetPolicy,
    fewestRemembered: Int = ManyEqualUnits.usualFewest
  ) throws {
    manyEqual = ManyEqualUnits(fewest: fewestRemembered)
    self.database = database
    self.change = change
    self.policy = policy
    startsEmpty = try Row.fetchOne(database, sql: "SELECT 1 FROM unit LIMIT 1") == nil
    insertion = try UnitInsertion(database)
    replaced = try ReplacedUnits(database)
  }

  /// How many units were added, changed and unchanged.
  var outcomes: [StoreOutcome: Int] {
    let all: [StoreOutcome: Int] = [
      .added: counts.added, .changed: counts.changed, .unchanged: counts.unchanged,
    ]
    return all.filter { $0.value > 0 }
  }

  /// Keeps a unit as its columns have it.
  func save(_ columns: UnitColumns) throws {
    guard startsEmpty, policy == .all, columns[.details] != nil else {
      return count(try find(TranslationUnit(columns, &tags)))
    }
    if !lacksIndexes {
      try database.dropUnitIndexes()
      lacksIndexes = true
    }
    manyEqual.forget()
    try insert(columns)
    count(.added)
  }

  func save(_ unit: TranslationUnit) throws {
    if startsEmpty, policy == .all, unit.isOfUnitFile { return try save(UnitColumns(unit)) }
    count(try find(unit))
  }

  private func count(_ outcome: StoreOutcome) {
    switch outcome {
    case .added: counts.added += 1
    case .changed: counts.changed += 1
    case .unchanged: counts.unchanged += 1
    }
  }

  /// Makes whole what was left for the end.
  func finish() throws {
    guard lacksIndexes else { return }
    try database.makeUnitIndexes()
    lacksIndexes = false
  }

  private func find(_ unit: TranslationUnit) throws -> StoreOutcome {
    try finish()
    let key = MatchKey(unit.source)
    let (candidates, met) = try candidates(for: unit, key)
    let same = candidates.first { $0.details == unit.details }
    if let same = same ?? unit.details?.same(among: candidates + met) {
      return try update(same, with: unit)
    }
    if try replaced.contains(unit) { return .unchanged }
    if let same = match(unit, candidates) { return try update(same, with: unit) }
    if let outcome = try replace(unit, key) { return outcome }
    var columns = unit
    if !unit.isOfUnitFile { columns.created = unit.created ?? change }
    try insert(UnitColumns(columns))
    columns.id = database.lastInsertedRowID
    manyEqual.add(columns)
    return .added
  }

  // MARK: Finding

  /// Units with the same texts from the same origin; for those of files apart from those that another
  /// unit of this change is already.
  private func candidates(
    for unit: TranslationUnit, _ key: MatchKey
  ) throws -> (candidates: [TranslationUnit], met: [TranslationUnit]) {
    if let known = manyEqual.units(like: unit) {
      return known.candidates(for: unit, isMet: isTouched)
    }
    let rows = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT * FROM unit WHERE sourceHash = ? AND source = ? AND target = ?
            AND sourceLanguage = ? AND targetLanguage = ? AND origin IS ?
          """),
      arguments: [
        textHash(key.bytes), unit.source, unit.target, unit.sourceLanguage.description,
        unit.targetLanguage.description, unit.origin,
      ])
    let units = rows.map { TranslationUnit($0) }
    if let many = manyEqual.remember(units, isMet: isTouched) {
      return many.candidates(for: unit, isMet: isTouched)
    }
    guard unit.details != nil else { return (units, []) }
    return (units.filter { !isTouched($0.id) }, units.filter { isTouched($0.id) })
  }

  /// The unit that is there already: for units of files with the same details but for dates.
  private func match(
    _ unit: TranslationUnit, _ candidates: [TranslationUnit]
  ) -> TranslationUnit? {
    guard let details = unit.details else { return candidates.first }
    if details.arePropertiesAlone { return details.choose(from: candidates) }
    let identity = details.identity
    return candidates.first {
      $0.details.map { $0.identity == identity || $0.isPart(of: details) } ?? true
    }
  }

  /// A unit whose target this one takes the place of: one of the same name in the same file, or
  /// under ``TargetPolicy/latest`` an older one of the same source.
  private func replace(_ unit: TranslationUnit, _ key: MatchKey) throws -> StoreOutcome? {
    let languages = [unit.sourceLanguage.description, unit.targetLanguage.description]
    if let name = unit.details?.unit["tuid"] {
      let old = try firstUntouched(NamedUnits(name, unit.origin, languages))
      if let old { return try rewrite(old, as: unit) }
    }
    guard policy == .latest else { return nil }
    let rows = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT * FROM unit WHERE sourceHash = ? AND source = ? AND sourceLanguage = ?
            AND targetLanguage = ?
          """), arguments: [textHash(key.bytes), unit.source, languages[0], languages[1]])
    guard let old = rows.map({ TranslationUnit($0) }).max(by: { $0.lastDate < $1.lastDate })
    else { return nil }
    // A unit that no file dates is as old as this change.
    let date = !unit.isOfUnitFile && unit.lastDate.isEmpty ? change.date : unit.lastDate
    return old.lastDate > date ? .unchanged : try rewrite(old, as: unit)
  }

  /// The first unit of a name that this change has not met yet.
  private func firstUntouched(_ named: NamedUnits) throws -> TranslationUnit? {
    let rows = try Row.fetchCursor(
      database.cachedStatement(
        sql: """
          SELECT * FROM unit WHERE tuid = ? AND origin IS ? AND sourceLanguage = ?
            AND targetLanguage = ? AND id > ? ORDER BY id
          """),
      arguments: [
        named.name, named.origin, named.languages[0], named.languages[1], passed[named] ?? 0,
      ])
    var seen: Int64?
    while let row = try rows.next() {
      let id: Int64 = row["id"]
      // What was met stays so: thousands of one name are not gone through for each of them.
      if let seen { passed[named] = seen }
      guard isTouched(id) else { return TranslationUnit(row) }
      seen = id
    }
    if let seen { passed[named] = seen }
    return nil
  }

  // MARK: Writing

  private func insert(_ unit: UnitColumns) throws {
    unit.bytes.withUnsafeBufferPointer { bytes in
      sourceKey.set(UnsafeBufferPointer(rebasing: bytes[unit[.source] ?? 0..<0]))
      targetKey.set(UnsafeBufferPointer(rebasing: bytes[unit[.target] ?? 0..<0]))
    }
    try insertion.insert(unit, sourceKey, targetKey)
    touch(database.lastInsertedRowID)
  }

  /// Context, note and score may become known later; a repeated sentence keeps its first context.
  /// Of a unit of a file the details of the file hold.
  private func update(
    _ before: TranslationUnit, with unit: TranslationUnit
  ) throws -> StoreOutcome {
    guard let id = before.id else { return .unchanged }
    touch(id)
    var after = before
    defer { manyEqual.units(like: after)?.meet(after) }
    if let details = unit.details, !details.arePropertiesAlone {
      guard before.details != details else { return .unchanged }
      after.details = details
      (after.previous, after.next, after.note) = (unit.previous, unit.next, unit.note)
      (after.created, after.changed) = (unit.created, unit.changed)
      // Another place in the file is no change of the unit, nor is that a file has it at all.
      var moved = details
      moved.number = before.details?.number ?? details.number
      var known = after
      known.details = before.details
      let isNew = before.details.map { $0.isPart(of: details) } ?? true
      guard isNew ? known != before : moved != before.details else {
        return try learn(after, id)
      }
      try write(after, id)
    } else {
      after.previous = before.previous ?? unit.previous
      after.next = before.next ?? unit.next
      after.note = before.note ?? unit.note
      after.learn(unit)
      guard after != before else { return .unchanged }
      // That a file names it is no change of a unit.
      var known = after
      known.details = before.details
      let isNews = known != before || before.details != nil
      guard isNews else { return try learn(after, id) }
      after.changed = change
      try write(after, id)
    }
    try record(before, after, id)
    return .changed
  }

  /// Keeps what is known of a unit beside what it says: that is no change, and no operation has it
  /// to take it back.
  private func learn(_ unit: TranslationUnit, _ id: Int64) throws -> StoreOutcome {
    try database.outsideOperation { try write(unit, id) }
    return .unchanged
  }

  private func rewrite(_ before: TranslationUnit, as unit: TranslationUnit) throws -> StoreOutcome {
    guard let id = before.id else { return .unchanged }
    let wasMet = isTouched(id)
    touch(id)
    var after = unit
    after.created = unit.created ?? before.created
    after.changed = unit.changed ?? change
    after.id = id
    manyEqual.replace(before, with: after, wasMet: wasMet)
    let source = MatchKey(after.source)
    try replaced.noteRewriting(of: id)
    try write(after, id)
    try database.cachedStatement(
      sql: """
        UPDATE unit SET source = ?, target = ?, sourceKey = ?, targetKey = ?, sourceHash = ?,
          origin = ?, tuid = ?, score = ?
        WHERE id = ?
        """
    ).execute(arguments: [
      after.source, after.target, source.text, MatchKey(after.target).text,
      textHash(source.bytes), after.origin, after.details?.unit["tuid"], after.score, id,
    ])
    try record(before, after, id)
    return .changed
  }

  private func write(_ unit: TranslationUnit, _ id: Int64) throws {
    try database.cachedStatement(
      sql: """
        UPDATE unit SET previous = ?, next = ?, note = ?, created = ?, creator = ?, changed = ?,
          changer = ?, details = ?, file = ? WHERE id = ?
        """
    ).execute(arguments: [
      unit.previous, unit.next, unit.note, unit.created?.date, unit.created?.author,
      unit.changed?.date, unit.changed?.author, unit.details.map { Blob($0.stored) },
      unit.details?.file, id,
    ])
  }

  private func record(_ before: TranslationUnit, _ after: TranslationUnit, _ id: Int64) throws {
    try database.record(
      .changed, .unit, String(id), by: change, before: before.json(), after: after.json())
  }

  // MARK: Rows of this change

  private func isTouched(_ id: Int64?) -> Bool {
    guard let id, id >= 0, Int(id / 64) < touched.count else { return false }
    return touched[Int(id / 64)] >> UInt64(id % 64) & 1 != 0
  }

  private func touch(_ id: Int64) {
    guard id >= 0 else { return }
    let word = Int(id / 64)
    if word >= touched.count {
      touched += repeatElement(0, count: max(word + 1 - touched.count, touched.count))
    }
    touched[word] |= 1 << UInt64(id % 64)
  }
}
