public import Bitext
internal import GRDB
internal import Segmentation

/// A text that is translated in several ways.
public struct MemoryConflict: Sendable, Hashable {
  /// One of the ways.
  public struct Variant: Sendable, Hashable {
    public var text: String
    /// The units that have it, in the order in which they were added.
    public var ids: [Int64] = []
    /// Where they came from, the first one first.
    public var origins: [String] = []
    /// The first and the last date on which such a unit was seen to; `nil` where none is dated.
    public var first: Timestamp?
    public var last: Timestamp?
  }

  /// The side that is the same.
  public var side: ConcordanceHit.Side
  public var languages: LanguagePair
  /// The text of that side, as the first unit has it.
  public var text: String
  /// What stands on the other side: what most units have first, then the latest.
  public var variants: [Variant]

  /// The shape that `memory conflicts` promises to other programs.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("side", side.rawValue)
      writer.member("sourceLanguage", languages.source.description)
      writer.member("targetLanguage", languages.target.description)
      writer.member("text", text)
      writer.key("variants")
      writer.array(variants) { writer, variant in
        writer.object { writer in
          writer.member("text", variant.text)
          writer.member("count", variant.ids.count)
          writer.key("ids")
          writer.array(variant.ids) { $0.value(Int($1)) }
          writer.member("origins", variant.origins)
          writer.member("first", variant.first)
          writer.member("last", variant.last)
        }
      }
    }
    return writer.text
  }
}

extension ConcordStore {
  /// Finds texts that several units translate differently. Takes 16 bytes of memory a unit, and the
  /// texts of one conflict.
  ///
  /// - Parameters:
  ///   - filter: which units count.
  ///   - side: the side that is the same, by match key.
  ///   - isStrict: whether translations that only the match key makes one are different.
  ///   - body: takes each conflict, by the lowest number in it.
  /// - Throws: `Trouble` when the store cannot be read, and what `body` throws.
  public func forEachConflict(
    _ filter: UnitFilter, on side: ConcordanceHit.Side, isStrict: Bool = false,
    _ body: (MemoryConflict) throws -> Void
  ) throws {
    try read { database in
      var hashed = HashedUnits()
      var names = LanguagePairNames()
      try database.forEachUnit(filter) { unit in
        guard let id = unit.id, let shared = SharedText(unit, side, &names) else { return }
        hashed.add(id, shared.hash)
      }
      for ids in hashed.groups() {
        var groups: [SharedText: ConflictBuilder] = [:]
        var order: [SharedText] = []
        for id in ids {
          guard let unit = try database.unit(id), let shared = SharedText(unit, side, &names)
          else { continue }
          if groups[shared] == nil { order.append(shared) }
          groups[shared, default: ConflictBuilder(unit, side, isStrict)].add(unit)
        }
        for shared in order {
          if let conflict = groups[shared]?.conflict { try body(conflict) }
        }
      }
    }
  }
}

/// What the units of a conflict have in common.
private struct SharedText: Hashable {
  let sourceLanguage: String
  let targetLanguage: String
  let key: [UInt8]

  /// - Returns: `nil` for a unit without text on a side: what is not translated yet contradicts
  ///   nothing.
  init?(_ unit: TranslationUnit, _ side: ConcordanceHit.Side, _ names: inout LanguagePairNames) {
    key = MatchKey(side == .source ? unit.source : unit.target).bytes
    let other = side == .source ? unit.target : unit.source
    guard !key.isEmpty, other.utf8.contains(where: { $0 > 0x20 }) else { return nil }
    sourceLanguage = names(unit.sourceLanguage)
    targetLanguage = names(unit.targetLanguage)
  }

  var hash: GroupHash {
    var hash = GroupHash()
    hash.add(sourceLanguage)
    hash.add(targetLanguage)
    hash.add(String(decoding: key, as: UTF8.self))
    return hash
  }
}

/// Gathers the ways in which one text is translated.
private struct ConflictBuilder {
  private let side: ConcordanceHit.Side
  private let isStrict: Bool
  private let languages: LanguagePair
  private let text: String
  private var variants: [[UInt8]: MemoryConflict.Variant] = [:]

  init(_ unit: TranslationUnit, _ side: ConcordanceHit.Side, _ isStrict: Bool) {
    self.side = side
    self.isStrict = isStrict
    languages = LanguagePair(source: unit.sourceLanguage, target: unit.targetLanguage)
    text = side == .source ? unit.source : unit.target
  }

  mutating func add(_ unit: TranslationUnit) {
    let other = side == .source ? unit.target : unit.source
    let key = isStrict ? Array(other.utf8) : MatchKey(other).bytes
    var variant = variants[key] ?? MemoryConflict.Variant(text: other)
    if let id = unit.id { variant.ids.append(id) }
    if let origin = unit.origin, !variant.origins.contains(origin) {
      variant.origins.append(origin)
    }
    let dates = [unit.created?.date, unit.changed?.date].compactMap { $0 }
    variant.first = ([variant.first].compactMap { $0 } + dates).min()
    variant.last = ([variant.last].compactMap { $0 } + dates).max()
    variants[key] = variant
  }

  /// `nil` where all translate the text alike.
  var conflict: MemoryConflict? {
    guard variants.count > 1 else { return nil }
    let ranked = variants.values.sorted { left, right in
      (right.ids.count, right.last ?? "", left.ids.first ?? 0)
        < (left.ids.count, left.last ?? "", right.ids.first ?? 0)
    }
    return MemoryConflict(side: side, languages: languages, text: text, variants: ranked)
  }
}
