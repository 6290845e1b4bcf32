internal import Bitext

/// Scores all beads that end at one row of the search, from what its last segments have in common
/// with the other side.
///
/// Rows come in ascending order, since each reuses what the three before it found.
struct BeadScorer: ~Copyable {
  /// What the scores are made of: two sides and all that is known of them.
  struct Context {
    let left: AlignmentSide
    let right: AlignmentSide
    var evidence: LexicalEvidence
    let structure: StructureEvidence?
    var marks: PunctuationEvidence
    var lengths: LengthModel
    /// Whether anchors lead to nearly all segments, so that the search can stay close to them.
    let isDense: Bool
    var weights = BeadWeights()
    /// How much more frequent segments without a counterpart are in this document than usual, as a
    /// logarithm.
    var nulls: (left: Float, right: Float) = (0, 0)
    /// How close the translation is: see ``LexicalEvidence/closeness(of:left:right:)``.
    var closeness: Float = 0
    /// Sums of lengths before each segment.
    let leftLengths: [Float]
    let rightLengths: [Float]
    /// One over the number of tokens of each segment.
    let leftScales: [Float]
    let rightScales: [Float]

    init(
      left: AlignmentSide, right: AlignmentSide, evidence: LexicalEvidence,
      structure: StructureEvidence?, marks: PunctuationEvidence, lengths: LengthModel,
      isDense: Bool = false
    ) {
      self.left = left
      self.right = right
      self.evidence = evidence
      self.structure = structure
      self.marks = marks
      self.lengths = lengths
      self.isDense = isDense
      (leftLengths, rightLengths) = (BeadScorer.totals(left), BeadScorer.totals(right))
      (leftScales, rightScales) = (left.scales, right.scales)
    }
  }

  private let context: Context
  /// Those of the context, for as close a translation as this is.
  private let weights: BeadWeights
  private let band: SearchBand
  private var rows: [MatchRow]
  /// For each right segment from ``backwardStart`` on and each number of left segments up to the
  /// row: what the right segment's tokens say.
  private var backward: [Float] = []
  private var backwardStart = 0
  /// For each column of the row, of the shape that is being scored.
  private var forwardSums: [Float] = []
  private var backwardSums: [Float] = []
  private var weakestSegments: [Float] = []
  private var touches = Touches()

  init(_ context: Context, band: SearchBand) {
    self.context = context
    weights = context.weights.adapted(closeness: context.closeness)
    self.band = band
    rows = Array(repeating: MatchRow(), count: BeadShape.maximumLeft)
  }

  /// Sums of lengths before each segment.
  static func totals(_ side: AlignmentSide) -> [Float] {
    // Sums of whole numbers stay exact in 24 bits up to 16 million; beyond that a difference of a
    // few characters is lost, which no score notices.
    var sums: [Float] = [0]
    sums.reserveCapacity(side.segmentCount + 1)
    var sum: Float = 0
    for length in side.lengths {
      sum += length
      sums.append(sum)
    }
    return sums
  }

  /// Fills `scores` with one value for each column of the band's row and each shape: the logarithm
  /// of how much better the bead is than chance; −∞ where the shape does not fit.
  mutating func score(row: Int, into scores: inout [Float]) {
    let columns = band[row]
    let count = BeadShape.all.count
    scores.removeAll(keepingCapacity: true)
    scores.append(contentsOf: repeatElement(-.infinity, count: columns.count * count))
    if row > band.firstRow { prepare(segment: row - 1) }
    prepareBackward(row: row, columns: columns)
    if forwardSums.count < columns.count {
      forwardSums = Array(repeating: 0, count: columns.count)
      backwardSums = forwardSums
      weakestSegments = forwardSums
    }
    for (index, shape) in BeadShape.all.enumerated() where shape.left <= row - band.firstRow {
      let first = max(columns.lowerBound, shape.right)
      guard first < columns.upperBound else { continue }
      let fitting = first..<columns.upperBound
      if shape.left == 0 || shape.right == 0 {
        scoreAlone(shape, index, row, fitting, columns, &scores)
      } else {
        addWords(shape, row, fitting, columns)
        addAll(shape, index, row, fitting, columns, &scores)
      }
    }
  }

  private func scoreAlone(
    _ shape: BeadShape, _ index: Int, _ row: Int, _ fitting: Range<Int>, _ columns: Range<Int>,
    _ scores: inout [Float]
  ) {
    let common = shape.right == 0 ? context.nulls.left : context.nulls.right
    let value = weights.shapes[index] + weights.nulls * common
    for column in fitting {
      let place =
        context.structure?.score(left: row - shape.left..<row, right: column - shape.right..<column)
        ?? 0
      scores[(column - columns.lowerBound) * BeadShape.all.count + index] =
        value + weights.structure * place
    }
  }

  /// What the tokens of both sides say: their sums, and the least that a segment has a token.
  private mutating func addWords(
    _ shape: BeadShape, _ row: Int, _ fitting: Range<Int>, _ columns: Range<Int>
  ) {
    let deep = BeadShape.maximumLeft
    for column in fitting {
      var sum: Float = 0
      var weakest: Float = .infinity
      for segment in column - shape.right..<column {
        let value = backward[(segment - backwardStart) * deep + shape.left - 1]
        sum += value
        weakest = min(weakest, value * context.rightScales[segment])
      }
      let place = column - columns.lowerBound
      backwardSums[place] = sum
      forwardSums[place] = 0
      weakestSegments[place] = weakest
    }
    for segment in row - shape.left..<row {
      let ring = segment % deep
      let start = rows[ring].columns.lowerBound
      let scale = context.leftScales[segment]
      rows[ring].forward.withUnsafeBufferPointer { forward in
        for column in fitting {
          let value = forward[(column - 1 - start) * BeadShape.maximumRight + shape.right - 1]
          let place = column - columns.lowerBound
          forwardSums[place] += value
          weakestSegments[place] = min(weakestSegments[place], value * scale)
        }
      }
    }
  }

  /// Adds up all that is known of the beads of a shape.
  private func addAll(
    _ shape: BeadShape, _ index: Int, _ row: Int, _ fitting: Range<Int>, _ columns: Range<Int>,
    _ scores: inout [Float]
  ) {
    let weights = self.weights
    let length = context.leftLengths[row] - context.leftLengths[row - shape.left]
    let leftTokens = context.left.starts[row] - context.left.starts[row - shape.left]
    let leftRoot = 1 / Float(max(1, leftTokens)).squareRoot()
    for column in fitting {
      let right = context.rightLengths[column] - context.rightLengths[column - shape.right]
      let leftRange = row - shape.left..<row
      let rightRange = column - shape.right..<column
      let place = column - columns.lowerBound
      let rightTokens = context.right.starts[column] - context.right.starts[column - shape.right]
      let root =
        forwardSums[place] * leftRoot
        + backwardSums[place] / Float(max(1, rightTokens)).squareRoot()
      let words = forwardSums[place] + backwardSums[place]
      let fit = context.lengths.score(left: length, right: right)
      let structure = context.structure?.score(left: leftRange, right: rightRange) ?? 0
      let slot = place * BeadShape.all.count + index
      scores[slot] =
        weights.shapes[index] + weights.words * words + weights.rootWords * root
        + weights.weakest * weakestSegments[place] + weights.length * fit
        + weights.structure * structure + context.marks.score(left: leftRange, right: rightRange)
    }
  }

  /// Finds what one left segment has in common with the right segments that any of the next rows
  /// may pair it with.
  private mutating func prepare(segment: Int) {
    var low = Int.max
    var high = 0
    let lastRow = min(segment + BeadShape.maximumLeft, band.firstRow + band.ranges.count - 1)
    for row in segment + 1...lastRow {
      low = min(low, band[row].lowerBound)
      high = max(high, band[row].upperBound - 1)
    }
    let first = max(0, low - BeadShape.maximumRight)
    rows[segment % BeadShape.maximumLeft].fill(
      segment: segment, columns: first..<max(first, min(context.right.segmentCount, high)),
      left: context.left, right: context.right, evidence: context.evidence, touches: &touches)
  }

  /// Fills ``backward`` for a row.
  private mutating func prepareBackward(row: Int, columns: Range<Int>) {
    backwardStart = max(0, columns.lowerBound - BeadShape.maximumRight)
    let end = max(backwardStart, min(context.right.segmentCount, columns.upperBound - 1))
    backward.removeAll(keepingCapacity: true)
    let deepest = min(BeadShape.maximumLeft, row - band.firstRow)
    var sizes: [Float] = []
    for count in 1...BeadShape.maximumLeft {
      sizes.append(
        count <= deepest
          ? 1 / Float(max(1, context.left.starts[row] - context.left.starts[row - count])) : 0)
    }
    for segment in backwardStart..<end {
      let misses = context.evidence.rightSegmentMisses[segment]
      for count in 1...BeadShape.maximumLeft {
        guard count <= deepest else {
          backward.append(misses)
          continue
        }
        rows.withUnsafeBufferPointer {
          $0[(row - count) % BeadShape.maximumLeft].touchRight(column: segment, &touches)
        }
        backward.append(misses + touches.logProduct(scale: sizes[count - 1]))
      }
      touches.clear()
    }
  }
}
