import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Formats

@Suite struct OmegaTGlossaryTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func read(_ bytes: [UInt8]) throws(Trouble) -> GlossaryContent {
    let text = try decodeText(
      bytes, file: "a.utf8", encoding: OmegaTGlossary.declaredEncoding(bytes))
    return try OmegaTGlossary.read(text, file: "a.utf8", languages: (nil, nil))
  }

  private func write(_ concepts: [Concept]) throws -> (text: String, warnings: [String]) {
    let output = try OutputFile.replacing(directory.path("a.utf8"))
    var writer = OmegaTGlossaryWriter(
      to: output, languages: TermPairLanguages(source: .english, target: .simplifiedChinese))
    try writer.writeHeader()
    for concept in concepts { try writer.write(concept) }
    try output.finish()
    return (try directory.text("a.utf8"), writer.warnings.map(\.message))
  }

  private static let lines =
    "# remark\nport\t港口\tsea, river\nbridge\t桥\n# port\t口\nport\t口岸\na|b\t甲|乙\nempty\t\tlater\n"

  @Test func aSourceATargetAndARemarkAreRead() throws {
    let content = try read(Array(Self.lines.utf8))
    #expect(
      content.concepts.map(\.summary) == [
        "en port; zh-Hans 港口; zh-Hans 口岸 (admitted)", "en bridge; zh-Hans 桥",
        "en a|b; zh-Hans 甲|乙", "en empty",
      ])
    #expect(content.concepts.map(\.note) == ["sea, river", nil, nil, "later"])
    #expect(content.lines == [2, 3, 6, 7])
    #expect(content.warnings.map(\.line) == [7])
  }

  @Test func encodingsAreThoseOfTheFile() throws {
    let content = try read(Array(Self.lines.utf8)).concepts
    let wide = TestEncoding.utf16LittleEndian.file(Self.lines)
    #expect(try read(wide).concepts == content)
    #expect(try read([0xEF, 0xBB, 0xBF] + Array(Self.lines.utf8)).concepts == content)
    // 港口 in GB18030 is too little to be told by itself.
    let declared = Array("# -*- coding: gb18030 -*-\nport\t".utf8) + [0xB8, 0xDB, 0xBF, 0xDA, 0x0A]
    #expect(try read(declared).concepts.map(\.summary) == ["en port; zh-Hans 港口"])
  }

  @Test(arguments: [
    ("# -*- coding: utf-8 -*-\n", "utf-8"),
    ("# Glossary -*- mode: x; coding:GB18030 -*-\r\nx", "GB18030"),
    ("x -*- coding: utf-8 -*-", nil), ("# coding: utf-8\n", nil),
    ("#\n# -*- coding: utf-8 -*-", nil),
    ("", nil),
  ])
  func theFirstLineNamesTheEncoding(text: String, encoding: String?) {
    #expect(OmegaTGlossary.declaredEncoding(Array(text.utf8)) == encoding)
  }

  @Test func namedColumnsMakeATable() throws {
    let content = try read(Array("English\t中文\tdomain\nport\t港口 | 口岸\tsea\n".utf8))
    #expect(content.concepts.map(\.summary) == ["en port; zh-Hans 港口; zh-Hans 口岸 (admitted)"])
    #expect(content.concepts.first?.domain == "sea")
  }

  @Test func whatStandsBehindTheRemarkIsLeftOutAndSaidSo() throws {
    let content = try read(Array("port\t港口\tx\ty\n".utf8))
    #expect(content.concepts.map(\.note) == ["x"])
    #expect(content.warnings.count == 1)
  }

  @Test func pairsInUseAreWritten() throws {
    let (text, warnings) = try write([
      Concept(
        id: "1",
        terms: [
          Term("port", language: .english), Term("harbour", language: .english, status: .admitted),
          Term("港口", language: .simplifiedChinese),
          Term("口\n岸", language: .simplifiedChinese, status: .admitted),
          Term("港", language: .simplifiedChinese, status: .forbidden),
          Term("Hafen", language: try tag("de")),
        ], definition: "where ships lie"),
      Concept(
        id: "2", terms: [Term("#x", language: .english), Term("甲", language: .simplifiedChinese)]),
      Concept(id: "3", terms: [Term("lonely", language: .english)]),
    ])
    #expect(
      text == """
        # Glossary in tab-separated format -*- coding: utf-8 -*-
        port\t港口\twhere ships lie
        port\t口 岸\twhere ships lie
        harbour\t港口\twhere ships lie
        harbour\t口 岸\twhere ships lie
        lonely\t

        """)
    let examples = ["'港'", "'Hafen'", "'口␊岸'", "'#x'", "'2'"]
    #expect(warnings.count == examples.count)
    for (warning, example) in zip(warnings, examples) { #expect(warning.contains(example)) }
  }

  /// Accepted terms and remarks come back; further source terms as concepts of their own, since the
  /// format has no concepts.
  @Test func everyPairComesBack() throws {
    var generator = SeededGenerator(seed: 41)
    for _ in 0..<60 {
      var concepts = randomConcepts(&generator, count: 1 + generator.below(12), breaks: [])
      for index in concepts.indices {
        concepts[index].terms.removeAll {
          $0.text.hasPrefix("#") || !$0.status.isAccepted
            || $0.language == .english && $0.status != .preferred
        }
        (concepts[index].domain, concepts[index].definition) = (nil, nil)
        concepts[index].id = ""
      }
      // Without a status the first term of a language is the preferred one.
      concepts.removeAll { concept in
        concept.terms.count { $0.status == .preferred } < 2
      }
      guard !concepts.isEmpty else { continue }
      let (text, warnings) = try write(concepts)
      #expect(warnings == [])
      let decoded = try decodeText(Array(text.utf8), file: "a.utf8")
      let content = try OmegaTGlossary.read(
        decoded, file: "a.utf8", languages: (.english, .simplifiedChinese))
      #expect(content.concepts == concepts)
    }
  }

  @Test func translateToolkitReadsIt() throws {
    guard let python = Judge.python(with: "translate") else {
      print("skipped: no python3 with translate-toolkit (CONCORD_PYTHON names one)")
      return
    }
    _ = try write([
      Concept(
        id: "1",
        terms: [Term("port", language: .english), Term("港口", language: .simplifiedChinese)],
        note: "sea")
    ])
    // It takes the line with the encoding, which OmegaT itself writes, for a source.
    let script = """
      import sys
      from translate.storage.omegat import OmegaTFile
      units = [(u.source, u.target, u.getnotes()) for u in OmegaTFile.parsefile(sys.argv[1]).units]
      assert units[1:] == [("port", "港口", "sea")], units
      """
    #expect(try python.complaint(["-c", script, directory.path("a.utf8")]) == "")
  }
}
