internal import Bitext

extension MemorySearcher {
  /// How much of the memory a search looks at.
  package enum Effort: Sendable {
    /// The texts that have the rarest pieces of the query: nearly always the best ones.
    case usual
    /// All that can be as alike as asked: nothing is missed.
    case exhaustive
  }

  /// Numbers of lists that a usual search reads, over all segments, in a memory of a million texts
  /// of the language (measured: docs/design/memory.md). In a larger one all lists are longer: the
  /// budget grows with the root of its size, so that the time does.
  private static let (postingBudget, budgetedTexts) = (60_000, 1_000_000)
  /// Texts that a usual search compares, and how many more for each hit that is asked for.
  private static let (comparedTexts, comparedPerHit) = (1000, 20)
  /// The texts most like a query, best first; of equally alike ones the newest.
  ///
  /// - Parameters:
  ///   - pattern: the query.
  ///   - minimum: the least similarity, a share 0…1.
  ///   - limit: how many texts at the most.
  ///   - effort: how much is looked at.
  ///   - languages: says which language tags are wanted.
  /// - Returns: what was found.
  /// - Throws: `Trouble` for a damaged segment.
  package func fuzzy(
    _ pattern: FuzzyPattern, minimum: Double, limit: Int, effort: Effort,
    in languages: (String) -> Bool
  ) throws -> [TextHit] {
    var best = BestHits(limit: limit, minimum: minimum)
    tail.forEach(in: languages) { text, key in
      guard pattern.lengths(minimum: best.floor).contains(text.length) else { return }
      let reach = pattern.reach(minimum: best.floor, length: text.length)
      let distance = pattern.distance(toKey: key, length: text.length, within: reach)
      guard distance <= reach else { return }
      best.add(
        TextHit(
          unit: text.unit, side: text.side, score: pattern.share(of: distance, length: text.length),
          length: text.length))
    }
    let wanted = parts(in: languages)
    try addExact(pattern, wanted, &best)
    guard !best.isPerfect else { return best.sorted }
    var searches = try wanted.map { try FuzzySearch(pattern, part: $0, in: self, best.floor) }
      .filter { !$0.window.isEmpty }
    try countRarest(&searches)
    defer { for search in searches { parts[search.part].counts.clearTouched() } }
    let compared = try compare(pattern, searches, &best)
    if effort == .exhaustive {
      for search in searches {
        parts[search.part].counts.clearTouched()
        let known = compared.filter { $0.part == search.part }.map(\.text)
        try compareAll(pattern, search, except: known.sorted(), &best)
      }
    }
    return best.sorted
  }

  private func addExact(
    _ pattern: FuzzyPattern, _ wanted: [Int], _ best: inout BestHits
  ) throws {
    try pattern.withKey { key in
      for index in wanted {
        var texts: [Int] = []
        try parts[index].reader.forEachText(withKey: key) { texts.append($0) }
        for text in texts {
          let (unit, side) = try parts[index].place(of: text)
          guard !parts[index].isDead(unit) else { continue }
          best.add(TextHit(unit: unit, side: side, score: 1, length: pattern.count))
        }
      }
    }
  }

  // MARK: The usual search

  /// Counts the rarest pieces, over all parts, as long as the budget lasts.
  private func countRarest(_ searches: inout [FuzzySearch]) throws {
    var lists: [(cost: Int, search: Int, list: Int)] = []
    for (index, search) in searches.enumerated() {
      for (list, found) in search.lists.enumerated() { lists.append((found.cost, index, list)) }
    }
    lists.sort { ($0.cost, $0.search, $0.list) < ($1.cost, $1.search, $1.list) }
    let texts = searches.reduce(0) { $0 + parts[$1.part].reader.shelf.count }
    let growth = max(1, Double(texts) / Double(Self.budgetedTexts)).squareRoot()
    let all = Int(Double(Self.postingBudget) * growth)
    var budget = all
    for list in lists {
      guard budget > 0, list.cost <= budget || budget == all else { break }
      guard searches[list.search].counted.count < PieceCounts.limit else { continue }
      searches[list.search].counted.append(list.list)
      let (part, window) = (searches[list.search].part, searches[list.search].window)
      let gram = searches[list.search].lists[list.list].gram
      let found = try parts[part].reader.list(
        ofGram: gram, in: UInt32(window.lowerBound)..<UInt32(window.upperBound))
      parts[part].counts.count(found)
      budget -= found.cost
    }
  }

  /// A text of a part.
  private struct Candidate {
    var part: Int
    var text: Int
    /// How many of the counted pieces it has, in 255ths of all.
    var share: Int
  }

  /// Compares the texts that have most of the counted pieces, and returns which they were.
  private func compare(
    _ pattern: FuzzyPattern, _ searches: [FuzzySearch], _ best: inout BestHits
  ) throws -> [Candidate] {
    var compared: [Candidate] = []
    var losses = [[Int]](repeating: [], count: parts.count)
    var counted = [Int](repeating: 0, count: parts.count)
    for search in searches {
      losses[search.part] = search.losses(of: search.counted)
      counted[search.part] = search.counted.count
    }
    let (more, isTooMany) = best.limit.multipliedReportingOverflow(by: Self.comparedPerHit)
    let limit = isTooMany ? .max : max(Self.comparedTexts, more)
    for candidate in candidates(searches, limit) {
      let (part, text) = (candidate.part, candidate.text)
      let length = parts[part].reader.length(of: text)
      let reach = pattern.reach(minimum: best.floor, length: length)
      guard abs(length - pattern.count) <= reach else { continue }
      // Each edit takes off only so many pieces.
      let least = counted[part] - losses[part][min(reach, losses[part].count - 1)]
      guard parts[part].counts[text] >= least else { continue }
      try compare(pattern, part, text, length, reach, &best)
      compared.append(candidate)
    }
    return compared
  }

  /// The touched texts with the largest shares of counted pieces, these first.
  private func candidates(_ searches: [FuzzySearch], _ limit: Int) -> [Candidate] {
    // Shares, so that parts of which more was counted do not crowd out others.
    let shares = searches.map { search in
      (0...PieceCounts.limit).map { min(255, $0 * 255 / max(1, search.counted.count)) }
    }
    var histogram = [Int](repeating: 0, count: 256)
    for (search, shares) in zip(searches, shares) {
      for (count, texts) in parts[search.part].counts.histogram().enumerated() where texts > 0 {
        histogram[shares[count]] += texts
      }
    }
    var (least, sum) = (255, 0)
    while least > 0, sum == 0 || sum + histogram[least] <= limit {
      sum += histogram[least]
      least -= 1
    }
    var chosen: [Candidate] = []
    chosen.reserveCapacity(sum)
    for (search, shares) in zip(searches, shares) {
      let counts = parts[search.part].counts
      for index in 0..<counts.touchedCount {
        let text = Int(counts.touched(index))
        let share = shares[counts[text]]
        if share > least {
          chosen.append(Candidate(part: search.part, text: text, share: share))
        }
      }
    }
    chosen.sort { ($1.share, $0.part, $0.text) < ($0.share, $1.part, $1.text) }
    if chosen.count > limit { chosen.removeSubrange(limit...) }
    return chosen
  }

  private func compare(
    _ pattern: FuzzyPattern, _ part: Int, _ text: Int, _ length: Int, _ reach: Int,
    _ best: inout BestHits
  ) throws {
    let distance = try parts[part].reader.withKey(text) {
      pattern.distance(toKey: $0, length: length, within: reach)
    }
    try add(pattern, distance, part, text, length, reach, &best)
  }

  private func add(
    _ pattern: FuzzyPattern, _ distance: Int, _ part: Int, _ text: Int, _ length: Int, _ reach: Int,
    _ best: inout BestHits
  ) throws {
    // What is the same was found before.
    guard distance <= reach, distance > 0 else { return }
    let (unit, side) = try parts[part].place(of: text)
    guard !parts[part].isDead(unit) else { return }
    best.add(
      TextHit(
        unit: unit, side: side, score: pattern.share(of: distance, length: length), length: length))
  }

  // MARK: The exhaustive search

  /// Compares all texts of a part that can be as alike as the worst of the best so far.
  private func compareAll(
    _ pattern: FuzzyPattern, _ search: FuzzySearch, except known: [Int], _ best: inout BestHits
  ) throws {
    let part = search.part
    var known = known[...]
    let window = parts[part].reader.texts(of: pattern.lengths(minimum: best.floor))
    guard !window.isEmpty else { return }
    var search = search
    search.window = window
    let plan = search.plan(pattern, best.floor, PieceCounts.limit)
    let counts = parts[part].counts
    let texts = UInt32(window.lowerBound)..<UInt32(window.upperBound)
    for list in plan.lists {
      counts.countAll(try parts[part].reader.list(ofGram: search.lists[list].gram, in: texts))
    }
    defer { counts.clear(window) }
    var batch = TextBatch()
    var text = window.lowerBound
    while text < window.upperBound {
      let length = parts[part].reader.length(of: text)
      let end = min(window.upperBound, parts[part].reader.texts(of: length...length).upperBound)
      var (floor, reach, least) = (-1.0, 0, 0)
      while text < end {
        if floor != best.floor {
          floor = best.floor
          reach = pattern.reach(minimum: floor, length: length)
          least = plan.lists.count - plan.losses[min(reach, plan.losses.count - 1)]
        }
        guard abs(length - pattern.count) <= reach else { break }
        if least > 0 {
          guard let next = counts.firstText(in: text..<end, countedAtLeast: least) else { break }
          text = next
        }
        while let first = known.first, first < text { known.removeFirst() }
        if known.first != text {
          batch.texts.append(text)
          if batch.texts.count == FuzzyPattern.laneCount {
            try compare(pattern, part, &batch, length, reach, &best)
          }
        }
        text += 1
      }
      text = end
      try compare(
        pattern, part, &batch, length, pattern.reach(minimum: best.floor, length: length), &best)
    }
  }

  /// Texts of one length that are compared together.
  private struct TextBatch {
    var texts: [Int] = []
    var rows: [UInt32] = []
  }

  private func compare(
    _ pattern: FuzzyPattern, _ part: Int, _ batch: inout TextBatch, _ length: Int, _ reach: Int,
    _ best: inout BestHits
  ) throws {
    defer { batch.texts.removeAll(keepingCapacity: true) }
    guard reach < 64 || pattern.count <= 64, batch.texts.count > 1 else {
      for text in batch.texts { try compare(pattern, part, text, length, reach, &best) }
      return
    }
    let size = FuzzyPattern.laneCount * length
    if batch.rows.count < size { batch.rows = [UInt32](repeating: 0, count: size) }
    let texts = batch.texts
    let distances = try batch.rows.withUnsafeMutableBufferPointer { rows in
      guard let base = rows.baseAddress else { return FuzzyPattern.Lanes(repeating: .max) }
      for (lane, text) in texts.enumerated() {
        let count = try parts[part].reader.withKey(text) {
          pattern.putRows(of: $0, to: base + lane * length, room: length)
        }
        guard count == length else { throw parts[part].reader.damage }
      }
      return pattern.distances(to: base, length: length, within: reach)
    }
    for (lane, text) in texts.enumerated() {
      try add(pattern, Int(distances[lane]), part, text, length, reach, &best)
    }
  }
}
