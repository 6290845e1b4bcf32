public import Bitext
internal import GRDB

/// One change of a concept or a unit.
public struct HistoryEntry: Sendable, Hashable {
  public enum Action: String, Sendable {
    case added, changed, removed
  }

  public var action: Action
  public var change: Change
  /// The item as JSON before the change, as `show` prints it; `nil` when it was added.
  public var before: String?
  /// The item as JSON after the change; `nil` when it was removed.
  public var after: String?
}

enum HistoryKind: String {
  case concept, unit
}

extension Database {
  func record(
    _ action: HistoryEntry.Action, _ kind: HistoryKind, _ item: String, by change: Change,
    before: String?, after: String?
  ) throws {
    let statement = try cachedStatement(
      sql: """
        INSERT INTO history (kind, item, date, author, action, before, after)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      kind.rawValue, item, change.date, change.author, action.rawValue, before, after,
    ])
  }

  func history(of kind: HistoryKind, _ item: String) throws -> [HistoryEntry] {
    let rows = try Row.fetchAll(
      self, sql: "SELECT * FROM history WHERE kind = ? AND item = ? ORDER BY number",
      arguments: [kind.rawValue, item])
    return rows.map { row in
      HistoryEntry(
        action: HistoryEntry.Action(rawValue: row["action"]) ?? .changed,
        change: Change(date: row["date"], author: row["author"]), before: row["before"],
        after: row["after"])
    }
  }
}

extension Row {
  /// A date and who, from two columns.
  func change(_ date: String, _ author: String) -> Change? {
    guard let date: String = self[date] else { return nil }
    return Change(date: date, author: self[author])
  }

  func language(_ column: String) -> LanguageTag {
    var tags = LanguageTagCache()
    return language(column, &tags)
  }

  func language(_ column: String, _ tags: inout LanguageTagCache) -> LanguageTag {
    let text: String = self[column]
    // The store holds well-formed tags alone; another hand may have written this one.
    return tags(text) ?? .english
  }
}
