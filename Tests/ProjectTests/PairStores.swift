import Bitext
import Foundation
import Segmentation

@testable import Store

/// Stores of English and Chinese pairs, in a folder that goes with this.
final class PairStores: Sendable {
  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  /// A store of some pairs, or of them the other way round.
  func store(
    of pairs: [(String, String)], isReversed: Bool = false
  ) throws -> ConcordStore {
    let store = try ConcordStore(
      path: directory.appendingPathComponent("\(UUID().uuidString).sqlite").path, access: .create)
    let units = pairs.map { english, chinese in
      TranslationUnit(
        sourceLanguage: isReversed ? .simplifiedChinese : .english,
        targetLanguage: isReversed ? .english : .simplifiedChinese,
        source: isReversed ? chinese : english, target: isReversed ? english : chinese,
        origin: "pairs")
    }
    _ = try store.save(units, by: Change(date: "2026-01-01T00:00:00Z", author: "li"))
    return store
  }
}
