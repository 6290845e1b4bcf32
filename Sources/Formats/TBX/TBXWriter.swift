public import Bitext

/// The generations of TBX that Concord writes.
public enum TBXVersion: String, Sendable, CaseIterable {
  /// ISO 30042:2008, MARTIF: what most tools still read, and many alone.
  case two = "2"
  /// ISO 30042:2019.
  case three = "3"
}

/// Writes TBX, one concept at a time: dialect TBX-Basic, in version 3 in the style DCA.
///
/// What TBX-Basic has no place for, such as a status "forbidden" or a data category of another
/// dialect, becomes a note `concord:NAME=VALUE`, from which ``TBXReader`` brings it back.
public struct TBXWriter {
  private let output: OutputFile
  private let version: TBXVersion
  private let identifiers: TBXIdentifiers
  /// The ids of terms that were written.
  private var usedTermIDs: Set<String> = []
  /// How many concepts held characters that XML does not allow.
  private var damaged = 0

  /// - Parameters:
  ///   - output: where the file goes.
  ///   - version: the generation.
  ///   - identifiers: has taken note of all concepts that will be written.
  public init(
    to output: OutputFile, version: TBXVersion = .three, identifiers: TBXIdentifiers
  ) {
    self.output = output
    self.version = version
    self.identifiers = identifiers
  }

  /// Writes the start of the file.
  ///
  /// - Parameters:
  ///   - title: of the termbase.
  ///   - language: of what the file says of itself: that of the first terms.
  /// - Throws: what the output reports.
  public func writeHeader(title: String, language: LanguageTag? = nil) throws {
    let language = escapedXML((language ?? .english).description, isAttribute: true)
    let description = """
          <fileDesc>
            <titleStmt><title>\(tbxText(title))</title></titleStmt>
            <sourceDesc><p>Written by Concord</p></sourceDesc>
          </fileDesc>
      """
    switch version {
    case .two:
      try output.write(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
        <martif type="TBX-Basic" xml:lang="\(language)">
          <martifHeader>
        \(description)
            <encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc>
          </martifHeader>
          <text>
            <body>

        """)
    case .three:
      try output.write(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <tbx style="dca" type="TBX-Basic" xml:lang="\(language)" xmlns="urn:iso:std:iso:30042:ed-2">
          <tbxHeader>
        \(description)
          </tbxHeader>
          <text>
            <body>

        """)
    }
  }

  /// Writes a concept that ``TBXIdentifiers`` knows.
  public mutating func write(_ concept: Concept) throws {
    let names = TBXElementNames(version)
    let name = identifiers.name(of: concept)
    var text = "      <\(names.entry) id=\"\(name)\">\n"
    var lines = TBXLines(version: version, identifiers: identifiers, level: .concept)
    if TBXIdentifiers.original(name) != concept.id { lines.add(TBXNote.id, concept.id) }
    lines.add(fieldsOf: concept)
    let languages = concept.languages
    for property in concept.propertiesWithoutTerms(languages) { lines.add(property) }
    text += lines.text(indent: 8)
    for language in languages {
      text += "        <\(names.language) xml:lang=\"\(escaped(language))\">\n"
      var remarks = TBXLines(version: version, identifiers: identifiers, level: .language)
      remarks.add([PropertyTree](concept.properties.filter { $0.language == language }))
      text += remarks.text(indent: 10)
      for term in concept.terms where term.language == language {
        text += section(term, of: concept, names)
      }
      text += "        </\(names.language)>\n"
    }
    if concept.holdsForbiddenCharacters { damaged += 1 }
    try output.write(text + "      </\(names.entry)>\n")
  }

  public func writeEnd() throws {
    let root = version == .two ? "martif" : "tbx"
    try output.write("    </body>\n  </text>\n</\(root)>\n")
  }

  /// What could not be written as it was.
  public var warnings: [Warning] {
    guard damaged > 0 else { return [] }
    return [
      Warning(
        "\(damaged) concepts hold control characters, which XML does not allow: they are left out")
    ]
  }

  private func escaped(_ language: LanguageTag) -> String {
    escapedXML(language.description, isAttribute: true)
  }

  private mutating func section(
    _ term: Term, of concept: Concept, _ names: TBXElementNames
  ) -> String {
    var trees = [PropertyTree](term.properties)
    let own = id("@id", &trees, concept)
    var inner = trees.takeDetails(of: "term")
    let ownTerm = id("@id", &inner, concept)
    if !inner.isEmpty { trees.insert(PropertyTree("term", nil, inner), at: 0) }
    var lines = TBXLines(version: version, identifiers: identifiers, level: .term)
    lines.add(term.status, trees: &trees)
    lines.add(trees)
    return "          <\(names.section)\(own)>\n"
      + "            <term\(ownTerm)>\(tbxText(term.text))</term>\n" + lines.text(indent: 12)
      + "          </\(names.section)>\n"
  }

  /// The attribute for an id that may stand; it is taken out of the properties.
  private mutating func id(
    _ name: String, _ trees: inout [PropertyTree], _ concept: Concept
  ) -> String {
    guard let index = trees.firstIndex(where: { $0.name == name }), let id = trees[index].value,
      identifiers.allows(id, of: concept), usedTermIDs.insert(id).inserted
    else { return "" }
    trees.remove(at: index)
    return " id=\"\(id)\""
  }
}

/// What the generations call the parts of an entry.
private struct TBXElementNames {
  let entry, language, section: String

  init(_ version: TBXVersion) {
    (entry, language, section) =
      version == .two
      ? ("termEntry", "langSet", "tig") : ("conceptEntry", "langSec", "termSec")
  }
}

extension Concept {
  /// What is said of languages that have no section, since they have no term.
  fileprivate func propertiesWithoutTerms(_ languages: [LanguageTag]) -> [Property] {
    properties.filter { property in property.language.map { !languages.contains($0) } ?? false }
  }

  /// Whether a text holds what may not stand in XML 1.0 (section 2.2).
  fileprivate var holdsForbiddenCharacters: Bool {
    let texts = [id, domain, definition, note, source, created?.author, changed?.author]
    let values = properties + terms.flatMap(\.properties)
    return texts.contains { $0?.holdsForbiddenCharacters ?? false }
      || terms.contains { $0.text.holdsForbiddenCharacters }
      || values.contains { $0.value.holdsForbiddenCharacters }
  }
}

extension String {
  fileprivate var holdsForbiddenCharacters: Bool {
    unicodeScalars.contains { scalar in
      scalar.value < 0x20 && scalar != "\t" && scalar != "\n" && scalar != "\r"
        || scalar.value == 0xFFFE || scalar.value == 0xFFFF
    }
  }
}
