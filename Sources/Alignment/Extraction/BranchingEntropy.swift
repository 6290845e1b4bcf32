internal import Bitext

/// How freely ideographs follow and precede a phrase, in nats: the entropy of its neighbours on
/// each side. A piece of a longer word has always the same ones; a term has many (Jin and
/// Tanaka-Ishii, *COLING/ACL* 2006).
///
/// The end of a text, a mark and a word in another script count as a neighbour of their own each.
struct BranchingEntropy {
  var left: Double
  var right: Double

  /// The lesser of the two, which tells whether a phrase is whole.
  var least: Double { min(left, right) }

  /// - Parameters:
  ///   - occurrences: of each phrase.
  ///   - tables: how often each neighbour stands beside a phrase.
  /// - Returns: the entropies of the phrases that `occurrences` has.
  static func of(
    _ occurrences: [UInt64: UInt32], neighbours tables: [CountTable<NeighbourCount>]
  ) -> [UInt64: BranchingEntropy] {
    var numbers = KeyNumbers()
    for phrase in occurrences.keys { _ = numbers.number(of: phrase) }
    var sums = [BranchingEntropy](
      repeating: BranchingEntropy(left: 0, right: 0), count: numbers.count)
    for table in tables {
      // A neighbour that occurs once adds nothing to the sum: 1 log 1.
      for count in table.slots where count.key != 0 && count.occurrences > 1 {
        guard let number = numbers[count.phrase] else { continue }
        let term = Double(count.occurrences) * logarithm(Double(count.occurrences))
        if count.isRight { sums[number].right += term } else { sums[number].left += term }
      }
    }
    var entropies: [UInt64: BranchingEntropy] = [:]
    entropies.reserveCapacity(occurrences.count)
    for (phrase, count) in occurrences {
      let (total, sum) = (Double(count), numbers[phrase].map { sums[$0] })
      entropies[phrase] = BranchingEntropy(
        left: max(0, logarithm(total) - (sum?.left ?? 0) / total),
        right: max(0, logarithm(total) - (sum?.right ?? 0) / total))
    }
    return entropies
  }
}
