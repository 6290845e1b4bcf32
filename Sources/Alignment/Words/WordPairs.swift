/// The pairs of types that stand together in some pair of texts, numbered, and for each pair of
/// texts a table of those numbers.
///
/// A row is a source type with all the target types that it meets. The table of a text pair has a
/// row for each source word and a column for each target word, so that a model's parameters are
/// found without a search.
struct WordPairs: Sendable {
  /// Where each row starts; one more for the end.
  let rowStarts: [Int]
  /// The target type of each pair.
  let targets: FixedBuffer<UInt32>
  /// The number of each cell's pair, table after table, row after row.
  let cells: FixedBuffer<UInt32>
  /// Where each table starts; one more for the end.
  let cellStarts: [Int]
  /// For each source type its words: where their row of cells starts, and in which text pair.
  let occurrenceStarts: [Int]
  let occurrences: FixedBuffer<Occurrence>

  struct Occurrence {
    var cell: Int
    var columns: Int32
    var text: UInt32
  }

  var count: Int { targets.count }
  var rows: Int { rowStarts.count - 1 }

  init(_ source: WordCorpus.Side, _ target: WordCorpus.Side, texts: [UInt32]) {
    var cellStarts = [0]
    cellStarts.reserveCapacity(texts.count + 1)
    for text in texts {
      let size = source.tokens(of: Int(text)).count * target.tokens(of: Int(text)).count
      cellStarts.append(cellStarts[cellStarts.count - 1] + size)
    }
    let rows = source.vocabulary.count
    (occurrenceStarts, occurrences) = Self.index(source, target, texts, cellStarts, rows)
    let cells = FixedBuffer<UInt32>(
      repeating: 0, count: cellStarts[cellStarts.count - 1])
    let blocks = Self.fillCells(
      cells, rows, occurrenceStarts, occurrences, target, texts)
    (rowStarts, targets) = Self.number(blocks, cells, rows, occurrenceStarts, occurrences)
    self.cells = cells
    self.cellStarts = cellStarts
  }

  /// The words of each source type.
  private static func index(
    _ source: WordCorpus.Side, _ target: WordCorpus.Side, _ texts: [UInt32], _ cellStarts: [Int],
    _ rows: Int
  ) -> ([Int], FixedBuffer<Occurrence>) {
    var starts = [Int](repeating: 0, count: rows + 1)
    for text in texts {
      for token in source.tokens(of: Int(text)) { starts[Int(source.types[token]) + 1] += 1 }
    }
    for row in 0..<rows { starts[row + 1] += starts[row] }
    var next = starts
    let list = FixedBuffer(
      repeating: Occurrence(cell: 0, columns: 0, text: 0), count: starts[rows])
    for (index, text) in texts.enumerated() {
      let columns = target.tokens(of: Int(text)).count
      var cell = cellStarts[index]
      for token in source.tokens(of: Int(text)) {
        let row = Int(source.types[token])
        list[next[row]] = Occurrence(
          cell: cell, columns: Int32(truncatingIfNeeded: columns), text: text)
        next[row] += 1
        cell += columns
      }
    }
    return (starts, list)
  }

  /// Rows that one thread numbered from 0.
  private struct Block: Sendable {
    var rows: Range<Int>
    var sizes: [Int] = []
    var targets: [UInt32] = []
  }

  /// How many blocks of rows there are, whatever the number of cores.
  private static let blockCount = 32

  private static func fillCells(
    _ cells: FixedBuffer<UInt32>, _ rows: Int, _ starts: [Int],
    _ occurrences: FixedBuffer<Occurrence>, _ target: WordCorpus.Side, _ texts: [UInt32]
  ) -> [Block] {
    let ranges = balanced(rows, starts)
    let result = SharedSlots<Block>(count: ranges.count)
    inParts(of: ranges.count, ranges.count) { part in
      for index in part {
        var block = Block(rows: ranges[index])
        var seen = [UInt32](repeating: .max, count: target.vocabulary.count)
        var local = [UInt32](repeating: 0, count: target.vocabulary.count)
        for row in block.rows {
          let first = block.targets.count
          for place in starts[row]..<starts[row + 1] {
            let occurrence = occurrences[place]
            var cell = occurrence.cell
            for token in target.tokens(of: Int(occurrence.text)) {
              let type = Int(target.types[token])
              if seen[type] != UInt32(truncatingIfNeeded: row) {
                seen[type] = UInt32(truncatingIfNeeded: row)
                local[type] = UInt32(truncatingIfNeeded: block.targets.count)
                block.targets.append(UInt32(truncatingIfNeeded: type))
              }
              cells[cell] = local[type]
              cell += 1
            }
          }
          block.sizes.append(block.targets.count - first)
        }
        result[index] = block
      }
    }
    return (0..<ranges.count).compactMap { result[$0] }
  }

  /// Rows in ranges with about as many words in each.
  private static func balanced(_ rows: Int, _ starts: [Int]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var first = 0
    for row in 0..<rows where starts[row + 1] * blockCount >= starts[rows] * (ranges.count + 1) {
      ranges.append(first..<row + 1)
      first = row + 1
    }
    if first < rows { ranges.append(first..<rows) }
    return ranges
  }

  /// Puts the blocks one behind the other.
  private static func number(
    _ blocks: [Block], _ cells: FixedBuffer<UInt32>, _ rows: Int, _ starts: [Int],
    _ occurrences: FixedBuffer<Occurrence>
  ) -> ([Int], FixedBuffer<UInt32>) {
    var rowStarts = [0]
    rowStarts.reserveCapacity(rows + 1)
    var offsets = [0]
    for block in blocks {
      for size in block.sizes { rowStarts.append(rowStarts[rowStarts.count - 1] + size) }
      offsets.append(offsets[offsets.count - 1] + block.targets.count)
    }
    let targets = FixedBuffer<UInt32>(repeating: 0, count: offsets[blocks.count])
    let fixedOffsets = offsets
    inParts(of: blocks.count, blocks.count) { part in
      for index in part {
        let block = blocks[index]
        let offset = fixedOffsets[index]
        block.targets.withUnsafeBufferPointer { source in
          guard let start = source.baseAddress else { return }
          (targets.base + offset).update(from: start, count: source.count)
        }
        for row in block.rows {
          for place in starts[row]..<starts[row + 1] {
            let occurrence = occurrences[place]
            for cell in occurrence.cell..<occurrence.cell + Int(occurrence.columns) {
              cells[cell] += UInt32(truncatingIfNeeded: offset)
            }
          }
        }
      }
    }
    return (rowStarts, targets)
  }
}

/// Places that threads fill, each its own.
final class SharedSlots<Element: Sendable>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Element?>
  private let count: Int

  init(count: Int) {
    self.count = count
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: nil, count: count)
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  subscript(index: Int) -> Element? {
    get { base[index] }
    set { base[index] = newValue }
  }
}
