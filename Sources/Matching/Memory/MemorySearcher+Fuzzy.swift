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
  /// of the language, and texts that it compares (measured: docs/design/memory.md). In a larger one
  /// all lists are longer and more texts have the same pieces: both grow with the root of its size,
  /// and so does the time.
  private static let (postingBudget, comparedTexts, budgetedTexts) = (60_000, 400, 1_000_000)
  /// How many times as many an exhaustive search compares first: the nearer its worst hit, the fewer
  /// texts are left that could be better.
  private static let exhaustiveFactor = 5
  /// Texts that are compared at least for each hit that is asked for.
  private static let comparedPerHit = 20

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
    tail.forEach(in: languages) { number, key in
      let text = tail.texts[number]
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
    let pieces = QueryPieces(pattern)
    let searches = try wanted.map { part in
      try FuzzySearch(pattern, pieces, part: part, in: self, best.floor)
    }.filter { !$0.window.isEmpty }
    let counted = try countPieces(pieces, searches)
    defer { for search in searches { parts[search.part].counts.clearKept() } }
    let compared = try compare(
      pattern, searches, counted: counted.count, losses: pieces.losses(of: counted), effort, &best)
    if effort == .exhaustive {
      for search in searches {
        parts[search.part].counts.clearKept()
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
        try parts[index].reader.forEachText(withKey: key) { text in
          let (unit, side) = try parts[index].place(of: text)
          guard !parts[index].isDead(unit) else { return }
          best.add(TextHit(unit: unit, side: side, score: 1, length: pattern.count))
        }
      }
    }
  }

  // MARK: The usual search

  /// Counts the pieces that tell most, in all parts, as long as the budget lasts.
  ///
  /// - Returns: which were counted.
  private func countPieces(_ pieces: QueryPieces, _ searches: [FuzzySearch]) throws -> [Int] {
    var costs = [Int](repeating: 0, count: pieces.all.count)
    var lists = [[(search: Int, list: Int)]](repeating: [], count: pieces.all.count)
    for (search, found) in searches.enumerated() {
      for (index, list) in found.lists.enumerated() {
        costs[list.piece] += list.cost
        lists[list.piece].append((search, index))
      }
    }
    let all = Int(Double(Self.postingBudget) * growth(searches))
    var budget = all
    var counted: [Int] = []
    var found = [[GramList]](repeating: [], count: searches.count)
    for piece in pieces.order(costs) {
      guard budget > 0, counted.count < PieceCounts.limit else { break }
      guard costs[piece] <= budget || budget == all else { continue }
      counted.append(piece)
      for place in lists[piece] {
        let search = searches[place.search]
        let list = try parts[search.part].reader.list(
          ofGram: search.lists[place.list].gram,
          in: UInt32(search.window.lowerBound)..<UInt32(search.window.upperBound))
        found[place.search].append(list)
        budget -= list.cost
      }
    }
    for (search, lists) in zip(searches, found) {
      parts[search.part].counts.count(lists, in: search.window)
    }
    return counted
  }

  /// How many times as much is looked at in a memory of this size.
  private func growth(_ searches: [FuzzySearch]) -> Double {
    let texts = searches.reduce(0) { $0 + parts[$1.part].reader.shelf.count }
    return max(1, Double(texts) / Double(Self.budgetedTexts)).squareRoot()
  }

  /// Compares the texts that have most of the counted pieces, and returns which they were.
  private func compare(
    _ pattern: FuzzyPattern, _ searches: [FuzzySearch], counted: Int, losses: [Int],
    _ effort: Effort, _ best: inout BestHits
  ) throws -> [Candidate] {
    var compared: [Candidate] = []
    let (more, isTooMany) = best.limit.multipliedReportingOverflow(by: Self.comparedPerHit)
    let usual = Int(Double(Self.comparedTexts) * growth(searches))
    let first = effort == .exhaustive ? usual * Self.exhaustiveFactor : usual
    let limit = isTooMany ? .max : max(first, more)
    let candidates = candidates(searches, limit)
    var reaches = Reaches(pattern, best.floor)
    var fetched = 0
    for (index, candidate) in candidates.enumerated() {
      let (part, text) = (candidate.part, candidate.text)
      let length = parts[part].reader.length(of: text)
      let reach = reaches.reach(minimum: best.floor, length: length)
      guard abs(length - pattern.count) <= reach else { continue }
      // Each edit takes off only so many pieces.
      let least = counted - losses[min(reach, losses.count - 1)]
      guard candidate.count >= least else { continue }
      if index >= fetched {
        // Those behind one that is compared are as a rule, too.
        fetched = min(index + TextFetching.most, candidates.count)
        fetch(candidates[index..<fetched].lazy.map { ($0.part, $0.text) })
      }
      try compare(pattern, part, text, length, reach, &best)
      compared.append(candidate)
    }
    return compared
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

  /// How many edits texts of each length may need, as long as the least similarity stays the same.
  private struct Reaches {
    private let pattern: FuzzyPattern
    private let lengths: ClosedRange<Int>
    private var minimum: Double
    /// Less than 0 where it was not asked for yet.
    private var reaches: [Int]

    private static let mostLengths = 4096

    init(_ pattern: FuzzyPattern, _ minimum: Double) {
      (self.pattern, self.minimum) = (pattern, minimum)
      lengths = pattern.lengths(minimum: minimum)
      reaches = [Int](repeating: -1, count: min(lengths.count, Self.mostLengths))
    }

    mutating func reach(minimum: Double, length: Int) -> Int {
      let index = length - lengths.lowerBound
      guard reaches.indices.contains(index) else {
        return pattern.reach(minimum: minimum, length: length)
      }
      if minimum != self.minimum {
        self.minimum = minimum
        for index in reaches.indices { reaches[index] = -1 }
      }
      if reaches[index] < 0 { reaches[index] = pattern.reach(minimum: minimum, length: length) }
      return reaches[index]
    }
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
    defer { counts.clear(window) }
    for list in plan.lists {
      counts.countAll(try parts[part].reader.list(ofGram: search.lists[list].gram, in: texts))
    }
    var batch = TextBatch()
    var text = window.lowerBound
    while text < window.upperBound {
      let length = parts[part].reader.length(of: text)
      let end = min(window.upperBound, parts[part].reader.texts(of: length...length).upperBound)
      guard end > text else { throw parts[part].reader.damage }
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
    let (texts, reader) = (batch.texts, parts[part].reader)
    let distances = try batch.rows.withUnsafeMutableBufferPointer { rows in
      guard let base = rows.baseAddress else { return FuzzyPattern.Lanes(repeating: .max) }
      for (lane, text) in texts.enumerated() {
        let count = try reader.withKey(text) {
          pattern.putRows(of: $0, to: base + lane * length, room: length)
        }
        guard count == length else { throw reader.damage }
      }
      return pattern.distances(to: base, length: length, within: reach)
    }
    for (lane, text) in texts.enumerated() {
      try add(pattern, Int(distances[lane]), part, text, length, reach, &best)
    }
  }
}
