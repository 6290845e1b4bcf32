/// The pieces of a query, each once.
struct QueryPieces {
  struct Piece {
    var gram: UInt64
    /// Where it begins in the query, each time.
    var starts: [Int]
    /// How many code points it has.
    var length: Int
  }

  private(set) var all: [Piece] = []
  /// Of the query, in code points.
  private let length: Int

  init(_ pattern: FuzzyPattern) {
    length = pattern.count
    var places: [UInt64: Int] = [:]
    let scalars = pattern.scalars
    for (gram, start) in TextGrams.grams(of: scalars, isWhole: true) {
      if let place = places[gram] {
        all[place].starts.append(start)
      } else {
        places[gram] = all.count
        let next = start + 1 < scalars.count ? scalars[start + 1] : TextGrams.end
        all.append(
          Piece(gram: gram, starts: [start], length: TextGrams.length(scalars[start], next)))
      }
    }
  }

  /// In code points (measured: docs/design/memory.md).
  private static let stretch = 16

  /// In which order pieces are counted: rare ones before others, since they tell more, but of one
  /// stretch of the query each as many times later as there are rarer ones. Else all might come from
  /// the very words in which the query differs.
  ///
  /// - Parameter costs: for each piece how many texts have it.
  /// - Returns: the pieces that texts have.
  func order(_ costs: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: length / Self.stretch + 1)
    var order: [(late: Int, piece: Int)] = []
    for piece in all.indices.sorted(by: { (costs[$0], $0) < (costs[$1], $1) })
    where costs[piece] > 0 {
      let stretch = all[piece].starts[0] / Self.stretch
      counts[stretch] += 1
      order.append((costs[piece] * counts[stretch], piece))
    }
    return order.sorted { ($0.late, $0.piece) < ($1.late, $1.piece) }.map(\.piece)
  }

  /// How many of some pieces so many edits of the query can take away, at the most: by count of
  /// edits, from none on until all are gone.
  ///
  /// An edit takes away the pieces that lie over its place. Those of the worst places together are
  /// no fewer than those of any.
  func losses(of chosen: [Int]) -> [Int] {
    var covers = [Int](repeating: 0, count: length + 2)
    for index in chosen {
      for start in all[index].starts {
        for place in start..<min(start + all[index].length, covers.count) { covers[place] += 1 }
      }
    }
    covers.sort(by: >)
    var losses = [0]
    var sum = 0
    for cover in covers where cover > 0 && sum < chosen.count {
      sum = min(sum + cover, chosen.count)
      losses.append(sum)
    }
    return losses
  }
}
