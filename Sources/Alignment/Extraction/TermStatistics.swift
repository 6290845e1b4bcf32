internal import Bitext

/// Counts phrases and pairs over the beads of a bitext, in memory that does not grow with it.
///
/// What is counted is parted by its key among a fixed number of shards, each filled by one thread
/// at a time in the order of the beads: the counts are the same whatever the number of threads.
final class TermStatistics {
  private(set) var shards: [Shard] = (0..<Shard.count).map { _ in Shard() }
  /// The beads so far.
  private(set) var beads = 0

  /// Counts the next beads.
  func add(_ phrases: [BeadPhrases]) {
    let shards = shards
    let first = UInt32(beads)
    concurrently(shards.count) { number in
      shards[number].add(phrases, number: UInt64(number), first: first)
    }
    beads += phrases.count
  }

  func source(_ key: UInt64) -> PhraseCount? { shards[Shard.number(of: key)].source[key] }
  func target(_ key: UInt64) -> PhraseCount? { shards[Shard.number(of: key)].target[key] }

  /// Where a pair stands, in the order of the beads.
  func places(of pair: PairCount) -> [PairPlace] {
    shards[Shard.number(of: pair.key)].places(of: pair)
  }

  /// The pairs that `include` wants, always in the same order.
  func pairs(where include: (PairCount) -> Bool) -> [PairCount] {
    shards.flatMap { $0.pairs.slots.filter { $0.key != 0 && include($0) } }
  }
}

/// Where a pair stands.
struct PairPlace: Sendable {
  var bead: UInt32
  var spans: BeadPhrases.Spans
  /// The number of the pair's next place; -1 for none.
  var next: Int32 = -1
}

/// A part of what is counted.
final class Shard: @unchecked Sendable {
  /// A power of two; enough for the cores of a workstation.
  static let count = 8

  /// Entries of each table at the most. All shards together take some 300 MB when they are full:
  /// 1.2 million phrases a side, 640,000 pairs.
  private static let phraseLimit = 150_000
  private static let neighbourLimit = 150_000
  private static let pairLimit = 80_000
  /// Places that are remembered of each pair: the first ones, for its evidence and its spelling.
  private static let placesOfPair: UInt8 = 8

  private(set) var source = CountTable<PhraseCount>(limit: phraseLimit)
  private(set) var target = CountTable<PhraseCount>(limit: phraseLimit)
  private(set) var sourceNeighbours = CountTable<NeighbourCount>(limit: neighbourLimit)
  private(set) var targetNeighbours = CountTable<NeighbourCount>(limit: neighbourLimit)
  private(set) var pairs = CountTable<PairCount>(limit: pairLimit)
  private var places: [PairPlace] = []

  static func number(of key: UInt64) -> Int { Int(key >> 61) }

  func add(_ beads: [BeadPhrases], number: UInt64, first: UInt32) {
    for index in beads.indices {
      Self.count(beads[index].source, number, &source)
      Self.count(beads[index].target, number, &target)
      Self.count(beads[index].sourceNeighbours, number, &sourceNeighbours)
      Self.count(beads[index].targetNeighbours, number, &targetNeighbours)
      let pairs = beads[index].pairs
      for place in pairs.indices {
        let key = PairKey.of(pairs[place].source, pairs[place].target)
        if key >> 61 == number { add(pairs[place], key, bead: first + UInt32(index)) }
      }
    }
    prune()
  }

  private static func count(
    _ phrases: [BeadPhrases.Phrase], _ number: UInt64, _ table: inout CountTable<PhraseCount>
  ) {
    for index in phrases.indices where phrases[index].key >> 61 == number {
      table.count(phrases[index])
    }
  }

  private static func count(
    _ neighbours: [BeadPhrases.Neighbour], _ number: UInt64,
    _ table: inout CountTable<NeighbourCount>
  ) {
    for index in neighbours.indices where neighbours[index].phrase >> 61 == number {
      table.count(neighbours[index])
    }
  }

  private func add(_ pair: BeadPhrases.Pair, _ key: UInt64, bead: UInt32) {
    let place = Int32(places.count)
    var isKept = false
    var last: Int32 = -1
    pairs.update(key) { count in
      count.source = pair.source
      count.target = pair.target
      count.beads += 1
      count.weight += UInt32((pair.weight * PairCount.unit).rounded())
      if let cue = pair.cue {
        count.given += 1
        count.cue = max(count.cue, cue.rawValue)
      }
      guard count.places < Self.placesOfPair else { return }
      isKept = true
      last = count.lastPlace
      count.places += 1
      count.lastPlace = place
      if last < 0 { count.firstPlace = place }
    }
    guard isKept else { return }
    if last >= 0 { places[Int(last)].next = place }
    places.append(PairPlace(bead: bead, spans: pair.spans))
  }

  private func prune() {
    source.prune()
    target.prune()
    sourceNeighbours.prune()
    targetNeighbours.prune()
    let floor = pairs.floor
    pairs.prune()
    if pairs.floor > floor { dropPlaces() }
  }

  /// Forgets the places of pairs that were dropped.
  private func dropPlaces() {
    var kept: [PairPlace] = []
    pairs.updateAll { pair in
      let old = places(of: pair)
      for (index, place) in old.enumerated() {
        kept.append(place)
        kept[kept.count - 1].next = index + 1 < old.count ? Int32(kept.count) : -1
      }
      pair.firstPlace = Int32(kept.count - old.count)
      pair.lastPlace = Int32(kept.count - 1)
    }
    places = kept
  }

  func places(of pair: PairCount) -> [PairPlace] {
    var found: [PairPlace] = []
    var index = pair.firstPlace
    while index >= 0 {
      found.append(places[Int(index)])
      index = places[Int(index)].next
    }
    return found
  }
}

extension CountTable<PhraseCount> {
  fileprivate mutating func count(_ phrase: BeadPhrases.Phrase) {
    update(phrase.key) {
      $0.beads += 1
      $0.occurrences += phrase.occurrences
      $0.names += phrase.names
    }
  }
}

extension CountTable<NeighbourCount> {
  fileprivate mutating func count(_ neighbour: BeadPhrases.Neighbour) {
    let side: UInt64 = neighbour.isRight ? 0x2545_F491_4F6C_DD1D : 0
    update(PairKey.of(neighbour.phrase, neighbour.token ^ side)) {
      $0.phrase = neighbour.phrase
      $0.isRight = neighbour.isRight
      $0.occurrences += 1
    }
  }
}
