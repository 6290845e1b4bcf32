import Foundation
import Testing

/// The files by which other projects run Concord in their checks.
@Suite struct ContinuousIntegrationTests {
  /// A program on the `PATH`; `nil` when it is not installed.
  private static func program(_ name: String) -> URL? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { URL(fileURLWithPath: "\($0)/\(name)") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: Command.package.appendingPathComponent(name), encoding: .utf8)
  }

  @Test(.enabled(if: program("pre-commit") != nil, "pre-commit is not installed"))
  func hooksAreValid() throws {
    let command = try Command()
    let file = Command.package.appendingPathComponent(".pre-commit-hooks.yaml").path
    let result = try command.run(
      ["validate-manifest", file], program: try #require(Self.program("pre-commit")))
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  @Test(.enabled(if: program("check-jsonschema") != nil, "check-jsonschema is not installed"))
  func actionIsValid() throws {
    let command = try Command()
    let file = Command.package.appendingPathComponent("action.yml").path
    let result = try command.run(
      ["--builtin-schema", "vendor.github-actions", file],
      program: try #require(Self.program("check-jsonschema")))
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  /// The script of the action's last step, with its inputs in the environment, against the command
  /// that was built.
  @Test func actionChecksWhatItsInputsName() throws {
    let command = try Command()
    let marker = "      run: |\n"
    let script = try #require(
      try Self.text("action.yml").components(separatedBy: marker).last)
    try command.write("check.sh", "set -euo pipefail\n" + script)
    try command.write("g.csv", "id,en,en:forbidden\n1,Golden Phoenix,Gold Phoenix\n")
    try command.write("a b.en.md", "The Gold Phoenix plan.\n")
    try command.write("c.en.md", "The Gold Phoenix plan.\n")
    try command.write("bin/concord", "#!/bin/sh\nexec '\(Command.binary.path)' \"$@\"\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: command.path("bin/concord"))
    func run(_ failOn: String) throws -> Command.Result {
      try command.run(
        [
          "PATH=\(command.path("bin")):/usr/bin:/bin", "GITHUB_OUTPUT=\(command.path("outputs"))",
          "CONCORD_PATHS=a b.en.md\n\n", "CONCORD_GLOSSARY=g.csv", "CONCORD_FAIL_ON=\(failOn)",
          "CONCORD_FORMAT=jsonl", "CONCORD_OUTPUT=found.jsonl", "CONCORD_BASELINE=",
          "CONCORD_DIRECTORY=.", "bash", "check.sh",
        ], program: URL(fileURLWithPath: "/usr/bin/env"))
    }
    #expect(try run("error").status == 1)
    let found = try command.read("found.jsonl")
    #expect(found.split(separator: "\n").count == 1)
    #expect(found.contains("\"file\":\"a b.en.md\""))
    #expect(try command.read("outputs").contains("file=./found.jsonl"))
    #expect(try run("never").status == 0)
  }

  @Test func manualNamesVerbsAndOptionsThatThereAre() throws {
    let command = try Command()
    let manual = try Self.text("docs/ci.md")
    let words = manual.split { !($0.isLetter || $0.isNumber || $0 == "-") }.map(String.init)
    let options = Set(words.filter { $0.hasPrefix("--") && $0.count > 3 })
    let help = try ["init", "check", "lint", "selftest"].map {
      try command.run($0, "--help").output
    }
    .joined()
    #expect(options.contains("--warn-only"))
    // Options of the baseline and of other programs are not ours to look up here.
    let others: Set<String> = ["--baseline", "--update-baseline", "--from"]
    for option in options.subtracting(others).sorted() {
      #expect(help.contains(option), "\(option) is in docs/ci.md and in no help")
    }
  }
}
