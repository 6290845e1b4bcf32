internal import Bitext

/// The pairs of types that stand together in some pair of texts, numbered, and for each pair of
/// texts a table of those numbers.
///
/// A row is a source type with all the target types that it meets. The table of a text pair has a
/// row for each source word and a column for each target word, so that a model's parameters are
/// found without a search.
struct TypePairs: Sendable {
  /// Where each row starts; one more for the end.
  let rowStarts: [Int]
  /// The target type of each pair.
  let targets: FixedBuffer<UInt32>
  /// The number of each cell's pair, table after table, row after row.
  let cells: FixedBuffer<UInt32>
  /// Where each table starts; one more for the end.
  let tableStarts: [Int]
  /// For each source type, where its words start among ``occurrences``; one more for the end.
  let occurrenceStarts: [Int]
  let occurrences: FixedBuffer<Occurrence>

  /// A source word: the first of its cells, and the text pair that it stands in.
  struct Occurrence {
    var cell: Int
    var columns: Int32
    var text: UInt32

    var cells: Range<Int> { cell..<cell + Int(columns) }
  }

  /// How many pairs there are.
  var count: Int { targets.count }
  var rowCount: Int { rowStarts.count - 1 }

  func pairs(ofRow row: Int) -> Range<Int> { rowStarts[row]..<rowStarts[row + 1] }

  func occurrences(ofRow row: Int) -> Range<Int> {
    occurrenceStarts[row]..<occurrenceStarts[row + 1]
  }

  /// - Parameters:
  ///   - texts: which pairs of texts, by their numbers in the corpus.
  ///   - corpus: that they stand in.
  init(of texts: [UInt32], in corpus: WordCorpus) {
    var tableStarts = [0]
    tableStarts.reserveCapacity(texts.count + 1)
    for text in texts { tableStarts.append(tableStarts[tableStarts.count - 1] + corpus.size(text)) }
    self.tableStarts = tableStarts
    (occurrenceStarts, occurrences) = Self.index(texts, corpus, tableStarts)
    cells = FixedBuffer(repeating: 0, count: tableStarts[texts.count])
    let rowCount = corpus.source.vocabulary.count
    let blocks = Self.number(
      cells, Self.balanced(rowCount, occurrenceStarts), occurrenceStarts, occurrences,
      corpus.target)
    (rowStarts, targets) = Self.join(blocks, cells, occurrenceStarts, occurrences)
  }

  /// The words of each source type.
  private static func index(
    _ texts: [UInt32], _ corpus: WordCorpus, _ tableStarts: [Int]
  ) -> ([Int], FixedBuffer<Occurrence>) {
    let source = corpus.source
    let rows = source.vocabulary.count
    var starts = [Int](repeating: 0, count: rows + 1)
    for text in texts {
      for word in source.words(of: Int(text)) { starts[Int(source.types[word]) + 1] += 1 }
    }
    for row in 0..<rows { starts[row + 1] += starts[row] }
    var next = starts
    let list = FixedBuffer(
      repeating: Occurrence(cell: 0, columns: 0, text: 0), count: starts[rows])
    for (index, text) in texts.enumerated() {
      let columns = corpus.target.words(of: Int(text)).count
      var cell = tableStarts[index]
      for word in source.words(of: Int(text)) {
        let row = Int(source.types[word])
        list[next[row]] = Occurrence(
          cell: cell, columns: Int32(truncatingIfNeeded: columns), text: text)
        next[row] += 1
        cell += columns
      }
    }
    return (starts, list)
  }

  /// How many blocks of rows there are, whatever the number of cores.
  private static let blockCount = 32

  /// Rows in ranges with about as many words in each.
  private static func balanced(_ rowCount: Int, _ starts: [Int]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var first = 0
    for row in 0..<rowCount
    where starts[row + 1] * blockCount >= starts[rowCount] * (ranges.count + 1) {
      ranges.append(first..<row + 1)
      first = row + 1
    }
    if first < rowCount { ranges.append(first..<rowCount) }
    return ranges
  }

  /// Rows whose pairs one thread numbered from 0.
  private struct Block: Sendable {
    var rows: Range<Int>
    /// How many pairs each row has.
    var sizes: [Int] = []
    var targets: [UInt32] = []
  }

  /// Numbers the pairs of each block and writes the numbers into its cells.
  private static func number(
    _ cells: FixedBuffer<UInt32>, _ ranges: [Range<Int>], _ starts: [Int],
    _ occurrences: FixedBuffer<Occurrence>, _ target: WordCorpus.Side
  ) -> [Block] {
    let result = PartialResults<Block>(count: ranges.count)
    concurrently(ranges.count) { index in
      var block = Block(rows: ranges[index])
      // For each target type the row that met it last, and the number it has there.
      var seen = [UInt32](repeating: .max, count: target.vocabulary.count)
      var numbers = [UInt32](repeating: 0, count: target.vocabulary.count)
      for row in block.rows {
        let first = block.targets.count
        let mark = UInt32(truncatingIfNeeded: row)
        for place in starts[row]..<starts[row + 1] {
          var cell = occurrences[place].cell
          for word in target.words(of: Int(occurrences[place].text)) {
            let type = Int(target.types[word])
            if seen[type] != mark {
              seen[type] = mark
              numbers[type] = UInt32(truncatingIfNeeded: block.targets.count)
              block.targets.append(UInt32(truncatingIfNeeded: type))
            }
            cells[cell] = numbers[type]
            cell += 1
          }
        }
        block.sizes.append(block.targets.count - first)
      }
      result[index] = block
    }
    return (0..<ranges.count).compactMap { result[$0] }
  }

  /// Puts the blocks one behind the other.
  private static func join(
    _ blocks: [Block], _ cells: FixedBuffer<UInt32>, _ starts: [Int],
    _ occurrences: FixedBuffer<Occurrence>
  ) -> ([Int], FixedBuffer<UInt32>) {
    var rowStarts = [0]
    var offsets = [0]
    for block in blocks {
      for size in block.sizes { rowStarts.append(rowStarts[rowStarts.count - 1] + size) }
      offsets.append(offsets[offsets.count - 1] + block.targets.count)
    }
    let targets = FixedBuffer<UInt32>(repeating: 0, count: offsets[blocks.count])
    let blockOffsets = offsets
    concurrently(blocks.count) { index in
      let offset = blockOffsets[index]
      targets.replace(from: offset, with: blocks[index].targets)
      for row in blocks[index].rows {
        for place in starts[row]..<starts[row + 1] {
          for cell in occurrences[place].cells { cells[cell] += UInt32(truncatingIfNeeded: offset) }
        }
      }
    }
    return (rowStarts, targets)
  }
}

extension WordCorpus {
  /// The cells of the table of a pair of texts.
  func size(_ text: UInt32) -> Int {
    source.words(of: Int(text)).count * target.words(of: Int(text)).count
  }
}
