internal import Bitext

/// Word pairs that a first alignment suggests: IBM Model 1 (Brown et al., Computational Linguistics
/// 19, 1993) in both directions over its beads, started from the lexicon's links.
///
/// Names and words that no lexicon has are learnt where they recur; a pair that was seen once says
/// nothing, since all the words of a bead were seen together once.
struct LearntLinks {
  /// For each left type its links, best first.
  private(set) var links: [[LexicalEvidence.Link]]

  private static let rounds = 4
  /// What a token gives to no partner at all.
  private static let null: Float = 0.05
  /// What a link of the lexicon is worth beside a pair that it does not have.
  private static let prior: Float = 8
  /// How often a pair is expected to be right at the least.
  private static let leastCount: Float = 1.2
  private static let leastWeight: Float = 0.1
  /// The pairs of all the beads that are learnt from: those of a book.
  private static let mostPairs = 2_000_000
  /// Beads of more tokens on a side are left out: their pairs are mostly wrong.
  private static let mostTokens = 120

  /// A pair of types of one bead, by its number among all pairs.
  private struct Pairs {
    var numbers: [UInt64: UInt32] = [:]
    var left: [UInt32] = []
    var right: [UInt32] = []

    mutating func number(_ left: UInt32, _ right: UInt32) -> UInt32 {
      let key = UInt64(left) << 32 | UInt64(right)
      if let known = numbers[key] { return known }
      let number = UInt32(self.left.count)
      numbers[key] = number
      self.left.append(left)
      self.right.append(right)
      return number
    }
  }

  init(
    left: AlignmentSide, right: AlignmentSide, evidence: LexicalEvidence,
    path: [BandedSearch.Step]
  ) {
    var pairs = Pairs()
    var size = 0
    /// The pairs of each bead, a row for each left type.
    var beads: [(rows: Int, columns: Int, pairs: [UInt32])] = []
    for step in path {
      let shape = BeadShape.all[step.shape]
      guard shape.left > 0, shape.right > 0 else { continue }
      let leftTypes = Self.types(left, step.row - shape.left..<step.row)
      let rightTypes = Self.types(right, step.column - shape.right..<step.column)
      guard leftTypes.count <= Self.mostTokens, rightTypes.count <= Self.mostTokens else {
        continue
      }
      // A long document has taught enough by then, and memory has a bound.
      size += leftTypes.count * rightTypes.count
      if size > Self.mostPairs { break }
      var list: [UInt32] = []
      list.reserveCapacity(leftTypes.count * rightTypes.count)
      for a in leftTypes { for b in rightTypes { list.append(pairs.number(a, b)) } }
      beads.append((leftTypes.count, rightTypes.count, list))
    }
    var start = [Float](repeating: 1, count: pairs.left.count)
    for index in start.indices {
      let link = evidence.links(of: pairs.left[index]).first { $0.rightType == pairs.right[index] }
      if let link { start[index] += Self.prior * link.weight }
    }
    let forward = Self.learn(beads, start, by: pairs.left, types: left.typeCount, isForward: true)
    let backward = Self.learn(
      beads, start, by: pairs.right, types: right.typeCount, isForward: false)
    links = [[LexicalEvidence.Link]](repeating: [], count: left.typeCount)
    for index in start.indices {
      let count = min(forward.counts[index], backward.counts[index])
      guard count >= Self.leastCount else { continue }
      let weight =
        (forward.shares[index] * backward.shares[index]).squareRoot() * count / (count + 0.5)
      guard weight >= Self.leastWeight else { continue }
      links[Int(pairs.left[index])].append(
        LexicalEvidence.Link(rightType: pairs.right[index], weight: min(1, weight)))
    }
  }

  /// The types of some segments that occur more than once in the document.
  private static func types(_ side: AlignmentSide, _ segments: Range<Int>) -> [UInt32] {
    let tokens =
      side.tokens[side.starts[segments.lowerBound]..<side.starts[segments.upperBound]].sorted()
    var types: [UInt32] = []
    for token in tokens where types.last != token && side.occurrences[Int(token)] > 1 {
      types.append(token)
    }
    return types
  }

  /// Rounds of expectation and maximisation.
  ///
  /// - Parameters:
  ///   - beads: with their pairs.
  ///   - start: what each pair weighs before the first round.
  ///   - owners: the type of each pair that generates the other.
  ///   - types: how many types there are on that side.
  ///   - isForward: whether the rows of beads generate the columns.
  /// - Returns: for each pair, how likely it is given its owner, and how often it is expected.
  private static func learn(
    _ beads: [(rows: Int, columns: Int, pairs: [UInt32])], _ start: [Float],
    by owners: [UInt32], types: Int, isForward: Bool
  ) -> (shares: [Float], counts: [Float]) {
    var shares = normalised(start, by: owners, types: types)
    var counts: [Float] = []
    for _ in 0..<rounds {
      counts = [Float](repeating: 0, count: start.count)
      for bead in beads {
        let (outer, inner) = isForward ? (bead.columns, bead.rows) : (bead.rows, bead.columns)
        let (outerStep, innerStep) = isForward ? (1, bead.columns) : (bead.columns, 1)
        for place in 0..<outer {
          var total = null
          for other in 0..<inner {
            total += shares[Int(bead.pairs[place * outerStep + other * innerStep])]
          }
          let scale = 1 / total
          for other in 0..<inner {
            let pair = Int(bead.pairs[place * outerStep + other * innerStep])
            counts[pair] += shares[pair] * scale
          }
        }
      }
      shares = normalised(counts, by: owners, types: types)
    }
    return (shares, counts)
  }

  private static func normalised(_ values: [Float], by owners: [UInt32], types: Int) -> [Float] {
    var totals = [Float](repeating: 0, count: types)
    for index in values.indices { totals[Int(owners[index])] += values[index] }
    return values.indices.map { values[$0] / max(totals[Int(owners[$0])], 1e-6) }
  }
}
