internal import Bitext

/// A first rough path: pairs of segments that share rare words, of which the heaviest chain that
/// rises on both sides is kept.
///
/// It costs a few steps a token, however long the documents are, and sees over their whole length:
/// a section that one side lacks does not lead it astray.
struct AnchorChain {
  /// A left and a right segment that seem to belong together.
  struct Anchor {
    var left: Int
    var right: Int
    var weight: Float
  }

  /// In ascending order of both sides.
  private(set) var anchors: [Anchor] = []

  /// A type that occurs more often is looked up near the diagonal alone.
  private static let rareOccurrences = 16
  /// How far from the diagonal, in segments.
  private static let window = 64
  /// What words that are shared by chance add up to.
  private static let threshold: Float = 4
  /// Partners of one left segment that are considered.
  private static let mostPartners = 4
  /// The tokens of a usual segment, by which a shared word is weighed.
  private static let usualTokens: Float = 20

  /// The share of segments with an anchor that makes a chain dense: .92 to 1.0 in reports, news and
  /// documentation, .69 to .89 in novels.
  private static let denseShare = 0.9

  /// Whether the chain leads through nearly all segments of the shorter side.
  func isDense(left: AlignmentSide, right: AlignmentSide) -> Bool {
    let most = min(left.segmentCount, right.segmentCount)
    return Double(anchors.count) >= Self.denseShare * Double(most)
  }

  /// Rare words alone give a first chain, wherever they stand; then frequent ones are looked for
  /// near it. Near the diagonal they would lead astray in a long text of which parts are missing.
  init(left: AlignmentSide, right: AlignmentSide, evidence: LexicalEvidence) {
    let values = evidence.links.map(Self.value)
    let rare = Self.chain(left, right, evidence, values, near: nil)
    let guide = Self.guide(rare, Diagonal(left, right), left, right)
    anchors = Self.chain(left, right, evidence, values, near: guide)
  }

  /// The heaviest chain of the segments that share words: rare ones anywhere, and others near the
  /// right segment that `guide` has for each left one.
  private static func chain(
    _ left: AlignmentSide, _ right: AlignmentSide, _ evidence: LexicalEvidence, _ values: [Float],
    near guide: [Int]?
  ) -> [Anchor] {
    var sums = [Float](repeating: 0, count: right.segmentCount)
    var touched: [Int] = []
    var best: [Anchor] = []
    var candidates: [Anchor] = []
    let (tokens, linkStarts, links) = (
      left.tokens.span, evidence.linkStarts.span, evidence.links.span
    )
    let (starts, occurrences) = (evidence.occurrenceStarts.span, evidence.occurrences.span)
    for segment in 0..<left.segmentCount {
      for index in left.range(of: segment) {
        let type = Int(tokens[index])
        for link in linkStarts[type]..<linkStarts[type + 1] {
          let other = Int(links[link].rightType)
          var places = starts[other]..<starts[other + 1]
          if places.count > rareOccurrences {
            guard let middle = guide?[segment] else { continue }
            places = evidence.occurrences(places, in: middle - window..<middle + window)
          }
          let value = values[link]
          for place in places {
            let column = Int(occurrences[place].segment)
            if sums[column] == 0 { touched.append(column) }
            sums[column] += value
          }
        }
      }
      collect(touched, sums, segment, &best, into: &candidates)
      for column in touched { sums[column] = 0 }
      touched.removeAll(keepingCapacity: true)
    }
    return heaviestChain(candidates, columns: right.segmentCount)
  }

  /// For each left segment the right one that it may stand near: between two anchors of a chain as
  /// far on as the lengths say.
  private static func guide(
    _ chain: [Anchor], _ diagonal: Diagonal, _ left: AlignmentSide, _ right: AlignmentSide
  ) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(left.segmentCount)
    var last = (row: 0, column: 0)
    func fill(to next: (row: Int, column: Int)) {
      let ends = (diagonal.column(atRow: last.row), diagonal.column(atRow: next.row))
      let slope = ends.1 > ends.0 ? Float(next.column - last.column) / (ends.1 - ends.0) : 0
      for row in last.row..<next.row {
        result.append(last.column + Int((diagonal.column(atRow: row) - ends.0) * slope))
      }
      last = next
    }
    for anchor in chain { fill(to: (anchor.left, anchor.right)) }
    fill(to: (left.segmentCount, right.segmentCount))
    return result
  }

  /// The right segments that share rare words with a left one, wherever they are, with what these
  /// add up to above what chance gives.
  static func partners(
    of segment: Int, left: AlignmentSide, evidence: LexicalEvidence
  ) -> [(segment: Int, weight: Float)] {
    var sums: [Int: Float] = [:]
    for index in left.range(of: segment) {
      let type = Int(left.tokens[index])
      for link in evidence.links[evidence.linkStarts[type]..<evidence.linkStarts[type + 1]] {
        let other = Int(link.rightType)
        let all = evidence.occurrenceStarts[other]..<evidence.occurrenceStarts[other + 1]
        guard all.count <= rareOccurrences else { continue }
        for place in all {
          sums[Int(evidence.occurrences[place].segment), default: 0] += value(of: link)
        }
      }
    }
    return sums.filter { $0.value > threshold }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value - threshold) }
  }

  private static func value(of link: LexicalEvidence.Link) -> Float {
    logarithm(1 + min(link.forward, link.backward) / usualTokens)
  }

  /// Adds the best partners of a segment, in ascending order; `best` is room to work in.
  private static func collect(
    _ touched: [Int], _ sums: [Float], _ segment: Int, _ best: inout [Anchor],
    into candidates: inout [Anchor]
  ) {
    best.removeAll(keepingCapacity: true)
    for column in touched where sums[column] > threshold {
      let anchor = Anchor(left: segment, right: column, weight: sums[column] - threshold)
      // The heaviest first, of equals the one further left.
      var place = best.count
      while place > 0,
        best[place - 1].weight < anchor.weight
          || best[place - 1].weight == anchor.weight && best[place - 1].right > column
      {
        place -= 1
      }
      guard place < mostPartners else { continue }
      if best.count == mostPartners { best.removeLast() }
      best.insert(anchor, at: place)
    }
    best.sort { $0.right < $1.right }
    candidates += best
  }

  /// The chain of the greatest weight, by a tree of prefix maxima over the right segments.
  private static func heaviestChain(_ candidates: [Anchor], columns: Int) -> [Anchor] {
    var tree = [Int32](repeating: -1, count: columns + 1)
    var totals = [Float](repeating: 0, count: candidates.count)
    var before = [Int32](repeating: -1, count: candidates.count)
    var best: Int32 = -1
    var start = 0
    while start < candidates.count {
      var end = start
      while end < candidates.count, candidates[end].left == candidates[start].left {
        var found: Int32 = -1
        var place = candidates[end].right + 1
        while place > 0 {
          if tree[place] >= 0, found < 0 || totals[Int(tree[place])] > totals[Int(found)] {
            found = tree[place]
          }
          place &= place - 1
        }
        before[end] = found
        totals[end] = candidates[end].weight + (found < 0 ? 0 : totals[Int(found)])
        end += 1
      }
      // A left segment stands in a chain once: those of one row see only the rows before.
      for index in start..<end {
        var place = candidates[index].right + 1
        while place <= columns {
          if tree[place] < 0 || totals[Int(tree[place])] < totals[index] {
            tree[place] = Int32(index)
          }
          place += place & -place
        }
        if best < 0 || totals[index] > totals[Int(best)] { best = Int32(index) }
      }
      start = end
    }
    var chain: [Anchor] = []
    while best >= 0 {
      chain.append(candidates[Int(best)])
      best = before[Int(best)]
    }
    return chain.reversed()
  }
}

/// Where each left segment would stand on the right if both sides went on evenly, by their lengths.
struct Diagonal {
  private var columns: [Float] = []

  init(_ left: AlignmentSide, _ right: AlignmentSide) {
    let totals = (left.lengths.reduce(0, +), right.lengths.reduce(0, +))
    columns.reserveCapacity(left.segmentCount + 1)
    var column = 0
    var sums: (left: Float, right: Float) = (0, 0)
    columns.append(0)
    for length in left.lengths {
      sums.left += length
      let goal = totals.0 > 0 ? sums.left / totals.0 * totals.1 : 0
      while column < right.segmentCount, sums.right + right.lengths[column] / 2 < goal {
        sums.right += right.lengths[column]
        column += 1
      }
      columns.append(Float(column))
    }
  }

  func column(atRow row: Int) -> Float { columns[row] }
}
