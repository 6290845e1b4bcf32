public import Bitext
internal import Formats
internal import Segmentation
public import Store

/// The flow behind `search --batch`: many queries at once, on all cores, answered in order.
public struct SearchFlow: Sendable {
  /// One query of a batch.
  public struct Line: Sendable, Hashable {
    /// From 1.
    public var number: Int
    public var text: String
  }

  private let stores: StorePool
  private let threads: Int

  /// Queries that are read together, and those of one item of work.
  private static let (blockSize, itemSize) = (4096, 16)

  /// - Parameters:
  ///   - storePath: the store, which must be there.
  ///   - threads: how many work at a time; `nil` for all that the machine has.
  public init(storePath: String, threads: Int? = nil) {
    stores = StorePool(path: storePath)
    self.threads = threads ?? Processors.count
  }

  /// Searches for each line of a file; blank ones are passed over.
  ///
  /// - Parameters:
  ///   - path: UTF-8, one query a line; `-` is standard input.
  ///   - template: what all queries have in common.
  ///   - report: hears of lines that are no text; the others are searched for all the same.
  ///   - work: makes something of the matches of a line, on some thread.
  ///   - deliver: takes what was made, in the order of the lines.
  /// - Throws: `Trouble` for a file that is no text and a store that cannot be read.
  public func search<Made: Sendable>(
    _ path: String, like template: MemoryQuery, report: (Trouble) -> Void,
    work: @escaping @Sendable (Line, [MemoryMatch]) -> Made, deliver: (Made) throws -> Void
  ) throws {
    var block: [Line] = []
    try QueryLines.forEach(in: path, report: report) { line in
      block.append(line)
      if block.count == Self.blockSize {
        try search(block, template, work, deliver)
        block.removeAll(keepingCapacity: true)
      }
    }
    try search(block, template, work, deliver)
  }

  /// Why the index could not be used, so that rows were searched one by one; `nil` when it could.
  public func takeIndexTrouble() -> Trouble? { stores.takeIndexTrouble() }

  private func search<Made: Sendable>(
    _ lines: [Line], _ template: MemoryQuery,
    _ work: @escaping @Sendable (Line, [MemoryMatch]) -> Made, _ deliver: (Made) throws -> Void
  ) throws {
    let (stores, size) = (stores, Self.itemSize)
    try OrderedWork(threads: threads).run(count: (lines.count + size - 1) / size) { item in
      let part = lines[item * size..<min(lines.count, (item + 1) * size)]
      return Result {
        try stores.with { store in
          try part.map { line in
            var query = template
            query.text = line.text
            return work(line, try store.search(query))
          }
        }
      }
    } deliver: { (_: Int, result: Result<[Made], any Error>) in
      for made in try result.get() { try deliver(made) }
    }
  }
}

/// Reads queries, one a line.
private enum QueryLines {
  /// A line of more bytes is none that anyone wrote as a query, and would be held whole.
  private static let longest = 1 << 24
  /// Lines that are no text are reported one by one up to this many.
  private static let reports = 10

  static func forEach(
    in path: String, report: (Trouble) -> Void, _ body: (SearchFlow.Line) throws -> Void
  ) throws {
    var file = try InputFile(path)
    let name = path == "-" ? Files.standardInputName : path
    var (bytes, number, bad): ([UInt8], Int, Int) = ([], 0, 0)
    func take(_ line: ArraySlice<UInt8>) throws {
      number += 1
      var line = line.last == 0x0D ? line.dropLast() : line
      if number == 1 {
        try check(line, name)
        if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
      }
      let text = Array(line)
      guard !text.contains(0) else {
        throw Trouble(
          "holds a zero byte: a batch is text, one query a line", file: name, line: number)
      }
      guard text.span.firstInvalidUTF8() == nil else {
        bad += 1
        if bad <= reports {
          report(
            Trouble("is not UTF-8: this query is left out", file: name, line: number))
        }
        return
      }
      let query = SearchFlow.Line(number: number, text: String(decoding: text, as: UTF8.self))
      if !MatchKey(query.text).bytes.isEmpty { try body(query) }
    }
    while try file.read(into: &bytes) {
      var start = 0
      while let end = bytes[start...].firstIndex(of: 0x0A) {
        try take(bytes[start..<end])
        start = end + 1
      }
      bytes.removeFirst(start)
      guard bytes.count <= longest else {
        throw Trouble(
          "is longer than 16 MB: a batch has one query a line", file: name, line: number + 1)
      }
    }
    if !bytes.isEmpty { try take(bytes[...]) }
    if bad > reports {
      report(Trouble("has \(bad) lines that are not UTF-8: save it as UTF-8", file: name))
    }
  }

  private static func check(_ line: ArraySlice<UInt8>, _ name: String) throws(Trouble) {
    if line.starts(with: [0xFF, 0xFE]) || line.starts(with: [0xFE, 0xFF]) {
      throw Trouble("is UTF-16: save it as UTF-8", file: name)
    }
  }
}
