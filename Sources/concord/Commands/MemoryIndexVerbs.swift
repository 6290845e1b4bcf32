internal import ArgumentParser
internal import Bitext
internal import Project
internal import Store

struct MemoryReindex: Verb {
  static let configuration = CommandConfiguration(
    commandName: "reindex",
    abstract: "Make the index of the memory anew.",
    discussion: """
      The index beside the store is what makes searches fast. It follows the memory by itself and \
      is made anew when it is missing or damaged; this does so at once, from the units alone.

        concord memory reindex
      """)

  @Flag(help: "Only bring it up to the units that it has not got yet.")
  var update = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.write)
    let isDone = try session.withProgress { progress in
      try store.updateIndex(startsOver: !update) { done, total in
        progress.say("indexed \(done) of \(total) units")
      }
    }
    guard isDone else {
      throw Trouble("another process is making the index: it goes on by itself", file: store.path)
    }
    try IndexStatusText.print(store.indexStatus(), output, session)
    return ExitStatus.clean
  }
}

struct MemoryStatus: Verb {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Say what the index of the memory is like, and look at every byte of it.",
    discussion: """
        concord memory status
      """)

  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let status = try place.workspace(session).store(.read).indexStatus()
    try IndexStatusText.print(status, output, session)
    return status.damage == nil ? ExitStatus.clean : ExitStatus.findings
  }
}

/// Prints what the index is like.
enum IndexStatusText {
  static func print(
    _ status: ConcordStore.IndexStatus, _ output: OutputOptions, _ session: Session
  ) throws {
    var printer = try ResultPrinter(session, output, limit: 0)
    try printer.print(json: json(status), text: text(status))
    try printer.finish()
  }

  private static func json(_ status: ConcordStore.IndexStatus) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("units", status.segments.reduce(0) { $0 + $1.unitCount - $1.deadCount })
      writer.member("pending", status.pendingCount)
      writer.member("bytes", status.segments.reduce(0) { $0 + $1.size })
      writer.member("damage", status.damage)
      writer.key("segments")
      writer.array(status.segments) { writer, segment in
        writer.object { writer in
          writer.member("file", segment.file)
          writer.member("units", segment.unitCount)
          writer.member("dead", segment.deadCount)
          writer.member("bytes", segment.size)
        }
      }
    }
    return writer.text
  }

  private static func text(_ status: ConcordStore.IndexStatus) -> String {
    var lines: [String] = []
    for segment in status.segments {
      let dead = segment.deadCount > 0 ? ", \(segment.deadCount) of them changed since" : ""
      lines.append("\(segment.file.visible): \(segment.unitCount) units\(dead), \(segment.size) bytes")
    }
    if status.pendingCount > 0 {
      lines.append("\(status.pendingCount) units wait, and are searched one by one")
    }
    if lines.isEmpty { lines.append("the memory is empty") }
    if let damage = status.damage {
      lines.append("damaged: \(damage.visible)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
