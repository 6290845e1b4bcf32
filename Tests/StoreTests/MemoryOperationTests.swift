import Bitext
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite struct MemoryOperationTests {
  private let place: TemporaryStore
  private let store: ConcordStore

  init() throws { (place, store) = try TemporaryStore.opened() }

  private func unit(
    _ source: String, _ target: String, origin: String? = "a.md", details: UnitDetails? = nil
  ) -> TranslationUnit {
    TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: source,
      target: target, origin: origin, details: details)
  }

  private func details(_ name: String, number: Int) -> UnitDetails {
    UnitDetails(
      file: "a.tmx", number: number, declaredSource: "en",
      unit: UnitDetails.Element(attributes: [UnitDetails.Attribute("tuid", name)]),
      source: UnitDetails.Variant(element: UnitDetails.Element(), place: 0),
      target: UnitDetails.Variant(element: UnitDetails.Element(), place: 1))
  }

  private func filter(_ change: (inout UnitFilter) -> Void) -> UnitFilter {
    var filter = UnitFilter()
    change(&filter)
    return filter
  }

  /// Every column of every unit.
  private func rows() throws -> [[String: DatabaseValue]] {
    try store.queue.read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM unit ORDER BY id").map { row in
        Dictionary(row.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
      }
    }
  }

  private func count(_ table: String) throws -> Int {
    try store.queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
  }

  @Test func anImportIsOneOperationAndCopiesNoRow() throws {
    _ = try store.saveEach(by: .first) { save in
      for index in 0..<300 { try save(unit("text \(index)", "文\(index)", origin: "big.tmx")) }
    }
    let operation = try #require(try store.memoryOperations().first)
    #expect(operation.kind == .import)
    #expect(operation.detail == "big.tmx")
    #expect(operation.added == 300)
    #expect(operation.changed == 0)
    #expect(operation.change == .first)
    #expect(try count("formerUnit") == 0)
    // The same again changes nothing, and is no operation.
    _ = try store.saveEach(by: .second) { save in
      for index in 0..<300 { try save(unit("text \(index)", "文\(index)", origin: "big.tmx")) }
    }
    #expect(try store.memoryOperations() == [operation])
    #expect(try store.undoMemoryOperation(by: .second)?.number == 1)
    #expect(try store.unitCount() == 0)
    #expect(try store.memoryOperations().first?.undone == .second)
    #expect(try store.undoMemoryOperation(by: .second) == nil)
  }

  @Test func whatAnImportChangedIsAsItWas() throws {
    _ = try store.save([unit("one", "一"), unit("two", "二")], by: .first)
    let before = try rows()
    var known = unit("one", "一")
    known.previous = "title"
    _ = try store.save([known, unit("three", "三")], by: .second)
    let operation = try #require(try store.memoryOperations().first)
    #expect([operation.added, operation.changed, operation.removed] == [1, 1, 0])
    _ = try store.undoMemoryOperation(2, by: .second)
    #expect(try rows() == before)
  }

  @Test func deletedUnitsComeBackUnderTheirNumbersWithTheirDetails() throws {
    let units = (0..<5).map { unit("text \($0)", "文\($0)", details: details("t\($0)", number: $0)) }
    _ = try store.save(units, by: .first)
    let before = try rows()
    let deleted = try #require(
      try store.removeUnits(filter { $0.ids = [2, 4] }, by: .second))
    #expect(deleted.removed == 2)
    #expect(deleted.detail == "--id 2 --id 4")
    #expect(try rows().count == 3)
    // A number is never given twice, so that the old one is free.
    _ = try store.save([unit("new", "新")], by: .second)
    _ = try store.undoMemoryOperation(deleted.number, by: .second)
    #expect(try rows().prefix(5) == before[...])
    #expect(try rows().count == 6)
    _ = try store.forgetMemoryOperations(keeping: .last(0))
    #expect(try count("formerUnit") == 0)
  }

  @Test func undoWaitsForLaterChangesOfTheSameUnits() throws {
    _ = try store.save([unit("one", "一"), unit("two", "二")], by: .first)
    _ = try store.changeUnits(filter { $0.ids = [1] }, detail: "", by: .second) {
      var unit = $0
      unit.target = "壹"
      return unit
    }
    _ = try store.removeUnits(filter { $0.ids = [1] }, by: .second)
    let before = try rows()
    #expect {
      try store.undoMemoryOperation(1, by: .second)
    } throws: {
      ($0 as? Trouble)?.message
        == "operation 1 cannot be undone: the operations 3, 2 changed units of it since. Undo those "
        + "first, the last one first"
    }
    #expect {
      try store.undoMemoryOperation(2, by: .second)
    } throws: {
      ($0 as? Trouble)?.message.contains("operation 3 changed units of it since") == true
    }
    #expect(try rows() == before)
    for number in [Int64(3), 2, 1] {
      #expect(try store.undoMemoryOperation(by: .second)?.number == number)
    }
    #expect(try rows().isEmpty)
  }

  @Test func aUnitKnowsWhatWasDoneToIt() throws {
    _ = try store.save([unit("one", "一"), unit("two", "二")], by: .first)
    for target in ["壹", "弌"] {
      _ = try store.changeUnits(filter { $0.ids = [1] }, detail: target, by: .second) {
        var unit = $0
        unit.target = target
        return unit
      }
    }
    _ = try store.removeUnits(filter { $0.ids = [1] }, by: .second)
    let history = try store.history(ofUnit: 1)
    #expect(history.map(\.operation.kind) == [.delete, .edit, .edit, .save])
    #expect(history.map(\.before?.target) == ["弌", "壹", "一", nil])
    #expect(history[1].before?.id == 1)
    #expect(try store.history(ofUnit: 2).map(\.operation.kind) == [.save])
    #expect(try store.history(ofUnit: 3).isEmpty)
    _ = try store.undoMemoryOperation(by: .second)
    #expect(try store.history(ofUnit: 1).map(\.before?.target) == ["壹", "一", nil])
  }

  @Test func anOperationIsUndoneOnce() throws {
    _ = try store.save([unit("one", "一")], by: .first)
    _ = try store.undoMemoryOperation(1, by: .second)
    #expect {
      try store.undoMemoryOperation(1, by: .second)
    } throws: {
      ($0 as? Trouble)?.message
        == "operation 1 was undone already, on 2026-05-19T09:00:00Z: 'concord memory redo 1' does "
        + "it again"
    }
    #expect {
      try store.undoMemoryOperation(7, by: .second)
    } throws: {
      ($0 as? Trouble)?.message.contains("no operation 7") == true
    }
  }

  @Test func anOperationThatFailsLeavesNothing() throws {
    struct Stop: Error {}
    _ = try store.save([unit("one", "一")], by: .first)
    let before = try rows()
    #expect(throws: (any Error).self) {
      try store.changeUnits(UnitFilter(), detail: "", by: .second) { unit in
        if unit.id == 1 { throw Stop() }
        return unit
      }
    }
    #expect(try rows() == before)
    #expect(try store.memoryOperations().count == 1)
    #expect(try count("openOperation") == 0)
    _ = try store.save([unit("two", "二")], by: .second)
    #expect(try store.memoryOperations().first?.added == 1)
  }

  /// Who follows the changes of units by their numbers finds new ones by themselves: one that comes
  /// back under an old number must be told.
  @Test func aUnitThatComesBackIsAnnounced() throws {
    try store.queue.write { database in
      try database.execute(
        sql: """
          CREATE TABLE IF NOT EXISTS unitChange (
            number INTEGER PRIMARY KEY AUTOINCREMENT, unit INTEGER NOT NULL)
          """)
    }
    _ = try store.save([unit("one", "一"), unit("two", "二")], by: .first)
    _ = try store.removeUnits(filter { $0.ids = [2] }, by: .second)
    try store.queue.write { try $0.execute(sql: "DELETE FROM unitChange") }
    _ = try store.undoMemoryOperation(by: .second)
    let announced = try store.queue.read {
      try Int64.fetchAll($0, sql: "SELECT unit FROM unitChange")
    }
    #expect(announced == [2])
  }

  @Test func aStoreOfTheTimeBeforeGetsOperations() throws {
    _ = try store.save([unit("one", "一")], by: .first)
    try store.queue.write { database in
      try database.execute(
        sql: """
          DROP TRIGGER unitIsChanged; DROP TRIGGER unitIsRemoved; DROP TABLE memoryOperation;
          DROP TABLE openOperation; DROP TABLE formerUnit;
          DROP TABLE redoCondition; DROP TABLE replacedUnit; DROP TABLE rewrittenUnit;
          DELETE FROM grdb_migrations WHERE identifier LIKE '8 %' OR identifier LIKE '9 %';
          """)
    }
    try store.queue.close()
    let reopened = try place.open(.write)
    #expect(try reopened.memoryOperations().isEmpty)
    _ = try reopened.removeUnits(UnitFilter(), by: .second)
    #expect(try reopened.undoMemoryOperation(by: .second)?.removed == 1)
    #expect(try reopened.unitCount() == 1)
  }

  /// Whatever is done, undoing it step by step brings back each state to the last byte.
  @Test(arguments: 0..<12) func undoLeadsBackThroughEveryState(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let texts = ["Port", "port", "the port", "bridge", "Bridge!", "a port", "港口", "isle "]
    var states: [(number: Int64, rows: [[String: DatabaseValue]])] = []
    for _ in 0..<25 {
      let before = try rows()
      let known = try store.memoryOperations().first?.number ?? 0
      switch random.below(6) {
      case 0, 1:
        _ = try store.saveEach(by: .first, policy: random.once(in: 3) ? .latest : .all) { save in
          for _ in 0..<random.below(6) {
            var unit = unit(
              random.pick(texts), random.pick(texts), origin: random.pick(["a", "b", nil]),
              details: random.once(in: 2) ? details(random.pick(["x", "y"]), number: 0) : nil)
            unit.previous = random.pick([nil, "p", "q"])
            try save(unit)
          }
        }
      case 2:
        let part = filter { $0.sourceText = random.pick(texts) }
        _ = try store.removeUnits(part, by: .second)
      case 3:
        let new = random.pick(texts)
        let part = filter { $0.targetText = random.pick(texts) }
        _ = try store.changeUnits(part, detail: "", by: .second) {
          var unit = $0
          unit.target = new
          unit.details = nil
          return unit
        }
      default:
        _ = try store.deduplicate(
          UnitFilter(),
          DuplicateRule(byKey: random.once(in: 2), keepsContexts: random.once(in: 2)), by: .second
        ) { _ in }
      }
      if let last = try store.memoryOperations().first?.number, last > known {
        states.append((last, before))
      } else {
        #expect(try rows() == before)
      }
    }
    #expect(!states.isEmpty)
    for state in states.reversed() {
      #expect(try store.undoMemoryOperation(by: .second)?.number == state.number)
      #expect(try rows() == state.rows, "operation \(state.number)")
    }
    #expect(try rows().isEmpty)
    for (index, state) in states.enumerated() {
      #expect(try rows() == state.rows)
      #expect(try store.redoMemoryOperation()?.number == state.number)
      if index + 1 < states.count { #expect(try rows() == states[index + 1].rows) }
    }
    #expect(try store.redoMemoryOperation() == nil)
    #expect(try count("formerUnit WHERE operation < 0") == 0)
    #expect(try count("redoCondition") == 0)
  }
}
