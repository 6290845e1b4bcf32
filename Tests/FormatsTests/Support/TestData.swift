import Foundation

/// Samples and schemas that are not part of the project: tests that need them are skipped where
/// they are absent.
enum TestData {
  /// `CONCORD_DATA`, else the folder beside the project; `nil` when there is none.
  static let root: String? = {
    let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let path =
      ProcessInfo.processInfo.environment["CONCORD_DATA"]
      ?? project.deletingLastPathComponent().appendingPathComponent("shared/data").path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  /// A file or folder of the data; `nil` when it is absent.
  static func path(_ name: String) -> String? {
    guard let path = root.map({ $0 + "/" + name }) else { return nil }
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  /// The files of a folder of the data that end so; none when it is absent.
  static func files(in folder: String, ending: String) -> [String] {
    guard let path = path(folder) else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted().map { path + "/" + $0 }
  }
}

/// A program of the system that judges what Concord writes.
struct Judge {
  let program: String

  /// - Returns: `nil` when the program is not on the `PATH`.
  init?(_ name: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let found = folders.map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else { return nil }
    program = found
  }

  /// Runs the program to its end.
  ///
  /// - Returns: what it complained about; empty when it exits with 0.
  func complaint(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus != 0 else { return "" }
    return "exit \(process.terminationStatus): " + String(decoding: output, as: UTF8.self)
  }
}
