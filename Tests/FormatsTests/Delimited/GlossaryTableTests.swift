import Bitext
import Testing

@testable import Formats

@Suite struct GlossaryTableTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var concepts: [String]
    var testDescription: String { name }
  }

  static let examples: [Example] = [
    Example(
      name: "a header of tags", text: "en,zh-Hans\nterm,术语\nmemory,记忆库\n",
      concepts: ["en term; zh-Hans 术语", "en memory; zh-Hans 记忆库"]),
    Example(
      name: "a header of other tags", text: "zh_TW;EN-us\n術語;term\n",
      concepts: ["zh_TW 術語; EN-us term"]),
    Example(name: "names", text: "English,中文\nterm,术语\n", concepts: ["en term; zh-Hans 术语"]),
    Example(
      name: "names with brackets", text: "Chinese (Traditional),english\n術語,term\n",
      concepts: ["zh-Hant 術語; en term"]),
    Example(
      name: "source and target by their script", text: "source,target\nterm,术语\n",
      concepts: ["en term; zh-Hans 术语"]),
    Example(
      name: "source and target in Chinese", text: "原文,译文\n术语,term\n",
      concepts: ["zh-Hans 术语; en term"]),
    Example(
      name: "target before source", text: "target,source\n术语,term\n",
      concepts: ["zh-Hans 术语; en term"]),
    Example(
      name: "no header", text: "term,术语\nmemory,记忆库\n",
      concepts: ["en term; zh-Hans 术语", "en memory; zh-Hans 记忆库"]),
    Example(
      name: "no header, traditional", text: "術語\tterm\n記憶庫\tmemory\n",
      concepts: ["zh-Hant 術語; en term", "zh-Hant 記憶庫; en memory"]),
    Example(
      name: "a first row that looks like a language", text: "IT,信息技术\nAI,人工智能\n",
      concepts: ["en IT; zh-Hans 信息技术", "en AI; zh-Hans 人工智能"]),
    Example(
      name: "lists", text: "en,zh-Hans\nterm | word|name,术语 | 词语\n",
      concepts: [
        "en term; en word (admitted); en name (admitted); zh-Hans 术语; zh-Hans 词语 (admitted)"
      ]),
    Example(
      name: "a bar that belongs to a term", text: "en,zh-Hans\n\"a \\| b | c\\\\d\",甲 \\| 乙\n",
      concepts: ["en a | b; en c\\d (admitted); zh-Hans 甲 | 乙"]),
    Example(
      name: "a backslash before another letter", text: "en,zh-Hans\nC:\\new,盘\\\n",
      concepts: ["en C:\\new; zh-Hans 盘\\"]),
    Example(
      name: "columns of a status",
      text:
        "en,zh-Hans,en:forbidden,zh-Hans:deprecated,zh-Hans: Admitted\nterm,术语,word | name,词语,用语\n",
      concepts: [
        "en term; zh-Hans 术语; en word (forbidden); en name (forbidden); "
          + "zh-Hans 词语 (deprecated); zh-Hans 用语 (admitted)"
      ]),
    Example(
      name: "a status speaks of the target", text: "en,zh-Hans,status\nterm,术语 | 词,forbidden\n",
      concepts: ["en term; zh-Hans 术语 (forbidden); zh-Hans 词 (admitted)"]),
    Example(
      name: "a proposal waits as a whole", text: "en,zh-Hans,status\nterm | word,术语,proposed\n",
      concepts: ["en term (proposed); en word (proposed); zh-Hans 术语 (proposed)"]),
    Example(
      name: "other words for a status",
      text: "en,zh-Hans,状态\na,甲,Approved\nb,乙,obsolete\nc,丙,Draft\nd,丁,\n",
      concepts: [
        "en a; zh-Hans 甲", "en b; zh-Hans 乙 (deprecated)",
        "en c (proposed); zh-Hans 丙 (proposed)", "en d; zh-Hans 丁",
      ]),
    Example(
      name: "blank rows and white space", text: "\n en , zh-Hans \n  \n term ,　术语\u{A0}\n,\n",
      concepts: ["en term; zh-Hans 术语"]),
    Example(
      name: "short rows and empty surplus", text: "en,zh-Hans,note\nterm,术语\nword,词,,,\n",
      concepts: ["en term; zh-Hans 术语", "en word; zh-Hans 词"]),
    Example(
      name: "the same term twice in a cell", text: "en,zh-Hans\nterm,术语 | 术语\n",
      concepts: ["en term; zh-Hans 术语"]),
    Example(
      name: "old Macintosh line ends", text: "en;zh-Hans\rterm;术语\rword;词\r",
      concepts: ["en term; zh-Hans 术语", "en word; zh-Hans 词"]),
  ]

  @Test(arguments: examples)
  func readsConcepts(_ example: Example) throws {
    let content = try glossary(example.text)
    #expect(content.concepts.map(\.summary) == example.concepts)
    #expect(content.warnings == [])
  }

  @Test func keepsWhatIsSaidOfAConcept() throws {
    let content = try glossary(
      """
      id,领域,en,zh-Hans,definition,备注,source
      c1,law,tort,侵权,"A wrong, not a crime.",see c2,Black's

      """)
    let concept = try #require(content.concepts.first)
    #expect(concept.id == "c1")
    #expect(concept.domain == "law")
    #expect(concept.definition == "A wrong, not a crime.")
    #expect(concept.note == "see c2")
    #expect(concept.source == "Black's")
    #expect(concept.summary == "en tort; zh-Hans 侵权")
  }

  @Test func theThirdColumnWithoutHeaderIsANote() throws {
    let content = try glossary("term,术语,general\nword,词\n")
    #expect(content.concepts.map(\.summary) == ["en term; zh-Hans 术语", "en word; zh-Hans 词"])
    #expect(content.concepts.map(\.note) == ["general", nil])
  }

  @Test func givenLanguagesGoBeforeTheScript() throws {
    let content = try glossary(
      "術語,Begriff\n", source: try tag("zh-HK"), target: try tag("de"))
    #expect(content.concepts.map(\.summary) == ["zh-HK 術語; de Begriff"])
  }

  @Test func aRowKnowsItsLine() throws {
    let content = try glossary("en,zh-Hans,note\r\na,甲,\"one\r\ntwo\"\r\n\r\nb,乙,\r\n")
    #expect(content.lines == [2, 5])
  }

  @Test func thirtyTwoThousandRowsKeepTheirOrder() throws {
    let rows = (0..<32_000).map { "term\($0),术语\($0)\n" }.joined()
    let content = try glossary("en,zh-Hans\n" + rows)
    #expect(content.concepts.count == 32_000)
    #expect(content.concepts.last?.summary == "en term31999; zh-Hans 术语31999")
    #expect(content.lines.last == 32_001)
  }
}

@Suite struct GlossaryTableWarningTests {
  @Test func aRowWithoutTargetIsKept() throws {
    let content = try glossary("en,zh-Hans\nterm,\nword,词\n")
    #expect(content.concepts.map(\.summary) == ["en term", "en word; zh-Hans 词"])
    #expect(
      content.warnings == [
        Warning(
          "'term' has no translation: it is kept, and never checked", file: "terms.csv", line: 2)
      ])
  }

  @Test func aRowWithoutTermsIsLeftOut() throws {
    let content = try glossary("en,zh-Hans,note\n,,only a note\nword,词,\n")
    #expect(content.concepts.map(\.summary) == ["en word; zh-Hans 词"])
    #expect(content.warnings.map(\.description) == ["terms.csv:2: has no term and is left out"])
  }

  @Test func aDuplicateChangesNothing() throws {
    let content = try glossary("en,zh-Hans\nterm,术语\nother,其他\nterm,术语\n")
    #expect(content.concepts.count == 2)
    #expect(content.lines == [2, 3])
    #expect(
      content.warnings.map(\.description) == [
        "terms.csv:4: 'term' is on line 2 already: the duplicate changes nothing"
      ])
  }

  @Test func aSecondTranslationIsMergedAndAdmitted() throws {
    let content = try glossary("en,zh-Hans,note\nterm,术语,\nTerm,词语,from the press\n")
    #expect(
      content.concepts.map(\.summary) == [
        "en term; en Term (admitted); zh-Hans 术语; zh-Hans 词语 (admitted)"
      ])
    #expect(content.concepts.first?.note == "from the press")
    #expect(
      content.warnings.map(\.description) == [
        "terms.csv:3: 'Term' is on line 2 already: merged into one concept"
      ])
  }

  @Test func anotherDomainOrIdIsAnotherConcept() throws {
    let content = try glossary(
      "id,domain,en,zh-Hans\n,law,party,当事人\n,politics,party,党\nc1,,bank,银行\nc2,,bank,岸\n")
    #expect(content.concepts.count == 4)
    #expect(content.warnings == [])
  }

  @Test func theSameIdIsTheSameConcept() throws {
    let content = try glossary("id,en,zh-Hans\nc1,bank,银行\nc1,lender,放款人\n")
    #expect(
      content.concepts.map(\.summary) == [
        "en bank; en lender (admitted); zh-Hans 银行; zh-Hans 放款人 (admitted)"
      ])
    #expect(
      content.warnings.map(\.description) == [
        "terms.csv:3: 'c1' is on line 2 already: merged into one concept"
      ])
  }

  @Test func anUnknownColumnIsLeftOutAndNamed() throws {
    let content = try glossary("en,zh-Hans,gender,\nterm,术语,neuter,\n")
    #expect(content.concepts.map(\.summary) == ["en term; zh-Hans 术语"])
    #expect(
      content.warnings.map(\.description) == [
        "terms.csv:1: the column 'gender' is not known and is left out"
      ])
  }
}

@Suite struct GlossaryTableTroubleTests {
  @Test(arguments: [
    // A comma that nobody quoted.
    ("en,zh-Hans\na,甲\nred, green,红绿\n", 3, "has 3 fields where 2 are expected"),
    ("en,zh-Hans\n\"a\nb\",甲\nc,丙,x,y\n", 4, "has 4 fields where 2 are expected"),
    ("term\nword\n", 1, "has one column"),
    ("\n\nterm\n", 3, "has one column"),
    ("a,甲,x,y\n", 1, "has 4 columns and no header"),
    ("en,zh-Hans,status\na,甲,preferred\nb,乙,good\n", 3, "the status 'good' is not one of"),
    ("en,zh-Hans\na,\"甲\n", 2, "the quoted field that starts here never ends"),
  ])
  func namesItsLine(text: String, line: Int, message: String) {
    let trouble = #expect(throws: Trouble.self) { _ = try glossary(text) }
    #expect(trouble?.file == "terms.csv")
    #expect(trouble?.line == line)
    #expect(trouble?.message.hasPrefix(message) == true, "\(trouble?.message ?? "")")
  }

  @Test(arguments: [
    ("red,green\nblack,white\n", "both columns look like en"),
    ("source,target\nred,green\n", "both columns look like en"),
    ("术语,词语\n", "both columns look like zh-Hans"),
    ("1,2\n3,4\n", "does not say which languages its columns hold"),
    ("", "holds no term"),
    ("\n , \n", "holds no term"),
  ])
  func saysWhatIsMissing(text: String, message: String) {
    let trouble = #expect(throws: Trouble.self) { _ = try glossary(text) }
    #expect(trouble?.file == "terms.csv")
    #expect(trouble?.message.hasPrefix(message) == true, "\(trouble?.message ?? "")")
  }
}

@Suite struct GlossaryTableEncodingTests {
  static let text = "en,zh-Hans\nterm,术语\nmodel,模型\n"
  static let concepts = ["en term; zh-Hans 术语", "en model; zh-Hans 模型"]

  @Test(arguments: TestEncoding.allCases)
  func readsUnicode(_ encoding: TestEncoding) throws {
    let content = try glossary(bytes: encoding.file(Self.text))
    #expect(content.concepts.map(\.summary) == Self.concepts)
    #expect(content.warnings == [])
  }

  @Test func readsUTF16WithoutMark() throws {
    let content = try glossary(bytes: TestEncoding.utf16LittleEndian.bytes(Self.text))
    #expect(content.concepts.map(\.summary) == Self.concepts)
  }

  /// As spreadsheets on a Chinese system save it: nothing in the file says so.
  @Test func readsGB18030() throws {
    let text = Self.text + "sentence,\"这是人们的语文，有一字不在表中。\"\n"
    let content = try glossary(bytes: gb2312(text))
    #expect(content.concepts.map(\.summary).starts(with: Self.concepts))
    #expect(content.concepts.last?.terms.last?.text == "这是人们的语文，有一字不在表中。")
  }
}
