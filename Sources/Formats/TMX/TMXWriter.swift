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
  /// The language that is written for one of the units.
  private let mapping: (LanguageTag) -> LanguageTag
  private var text = TMXUnitText()
  /// The pairs of the unit that is not yet written: the first ones of the list. The others are used
  /// again.
  private var pairs: [TMXStoredPair] = []
  private var pairCount = 0
  /// The languages that were written, as the store and as the file spells them.
  private var languages: [(stored: [UInt8], written: [UInt8])] = []

  public init(to output: OutputFile, level: Level = .inline) {
    self.init(to: output, level: level) { $0 }
  }

  /// - Parameters:
  ///   - output: where the file goes.
  ///   - level: what is kept of segments.
  ///   - mapping: the language that is written for one of the units.
  package init(
    to output: OutputFile, level: Level, mapping: @escaping (LanguageTag) -> LanguageTag
  ) {
    self.output = output
    self.level = level
    self.mapping = mapping
  }

  /// Starts the file. `sourceLanguage` is that of all units, `nil` when they differ; `version` is
  /// Concord's; `header` is that of the file that all units came from, if they came from one.
  public mutating func writeHeader(
    sourceLanguage: LanguageTag?, version: String, like header: TMXHeader? = nil
  ) throws {
    let source = header?.declaredSource ?? sourceLanguage?.description ?? Self.anyLanguage
    text.headerSource = Array(source.utf8)
    try output.write(Self.header(source: source, version: version, like: header))
  }

  public mutating func write(_ unit: TranslationUnit) throws { try write(UnitColumns(unit)) }

  /// Writes a unit as the store has it.
  package mutating func write(_ unit: UnitColumns) throws {
    if pairCount == pairs.count { pairs.append(TMXStoredPair()) }
    let hasDetails = pairs[pairCount].unit.take(unit)
    let isOfFile = hasDetails && !pairs[pairCount].unit.arePropertiesAlone
    if pairCount > 0,
      !isOfFile || !pairs[pairCount].isOfOneUnit(with: pairs[pairCount - 1])
    {
      writePairs()
      // What was taken becomes the first of the next unit.
      pairs.swapAt(0, pairCount)
      pairCount = 0
    }
    let source = written(unit[.sourceLanguage], unit)
    let target = written(unit[.targetLanguage], unit)
    if isOfFile {
      (pairs[pairCount].unit.source, pairs[pairCount].unit.target) = (source, target)
      pairCount += 1
    } else {
      text.write(
        unit, source: source, target: target,
        properties: hasDetails ? pairs[pairCount].unit : nil)
    }
    try handOver(atLeast: Self.portion)
  }

  public mutating func writeEnd() throws {
    writePairs()
    pairCount = 0
    try handOver(atLeast: 0)
    try output.write(Self.end)
  }

  private mutating func writePairs() {
    guard pairCount > 0 else { return }
    text.write(pairs[0].unit, pairs[1..<pairCount].map(\.unit), level: level)
  }

  /// Bytes that are put together before the output takes them.
  private static let portion = 1 << 15

  private mutating func handOver(atLeast count: Int) throws {
    guard text.bytes.count >= count else { return }
    try output.write(text.bytes)
    text.removeAll()
  }

  /// How a language of the store is written.
  private mutating func written(_ range: Range<Int>?, _ unit: UnitColumns) -> [UInt8] {
    let stored = unit.bytes[range ?? 0..<0]
    for known in languages where known.stored.count == stored.count {
      if known.stored.elementsEqual(stored) { return known.written }
    }
    let tag = LanguageTag(String(decoding: stored, as: UTF8.self)) ?? .english
    let written = Array(mapping(tag).description.utf8)
    // A memory has a few; what goes beyond is looked up each time.
    if languages.count < 256 { languages.append((Array(stored), written)) }
    return written
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
    var text = TMXUnitText()
    text.write(
      UnitColumns(unit), source: Array(unit.sourceLanguage.description.utf8),
      target: Array(unit.targetLanguage.description.utf8))
    return String(decoding: text.bytes, as: UTF8.self)
  }
}

/// The names that TMX 1.4 allows.
enum TMXNames {
  static let headerAttributes = [
    "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype",
    "o-encoding", "creationdate", "creationid", "changedate", "changeid",
  ]
  static let segmentTypes: Set<String> = ["block", "paragraph", "sentence", "phrase"]
}

/// A share with four decimals, the same on every machine.
func decimal(_ share: Double) -> String {
  var writer = JSONWriter()
  writer.share(share)
  return writer.text
}
