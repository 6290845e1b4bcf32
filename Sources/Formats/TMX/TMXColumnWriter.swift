package import Bitext
internal import Segmentation

/// Makes the columns of a store out of units of a file, with all that the file says of them: what
/// ``TMXUnit/translationUnits(origin:number:)`` makes strings of, byte for byte.
package struct TMXColumnWriter {
  private let origin: String
  private let mapping: (LanguageTag) -> LanguageTag
  private var columns = UnitColumns()
  /// What is known of a language, by its place in the file's list.
  private var languages: [Language] = []
  /// The source language that was last declared, and which it is.
  private var declared: (text: String, tag: LanguageTag?)?

  private struct Language {
    var tag: LanguageTag
    /// As the user wants it.
    var mapped: String
  }

  /// - Parameters:
  ///   - origin: the name of the file, which units came from where they do not say so themselves.
  ///   - mapping: the language that stands for one of the file.
  package init(origin: String, mapping: @escaping (LanguageTag) -> LanguageTag) {
    self.origin = origin
    self.mapping = mapping
  }

  /// Calls `body` with each pair of a unit.
  ///
  /// - Parameters:
  ///   - unit: a unit of the file.
  ///   - number: which of the file it is, from 0.
  ///   - body: takes the columns, which hold until the next pair.
  /// - Returns: how many pairs there were; none where the unit has one language alone.
  /// - Throws: what `body` throws.
  package mutating func forEachPair(
    of unit: TMXUnit, number: Int, _ body: (UnitColumns) throws -> Void
  ) throws -> Int {
    let bytes = unit.content.bytes
    for (place, tag) in bytes.languages.enumerated() { note(tag, at: place) }
    let declared = unit.declaredSource
    guard let sourcePlace = sourcePlace(in: bytes, declared) else { return 0 }
    let sourceTag = languages[bytes.variants[sourcePlace].language].tag
    var pairs: [Int] = []
    var others: [Int] = []
    for place in bytes.variants.indices {
      if languages[bytes.variants[place].language].tag != sourceTag {
        pairs.append(place)
      } else if place != sourcePlace {
        others.append(place)
      }
    }
    for place in pairs {
      let details = Details(
        file: origin, number: number, declared: declared, source: sourcePlace, target: place,
        others: others)
      write(bytes, details)
      try body(columns)
      others = []
    }
    return pairs.count
  }

  private mutating func note(_ tag: LanguageTag, at place: Int) {
    // Units of the XML parser have lists of their own.
    if place < languages.count, languages[place].tag.description == tag.description { return }
    let language = Language(tag: tag, mapped: mapping(tag).description)
    if place < languages.count { languages[place] = language } else { languages.append(language) }
  }

  /// The variant that the others translate, as ``TMXUnit/source`` chooses it.
  private mutating func sourcePlace(in bytes: TMXUnitBytes, _ text: String?) -> Int? {
    if let text, declared?.text != text { declared = (text, LanguageTag(text)) }
    let tags = bytes.variants.lazy.map { [languages] in languages[$0.language].tag }
    guard text != nil, let wanted = declared?.tag else { return bytes.variants.indices.first }
    return tags.firstIndex { $0 == wanted }
      ?? tags.firstIndex { LanguageMatching.match($0, wanted) }
      ?? tags.firstIndex { LanguageMatching.sameLanguage($0, wanted) }
      ?? bytes.variants.indices.first
  }

  // MARK: One pair

  /// What `UnitDetails` has beside the elements.
  private struct Details {
    var file: String
    var number: Int
    var declared: String?
    var source: Int
    var target: Int
    var others: [Int]

    /// Writes what `UnitDetails` writes of itself.
    func write(_ bytes: TMXUnitBytes, to writer: inout BinaryWriter) {
      writer.write(file)
      writer.write(number)
      writer.write(declared)
      bytes.write(bytes.unit, bytes.unitRemarks[...], to: &writer)
      bytes.write(variant: source, to: &writer)
      bytes.write(variant: target, to: &writer)
      writer.write(count: others.count)
      for other in others {
        bytes.write(variant: other, to: &writer)
        bytes.write(bytes.variants[other].text, to: &writer)
      }
    }
  }

  private mutating func write(_ bytes: TMXUnitBytes, _ details: Details) {
    let (source, target) = (bytes.variants[details.source], bytes.variants[details.target])
    columns.removeAll()
    columns.set(.sourceLanguage, languages[source.language].mapped)
    columns.set(.targetLanguage, languages[target.language].mapped)
    set(.source, to: source.text, bytes)
    set(.target, to: target.text, bytes)
    columns.set(.file, origin)
    writeContext(bytes, details)
    writeChange(.creationDate, .creationAuthor, (.created, .creator), bytes, target)
    writeChange(.changeDate, .changeAuthor, (.changed, .changer), bytes, target)
    writeNote(bytes)
    if let name = bytes.attribute(.tuid, of: bytes.unit) { set(.tuid, to: name, bytes) }
    columns.fill(.details) { details.write(bytes, to: &$0) }
  }

  private mutating func set(
    _ column: UnitColumns.Column, to piece: TMXUnitBytes.Piece, _ bytes: TMXUnitBytes
  ) {
    columns.fill(column) { $0.withBytes { bytes.append(piece, to: &$0) } }
  }

  private mutating func writeContext(_ bytes: TMXUnitBytes, _ details: Details) {
    guard bytes.mayHaveContext(ofVariant: details.source) else {
      columns.copy(.file, to: .origin)
      return
    }
    let context = TMXContext(
      unit: bytes.unitElement, source: bytes.element(ofVariant: details.source))
    columns.set(.previous, context.previous)
    columns.set(.next, context.next)
    columns.set(.origin, context.file ?? origin)
    columns.score = context.score
  }

  /// A date and its author: the variant's, else the unit's.
  private mutating func writeChange(
    _ dateName: TMXAttributeName, _ authorName: TMXAttributeName,
    _ names: (date: UnitColumns.Column, author: UnitColumns.Column), _ bytes: TMXUnitBytes,
    _ variant: TMXUnitBytes.Variant
  ) {
    for list in [variant.attributes, bytes.unit] {
      guard let date = bytes.attribute(dateName, of: list), bytes.isDate(date) else { continue }
      columns.fill(names.date) { $0.withBytes { bytes.append(date: date, to: &$0) } }
      if let author = bytes.attribute(authorName, of: list) { set(names.author, to: author, bytes) }
      return
    }
  }

  private mutating func writeNote(_ bytes: TMXUnitBytes) {
    var isFirst = true
    guard bytes.unitRemarks.contains(where: { !$0.isProperty }) else { return }
    columns.fill(.note) { writer in
      for remark in bytes.unitRemarks where !remark.isProperty {
        writer.withBytes { text in
          if !isFirst { text.append(0x0A) }
          bytes.append(remark.text, to: &text)
        }
        isFirst = false
      }
    }
  }
}

extension TMXUnitBytes {
  func attribute(_ name: TMXAttributeName, of list: Attributes) -> Piece? {
    for attribute in attributes[list.range] where attribute.known == name { return attribute.value }
    return nil
  }

  /// Whether a property of the unit or of one of its variants may say what ``TMXContext`` knows: by
  /// the length of its type.
  func mayHaveContext(ofVariant place: Int) -> Bool {
    mayHaveContext(unitRemarks[...]) || mayHaveContext(remarks[variants[place].remarks])
  }

  private func mayHaveContext(_ remarks: ArraySlice<Remark>) -> Bool {
    for remark in remarks where remark.isProperty {
      guard let type = attribute(.type, of: remark.attributes) else { continue }
      if type.form != .plain || type.count < 32 && TMXContext.typeLengths & (1 << type.count) != 0 {
        return true
      }
    }
    return false
  }

  /// Whether ``timestamp(fromTMX:)`` reads it; a date with references in it is none.
  fileprivate func isDate(_ piece: Piece) -> Bool {
    guard piece.form == .plain, piece.count >= 15 else { return false }
    let start = Int(piece.start)
    guard bytes[start + 8] == 0x54 else { return false }
    for index in 0..<15 where index != 8 && !bytes[start + index].isASCIIDigit { return false }
    return true
  }

  /// Appends a date as ISO 8601 writes it at length.
  fileprivate func append(date piece: Piece, to text: inout [UInt8]) {
    let start = Int(piece.start)
    for (index, mark) in Self.dateMarks {
      if index < 15, index != 8 { text.append(bytes[start + index]) }
      if mark != 0 { text.append(mark) }
    }
  }

  /// What stands behind each of the fifteen letters of a TMX date.
  private static let dateMarks: [(index: Int, mark: UInt8)] = (0..<15).map { index in
    switch index {
    case 3, 5: (index, 0x2D)
    case 8: (index, 0x54)
    case 10, 12: (index, 0x3A)
    case 14: (index, 0x5A)
    default: (index, 0)
    }
  }

  fileprivate func write(
    _ list: Attributes, _ remarks: ArraySlice<Remark>, to writer: inout BinaryWriter
  ) {
    write(attributes: list, to: &writer)
    writer.write(count: remarks.count)
    for remark in remarks {
      writer.write(remark.isProperty)
      write(attributes: remark.attributes, to: &writer)
      write(remark.text, to: &writer)
    }
  }

  private func write(attributes list: Attributes, to writer: inout BinaryWriter) {
    writer.write(count: list.range.count)
    for attribute in attributes[list.range] {
      write(attribute.name, to: &writer)
      write(attribute.value, to: &writer)
    }
  }

  fileprivate func write(variant place: Int, to writer: inout BinaryWriter) {
    let variant = variants[place]
    write(variant.attributes, remarks[variant.remarks], to: &writer)
    writer.write(place)
    writer.write(variant.markup != nil)
    if let markup = variant.markup { write(markup, to: &writer) }
  }

  fileprivate func write(_ piece: Piece, to writer: inout BinaryWriter) {
    guard piece.form == .plain else {
      writer.write(string(piece))
      return
    }
    bytes.withUnsafeBufferPointer {
      writer.write(text: UnsafeBufferPointer(rebasing: $0[piece.range]))
    }
  }
}
