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
    /// For each number of right segments and each column up to which they stand the root of how
    /// many tokens they have.
    let rightRoots: [Float]

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
      let starts = right.starts
      rightRoots = (1...BeadShape.maximumRight).flatMap { count in
        starts.indices.map { Float(max(1, starts[$0] - starts[max(0, $0 - count)])).squareRoot() }
      }
    }
  }

  private let context: Context
  /// Those of the context, for as close a translation as this is.
  private let weights: BeadWeights
  private let band: SearchBand
  private var rows: [MatchRow]
  /// For each number of left segments up to the row and each right segment from ``backwardStart``
  /// on: what the right segment's tokens say.
  private var backward = FixedBuffer<Float>(repeating: 0, count: 0)
  private var backwardStart = 0
  private var backwardCount = 0
  /// For each column of the row, of the shape that is being scored.
  private var forwardSums = FixedBuffer<Float>(repeating: 0, count: 0)
  private var backwardSums = FixedBuffer<Float>(repeating: 0, count: 0)
  private var weakestSegments = FixedBuffer<Float>(repeating: 0, count: 0)
  private var distances = FixedBuffer<Float>(repeating: 0, count: 0)
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
      forwardSums = FixedBuffer(repeating: 0, count: columns.count * 2)
      backwardSums = FixedBuffer(repeating: 0, count: columns.count * 2)
      weakestSegments = FixedBuffer(repeating: 0, count: columns.count * 2)
      distances = FixedBuffer(repeating: 0, count: columns.count * 2)
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
        context.structure?.scoreAlone(
          left: row - shape.left..<row, right: column - shape.right..<column) ?? 0
      scores[(column - columns.lowerBound) * BeadShape.all.count + index] =
        value + weights.structure * place
    }
  }

  /// What the tokens of both sides say: their sums, and the least that a segment has a token.
  private func addWords(
    _ shape: BeadShape, _ row: Int, _ fitting: Range<Int>, _ columns: Range<Int>
  ) {
    // From one column to the next, so that several are worked on at a time.
    let first = fitting.lowerBound - columns.lowerBound
    let sums = (forwardSums.base + first, backwardSums.base + first)
    let weakest = weakestSegments.base + first
    for place in 0..<fitting.count {
      sums.0[place] = 0
      sums.1[place] = 0
      weakest[place] = .infinity
    }
    let scales = context.rightScales.span
    for offset in 0..<shape.right {
      let segment = fitting.lowerBound - shape.right + offset
      let values = backward.base + (shape.left - 1) * backwardCount + segment - backwardStart
      let near = scales.extracting(segment..<segment + fitting.count)
      for place in 0..<fitting.count {
        sums.1[place] += values[place]
        weakest[place] = min(weakest[place], values[place] * near[unchecked: place])
      }
    }
    for segment in row - shape.left..<row {
      let match = rows[segment % BeadShape.maximumLeft]
      let scale = context.leftScales[segment]
      let start = (shape.right - 1) * match.columns.count + fitting.lowerBound - 1
      let values = match.forward.base + start - match.columns.lowerBound
      for place in 0..<fitting.count {
        sums.0[place] += values[place]
        weakest[place] = min(weakest[place], values[place] * scale)
      }
    }
  }

  /// Adds up all that is known of the beads of a shape.
  private func addAll(
    _ shape: BeadShape, _ index: Int, _ row: Int, _ fitting: Range<Int>, _ columns: Range<Int>,
    _ scores: inout [Float]
  ) {
    let weights = self.weights
    let leftRange = row - shape.left..<row
    measure(shape, row, fitting, columns)
    let leftTokens = context.left.starts[row] - context.left.starts[row - shape.left]
    let leftRoot = 1 / Float(max(1, leftTokens)).squareRoot()
    let leftPlace = context.structure?.leftPlace(leftRange) ?? 0
    let leftMarks = context.marks.leftSet(leftRange)
    let rightRoots = (shape.right - 1) * context.right.starts.count
    for column in fitting {
      let rightRange = column - shape.right..<column
      let place = column - columns.lowerBound
      let root =
        forwardSums[place] * leftRoot
        + backwardSums[place] / context.rightRoots[rightRoots + column]
      let words = forwardSums[place] + backwardSums[place]
      let fit = context.lengths.score(distance: distances[place])
      let structure =
        context.structure?.score(
          left: leftPlace, right: context.structure?.rightPlace(rightRange) ?? 0) ?? 0
      let slot = place * BeadShape.all.count + index
      scores[slot] =
        weights.shapes[index] + weights.words * words + weights.rootWords * root
        + weights.weakest * weakestSegments[place] + weights.length * fit
        + weights.structure * structure
        + context.marks.score(left: leftMarks, right: context.marks.rightSet(rightRange))
    }
  }

  /// Fills ``distances`` for a shape.
  private func measure(
    _ shape: BeadShape, _ row: Int, _ fitting: Range<Int>, _ columns: Range<Int>
  ) {
    let lengths = context.lengths
    let left = context.leftLengths[row] - context.leftLengths[row - shape.left]
    let distances = self.distances.base + fitting.lowerBound - columns.lowerBound
    let all = context.rightLengths.span
    let ends = all.extracting(fitting)
    let starts = all.extracting(fitting.lowerBound - shape.right..<fitting.upperBound - shape.right)
    for place in 0..<fitting.count {
      distances[place] = lengths.distance(
        left: left, right: ends[unchecked: place] - starts[unchecked: place])
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
    backwardCount = end - backwardStart
    if backward.count < backwardCount * BeadShape.maximumLeft {
      backward = FixedBuffer(repeating: 0, count: backwardCount * BeadShape.maximumLeft * 2)
    }
    let deepest = min(BeadShape.maximumLeft, row - band.firstRow)
    let starts = context.left.starts
    var scales = SIMD4<Float>()
    for count in 0..<deepest {
      scales[count] = 1 / Float(max(1, starts[row] - starts[row - count - 1]))
    }
    for segment in backwardStart..<end {
      let misses = context.evidence.rightSegmentMisses[segment]
      let slot = segment - backwardStart
      var products = SIMD4<Double>(repeating: 1)
      for count in 0..<deepest {
        rows[(row - count - 1) % BeadShape.maximumLeft].touchRight(column: segment, &touches)
        products[count] = touches.product(scale: scales[count])
      }
      touches.clear()
      let sums = fastLogarithms(products) + misses
      for count in 0..<BeadShape.maximumLeft {
        backward[count * backwardCount + slot] = sums[count]
      }
    }
  }
}
