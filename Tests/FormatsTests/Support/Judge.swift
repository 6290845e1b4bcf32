import Foundation

/// A program of the system that judges what Concord writes.
struct Judge {
  let program: String

  init(program: String) { self.program = program }

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
