import Bitext
import Checking
import Segmentation
import Testing

@testable import Project

@Suite struct GlossaryLintTests {
  /// A glossary, and the findings in it: rule, severity, line, column, what the message holds.
  struct Example: Sendable, CustomTestStringConvertible {
    var name: String
    var glossary: String
    var findings: [String]
    var testDescription: String { name }
  }

  private func findings(_ glossary: String) throws -> [String] {
    let directory = try TemporaryDirectory()
    let file = try directory.write("g.csv", glossary)
    var lint = GlossaryLint()
    try lint.add(file: file, options: GlossaryOptions())
    let lines = FileLines()
    return lint.diagnostics().map { diagnostic in
      let position = lines.lines(of: file)?.position(at: diagnostic.location.range.lowerBound)
      return "\(position?.line ?? 0):\(position?.column ?? 0) \(diagnostic.severity) "
        + "\(diagnostic.rule) \(diagnostic.term)"
    }
  }

  static let examples: [Example] = [
    Example(
      name: "nothing wrong",
      glossary: "id,en,zh-Hans,zh-Hans:forbidden\n1,Golden Phoenix,金凤凰,金凤\n2,GDP,GDP,\n",
      findings: []),
    Example(
      name: "unmatchable", glossary: "en,zh-Hans\n***,星号\nstar,——\n",
      findings: ["2:1 error unmatchable-term ***", "3:6 error unmatchable-term ——"]),
    Example(
      name: "twice in a cell", glossary: "en,zh-Hans\nstar | star,星\n",
      findings: ["2:8 warning duplicate-term star"]),
    Example(
      name: "another spelling with the same key", glossary: "en,zh-Hans\nStar | star,星\n",
      findings: ["2:8 info duplicate-term star"]),
    Example(
      name: "accepted and forbidden", glossary: "en,en:forbidden,zh-Hans\nstar,star,星\n",
      findings: ["2:6 error contradictory-status star"]),
    Example(
      name: "a row that says nothing new",
      glossary: "en,zh-Hans\nstar,星\nstar,星\n",
      findings: ["3:1 warning duplicate-concept star"]),
    Example(
      name: "rows without ids that are joined", glossary: "en,zh-Hans\nstar,星\nstar,明星\n",
      findings: ["3:1 warning conflicting-targets star"]),
    Example(
      name: "concepts with ids that share both terms",
      glossary: "id,en,zh-Hans\n1,star,星\n2,star,星\n",
      findings: ["3:3 warning duplicate-concept star"]),
    Example(
      name: "homonyms in one domain",
      glossary: "id,domain,en,zh-Hans\n1,film,star,影星\n2,film,star,红人\n3,sky,star,恒星\n",
      findings: ["3:8 warning conflicting-targets star"]),
    Example(
      name: "a term inside others",
      glossary: "id,en,zh-Hans\n1,phoenix,凤凰\n2,golden phoenixes,金凤凰\n3,gold,金\n",
      findings: [
        "2:3 info nested-term phoenix", "2:11 info nested-term 凤凰", "4:8 info nested-term 金",
      ]),
    Example(
      name: "its own short form is no other term", glossary: "en,zh-Hans\nlab a | lab,实验室\n",
      findings: []),
    Example(
      name: "wrong scripts",
      glossary: """
        id,en,zh-Hans,zh-Hant
        1,dragon,龍,龍
        2,map,图,图
        3,圖书,书,書
        4,Мap,図,かな
        """,
      findings: [
        "2:10 warning wrong-script 龍", "3:9 warning wrong-script 图", "4:3 warning wrong-script 圖书",
        "5:3 warning wrong-script Мap", "5:7 warning wrong-script 図", "5:9 warning wrong-script かな",
      ]),
    Example(
      name: "Latin in a Chinese column",
      glossary: "en,zh-Hans\nphoenix,fenghuang\niPhone,iPhone\ngross product,GDP\n",
      findings: ["2:9 warning wrong-script fenghuang"]),
    Example(
      name: "white space",
      glossary:
        "en,zh-Hans\ntwo  spaces,二\n lead,三\nnb\u{A0}sp,四\nzero\u{200B}w,五\nrtl\u{202E}x,六\n"
        + "\"tab\tx\",七\n",
      findings: [
        "2:5 warning suspicious-whitespace two  spaces",
        "4:3 warning suspicious-whitespace nb\u{A0}sp",
        "5:5 warning suspicious-whitespace zero\u{200B}w",
        "6:4 warning suspicious-whitespace rtl\u{202E}x",
        "7:5 warning suspicious-whitespace tab\tx", "3:1 info suspicious-whitespace  lead",
      ]),
    Example(
      name: "no preferred term",
      glossary: "id,en,zh-Hans,zh-Hans:admitted,fr\n1,star,,星,étoile\n2,sun,,,\n3,moon,月,,\n",
      findings: [
        "2:3 warning missing-preferred star", "3:3 warning missing-preferred sun",
        "3:3 warning missing-preferred sun", "4:3 info missing-preferred moon",
      ]),
    Example(
      name: "brackets",
      glossary: "en,zh-Hans\nstar (sky,星（天)\n\"a ) b\",“甲\n",
      findings: [
        "2:6 warning unbalanced-brackets star (sky", "3:4 warning unbalanced-brackets a ) b",
        "3:9 warning unbalanced-brackets “甲",
      ]),
    Example(
      name: "forbidden here and preferred there",
      glossary: "id,en,en:forbidden,zh-Hans\n1,star,sun,星\n2,sun,,太阳\n",
      findings: ["2:8 error forbidden-conflict sun"]),
    Example(
      name: "broken rows",
      glossary: "en,zh-Hans,status,colour\na,甲,prefered,\nb,乙,,,more\n,,new,\n",
      findings: [
        "2:5 error broken-row prefered", "3:7 error broken-row more",
        "1:19 warning unknown-column colour",
        "4:1 warning broken-row ",
      ]),
    Example(
      name: "proposed as a whole", glossary: "en,zh-Hans,status\nstar,,new\n", findings: []),
  ]

  @Test(arguments: examples)
  func mistakeIsNamedWithItsPlace(example: Example) throws {
    #expect(try findings(example.glossary) == example.findings)
  }

  @Test func storeIsJudgedWithoutPlaces() {
    var lint = GlossaryLint()
    let termbase = Termbase(concepts: [
      Concept(
        id: "7",
        terms: [
          Term("star", language: .english), Term("sun", language: .english, status: .proposed),
        ])
    ])
    lint.add(termbase, from: "s.sqlite", languages: [.english, .simplifiedChinese])
    let found = lint.diagnostics()
    #expect(found.map(\.rule) == ["missing-preferred"])
    #expect(found.map(\.concept) == ["7"])
    #expect(found.map(\.location.file) == ["s.sqlite"])
  }

  @Test func filesAreJudgedTogether() throws {
    let directory = try TemporaryDirectory()
    let first = try directory.write("a.csv", "id,en,zh-Hans\n1,star,星\n")
    let second = try directory.write("b.csv", "id,en,zh-Hans\n9,star,红人\n")
    var lint = GlossaryLint()
    for file in [first, second] { try lint.add(file: file, options: GlossaryOptions()) }
    let found = lint.diagnostics()
    #expect(found.map(\.rule) == ["conflicting-targets"])
    #expect(found.map(\.location.file) == [second])
    #expect(found.first?.related.map(\.location.file) == [first])
  }
}
