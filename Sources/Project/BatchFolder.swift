internal import Bitext
internal import Formats

/// The folder that a batch writes its results to, one file a pair, with a journal of what was
/// finished: a batch that was stopped half-way goes on from there.
///
/// A line of the journal names a result, what it was made from and what it holds, both as hashes.
/// It is written when the result stands under its name, so that a result that was cut off, changed
/// or made from something else is never taken for a finished one. At the end its lines are put in
/// order: it, too, is the same whichever way it came about.
final class BatchFolder {
  static let journalName = ".concord-align"

  private struct Entry {
    var input: String
    var content: String
  }

  private let folder: String
  private var entries: [String: Entry] = [:]
  private var journal: OutputFile?

  /// - Throws: `Trouble` for a folder that cannot be made and a journal that cannot be read.
  init(_ folder: String) throws(Trouble) {
    self.folder = folder
    try Files.makeDirectories(folder)
    if Files.kind(of: path) == .file { entries = Self.entries(try Files.read(path)) }
  }

  /// The results that were finished, by what they were made from.
  var finished: FinishedResults {
    FinishedResults(folder: folder, entries: entries.mapValues { ($0.input, $0.content) })
  }

  /// Notes that a result is finished.
  func note(_ name: String, input: ContentHash, content: ContentHash) throws {
    if journal == nil {
      // What an interrupted run left half written must not run into the first line.
      try rewrite()
      journal = try OutputFile.appending(to: path)
    }
    let entry = Entry(input: input.text, content: content.text)
    entries[name] = entry
    try journal?.write(Self.line(name, entry))
    try journal?.flush()
  }

  /// Puts the journal in order.
  func finish() throws { if journal != nil { try rewrite() } }

  private var path: String { Files.join(folder, Self.journalName) }

  private func rewrite() throws {
    let file = try OutputFile.replacing(path)
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      try file.write(Self.line(name, entry))
    }
    try file.finish()
  }

  private static func line(_ name: String, _ entry: Entry) -> String {
    "\(entry.input)\t\(entry.content)\t\(name)\n"
  }

  private static func entries(_ bytes: [UInt8]) -> [String: Entry] {
    var entries: [String: Entry] = [:]
    var start = 0
    // A last line without its end was cut off.
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      let fields = bytes[start..<end].split(separator: 0x09).map {
        String(decoding: $0, as: UTF8.self)
      }
      if fields.count == 3 { entries[fields[2]] = Entry(input: fields[0], content: fields[1]) }
      start = end + 1
    }
    return entries
  }
}

/// What an earlier run finished.
struct FinishedResults: Sendable {
  let folder: String
  let entries: [String: (input: String, content: String)]

  /// Whether a result is there, whole, and made from just this input.
  func contain(_ name: String, input: ContentHash) -> Bool {
    guard let entry = entries[name], entry.input == input.text else { return false }
    let path = Files.join(folder, name)
    guard Files.kind(of: path) == .file, let bytes = try? Files.read(path) else { return false }
    return ContentHash(of: bytes).text == entry.content
  }
}
