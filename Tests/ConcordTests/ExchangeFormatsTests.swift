import Foundation
import TestSupport
import Testing

/// Files of other programs into the store and back, through the command.
@Suite struct ExchangeFormatsTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.run("init", "--quiet")
  }

  private static let glossary =
    "id,en,zh-Hans,zh-Hans:forbidden,note,domain\n1,'=SUM(A1),求和,和,\"two\nlines\",maths\n"
    + "2,Golden Phoenix | Phoenix,金凤凰,,,policy\n3,port,港口,,,\n"

  private func imported(_ result: Command.Result) -> [Int] {
    let object = result.objects.first
    return ["added", "changed", "unchanged"].map { object?[$0] as? Int ?? -1 }
  }

  @Test(arguments: ["csv", "tsv", "xlsx"])
  func aTableThatWasWrittenIsTheSameInAnotherStore(format: String) throws {
    try command.write("t.csv", Self.glossary)
    #expect(imported(try command.run("import", "t.csv", "--format", "jsonl")) == [3, 0, 0])
    #expect(try command.run("export", "-o", "a.\(format)").status == 0)
    if format != "tsv" {
      #expect(imported(try command.run("import", "a.\(format)", "--format", "jsonl")) == [0, 0, 3])
    }
    let other = try Command()
    try other.run("init", "--quiet")
    let copy = try Data(contentsOf: URL(fileURLWithPath: command.path("a.\(format)")))
    try other.write("a.\(format)", copy)
    #expect(imported(try other.run("import", "a.\(format)", "--format", "jsonl")) == [3, 0, 0])
    let texts = try [command, other].map { try $0.run("export", "--format", format).output }
    #expect(texts[0] == texts[1] && !texts[0].isEmpty)
  }

  @Test func formulasAreGuardedUnlessAskedOtherwise() throws {
    try command.write("t.csv", Self.glossary)
    try command.run("import", "t.csv")
    #expect(try command.run("list", "--format", "jsonl").output.contains("\"=SUM(A1)\""))
    #expect(try command.run("export", "--format", "csv").output.contains(",'=SUM(A1),"))
    #expect(
      try command.run("export", "--format", "csv", "--no-formula-guard").output
        .contains(",=SUM(A1),"))
    try command.write("m.csv", "en,zh-Hans\n'- one,'- 一\n")
    try command.run("import", "m.csv", "--as", "memory")
    #expect(
      try command.run("export", "--format", "tsv", "--as", "memory").output
        == "en\tzh-Hans\n- one\t- 一\n")
    #expect(
      try command.run("export", "--format", "csv", "--as", "memory").output
        == "en,zh-Hans\n'- one,'- 一\n")
  }

  @Test func theGuardOfAlignedTablesIsNoPartOfTheText() throws {
    try command.write("a.en.txt", "=1+1 is two.\n")
    try command.write("a.zh.txt", "=1+1 等于二。\n")
    try command.run("align", "a.en.txt", "a.zh.txt", "-o", "a.csv")
    #expect(try command.read("a.csv").contains("\n'=1+1 is two.,'=1+1 等于二。,"))
    let result = try command.run("import", "a.csv", "--as", "memory", "--format", "jsonl")
    #expect(imported(result) == [1, 0, 0])
    #expect(
      try command.run("export", "--format", "po").output.contains("msgid \"=1+1 is two.\"\n"))
  }

  @Test func aDrawerFullOfFilesComesInWithOneCommand() throws {
    try command.write("drawer/a.csv", "en,zh-Hans\none,一\n")
    try command.write("drawer/b.utx", "#UTX 1.11; en/zh-Hans\n#src\ttgt\ntwo\t二\n")
    try command.write("drawer/c.utf8", "three\t三\n")
    try command.write("drawer/d.tab", "four\t四\n")
    try command.write(
      "drawer/e.xlsx",
      Data(
        ZipBuilder.workbook([.init("x", ZipBuilder.rows([["en", "zh-Hans"], ["five", "五"]]))])
          .bytes()))
    try command.write(
      "drawer/f.gml",
      "<glossary><glossentry><langentry xml:lang='en'><term>six</term></langentry>"
        + "<langentry xml:lang='zh-Hans'><term>六</term></langentry></glossentry></glossary>")
    try command.write(
      "drawer/g.po", "msgid \"\"\nmsgstr \"Language: zh_CN\\n\"\n\nmsgid \"seven\"\nmsgstr \"七\"\n")
    try command.write(
      "drawer/h.xlf",
      "<xliff version='1.2'><file source-language='en' target-language='zh-CN'><body>"
        + "<trans-unit id='1'><source>eight</source><target>八</target></trans-unit></body></file></xliff>"
    )
    let result = try command.run("import", "drawer", "--format", "jsonl")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.objects.map { $0["added"] as? Int } == [1, 1, 1, 1, 1, 1, 1, 1])
    #expect(
      result.objects.map { $0["as"] as? String }
        == [String](repeating: "glossary", count: 6) + ["memory", "memory"])
    let again = try command.run("import", "drawer", "--format", "jsonl")
    #expect(again.objects.map { $0["added"] as? Int } == [0, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test func whatAFileIsStandsInItWhereItsNameLies() throws {
    try command.write("a.txt", "#UTX 1.11; en/zh-Hans\n#src\ttgt\ntwo\t二\n")
    try command.write("b.csv", "# x -*- coding: utf-8 -*-\nthree\t三\n# remark\n")
    try command.write("c.txt", "傳統 传统 [chuan2 tong3] /tradition/\n")
    try command.write(
      "d.csv",
      "<glossary><glossentry><langentry xml:lang='en'><term>six</term></langentry></glossentry></glossary>"
    )
    try command.write("e.txt", "five,五\n")
    let result = try command.run("import", "a.txt", "b.csv", "c.txt", "d.csv", "e.txt")
    #expect(result.status == 0, "\(result.errors)")
    let list = try command.run("list", "--format", "jsonl").output
    for term in ["two", "three", "tradition", "six", "five", "傳統"] {
      #expect(list.contains("\"\(term)\""), "\(term)")
    }
  }

  @Test func listsOfPairsAreWrittenAndRead() throws {
    try command.write("t.csv", "id,en,zh-Hans,zh-Hans:forbidden\n1,port,港口 | 口岸,港\n2,#x,甲,\n")
    try command.run("import", "t.csv", "--date", "2026-05-18")
    let utx = try command.run("export", "-o", "a.utx")
    #expect(utx.errors.contains("wrote 1 concepts"))
    #expect(
      try command.read("a.utx") == """
        #UTX 1.11; en/zh-Hans; 2026-05-18T00:00:00Z\r
        #src\ttgt\tsrc:pos\tterm status\tconcept ID\r
        port\t港口\t-\tapproved\t1\r
        port\t口岸\t-\tapproved\t1\r
        port\t港\t-\tforbidden\t1\r

        """)
    #expect(
      try command.run(
        "export", "--format", "omegat", "--source-language", "zh", "--target-language", "en",
        "-o", "b.txt"
      ).status == 0)
    #expect(
      try command.read("b.txt").split(separator: "\n").dropFirst()
        == ["港口\tport", "口岸\tport", "甲\t#x"])
    let other = try Command()
    try other.run("init", "--quiet")
    try other.write("a.utx", command.read("a.utx"))
    #expect(try other.run("import", "a.utx").errors == "")
    let csv = try other.run("export", "--format", "csv").output
    #expect(csv.contains("\n1,,port,港口 | 口岸,港,") || csv.contains("\n1,,port,港口 | 口岸,,港"))
  }

  @Test func theMemoryGoesThroughPlainFilesAndCatalogues() throws {
    try command.write("m.tsv", "en\tzh-Hans\nHello.\t你好。\nHello.\t您好。\nBye.\t再见。\n")
    try command.run("import", "m.tsv", "--as", "memory")
    #expect(try command.run("export", "--format", "moses", "-o", "corpus").status == 0)
    #expect(try command.read("corpus.en") == "Hello.\nHello.\nBye.\n")
    #expect(try command.read("corpus.zh-Hans") == "你好。\n您好。\n再见。\n")
    #expect(try command.run("export", "--format", "moses").errors.contains("give -o PREFIX"))
    try command.run("export", "-o", "a.po")
    for files in [["corpus.en", "corpus.zh-Hans"], ["a.po"]] {
      let other = try Command()
      try other.run("init", "--quiet")
      for file in files { try other.write(file, command.read(file)) }
      let result = try other.run(["import"] + files + ["--format", "jsonl"])
      #expect(imported(result) == [3, 0, 0], "\(result.errors)")
      #expect(result.objects.first?["as"] as? String == "memory")
      #expect(
        try other.run(
          "export", "--format", "tsv", "--as", "memory", "--map-language", "zh_Hans=zh-Hans"
        )
        .output == command.run("export", "--format", "tsv", "--as", "memory").output)
    }
  }

  @Test func severalPairsOfLanguagesAreToldApart() throws {
    try command.write("a.tsv", "en\tzh-Hans\nHello.\t你好。\n")
    try command.write("b.tsv", "zh-Hans\ten\n再见。\tBye.\n")
    try command.run("import", "a.tsv", "b.tsv", "--as", "memory")
    let result = try command.run("export", "--format", "po", "-o", "a.po")
    #expect(result.status == 2 && result.errors.contains("en–zh-Hans, zh-Hans–en"))
    #expect(!command.exists("a.po"))
    let named = try command.run("export", "-o", "a.po", "--source-language", "zh")
    #expect(
      named.status == 0 && named.errors.contains("units in other languages were left out (1)"))
    #expect(try command.read("a.po").contains("msgid \"再见。\""))
    let none = try command.run("export", "-o", "a.po", "--source-language", "de")
    #expect(none.status == 2 && none.errors.contains("no such pair"))
  }

  @Test func formatsSayWhichHalfTheyHold() throws {
    try command.write("t.csv", "en,zh-Hans\none,一\n")
    try command.run("import", "t.csv")
    for (format, half) in [
      ("po", "glossary"), ("moses", "glossary"), ("xlsx", "memory"), ("utx", "memory"),
    ] {
      let result = try command.run("export", "--format", format, "--as", half, "-o", "x")
      #expect(result.status == 2 && result.errors.contains("\(format) cannot hold the \(half)"))
    }
  }

  @Test func anEmptyHalfThatAFormatHoldsAloneSaysSo() throws {
    try command.write("t.csv", "en,zh-Hans\none,一\n")
    try command.run("import", "t.csv")
    let result = try command.run("export", "--format", "po", "-o", "a.po")
    #expect(result.status == 2)
    #expect(result.errors.contains("the memory is empty, and po cannot hold the glossary"))
  }

  @Test func aCatalogueCanBeAGlossary() throws {
    try command.write(
      "g.po",
      "msgid \"\"\nmsgstr \"Language: zh_CN\\n\"\n\nmsgid \"port\"\nmsgstr \"港口\"\n\n#, fuzzy\n"
        + "msgid \"x\"\nmsgstr \"乙\"\n")
    let result = try command.run("import", "g.po", "--as", "glossary")
    #expect(result.errors.contains("were left out (1)"))
    #expect(
      try command.run("lookup", "-", "--format", "jsonl", input: "a port\n").output.contains("港口"))
  }

  @Test func linesThatDoNotMatchSaveNothing() throws {
    try command.write("c.en", "one\ntwo\nthree\n")
    try command.write("c.zh", "一\n二\n")
    let result = try command.run("import", "c.en", "c.zh")
    #expect(result.status == 2 && result.errors.contains("c.zh:2: ends at line 2"))
    #expect(try command.run("search", "one").output == "")
  }

  @Test func columnsOfForeignTablesAreNamed() throws {
    try command.write("t.csv", "Terms\nNr;Term;译名;Remark\n1;port;港口;sea\n")
    let rules = ["--columns", "en=Term,zh-Hans=译名,note=Remark"]
    #expect(try command.run(["import", "t.csv", "--delimiter", ";"] + rules).status == 0)
    #expect(try command.run("show", "1").output.contains("sea"))
    let wrong = try command.run("import", "t.csv", "--delimiter", ";", "--columns", "en=Wort,zh=译名")
    #expect(wrong.status == 2 && wrong.errors.contains("t.csv:2: has no column 'Wort'"))
    #expect(try command.run("import", "t.csv", "--sheet", "x").errors.contains("is no workbook"))
    #expect(try command.run("import", "t.csv", "--delimiter", "ab").status == 2)
  }

  @Test func columnsOfForeignBitextsAreNamed() throws {
    try command.write("m.csv", "Nr|Ziel|Quelle\n1|你好。|Hello.\n")
    let rules = ["--columns", "en=Quelle,zh-Hans=Ziel", "--delimiter", "|"]
    #expect(try command.run(["import", "m.csv", "--as", "memory"] + rules).status == 0)
    let units = try command.run("export", "--format", "tsv", "--as", "memory").output
    #expect(units == "en\tzh-Hans\nHello.\t你好。\n")
  }

  @Test func aWorkbookCanBeABitext() throws {
    let rows = [["en", "zh-Hans"], ["Hello.", "你好。"], ["=1", "一"]]
    try command.write(
      "m.xlsx", Data(ZipBuilder.workbook([.init("x", ZipBuilder.rows(rows))]).bytes()))
    #expect(try command.run("import", "m.xlsx", "--as", "memory").status == 0)
    #expect(
      try command.run("export", "--format", "tsv", "--as", "memory").output
        == "en\tzh-Hans\nHello.\t你好。\n=1\t一\n")
    #expect(
      try command.run("import", "m.xlsx", "--delimiter", ";").errors.contains("is a workbook"))
  }

  @Test func otherXMLIsNamed() throws {
    try command.write("a.xml", "<?xml version=\"1.0\"?><html/>")
    #expect(try command.run("import", "a.xml").errors.contains("starts with <html>"))
  }

  @Test func aWorkbookIsAGlossaryForAllVerbs() throws {
    try command.write(
      "g.xlsx",
      Data(
        ZipBuilder.workbook([.init("x", ZipBuilder.rows([["en", "zh-Hans"], ["port", "港口"]]))])
          .bytes()))
    let result = try command.run(
      "lookup", "-", "--glossary", "g.xlsx", "--format", "jsonl", input: "a port\n")
    #expect(result.output.contains("港口"), "\(result.errors)")
  }
}
