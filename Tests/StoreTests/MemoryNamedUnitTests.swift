import Bitext
import TestSupport
import Testing

@testable import Store

/// Units with the properties that XLIFF and PO say of them.
@Suite struct MemoryNamedUnitTests {
  private let place: TemporaryStore
  private let store: ConcordStore

  init() throws { (place, store) = try TemporaryStore.opened() }

  private func unit(
    _ source: String, _ target: String, name: String? = nil, state: String? = nil,
    domain: String? = nil, number: Int = 0, previous: String? = nil, origin: String = "a.xlf"
  ) -> TranslationUnit {
    let properties = [("x-context", name), ("x-state", state), ("domain", domain)]
      .compactMap { type, text in text.map { (type: type, text: $0) } }
    return TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: source,
      target: target, previous: previous, origin: origin,
      details: properties.isEmpty
        ? nil : UnitDetails(file: origin, number: number, properties: properties))
  }

  private var all: [TranslationUnit] {
    get throws {
      var units: [TranslationUnit] = []
      try store.forEachUnit { units.append($0) }
      return units
    }
  }

  private func save(_ units: [TranslationUnit], by change: Change = .first) throws -> [String: Int]
  {
    let outcomes = try store.saveEach(by: change) { save in
      for unit in units { try save(unit) }
    }
    return Dictionary(uniqueKeysWithValues: outcomes.map { ("\($0.key)", $0.value) })
  }

  // MARK: Saving

  @Test func aTextInTwoPlacesIsTwoUnitsAndOnceIsEnough() throws {
    let units = [
      unit("Open", "打开", name: "menu", number: 0), unit("Open", "打开", name: "button", number: 1),
      unit("Close", "关闭", number: 2),
    ]
    #expect(try save(units) == ["added": 3])
    let kept = try all
    #expect(kept.map { $0.details?.contextIDs ?? [] } == [["menu"], ["button"], []])
    #expect(kept.map(\.created) == [.first, .first, .first])
    #expect(try save(units, by: .second) == ["unchanged": 3])
    #expect(try all == kept)
    // In another order they are the same.
    var moved = Array(units.reversed())
    for index in moved.indices { moved[index].details?.number = index }
    #expect(try save(moved, by: .second) == ["unchanged": 3])
    #expect(try all == kept)
  }

  @Test func whatIsSaidTwiceIsKeptOnce() throws {
    let twice = [
      unit("Open", "打开", name: "menu", state: "final", number: 0),
      unit("Open", "打开", name: "menu", state: "final", number: 1),
      unit("Open", "打开", name: "menu", number: 2), unit("Shut", "关", state: "final", number: 3),
      unit("Shut", "关", state: "final", number: 4),
    ]
    #expect(try save(twice) == ["added": 3, "unchanged": 2])
    for _ in 0..<2 { #expect(try save(twice, by: .second) == ["unchanged": 5]) }
  }

  @Test func theFileHasTheLastWordOnStatesNamesAndContext() throws {
    _ = try save([unit("Open", "打开", name: "menu", state: "translated", previous: "File")])
    #expect(
      try save([unit("Open", "打开", name: "menu", state: "final", previous: "File")], by: .second)
        == ["changed": 1])
    var kept = try all
    #expect(kept.map { $0.details?.statuses ?? [] } == [["final"]])
    #expect(kept.first?.created == .first && kept.first?.changed == .second)
    // A name that the file no longer has makes way.
    #expect(
      try save([unit("Open", "打开", name: "menu2", state: "final", previous: "Edit")], by: .second)
        == ["changed": 1])
    kept = try all
    #expect(kept.map { $0.details?.contextIDs ?? [] } == [["menu2"]])
    #expect(kept.map(\.previous) == ["Edit"])
  }

  @Test func aUnitThatHadNoNameLearnsItSilently() throws {
    _ = try save([unit("Open", "打开")])
    #expect(try save([unit("Open", "打开", name: "menu")], by: .second) == ["unchanged": 1])
    let kept = try all
    #expect(kept.map { $0.details?.contextIDs ?? [] } == [["menu"]])
    #expect(kept.first?.changed == nil)
  }

  /// Versions of a file whose names are counted anew each time: all that a version says is there
  /// after it was brought in, and bringing it in once more changes nothing.
  @Test(arguments: 0..<20)
  func versionsOfAFileConverge(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var file = (0..<12).map { _ in (text: "t\(generator.below(5))", name: "n\(generator.below(9))")
    }
    for version in 0..<5 {
      var names: Set<String> = []
      let units = file.enumerated().compactMap { index, entry in
        // A name stands once in a file, as in PO for a text.
        names.insert(entry.name + entry.text).inserted
          ? unit(
            entry.text, "译\(entry.text)", name: entry.name,
            state: generator.pick([nil, "final", "translated"]), number: index) : nil
      }
      _ = try save(units, by: version == 0 ? .first : .second)
      let kept = try all
      func key(_ unit: TranslationUnit) -> String {
        "\(unit.source) \(unit.details?.contextIDs ?? []) \(unit.details?.statuses ?? [])"
      }
      #expect(Set(units.map(key)).subtracting(kept.map(key)).isEmpty)
      #expect(try save(units, by: .second) == ["unchanged": units.count])
      #expect(try all == kept)
      // A text has no more units than the version with most of it.
      for index in file.indices where generator.once(in: 3) {
        file[index].name = "n\(generator.below(9))"
      }
      file.insert((text: "t\(generator.below(5))", name: "n\(generator.below(9))"), at: 0)
    }
  }

  // MARK: Context

  private func search(
    _ text: String, _ change: (inout MemoryQuery) -> Void
  ) throws -> [MemoryMatch] {
    var query = MemoryQuery(text: text)
    change(&query)
    return try store.search(query)
  }

  @Test func eitherKindOfContextSuffices() throws {
    // Many newer ones, so that the index has to be asked for all.
    let others = (0..<30).map { unit("Open", "打开\($0)", name: "other\($0)") }
    _ = try save(
      [
        unit("Open", "开启", name: "menu", previous: "File"), unit("Open", "开", previous: "Edit"),
        unit("Opens", "打开着", name: "menu"),
      ] + others)
    let cases: [(previous: String?, name: String?, target: String, kind: MemoryMatch.Kind)] = [
      (nil, "menu", "开启", .context), ("Edit", nil, "开", .context),
      ("Edit", "none", "开", .context), ("none", "menu", "开启", .context),
      ("none", "none", "打开29", .exact), (nil, nil, "打开29", .exact), (nil, "", "打开29", .exact),
      ("File", "menu", "开启", .context), (nil, "MENU", "打开29", .exact),
    ]
    for (previous, name, target, kind) in cases {
      let found = try search("open") {
        ($0.previous, $0.contextID, $0.limit) = (previous, name, 1)
      }
      #expect(found.map(\.target) == [target], "\(previous ?? "-") \(name ?? "-")")
      #expect(found.first?.kind == kind)
    }
    // A text that differs is never one in context.
    #expect(try search("Openss") { $0.contextID = "menu" }.first?.kind == .fuzzy)
  }

  // MARK: States

  @Test func statesAreWorthLess() throws {
    _ = try save([
      unit("Stop", "停", name: "a", state: "Draft"),
      unit("Stop", "停止", name: "b", state: "ApprovedSignOff"), unit("Stop", "停下", name: "c"),
    ])
    func targets(_ pattern: String, _ points: Int) throws -> [String] {
      try search("Stop") { $0.penalties.set(.status(pattern), to: points) }
        .map { "\($0.target) \(Int(($0.score * 100).rounded())) \($0.kind.rawValue)" }
    }
    #expect(try targets("draft", 7) == ["停下 100 exact", "停止 100 exact", "停 93 fuzzy"])
    #expect(try targets("approved*", 3) == ["停下 100 exact", "停 100 exact", "停止 97 fuzzy"])
    #expect(try targets("*", 1).map { String($0.suffix(5)) } == ["exact", "fuzzy", "fuzzy"])
    #expect(try targets("", 9) == ["停下 100 exact", "停止 100 exact", "停 100 exact"])
    let found = try search("Stop") { $0.penalties.set(.status("draft"), to: 7) }
    #expect(
      found.last?.json()
        == #"{"score":0.93,"kind":"fuzzy","source":"Stop","target":"停","id":1,"origin":"a.xlf","similarity":1,"penalties":[{"reason":"status:draft","points":7}],"status":["Draft"]}"#
    )
  }

  // MARK: Domains

  @Test func domainsAreFilteredAsADirectLookSays() throws {
    var generator = SeededGenerator(seed: 5)
    let domains = ["Law", "law of the sea", "港口", "Sea", nil]
    let units = (0..<200).map { number in
      unit(
        "the \(generator.pick(["old", "new"])) \(generator.pick(["pump", "valve"]))",
        "译\(number)", name: "n\(number)", domain: generator.pick(domains), number: number)
    }
    _ = try save(units)
    let kept = try all
    let patterns: [(pattern: String, fits: (String?) -> Bool)] = [
      ("law", { $0 == "Law" }), ("LAW*", { $0?.hasPrefix("Law") ?? false || $0 == domains[1] }),
      ("*sea", { $0 == "Sea" || $0 == domains[1] }), ("港*", { $0 == "港口" }),
      ("", { $0 == nil }), ("none", { _ in false }), ("*", { $0 != nil }),
    ]
    for (pattern, fits) in patterns {
      var filter = UnitFilter()
      filter.domain = pattern
      let fitting = kept.filter { fits($0.details?.domains.first) }
      var listed: [TranslationUnit] = []
      try store.forEachUnit(filter) { listed.append($0) }
      #expect(listed == fitting, "\(pattern)")
      #expect(try store.unitCount(filter) == fitting.count)
      #expect(filter.summary == "--domain \(pattern.isEmpty ? "\"\"" : pattern)")
      let found = try search("the old pump") {
        ($0.filter, $0.limit, $0.minimum) = (filter, 500, 0.99)
      }
      let expected = fitting.filter { $0.source == "the old pump" }.compactMap(\.id).sorted()
      #expect(found.compactMap(\.unit.id).sorted() == expected, "\(pattern)")
      var page = ConcordanceQuery(text: "valve")
      page.filter = filter
      let count = fitting.filter { $0.source.hasSuffix("valve") }.count
      #expect(try store.concordance(page).hits.count == count)
    }
    var filter = UnitFilter()
    filter.domain = "law"
    let count = try store.unitCount(filter)
    #expect(count > 0)
    _ = try store.removeUnits(filter, by: .second)
    #expect(try store.unitCount(filter) == 0)
    #expect(try all.count == 200 - count)
  }
}
