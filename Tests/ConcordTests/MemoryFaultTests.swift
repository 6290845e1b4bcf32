import Bitext
import Foundation
import Store
import Testing

/// Processes that are killed, disks that are full or broken, files that go away: what was
/// acknowledged stays, and searches are right.
@Suite struct MemoryFaultTests {
  private static let importing = ["import", "--as", "memory", "b.tsv"]
  private static let deleting = ["memory", "delete", "--source-text", "number 7", "-q"]

  /// Kills a command at every `step`-th of some calls, until there are no more.
  private func killEverywhere(
    _ memory: FaultedMemory, _ arguments: [String], base: String, at call: String, step: Int,
    allows states: [FaultedMemory.Content]
  ) throws -> Int {
    var count = 0
    for place in stride(from: 1, through: 400, by: step) {
      let outcome = try memory.run(
        copyOf: base, arguments, faulting: call, "signal=KILL:when=\(place)")
      let comment: Comment = "\(arguments[0]) killed at \(call) \(place)"
      let content = try memory.content(outcome.folder)
      guard outcome.wasReached else {
        #expect(outcome.result.status == 0, comment)
        #expect(content == states.last, comment)
        return count
      }
      count += 1
      #expect(states.contains(content), comment)
      try memory.expectWhole(outcome.folder, comment)
    }
    Issue.record("\(call) has no end")
    return count
  }

  @Test(arguments: [importing, deleting])
  func killedChangesAreThereWholeOrNotAtAll(arguments: [String]) throws {
    guard let memory = try FaultedMemory() else { return }
    let before = try memory.content("base")
    try memory.copy("base", to: "after")
    #expect(try memory.run("after", arguments).status == 0)
    let after = try memory.content("after")
    #expect(before != after)
    var killed = 0
    for (call, step) in [("pwrite64", 7), ("fdatasync", 1), ("ftruncate", 1), ("unlink", 1)] {
      killed += try killEverywhere(
        memory, arguments, base: "base", at: call, step: step, allows: [before, after])
    }
    #expect(killed > 5)
  }

  @Test func killedWhileTheIndexIsMadeAnew() throws {
    guard let memory = try FaultedMemory() else { return }
    let content = try memory.content("base")
    try memory.copy("base", to: "bare")
    try memory.removeSegments("bare")
    let search = ["search", "The science city number 7 closes", "-q"]
    var killed = 0
    for call in ["write", "fsync", "rename", "pwrite64", "fdatasync", "flock"] {
      killed += try killEverywhere(
        memory, search, base: "bare", at: call, step: call == "pwrite64" ? 3 : 1,
        allows: [content])
    }
    #expect(killed > 5)
  }

  @Test(arguments: [[], ["--update"]])
  func killedWhileTheIndexIsBroughtUpToTheUnits(options: [String]) throws {
    guard let memory = try FaultedMemory() else { return }
    #expect(try memory.run("base", Self.importing).status == 0)
    #expect(try memory.run("base", Self.deleting).status == 0)
    let content = try memory.content("base")
    var killed = 0
    for call in ["write", "fsync", "rename", "unlink", "fdatasync"] {
      killed += try killEverywhere(
        memory, ["memory", "reindex", "-q"] + options, base: "base", at: call, step: 1,
        allows: [content])
    }
    #expect(killed > 5)
  }

  @Test(arguments: ["ENOSPC", "EIO"])
  func anIndexThatCannotBeWrittenIsToldAndLeavesTheOldOne(error: String) throws {
    guard let memory = try FaultedMemory() else { return }
    #expect(try memory.run("base", Self.importing).status == 0)
    let content = try memory.content("base")
    for call in ["write", "fsync", "rename"] {
      let outcome = try memory.run(
        copyOf: "base", ["memory", "reindex", "-q"], faulting: call, "error=\(error):when=1+")
      let comment: Comment = "\(error) of \(call): \(outcome.result.errors)"
      #expect(outcome.result.status == 2, comment)
      #expect(try memory.content(outcome.folder) == content, comment)
      try memory.expectWhole(outcome.folder, comment)
    }
  }

  @Test(arguments: ["ENOSPC", "EIO", "EROFS"])
  func disksThatTakeNoMoreLeaveWhatWasThere(error: String) throws {
    guard let memory = try FaultedMemory() else { return }
    let before = try memory.content("base")
    try memory.copy("base", to: "after")
    try memory.run("after", Self.importing)
    let after = try memory.content("after")
    for place in [1, 2, 5, 12, 30] {
      for call in ["pwrite64", "fdatasync"] {
        let outcome = try memory.run(
          copyOf: "base", Self.importing, faulting: call, "error=\(error):when=\(place)+")
        let comment: Comment = "\(error) from \(call) \(place) on: \(outcome.result.errors)"
        let content = try memory.content(outcome.folder)
        #expect(outcome.result.status == 0 || outcome.result.status == 2, comment)
        if outcome.result.status == 0 {
          #expect(content == after, comment)
        } else {
          #expect(content == before, comment)
          #expect(outcome.result.errors.contains("store.sqlite: "), comment)
        }
        try memory.expectWhole(outcome.folder, comment)
      }
    }
  }

  @Test(arguments: ["ENOSPC", "EIO", "EROFS"])
  func anIndexThatCannotBeWrittenLeavesSearchesRight(error: String) throws {
    guard let memory = try FaultedMemory() else { return }
    let content = try memory.content("base")
    try memory.copy("base", to: "bare")
    try memory.removeSegments("bare")
    let text = "The science city number 7 closes"
    let right = try memory.run("base", ["search", text, "--format", "jsonl", "-q"])
    #expect(right.lines.count == 5)
    // Results are written to a file, so that its writes are those of the index alone.
    for call in ["rename", "fsync", "mkdir"] {
      let outcome = try memory.run(
        copyOf: "bare", ["search", text, "--format", "jsonl", "-q"], faulting: call,
        "error=\(error)")
      let comment: Comment = "\(error) of \(call): \(outcome.result.errors)"
      #expect(outcome.result.status == 0, comment)
      #expect(outcome.result.output == right.output, comment)
      #expect(try memory.content(outcome.folder) == content, comment)
      try memory.expectWhole(outcome.folder, comment)
    }
  }

  @Test func aFolderThatCannotBeMadeLeavesSearchesRightAndIsTold() throws {
    let command = try Command()
    try command.write("a.tsv", FaultedMemory.table("science city", "科学城", 0..<50))
    try command.run("init")
    try command.run("import", "--as", "memory", "a.tsv")
    let path = command.path(".concord/store.sqlite")
    #expect(try ConcordStore(path: path, access: .write).updateIndex())
    let text = "Where is the science city number 7 today?"
    let right = try command.run("memory", "fragments", text, "--format", "jsonl")
    #expect(right.objects.first?["text"] as? String == "science city number 7")
    try FileManager.default.removeItem(atPath: path + "-index")
    try command.write(".concord/store.sqlite-index", "in the way")
    let found = try command.run("memory", "fragments", text, "--format", "jsonl")
    #expect(found.status == 0)
    #expect(found.output == right.output)
    #expect(found.errors.contains("warning: "))
    #expect(found.errors.contains("store.sqlite-index"))
    // Changes are kept all the same.
    try command.write("b.tsv", FaultedMemory.table("park", "公园", 0..<5))
    let change = try command.run("import", "--as", "memory", "b.tsv")
    #expect(change.status == 0)
    let search = try command.run("search", "The park number 3 opens", "--format", "jsonl")
    #expect(search.objects.first?["target"] as? String == "公园第3座开放")
  }

  // MARK: Several processes

  @Test func damageBetweenTheLinesOfABatch() throws {
    guard let memory = try FaultedMemory() else { return }
    let query = #"{"op":"search","text":"The science city number 7 closes","limit":9}"#
    let right = try memory.run("base", ["batch", try script(memory, [query])]).lines[0]
    #expect(right.contains("科学城第7座开放"))
    let process = Process()
    process.executableURL = Command.binary
    process.arguments = ["batch"]
    process.currentDirectoryURL = URL(fileURLWithPath: memory.command.path("base"))
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    func ask() throws -> String {
      try input.fileHandleForWriting.write(contentsOf: Data((query + "\n").utf8))
      var answer: [UInt8] = []
      while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A {
        answer.append(byte)
      }
      return String(decoding: answer, as: UTF8.self)
    }
    #expect(try ask() == right)
    for file in try memory.segments("base") {
      for place in [9, 100, 1000, 5000] {
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        var bytes = whole
        bytes[place % bytes.count] ^= 0x10
        try bytes.write(to: URL(fileURLWithPath: file), options: .atomic)
        #expect(try ask() == right, "byte \(place) flipped")
      }
    }
    try memory.removeSegments("base")
    #expect(try ask() == right, "files removed")
    try FileManager.default.removeItem(atPath: memory.store("base") + "-index")
    #expect(try ask() == right, "folder removed")
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    try FileManager.default.removeItem(atPath: memory.command.path("base/script"))
    try memory.expectWhole("base", "after the batch")
  }

  private func script(_ memory: FaultedMemory, _ lines: [String]) throws -> String {
    try memory.command.write("base/script", lines.joined(separator: "\n") + "\n")
    return "script"
  }

  @Test func importsAtOnceAndReadersBesideThem() throws {
    let command = try Command()
    try command.run("init")
    try command.write("a.tsv", FaultedMemory.table("science city", "科学城", 0..<50))
    try command.run("import", "--as", "memory", "a.tsv")
    let path = command.path(".concord/store.sqlite")
    #expect(try ConcordStore(path: path, access: .write).updateIndex())
    let names = ["b", "c", "d"]
    let processes = try names.map { name in
      try command.write("\(name).tsv", FaultedMemory.table("park \(name)", "公园", 0..<400))
      let process = Process()
      process.executableURL = Command.binary
      process.arguments = ["import", "--as", "memory", "\(name).tsv", "-q"]
      process.currentDirectoryURL = command.directory
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      return process
    }
    var reads = 0
    while processes.contains(where: \.isRunning) || reads < 3 {
      reads += 1
      let search = try command.run("search", "The science city number 7 opens", "--format", "jsonl")
      #expect(search.status == 0)
      #expect(search.objects.first?["target"] as? String == "科学城第7座开放")
      if reads == 2 { _ = try ConcordStore(path: path, access: .write).updateIndex() }
    }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    let store = try ConcordStore(path: path, access: .write)
    #expect(try store.unitCount() == 1250)
    for round in 0..<2 {
      for name in names {
        let found = try store.search(MemoryQuery(text: "The park \(name) number 399 opens"))
        #expect(found.first?.score == 1, "round \(round)")
      }
      #expect(try store.updateIndex())
    }
  }
}
