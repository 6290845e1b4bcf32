/// Leads from byte offsets in a text to byte offsets in the file that it was read from.
///
/// The text differs from the file where markup was left out, an entity was resolved or the
/// encoding was another one. A run says that `count` units of `textUnit` bytes each came from as
/// many units of `sourceUnit` bytes: `(1, 1)` for text that stands in the file as it is, `(3, 2)`
/// for Chinese out of UTF-16, and a single `(1, 5)` for `&` out of `&amp;`.
public struct PositionMap: Sendable {
  struct Run: Sendable {
    var text: Int
    var source: Int
    var count: Int
    var textUnit: Int
    var sourceUnit: Int

    var textEnd: Int { text + count * textUnit }
    var sourceEnd: Int { source + count * sourceUnit }
  }

  private(set) var runs: [Run] = []

  /// A map without any run: every offset leads to itself.
  public init() {}

  /// The map of a text of `count` bytes that stands in its file from `source` on.
  public init(verbatim count: Int, at source: Int = 0) {
    append(text: 0, source: source, count: count)
  }

  /// Says where the next bytes of the text came from. Calls go forward in the text.
  ///
  /// - Parameters:
  ///   - text: where the run starts in the text, in bytes.
  ///   - source: where it starts in the file, in bytes.
  ///   - count: how many units it holds.
  ///   - textUnit: bytes of a unit in the text.
  ///   - sourceUnit: bytes of a unit in the file.
  public mutating func append(
    text: Int, source: Int, count: Int, textUnit: Int = 1, sourceUnit: Int = 1
  ) {
    guard count > 0 else { return }
    if let last = runs.last, last.textUnit == textUnit, last.sourceUnit == sourceUnit,
      last.textEnd == text, last.sourceEnd == source
    {
      runs[runs.count - 1].count += count
      return
    }
    runs.append(
      Run(text: text, source: source, count: count, textUnit: textUnit, sourceUnit: sourceUnit))
  }

  /// Appends the runs of another map, whose text starts at `offset` in this one's.
  public mutating func append(contentsOf other: PositionMap, at offset: Int) {
    for run in other.runs {
      append(
        text: run.text + offset, source: run.source, count: run.count, textUnit: run.textUnit,
        sourceUnit: run.sourceUnit)
    }
  }

  /// The place in the file of the text's byte at `offset`, as the start of something.
  public func source(at offset: Int) -> Int {
    guard let index = run(at: offset) else { return runs.first?.source ?? offset }
    let run = runs[index]
    guard offset < run.textEnd else {
      // Between two runs stands text that the reader put in, such as the line feed after a block.
      return run.sourceEnd
    }
    return run.source + (offset - run.text) / run.textUnit * run.sourceUnit
  }

  /// The bytes of the file behind a byte range of the text.
  ///
  /// The end is where the last byte of the range ends, not where the byte after it starts: markup
  /// that follows is left out.
  public func source(_ range: Range<Int>) -> Range<Int> {
    if runs.isEmpty { return range }
    let start = source(at: range.lowerBound)
    guard !range.isEmpty, let index = run(at: range.upperBound - 1) else { return start..<start }
    let run = runs[index]
    let units = (min(range.upperBound, run.textEnd) - run.text + run.textUnit - 1) / run.textUnit
    return start..<max(start, run.source + units * run.sourceUnit)
  }

  /// The byte of the text that came from the file's byte at `offset`: the way back, for maps whose
  /// runs ascend in the file too, as those of decoded files do.
  public func text(at offset: Int) -> Int {
    guard !runs.isEmpty else { return offset }
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].source <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return runs[0].text }
    let run = runs[low - 1]
    guard offset < run.sourceEnd else { return run.textEnd }
    return run.text + (offset - run.source) / run.sourceUnit * run.textUnit
  }

  /// The map from the text through a middle text to the file behind that one.
  ///
  /// `outer` leads from the middle text, this map's file, to the real file.
  public func composed(with outer: PositionMap) -> PositionMap {
    guard !outer.runs.isEmpty else { return self }
    guard !runs.isEmpty else { return outer }
    var result = PositionMap()
    for run in runs {
      guard run.textUnit == 1, run.sourceUnit == 1 else {
        for unit in 0..<run.count {
          let source = run.source + unit * run.sourceUnit
          let place = outer.source(source..<source + run.sourceUnit)
          result.append(
            text: run.text + unit * run.textUnit, source: place.lowerBound, count: 1,
            textUnit: run.textUnit, sourceUnit: place.count)
        }
        continue
      }
      outer.forEachRun(in: run.source..<run.sourceEnd) { part in
        result.append(
          text: run.text + part.text - run.source, source: part.source, count: part.count,
          textUnit: part.textUnit, sourceUnit: part.sourceUnit)
      }
    }
    return result
  }

  /// The same map in no more memory than it takes.
  package var withoutSpareRoom: PositionMap {
    var map = self
    map.runs = runs.withoutSpareRoom
    return map
  }

  /// The runs that lie in a range of the text, cut to it at whole units.
  private func forEachRun(in range: Range<Int>, _ body: (Run) -> Void) {
    var index = run(at: range.lowerBound) ?? 0
    while index < runs.count, runs[index].text < range.upperBound {
      var part = runs[index]
      index += 1
      let skipped = max(0, range.lowerBound - part.text) / part.textUnit
      part.text += skipped * part.textUnit
      part.source += skipped * part.sourceUnit
      part.count -= skipped
      part.count = min(
        part.count, (range.upperBound - part.text + part.textUnit - 1) / part.textUnit)
      if part.count > 0 { body(part) }
    }
  }

  /// The last run that starts at or before an offset.
  private func run(at offset: Int) -> Int? {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].text <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}

extension Array {
  /// The same elements in no more memory than they take: an array that has grown has room for as
  /// many again.
  package var withoutSpareRoom: [Element] {
    [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = buffer.initialize(fromContentsOf: self)
    }
  }
}
