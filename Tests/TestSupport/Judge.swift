package import Foundation

/// A program of the system that judges what Concord writes.
package struct Judge {
  package let program: String

  package init(program: String) { self.program = program }

  /// - Returns: `nil` when the program is not on the `PATH`.
  package init?(_ name: String) {
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
  package static func python(with package: String) -> Judge? {
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
  package func complaint(_ arguments: [String]) throws -> String {
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

  /// Where the program lies, for who runs it in another way.
  package var url: URL { URL(fileURLWithPath: program) }

  /// Says that a judge or what it judges by is absent.
  package static func skipped(_ what: String) {
    FileHandle.standardError.write(Data("skipped: \(what): judge or schema is absent\n".utf8))
  }
}
