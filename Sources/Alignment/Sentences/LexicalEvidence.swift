internal import Bitext
internal import Segmentation

/// Which tokens of the left side may translate which of the right, and how much more likely each
/// makes a bead than chance does.
///
/// A token f of a bead whose other side has n tokens is worth log(λ + (1 − λ)·t/(n·p)): with
/// probability λ it comes from nowhere, else from one of the n, by IBM Model 1 (Moore 2002); p is how
/// often it stands anywhere. So a rare word says more than a frequent one, a bigger bead gains
/// nothing by chance, and a word that finds no partner where it could have one speaks against the
/// bead.
struct LexicalEvidence {
  struct Link {
    var rightType: UInt32
    /// How likely the two translate each other, 0…1.
    var weight: Float
    /// (1 − λ)·t/(λ·p) of the left token, and of the right one.
    var forward: Float
    var backward: Float
  }

  /// For each left type its links, in ``links``.
  private(set) var linkStarts: [Int] = [0]
  private(set) var links: [Link] = []
  /// log λ of each type: what a token without a partner adds; 0 for a type that has none anywhere.
  private(set) var leftMisses: [Float]
  private(set) var rightMisses: [Float]
  /// The sums of the misses of each segment's tokens.
  private(set) var leftSegmentMisses: [Float] = []
  private(set) var rightSegmentMisses: [Float] = []
  /// For each right type its occurrences as (segment, position in segment), in order.
  private(set) var occurrenceStarts: [Int] = [0]
  private(set) var occurrences: [Occurrence] = []

  struct Occurrence {
    var segment: UInt32
    var position: UInt32
  }

  /// The share of the tokens with a partner in the lexicon that have none in their bead.
  private static let missShare: Float = 0.6
  private static let numberMissShare: Float = 0.15
  /// How much of a token's translations a lexicon's entry is, on the average.
  private static let translationShare: Float = 1.3
  /// A type is taken to be at least this frequent: in a short text a word that stands once is not as
  /// rare as that.
  private static let leastFrequency: Float = 1 / 4000
  /// Occurrences of one type in one segment that are looked at.
  static let mostRepeats = 4
  /// Which of its type each left token is in its segment.
  private(set) var leftRepeats: [AlignmentSide.Repeat]

  /// `earlier` is evidence about the same sides from before `learnt` was known: where their words
  /// stand is taken from it.
  init(
    left: AlignmentSide, right: AlignmentSide, learnt: [LearntWords] = [],
    earlier: LexicalEvidence? = nil
  ) {
    leftRepeats = earlier?.leftRepeats ?? left.repeats(most: Self.mostRepeats)
    var rightIsLinked = [Bool](repeating: false, count: right.typeCount)
    for type in 0..<left.typeCount {
      var found: [(UInt32, Float)] = []
      if left.kinds[type] != .word, let same = right.type(withHash: left.hashes[type]) {
        found.append((same, 1))
      }
      for translation in left.translations[type] {
        if let match = right.type(withHash: translation.hash) {
          found.append((match, translation.weight))
        }
      }
      for words in learnt {
        for link in words.links(of: left.hashes[type]) {
          if let match = right.type(withHash: link.right) { found.append((match, link.weight)) }
        }
      }
      found.sort { ($0.0, -$0.1) < ($1.0, -$1.1) }
      for (index, (match, weight)) in found.enumerated()
      where index == 0 || found[index - 1].0 != match {
        links.append(Link(rightType: match, weight: weight, forward: 0, backward: 0))
        rightIsLinked[Int(match)] = true
      }
      linkStarts.append(links.count)
    }
    let starts = linkStarts
    leftMisses = left.kinds.indices.map {
      Self.miss(left.kinds[$0], isLinked: starts[$0] < starts[$0 + 1])
    }
    rightMisses = right.kinds.indices.map {
      Self.miss(right.kinds[$0], isLinked: rightIsLinked[$0])
    }
    if let earlier {
      (occurrenceStarts, occurrences) = (earlier.occurrenceStarts, earlier.occurrences)
    } else {
      (occurrenceStarts, occurrences) = Self.index(right)
    }
    weighLinks(left, right)
  }

  private mutating func weighLinks(_ left: AlignmentSide, _ right: AlignmentSide) {
    leftSegmentMisses = left.sums(leftMisses)
    rightSegmentMisses = right.sums(rightMisses)
    let counts = (Float(max(1, left.tokens.count)), Float(max(1, right.tokens.count)))
    for type in 0..<left.typeCount {
      for index in linkStarts[type]..<linkStarts[type + 1] {
        let other = Int(links[index].rightType)
        let share = links[index].weight * Self.translationShare
        links[index].forward = Self.gain(
          share, exponential(leftMisses[type]), Float(left.occurrences[type]) / counts.0)
        links[index].backward = Self.gain(
          share, exponential(rightMisses[other]), Float(right.occurrences[other]) / counts.1)
      }
    }
  }

  /// How close a translation is: the share of the words with a partner somewhere that have one in
  /// their bead, less the usual one; 0 for a document without words.
  func closeness(of path: [BeadSearch.Step], left: AlignmentSide, right: AlignmentSide) -> Float {
    var mark = [Int32](repeating: -1, count: right.typeCount)
    var (found, seen): (Float, Float) = (0, 0)
    for (number, step) in path.enumerated() {
      let start = step.start
      guard start.row < step.row, start.column < step.column else { continue }
      for index in right.starts[start.column]..<right.starts[step.column] {
        mark[Int(right.tokens[index])] = Int32(number)
      }
      for index in left.starts[start.row]..<left.starts[step.row] {
        let type = Int(left.tokens[index])
        guard linkStarts[type] < linkStarts[type + 1] else { continue }
        seen += 1
        if links[linkStarts[type]..<linkStarts[type + 1]].contains(where: {
          mark[Int($0.rightType)] == Int32(number)
        }) {
          found += 1
        }
      }
    }
    return seen > 0 ? (found / seen - 0.65) * seen / (seen + Self.leastWords) : 0
  }

  /// So many words must be seen until half of their closeness is believed.
  private static let leastWords: Float = 50

  private static func gain(
    _ share: Float, _ miss: Float, _ frequency: Float
  ) -> Float {
    (1 - miss) / miss * share / max(frequency, leastFrequency)
  }

  private static func miss(_ kind: AlignmentSide.Kind, isLinked: Bool) -> Float {
    guard isLinked else { return 0 }
    return logarithm(kind == .number ? numberMissShare : missShare)
  }

  func links(of leftType: UInt32) -> ArraySlice<Link> {
    links[linkStarts[Int(leftType)]..<linkStarts[Int(leftType) + 1]]
  }

  /// Those of some occurrences of a type that lie in a range of segments, by bisection.
  func occurrences(_ all: Range<Int>, in segments: Range<Int>) -> Range<Int> {
    let first = firstOccurrence(all, from: segments.lowerBound)
    return first..<firstOccurrence(first..<all.upperBound, from: segments.upperBound)
  }

  /// The first occurrence in a segment from one on.
  func firstOccurrence(_ range: Range<Int>, from segment: Int) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if Int(occurrences[middle].segment) < segment { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func index(_ side: AlignmentSide) -> ([Int], [Occurrence]) {
    var starts = [0]
    starts.reserveCapacity(side.typeCount + 1)
    var total = 0
    for count in side.occurrences {
      total += Int(count)
      starts.append(total)
    }
    var next = starts
    var list = [Occurrence](repeating: Occurrence(segment: 0, position: 0), count: total)
    for segment in 0..<side.segmentCount {
      for (position, index) in side.range(of: segment).enumerated() {
        let type = Int(side.tokens[index])
        // The last places of a type that repeats itself within a segment say nothing more.
        let early = next[type] - mostRepeats
        if early >= starts[type], list[early].segment == UInt32(segment) { continue }
        list[next[type]] = Occurrence(segment: UInt32(segment), position: UInt32(position))
        next[type] += 1
      }
    }
    return compacted(list, starts, ends: next)
  }

  /// Closes the gaps that repeats have left.
  private static func compacted(
    _ list: [Occurrence], _ starts: [Int], ends: [Int]
  ) -> ([Int], [Occurrence]) {
    var list = list
    var newStarts = [0]
    newStarts.reserveCapacity(starts.count)
    var count = 0
    for type in 0..<starts.count - 1 {
      for index in starts[type]..<ends[type] {
        list[count] = list[index]
        count += 1
      }
      newStarts.append(count)
    }
    list.removeLast(list.count - count)
    return (newStarts, list)
  }
}
