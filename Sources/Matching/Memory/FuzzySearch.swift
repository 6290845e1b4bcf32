/// A fuzzy search in one part of the memory: which of its texts come into question, and which lists
/// tell.
struct FuzzySearch {
  /// A piece of the query that the part has.
  struct List {
    /// The piece's number in the part.
    var gram: Int
    /// About how many texts of the window have it.
    var cost: Int
    /// Where the piece begins in the query, each time.
    var starts: [Int]
    /// How many code points it has.
    var length: Int
  }

  let part: Int
  /// The texts whose length makes them alike enough.
  var window: Range<Int>
  private(set) var lists: [List] = []
  /// Pieces of the query that no text of the part has.
  private(set) var missing = 0
  /// The lists that were counted.
  var counted: [Int] = []
  /// Of the query, in code points.
  let length: Int

  init(_ pattern: FuzzyPattern, part: Int, in searcher: MemorySearcher, _ minimum: Double) throws {
    self.part = part
    length = pattern.count
    window = searcher.parts[part].reader.texts(of: pattern.lengths(minimum: minimum))
    guard !window.isEmpty else { return }
    let share = Double(window.count) / Double(searcher.parts[part].reader.shelf.count)
    for piece in pattern.pieces {
      guard let gram = try searcher.parts[part].reader.index(of: piece.gram) else {
        missing += 1
        continue
      }
      let count = try searcher.parts[part].reader.textCount(ofGram: gram)
      lists.append(
        List(
          gram: gram, cost: Int(Double(count) * share) + 1, starts: piece.starts,
          length: piece.length))
    }
  }

  /// For each list how late it is counted: rare pieces before others, since they tell more, but of one
  /// stretch of the query each as many times later as there are rarer ones. Else all might come from
  /// the very words in which the query differs.
  var order: [Int] {
    var order = [Int](repeating: 0, count: lists.count)
    var counts = [Int](repeating: 0, count: length / Self.stretch + 1)
    for list in lists.indices.sorted(by: { (lists[$0].cost, $0) < (lists[$1].cost, $1) }) {
      let stretch = lists[list].starts[0] / Self.stretch
      counts[stretch] += 1
      order[list] = lists[list].cost * counts[stretch]
    }
    return order
  }

  /// In code points (measured: docs/design/memory.md).
  private static let stretch = 16

  /// How many of some pieces so many edits of the query can take away, at the most: by count of
  /// edits, from none on until all are gone.
  ///
  /// An edit takes away the pieces that lie over its place. Those of the worst places together are
  /// no fewer than those of any.
  func losses(of chosen: [Int]) -> [Int] {
    var covers = [Int](repeating: 0, count: length + 2)
    for index in chosen {
      let list = lists[index]
      for start in list.starts {
        for place in start..<min(start + list.length, covers.count) { covers[place] += 1 }
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

  /// Which lists to count so that no text of the window is missed, and what edits take off them.
  ///
  /// The most frequent pieces are left out as long as a text that is alike enough must have half as
  /// many of the others as it must have of all.
  func plan(
    _ pattern: FuzzyPattern, _ minimum: Double, _ limit: Int
  ) -> (lists: [Int], losses: [Int]) {
    let sorted = lists.indices.sorted { (lists[$0].cost, $0) < (lists[$1].cost, $1) }
    // The longest text of the window bears the most edits.
    let reach = pattern.reach(
      minimum: minimum, length: pattern.lengths(minimum: minimum).upperBound)
    func least(_ chosen: [Int]) -> (Int, [Int]) {
      let losses = losses(of: chosen)
      return (chosen.count - losses[min(reach, losses.count - 1)], losses)
    }
    var chosen = Array(sorted.prefix(limit))
    var (all, allLosses) = least(chosen)
    let enough = max(1, (all + 1) / 2)
    while all >= enough, chosen.count > 1 {
      let fewer = Array(chosen.dropLast())
      let (left, losses) = least(fewer)
      guard left >= enough else { break }
      (chosen, all, allLosses) = (fewer, left, losses)
    }
    return (chosen, allLosses)
  }
}

extension FuzzyPattern {
  /// The pieces of the query, each once, with all places where it begins.
  var pieces: [(gram: UInt64, starts: [Int], length: Int)] {
    var places: [UInt64: Int] = [:]
    var pieces: [(gram: UInt64, starts: [Int], length: Int)] = []
    for (gram, start) in TextGrams.grams(of: scalars, isWhole: true) {
      if let place = places[gram] {
        pieces[place].starts.append(start)
      } else {
        places[gram] = pieces.count
        let next = start + 1 < scalars.count ? scalars[start + 1] : TextGrams.end
        pieces.append((gram, [start], TextGrams.length(scalars[start], next)))
      }
    }
    return pieces
  }

  /// Calls `body` with the match key that the pattern was made of, in UTF-8.
  func withKey<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    var text = ""
    for scalar in scalars { text.unicodeScalars.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
    return try text.withUTF8 { try body($0) }
  }
}
