internal import Bitext

/// A unit of the store with what its file said of it, as ranges of the store's bytes.
struct TMXStoredUnit {
  /// The tables of what the file said. Of the variants the first is the source, the second the
  /// target; then come others that stood in the same `tu`.
  var unit = TMXUnitBytes()
  /// Which variant of the `tu` each was, from 0.
  var places: [Int] = []
  var declaredSource: TMXUnitBytes.Piece?
  /// What two pairs of one `tu` have in common: file, number, the `tu` itself and its source.
  var common = 0..<0
  var previous: TMXUnitBytes.Piece?
  var next: TMXUnitBytes.Piece?
  var note: TMXUnitBytes.Piece?
  var score: Double?
  /// The languages as they are to be written.
  var source: [UInt8] = []
  var target: [UInt8] = []

  /// Takes another unit.
  ///
  /// - Returns: whether its file said anything of it that can be read.
  mutating func take(_ columns: UnitColumns) -> Bool {
    guard let details = columns[.details] else { return false }
    unit.removeAll()
    places.removeAll(keepingCapacity: true)
    unit.bytes.append(contentsOf: columns.bytes)
    func piece(_ column: UnitColumns.Column) -> TMXUnitBytes.Piece? {
      columns[column].map { TMXUnitBytes.Piece($0) }
    }
    (previous, next, note, score) = (
      piece(.previous), piece(.next), piece(.note), columns.score
    )
    let texts = (piece(.source) ?? .empty, piece(.target) ?? .empty)
    return (try? readDetails(details, texts)) != nil
  }

  /// Whether the store has properties alone of the unit, as of those of XLIFF and PO.
  var arePropertiesAlone: Bool {
    let texts = unit.variants.prefix(2)
    return declaredSource == nil
      && !texts.contains { !$0.attributes.range.isEmpty || $0.markup != nil }
  }

  /// Calls `body` with the bytes of a piece; all pieces here stand for themselves.
  func bytes<Result>(
    _ piece: TMXUnitBytes.Piece, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    unit.bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[piece.range])) }
  }

  func hasText(_ piece: TMXUnitBytes.Piece?, _ text: [UInt8]) -> Bool {
    guard let piece, Int(piece.count) == text.count else { return false }
    return bytes(piece) { $0.elementsEqual(text) }
  }

  /// Reads what `UnitDetails` wrote of itself.
  private mutating func readDetails(
    _ range: Range<Int>, _ texts: (source: TMXUnitBytes.Piece, target: TMXUnitBytes.Piece)
  ) throws(BinaryReader.Damage) {
    var reader = BinaryReader(unit.bytes[range])
    // The file and the number of the unit in it.
    _ = try reader.readText()
    _ = try reader.read(Int.self)
    declaredSource =
      try reader.read(Bool.self) ? TMXUnitBytes.Piece(try reader.readText()) : nil
    unit.unit = try readAttributes(&reader)
    for _ in 0..<(try reader.readCount()) { unit.unitRemarks.append(try readRemark(&reader)) }
    try readVariant(&reader, text: texts.source)
    common = range.lowerBound..<reader.position
    try readVariant(&reader, text: texts.target)
    for _ in 0..<(try reader.readCount()) {
      try readVariant(&reader, text: .empty)
      unit.variants[unit.variants.count - 1].text = TMXUnitBytes.Piece(try reader.readText())
    }
  }

  private mutating func readVariant(
    _ reader: inout BinaryReader, text: TMXUnitBytes.Piece
  ) throws(BinaryReader.Damage) {
    let attributes = try readAttributes(&reader)
    let firstRemark = unit.remarks.count
    for _ in 0..<(try reader.readCount()) { unit.remarks.append(try readRemark(&reader)) }
    places.append(try reader.read())
    let hasMarkup = try reader.read(Bool.self)
    let markup = hasMarkup ? TMXUnitBytes.Piece(try reader.readText()) : nil
    unit.variants.append(
      TMXUnitBytes.Variant(
        attributes: attributes, remarks: firstRemark..<unit.remarks.count, language: 0, text: text,
        markup: markup))
  }

  private mutating func readRemark(
    _ reader: inout BinaryReader
  ) throws(BinaryReader.Damage) -> TMXUnitBytes.Remark {
    let isProperty = try reader.read(Bool.self)
    let attributes = try readAttributes(&reader)
    return TMXUnitBytes.Remark(
      isProperty: isProperty, attributes: attributes,
      text: TMXUnitBytes.Piece(try reader.readText()))
  }

  private mutating func readAttributes(
    _ reader: inout BinaryReader
  ) throws(BinaryReader.Damage) -> TMXUnitBytes.Attributes {
    let first = unit.attributes.count
    for _ in 0..<(try reader.readCount()) {
      let name = TMXUnitBytes.Piece(try reader.readText())
      let known = bytes(name) { TMXAttributeName($0) }
      unit.attributes.append(
        TMXUnitBytes.Attribute(
          name: name, value: TMXUnitBytes.Piece(try reader.readText()), known: known))
    }
    return TMXUnitBytes.Attributes(first, unit.attributes.count)
  }
}

/// A place for one unit after the other: a list of them is put in another order without a copy of
/// all that is in them.
final class TMXStoredPair {
  var unit = TMXStoredUnit()

  /// Whether another pair is of the same `tu`.
  func isOfOneUnit(with other: TMXStoredPair) -> Bool {
    func isSame(_ mine: Range<Int>, _ others: Range<Int>) -> Bool {
      guard mine.count == others.count else { return false }
      return unit.unit.bytes.withUnsafeBufferPointer { mineBytes in
        other.unit.unit.bytes.withUnsafeBufferPointer { otherBytes in
          mineBytes[mine].elementsEqual(otherBytes[others])
        }
      }
    }
    return isSame(unit.common, other.unit.common)
      && isSame(unit.unit.variants[0].text.range, other.unit.unit.variants[0].text.range)
  }
}
