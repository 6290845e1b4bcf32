public import Bitext
public import Store

/// What `memory edit` does to each unit that fits.
public struct MemoryEdit: Sendable, Hashable {
  /// A text that takes another one's place, character by character.
  public struct Replacement: Sendable, Hashable {
    public var old: String
    public var new: String

    public init(_ old: String, by new: String) {
      self.old = old
      self.new = new
    }
  }

  public var source: [Replacement] = []
  public var target: [Replacement] = []
  /// The new origin; the empty text takes it away.
  public var origin: String?
  /// The new note; the empty text takes it away.
  public var note: String?

  public init() {}

  public var isEmpty: Bool { self == MemoryEdit() }

  /// The edit in the words of the command's options, for the list of operations.
  public var summary: String {
    var parts: [String] = []
    for (name, list) in [("source", source), ("target", target)] {
      parts += list.map { "--replace-\(name) \"\($0.old)\" \"\($0.new)\"" }
    }
    if let origin { parts.append("--set-origin \"\(origin)\"") }
    if let note { parts.append("--set-note \"\(note)\"") }
    return parts.joined(separator: " ")
  }
}

/// What became of a unit that an edit met.
public struct EditedUnit: Sendable, Hashable {
  public enum Outcome: Sendable, Hashable {
    case changed
    /// The text stands across inline elements, which it would break.
    case leftForMarkup
    /// Nothing would be left of a side.
    case leftForEmptySide
  }

  public var outcome: Outcome
  public var before: TranslationUnit
  /// The unit as it is now; where it was left alone, as it was.
  public var after: TranslationUnit

  /// The shape that `memory edit` promises to other programs.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("id", before.id.map(Int.init))
      let left: String? =
        switch outcome {
        case .changed: nil
        case .leftForMarkup: "inline-elements"
        case .leftForEmptySide: "empty-side"
        }
      writer.member("left", left)
      for (name, unit) in [("before", before), ("after", after)] {
        writer.key(name)
        writer.object { writer in
          writer.member("source", unit.source)
          writer.member("target", unit.target)
          writer.member("origin", unit.origin)
          writer.member("note", unit.note)
        }
      }
    }
    return writer.text
  }
}

/// Changes units of the memory, as one operation that can be undone.
///
/// - Parameters:
///   - store: the store.
///   - filter: which units.
///   - edit: what to do to each.
///   - isDryRun: whether nothing is written.
///   - change: when it is done, and by whom.
///   - body: takes each unit that is changed, and each that would be but was left alone.
/// - Returns: the operation; `nil` when nothing was changed.
/// - Throws: `Trouble`, and what `body` throws; then nothing is changed.
public func editMemory(
  _ store: ConcordStore, _ filter: UnitFilter, _ edit: MemoryEdit, isDryRun: Bool,
  by change: Change, _ body: (EditedUnit) throws -> Void
) throws -> MemoryOperation? {
  if isDryRun {
    try store.forEachUnit(filter) { unit in
      if let edited = edit.applied(to: unit, by: change) { try body(edited) }
    }
    return nil
  }
  let detail = [edit.summary, filter.summary].filter { !$0.isEmpty }.joined(separator: " ")
  return try store.changeUnits(filter, detail: detail, by: change) { unit in
    guard let edited = edit.applied(to: unit, by: change) else { return nil }
    try body(edited)
    return edited.outcome == .changed ? edited.after : nil
  }
}

extension MemoryEdit {
  /// A unit with the edit done; `nil` where that changes nothing.
  func applied(to unit: TranslationUnit, by change: Change) -> EditedUnit? {
    var after = unit
    var outcome = EditedUnit.Outcome.changed
    replace(source, in: &after, \.source, \.source, &outcome)
    replace(target, in: &after, \.target, \.target, &outcome)
    guard outcome == .changed else {
      return EditedUnit(outcome: outcome, before: unit, after: unit)
    }
    if let origin { after.origin = origin.isEmpty ? nil : origin }
    if let note, note != unit.note ?? "" {
      after.note = note.isEmpty ? nil : note
      after.details?.unit.setNote(note)
    }
    guard after != unit else { return nil }
    after.details?.setChanged(change)
    return EditedUnit(outcome: .changed, before: unit, after: after)
  }

  private func replace(
    _ replacements: [Replacement], in unit: inout TranslationUnit,
    _ side: WritableKeyPath<TranslationUnit, String>,
    _ variant: WritableKeyPath<UnitDetails, UnitDetails.Variant>,
    _ outcome: inout EditedUnit.Outcome
  ) {
    for replacement in replacements where outcome == .changed {
      let text = unit[keyPath: side]
      let new = text.replacing(replacement)
      guard !new.utf8.elementsEqual(text.utf8) else { continue }
      guard new.utf8.contains(where: { $0 > 0x20 }) else {
        outcome = .leftForEmptySide
        return
      }
      if let markup = unit.details?[keyPath: variant].markup {
        guard let edited = InlineText(markup).replacing(replacement, of: text) else {
          outcome = .leftForMarkup
          return
        }
        unit.details?[keyPath: variant].markup = edited
      }
      unit[keyPath: side] = new
    }
  }
}

extension String {
  /// The text with each occurrence of another one replaced, by code points.
  func replacing(_ replacement: MemoryEdit.Replacement) -> String {
    let places = occurrences(of: replacement.old)
    guard !places.isEmpty else { return self }
    let bytes = Array(utf8)
    var result: [UInt8] = []
    var last = 0
    for place in places {
      result += bytes[last..<place.lowerBound]
      result += replacement.new.utf8
      last = place.upperBound
    }
    result += bytes[last...]
    return String(decoding: result, as: UTF8.self)
  }

  /// Where a text stands in this one, in bytes, from left to right without overlaps.
  func occurrences(of text: String) -> [Range<Int>] {
    let (bytes, needle) = (Array(utf8), Array(text.utf8))
    guard let first = needle.first, needle.count <= bytes.count else { return [] }
    var places: [Range<Int>] = []
    var index = 0
    while index <= bytes.count - needle.count {
      if bytes[index] == first, bytes[index..<index + needle.count].elementsEqual(needle) {
        places.append(index..<index + needle.count)
        index += needle.count
      } else {
        index += 1
      }
    }
    return places
  }
}

extension UnitDetails.Element {
  /// Puts one note in the place of those that are there; none for the empty text.
  fileprivate mutating func setNote(_ note: String) {
    let first = remarks.firstIndex { !$0.isProperty } ?? 0
    remarks.removeAll { !$0.isProperty }
    guard !note.isEmpty else { return }
    remarks.insert(
      UnitDetails.Remark(isProperty: false, attributes: [], text: note),
      at: min(first, remarks.count))
  }
}

extension UnitDetails {
  /// Says of the unit, and of its sides where they say such things of themselves, when it was
  /// changed and by whom.
  fileprivate mutating func setChanged(_ change: Change) {
    // TMX writes dates without the marks between their parts.
    let date = String(
      decoding: change.date.utf8.filter { $0 != 0x2D && $0 != 0x3A }, as: UTF8.self)
    unit.setChanged(date, change.author)
    for side in [\UnitDetails.source, \UnitDetails.target]
    where self[keyPath: side].element["changedate"] != nil {
      self[keyPath: side].element.setChanged(date, change.author)
    }
  }
}

extension UnitDetails.Element {
  fileprivate mutating func setChanged(_ date: String, _ author: String?) {
    attributes.removeAll { $0.name == "changedate" || $0.name == "changeid" }
    attributes.append(UnitDetails.Attribute("changedate", date))
    if let author { attributes.append(UnitDetails.Attribute("changeid", author)) }
  }
}
