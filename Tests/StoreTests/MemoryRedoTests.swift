import Bitext
import GRDB
import TestSupport
import Testing

@testable import Store

/// Operations that are undone and done again, against a memory of whole copies.
@Suite struct MemoryRedoTests {
  private let place: TemporaryStore
  private let store: ConcordStore

  init() throws { (place, store) = try TemporaryStore.opened() }

  private func unit(_ source: String, _ target: String, origin: String? = "a.md") -> TranslationUnit
  {
    TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: source,
      target: target, origin: origin)
  }

  @discardableResult
  private func edit(_ id: Int64, _ target: String) throws -> Int64? {
    var filter = UnitFilter()
    filter.ids = [id]
    return try store.changeUnits(filter, detail: target, by: .second) {
      var unit = $0
      unit.target = target
      return unit
    }?.number
  }

  @discardableResult
  private func remove(_ ids: Int64...) throws -> Int64? {
    var filter = UnitFilter()
    filter.ids = ids
    return try store.removeUnits(filter, by: .second)?.number
  }

  private func rows() throws -> [Int64: [DatabaseValue]] {
    try store.queue.read { database in
      let rows = try Row.fetchAll(database, sql: "SELECT * FROM unit")
      return Dictionary(
        rows.map { ($0["id"] as Int64, Array($0.databaseValues)) },
        uniquingKeysWith: { first, _ in first })
    }
  }

  private func targets() throws -> [String] {
    var targets: [String] = []
    try store.forEachUnit { targets.append($0.target) }
    return targets
  }

  @Test func whatIsUndoneIsDoneAgainInOrder() throws {
    _ = try store.save([unit("one", "一"), unit("two", "二")], by: .first)
    try edit(1, "壹")
    try remove(1)
    let after = try rows()
    for _ in 0..<3 { _ = try store.undoMemoryOperation(by: .second) }
    #expect(try rows().isEmpty)
    #expect(try store.redoMemoryOperation()?.number == 1)
    #expect(try targets() == ["一", "二"])
    #expect(try store.redoMemoryOperation()?.kind == .edit)
    #expect(try targets() == ["壹", "二"])
    let last = try #require(try store.redoMemoryOperation())
    #expect(last.undone == nil)
    #expect(try rows() == after)
    #expect(try store.redoMemoryOperation() == nil)
    #expect(try store.memoryOperations().map(\.undone) == [nil, nil, nil])
    // And back once more.
    for number in [Int64(3), 2, 1] {
      #expect(try store.undoMemoryOperation(by: .second)?.number == number)
    }
    #expect(try rows().isEmpty)
  }

  @Test func whatStandsIsNotDoneAgain() throws {
    _ = try store.save([unit("one", "一")], by: .first)
    #expect(
      troubleMessage { _ = try store.redoMemoryOperation(1) }
        == "operation 1 stands: only one that was undone can be done again")
    #expect(
      troubleMessage { _ = try store.redoMemoryOperation(9) }?.contains("no operation 9") == true)
    #expect(try store.redoMemoryOperation() == nil)
  }

  @Test func redoingWaitsForLaterChangesOfTheSameUnits() throws {
    _ = try store.save([unit("one", "一"), unit("two", "二")], by: .first)
    try edit(1, "壹")
    _ = try store.undoMemoryOperation(by: .second)
    try edit(1, "弌")
    let before = try rows()
    #expect(
      troubleMessage { _ = try store.redoMemoryOperation(2) }
        == "operation 2 cannot be done again: operation 3 changed units of it since. Undo that one "
        + "first")
    #expect(try rows() == before)
    _ = try store.undoMemoryOperation(3, by: .second)
    #expect(try store.redoMemoryOperation(2)?.number == 2)
    #expect(try targets() == ["壹", "二"])
    // Another unit is in nobody's way.
    _ = try store.undoMemoryOperation(2, by: .second)
    try edit(2, "贰")
    #expect(try store.redoMemoryOperation(2)?.number == 2)
    #expect(try targets() == ["壹", "贰"])
    // It was done last now, though its number is lower.
    #expect(try store.undoMemoryOperation(by: .second)?.number == 2)
    #expect(try store.undoMemoryOperation(by: .second)?.number == 4)
  }

  @Test func redoingWaitsForWhatItBuildsOn() throws {
    _ = try store.save([unit("one", "一"), unit("two", "二")], by: .first)
    try edit(1, "壹")
    try edit(1, "弌")
    for _ in 0..<3 { _ = try store.undoMemoryOperation(by: .second) }
    #expect(
      troubleMessage { _ = try store.redoMemoryOperation(2) }
        == "operation 2 cannot be done again: operation 1, which it builds on, is undone. Do that "
        + "one again first")
    _ = try store.redoMemoryOperation(1)
    #expect(
      troubleMessage { _ = try store.redoMemoryOperation(3) }
        == "operation 3 cannot be done again: operation 2, which it builds on, is undone. Do that "
        + "one again first")
    _ = try store.redoMemoryOperation(2)
    _ = try store.redoMemoryOperation(3)
    #expect(try targets() == ["弌", "二"])
  }

  /// Done again under an older number, an operation lies above those that were done meanwhile.
  @Test func anOperationThatWasDoneAgainStandsInTheWayOfOthers() throws {
    _ = try store.save([unit("one", "一"), unit("two", "二")], by: .first)
    try edit(1, "壹")
    _ = try store.undoMemoryOperation(2, by: .second)
    try edit(2, "贰")
    _ = try store.redoMemoryOperation(2)
    try remove(1)
    #expect(
      troubleMessage { _ = try store.undoMemoryOperation(2, by: .second) }?.contains("operation 4")
        == true
    )
    _ = try store.undoMemoryOperation(4, by: .second)
    _ = try store.undoMemoryOperation(2, by: .second)
    #expect(try targets() == ["一", "贰"])
  }

  @Test func aStoreOfTheTimeBeforeKeepsItsOperations() throws {
    try store.queue.close()
    let old = try TemporaryStore()
    let queue = try DatabaseQueue(path: old.path)
    try Schema.migrator.migrate(queue, upTo: "8 operations of the memory")
    try queue.write { database in
      try database.execute(
        sql: """
          INSERT INTO unit (id, sourceLanguage, targetLanguage, source, target, sourceKey, targetKey,
            sourceLength, targetLength, sourceHash, targetHash)
          VALUES (1, 'en', 'zh-Hans', 'one', '壹', 'one', '壹', 3, 1, 5, 6),
            (2, 'en', 'zh-Hans', 'two', '二', 'two', '二', 3, 1, 7, 8);
          INSERT INTO memoryOperation (number, kind, date, firstAdded, lastAdded, changed, removed)
          VALUES (1, 'save', '2026-01-01', 1, 3, 0, 0), (2, 'edit', '2026-01-02', NULL, NULL, 1, 0),
            (3, 'delete', '2026-01-03', NULL, NULL, 0, 1);
          INSERT INTO memoryOperation
            (number, kind, date, changed, removed, undone)
          VALUES (4, 'edit', '2026-01-04', 1, 0, '2026-01-05');
          INSERT INTO formerUnit (operation, unit, sourceLanguage, targetLanguage, source, target)
          VALUES (2, 1, 'en', 'zh-Hans', 'one', '一'), (3, 3, 'en', 'zh-Hans', 'three', '三');
          """)
    }
    try queue.close()
    let store = try old.open(.write)
    #expect(
      troubleMessage { _ = try store.redoMemoryOperation(4) }
        == "operation 4 cannot be done again any more: what it did was forgotten")
    #expect(try store.redoMemoryOperation() == nil)
    #expect(try store.undoMemoryOperation(by: .first)?.number == 3)
    #expect(try store.undoMemoryOperation(by: .first)?.number == 2)
    #expect(try store.units(like: "THREE", on: .source).map(\.target) == ["三"])
    #expect(try store.units(like: "一", on: .target).map(\.id) == [1])
    _ = try store.redoMemoryOperation()
    _ = try store.redoMemoryOperation()
    #expect(try store.units(like: "壹", on: .target).map(\.id) == [1])
    #expect(try store.unitCount() == 2)
    #expect(try store.save([unit("new", "新")], by: .first) == [.added: 1])
  }

  /// Whatever is done, undone, done again and forgotten in whatever order: the rows are those that
  /// the operations which stand lead to, one after the other, and what cannot be done says so and
  /// changes nothing.
  @Test(arguments: 0..<30) func everyHistoryIsThatOfWholeCopies(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 77)
    var model = WholeCopies()
    for step in 0..<80 {
      let before = try rows()
      #expect(before == model.units, "step \(step)")
      switch random.below(12) {
      case 0...4:
        let number = (try store.memoryOperations().map(\.number).max() ?? 0) + 1
        try doOne(&random, model)
        model.note(number, before, try rows())
      case 5...7: try undoOne(&random, &model)
      case 8...10: try redoOne(&random, &model)
      default:
        guard random.once(in: 5) else { continue }
        let kept = 2 + random.below(10)
        let forgotten = try store.forgetMemoryOperations(keeping: .last(kept)).map(\.number)
        #expect(Set(forgotten) == model.forget(keeping: kept))
      }
    }
    #expect(try rows() == model.units)
  }

  /// Few units, so that most operations meet with others.
  private func doOne(_ random: inout SeededGenerator, _ model: WholeCopies) throws {
    let texts = ["Port", "port", "bridge", "Bridge!"]
    let id = model.units.keys.sorted().randomElement(using: &random) ?? 0
    switch model.units.count < 3 ? 0 : random.below(8) {
    case 0:
      _ = try store.save([unit(random.pick(texts), random.pick(texts))], by: .first)
    case 1: try remove(id)
    case 2:
      _ = try store.deduplicate(UnitFilter(), DuplicateRule(byKey: true), by: .second) { _ in }
    case 3:
      var filter = UnitFilter()
      filter.targetText = random.pick(texts)
      let new = random.pick(texts)
      _ = try store.changeUnits(filter, detail: "", by: .second) {
        var unit = $0
        unit.target = new
        return unit
      }
    default: try edit(id, "text \(random.below(100))")
    }
  }

  private func undoOne(_ random: inout SeededGenerator, _ model: inout WholeCopies) throws {
    var numbers = model.operations.keys.sorted()
    if random.once(in: 2) { numbers = numbers.filter { model.canUndo($0) } }
    guard let number = numbers.randomElement(using: &random) else { return }
    let isPossible = model.canUndo(number)
    let trouble = troubleMessage { _ = try store.undoMemoryOperation(number, by: .second) }
    #expect((trouble == nil) == isPossible, "undo \(number): \(trouble ?? "")")
    if isPossible { model.undo(number) }
  }

  private func redoOne(_ random: inout SeededGenerator, _ model: inout WholeCopies) throws {
    var numbers = model.operations.filter { !$0.value.stands }.keys.sorted()
    if random.once(in: 2) { numbers = numbers.filter { model.canRedo($0) } }
    guard let number = numbers.randomElement(using: &random) else { return }
    let isPossible = model.canRedo(number)
    let trouble = troubleMessage { _ = try store.redoMemoryOperation(number) }
    #expect((trouble == nil) == isPossible, "redo \(number): \(trouble ?? "")")
    if isPossible { model.redo(number) }
  }
}
