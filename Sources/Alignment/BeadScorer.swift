internal import Bitext

/// Scores all beads that end at one row of the search, from what its last segments have in common
/// with the other side.
///
/// Rows come in ascending order, since each reuses what the three before it found.
package struct BeadScorer {
  /// How the kinds of evidence weigh against each other, in natural logarithms.
  ///
  /// Chosen by a coarse grid on six chapters of novels with a hand-made alignment, three reports of
  /// a bank, and the fixtures: see docs/design/alignment.md.
  package struct Weights: Sendable {
    package var prior: Float = 1.9
    package var lexical: Float = 2.4
    package var length: Float = 0.9
    /// Added to the prior of a bead without a counterpart, which is not weighed: less than nothing
    /// is lost there by a length or a word that does not fit.
    package var null: Float = 1.4
    package var structure: Float = 1

    package init() {}
  }

  let left: AlignmentSide
  let right: AlignmentSide
  let weights: Weights
  private let evidence: LexicalEvidence
  private let lengths: LengthModel
  private let structure: StructureEvidence?
  private let marks: PunctuationEvidence
  private let leftTotals: PrefixTotals
  private let rightTotals: PrefixTotals
  private let band: [Range<Int>]
  private var rows: [MatchRow]
  private var backward: [Float] = []
  private var scratch: [Float] = []

  /// `band` holds for each row 0…left count the columns that the search visits.
  init(
    left: AlignmentSide, right: AlignmentSide, evidence: LexicalEvidence,
    structure: StructureEvidence?, marks: PunctuationEvidence, weights: Weights,
    band: [Range<Int>]
  ) {
    self.left = left
    self.right = right
    self.evidence = evidence
    self.structure = structure
    self.marks = marks
    self.weights = weights
    self.band = band
    lengths = LengthModel(left: left.lengths, right: right.lengths)
    leftTotals = PrefixTotals(left)
    rightTotals = PrefixTotals(right)
    rows = Array(repeating: MatchRow(), count: BeadShape.maximumLeft)
  }

  /// Fills `scores` with one value for each column of the band's row and each shape: the logarithm
  /// of how much better the bead is than chance; −∞ where the shape does not fit.
  mutating func score(row: Int, into scores: inout [Float]) {
    let columns = band[row]
    let shapes = BeadShape.all
    scores.removeAll(keepingCapacity: true)
    scores.reserveCapacity(columns.count * shapes.count)
    if row > 0 { prepare(segment: row - 1) }
    prepareBackward(row: row, columns: columns)
    for column in columns {
      for shape in shapes {
        guard shape.left <= row, shape.right <= column else {
          scores.append(-.infinity)
          continue
        }
        scores.append(score(shape, row: row, column: column))
      }
    }
  }

  private func score(_ shape: BeadShape, row: Int, column: Int) -> Float {
    let leftRange = row - shape.left..<row
    let rightRange = column - shape.right..<column
    let place = structure?.score(left: leftRange, right: rightRange) ?? 0
    if shape.left == 0 || shape.right == 0 {
      return shape.logPrior + weights.null + weights.structure * place
    }
    let leftTokens = leftTotals.tokens(leftRange)
    let rightTokens = rightTotals.tokens(rightRange)
    var match: Float = 0
    for segment in leftRange {
      match += rows[segment % rows.count].forward(column: column, count: shape.right)
      match -= evidence.leftChance.expected(segment: segment, count: rightTokens)
    }
    let start = backwardStart(row)
    for segment in rightRange {
      match += backward[(segment - start) * BeadShape.maximumLeft + shape.left - 1]
      match -= evidence.rightChance.expected(segment: segment, count: leftTokens)
    }
    let length = lengths.score(
      left: leftTotals.length(leftRange), right: rightTotals.length(rightRange))
    return weights.prior * shape.logPrior + weights.lexical * match / 2
      + weights.length * length + weights.structure * place
      + marks.score(left: leftRange, right: rightRange)
  }

  /// Finds what one left segment has in common with the right segments that any of the next rows
  /// may pair it with.
  private mutating func prepare(segment: Int) {
    let lastRow = min(segment + BeadShape.maximumLeft, band.count - 1)
    let first = max(0, band[segment + 1].lowerBound - BeadShape.maximumRight)
    let end = min(right.segmentCount, max(first, band[lastRow].upperBound - 1))
    rows[segment % rows.count].fill(
      segment: segment, columns: first..<end, left: left, evidence: evidence, scratch: &scratch)
  }

  private func backwardStart(_ row: Int) -> Int {
    max(0, band[row].lowerBound - BeadShape.maximumRight)
  }

  /// For each right segment and each number of left segments before the row: the weighted best
  /// matches of the right segment's tokens.
  private mutating func prepareBackward(row: Int, columns: Range<Int>) {
    let start = backwardStart(row)
    let end = max(start, min(right.segmentCount, columns.upperBound - 1))
    backward.removeAll(keepingCapacity: true)
    backward.reserveCapacity((end - start) * BeadShape.maximumLeft)
    for segment in start..<end {
      let tokens = right.range(of: segment)
      if scratch.count < tokens.count {
        scratch += [Float](repeating: 0, count: tokens.count - scratch.count)
      }
      var sum: Float = 0
      for count in 1...BeadShape.maximumLeft {
        if count <= row {
          let matches = rows[(row - count) % rows.count].matches(column: segment)
          for match in matches where match.weight > scratch[Int(match.right)] {
            let type = Int(right.tokens[tokens.lowerBound + Int(match.right)])
            sum += evidence.rightWeights[type] * (match.weight - scratch[Int(match.right)])
            scratch[Int(match.right)] = match.weight
          }
        }
        backward.append(sum)
      }
      for count in 1...BeadShape.maximumLeft where count <= row {
        for match in rows[(row - count) % rows.count].matches(column: segment) {
          scratch[Int(match.right)] = 0
        }
      }
    }
  }
}

/// Sums over neighbouring segments in constant time.
private struct PrefixTotals {
  private var tokenSums: [Float] = [0]
  private var lengthSums: [Float] = [0]

  init(_ side: AlignmentSide) {
    // Sums of whole numbers stay exact in 24 bits up to 16 million; beyond that a difference of a
    // few characters is lost, which no score notices.
    for segment in 0..<side.segmentCount {
      tokenSums.append((tokenSums.last ?? 0) + Float(side.range(of: segment).count))
      lengthSums.append((lengthSums.last ?? 0) + side.lengths[segment])
    }
  }

  func tokens(_ range: Range<Int>) -> Float {
    tokenSums[range.upperBound] - tokenSums[range.lowerBound]
  }

  func length(_ range: Range<Int>) -> Float {
    lengthSums[range.upperBound] - lengthSums[range.lowerBound]
  }
}
