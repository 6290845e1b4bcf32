public import Bitext

/// Writes TMX 1.4, level 1, one unit at a time.
public struct TMXWriter {
  private let output: OutputFile

  public init(to output: OutputFile) { self.output = output }

  public func writeHeader(sourceLanguage: LanguageTag?, version: String) throws {
    try output.write(Self.header(sourceLanguage: sourceLanguage, version: version))
  }

  public func write(_ unit: TranslationUnit) throws { try output.write(Self.text(of: unit)) }

  public func writeEnd() throws { try output.write(Self.end) }

  /// The start of a file: `sourceLanguage` is that of all units, `nil` when they differ; `version`
  /// is Concord's.
  public static func header(sourceLanguage: LanguageTag?, version: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE tmx SYSTEM "tmx14.dtd">
    <tmx version="1.4">
      <header creationtool="Concord" creationtoolversion="\(escapedXML(version, isAttribute: true))" \
    segtype="sentence" o-tmf="Concord" adminlang="en" \
    srclang="\(sourceLanguage?.description ?? "*all*")" datatype="plaintext"/>
      <body>

    """
  }

  /// What ends a file.
  public static let end = "  </body>\n</tmx>\n"

  /// A unit as it stands in a file.
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

  private static func property(_ type: String, _ value: String?) -> String {
    value.map { "      <prop type=\"\(type)\">\(escapedXML($0))</prop>\n" } ?? ""
  }

  private static func variant(_ language: LanguageTag, _ text: String) -> String {
    "      <tuv xml:lang=\"\(escapedXML(language.description, isAttribute: true))\">"
      + "<seg>\(escapedXML(text))</seg></tuv>\n"
  }
}

/// A share with four decimals, the same on every machine.
func decimal(_ share: Double) -> String {
  var writer = JSONWriter()
  writer.share(share)
  return writer.text
}
