import Bitext
import Foundation
import Store
import TestSupport
import Testing

@testable import Project

@Suite struct MemoryMaintenanceFlowTests {
  private let directory: URL
  private let store: ConcordStore
  private let change = Change(date: "2026-05-18T09:00:00Z", author: "lin")

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    store = try ConcordStore(
      path: directory.appendingPathComponent("store.sqlite").path, access: .create)
  }

  private func unit(
    _ source: String, _ target: String, in language: LanguageTag = .simplifiedChinese
  ) -> TranslationUnit {
    TranslationUnit(
      sourceLanguage: .english, targetLanguage: language, source: source, target: target)
  }

  private func marked(_ source: String?, _ target: String?, _ unit: TranslationUnit)
    -> TranslationUnit
  {
    var unit = unit
    unit.details = UnitDetails(
      file: "a.tmx", number: 0, declaredSource: "en", unit: UnitDetails.Element(),
      source: UnitDetails.Variant(element: UnitDetails.Element(), place: 0, markup: source),
      target: UnitDetails.Variant(element: UnitDetails.Element(), place: 1, markup: target))
    return unit
  }

  /// The rules that fire for one unit.
  private func rules(_ unit: TranslationUnit) throws -> [String] {
    defer { _ = try? store.removeUnits(UnitFilter(), by: change) }
    _ = try store.save([unit], by: change)
    var found: [String] = []
    let count = try checkMemory(store, UnitFilter(), rules: Set(MemoryRule.allCases)) {
      found.append($0.rule.rawValue + ($0.severity == .info ? " (info)" : ""))
    }
    #expect(count == 1)
    return found
  }

  @Test(arguments: [
    ("The port opened in 2024.", "港口于2024年开放。", []),
    ("The port opened in 2024.", "港口于2023年开放。", ["number-mismatch"]),
    ("", "空", ["empty-side"]), ("port", " \u{3000}", ["empty-side"]),
    ("Save the file first", "Save the file first", ["identical-sides"]),
    ("Python", "Python", ["identical-sides (info)"]),
    ("harbour", "港灣與橋樑", ["wrong-script"]), ("harbour", "乾隆与后里", []),
    ("The newspaper 經濟日報 said so", "《經濟日報》记者说这个园区开门", []),
    (
      "a port by the sea and a bridge", "The harbour is on the left side of the isle",
      ["wrong-language"]
    ),
    ("这是一段根本没有翻译过来的中文文字，还很长很长。", "这是一段中文", ["wrong-language"]),
    ("a\u{1B}[31mport", "港口", ["control-characters"]),
    ("port\u{202E}", "港口\n第二行\t", ["control-characters"]),
    ("cafÃ© time", "咖啡", ["mojibake"]), ("don\u{E2}\u{20AC}\u{2122}t", "别", ["mojibake"]),
    ("isle", "å²›", ["mojibake"]),
    ("isle", "锛屽矝銆傦", ["mojibake"]), ("isle", "锟斤拷岛", ["mojibake"]),
    ("isle", "宀涗笂銆", ["mojibake"]), ("Sima Ben", "司马锛", []),
    ("isle \u{FFFD}", "岛", ["mojibake"]),
    ("isle \u{FFFD}", "岛 \u{FFFD}", ["mojibake (info)", "mojibake (info)"]),
    ("static int loaded_modules = 0; # the count", "static int loaded_modules = 0; # 计数", []),
    (
      "open_the_file(); close_the_file()", "open_the_file();  close_the_file()",
      ["wrong-language (info)"]
    ),
    ("enchanté\u{A0}» à\u{A0}» “fiancé…”", "岛", []), ("naïve Ångström Ærø", "岛", []),
  ])
  func aUnitIsExaminedByItself(source: String, target: String, expected: [String]) throws {
    #expect(try rules(unit(source, target)) == expected, "\(source) / \(target)")
  }

  @Test func inlineElementsAreCompared() throws {
    let plain = unit("Click now", "点击")
    #expect(
      try rules(marked("Click <ph x='1'/>now", "点<ph x='1'/>击", plain)) == [])
    #expect(try rules(marked("Click <ph x='1'/>now", nil, plain)) == ["inline-elements"])
    #expect(
      try rules(marked("<bpt i='1'/>Click<ept i='1'/> now", "<bpt i='1'/>点击", plain))
        == ["inline-elements"])
  }

  @Test func aLengthIsJudgedByTheMemory() throws {
    let source = "The new harbour of the city opens its gates to the public in the spring of next "
    // Regular enough, with some play.
    var units = (0..<80).map { index -> TranslationUnit in
      var unit = unit(
        source + String(repeating: "year", count: index % 5 + 1),
        "该市的新港口将于明年春天向公众开放大门，欢迎大家参观" + String(repeating: "年", count: index % 7))
      unit.origin = "\(index)"
      return unit
    }
    units.append(unit(source + "year and the mayor will cut the ribbon.", "开放"))
    units.append(unit("yes", "这是一个非常长的译文，不过它的原文太短，没有人会觉得奇怪"))
    _ = try store.save(units, by: change)
    var found: [MemoryFinding] = []
    _ = try checkMemory(store, UnitFilter(), rules: [.suspiciousLength]) { found.append($0) }
    #expect(found.map(\.unit.id) == [81])
    #expect(found.first?.message.contains("times shorter than is usual") == true)
  }

  @Test func numbersAreReportedWithTheirOwnUnits() throws {
    // More units than are compared at a time, in two pairs of languages.
    let units = (0..<2500).map { index in
      unit(
        "In \(1900 + index % 100) there were \(100 + index) boats",
        index % 499 == 7 ? "船" : "\(1900 + index % 100)年有\(100 + index)条船",
        in: index % 3 == 0 ? .traditionalChinese : .simplifiedChinese)
    }
    _ = try store.save(units, by: change)
    var found: [Int64] = []
    _ = try checkMemory(store, UnitFilter(), rules: [.numberMismatch]) {
      found.append($0.unit.id ?? 0)
    }
    let wrong = stride(from: 7, to: 2500, by: 499).map { Int64($0 + 1) }
    #expect(Set(found) == Set(wrong))
    #expect(found == found.sorted())
  }

  // MARK: Edits

  private func edit(
    _ unit: TranslationUnit, _ change: (inout MemoryEdit) -> Void
  ) -> EditedUnit? {
    var edit = MemoryEdit()
    change(&edit)
    return edit.applied(to: unit, by: self.change)
  }

  @Test func aTextIsReplacedWhereverItStands() {
    let before = unit("log in, then log out", "登陆，再登陆")
    let edited = edit(before) { $0.target = [.init("登陆", by: "登录")] }
    #expect(edited?.outcome == .changed)
    #expect(edited?.after.target == "登录，再登录")
    #expect(edited?.after.source == before.source)
    #expect(edit(before) { $0.target = [.init("码头", by: "港口")] } == nil)
    // Code points count, not what looks alike: "é" in one and in two.
    #expect(edit(unit("cafe\u{301}", "x")) { $0.source = [.init("caf\u{E9}", by: "x")] } == nil)
    let several = edit(before) {
      $0.source = [.init("log", by: "sign"), .init("sign out", by: "leave")]
    }
    #expect(several?.after.source == "sign in, then leave")
    #expect(
      edit(unit("a", "登陆")) { $0.target = [.init("登陆", by: " ")] }?.outcome == .leftForEmptySide)
  }

  /// Markup of the target, replacement, and what becomes of the markup; `nil` is left alone.
  @Test(arguments: [
    ("点<ph x=\"1\">{登陆}</ph>登陆", "点登陆", "点<ph x=\"1\">{登陆}</ph>登录"),
    ("<bpt i='1'>&lt;b></bpt>登陆<ept i='1'/>", "登陆", "<bpt i='1'>&lt;b></bpt>登录<ept i='1'/>"),
    ("登<hi>陆</hi>", "登陆", nil), ("登<ph/>陆和登陆", "登陆和登陆", nil),
    ("A &amp; 登陆<hi>登陆</hi>", "A & 登陆登陆", "A &amp; 登录<hi>登录</hi>"),
    ("&#x767B;陆<ph/>", "登陆", "登录<ph/>"),
    // What does not say what the text says is not touched.
    ("登陆<ph/>", "登陆！", nil), ("登陆<ph", "登陆", nil), ("<ph>登陆", "登陆", nil),
    ("&odd;登陆<ph/>", "登陆", nil),
  ])
  func inlineElementsStay(markup: String, text: String, expected: String?) {
    let before = marked(nil, markup, unit("x", text))
    let edited = edit(before) { $0.target = [.init("登陆", by: "登录")] }
    guard let expected else {
      #expect(edited?.outcome == .leftForMarkup)
      #expect(edited?.after == before)
      return
    }
    #expect(edited?.outcome == .changed)
    #expect(edited?.after.details?.target.markup == expected)
    #expect(edited?.after.details?.unit["changedate"] == "20260518T090000Z")
    #expect(edited?.after.details?.unit["changeid"] == "lin")
  }

  /// Whatever the markup is, an edit of it says what the edited text says, or is not made.
  @Test(arguments: 0..<40) func editedMarkupSaysTheEditedText(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let pieces = [
      "<hi>", "</hi>", "<ph x='1'/>", "<bpt>", "</bpt>", "<g id='2'>", "</g>", "&amp;", "&#x767B;",
      "登陆", "登", "陆", "a ", "<", "&", ">", ";", "<!--", "登陆", "登陆",
    ]
    var made = 0
    for _ in 0..<200 {
      let markup = InlineText(random.text(of: pieces, upTo: 12))
      let replacement = MemoryEdit.Replacement(
        random.pick(["登陆", "登", "陆a", "a "]), by: random.pick(["登录", "", "<b>&", "登陆登陆"]))
      guard let edited = markup.replacing(replacement, of: markup.plain) else { continue }
      made += 1
      let again = InlineText(edited)
      #expect(again.isWhole)
      #expect(again.plain == markup.plain.replacing(replacement))
      #expect(again.elements == markup.elements)
    }
    #expect(made > 10)
  }

  @Test func whatIsReplacedByMarkupBecomesText() {
    let before = marked(nil, "登陆<ph/>", unit("x", "登陆"))
    let edited = edit(before) { $0.target = [.init("登陆", by: "<b>&")] }
    #expect(edited?.after.target == "<b>&")
    #expect(edited?.after.details?.target.markup == "&lt;b&gt;&amp;<ph/>")
  }

  @Test func originAndNoteAreSetAndTakenAway() {
    var before = marked(nil, nil, unit("x", "某"))
    before.note = "old"
    before.details?.unit.remarks = [
      UnitDetails.Remark(isProperty: true, attributes: [], text: "kept"),
      UnitDetails.Remark(isProperty: false, attributes: [], text: "old"),
    ]
    let edited = edit(before) {
      $0.origin = "book.tmx"
      $0.note = "new"
    }
    #expect(edited?.after.origin == "book.tmx")
    #expect(edited?.after.details?.unit.remarks.map(\.text) == ["kept", "new"])
    let cleared = edit(before) { $0.note = "" }
    #expect(cleared?.after.note == nil)
    #expect(cleared?.after.details?.unit.remarks.map(\.text) == ["kept"])
    #expect(edit(before) { $0.note = "old" } == nil)
  }

  @Test func anEditKeepsKeysAndCanBeUndone() throws {
    _ = try store.save([unit("log in", "登陆"), unit("port", "港口")], by: change)
    var all: [TranslationUnit] = []
    try store.forEachUnit { all.append($0) }
    var edit = MemoryEdit()
    edit.target = [.init("登陆", by: "登录系统")]
    let later = Change(date: "2026-06-01T00:00:00Z", author: "mei")
    var seen: [EditedUnit] = []
    let dry = try editMemory(store, UnitFilter(), edit, isDryRun: true, by: later) {
      seen.append($0)
    }
    #expect(dry == nil)
    #expect(try store.memoryOperations().count == 1)
    let operation = try editMemory(store, UnitFilter(), edit, isDryRun: false, by: later) {
      #expect([$0] == seen)
    }
    #expect(operation?.changed == 1)
    #expect(operation?.detail == #"--replace-target "登陆" "登录系统""#)
    #expect(try store.units(like: "登录系统", on: .target).map(\.id) == [1])
    #expect(try store.units(like: "登录系统", on: .target).first?.changed == later)
    #expect(try store.units(like: "登陆", on: .target).isEmpty)
    _ = try store.undoMemoryOperation(by: later)
    var back: [TranslationUnit] = []
    try store.forEachUnit { back.append($0) }
    #expect(back == all)
    #expect(try store.units(like: "登陆", on: .target).map(\.id) == [1])
  }
}
