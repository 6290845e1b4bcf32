public import Bitext

/// Writes TMX 1.4, one unit at a time.
///
/// A unit that a file brought is written as it stood there: its attributes, properties and notes,
/// its segments with their inline elements, and the pairs of several languages as one `tu` again,
/// when they come one after the other.
public struct TMXWriter {
  /// What is kept of a segment.
  public enum Level: Int, Sendable {
    /// Its text.
    case plain = 1
    /// Its inline elements, too.
    case inline = 2
  }

  private let output: OutputFile
  private let level: Level
  private var headerSource: String?
  /// The pairs of the unit that is not yet written.
  private var pending: [TranslationUnit] = []

  public init(to output: OutputFile, level: Level = .inline) {
    self.output = output
    self.level = level
  }

  /// Starts the file. `sourceLanguage` is that of all units, `nil` when they differ; `version` is
  /// Concord's; `header` is that of the file that all units came from, if they came from one.
  public mutating func writeHeader(
    sourceLanguage: LanguageTag?, version: String, like header: TMXHeader? = nil
  ) throws {
    headerSource =
      header?.declaredSource ?? sourceLanguage?.description ?? Self.anyLanguage
    try output.write(
      Self.header(source: headerSource ?? Self.anyLanguage, version: version, like: header))
  }

  public mutating func write(_ unit: TranslationUnit) throws {
    if let last = pending.last?.details,
      unit.details?.number != last.number
        || unit.details?.file != last.file || unit.details?.unit != last.unit
        || unit.details?.source != last.source || unit.source != pending.last?.source
    {
      try flush()
    }
    pending.append(unit)
    if unit.details == nil { try flush() }
  }

  public mutating func writeEnd() throws {
    try flush()
    try output.write(Self.end)
  }

  private mutating func flush() throws {
    guard let first = pending.first else { return }
    if first.details == nil {
      try output.write(Self.text(of: first))
    } else {
      try output.write(TMXUnitText(pending, headerSource: headerSource, level: level).bytes)
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// The start of a file: `sourceLanguage` is that of all units, `nil` when they differ; `version`
  /// is Concord's.
  public static func header(sourceLanguage: LanguageTag?, version: String) -> String {
    header(source: sourceLanguage?.description ?? anyLanguage, version: version, like: nil)
  }

  private static let anyLanguage = "*all*"

  private static func header(source: String, version: String, like header: TMXHeader?) -> String {
    var values = [
      "segtype": "sentence", "o-tmf": "Concord", "adminlang": "en", "datatype": "plaintext",
    ]
    for attribute in header?.attributes ?? [] where !attribute.value.isEmpty {
      values[attribute.name] = attribute.value
    }
    if !TMXNames.segmentTypes.contains(values["segtype"] ?? "") { values["segtype"] = "sentence" }
    values["creationtool"] = "Concord"
    values["creationtoolversion"] = version
    values["srclang"] = source
    let attributes = TMXNames.headerAttributes.compactMap { name in
      values[name].map { " \(name)=\"\(escapedXML($0, isAttribute: true))\"" }
    }.joined()
    let content = header.map(\.content) ?? ""
    let isEmpty = content.isBlank
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE tmx SYSTEM "tmx14.dtd">
      <tmx version="1.4">
        <header\(attributes)\(isEmpty ? "/>" : ">\(content)</header>")
        <body>

      """
  }

  /// What ends a file.
  public static let end = "  </body>\n</tmx>\n"

  /// A unit that no file brought, as it stands in a file.
  public static func text(of unit: TranslationUnit) -> String {
    var text = "    <tu"
    if let change = unit.created { text += attributes("creation", change) }
    if let change = unit.changed { text += attributes("change", change) }
    // A unit names its source, since a memory may hold both directions.
    text += " srclang=\"\(escapedXML(unit.sourceLanguage.description, isAttribute: true))\">\n"
    if let note = unit.note { text += "      <note>\(escapedXML(note))</note>\n" }
    text += property(TMXProperty.file, unit.origin)
    text += property(TMXProperty.previous, unit.previous)
    text += property(TMXProperty.next, unit.next)
    text += property(TMXProperty.score, unit.score.map(decimal))
    text += variant(unit.sourceLanguage, unit.source)
    text += variant(unit.targetLanguage, unit.target)
    return text + "    </tu>\n"
  }

  private static func attributes(_ kind: String, _ change: Change) -> String {
    var text = " \(kind)date=\"\(tmxDate(change.date))\""
    if let author = change.author {
      text += " \(kind)id=\"\(escapedXML(author, isAttribute: true))\""
    }
    return text
  }

  static func property(_ type: String, _ value: String?) -> String {
    value.map { "      <prop type=\"\(type)\">\(escapedXML($0))</prop>\n" } ?? ""
  }

  private static func variant(_ language: LanguageTag, _ text: String) -> String {
    "      <tuv xml:lang=\"\(escapedXML(language.description, isAttribute: true))\">"
      + "<seg>\(escapedXML(text))</seg></tuv>\n"
  }
}

/// The names that TMX 1.4 allows.
enum TMXNames {
  static let headerAttributes = [
    "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype",
    "o-encoding", "creationdate", "creationid", "changedate", "changeid",
  ]
  static let segmentTypes: Set<String> = ["block", "paragraph", "sentence", "phrase"]
  /// Of `tuv`, and but for `xml:lang` of `tu`.
  static let variantAttributes: Set<String> = [
    "xml:lang", "o-encoding", "datatype", "usagecount", "lastusagedate", "creationtool",
    "creationtoolversion", "creationdate", "creationid", "changedate", "changeid", "o-tmf",
  ]
  static let unitAttributes: Set<String> =
    variantAttributes.subtracting(["xml:lang"]).union(["tuid", "segtype", "srclang"])
  static let noteAttributes: Set<String> = ["xml:lang", "o-encoding"]
  static let propertyAttributes = noteAttributes.union(["type"])
}

/// A unit as its file had it.
private struct TMXUnitText {
  private(set) var bytes: [UInt8] = []
  private let level: TMXWriter.Level

  /// - Parameters:
  ///   - units: the pairs, all of one unit.
  ///   - headerSource: the source language that the header names.
  ///   - level: what is kept of the segments.
  init(_ units: [TranslationUnit], headerSource: String?, level: TMXWriter.Level) {
    self.level = level
    guard let unit = units.first, let details = unit.details else { return }
    bytes.reserveCapacity(1024)
    bytes += "    <tu".utf8
    writeAttributes(
      unitElement(unit, details, headerSource: headerSource), TMXNames.unitAttributes)
    bytes += ">\n".utf8
    write(details.unit.remarks, indent: "      ")
    writeContext(of: unit, details)
    var variants = [(details.source, unit.sourceLanguage, unit.source)]
    for unit in units {
      guard let details = unit.details else { continue }
      variants.append((details.target, unit.targetLanguage, unit.target))
      for other in details.others {
        variants.append((other.variant, unit.sourceLanguage, other.text))
      }
    }
    variants.sort { $0.0.place < $1.0.place }
    for (variant, language, text) in variants { write(variant, language, text) }
    bytes += "    </tu>\n".utf8
  }

  /// The element with the source language that it needs under another header.
  private func unitElement(
    _ unit: TranslationUnit, _ details: UnitDetails, headerSource: String?
  ) -> UnitDetails.Element {
    var element = details.unit
    let code = details.source.element["xml:lang"] ?? details.source.element["lang"]
    let isMapped = code != unit.sourceLanguage.description
    if isMapped { element.attributes.removeAll { $0.name == "srclang" } }
    // Another header may say another language than the unit's own one did.
    let source = isMapped ? nil : details.declaredSource
    let declared = source ?? unit.sourceLanguage.description
    if element["srclang"] == nil, declared != headerSource {
      element.attributes.append(UnitDetails.Attribute("srclang", declared))
    }
    return element
  }

  /// What the store learnt of a unit since its file was read.
  private mutating func writeContext(of unit: TranslationUnit, _ details: UnitDetails) {
    let known = TMXContext(details)
    let notes = details.unit.remarks.filter { !$0.isProperty }.map(\.text)
    if let note = unit.note, notes.joined(separator: "\n") != note {
      bytes += "      <note>".utf8
      bytes.appendXML(note)
      bytes += "</note>\n".utf8
    }
    if known.previous != unit.previous {
      bytes += TMXWriter.property(TMXProperty.previous, unit.previous).utf8
    }
    if known.next != unit.next {
      bytes += TMXWriter.property(TMXProperty.next, unit.next).utf8
    }
    if known.score != unit.score {
      bytes += TMXWriter.property(TMXProperty.score, unit.score.map(decimal)).utf8
    }
  }

  private mutating func writeAttributes(_ element: UnitDetails.Element, _ known: Set<String>) {
    for attribute in element.attributes {
      // The language of old versions has a new name.
      let name = attribute.name == "lang" ? "xml:lang" : attribute.name
      guard known.contains(name), name == attribute.name || element["xml:lang"] == nil,
        name != "segtype" || TMXNames.segmentTypes.contains(attribute.value)
      else { continue }
      bytes.appendXMLAttribute(name, attribute.value)
    }
  }

  private mutating func write(_ remarks: [UnitDetails.Remark], indent: String) {
    for remark in remarks {
      var element = UnitDetails.Element(attributes: remark.attributes)
      let name = remark.isProperty ? "prop" : "note"
      if remark.isProperty, element["type"] == nil {
        element.attributes.insert(UnitDetails.Attribute("type", ""), at: 0)
      }
      bytes += indent.utf8
      bytes.append(0x3C)
      bytes += name.utf8
      writeAttributes(
        element, remark.isProperty ? TMXNames.propertyAttributes : TMXNames.noteAttributes)
      bytes.append(0x3E)
      bytes.appendXML(remark.text)
      bytes += "</".utf8
      bytes += name.utf8
      bytes += ">\n".utf8
    }
  }

  private mutating func write(
    _ variant: UnitDetails.Variant, _ language: LanguageTag, _ content: String
  ) {
    var element = variant.element
    let code = element["xml:lang"] ?? element["lang"]
    // The user may have mapped the language to another one.
    if code != language.description {
      element.attributes.removeAll { $0.name == "xml:lang" || $0.name == "lang" }
      element.attributes.insert(UnitDetails.Attribute("xml:lang", language.description), at: 0)
    }
    bytes += "      <tuv".utf8
    writeAttributes(element, TMXNames.variantAttributes)
    bytes.append(0x3E)
    if !element.remarks.isEmpty {
      bytes.append(0x0A)
      write(element.remarks, indent: "        ")
      bytes += "        ".utf8
    }
    bytes += "<seg>".utf8
    if level == .inline, let markup = variant.markup {
      bytes += markup.utf8
    } else {
      bytes.appendXML(content)
    }
    bytes += (element.remarks.isEmpty ? "</seg></tuv>\n" : "</seg>\n      </tuv>\n").utf8
  }
}

/// A share with four decimals, the same on every machine.
func decimal(_ share: Double) -> String {
  var writer = JSONWriter()
  writer.share(share)
  return writer.text
}
