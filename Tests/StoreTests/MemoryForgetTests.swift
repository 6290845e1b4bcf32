import Bitext
import GRDB
import Testing

@testable import Store

@Suite struct MemoryForgetTests {
  private let store: ConcordStore
  private let place: TemporaryStore

  init() throws { (place, store) = try TemporaryStore.opened() }

  /// Operations 1 to 4, one a month: a unit is made, and edited three times.
  private func fill() throws {
    let unit = TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: "one", target: "0")
    _ = try store.save([unit], by: Change(date: "2026-01-15T00:00:00Z"))
    for month in 2...4 {
      _ = try store.changeUnits(
        UnitFilter(), detail: "", by: Change(date: "2026-0\(month)-15T00:00:00Z")
      ) {
        var unit = $0
        unit.target = "\(month)"
        return unit
      }
    }
  }

  private func copies() throws -> Int {
    try store.queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM formerUnit") ?? 0 }
  }

  private func forgotten() throws -> [Int64] {
    try store.memoryOperations().filter(\.isForgotten).map(\.number)
  }

  @Test func whatIsForgottenCannotBeUndone() throws {
    try fill()
    let told = try store.forgetMemoryOperations(keeping: .last(2), isDryRun: true)
    #expect(told.map(\.number) == [2, 1])
    #expect(try forgotten() == [])
    let done = try store.forgetMemoryOperations(keeping: .last(2))
    #expect(done.map(\.number) == [2, 1])
    #expect(done.map(\.isForgotten) == [true, true])
    #expect(try forgotten() == [2, 1])
    #expect(try copies() == 2)
    #expect(try store.forgetMemoryOperations(keeping: .last(2)).isEmpty)
    #expect(
      troubleMessage { _ = try store.undoMemoryOperation(2, by: .second) }
        == "operation 2 cannot be undone any more: what units were before it was forgotten")
    #expect(try store.undoMemoryOperation(by: .second)?.number == 4)
    #expect(try store.undoMemoryOperation(by: .second)?.number == 3)
    #expect(try store.undoMemoryOperation(by: .second) == nil)
    #expect(try store.redoMemoryOperation()?.number == 3)
    #expect(try store.history(ofUnit: 1).map(\.operation.number) == [3, 1])
  }

  @Test func datesCountToTheDay() throws {
    try fill()
    #expect(
      try store.forgetMemoryOperations(keeping: .since("2026-03-15T00:00:00Z")).map(\.number)
        == [2, 1])
    #expect(
      try store.forgetMemoryOperations(keeping: .since("2027-01-01T00:00:00Z")).map(\.number)
        == [4, 3])
    #expect(try copies() == 0)
    #expect(try store.unitCount() == 1)
  }

  @Test func anUndoneOperationThatIsForgottenIsNotDoneAgain() throws {
    try fill()
    _ = try store.undoMemoryOperation(by: Change(date: "2026-05-01T00:00:00Z"))
    _ = try store.undoMemoryOperation(by: Change(date: "2026-06-01T00:00:00Z"))
    // Operation 4 was undone before June, 3 in June; 1 and 2 stand.
    #expect(
      try store.forgetMemoryOperations(keeping: .since("2026-05-15T00:00:00Z")).map(\.number)
        == [4, 2, 1])
    #expect(
      troubleMessage { _ = try store.redoMemoryOperation(4) }
        == "operation 4 cannot be done again any more: what it did was forgotten")
    // 3 builds on 2, which stands and is forgotten.
    #expect(try store.redoMemoryOperation()?.number == 3)
  }

  /// Undone first, an operation must not come back over one that is forgotten.
  @Test func whatWasUndoneBeforeGoesWithWhatIsForgotten() throws {
    try fill()
    _ = try store.undoMemoryOperation(by: Change(date: "2027-01-01T00:00:00Z"))
    _ = try store.changeUnits(UnitFilter(), detail: "", by: Change(date: "2026-04-16T00:00:00Z")) {
      var unit = $0
      unit.target = "5"
      return unit
    }
    _ = try store.forgetMemoryOperations(keeping: .since("2026-05-01T00:00:00Z"))
    #expect(try forgotten() == [5, 4, 3, 2, 1])
    #expect(try store.redoMemoryOperation() == nil)
  }
}
