import Foundation
import TestSupport
import Testing

/// One document of every format, with a forbidden term in its prose and in all that is none.
@Suite struct DocumentFormatsTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.write(
      "g.csv", "en,zh-Hans,en:forbidden\nGolden Phoenix,金凤凰,Gold Phoenix\n")
  }

  /// `⟦` stands before each term that is to be found. What follows it is written without it.
  private static let documents: [(name: String, text: String)] = [
    ("a.txt", "The ⟦Gold Phoenix rises. See https://x.org/Gold-Phoenix now.\n"),
    (
      "a.md",
      "---\ntitle: Gold Phoenix\n---\n# The ⟦Gold Phoenix\n\n`Gold Phoenix` <code>Gold Phoenix</code> "
        + "and **⟦Gold** Phoenix\n\n```\nGold Phoenix\n```\n\n<p title=\"Gold Phoenix\">the ⟦Gold Phoenix"
        + "<pre>Gold Phoenix</pre></p>\n\n[⟦Gold Phoenix](/Gold-Phoenix \"Gold Phoenix\") <!-- Gold Phoenix -->\n"
    ),
    (
      "a.mdx",
      "import G from 'Gold Phoenix'\n\nThe ⟦Gold Phoenix {'Gold Phoenix'} rises.\n\n<Tab x={'Gold Phoenix'}>\n"
    ),
    (
      "a.html",
      "<!DOCTYPE html><html lang=\"en\"><head><title>The ⟦Gold Phoenix</title><script>Gold Phoenix"
        + "</script></head><body><p class=\"Gold Phoenix\">A ⟦Gold\n  <b>Phoenix</b> rises</p><code>Gold "
        + "Phoenix</code><pre>Gold Phoenix</pre><!-- Gold Phoenix --><p translate=no>Gold Phoenix</p>"
    ),
    (
      "a.xhtml",
      "<?xml version=\"1.0\"?><html><head><script src=\"Gold Phoenix\"/></head><body>A ⟦Gold Phoenix.</body></html>"
    ),
    (
      "a.rst",
      ":Title: Gold Phoenix\n\nThe ⟦Gold Phoenix\n================\n\n.. _Gold Phoenix: Gold Phoenix\n"
        + ".. Gold Phoenix\n\n*⟦Gold Phoenix* and ``Gold Phoenix``::\n\n   Gold Phoenix\n\n.. note:: A ⟦Gold\n"
        + "   Phoenix.\n\n.. code:: Gold Phoenix\n\n   Gold Phoenix\n"
    ),
    (
      "a.srt",
      "1\n00:00:01,000 --> 00:00:02,000\nThe ⟦Gold\nPhoenix <font color=\"Gold Phoenix\">rises</font>\n"
    ),
    (
      "a.vtt",
      "WEBVTT\n\nNOTE Gold Phoenix\n\n00:01.000 --> 00:02.000\n<v Gold Phoenix>The ⟦Gold Phoenix rises\n"
    ),
  ]

  @Test(arguments: documents.indices)
  func termIsFoundInProseAloneAtItsByte(index: Int) throws {
    let (name, marked) = Self.documents[index]
    let pieces = marked.components(separatedBy: "⟦")
    try command.write(name, pieces.joined())
    var places: [Int] = []
    var offset = 0
    for piece in pieces.dropLast() {
      offset += piece.utf8.count
      places.append(offset)
    }
    #expect(try offsets(in: name) == places)
  }

  @Test func termIsFoundInWordAndOpenDocumentAtItsByteOfThePart() throws {
    let word =
      "<w:p><w:pPr><w:pStyle w:val=\"Gold Phoenix\"/></w:pPr><w:r><w:instrText>Gold Phoenix"
      + "</w:instrText></w:r><w:r><w:t>First.</w:t></w:r></w:p><w:p><w:r><w:t>The ⟦Gold</w:t></w:r><w:r>"
      + "<w:t xml:space=\"preserve\"> Phoenix</w:t></w:r><w:del><w:r><w:t>Gold Phoenix</w:t></w:r></w:del></w:p>"
    let open =
      "<text:tracked-changes><text:p>Gold Phoenix</text:p></text:tracked-changes>"
      + "<text:p>First.</text:p><text:p text:style-name=\"Gold Phoenix\">The ⟦Gold<text:s/>Phoenix.</text:p>"
    let parts: [(name: String, part: String, bytes: [UInt8])] = [
      (
        "a.docx", ZipBuilder.wordPart("document", "<w:body>\(word)</w:body>"),
        ZipBuilder.word(word.replacingOccurrences(of: "⟦", with: ""))
      ),
      (
        "a.odt", ZipBuilder.openDocumentContent(open),
        ZipBuilder.openDocument(open.replacingOccurrences(of: "⟦", with: ""))
      ),
    ]
    for (name, part, bytes) in parts {
      try command.write(name, Data(bytes))
      let place = try #require(part.components(separatedBy: "⟦").first).utf8.count
      #expect(try offsets(in: name) == [place])
      // The report counts paragraphs, and shows the one in question.
      let report = try command.run("check", name, "--glossary", "g.csv").output
      #expect(report.hasPrefix("\(name):2:5: error"), "\(report)")
      #expect(report.contains("The Gold Phoenix"), "\(report)")
      #expect(report.contains("    ^^^^^^^^^^^^"), "\(report)")
    }
  }

  private func offsets(in name: String) throws -> [Int] {
    let result = try command.run("check", name, "--glossary", "g.csv", "--format", "jsonl")
    #expect(result.status == 1, "\(result.errors)")
    return result.objects.compactMap { ($0["start"] as? [String: Any])?["offset"] as? Int }
  }

  @Test func directoryIsSearchedForAllOfThem() throws {
    for (name, text) in Self.documents {
      try command.write("docs/" + name, text.replacingOccurrences(of: "⟦", with: ""))
    }
    try command.write(
      "docs/a.docx", Data(ZipBuilder.word("<w:p><w:r><w:t>Gold Phoenix</w:t></w:r></w:p>")))
    let result = try command.run("check", "docs", "--glossary", "g.csv", "--format", "jsonl")
    let files = Set(result.objects.compactMap { $0["file"] as? String })
    #expect(files == Set(Self.documents.map { "docs/" + $0.name } + ["docs/a.docx"]))
  }

  @Test func badDocumentsAreTroubleOfOneLine() throws {
    let word = ZipBuilder.word("<w:p><w:r><w:t>The Golden Phoenix.</w:t></w:r></w:p>")
    let cases: [(name: String, bytes: [UInt8], message: String)] = [
      ("cut.docx", Array(word.dropLast(40)), "damaged packed file"),
      ("none.docx", [], "is named like a file of Word"),
      ("text.odt", Array("text".utf8), "is named like"),
      ("old.doc", [0xD0, 0xCF, 0x11, 0xE0, 0, 0], "a file of an older Word"),
      ("a.pdf", Array("%PDF-1.7".utf8), "is a PDF"), ("a.rtf", Array("{\\rtf1 x}".utf8), "is RTF"),
      ("nul.html", Array("<p>a\0b".utf8), "is not a text file"),
      (
        "bad.rst",
        Array("text \u{4E2D}\u{6587}\u{4E2D}\u{6587} ".utf8) + [0xFF] + Array(" more text".utf8),
        "is not UTF-8"
      ),
      (
        "deep.html", Array(String(repeating: "<div>", count: 300_000).utf8),
        "too many elements in one another"
      ),
    ]
    for (name, bytes, message) in cases {
      try command.write(name, Data(bytes))
      let result = try command.run("check", name, "--glossary", "g.csv")
      #expect(result.status == 2, "\(name)")
      #expect(result.errors.contains(message), "\(name): \(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
      #expect(result.output == "")
    }
  }
}
