import Bitext
import Foundation
import Project
import Store
import Testing

/// Looks after a memory through the public API alone.
@Suite struct MemoryMaintenanceLibraryTests {
  @Test func cleansAMemoryAndTakesItBack() throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let store = try ConcordStore(
      path: directory.appendingPathComponent("store.sqlite").path, access: .create)
    let change = Change(date: "2026-05-18T00:00:00Z", author: "lin")
    func unit(_ source: String, _ target: String, _ origin: String) -> TranslationUnit {
      TranslationUnit(
        sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: source,
        target: target, origin: origin)
    }
    _ = try store.save(
      [unit("port", "港口", "a"), unit("port", "港口", "b"), unit("port", "埠頭", "c")], by: change)
    #expect(try store.memoryStatistics().repeatedSources == 3)
    var findings: [MemoryFinding] = []
    let count = try checkMemory(store, UnitFilter(), rules: [.wrongScript]) { findings.append($0) }
    #expect(count == 3)
    #expect(findings.map(\.unit.id) == [3])
    var conflicts: [MemoryConflict] = []
    try store.forEachConflict(UnitFilter(), on: .source) { conflicts.append($0) }
    #expect(conflicts.first?.variants.map(\.text) == ["港口", "埠頭"])
    let deduplicated = try store.deduplicate(UnitFilter(), DuplicateRule(), by: change) { _ in }
    #expect(deduplicated?.removed == 1)
    var filter = UnitFilter()
    filter.origin = "c"
    var edit = MemoryEdit()
    edit.target = [MemoryEdit.Replacement("埠頭", by: "码头")]
    _ = try editMemory(store, filter, edit, isDryRun: false, by: change) { edited in
      #expect(edited.after.target == "码头")
    }
    _ = try store.removeUnits(filter, by: change)
    #expect(try store.unitCount() == 1)
    #expect(try store.history(ofUnit: 3).map(\.operation.kind) == [.delete, .edit, .save])
    while try store.undoMemoryOperation(by: change) != nil {}
    #expect(try store.unitCount() == 0)
    #expect(try store.memoryOperations().allSatisfy { $0.undone == change } == true)
    while try store.redoMemoryOperation() != nil {}
    #expect(try store.unitCount() == 1)
    #expect(try store.forgetMemoryOperations(keeping: .last(1)).count == 3)
    #expect(try store.undoMemoryOperation(by: change)?.kind == .delete)
    #expect(try store.undoMemoryOperation(by: change) == nil)
  }
}
