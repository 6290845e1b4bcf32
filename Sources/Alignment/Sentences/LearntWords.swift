internal import Bitext

/// Word pairs that beads suggest: IBM Model 1 (Brown et al., Computational Linguistics 19, 1993) in
/// both directions, started from the lexicon's links.
///
/// Names and words that no lexicon has are learnt where they recur; a pair that was seen once says
/// nothing, since all the words of a bead were seen together once.
public struct LearntWords: Sendable {
  struct Link: Sendable {
    /// The hash of the right type.
    var right: UInt64
    /// How likely the two translate each other, 0…1.
    var weight: Float
  }

  /// The left types that have links, where the links of each start, and one more for the end.
  private var types = KeyNumbers()
  private var starts: [Int] = [0]
  private(set) var links: [Link] = []

  /// What the left type with a hash may translate.
  func links(of hash: UInt64) -> ArraySlice<Link> {
    types[hash].map { links[starts[$0]..<starts[$0 + 1]] } ?? []
  }

  private static let rounds = 4
  /// What a token gives to no partner at all.
  private static let null: Float = 0.05
  /// What a link of the lexicon is worth beside a pair that it does not have.
  private static let prior: Float = 8
  /// How often a pair is expected to be right at the least.
  private static let leastCount: Float = 1.2
  private static let leastWeight: Float = 0.1
  /// What is taken from a pair's weight for being seen so seldom.
  private static let discount: Float = 0.5

  /// Learns from the beads of some documents, so many of them as memory allows, in their order.
  init(_ documents: [BeadWords]) {
    let words = BeadWordPairs(documents)
    let start = words.weights(prior: Self.prior)
    let forward = Self.learn(words, start, by: words.left, types: words.leftHashes.count, true)
    let backward = Self.learn(words, start, by: words.right, types: words.rightHashes.count, false)
    for index in start.indices {
      let count = min(forward.counts[index], backward.counts[index])
      guard count >= Self.leastCount else { continue }
      let weight =
        (forward.shares[index] * backward.shares[index]).squareRoot() * count
        / (count + Self.discount)
      guard weight >= Self.leastWeight else { continue }
      // The pairs of a left type stand together.
      if types.number(of: words.leftHashes[Int(words.left[index])]) == starts.count - 1 {
        starts.append(links.count)
      }
      links.append(
        Link(right: words.rightHashes[Int(words.right[index])], weight: min(1, weight)))
      starts[starts.count - 1] = links.count
    }
  }

  /// Rounds of expectation and maximisation.
  ///
  /// - Parameters:
  ///   - words: the beads with their pairs.
  ///   - start: what each pair weighs before the first round.
  ///   - owners: the type of each pair that generates the other.
  ///   - types: how many types there are on that side.
  ///   - isForward: whether the rows of beads generate the columns.
  /// - Returns: for each pair, how likely it is given its owner, and how often it is expected.
  private static func learn(
    _ words: BeadWordPairs, _ start: [Float], by owners: [UInt32], types: Int, _ isForward: Bool
  ) -> (shares: [Float], counts: [Float]) {
    var shares = normalised(start, by: owners, types: types, words.order)
    var counts: [Float] = []
    for _ in 0..<rounds {
      counts = [Float](repeating: 0, count: start.count)
      if isForward {
        expectColumns(words, shares, &counts)
      } else {
        expectRows(words, shares, &counts)
      }
      shares = normalised(counts, by: owners, types: types, words.order)
    }
    return (shares, counts)
  }

  /// What each pair is expected to count when the rows of beads generate their columns.
  private static func expectColumns(
    _ words: BeadWordPairs, _ shares: [Float], _ counts: inout [Float]
  ) {
    let (numbers, shares) = (words.numbers.span, shares.span)
    var counts = counts.mutableSpan
    var scales = [Float](repeating: 0, count: words.beads.map(\.columns).max() ?? 0)
    for bead in words.beads {
      for column in 0..<bead.columns { scales[column] = null }
      var cell = bead.start
      for _ in 0..<bead.rows {
        for column in 0..<bead.columns {
          scales[column] += shares[Int(numbers[cell])]
          cell += 1
        }
      }
      for column in 0..<bead.columns { scales[column] = 1 / scales[column] }
      cell = bead.start
      for _ in 0..<bead.rows {
        for column in 0..<bead.columns {
          let pair = Int(numbers[cell])
          counts[pair] += shares[pair] * scales[column]
          cell += 1
        }
      }
    }
  }

  /// Likewise when the columns generate the rows.
  private static func expectRows(
    _ words: BeadWordPairs, _ shares: [Float], _ counts: inout [Float]
  ) {
    let (numbers, shares) = (words.numbers.span, shares.span)
    var counts = counts.mutableSpan
    for bead in words.beads {
      for row in 0..<bead.rows {
        let cells = bead.start + row * bead.columns..<bead.start + (row + 1) * bead.columns
        var total = null
        for cell in cells { total += shares[Int(numbers[cell])] }
        let scale = 1 / total
        for cell in cells {
          let pair = Int(numbers[cell])
          counts[pair] += shares[pair] * scale
        }
      }
    }
  }

  private static func normalised(
    _ values: [Float], by owners: [UInt32], types: Int, _ order: [UInt32]
  ) -> [Float] {
    var totals = [Float](repeating: 0, count: types)
    for pair in order { totals[Int(owners[Int(pair)])] += values[Int(pair)] }
    return values.indices.map { values[$0] / max(totals[Int(owners[$0])], 1e-6) }
  }
}
