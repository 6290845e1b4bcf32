import Foundation

/// Samples, schemas and corpora that are not part of the project: tests that need them are skipped
/// where they are absent.
package enum TestData {
  /// The folder of the package.
  package static let project = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    .dropLast(3).joined(separator: "/")

  /// `CONCORD_DATA`, else the folder beside the project; `nil` when there is none.
  package static let root: String? = {
    let path =
      ProcessInfo.processInfo.environment["CONCORD_DATA"]
      ?? project + "/../shared/data"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  /// A file or folder of the data; `nil` when it is absent.
  package static func path(_ name: String) -> String? {
    guard let path = root.map({ $0 + "/" + name }) else { return nil }
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  /// The files of a folder of the data that end so; none when it is absent.
  package static func files(in folder: String, ending: String) -> [String] {
    guard let path = path(folder) else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted().map { path + "/" + $0 }
  }

  /// All files below a folder, in the order of their paths.
  package static func files(below folder: String) -> [String] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map { folder + "/" + $0 }.filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
  }

  package static func bytes(_ path: String) -> [UInt8] {
    FileManager.default.contents(atPath: path).map(Array.init) ?? []
  }
}
