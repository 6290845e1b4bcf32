public import Bitext
internal import GRDB
internal import Segmentation

/// Which units count as one.
public struct DuplicateRule: Sendable, Hashable {
  /// Whether texts with one match key are the same; else only those with the same bytes.
  public var byKey: Bool
  /// Whether units in different contexts stay apart.
  public var keepsContexts: Bool

  public init(byKey: Bool = false, keepsContexts: Bool = false) {
    self.byKey = byKey
    self.keepsContexts = keepsContexts
  }
}

/// Units with the same texts, of which one is kept.
public struct DuplicateUnits: Sendable, Hashable {
  /// The unit that is kept, with what the others knew beyond it.
  public var kept: TranslationUnit
  /// Whether the others knew anything beyond it.
  public var isRicher: Bool
  /// The units that go, in the order in which they were added.
  public var removed: [TranslationUnit]

  /// The shape that `memory deduplicate` promises to other programs.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("kept", kept.id.map(Int.init))
      writer.key("removed")
      writer.array(removed) { $0.value($1.id.map(Int.init)) }
      writer.key("merged")
      writer.value(isRicher)
      writer.member("sourceLanguage", kept.sourceLanguage.description)
      writer.member("targetLanguage", kept.targetLanguage.description)
      writer.member("source", kept.source)
      writer.member("target", kept.target)
    }
    return writer.text
  }
}

extension ConcordStore {
  /// Finds units that say the same, without changing anything.
  ///
  /// - Parameters:
  ///   - filter: which units count.
  ///   - rule: when two are the same.
  ///   - body: takes each group, by the lowest number in it.
  /// - Throws: `Trouble` when the store cannot be read, and what `body` throws.
  public func forEachDuplicate(
    _ filter: UnitFilter, _ rule: DuplicateRule, _ body: (DuplicateUnits) throws -> Void
  ) throws {
    try read { try $0.forEachDuplicate(filter, rule, body) }
  }

  /// Keeps of units that say the same the best one, as one operation that can be undone: the one
  /// with inline elements, the latest, the one with context, with details, the first. What the
  /// others know beyond it is kept with it.
  ///
  /// - Parameters:
  ///   - filter: which units count.
  ///   - rule: when two are the same.
  ///   - change: when it is done, and by whom.
  ///   - body: takes each group, by the lowest number in it.
  /// - Returns: the operation; `nil` when there was no duplicate.
  /// - Throws: `Trouble`, and what `body` throws; then nothing is changed.
  public func deduplicate(
    _ filter: UnitFilter, _ rule: DuplicateRule, by change: Change,
    _ body: (DuplicateUnits) throws -> Void
  ) throws -> MemoryOperation? {
    try write { database in
      let operation = try OpenOperation(database, .deduplicate, by: change)
      try database.withLargeCache {
        try database.forEachDuplicate(filter, rule) { group in
          try database.keepBest(of: group, in: operation.number)
          try body(group)
        }
      }
      let options = [rule.byKey ? "--by-key" : "", rule.keepsContexts ? "--keep-contexts" : ""]
      let detail = (options + [filter.summary]).filter { !$0.isEmpty }.joined(separator: " ")
      return try operation.close(detail)
    }
  }
}

extension Database {
  fileprivate func keepBest(of group: DuplicateUnits, in operation: Int64) throws {
    guard let kept = group.kept.id else { return }
    for unit in group.removed {
      guard let id = unit.id else { continue }
      try noteReplacement(of: unit, by: kept, in: operation)
      try removeUnit(id)
    }
    guard group.isRicher else { return }
    if let before = try unit(kept) { try noteReplacement(of: before, by: kept, in: operation) }
    try overwrite(kept, with: group.kept)
  }

  fileprivate func forEachDuplicate(
    _ filter: UnitFilter, _ rule: DuplicateRule, _ body: (DuplicateUnits) throws -> Void
  ) throws {
    var hashed = HashedUnits()
    var names = LanguagePairNames()
    try forEachUnit(filter) { unit in
      guard let id = unit.id else { return }
      hashed.add(id, SameTexts(unit, rule, &names).hash)
    }
    for ids in hashed.groups() {
      // Different texts may have one hash; and what is the same comes in the order of the numbers.
      var groups: [SameTexts: [TranslationUnit]] = [:]
      var order: [SameTexts] = []
      for id in ids {
        guard let unit = try unit(id) else { continue }
        let same = SameTexts(unit, rule, &names)
        if groups[same] == nil { order.append(same) }
        groups[same, default: []].append(unit)
      }
      for same in order {
        for group in (groups[same] ?? []).partedByMarkup where group.count > 1 {
          if let duplicates = DuplicateUnits(of: group) { try body(duplicates) }
        }
      }
    }
  }
}

/// What duplicates have in common.
private struct SameTexts: Hashable {
  let sourceLanguage: String
  let targetLanguage: String
  let source: String
  let target: String
  let context: [String?]

  init(_ unit: TranslationUnit, _ rule: DuplicateRule, _ names: inout LanguagePairNames) {
    sourceLanguage = names(unit.sourceLanguage)
    targetLanguage = names(unit.targetLanguage)
    // Swift takes texts of other code points for equal where they look the same: these are equal by
    // what their bytes are.
    source = rule.byKey ? MatchKey(unit.source).text : unit.source
    target = rule.byKey ? MatchKey(unit.target).text : unit.target
    context = rule.keepsContexts ? [unit.previous, unit.next] : []
  }

  static func == (left: Self, right: Self) -> Bool {
    left.sourceLanguage == right.sourceLanguage && left.targetLanguage == right.targetLanguage
      && left.source.hasSameBytes(right.source) && left.target.hasSameBytes(right.target)
      && left.context.count == right.context.count
      && zip(left.context, right.context).allSatisfy { ($0 ?? "").hasSameBytes($1 ?? "") }
  }

  var hash: GroupHash {
    var hash = GroupHash()
    hash.add(sourceLanguage)
    hash.add(targetLanguage)
    hash.add(source)
    hash.add(target)
    for part in context { hash.add(part ?? "") }
    return hash
  }

  func hash(into hasher: inout Hasher) { hasher.combine(hash.value) }
}

extension String {
  /// Whether two texts have the same code points, which their equality does not say.
  func hasSameBytes(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension [TranslationUnit] {
  /// Units with different inline elements are different ones; those without any belong to the
  /// first of them.
  fileprivate var partedByMarkup: [[TranslationUnit]] {
    var groups: [(markup: [String?], units: [TranslationUnit])] = []
    for unit in self where unit.hasMarkup {
      let markup = [unit.details?.source.markup, unit.details?.target.markup]
      if let index = groups.firstIndex(where: { $0.markup == markup }) {
        groups[index].units.append(unit)
      } else {
        groups.append((markup, [unit]))
      }
    }
    let plain = filter { !$0.hasMarkup }
    guard !groups.isEmpty else { return [plain] }
    groups[0].units += plain
    return groups.map(\.units)
  }
}

extension TranslationUnit {
  fileprivate var hasMarkup: Bool {
    details?.source.markup != nil || details?.target.markup != nil
  }

  /// How good the unit is beside others with its texts.
  fileprivate var worth: (Int, Timestamp, Int, Int, Int64) {
    let context = (previous == nil ? 0 : 1) + (next == nil ? 0 : 1)
    return (hasMarkup ? 1 : 0, lastDate, context, details == nil ? 0 : 1, -(id ?? 0))
  }

  /// Takes over what another unit with the same texts knows beyond this one.
  fileprivate mutating func learn(from other: TranslationUnit) {
    // Half a context of one place and half of another would be none.
    if previous == nil, next == nil { (previous, next) = (other.previous, other.next) }
    note = note ?? other.note
    if origin == nil {
      origin = other.origin
      details = details ?? other.details(for: self)
    } else if details == nil, origin == other.origin {
      details = other.details(for: self)
    }
    let last = [changed ?? created, other.changed ?? other.created].compactMap { $0 }
      .max { $0.date < $1.date }
    if let first = other.created, first.date < created?.date ?? "~" { created = first }
    // The unit is as recent as the latest of them, however early the first was made.
    if let last, last.date > lastDate { changed = last }
  }

  /// The details, where another unit has these very texts, which they describe.
  private func details(for other: TranslationUnit) -> UnitDetails? {
    source.hasSameBytes(other.source) && target.hasSameBytes(other.target) ? details : nil
  }
}

extension DuplicateUnits {
  /// - Returns: `nil` for no units.
  fileprivate init?(of units: [TranslationUnit]) {
    let ranked = units.sorted { $0.worth > $1.worth }
    guard let best = ranked.first else { return nil }
    kept = best
    for other in ranked.dropFirst() { kept.learn(from: other) }
    isRicher = kept != best
    removed = units.filter { $0.id != best.id }
  }
}
