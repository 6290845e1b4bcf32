internal import Bitext

/// A place between segments: as many left ones, and right ones, lie before it.
struct SearchNode: Equatable {
  var row: Int
  var column: Int
}

/// The places that a search visits: for each row a range of columns.
///
/// Every row has at least one column in common with the next, so that there is always a way through.
struct SearchBand {
  private(set) var firstRow: Int
  private(set) var ranges: [Range<Int>]

  subscript(row: Int) -> Range<Int> { ranges[row - firstRow] }

  /// A gap between two anchors of at most so many places is searched whole.
  private static let wholeGap = 1600
  /// How far from the diagonal a greater one is searched.
  private static let gapHalfWidth = 40

  /// The surroundings of a chain of anchors.
  init(
    around chain: AnchorChain, left: AlignmentSide, right: AlignmentSide, halfWidth: Int
  ) {
    let end = SearchNode(row: left.segmentCount, column: right.segmentCount)
    var bounds = Bounds(from: SearchNode(row: 0, column: 0), to: end)
    let diagonal = Diagonal(left, right)
    var last = SearchNode(row: 0, column: 0)
    func cover(to next: SearchNode) {
      let gap = (rows: next.row - last.row, columns: next.column - last.column)
      if gap.rows * gap.columns <= Self.wholeGap {
        bounds.cover(rows: last.row...next.row, columns: last.column...next.column)
      } else {
        bounds.coverGap(from: last, to: next, diagonal, halfWidth: Self.gapHalfWidth)
      }
      last = next
    }
    for anchor in chain.anchors {
      cover(to: SearchNode(row: anchor.left, column: max(last.column, anchor.right)))
      cover(to: SearchNode(row: anchor.left + 1, column: max(last.column, anchor.right + 1)))
    }
    cover(to: end)
    firstRow = 0
    ranges = bounds.ranges(halfWidth: halfWidth)
  }

  /// The surroundings of a path between two places.
  init(
    along path: some Sequence<BeadSearch.Step>, from start: SearchNode, to end: SearchNode,
    halfWidth: Int
  ) {
    var bounds = Bounds(from: start, to: end)
    var last = start
    for step in path {
      bounds.cover(
        rows: last.row...max(last.row, step.row),
        columns: last.column...max(last.column, step.column))
      last = SearchNode(row: max(last.row, step.row), column: max(last.column, step.column))
    }
    bounds.cover(rows: last.row...end.row, columns: last.column...end.column)
    firstRow = start.row
    ranges = bounds.ranges(halfWidth: halfWidth)
  }

  /// The lowest and highest column of each row.
  private struct Bounds {
    var start: SearchNode
    var end: SearchNode
    var low: [Int]
    var high: [Int]

    init(from start: SearchNode, to end: SearchNode) {
      self.start = start
      self.end = end
      low = Array(repeating: .max, count: end.row - start.row + 1)
      high = Array(repeating: 0, count: end.row - start.row + 1)
    }

    mutating func cover(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
      for row in rows {
        low[row - start.row] = min(low[row - start.row], columns.lowerBound)
        high[row - start.row] = max(high[row - start.row], columns.upperBound)
      }
    }

    /// A gap that is too great to be searched whole, along its own diagonal.
    mutating func coverGap(
      from first: SearchNode, to last: SearchNode, _ diagonal: Diagonal, halfWidth: Int
    ) {
      let ends = (diagonal.column(atRow: first.row), diagonal.column(atRow: last.row))
      let slope =
        ends.1 > ends.0 ? Float(last.column - first.column) / (ends.1 - ends.0) : 0
      var previous = first.column
      for row in first.row...last.row {
        let share = Int((diagonal.column(atRow: row) - ends.0) * slope)
        let column =
          row == last.row ? last.column : min(last.column, max(previous, first.column + share))
        cover(
          rows: row...row,
          columns: max(first.column, previous - halfWidth)...min(last.column, column + halfWidth))
        previous = column
      }
    }

    func ranges(halfWidth: Int) -> [Range<Int>] {
      low.indices.map { row in
        let first = row == 0 ? start.column : max(start.column, low[row] - halfWidth)
        let last = row == low.count - 1 ? end.column : min(end.column, high[row] + halfWidth)
        return first..<last + 1
      }
    }
  }
}
