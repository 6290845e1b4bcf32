/// The pairs of words that beads hold, each with a number: those of one left word together, in the
/// order in which the beads have them.
struct BeadWordPairs {
  /// A bead, with the numbers of its pairs in ``numbers``, a row for each left word.
  struct Bead {
    var rows: Int
    var columns: Int
    var start: Int
  }

  private(set) var beads: [Bead] = []
  private(set) var numbers: [UInt32] = []
  /// The types of each pair.
  private(set) var left: [UInt32] = []
  private(set) var right: [UInt32] = []
  /// All pairs in the order in which the beads have them.
  private(set) var order: [UInt32] = []
  private let leftSide: RecurringWords
  private let rightSide: RecurringWords
  private let links: [(left: UInt64, right: UInt64, weight: Float)]

  /// The hash of each type.
  var leftHashes: [UInt64] { leftSide.hashes }
  var rightHashes: [UInt64] { rightSide.hashes }

  /// Pairs that are learnt from at the most, each as often as it occurs.
  static let mostPairs = 2_500_000

  /// Gives a type to each word that stands in more than one bead, and a number to each pair of
  /// those that stand in one; of very many documents in the first ones.
  init(_ documents: [BeadWords]) {
    leftSide = RecurringWords(documents.map(\.left))
    rightSide = RecurringWords(documents.map(\.right))
    links = documents.flatMap(\.links)
    let words = add(documents)
    number(words.rows, words.columns)
    setOrder()
  }

  /// Adds the beads; returns the types of their rows and of their columns.
  private mutating func add(_ documents: [BeadWords]) -> (rows: [UInt32], columns: [UInt32]) {
    var words: (rows: [UInt32], columns: [UInt32]) = ([], [])
    var first = (left: 0, right: 0)
    var cells = 0
    for document in documents {
      guard cells <= Self.mostPairs else { break }
      var starts = (left: 0, right: 0)
      for end in document.ends {
        let old = (words.rows.count, words.columns.count)
        leftSide.append(first.left + starts.left..<first.left + end.left, to: &words.rows)
        rightSide.append(first.right + starts.right..<first.right + end.right, to: &words.columns)
        let bead = Bead(
          rows: words.rows.count - old.0, columns: words.columns.count - old.1, start: cells)
        beads.append(bead)
        cells += bead.rows * bead.columns
        starts = end
      }
      first.left += document.left.count
      first.right += document.right.count
    }
    return words
  }

  /// Numbers the pairs, one left type after the other.
  private mutating func number(_ rows: [UInt32], _ columns: [UInt32]) {
    let places = self.places(of: rows)
    numbers = Array(repeating: 0, count: beads.last.map { $0.start + $0.rows * $0.columns } ?? 0)
    // For each right type the left one that met it last, and the number that the two have.
    var met = [(left: UInt32, number: UInt32)](
      repeating: (.max, 0), count: rightSide.hashes.count)
    for type in 0..<leftSide.hashes.count {
      let mark = UInt32(truncatingIfNeeded: type)
      for place in places.starts[type]..<places.starts[type + 1] {
        var (cell, column, count) = places.list[place]
        for _ in 0..<count {
          let other = Int(columns[column])
          if met[other].left != mark {
            met[other] = (mark, UInt32(truncatingIfNeeded: left.count))
            left.append(mark)
            right.append(columns[column])
          }
          numbers[cell] = met[other].number
          cell += 1
          column += 1
        }
      }
    }
  }

  /// For each left type the rows that it has: their first cell, the first of their columns, and how
  /// many these are.
  private func places(
    of rows: [UInt32]
  ) -> (starts: [Int], list: [(cell: Int, column: Int, count: Int)]) {
    var starts = [Int](repeating: 0, count: leftSide.hashes.count + 1)
    for type in rows { starts[Int(type) + 1] += 1 }
    for type in 0..<leftSide.hashes.count { starts[type + 1] += starts[type] }
    var next = starts
    var list = [(cell: Int, column: Int, count: Int)](repeating: (0, 0, 0), count: rows.count)
    var (row, column) = (0, 0)
    for bead in beads {
      for index in 0..<bead.rows {
        let type = Int(rows[row])
        list[next[type]] = (bead.start + index * bead.columns, column, bead.columns)
        next[type] += 1
        row += 1
      }
      column += bead.columns
    }
    return (starts, list)
  }

  private mutating func setOrder() {
    var isKnown = [Bool](repeating: false, count: left.count)
    order.reserveCapacity(left.count)
    for pair in numbers where !isKnown[Int(pair)] {
      isKnown[Int(pair)] = true
      order.append(pair)
    }
  }

  /// What each pair weighs before anything is learnt: more when a lexicon has it.
  func weights(prior: Float) -> [Float] {
    var weights = [Float](repeating: 1, count: left.count)
    let known = knownLinks()
    var numbers = [UInt32](repeating: 0, count: rightSide.hashes.count)
    var pair = 0
    for type in 0..<leftSide.hashes.count {
      let first = pair
      while pair < left.count, Int(left[pair]) == type {
        pair += 1
        if known.starts[type] < known.starts[type + 1] {
          numbers[Int(right[pair - 1])] = UInt32(truncatingIfNeeded: pair)
        }
      }
      guard known.starts[type] < known.starts[type + 1] else { continue }
      for link in known.list[known.starts[type]..<known.starts[type + 1]] {
        let number = Int(numbers[Int(link.right)]) - 1
        if number >= 0 { weights[number] = max(weights[number], 1 + prior * link.weight) }
      }
      for index in first..<pair { numbers[Int(right[index])] = 0 }
    }
    return weights
  }

  /// The links of the lexicons between recurring words, by left type.
  private func knownLinks() -> (starts: [Int], list: [(right: UInt32, weight: Float)]) {
    var found: [(left: UInt32, right: UInt32, weight: Float)] = []
    for link in links {
      guard let a = leftSide.type(of: link.left), let b = rightSide.type(of: link.right) else {
        continue
      }
      found.append((a, b, link.weight))
    }
    var starts = [Int](repeating: 0, count: leftSide.hashes.count + 1)
    for link in found { starts[Int(link.left) + 1] += 1 }
    for type in 0..<leftSide.hashes.count { starts[type + 1] += starts[type] }
    var next = starts
    var list = [(right: UInt32, weight: Float)](repeating: (0, 0), count: found.count)
    for link in found {
      list[next[Int(link.left)]] = (link.right, link.weight)
      next[Int(link.left)] += 1
    }
    return (starts, list)
  }
}

/// The words of one side of some documents; those that stand in more than one bead have a type.
private struct RecurringWords {
  /// The hash of each type.
  private(set) var hashes: [UInt64] = []
  private var known = KeyNumbers()
  /// The type of each known word; the greatest number for one that does not recur.
  private var types: [UInt32] = []
  /// The number of each word among the known ones, all documents one after the other.
  private var words: [UInt32] = []

  init(_ documents: [[UInt64]]) {
    words.reserveCapacity(documents.reduce(0) { $0 + $1.count })
    for document in documents {
      for hash in document {
        let number = known.number(of: hash)
        words.append(UInt32(truncatingIfNeeded: number))
        if number == types.count {
          types.append(.max)
        } else if types[number] == .max {
          types[number] = UInt32(truncatingIfNeeded: hashes.count)
          hashes.append(hash)
        }
      }
    }
  }

  /// Appends the types of some words, those without one left out.
  func append(_ range: Range<Int>, to list: inout [UInt32]) {
    for word in words[range] where types[Int(word)] != .max { list.append(types[Int(word)]) }
  }

  func type(of hash: UInt64) -> UInt32? {
    guard let number = known[hash], types[number] != .max else { return nil }
    return types[number]
  }
}
