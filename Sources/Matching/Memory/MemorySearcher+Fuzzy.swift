internal import Bitext

extension MemorySearcher {
  /// How much of the memory a search looks at.
  package enum Effort: Sendable {
    /// The texts that have the rarest pieces of the query: nearly always the best ones.
    case usual
    /// All that can be as alike as asked: nothing is missed.
    case exhaustive
  }

  /// Numbers of lists that a usual search reads, over all segments (measured: docs/design/memory.md).
  private static let postingBudget = 60_000
  /// Texts that a usual search compares, and how many more for each hit that is asked for.
  private static let (comparedTexts, comparedPerHit) = (400, 20)
  /// A count is a byte.
  private static let listLimit = 255

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
    let compared = try compare(pattern, searches, &best)
    clear()
    if effort == .exhaustive {
      for search in searches {
        let known = compared.filter { Int($0.part) == search.part }.map { Int($0.text) }
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
    var budget = Self.postingBudget
    for list in lists {
      guard budget > 0, list.cost <= budget || budget == Self.postingBudget else { break }
      guard searches[list.search].counted.count < Self.listLimit else { continue }
      searches[list.search].counted.append(list.list)
      let search = searches[list.search]
      budget -= try count(search.lists[list.list].gram, search, keepsTouched: true)
    }
  }

  /// Counts one piece for the texts of a window, and returns how many numbers were read.
  private func count(
    _ gram: Int, _ search: FuzzySearch, keepsTouched: Bool
  ) throws -> Int {
    let window = UInt32(search.window.lowerBound)..<UInt32(search.window.upperBound)
    let list = try parts[search.part].reader.list(ofGram: gram, in: window)
    if parts[search.part].counts.count < search.window.upperBound {
      let count = parts[search.part].reader.shelf.count
      parts[search.part].counts = [UInt8](repeating: 0, count: count)
    }
    let part = UInt32(search.part)
    parts[search.part].counts.withUnsafeMutableBufferPointer { counts in
      if keepsTouched {
        list.forEach { text in
          if counts[Int(text)] == 0 { touched.append((part, text)) }
          counts[Int(text)] &+= 1
        }
      } else {
        list.forEach { counts[Int($0)] &+= 1 }
      }
    }
    return list.cost
  }

  private func clear() {
    for place in touched { parts[Int(place.part)].counts[Int(place.text)] = 0 }
    touched.removeAll(keepingCapacity: true)
  }

  /// Compares the texts that have most of the counted pieces, and returns which they were.
  private func compare(
    _ pattern: FuzzyPattern, _ searches: [FuzzySearch], _ best: inout BestHits
  ) throws -> [(part: UInt32, text: UInt32)] {
    var compared: [(part: UInt32, text: UInt32)] = []
    let byPart = Dictionary(uniqueKeysWithValues: searches.map { ($0.part, $0) })
    let losses = byPart.mapValues { $0.losses(of: $0.counted) }
    let limit = max(Self.comparedTexts, best.limit.multipliedReportingOverflow(
      by: Self.comparedPerHit).partialValue)
    for candidate in candidates(byPart, limit) {
      let part = Int(candidate.part)
      let text = Int(candidate.text)
      guard let search = byPart[part], let losses = losses[part] else { continue }
      let length = parts[part].reader.length(of: text)
      let reach = pattern.reach(minimum: best.floor, length: length)
      guard abs(length - pattern.count) <= reach else { continue }
      // Each edit takes off only so many pieces.
      let least = search.counted.count - losses[min(reach, losses.count - 1)]
      guard Int(parts[part].counts[text]) >= least else { continue }
      try compare(pattern, part, text, length, reach, &best)
      compared.append(candidate)
    }
    return compared
  }

  /// The touched texts with the largest shares of counted pieces, these first.
  private func candidates(
    _ searches: [Int: FuzzySearch], _ limit: Int
  ) -> [(part: UInt32, text: UInt32)] {
    // Shares in 255ths, so that parts of which more was counted do not crowd out others.
    var scales = [Double](repeating: 0, count: parts.count)
    for (part, search) in searches { scales[part] = 255 / Double(max(1, search.counted.count)) }
    var histogram = [Int](repeating: 0, count: 256)
    func share(_ place: (part: UInt32, text: UInt32)) -> Int {
      let part = Int(place.part)
      return min(255, Int(Double(parts[part].counts[Int(place.text)]) * scales[part]))
    }
    for place in touched { histogram[share(place)] += 1 }
    var (least, sum) = (255, 0)
    while least > 0, sum + histogram[least] <= limit || sum == 0 {
      sum += histogram[least]
      least -= 1
    }
    let chosen = touched.compactMap { place -> (share: Int, place: (part: UInt32, text: UInt32))? in
      let share = share(place)
      return share > least ? (share, place) : nil
    }
    return chosen.sorted {
      ($1.share, $0.place.part, $0.place.text) < ($0.share, $1.place.part, $1.place.text)
    }.prefix(limit).map(\.place)
  }

  private func compare(
    _ pattern: FuzzyPattern, _ part: Int, _ text: Int, _ length: Int, _ reach: Int,
    _ best: inout BestHits
  ) throws {
    let distance = try parts[part].reader.withKey(text) {
      pattern.distance(toKey: $0, length: length, within: reach)
    }
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
    let plan = search.plan(pattern, best.floor, Self.listLimit)
    for list in plan.lists {
      _ = try count(search.lists[list].gram, search, keepsTouched: false)
    }
    defer {
      if !parts[part].counts.isEmpty {
        parts[part].counts.withUnsafeMutableBufferPointer { counts in
          for text in window { counts[text] = 0 }
        }
      }
    }
    var text = window.lowerBound
    while text < window.upperBound {
      let length = parts[part].reader.length(of: text)
      let end = min(window.upperBound, parts[part].reader.texts(of: length...length).upperBound)
      while text < end {
        let reach = pattern.reach(minimum: best.floor, length: length)
        guard abs(length - pattern.count) <= reach else {
          text = end
          break
        }
        let least = plan.lists.count - plan.losses[min(reach, plan.losses.count - 1)]
        if least > 0 {
          guard let next = nextText(part, text..<end, least) else {
            text = end
            break
          }
          text = next
        }
        while let first = known.first, first < text { known.removeFirst() }
        if known.first != text { try compare(pattern, part, text, length, reach, &best) }
        text += 1
      }
    }
  }

  /// The first text of a range that has so many of the counted pieces.
  private func nextText(_ part: Int, _ range: Range<Int>, _ least: Int) -> Int? {
    guard least <= Self.listLimit, !parts[part].counts.isEmpty else { return nil }
    return parts[part].counts.withUnsafeBufferPointer { counts in
      var text = range.lowerBound
      let wanted = SIMD32<UInt8>(repeating: UInt8(least))
      while text + 32 <= range.upperBound {
        let block = UnsafeRawPointer(counts.baseAddress.unsafelyUnwrapped + text)
          .loadUnaligned(as: SIMD32<UInt8>.self)
        if any(block .>= wanted) { break }
        text += 32
      }
      while text < range.upperBound {
        if Int(counts[text]) >= least { return text }
        text += 1
      }
      return nil
    }
  }
}
