import Foundation
import Testing

/// `check --watch`, as a person uses it: started, and left alone while files change.
@Suite struct WatchTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.write("g.csv", "id,en,en:forbidden\n1,Golden Phoenix,Gold Phoenix\n2,moon,luna\n")
  }

  /// A command that goes on by itself.
  private final class Watch {
    private let process = Process()
    private let command: Command
    private let folder: String

    /// The last argument names the folder where its outputs go.
    init(_ command: Command, _ arguments: [String], outputsIn folder: String = ".watch") throws {
      self.command = command
      self.folder = folder
      for name in ["out.txt", "err.txt"] { try command.write(folder + "/" + name, "") }
      process.executableURL = Command.binary
      process.arguments = ["check", "--watch"] + arguments
      process.currentDirectoryURL = command.directory
      process.environment = [
        "HOME": command.directory.path, "XDG_CACHE_HOME": Command.cache.path,
        "PATH": "/usr/bin:/bin",
      ]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try handle("out.txt")
      process.standardError = try handle("err.txt")
      try process.run()
    }

    deinit { if process.isRunning { process.terminate() } }

    private func handle(_ name: String) throws -> FileHandle {
      try FileHandle(forWritingTo: URL(fileURLWithPath: command.path(folder + "/" + name)))
    }

    var output: String { (try? command.read(folder + "/out.txt")) ?? "" }
    var errors: String { (try? command.read(folder + "/err.txt")) ?? "" }

    /// Waits until the program has said something, on either of its outputs.
    func wait(for text: String) -> Bool {
      // Far longer than it takes on a busy machine; only a failure takes so long.
      for _ in 0..<1200 {
        if errors.contains(text) || output.contains(text) { return true }
        if !process.isRunning { return false }
        Thread.sleep(forTimeInterval: 0.05)
      }
      return false
    }

    /// Ctrl-C.
    func interrupt() -> Int32 {
      process.interrupt()
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  @Test func newFindingsComeOnceAndCtrlCEndsWell() throws {
    try command.write("docs/a.en.md", "The Gold Phoenix plan.\n")
    try command.write("docs/b.en.md", "The Golden Phoenix plan.\n")
    let watch = try Watch(command, ["docs", "--glossary", "g.csv", "--format", "jsonl"])
    #expect(watch.wait(for: "1 finding in 2 files; watching"))
    // What stood there before has moved down, and is not said again.
    try command.write("docs/a.en.md", "New.\n\nThe Gold Phoenix plan.\n\nLuna and luna.\n")
    #expect(watch.wait(for: "docs/a.en.md changed: 2 new, 0 gone, 3 in all"))
    try command.write("docs/c.en.md", "Luna again.\n")
    #expect(watch.wait(for: "docs/c.en.md changed: 1 new, 0 gone, 4 in all"))
    try FileManager.default.removeItem(atPath: command.path("docs/a.en.md"))
    #expect(watch.wait(for: "docs/a.en.md changed: 0 new, 3 gone, 1 in all"))
    let status = watch.interrupt()
    #expect(status == 0)
    let lines = watch.output.split(separator: "\n")
    #expect(lines.count == 4, "\(watch.output)")
    #expect(Set(lines).count == 4)
  }

  @Test func glossaryIsWatchedTooAndMayBeBrokenForAWhile() throws {
    try command.write("a.en.md", "The silver phoenix plan.\n")
    let watch = try Watch(command, ["a.en.md", "--glossary", "g.csv"])
    #expect(watch.wait(for: "0 findings in 1 file; watching"))
    try command.write("g.csv", "id,en,en:forbidden\n1,\"Golden\n")
    #expect(watch.wait(for: "never ends"))
    try command.write("g.csv", "id,en,en:forbidden\n1,Golden Phoenix,silver phoenix\n")
    #expect(watch.wait(for: "g.csv changed: 1 new, 0 gone, 1 in all"))
    #expect(watch.output.contains("a.en.md:1:5: error[forbidden-term]"))
    #expect(watch.interrupt() == 0)
  }

  @Test func itsOwnOutputIsNotChecked() throws {
    try command.write("docs/a.en.md", "The Gold Phoenix plan.\n")
    let watch = try Watch(command, ["docs", "--glossary", "g.csv"], outputsIn: "docs")
    #expect(watch.wait(for: "1 finding in 1 file; watching"))
    try command.write("docs/a.en.md", "The Gold Phoenix plan. Luna.\n")
    #expect(watch.wait(for: "docs/a.en.md changed: 1 new, 0 gone, 2 in all"))
    #expect(watch.interrupt() == 0)
  }

  @Test func whatHasAnEndIsRefused() throws {
    try command.write("a.en.md", "Gold Phoenix.\n")
    let json = try command.run(
      "check", "a.en.md", "--glossary", "g.csv", "--watch", "--format", "json")
    #expect(json.status == 2)
    let batch = try command.run(
      "batch", input: #"{"command":["check","a.en.md","--glossary","g.csv","--watch"]}"# + "\n")
    #expect(batch.status == 2)
    #expect(batch.output.contains("--watch has no place in a batch"))
    // At the start there must be something to watch.
    #expect(try command.run("check", "nix*.md", "--glossary", "g.csv", "--watch").status == 2)
  }
}
