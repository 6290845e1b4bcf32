internal import Bitext
internal import Matching
internal import Segmentation
internal import Store

/// What several units have for one text: the links of each say where it stands, and what most of
/// them have helps where the links of one do not tell, or tell a part of it.
struct RenderingPoll {
  /// A unit, or one of several occurrences in it.
  struct Ballot {
    let projection: LinkProjection
    /// Bytes of the one side: what is translated.
    let range: Range<Int>
    /// The other side.
    let other: String
    /// The same for units that say the same, which count once.
    let identity: [UInt8]
    /// Bytes of the other side.
    fileprivate(set) var rendering: Range<Int>?

    init(_ projection: LinkProjection, _ range: Range<Int>, other: String, identity: [UInt8]) {
      self.projection = projection
      self.range = range
      self.other = other
      self.identity = identity
    }

    var text: String? {
      rendering.map { String(decoding: Array(other.utf8)[$0], as: UTF8.self) }
    }

    /// The share of the words of what is translated that lead into the rendering.
    var ledShare: Float {
      rendering.map { projection.ledShare(of: range, into: $0) } ?? 0
    }

    /// Takes what is missing of the words at the ends of the rendering into it.
    mutating func completeWords(_ joints: inout WordJoints) throws(Trouble) {
      guard let own = rendering else { return }
      rendering = try joints.completed(own, of: Array(other.utf8), by: projection)
    }
  }

  private(set) var ballots: [Ballot]

  /// A rendering that more than one unit has.
  private struct Usual {
    var key: MatchKey
    var count: Int
  }

  /// A text of the other side, with the places where usual renderings stand.
  private struct Other {
    /// By usual rendering, each in the order of the text.
    var places: [[Range<Int>]]
    /// Those that went to a ballot whose links say nothing, with the bytes that it asks about.
    var claims: [Claim: Range<Int>] = [:]
  }

  /// A place in a unit.
  private struct Claim: Hashable {
    var unit: Int
    var place: Range<Int>
  }

  /// How many usual renderings are looked for in a unit, and at how many places of each where the
  /// links do not tell where to look.
  private static let (mostUsual, mostPlaces) = (8, 48)

  /// - Parameter ballots: without renderings yet.
  init(_ ballots: [Ballot]) {
    self.ballots = ballots
    for index in ballots.indices {
      self.ballots[index].rendering = ballots[index].projection.counterpart(
        of: ballots[index].range)
    }
    let usual = usual()
    guard !usual.isEmpty else { return }
    var numbers: [String: Int] = [:]
    var others: [Other] = []
    var units: [[UInt8]: Int] = [:]
    for index in ballots.indices {
      let ballot = self.ballots[index]
      let number = numbers[ballot.other] ?? others.count
      if number == others.count {
        numbers[ballot.other] = number
        let key = MatchKey(ballot.other, folding: .term)
        others.append(Other(places: usual.map { key.wholeWords($0.key) }))
      }
      let unit = units[ballot.identity] ?? units.count
      units[ballot.identity] = unit
      self.ballots[index].rendering = settled(ballot, of: unit, in: &others[number], usual)
    }
  }

  /// The renderings that two units or more have, the most frequent first; of equal ones the longer.
  private func usual() -> [Usual] {
    var counts: [MatchKey: Set<[UInt8]>] = [:]
    for ballot in ballots {
      guard let text = ballot.text else { continue }
      counts[MatchKey(text, folding: .term), default: []].insert(ballot.identity)
    }
    let usual = counts.filter { $0.value.count > 1 && !$0.key.bytes.isEmpty }
      .map { Usual(key: $0.key, count: $0.value.count) }
      .sorted { left, right in
        (right.count, right.key.bytes.count) != (left.count, left.key.bytes.count)
          ? (left.count, left.key.bytes.count) > (right.count, right.key.bytes.count)
          : left.key.bytes.lexicographicallyPrecedes(right.key.bytes)
      }
    return Array(usual.prefix(Self.mostUsual))
  }

  /// The usual rendering that stands where the links lead; where they lead nowhere, one that nothing
  /// else explains. A longer one that holds it is better, if it is not much rarer: the shorter one
  /// may be a part of it. A place that nothing else explains stands for one occurrence of a unit.
  private func settled(
    _ ballot: Ballot, of unit: Int, in other: inout Other, _ usual: [Usual]
  ) -> Range<Int>? {
    let pull = ballot.projection.pull(of: ballot.range)
    var best: (range: Range<Int>, count: Int)?
    for (usual, all) in zip(usual, other.places) {
      let places = ballot.rendering.map(all.touching) ?? all.prefix(Self.mostPlaces)
      for range in places where isAccepted(range, by: ballot, pull) {
        let claim = other.claims[Claim(unit: unit, place: range)]
        if ballot.rendering == nil, let claim, claim != ballot.range { continue }
        guard let known = best else {
          best = (range, usual.count)
          continue
        }
        if range != known.range, range.encloses(known.range), usual.count * 3 >= known.count {
          best = (range, usual.count)
        }
      }
    }
    if ballot.rendering == nil, let best {
      other.claims[Claim(unit: unit, place: best.range)] = ballot.range
    }
    return best?.range ?? ballot.rendering
  }

  private func isAccepted(
    _ range: Range<Int>, by ballot: Ballot, _ pull: LinkProjection.Pull
  ) -> Bool {
    guard let own = ballot.rendering else {
      return ballot.projection.supports(range, by: pull)
        || ballot.projection.leavesFree(range, by: pull)
    }
    return range == own || range.overlaps(own) && ballot.projection.supports(range, by: pull)
  }

  // MARK: Counting

  /// The ballots for one rendering together, inflections being one, those of most units first; of
  /// equal ones the earlier one.
  var groups: [[Ballot]] {
    group(ballots) { MatchKey($0, folding: .term) }
  }

  /// Ballots together by what their renderings have in common.
  func group(_ ballots: [Ballot], by key: (String) -> MatchKey) -> [[Ballot]] {
    var groups: [[Ballot]] = []
    var places: [MatchKey: Int] = [:]
    for ballot in ballots {
      guard let text = ballot.text else { continue }
      let key = key(text)
      if let place = places[key] {
        groups[place].append(ballot)
      } else {
        places[key] = groups.count
        groups.append([ballot])
      }
    }
    return groups.enumerated()
      .map {
        (offset: $0.offset, ballots: $0.element, count: Set($0.element.map(\.identity)).count)
      }
      .sorted { ($1.count, $0.offset) < ($0.count, $1.offset) }
      .map(\.ballots)
  }
}

extension MatchKey {
  /// The bytes of the text where another key stands between two words.
  fileprivate func wholeWords(_ other: MatchKey) -> [Range<Int>] {
    guard bytes.firstWords(other.bytes) != nil else { return [] }
    var found: [Range<Int>] = []
    var start = 0
    while let place = bytes[start...].firstWords(other.bytes) {
      // A slice knows nothing of what is before it.
      if bytes.parts(at: place.lowerBound) { found.append(sourceRange(place)) }
      start = place.upperBound
    }
    return found
  }
}

extension [Range<Int>] {
  /// Of places in order, which do not overlap each other, those that have something of another one.
  fileprivate func touching(_ range: Range<Int>) -> ArraySlice<Range<Int>> {
    let start = firstPlace { $0.upperBound > range.lowerBound }
    return self[start...].prefix { $0.lowerBound < range.upperBound }
  }
}
