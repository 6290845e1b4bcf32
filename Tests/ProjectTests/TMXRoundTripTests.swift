import Bitext
import Formats
import Foundation
import Store
import TestSupport
import Testing

@testable import Project

/// TMX into a store and out again: all that a file says comes back as it was.
@Suite struct TMXRoundTripTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static let change = Change(date: "2026-11-26T00:00:00Z", author: "Li")

  private func store(_ name: String = "store") throws -> ConcordStore {
    try ConcordStore(path: directory.path + "/\(name).sqlite", access: .create)
  }

  @discardableResult
  private func bring(
    _ path: String, into store: ConcordStore, targets policy: TargetPolicy = .all
  ) throws -> ImportSummary {
    try importFile(
      path, into: store, as: nil, options: GlossaryOptions(targets: policy), by: Self.change)
  }

  private func export(
    _ store: ConcordStore, to name: String, _ edit: (inout ExportFlow) -> Void = { _ in }
  ) throws -> String {
    var flow = try ExportFlow(
      store: store, format: .tmx, half: .memory, includesProposed: false,
      mapping: try LanguageMapping([]))
    edit(&flow)
    let path = directory.path + "/" + name
    let output = try OutputFile.replacing(path)
    _ = try flow.run(to: output, version: "1")
    try output.finish()
    return path
  }

  /// All that a file says of its units, without their places in it.
  private func content(_ path: String) throws -> [TMXUnitContent] {
    var units: [TMXUnitContent] = []
    try TMXReader.forEachUnit(of: path) { units.append(TMXUnitContent($0)) }
    return units
  }

  private func header(_ path: String) throws -> TMXHeader? {
    var header: TMXHeader?
    try TMXReader.forEachUnit(of: path, header: { header = $0 }) { _ in }
    return header
  }

  // MARK: Whole files

  @Test(arguments: 1...25 as ClosedRange<UInt64>)
  func generatedFilesComeBackAsTheyWere(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let path = try directory.write("memory.tmx", TMXSample.file(&random))
    let store = try store()
    let first = try bring(path, into: store)
    #expect(first.warnings == [])
    let out = try export(store, to: "out.tmx")
    let before = try content(path)
    let after = try content(out)
    #expect(after == before, "seed \(seed)")
    let again = try bring(path, into: store)
    #expect(again.added == 0)
    #expect(again.changed == 0)
    // What was written is written once more as the same bytes.
    let copy = try self.store("copy")
    try bring(out, into: copy)
    let second = try export(copy, to: "second.tmx")
    #expect(try Files.read(second) == Files.read(out))
  }

  static let samples =
    TestData.files(in: "samples/tmx-kit", ending: ".tmx")
    + TestData.files(in: "samples/tmx", ending: ".tmx")

  @Test(
    .enabled(if: !samples.isEmpty, "needs samples/tmx-kit in the test data (CONCORD_DATA)"),
    arguments: samples)
  func filesOfOthersComeBackAsTheyWere(_ path: String) throws {
    let store = try store()
    try bring(path, into: store)
    let out = try export(store, to: "out.tmx")
    let before = try content(path)
    let after = try content(out)
    #expect(after == before)
    let again = try bring(path, into: store)
    #expect(again.added == 0)
    #expect(again.changed == 0)
    // The tool that wrote a file names itself in the header.
    let own: Set<String> = ["creationtool", "creationtoolversion"]
    let old = try #require(try header(path))
    let new = try #require(try header(out))
    for attribute in old.attributes where !own.contains(attribute.name) {
      #expect(new[attribute.name] == attribute.value)
    }
    // White space alone is no content.
    let isBlank = old.content.allSatisfy(\.isWhitespace)
    #expect(new.content == (isBlank ? "" : old.content))
  }

  // MARK: What a unit holds

  private func roundTrip(
    _ body: String, _ edit: (inout ExportFlow) -> Void = { _ in }
  ) throws -> String {
    let path = try directory.write("memory.tmx", TMXSample.file(body))
    let store = try store()
    try bring(path, into: store)
    let text = String(
      decoding: try Files.read(try export(store, to: "out.tmx", edit)), as: UTF8.self)
    let start = try #require(text.range(of: "<body>\n")).upperBound
    let end = try #require(text.range(of: "  </body>")).lowerBound
    return String(text[start..<end])
  }

  @Test func allLanguagesAndVariantsOfAUnitStayTogether() throws {
    let body = """
          <tu tuid="7" changedate="20260101T000000Z">
            <tuv xml:lang="zh-CN"><seg>金凤凰</seg></tuv>
            <tuv xml:lang="en"><seg>Golden Phoenix</seg></tuv>
            <tuv xml:lang="en" usagecount="2"><seg>the Golden Phoenix</seg></tuv>
            <tuv xml:lang="zh-CN"><seg>金凤凰计划</seg></tuv>
            <tuv xml:lang="de"><seg>Goldener Phönix</seg></tuv>
          </tu>

      """
    #expect(try roundTrip(body) == body)
  }

  @Test func inlineElementsStayByteForByte() throws {
    let body = """
          <tu>
            <tuv xml:lang="en"><seg>A <bpt i='1' x="1">&lt;b&gt;</bpt>bold<ept  i="1"/> &gt; <ph/> word</seg></tuv>
            <tuv xml:lang="zh-CN"><seg>一个<bpt i="1">&#60;b></bpt>粗<ept i="1"></ept> 词</seg></tuv>
          </tu>

      """
    #expect(try roundTrip(body) == body)
    let plain = try roundTrip(body) { $0.level = .plain }
    #expect(plain.contains("<seg>A bold &gt;  word</seg>"))
    #expect(plain.contains("<seg>一个粗 词</seg>"))
  }

  /// Text that stands in the `tuv` itself, `lang` for `xml:lang`, and what TMX does not know.
  @Test func oldAndOddFilesBecomeValidOnes() throws {
    let text = try roundTrip(
      """
      <tu colour="red" segtype="verse"><prop>x</prop>
      <tuv lang="en">
        Hello
      </tuv><tuv lang="zh-CN">你好</tuv></tu>
      """)
    #expect(
      text == """
            <tu>
              <prop type="">x</prop>
              <tuv xml:lang="en"><seg>Hello</seg></tuv>
              <tuv xml:lang="zh-CN"><seg>你好</seg></tuv>
            </tu>

        """)
  }

  @Test func mappedLanguagesAreMappedEverywhere() throws {
    let text = try roundTrip(
      #"<tu srclang="zh"><tuv xml:lang="zh"><seg>甲</seg></tuv><tuv xml:lang="en"><seg>a</seg></tuv></tu>"#
    ) { $0.mapping = (try? LanguageMapping(["zh=zh-CN"])) ?? $0.mapping }
    #expect(text.contains(#"<tu srclang="zh-CN">"#))
    #expect(text.contains(#"<tuv xml:lang="zh-CN"><seg>甲</seg></tuv>"#))
  }

  /// Context as OmegaT, memoQ, XTM and Trados write it.
  @Test(arguments: [
    (#"<prop type="prev">Before.</prop><prop type="next">After.</prop>"#, "", "Before.", "After."),
    (
      "",
      #"<prop type="x-context-pre">&lt;seg&gt;Be&lt;ph&gt;x&lt;/ph&gt;fore &amp;amp; on.&lt;/seg&gt;</prop>"#
        + #"<prop type="x-context-post">&lt;seg&gt;After.&lt;/seg&gt;</prop>"#,
      "Before & on.", "After."
    ),
    (
      #"<prop type="x-previous-source-text">Before.</prop>"#
        + #"<prop type="x-next-source-text">After.</prop>"#, "", "Before.", "After."
    ),
    (#"<prop type="x-ContextContent">Before. | Vorher.</prop>"#, "", "Before.", nil),
    (#"<prop type="x-ContextContent"> | | </prop>"#, "", nil, nil),
    ("", #"<prop type="x-context-pre">&lt;seg&gt;broken</prop>"#, "<seg>broken", nil),
  ])
  func contextOfOtherToolsIsOurs(
    unit: String, source: String, previous: String?, next: String?
  ) throws {
    let path = try directory.write(
      "memory.tmx",
      TMXSample.file(
        "<tu>\(unit)<tuv xml:lang=\"en\">\(source)<seg>a</seg></tuv>"
          + "<tuv xml:lang=\"zh\"><seg>甲</seg></tuv></tu>"))
    let store = try store()
    try bring(path, into: store)
    var units: [TranslationUnit] = []
    try store.forEachUnit { units.append($0) }
    #expect(units.map(\.previous) == [previous])
    #expect(units.map(\.next) == [next])
  }

  // MARK: A file that changes

  private func file(_ name: String, _ units: [(tuid: String?, date: String?, String, String)])
    throws
    -> String
  {
    let body = units.map { unit in
      let tuid = unit.tuid.map { " tuid=\"\($0)\"" } ?? ""
      let date = unit.date.map { " changedate=\"\($0)\"" } ?? ""
      return "<tu\(tuid)\(date)><tuv xml:lang=\"en\"><seg>\(unit.2)</seg></tuv>"
        + "<tuv xml:lang=\"zh\"><seg>\(unit.3)</seg></tuv></tu>"
    }
    return try directory.write(name, TMXSample.file(body.joined()))
  }

  private func pairs(_ store: ConcordStore) throws -> [String] {
    var pairs: [String] = []
    try store.forEachUnit { pairs.append("\($0.source)=\($0.target)") }
    return pairs
  }

  @Test func aNamedUnitThatChangedIsUpdatedWithItsHistory() throws {
    let store = try store()
    try bring(try file("m.tmx", [("1", nil, "a", "甲"), ("2", nil, "b", "乙")]), into: store)
    let summary = try bring(
      try file("m.tmx", [("1", nil, "a", "子"), ("2", nil, "b", "乙")]), into: store)
    #expect(summary.added == 0)
    #expect(summary.changed == 1)
    #expect(summary.unchanged == 1)
    #expect(try pairs(store) == ["a=子", "b=乙"])
  }

  /// Names that a file gives twice must not make the second unit take the place of the first.
  @Test func unitsOfOneNameInOneFileAreAllKept() throws {
    let path = try file("m.tmx", [("1", nil, "a", "甲"), ("1", nil, "b", "乙")])
    let store = try store()
    #expect(try bring(path, into: store).added == 2)
    let again = try bring(path, into: store)
    #expect(again.added == 0)
    #expect(again.changed == 0)
    #expect(try pairs(store) == ["a=甲", "b=乙"])
  }

  /// The same texts with different dates are two units, in whatever order they are read again.
  @Test func repeatedUnitsWithTheirOwnDatesAreKept() throws {
    let path = try file(
      "m.tmx", [(nil, "20260101T000000Z", "a", "甲"), (nil, "20260202T000000Z", "a", "甲")])
    let store = try store()
    #expect(try bring(path, into: store).added == 2)
    let again = try bring(path, into: store)
    #expect(again.added == 0)
    #expect(again.changed == 0)
    #expect(again.unchanged == 2)
  }

  @Test func aNewDateIsAnUpdate() throws {
    let store = try store()
    try bring(try file("m.tmx", [(nil, "20260101T000000Z", "a", "甲")]), into: store)
    let summary = try bring(try file("m.tmx", [(nil, "20260303T000000Z", "a", "甲")]), into: store)
    #expect(summary.added == 0)
    #expect(summary.changed == 1)
    let out = try content(try export(store, to: "out.tmx"))
    #expect(out.first?.attributes == ["changedate=20260303T000000Z"])
  }

  @Test func severalTargetsAreKeptUnlessOnlyTheLatestIsWanted() throws {
    let old = try file("old.tmx", [(nil, "20240101T000000Z", "a", "甲")])
    let new = try file("new.tmx", [(nil, "20260101T000000Z", "a", "子")])
    let all = try store("all")
    for path in [old, new] { try bring(path, into: all) }
    #expect(try pairs(all) == ["a=甲", "a=子"])
    for (name, order) in [("up", [old, new]), ("down", [new, old])] {
      let latest = try store(name)
      for path in order { try bring(path, into: latest, targets: .latest) }
      #expect(try pairs(latest) == ["a=子"], "\(name)")
    }
  }

  /// The option was heeded for TMX alone. What no file dates is as old as its import.
  @Test func onlyTheLatestTargetIsKeptOfOtherFilesToo() throws {
    for (name, text) in [
      ("m.tsv", "en\tzh\na\t%\n"),
      ("m.po", "msgid \"\"\nmsgstr \"Language: zh\\n\"\n\nmsgid \"a\"\nmsgstr \"%\"\n"),
    ] {
      let store = try store(name)
      for target in ["甲", "子"] {
        let path = try directory.write(
          target + "/" + name, text.replacingOccurrences(of: "%", with: target))
        _ = try importFile(
          path, into: store, as: .memory, options: GlossaryOptions(targets: .latest),
          by: Self.change)
      }
      #expect(try pairs(store) == ["a=子"], "\(name)")
    }
  }

  /// Files of one name whose only units have nothing in common stay two units.
  @Test func unitsOfFilesOfOneNameStayApart() throws {
    let store = try store()
    for (folder, source, target) in [("x", "a", "甲"), ("y", "b", "乙")] {
      try bring(try file(folder + "/m.tmx", [(nil, nil, source, target)]), into: store)
    }
    let out = try content(try export(store, to: "out.tmx"))
    #expect(out.map { $0.variants.map(\.text) } == [["a", "甲"], ["b", "乙"]])
  }

  /// Files with different headers: each unit says what its own header said of its source.
  @Test func unitsOfSeveralFilesKeepTheirSourceLanguages() throws {
    let english = try file("en.tmx", [(nil, nil, "a", "甲")])
    let chinese = try directory.write(
      "zh.tmx",
      TMXSample.file(
        #"<tu><tuv xml:lang="zh"><seg>乙</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>"#,
        source: "zh"))
    let store = try store()
    for path in [english, chinese] { try bring(path, into: store) }
    let out = try export(store, to: "out.tmx")
    #expect(try header(out)?.declaredSource == "*all*")
    #expect(try content(out).map(\.attributes) == [["srclang=en"], ["srclang=zh"]])
  }
}
