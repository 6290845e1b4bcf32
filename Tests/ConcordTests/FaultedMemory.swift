import Bitext
import Foundation
import GRDB
import Store
import TestSupport
import Testing

/// A project whose memory has an index, for faults to happen to copies of it.
struct FaultedMemory {
  let command: Command
  private let strace: URL

  /// What a memory says: its units, and its answers to some questions.
  struct Content: Equatable {
    var units: [String]
    var answers: [String]
  }

  /// How a faulted run ended.
  struct Outcome {
    var result: Command.Result
    /// Whether the fault happened at all.
    var wasReached: Bool
    /// The copy that it happened to, and its store.
    var folder: String
    var store: String
  }

  /// - Returns: `nil` where system calls cannot be traced.
  init?() throws {
    guard let strace = Judge("strace")?.url else {
      Judge.skipped("faults of system calls")
      return nil
    }
    self.strace = strace
    command = try Command()
    let trace = try command.run(["-f", "-o", "probe", "true"], program: strace)
    guard trace.status == 0 else {
      Judge.skipped("faults of system calls, which may not be traced here")
      return nil
    }
    try command.write("base/a.tsv", Self.table("science city", "科学城", 0..<200))
    try command.write("base/b.tsv", Self.table("park", "公园", 0..<40))
    try run("base", ["init"])
    try run("base", ["import", "--as", "memory", "a.tsv"])
    _ = try ConcordStore(path: store("base"), access: .write).updateIndex()
  }

  static func table(_ english: String, _ chinese: String, _ numbers: Range<Int>) -> String {
    "en\tzh-Hans\n"
      + numbers.map { "The \(english) number \($0) opens\t\(chinese)第\($0)座开放\n" }.joined()
  }

  func store(_ folder: String) -> String { command.path("\(folder)/.concord/store.sqlite") }

  func copy(_ folder: String, to other: String) throws {
    try? FileManager.default.removeItem(atPath: command.path(other))
    try FileManager.default.copyItem(atPath: command.path(folder), toPath: command.path(other))
  }

  /// Runs the command in a folder.
  @discardableResult
  func run(_ folder: String, _ arguments: [String]) throws -> Command.Result {
    let directory = "cd '\(command.path(folder))' && exec \"$0\" \"$@\""
    return try command.run(
      ["-c", directory, Command.binary.path] + arguments, program: URL(fileURLWithPath: "/bin/sh"))
  }

  /// Runs the command in a new copy of a folder, where a fault happens to a system call.
  ///
  /// - Parameters:
  ///   - folder: that is copied.
  ///   - arguments: of the command.
  ///   - call: the system call.
  ///   - fault: what happens to it, as strace spells it, with when.
  /// - Returns: how it ended.
  /// - Throws: when nothing can be run.
  func run(
    copyOf folder: String, _ arguments: [String], faulting call: String, _ fault: String
  ) throws -> Outcome {
    try copy(folder, to: "case")
    let script = "cd '\(command.path("case"))' && exec \"$0\" \"$@\""
    let traced = [
      "-f", "-o", command.path("trace"), "-e", "trace=\(call)", "-e", "inject=\(call):\(fault)",
      Command.binary.path,
    ]
    let result = try command.run(
      ["-c", script, strace.path] + traced + arguments, program: URL(fileURLWithPath: "/bin/sh"))
    let trace = try command.read("trace")
    return Outcome(
      result: result,
      wasReached: trace.contains("(INJECTED)") || trace.contains("killed by SIGKILL"),
      folder: "case", store: store("case"))
  }

  /// What the memory of a folder says.
  func content(_ folder: String) throws -> Content {
    let store = try ConcordStore(path: store(folder), access: .read)
    var content = Content(units: [], answers: [])
    try store.forEachUnit { content.units.append("\($0.id ?? 0) \($0.source) \($0.target)") }
    for text in ["The science city number 7 closes", "公园第7座关闭", "The park number 12 opens"] {
      for match in try store.search(MemoryQuery(text: text, minimum: 0.5, limit: 9)) {
        content.answers.append("\(text): \(match.score) \(match.unit.id ?? 0)")
      }
    }
    for text in ["城", "park number 3", "第11座"] {
      for hit in try store.concordance(text, limit: nil) {
        content.answers.append("\(text): \(hit.unit.id) \(hit.side) \(hit.range)")
      }
    }
    return content
  }

  /// Expects that nothing is damaged, and nothing left over behind the next change.
  func expectWhole(_ folder: String, _ comment: Comment) throws {
    let queue = try DatabaseQueue(path: store(folder))
    let verdict = try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
    #expect(verdict == ["ok"], comment)
    try queue.close()
    let change = try run(folder, ["memory", "edit", "--id", "1", "--set-note", "whole", "-q"])
    #expect(change.status == 0, "\(comment): \(change.errors)")
    let store = try ConcordStore(path: store(folder), access: .write)
    #expect(try store.updateIndex(), comment)
    let status = try store.indexStatus()
    #expect(status.damage == nil, comment)
    #expect(status.pendingCount == 0, comment)
    let files = try FileManager.default.subpathsOfDirectory(atPath: command.path(folder))
    let known = Set(status.segments.map { URL(fileURLWithPath: $0.file).lastPathComponent })
    let usual: Set = [
      "a.tsv", "b.tsv", "concord.yml", ".concord", ".gitignore", "store.sqlite",
      "store.sqlite-wal", "store.sqlite-shm", "store.sqlite-index", "lock",
    ]
    let left = files.map { URL(fileURLWithPath: $0).lastPathComponent }
      .filter { !usual.contains($0) && !known.contains($0) }
    #expect(left == [], comment)
  }

  /// Takes the index's files away.
  func removeSegments(_ folder: String) throws {
    for file in try segments(folder) { try FileManager.default.removeItem(atPath: file) }
  }

  func segments(_ folder: String) throws -> [String] {
    let index = store(folder) + "-index"
    return try FileManager.default.contentsOfDirectory(atPath: index)
      .filter { $0.hasSuffix(".segment") }.sorted().map { "\(index)/\($0)" }
  }
}
