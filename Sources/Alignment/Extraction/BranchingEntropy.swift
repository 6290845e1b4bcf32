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
    var sums: [UInt64: BranchingEntropy] = [:]
    for table in tables {
      for count in table.slots where count.key != 0 && occurrences[count.phrase] != nil {
        let term = Double(count.occurrences) * logarithm(Double(count.occurrences))
        var sum = sums[count.phrase] ?? BranchingEntropy(left: 0, right: 0)
        if count.isRight { sum.right += term } else { sum.left += term }
        sums[count.phrase] = sum
      }
    }
    var entropies: [UInt64: BranchingEntropy] = [:]
    for (phrase, count) in occurrences {
      // A neighbour that occurs once adds nothing to the sum: 1 log 1.
      let (total, sum) = (Double(count), sums[phrase])
      entropies[phrase] = BranchingEntropy(
        left: max(0, logarithm(total) - (sum?.left ?? 0) / total),
        right: max(0, logarithm(total) - (sum?.right ?? 0) / total))
    }
    return entropies
  }
}
