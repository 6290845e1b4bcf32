import Bitext
import Foundation
import Project
import Store
import Testing

/// Looks up how something was translated until now, through the public API alone.
@Suite struct ConcordanceLibraryTests {
  @Test func showsBothSidesAndCountsRenderings() throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let store = try ConcordStore(
      path: directory.appendingPathComponent("store.sqlite").path, access: .create)
    func unit(_ source: String, _ target: String) -> TranslationUnit {
      TranslationUnit(
        sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: source,
        target: target)
    }
    _ = try store.save(
      [unit("The port is large.", "港口很大。"), unit("Two ports", "两个码头")],
      by: Change(date: "2026-05-18T00:00:00Z", author: "lin"))
    let termbase = Termbase(concepts: [
      Concept(
        id: "port",
        terms: [
          Term("port", language: .english), Term("港口", language: .simplifiedChinese),
          Term("码头", language: .simplifiedChinese, status: .forbidden),
        ])
    ])
    var flow = try ConcordanceFlow(store: store, termbase: termbase)
    var request = ConcordanceRequest(.concept(try flow.concept(named: "Port")))
    request.isInconsistentOnly = true
    let page = try flow.page(request)
    #expect(page.total == 1)
    #expect(page.lines.map(\.own) == ["Two ports"])
    #expect(page.lines.map(\.hit.range) == [4..<9])
    #expect(page.lines.map(\.counterparts) == [[6..<12]])
    let found = try flow.renderings(ConcordanceRequest(.text("port")))
    #expect(found.renderings.map(\.text) == ["港口", "码头"])
    #expect(found.renderings.map(\.status) == [.preferred, .forbidden])
    #expect(found.renderings.map(\.units) == [1, 1])
  }
}
