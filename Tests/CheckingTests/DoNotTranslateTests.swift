import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Checking

@Suite struct DoNotTranslateTests {
  @Test func conceptWithTheSameTermInBothLanguagesIsMissingOrWrittenOtherwise() throws {
    let terms = glossary("Swift | Swift")
    let missing = try #require(
      findings(zh: "用 Swift 写的程序", en: "a program in speedy", terms).only)
    #expect(missing.rule == "missing-term")
    #expect(missing.source?.text == "Swift")
    let found = findings(zh: "用 Swift 写的程序", en: "a program in SWIFT", terms)
    let diagnostic = try #require(found.of(.doNotTranslate).only)
    #expect(diagnostic.severity == .warning)
    #expect(diagnostic.source?.text == "Swift")
    #expect(diagnostic.message == "“Swift” does not stand in the translation: keep it as it is")
    #expect(findings(zh: "用 Swift 写的程序", en: "a program in Swift", terms).isEmpty)
    // The letters are the name: term-style says it of the term, this rule of the kept name.
    #expect(
      findings(zh: "用 Swift 写的", en: "written in SWIFT", terms).of(.doNotTranslate).count == 1)
  }

  @Test func listedNamesAreKeptAsWordsOfTheirOwn() {
    func check(_ zh: String, _ en: String) -> [Severity] {
      findings(zh: zh, en: en, Termbase(), doNotTranslate: ["Concord", "C++"])
        .severities(.doNotTranslate)
    }
    #expect(check("Concord 检查术语", "Concord checks terms") == [])
    #expect(check("Concord 检查术语", "It checks terms") == [.warning])
    #expect(check("Concord 检查术语", "Concordance of terms") == [.warning])
    #expect(check("用C++写", "in C++") == [])
    #expect(check("Concord 和 Concord", "Concord alone") == [.info])
    #expect(check("Concordance", "词语") == [])
  }

  @Test(arguments: [
    ("欢迎 {name}", "Welcome!", 1), ("欢迎 {name}", "Welcome, {name}!", 0),
    ("第 %1$d 页，共 %2$d 页", "%2$d pages, this is page %1$d", 0), ("%s 和 %s", "%s alone", 1),
    ("占 5%", "5 % of it", 0), ("${user} 登录", "{user} signed in", 2),
    ("点<0>这里</0>", "click <0>here</0>", 0), ("点<0>这里</0>", "click <0>here", 1),
    ("{count, plural, other {# 个文件}}", "{count, plural, one {# file} other {# files}}", 0),
    ("%(name)s 来了", "here is %(nam)s", 2), ("{{x}} 是", "{{ x }} is", 0), ("{ x } 是", "{x} is", 0),
    ("100% sure", "百分之百", 0), ("文本", "text {0}", 1),
  ])
  func placeholdersStandOnBothSidesAsOften(_ zh: String, _ en: String, _ count: Int) {
    #expect(findings(zh: zh, en: en, Termbase()).of(.doNotTranslate).count == count)
  }

  @Test func extraPlaceholderIsReportedAtItsPlace() throws {
    let english = MarkedText("text ⟦1⟧{0}⟦2⟧")
    let found = findings(zh: "文本", en: "text {0}", Termbase())
    let diagnostic = try #require(found.only)
    #expect(diagnostic.location == Location(file: "en", range: english[1, 2]))
    #expect(diagnostic.message == "“{0}” does not stand in the source")
  }

  @Test func doubtfulBeadIsLeftAlone() {
    #expect(
      findings(zh: "欢迎 {name}", en: "Welcome!", Termbase(), isAligned: true, score: 0.3).isEmpty)
  }

  @Test(arguments: [
    ("{0} {name} {{x}} ${x}", ["{0}", "{name}", "{{x}}", "${x}"]),
    ("%s %1$d %-5.2f %(name)s %@ %ld", ["%s", "%1$d", "%-5.2f", "%(name)s", "%@", "%ld"]),
    ("<0>a</0><1/>", ["<0>", "</0>", "<1/>"]),
    ("{n, plural, one {a {x}}}", ["{n, plural}", "{x}"]),
    ("50%d %% % s %some {} { } {a b} <a> $x {{ } 5 < 6", []),
    ("%(", []), ("{", []), ("${", []), ("<", []), ("%", []), ("{{", []), ("%1$", []),
  ])
  func placeholders(_ text: String, _ expected: [String]) {
    let utf8 = Array(text.utf8)
    #expect(Placeholder.all(in: utf8, 0..<utf8.count).map(\.text) == expected)
  }

  @Test func anyTextIsReadToItsEndWithRangesInOrder() {
    var random = SeededGenerator(seed: 5)
    let alphabet = Array("{}%$<>/,0as( )n中".utf8)
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0...24, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      let found = Placeholder.all(in: text, 0..<text.count)
      var last = 0
      for each in found {
        #expect(each.range.lowerBound >= last && each.range.upperBound <= text.count)
        last = each.range.upperBound
      }
    }
  }
}
