/// A fuzzy search in one part of the memory: which of its texts come into question, and which lists
/// tell.
struct FuzzySearch {
  /// A piece of the query that the part has.
  struct List {
    /// Which of the query's pieces it is.
    var piece: Int
    /// The piece's number in the part.
    var gram: Int
    /// About how many texts of the window have it.
    var cost: Int
  }

  let part: Int
  /// The texts whose length makes them alike enough.
  var window: Range<Int>
  private(set) var lists: [List] = []
  /// Of the query, in code points.
  let length: Int

  private let pieces: QueryPieces

  init(
    _ pattern: FuzzyPattern, _ pieces: QueryPieces, part: Int, in searcher: MemorySearcher,
    _ minimum: Double
  ) throws {
    self.part = part
    self.pieces = pieces
    length = pattern.count
    window = searcher.parts[part].reader.texts(of: pattern.lengths(minimum: minimum))
    guard !window.isEmpty else { return }
    let share = Double(window.count) / Double(searcher.parts[part].reader.shelf.count)
    for (piece, wanted) in pieces.all.enumerated() {
      guard let gram = try searcher.parts[part].reader.index(of: wanted.gram) else { continue }
      let count = try searcher.parts[part].reader.textCount(ofGram: gram)
      lists.append(
        List(piece: piece, gram: gram, cost: Int(Double(count) * share) + 1))
    }
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
      let losses = pieces.losses(of: chosen.map { lists[$0].piece })
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
  /// Calls `body` with the match key that the pattern was made of, in UTF-8.
  func withKey<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    var text = ""
    for scalar in scalars { text.unicodeScalars.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
    return try text.withUTF8 { try body($0) }
  }
}
