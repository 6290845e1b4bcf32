import Bitext
import GRDB
import TestSupport
import Testing

@testable import Store

/// Files that are brought in again after maintenance: what it took out or changed is nothing new.
@Suite struct MemoryReplacedUnitsTests {
  private let store: ConcordStore
  private let place: TemporaryStore

  init() throws { (place, store) = try TemporaryStore.opened() }

  /// A unit of a file.
  private struct Line {
    var source: String
    var target: String
    var name: String?
    var date: String?
    var origin = "a.tmx"

    init(_ source: String, _ target: String, name: String? = nil, date: String? = nil) {
      (self.source, self.target, self.name, self.date) = (source, target, name, date)
    }
  }

  @discardableResult
  private func bring(_ lines: [Line]) throws -> [StoreOutcome: Int] {
    try store.saveEach(by: .first) { save in
      for (number, line) in lines.enumerated() {
        var attributes: [UnitDetails.Attribute] = []
        if let name = line.name { attributes.append(.init("tuid", name)) }
        if let date = line.date { attributes.append(.init("changedate", date)) }
        let element = UnitDetails.Element()
        try save(
          TranslationUnit(
            sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: line.source,
            target: line.target, origin: line.origin,
            changed: line.date.map { Change(date: $0) },
            details: UnitDetails(
              file: line.origin, number: number, declaredSource: "en",
              unit: UnitDetails.Element(attributes: attributes),
              source: .init(element: element, place: 0), target: .init(element: element, place: 1)))
        )
      }
    }
  }

  private func deduplicate(byKey: Bool = false) throws -> Int {
    try store.deduplicate(UnitFilter(), DuplicateRule(byKey: byKey), by: .second) { _ in }?
      .removed ?? 0
  }

  private func edit(_ target: String, to new: String) throws {
    var filter = UnitFilter()
    filter.targetText = target
    _ = try store.changeUnits(filter, detail: "", by: .second) {
      var unit = $0
      unit.target = new
      return unit
    }
  }

  private func targets() throws -> [String] {
    var targets: [String] = []
    try store.forEachUnit { targets.append($0.target) }
    return targets
  }

  private func rows() throws -> [[DatabaseValue]] {
    try store.queue.read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM unit ORDER BY id").map {
        Array($0.databaseValues)
      }
    }
  }

  private static let repeats = [
    Line("port", "港口", date: "2025-01-01"), Line("bridge", "桥"),
    Line("port", "港口", date: "2026-01-01"), Line("Port", "港口"), Line("port", "港口", name: "n"),
  ]

  @Test(arguments: [false, true]) func repeatsThatWentStayAway(byKey: Bool) throws {
    try bring(Self.repeats)
    #expect(try deduplicate(byKey: byKey) == (byKey ? 3 : 2))
    let before = try rows()
    let operations = try store.memoryOperations()
    #expect(try bring(Self.repeats) == [.unchanged: 5])
    #expect(try rows() == before)
    #expect(try store.memoryOperations().map(\.number) == operations.map(\.number))
    #expect(try bring(Self.repeats.reversed()) == [.unchanged: 5])
    #expect(try rows().count == before.count)
    // What is new all the same comes in.
    var other = Self.repeats[0]
    other.origin = "b.tmx"
    #expect(
      try bring(Self.repeats + [Line("isle", "岛"), other]) == [.unchanged: 5, .added: 2])
  }

  /// They are there again, so that the file has nothing new either.
  @Test func undoneRemovalsCountNoLonger() throws {
    try bring(Self.repeats)
    _ = try deduplicate()
    _ = try store.undoMemoryOperation(by: .second)
    #expect(try bring(Self.repeats) == [.unchanged: 5])
    var filter = UnitFilter()
    filter.sourceText = "port"
    _ = try store.removeUnits(filter, by: .second)
    #expect(try bring(Self.repeats) == [.unchanged: 1, .added: 4])
  }

  @Test func repeatsOfOneThatWasMergedLaterStayAway() throws {
    try bring(Self.repeats)
    _ = try deduplicate()
    _ = try deduplicate(byKey: true)
    #expect(try store.unitCount() == 2)
    #expect(try bring(Self.repeats) == [.unchanged: 5])
    _ = try store.forgetMemoryOperations(keeping: .last(0))
    #expect(try bring(Self.repeats) == [.unchanged: 5])
  }

  @Test(arguments: [nil, "n"]) func editsHold(name: String?) throws {
    try bring([Line("port", "港口", name: name)])
    try edit("港口", to: "码头")
    #expect(try bring([Line("port", "港口", name: name)]) == [.unchanged: 1])
    try edit("码头", to: "埠头")
    #expect(try bring([Line("port", "港口", name: name)]) == [.unchanged: 1])
    #expect(try bring([Line("port", "码头", name: name)]) == [.unchanged: 1])
    #expect(try targets() == ["埠头"])
    _ = try store.undoMemoryOperation(by: .second)
    _ = try store.undoMemoryOperation(by: .second)
    #expect(try targets() == ["港口"])
    #expect(try bring([Line("port", "港口", name: name)]) == [.unchanged: 1])
  }

  /// A file that changed after the edit says what it says now, also when it turns back.
  @Test func newerStatesOfAFileHold() throws {
    try bring([Line("port", "港口", name: "n")])
    try edit("港口", to: "码头")
    #expect(try bring([Line("port", "海港", name: "n")]) == [.changed: 1])
    #expect(try targets() == ["海港"])
    #expect(try bring([Line("port", "港口", name: "n")]) == [.changed: 1])
    #expect(try targets() == ["港口"])
    for _ in 0..<2 { _ = try store.undoMemoryOperation(by: .second) }
    #expect(try bring([Line("port", "港口", name: "n")]) == [.unchanged: 1])
    #expect(try targets() == ["码头"])
  }

  @Test func deletedUnitsComeBackWithTheirFile() throws {
    try bring(Self.repeats)
    _ = try deduplicate()
    var filter = UnitFilter()
    filter.origin = "a.tmx"
    _ = try store.removeUnits(filter, by: .second)
    #expect(try bring(Self.repeats) == [.added: 5])
  }

  @Test func unitsWithoutAFileStayAsTheyWereEdited() throws {
    let unit = TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: "port",
      target: "港口", origin: "a.md")
    _ = try store.save([unit], by: .first)
    try edit("港口", to: "码头")
    #expect(try store.save([unit], by: .first) == [.unchanged: 1])
    #expect(try targets() == ["码头"])
  }

  /// Whatever was merged and edited, the same files again change nothing, in whatever order.
  @Test(arguments: 0..<20) func theSameFileTwiceChangesNothing(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 5)
    let texts = ["Port", "port", "bridge", "Bridge!", "isle"]
    var lines = (0..<12).map { number in
      var line = Line(
        random.pick(texts), random.pick(texts), name: random.once(in: 3) ? "n\(number)" : nil,
        date: random.pick([nil, "2025-01-01", "2026-01-01"]))
      line.origin = random.pick(["a.tmx", "b.tmx"])
      return line
    }
    try bring(lines)
    for _ in 0..<6 {
      switch random.below(4) {
      case 0: _ = try deduplicate()
      case 1: _ = try deduplicate(byKey: true)
      case 2: try edit(random.pick(texts), to: random.pick(texts))
      default: try edit(random.pick(texts), to: "new \(random.below(3))")
      }
      let before = try rows()
      if random.once(in: 2) { lines.shuffle(using: &random) }
      #expect(try bring(lines)[.added] == nil)
      #expect(try rows().count == before.count)
      #expect(try rows().map { [$0[3], $0[4]] } == before.map { [$0[3], $0[4]] })
    }
  }
}
