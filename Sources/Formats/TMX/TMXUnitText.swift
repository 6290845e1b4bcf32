internal import Bitext

/// Units as they stand in a file, put together as bytes.
struct TMXUnitText {
  private(set) var bytes: [UInt8] = []
  /// The source language that the header names.
  var headerSource: [UInt8] = []

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  // MARK: Units that no file brought

  /// - Parameters:
  ///   - unit: as the store has it.
  ///   - source: the language of its source.
  ///   - target: the language of its target.
  ///   - stored: the unit with the properties that a file of another format gave it.
  mutating func write(
    _ unit: UnitColumns, source: [UInt8], target: [UInt8], properties stored: TMXStoredUnit? = nil
  ) {
    bytes.append("    <tu")
    write(unit, date: .created, author: .creator, "creation")
    write(unit, date: .changed, author: .changer, "change")
    // A unit names its source, since a memory may hold both directions.
    bytes.append(" srclang=\"")
    escape(source, isAttribute: true)
    bytes.append("\">\n")
    if let note = unit[.note] {
      bytes.append("      <note>")
      escape(unit, note)
      bytes.append("</note>\n")
    }
    if let stored {
      writeRemarks(stored, stored.unit.unitRemarks.filter(\.isProperty)[...], indent: "      ")
    }
    write(unit, .origin, property: TMXProperty.file)
    write(unit, .previous, property: TMXProperty.previous)
    write(unit, .next, property: TMXProperty.next)
    if let score = unit.score { write(property: TMXProperty.score, Array(decimal(score).utf8)) }
    write(unit, .source, in: source)
    write(unit, .target, in: target)
    bytes.append("    </tu>\n")
  }

  private mutating func write(
    _ unit: UnitColumns, date: UnitColumns.Column, author: UnitColumns.Column, _ kind: StaticString
  ) {
    guard let date = unit[date] else { return }
    bytes.append(0x20)
    bytes.append(kind)
    bytes.append("date=\"")
    // The form that TMX wants has neither hyphens nor colons.
    for byte in unit.bytes[date] where byte != 0x2D && byte != 0x3A { bytes.append(byte) }
    bytes.append(0x22)
    guard let author = unit[author] else { return }
    bytes.append(0x20)
    bytes.append(kind)
    bytes.append("id=\"")
    escape(unit, author, isAttribute: true)
    bytes.append(0x22)
  }

  private mutating func write(
    _ unit: UnitColumns, _ column: UnitColumns.Column, property: String
  ) {
    guard let range = unit[column] else { return }
    write(property: property, Array(unit.bytes[range]))
  }

  private mutating func write(property: String, _ value: [UInt8]) {
    bytes.append("      <prop type=\"")
    bytes.append(contentsOf: property.utf8)
    bytes.append("\">")
    escape(value)
    bytes.append("</prop>\n")
  }

  private mutating func write(
    _ unit: UnitColumns, _ column: UnitColumns.Column, in language: [UInt8]
  ) {
    bytes.append("      <tuv xml:lang=\"")
    escape(language, isAttribute: true)
    bytes.append("\"><seg>")
    if let range = unit[column] { escape(unit, range) }
    bytes.append("</seg></tuv>\n")
  }

  private mutating func escape(
    _ unit: UnitColumns, _ range: Range<Int>, isAttribute: Bool = false
  ) {
    unit.bytes.withUnsafeBufferPointer {
      bytes.appendXML(UnsafeBufferPointer(rebasing: $0[range]), isAttribute: isAttribute)
    }
  }

  private mutating func escape(_ text: [UInt8], isAttribute: Bool = false) {
    text.withUnsafeBufferPointer { bytes.appendXML($0, isAttribute: isAttribute) }
  }

  // MARK: Units as their file had them

  /// - Parameters:
  ///   - first: a pair.
  ///   - more: the other pairs of the same `tu`.
  ///   - level: what is kept of the segments.
  mutating func write(
    _ first: TMXStoredUnit, _ more: [TMXStoredUnit], level: TMXWriter.Level
  ) {
    bytes.append("    <tu")
    writeUnitAttributes(first)
    bytes.append(">\n")
    writeRemarks(first, first.unit.unitRemarks[...], indent: "      ")
    writeContext(first)
    if more.isEmpty, first.places.count == 2 {
      let isTurned = first.places[1] < first.places[0]
      write(first, isTurned ? 1 : 0, level)
      write(first, isTurned ? 0 : 1, level)
    } else {
      let pairs = [first] + more
      for (pair, variant) in Self.order(pairs) { write(pairs[pair], variant, level) }
    }
    bytes.append("    </tu>\n")
  }

  /// The variants of all pairs in the order of the file: the source of the first, and the others of
  /// all. Of those that claim one place, the first comes first.
  private static func order(
    _ pairs: [TMXStoredUnit]
  ) -> [(pair: Int, variant: Int)] {
    var order: [(pair: Int, variant: Int)] = []
    func place(_ item: (pair: Int, variant: Int)) -> Int { pairs[item.pair].places[item.variant] }
    for pair in pairs.indices {
      for variant in pairs[pair].places.indices where variant > 0 || pair == 0 {
        var index = order.count
        while index > 0, place(order[index - 1]) > place((pair, variant)) { index -= 1 }
        order.insert((pair, variant), at: index)
      }
    }
    return order
  }

  /// The attributes of the `tu`, and the source language that it needs under another header.
  private mutating func writeUnitAttributes(_ stored: TMXStoredUnit) {
    let isMapped = !stored.hasText(stored.code(of: 0), stored.source)
    var hasSource = false
    for attribute in stored.unit.attributes[stored.unit.unit.range] {
      if attribute.known == .sourceLanguage {
        if isMapped { continue }
        hasSource = true
      }
      guard TMXAttributeName.ofUnits.contains(attribute.known),
        attribute.known != .segmentType || stored.isSegmentType(attribute.value)
      else { continue }
      write(attribute, stored)
    }
    guard !hasSource else { return }
    // Another header may say another language than the unit's own one did.
    let declared =
      isMapped
      ? stored.source
      : stored.declaredSource.map { stored.bytes($0) { Array($0) } } ?? stored.source
    guard declared != headerSource else { return }
    bytes.append(" srclang=\"")
    escape(declared, isAttribute: true)
    bytes.append(0x22)
  }

  private mutating func write(
    _ attribute: TMXUnitBytes.Attribute, _ stored: TMXStoredUnit
  ) {
    bytes.append(0x20)
    // The language of old versions has a new name.
    if attribute.known == .lang {
      bytes.append("xml:lang")
    } else {
      stored.bytes(attribute.name) { bytes.append(contentsOf: $0) }
    }
    bytes.append("=\"")
    stored.bytes(attribute.value) { bytes.appendXML($0, isAttribute: true) }
    bytes.append(0x22)
  }

  private mutating func writeRemarks(
    _ stored: TMXStoredUnit, _ remarks: ArraySlice<TMXUnitBytes.Remark>, indent: StaticString
  ) {
    for remark in remarks {
      bytes.append(indent)
      bytes.append(remark.isProperty ? "<prop" : "<note")
      let list = stored.unit.attributes[remark.attributes.range]
      if remark.isProperty, !list.contains(where: { $0.known == .type }) {
        bytes.append(" type=\"\"")
      }
      let hasLanguage = list.contains { $0.known == .language }
      let known = remark.isProperty ? TMXAttributeName.ofProperties : TMXAttributeName.ofNotes
      for attribute in list {
        let isLanguage = attribute.known == .lang && !hasLanguage
        if known.contains(attribute.known) || isLanguage { write(attribute, stored) }
      }
      bytes.append(0x3E)
      stored.bytes(remark.text) { bytes.appendXML($0) }
      bytes.append(remark.isProperty ? "</prop>\n" : "</note>\n")
    }
  }

  /// What the store learnt of a unit since its file was read.
  private mutating func writeContext(_ stored: TMXStoredUnit) {
    if let note = stored.note, !stored.hasNote(note) {
      bytes.append("      <note>")
      stored.bytes(note) { bytes.appendXML($0) }
      bytes.append("</note>\n")
    }
    guard
      stored.unit.mayHaveContext(ofVariant: 0) || stored.previous != nil || stored.next != nil
        || stored.score != nil
    else { return }
    let known = TMXContext(
      unit: stored.unit.unitElement, source: stored.unit.element(ofVariant: 0))
    func write(_ property: String, _ value: String?, unless known: String?) {
      if let value, value != known { self.write(property: property, Array(value.utf8)) }
    }
    write(TMXProperty.previous, stored.previous.map(stored.unit.string), unless: known.previous)
    write(TMXProperty.next, stored.next.map(stored.unit.string), unless: known.next)
    if known.score != stored.score {
      write(TMXProperty.score, stored.score.map(decimal), unless: nil)
    }
  }

  private mutating func write(
    _ stored: TMXStoredUnit, _ place: Int, _ level: TMXWriter.Level
  ) {
    let variant = stored.unit.variants[place]
    // Others than the target are in the language of the source.
    let language = place == 1 ? stored.target : stored.source
    bytes.append("      <tuv")
    // The user may have mapped the language to another one.
    let isMapped = !stored.hasText(stored.code(of: place), language)
    if isMapped {
      bytes.append(" xml:lang=\"")
      escape(language, isAttribute: true)
      bytes.append(0x22)
    }
    let list = stored.unit.attributes[variant.attributes.range]
    let hasLanguage = list.contains { $0.known == .language }
    for attribute in list {
      switch attribute.known {
      case .language where isMapped, .lang where isMapped || hasLanguage: continue
      case .lang: write(attribute, stored)
      default:
        if TMXAttributeName.ofVariants.contains(attribute.known) { write(attribute, stored) }
      }
    }
    bytes.append(0x3E)
    let hasRemarks = !variant.remarks.isEmpty
    if hasRemarks {
      bytes.append(0x0A)
      writeRemarks(stored, stored.unit.remarks[variant.remarks], indent: "        ")
      bytes.append("        ")
    }
    bytes.append("<seg>")
    if level == .inline, let markup = variant.markup {
      stored.bytes(markup) { bytes.append(contentsOf: $0) }
    } else {
      stored.bytes(variant.text) { bytes.appendXML($0) }
    }
    bytes.append(hasRemarks ? "</seg>\n      </tuv>\n" : "</seg></tuv>\n")
  }
}

extension TMXStoredUnit {
  /// The language that the file says of a variant, in its own spelling.
  fileprivate func code(of variant: Int) -> TMXUnitBytes.Piece? {
    let list = unit.variants[variant].attributes
    return unit.attribute(.language, of: list) ?? unit.attribute(.lang, of: list)
  }

  fileprivate func isSegmentType(_ value: TMXUnitBytes.Piece) -> Bool {
    TMXNames.segmentTypes.contains(unit.string(value))
  }

  /// Whether the notes of the `tu` are a text, a line each.
  fileprivate func hasNote(_ note: TMXUnitBytes.Piece) -> Bool {
    var notes: [UInt8] = []
    var isFirst = true
    for remark in unit.unitRemarks where !remark.isProperty {
      if !isFirst { notes.append(0x0A) }
      isFirst = false
      unit.append(remark.text, to: &notes)
    }
    return hasText(note, notes)
  }
}
