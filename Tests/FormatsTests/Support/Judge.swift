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

  /// A Python that has a package: the one that `CONCORD_PYTHON` names, else that of the `PATH`.
  ///
  /// - Parameter package: the name by which it is imported.
  /// - Returns: `nil` when there is none.
  static func python(with package: String) -> Judge? {
    let named = ProcessInfo.processInfo.environment["CONCORD_PYTHON"].map { Judge(at: $0) }
    guard let python = named ?? Judge("python3"),
      let complaint = try? python.complaint(["-c", "import \(package)"]), complaint.isEmpty
    else { return nil }
    return python
  }

  private init(at path: String) { program = path }

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
