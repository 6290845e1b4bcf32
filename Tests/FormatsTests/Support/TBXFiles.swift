import Bitext
import TestSupport
import Testing

@testable import Formats

/// What reading a TBX file gave.
struct TBXContent {
  var concepts: [Concept] = []
  var lines: [Int] = []
  var warnings: [Warning] = []

  init(_ path: String) throws {
    var warnings: [Warning] = []
    var concepts: [Concept] = []
    var lines: [Int] = []
    try TBXReader.forEachConcept(of: path, warn: { warnings.append($0) }) {
      concepts.append($0.concept)
      lines.append($0.line)
    }
    self.concepts = concepts
    self.lines = lines
    self.warnings = warnings
  }

  var summaries: [String] { concepts.map(\.summary) }
}

extension [Property] {
  /// `partOfSpeech=noun`, and `en definition=…` for what is said of a language.
  var summaries: [String] {
    map { property in
      let language = property.language.map { "\($0) " } ?? ""
      return "\(language)\(property.name)=\(property.value)"
    }
  }
}

/// A TBX fixture of the project.
func tbxFixture(_ name: String) -> String {
  TestData.project + "/Fixtures/formats/tbx/" + name + ".tbx"
}

/// A file of version 2 around the entries that a test is about; they start on line 4.
func martif(_ entries: String, encoding: String = "UTF-8") -> String {
  """
  <?xml version="1.0" encoding="\(encoding)"?>
  <!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
  <martif type="TBX" xml:lang="en"><text><body>
  \(entries)
  </body></text></martif>

  """
}

/// An entry with one English term and one Chinese one; `term` stands beside the English one.
func termEntry(
  _ concept: String = "", language: String = "", term: String = "", text: String = "port",
  id: String = "e1"
) -> String {
  "<termEntry id=\"\(id)\">\(concept)<langSet xml:lang=\"en\">\(language)"
    + "<tig><term>\(text)</term>\(term)</tig></langSet>"
    + "<langSet xml:lang=\"zh\"><tig><term>港口</term></tig></langSet></termEntry>"
}

extension TemporaryDirectory {
  /// Writes concepts as TBX.
  func tbx(
    _ concepts: [Concept], _ version: TBXVersion, name: String = "out.tbx"
  ) throws -> (path: String, warnings: [Warning]) {
    var identifiers = TBXIdentifiers()
    for concept in concepts { identifiers.add(concept) }
    let output = try OutputFile.replacing(path(name))
    var writer = TBXWriter(to: output, version: version, identifiers: identifiers)
    try writer.writeHeader(title: "Test & trial", language: concepts.first?.terms.first?.language)
    for concept in concepts { try writer.write(concept) }
    try writer.writeEnd()
    try output.finish()
    return (path(name), writer.warnings)
  }
}
