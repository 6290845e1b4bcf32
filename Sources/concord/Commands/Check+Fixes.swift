internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project

/// Whether what is certain is mended.
struct FixOptions: ParsableArguments {
  @Flag(name: .customLong("fix"), help: "Mend what is certain in the files.")
  var isOn = false

  @Flag(help: "With --fix: print what would change, and write nothing.")
  var diff = false

  func validate() throws {
    if diff, !isOn { throw ValidationError("--diff goes with --fix.") }
  }

  /// Mends what can be mended, or prints it.
  ///
  /// - Parameters:
  ///   - diagnostics: the findings.
  ///   - flow: was made before they were found.
  ///   - session: hears what was done.
  /// - Returns: whether files have changed.
  /// - Throws: `Trouble` for a file that cannot be written.
  func fix(_ diagnostics: [Diagnostic], _ flow: FixFlow, _ session: Session) throws -> Bool {
    if diff, session.collector != nil {
      throw Trouble("--diff prints a difference and no objects: it does not go in a batch")
    }
    let result = try flow.fix(diagnostics, diff ? .difference : .write)
    result.warnings.forEach(session.warn)
    if diff {
      let output = OutputFile.standardOutput()
      // A patch must hold what the files hold; a screen is only to be read.
      try output.write(Files.isTerminal(1) ? result.difference.visibleLines : result.difference)
      try output.finish()
    }
    let count = "\(result.fixed) finding\(result.fixed == 1 ? "" : "s")"
    let files = "\(result.files.count) file\(result.files.count == 1 ? "" : "s")"
    session.remark("\(diff ? "would fix" : "fixed") \(count) in \(files)")
    return !diff && !result.files.isEmpty
  }
}

extension String {
  /// The text with its controls made visible, but for the ends of lines.
  fileprivate var visibleLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).visible }
      .joined(separator: "\n")
  }
}
