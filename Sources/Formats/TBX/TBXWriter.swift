public import Bitext

/// Writes TBX version 3 (ISO 30042:2019), dialect TBX-Basic, style DCA, one concept at a time.
///
/// TBX-Basic knows no "forbidden" and no "proposed": a forbidden term is written as deprecated and
/// a proposed one as admitted, each with a note that says so.
public struct TBXWriter {
  private let output: OutputFile
  private var usedIDs: Set<String> = []

  public init(to output: OutputFile) { self.output = output }

  public func writeHeader(title: String) throws {
    try output.write(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
        <tbxHeader>
          <fileDesc>
            <titleStmt><title>\(escapedXML(title))</title></titleStmt>
            <sourceDesc><p>Written by Concord</p></sourceDesc>
          </fileDesc>
        </tbxHeader>
        <text>
          <body>

      """)
  }

  public mutating func write(_ concept: Concept) throws {
    var text = "      <conceptEntry id=\"\(identifier(concept.id))\">\n"
    if let created = concept.created { text += transaction("origination", created) }
    if let changed = concept.changed { text += transaction("modification", changed) }
    if let domain = concept.domain {
      text += "        <descrip type=\"subjectField\">\(escapedXML(domain))</descrip>\n"
    }
    if let definition = concept.definition {
      // The published Schematron flags a definition that stands alone: keep it in its group.
      text += "        <descripGrp><descrip type=\"definition\">\(escapedXML(definition))"
      text += "</descrip></descripGrp>\n"
    }
    if let source = concept.source {
      text += "        <admin type=\"source\">\(escapedXML(source))</admin>\n"
    }
    if let note = concept.note { text += "        <note>\(escapedXML(note))</note>\n" }
    for language in concept.languages {
      text +=
        "        <langSec xml:lang=\"\(escapedXML(language.description, isAttribute: true))\">\n"
      for term in concept.terms where term.language == language { text += section(term) }
      text += "        </langSec>\n"
    }
    try output.write(text + "      </conceptEntry>\n")
  }

  public func writeEnd() throws { try output.write("    </body>\n  </text>\n</tbx>\n") }

  private func section(_ term: Term) -> String {
    let (status, note): (String, String?) =
      switch term.status {
      case .preferred: ("preferredTerm-admn-sts", nil)
      case .admitted: ("admittedTerm-admn-sts", nil)
      case .deprecated: ("deprecatedTerm-admn-sts", nil)
      case .forbidden: ("deprecatedTerm-admn-sts", "concord:status=forbidden")
      case .proposed: ("admittedTerm-admn-sts", "concord:status=proposed")
      }
    var text = "          <termSec><term>\(escapedXML(term.text))</term>"
    text += "<termNote type=\"administrativeStatus\">\(status)</termNote>"
    if let note { text += "<note>\(note)</note>" }
    return text + "</termSec>\n"
  }

  private func transaction(_ type: String, _ change: Change) -> String {
    var text = "        <transacGrp><transac type=\"transactionType\">\(type)</transac>"
    text += "<date>\(change.date.prefix(10))</date>"
    if let author = change.author {
      text += "<transacNote type=\"responsibility\">\(escapedXML(author))</transacNote>"
    }
    return text + "</transacGrp>\n"
  }

  /// An id that XML allows, which may not start with a digit nor hold a space, and that no other
  /// concept of the file has.
  private mutating func identifier(_ id: String) -> String {
    var name = ""
    for scalar in id.unicodeScalars {
      let isAllowed =
        scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
        || scalar == "-" || scalar == "_" || scalar == "."
      name.unicodeScalars.append(isAllowed ? scalar : "_")
    }
    if name.unicodeScalars.first.map({ !$0.properties.isAlphabetic && $0 != "_" }) ?? true {
      name = "c" + name
    }
    var unique = name
    var number = 2
    while !usedIDs.insert(unique).inserted {
      unique = "\(name)_\(number)"
      number += 1
    }
    return unique
  }
}
