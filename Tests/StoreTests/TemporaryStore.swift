import Bitext
import Foundation

@testable import Store

/// A store in a directory of its own, gone when the test ends.
final class TemporaryStore {
  let directory: URL
  var path: String { directory.appendingPathComponent("store.sqlite").path }

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  /// The path of a file in the directory.
  func file(_ name: String) -> String { directory.appendingPathComponent(name).path }

  deinit { try? FileManager.default.removeItem(at: directory) }

  /// A new directory and an open store in it.
  static func opened() throws -> (place: TemporaryStore, store: ConcordStore) {
    let place = try TemporaryStore()
    return (place, try place.open())
  }

  func open(_ access: ConcordStore.Access = .create) throws -> ConcordStore {
    try ConcordStore(path: path, access: access)
  }
}

extension Change {
  static let first = Change(date: "2026-05-18T09:00:00Z", author: "lin")
  static let second = Change(date: "2026-05-19T09:00:00Z", author: "mei")
}

extension Concept {
  static func pair(
    _ english: String, _ chinese: String, id: String = "", domain: String? = nil
  ) -> Concept {
    Concept(
      id: id,
      terms: [
        Term(english, language: .english), Term(chinese, language: .simplifiedChinese),
      ], domain: domain)
  }
}

/// What the trouble says that something throws; `nil` where it throws none.
func troubleMessage(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return (error as? Trouble)?.message
  }
}
