import Bitext
import Testing

@testable import Formats

/// What of a bilingual file goes into a memory.
@Suite struct TranslationsTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func read(
    _ name: String, _ text: String, source: LanguageTag? = nil
  ) throws -> (units: [TranslationUnit], counts: UntranslatedCounts) {
    var units: [TranslationUnit] = []
    let counts = try BilingualFile.forEachTranslation(
      of: try directory.file(name, text), languages: (source, nil), warn: { _ in }
    ) { units.append($0) }
    return (units, counts)
  }

  @Test func fuzzyMessagesAreCountedAndLeftOut() throws {
    let fuzzy = "#, fuzzy\nmsgid \"one\"\nmsgstr \"一\"\n\n"
    let empty = "msgid \"two\"\nmsgstr \"\"\n\n"
    let done = "msgid \"three\"\nmsgstr \"三\"\n"
    for text in [fuzzy + empty, fuzzy + empty + done] {
      let (units, counts) = try read("a.po", po(text))
      #expect(units.map(\.target) == (text.contains("three") ? ["三"] : []))
      #expect(counts.drafts == 1 && counts.empty == 1)
      #expect(units.allSatisfy { $0.previous == nil && $0.origin == "a.po" } == true)
    }
  }

  static let states: [(state: String, isDone: Bool)] = [
    ("", true), (" state=\"translated\"", true), (" state=\"final\"", true),
    (" state=\"signed-off\"", true), (" state=\"new\"", false),
    (" state=\"needs-translation\"", false), (" state=\"needs-review-translation\"", false),
    (" state=\"x-ours\"", true),
  ]

  @Test(arguments: states.indices)
  func statesOfXLIFFSayWhatIsDone(index: Int) throws {
    let (state, isDone) = Self.states[index]
    let text = xliff(
      "<trans-unit id=\"1\"><source>one</source><target\(state)>一</target>"
        + "<alt-trans><target state=\"new\">x</target></alt-trans></trans-unit>"
        + transUnit("two", "二", id: "2"))
    let (units, counts) = try read("a.xlf", text)
    #expect(units.map(\.target) == (isDone ? ["一", "二"] : ["二"]))
    #expect(counts.drafts == (isDone ? 0 : 1))
    // A draft is context all the same.
    #expect(units.last?.previous == "one")
    if isDone { #expect(units.first?.next == "two") }
  }

  @Test func segmentsOfXLIFF2SayWhatIsDone() throws {
    let text = """
      <xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="zh">
      <file id="f"><unit id="1"><segment state="initial"><source>one</source><target>一</target></segment>
      <segment state="reviewed"><source>two</source><target>二</target></segment>
      <segment><source>three</source><target>三</target></segment>
      <segment><source>four</source></segment></unit></file></xliff>
      """
    let (units, counts) = try read("a.xliff", text)
    #expect(units.map(\.target) == ["二", "三"])
    #expect(counts.drafts == 1 && counts.empty == 1)
    #expect(units.map(\.previous) == ["one", "two"] && units.map(\.next) == ["three", "four"])
  }

  @Test func confirmationsOfOtherToolsSayWhatIsDone() throws {
    let trados = xliff(
      """
      <trans-unit id="1"><source>a b</source><seg-source><mrk mtype="seg" mid="1">a</mrk>
      <mrk mtype="seg" mid="2">b</mrk><mrk mtype="seg" mid="3">c</mrk></seg-source>
      <target><mrk mtype="seg" mid="1">甲</mrk><mrk mtype="seg" mid="2">乙</mrk>
      <mrk mtype="seg" mid="3">丙</mrk></target>
      <sdl:seg-defs xmlns:sdl="x"><sdl:seg id="1" conf="ApprovedTranslation"/>
      <sdl:seg id="2" conf="Draft"/><sdl:seg id="3"/></sdl:seg-defs></trans-unit>
      """)
    #expect(try read("a.sdlxliff", trados).units.map(\.target) == ["甲"])
    for (attribute, isDone) in [
      ("mq:status=\"ManuallyConfirmed\"", true), ("mq:status=\"PartiallyEdited\"", false),
      ("m:confirmed=\"1\"", true), ("m:confirmed=\"0\"", false),
    ] {
      let text = xliff(
        "<trans-unit id=\"1\" xmlns:mq=\"x\" xmlns:m=\"y\" \(attribute)><source>a</source>"
          + "<target>甲</target></trans-unit>")
      #expect(try read("a.mqxliff", text).units.count == (isDone ? 1 : 0), "\(attribute)")
    }
  }

  /// Checks read drafts as before: a fuzzy message is left out, a new target is looked at.
  @Test func whatChecksReadIsUnchanged() throws {
    let text = try directory.bilingual(
      "a.xlf",
      xliff("<trans-unit id=\"1\"><source>a</source><target state=\"new\">甲</target></trans-unit>"))
    #expect(text.summaries == ["a | 甲"])
  }
}
