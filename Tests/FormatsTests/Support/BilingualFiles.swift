import Bitext
import TestSupport
import Testing

@testable import Formats

extension TemporaryDirectory {
  /// Writes a bilingual file and reads it.
  func bilingual(
    _ name: String, _ bytes: some Sequence<UInt8>,
    languages: (source: LanguageTag?, target: LanguageTag?) = (nil, nil),
    columns: (source: String, target: String)? = nil, warn: @escaping (Warning) -> Void = { _ in }
  ) throws -> ParallelText {
    try BilingualFile.read(
      try file(name, bytes), languages: languages, columns: columns, warn: warn)
  }

  func bilingual(
    _ name: String, _ text: String,
    languages: (source: LanguageTag?, target: LanguageTag?) = (nil, nil),
    columns: (source: String, target: String)? = nil, warn: @escaping (Warning) -> Void = { _ in }
  ) throws -> ParallelText {
    try bilingual(name, text.utf8, languages: languages, columns: columns, warn: warn)
  }
}

extension TemporaryDirectory {
  /// The schemas of XLIFF in a folder where each finds those that it imports: that of XLIFF 2 looks
  /// for a copy of the schema of `xml:` below itself.
  func schemas() throws -> String {
    let folder = try #require(TestData.path("schemas/xliff"))
    let below = "informativeCopiesOf3rdPartySchemas/w3c"
    try Files.makeDirectories(path(below))
    try Files.makeDirectories(path("modules"))
    for name in [
      "xliff-core-1.2-transitional.xsd", "xliff-core-1.2-strict.xsd", "xliff_core_2.0.xsd",
      "xml.xsd",
    ] {
      _ = try file(name, TestData.bytes(folder + "/" + name))
    }
    for name in ["matches.xsd", "metadata.xsd"] {
      _ = try file("modules/" + name, TestData.bytes(folder + "/modules/" + name))
    }
    _ = try file(below + "/xml.xsd", TestData.bytes(folder + "/xml.xsd"))
    return path
  }
}

extension ParallelText {
  /// The beads as `source | target`.
  var summaries: [String] { beads.map { "\(sourceText($0)) | \(targetText($0))" } }

  /// The bytes of the file behind every occurrence of a text, on both sides, by their order there.
  func places(of text: String) -> [Range<Int>] {
    [source.prose, target.prose].flatMap { prose in
      prose.utf8.ranges(of: Array(text.utf8)).map { prose.positions.source($0) }
    }.sorted { $0.lowerBound < $1.lowerBound }
  }
}

extension Prose {
  var literalTexts: [String] { literals.map { text($0) } }
  var commentTexts: [String] { comments.map(\.text) }
}

/// An XLIFF 1.2 file around trans-units; the units start on line 4.
func xliff(
  _ units: String, target: String? = "zh-CN", encoding: String = "UTF-8"
) -> String {
  let language = target.map { " target-language=\"\($0)\"" } ?? ""
  return """
    <?xml version="1.0" encoding="\(encoding)"?>
    <xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
    <file original="a.txt" source-language="en"\(language) datatype="plaintext"><body>
    \(units)
    </body></file></xliff>

    """
}

func transUnit(_ source: String, _ target: String?, id: String = "1") -> String {
  let translation = target.map { "<target>\($0)</target>" } ?? ""
  return "<trans-unit id=\"\(id)\"><source>\(source)</source>\(translation)</trans-unit>"
}

/// An XLIFF 2 file around units; the units start on line 4.
func xliff2(
  _ units: String, target: String? = "zh-CN", encoding: String = "UTF-8", version: String = "2.0"
) -> String {
  let language = target.map { " trgLang=\"\($0)\"" } ?? ""
  return """
    <?xml version="1.0" encoding="\(encoding)"?>
    <xliff version="\(version)" srcLang="en"\(language) xmlns="urn:oasis:names:tc:xliff:document:2.0">
    <file id="f" original="a.txt">
    \(units)
    </file></xliff>

    """
}

func unit2(_ source: String, _ target: String?, id: String = "1") -> String {
  let translation = target.map { "<target>\($0)</target>" } ?? ""
  return
    "<unit id=\"\(id)\"><segment><source>\(source)</source>\(translation)</segment></unit>"
}

/// A PO file whose header names Chinese; the entries start on line 6.
func po(_ entries: String, language: String? = "zh_CN", charset: String = "UTF-8") -> String {
  let line = language.map { "\"Language: \($0)\\n\"\n" } ?? "\"X-Other: 1\\n\"\n"
  return """
    msgid ""
    msgstr ""
    \(line)"Content-Type: text/plain; charset=\(charset)\\n"

    \(entries)
    """
}
