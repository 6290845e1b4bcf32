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

  /// By the hash of the left type.
  private(set) var links: [UInt64: [Link]] = [:]

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
    var words = BeadWordPairs(documents)
    for document in documents where !words.isFull { words.add(document) }
    let start = words.starts(document: documents, prior: Self.prior)
    let forward = Self.learn(words, start, by: words.left, types: words.leftHashes.count, true)
    let backward = Self.learn(words, start, by: words.right, types: words.rightHashes.count, false)
    for index in start.indices {
      let count = min(forward.counts[index], backward.counts[index])
      guard count >= Self.leastCount else { continue }
      let weight =
        (forward.shares[index] * backward.shares[index]).squareRoot() * count
        / (count + Self.discount)
      guard weight >= Self.leastWeight else { continue }
      links[words.leftHashes[Int(words.left[index])], default: []].append(
        Link(right: words.rightHashes[Int(words.right[index])], weight: min(1, weight)))
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
    var shares = normalised(start, by: owners, types: types)
    var counts: [Float] = []
    for _ in 0..<rounds {
      counts = [Float](repeating: 0, count: start.count)
      for bead in words.beads {
        let (outer, inner) = isForward ? (bead.columns, bead.rows) : (bead.rows, bead.columns)
        let (outerStep, innerStep) = isForward ? (1, bead.columns) : (bead.columns, 1)
        for place in 0..<outer {
          let first = bead.start + place * outerStep
          var total = null
          for other in 0..<inner {
            total += shares[Int(words.numbers[first + other * innerStep])]
          }
          let scale = 1 / total
          for other in 0..<inner {
            let pair = Int(words.numbers[first + other * innerStep])
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

/// What one document gives to ``LearntWords``: the words of its beads, and what is known of them.
struct BeadWords: Sendable {
  /// The hashes of the words on both sides, each word of a bead once.
  fileprivate(set) var left: [UInt64] = []
  fileprivate(set) var right: [UInt64] = []
  /// Where each bead's words end on both sides.
  fileprivate(set) var ends: [(left: Int, right: Int)] = []
  /// The links that the lexicons give between these words.
  fileprivate(set) var links: [(left: UInt64, right: UInt64, weight: Float)] = []

  /// Beads of more words on a side are left out: their pairs are mostly wrong.
  private static let mostWords = 120
  /// What one document gives at the most, in pairs: as much as some chapters of a book.
  private static let mostPairs = 700_000

  init(
    left: AlignmentSide, right: AlignmentSide, evidence: LexicalEvidence,
    path: [BeadSearch.Step]
  ) {
    // A long document is sampled evenly, so that its end is learnt from as well as its start.
    let stride = max(1, Self.pairs(left, right, path) / Self.mostPairs + 1)
    var isUsed = [Bool](repeating: false, count: left.typeCount)
    for (number, step) in path.enumerated() where number % stride == 0 {
      let start = step.start
      guard start.row < step.row, start.column < step.column else { continue }
      let leftTypes = Self.types(left, start.row..<step.row)
      let rightTypes = Self.types(right, start.column..<step.column)
      guard leftTypes.count <= Self.mostWords, rightTypes.count <= Self.mostWords else { continue }
      for type in leftTypes { isUsed[Int(type)] = true }
      self.left += leftTypes.map { left.hashes[Int($0)] }
      self.right += rightTypes.map { right.hashes[Int($0)] }
      ends.append((self.left.count, self.right.count))
    }
    for type in isUsed.indices where isUsed[type] {
      for link in evidence.links(of: UInt32(type)) {
        links.append((left.hashes[type], right.hashes[Int(link.rightType)], link.weight))
      }
    }
  }

  /// How many pairs of words the beads hold.
  var pairCount: Int {
    var count = 0
    var start = (left: 0, right: 0)
    for end in ends {
      count += (end.left - start.left) * (end.right - start.right)
      start = end
    }
    return count
  }

  private static func pairs(
    _ left: AlignmentSide, _ right: AlignmentSide, _ path: [BeadSearch.Step]
  ) -> Int {
    path.reduce(0) { sum, step in
      let start = step.start
      return sum + (left.starts[step.row] - left.starts[start.row])
        * (right.starts[step.column] - right.starts[start.column])
    }
  }

  /// The types of some segments, each once.
  private static func types(_ side: AlignmentSide, _ segments: Range<Int>) -> [UInt32] {
    let tokens =
      side.tokens[side.starts[segments.lowerBound]..<side.starts[segments.upperBound]].sorted()
    var types: [UInt32] = []
    for token in tokens where types.last != token { types.append(token) }
    return types
  }
}

/// The pairs of words that beads hold, each with a number.
struct BeadWordPairs {
  /// A bead, with the numbers of its pairs in ``numbers``, a row for each left word.
  struct Bead {
    var rows: Int
    var columns: Int
    var start: Int
  }

  private(set) var beads: [Bead] = []
  private(set) var numbers: [UInt32] = []
  private(set) var leftHashes: [UInt64] = []
  private(set) var rightHashes: [UInt64] = []
  /// The types of each pair.
  private(set) var left: [UInt32] = []
  private(set) var right: [UInt32] = []
  private var leftTypes: [UInt64: UInt32] = [:]
  private var rightTypes: [UInt64: UInt32] = [:]
  /// Numbers of pairs, from 1; 0 where a place is free: an open-addressed table, whose size is a
  /// power of two.
  private var places = [UInt32](repeating: 0, count: 1 << 12)

  /// Pairs that are learnt from at the most, each as often as it occurs.
  static let mostPairs = 2_500_000

  var isFull: Bool { numbers.count > Self.mostPairs }

  /// Gives a type to each word that stands in more than one bead.
  init(_ documents: [BeadWords]) {
    (leftTypes, leftHashes) = Self.recurring(documents.map(\.left))
    (rightTypes, rightHashes) = Self.recurring(documents.map(\.right))
  }

  private static func recurring(_ words: [[UInt64]]) -> ([UInt64: UInt32], [UInt64]) {
    var types: [UInt64: UInt32] = [:]
    var hashes: [UInt64] = []
    for hash in words.joined() {
      guard let known = types[hash] else {
        types[hash] = .max
        continue
      }
      guard known == .max else { continue }
      types[hash] = UInt32(hashes.count)
      hashes.append(hash)
    }
    return (types.filter { $0.value != .max }, hashes)
  }

  mutating func add(_ document: BeadWords) {
    var starts = (left: 0, right: 0)
    for end in document.ends {
      let rows = document.left[starts.left..<end.left].compactMap { leftTypes[$0] }
      let columns = document.right[starts.right..<end.right].compactMap { rightTypes[$0] }
      beads.append(Bead(rows: rows.count, columns: columns.count, start: numbers.count))
      for a in rows { for b in columns { numbers.append(number(a, b)) } }
      starts = end
    }
  }

  /// What each pair weighs before anything is learnt: more when a lexicon has it.
  func starts(document documents: [BeadWords], prior: Float) -> [Float] {
    var start = [Float](repeating: 1, count: left.count)
    for document in documents {
      for link in document.links {
        guard let a = leftTypes[link.left], let b = rightTypes[link.right],
          let number = known(a, b)
        else { continue }
        start[number] = max(start[number], 1 + prior * link.weight)
      }
    }
    return start
  }

  private func known(_ a: UInt32, _ b: UInt32) -> Int? {
    var place = self.place(a, b)
    while places[place] != 0 {
      let number = Int(places[place]) - 1
      if left[number] == a, right[number] == b { return number }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  private mutating func number(_ a: UInt32, _ b: UInt32) -> UInt32 {
    if let known = known(a, b) { return UInt32(known) }
    if left.count * 2 >= places.count { grow() }
    left.append(a)
    right.append(b)
    insert(left.count - 1)
    return UInt32(left.count - 1)
  }

  private func place(_ a: UInt32, _ b: UInt32) -> Int {
    let mixed = (UInt64(a) << 32 | UInt64(b)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 32) & (places.count - 1)
  }

  private mutating func insert(_ number: Int) {
    var place = self.place(left[number], right[number])
    while places[place] != 0 { place = (place + 1) & (places.count - 1) }
    places[place] = UInt32(number + 1)
  }

  private mutating func grow() {
    places = Array(repeating: 0, count: places.count * 2)
    for number in left.indices { insert(number) }
  }
}
