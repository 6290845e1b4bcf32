extension MemorySearcher {
  /// A text of a part that may be like the query.
  struct Candidate {
    var part: Int
    var text: Int
    /// How many of the counted pieces it has.
    var count: Int
    /// How far its length is from the query's, in 64ths of the farthest that may match.
    var distance: Int

    /// Whether `left` is looked at before `right`: the more pieces, then the nearer in length.
    static func isBetter(_ left: Candidate, _ right: Candidate) -> Bool {
      (right.count, left.distance, left.part, left.text)
        < (left.count, right.distance, right.part, right.text)
    }
  }

  private static let wholeDistance = 64

  /// The texts with most of the counted pieces, and of those with the count at the border the ones
  /// whose length is nearest: best first.
  ///
  /// - Parameters:
  ///   - searches: whose lists were counted.
  ///   - limit: how many texts at the most.
  /// - Returns: the texts; all have a counted piece.
  func candidates(_ searches: [FuzzySearch], _ limit: Int) -> [Candidate] {
    var histogram = [Int](repeating: 0, count: PieceCounts.limit + 1)
    for search in searches {
      for (count, texts) in parts[search.part].counts.histogram().enumerated() {
        histogram[count] += texts
      }
    }
    var (border, better) = (PieceCounts.limit, 0)
    while border > 0, better + histogram[border] <= limit {
      better += histogram[border]
      border -= 1
    }
    var chosen: [Candidate] = []
    var others: [Candidate] = []
    chosen.reserveCapacity(min(limit, better + histogram[border]))
    for search in searches {
      let place = LengthPlace(search, parts[search.part].reader)
      parts[search.part].counts.forEachText(countedAtLeast: max(1, border)) { text, count in
        let candidate = Candidate(
          part: search.part, text: text, count: count, distance: place.distance(text))
        if count > border { chosen.append(candidate) } else { others.append(candidate) }
      }
    }
    addNearest(others, limit - chosen.count, &chosen)
    chosen.sort(by: Self.Candidate.isBetter)
    return chosen
  }

  /// Adds as many texts as there is room for, those that are nearest in length.
  private func addNearest(
    _ others: [Candidate], _ room: Int, _ chosen: inout [Candidate]
  ) {
    var histogram = [Int](repeating: 0, count: Self.wholeDistance + 1)
    for candidate in others { histogram[candidate.distance] += 1 }
    var (farthest, room) = (0, room)
    while farthest <= Self.wholeDistance, histogram[farthest] <= room {
      room -= histogram[farthest]
      farthest += 1
    }
    for candidate in others {
      if candidate.distance < farthest {
        chosen.append(candidate)
      } else if candidate.distance == farthest, room > 0 {
        chosen.append(candidate)
        room -= 1
      }
    }
  }

  /// Where in a part the texts of the query's length stand.
  private struct LengthPlace {
    let same: Range<Int>
    private let scale: Double

    init(_ search: FuzzySearch, _ reader: ShelfReader) {
      same = reader.texts(of: search.length...search.length)
      let farthest = max(
        1, same.lowerBound - search.window.lowerBound, search.window.upperBound - same.upperBound)
      scale = Double(MemorySearcher.wholeDistance) / Double(farthest)
    }

    @inline(__always)
    func distance(_ text: Int) -> Int {
      let away = max(0, same.lowerBound - text, text - same.upperBound)
      return min(Int(Double(away) * scale), MemorySearcher.wholeDistance)
    }
  }
}
