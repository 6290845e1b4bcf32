/// A translation unit as a store keeps it: its columns one after the other in one run of bytes, so
/// that a file of millions of them goes into the store and out of it without a string for each.
package struct UnitColumns {
  package enum Column: Int, CaseIterable, Sendable {
    case sourceLanguage, targetLanguage, source, target, previous, next, origin, created, creator,
      changed, changer, note, tuid, file, details
  }

  /// The aligner's confidence, a share 0…1.
  package var score: Double?
  /// The store's number; `nil` before the unit is kept.
  package var id: Int64?
  private var writer = BinaryWriter()
  /// Where each column lies; an end before the start where it has no value.
  private var starts = [Int32](repeating: 0, count: Column.allCases.count)
  private var ends = [Int32](repeating: -1, count: Column.allCases.count)

  package init() {}

  package var bytes: [UInt8] { writer.bytes }

  /// Forgets all values, and keeps the memory.
  package mutating func removeAll() {
    writer.removeAll()
    for index in ends.indices { (starts[index], ends[index]) = (0, -1) }
    (score, id) = (nil, nil)
  }

  /// Where a column's value lies in ``bytes``; `nil` where it has none.
  package subscript(column: Column) -> Range<Int>? {
    let (start, end) = (Int(starts[column.rawValue]), Int(ends[column.rawValue]))
    return end < start ? nil : start..<end
  }

  /// Sets a column to what `body` writes.
  package mutating func fill(_ column: Column, _ body: (inout BinaryWriter) -> Void) {
    let start = writer.bytes.count
    body(&writer)
    starts[column.rawValue] = Int32(truncatingIfNeeded: start)
    ends[column.rawValue] = Int32(truncatingIfNeeded: writer.bytes.count)
  }

  package mutating func set(_ column: Column, _ value: UnsafeBufferPointer<UInt8>) {
    fill(column) { $0.withBytes { $0.append(contentsOf: value) } }
  }

  package mutating func set(_ column: Column, _ value: String?) {
    guard var value else { return }
    value.withUTF8 { set(column, $0) }
  }

  /// Gives a column the value of another one.
  package mutating func copy(_ column: Column, to other: Column) {
    starts[other.rawValue] = starts[column.rawValue]
    ends[other.rawValue] = ends[column.rawValue]
  }

  package func text(_ column: Column) -> String? {
    self[column].map { String(decoding: writer.bytes[$0], as: UTF8.self) }
  }
}

extension UnitColumns {
  package init(_ unit: TranslationUnit) {
    self.init()
    set(.sourceLanguage, unit.sourceLanguage.description)
    set(.targetLanguage, unit.targetLanguage.description)
    set(.source, unit.source)
    set(.target, unit.target)
    set(.previous, unit.previous)
    set(.next, unit.next)
    set(.origin, unit.origin)
    set(.created, unit.created?.date)
    set(.creator, unit.created?.author)
    set(.changed, unit.changed?.date)
    set(.changer, unit.changed?.author)
    set(.note, unit.note)
    (score, id) = (unit.score, unit.id)
    guard let details = unit.details else { return }
    set(.tuid, details.unit["tuid"])
    set(.file, details.file)
    fill(.details) { $0.write(details) }
  }
}

extension TranslationUnit {
  /// - Parameters:
  ///   - columns: the unit as the store has it.
  ///   - tags: the languages that were read before.
  package init(_ columns: UnitColumns, _ tags: inout LanguageTagCache) {
    func change(_ date: UnitColumns.Column, _ author: UnitColumns.Column) -> Change? {
      columns.text(date).map { Change(date: $0, author: columns.text(author)) }
    }
    self.init(
      id: columns.id,
      sourceLanguage: columns.text(.sourceLanguage).flatMap { tags($0) } ?? .english,
      targetLanguage: columns.text(.targetLanguage).flatMap { tags($0) } ?? .english,
      source: columns.text(.source) ?? "", target: columns.text(.target) ?? "",
      previous: columns.text(.previous), next: columns.text(.next), origin: columns.text(.origin),
      score: columns.score, created: change(.created, .creator),
      changed: change(.changed, .changer), note: columns.text(.note),
      details: columns[.details].flatMap { range in
        var reader = BinaryReader(columns.bytes[range])
        return try? reader.read(UnitDetails.self)
      })
  }
}
