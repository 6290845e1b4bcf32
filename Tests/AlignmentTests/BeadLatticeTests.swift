import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Alignment

/// Probabilities of beads against a naive oracle that walks all paths one by one.
@Suite struct BeadLatticeTests {
  private let chinese = ["桥梁", "图书馆", "5月", "重庆", "，", "学生", "300亿"]
  private let english = [
    "bridge ", "library ", "May ", "Chongqing ", ", ", "student ", "30 billion ",
  ]

  private func search(_ rows: Int, _ columns: Int, _ random: inout SeededGenerator) -> BeadSearch {
    func sentence(_ words: [String]) -> String {
      (0..<Int.random(in: 1...5, using: &random)).map { _ in
        words[Int.random(in: 0..<words.count, using: &random)]
      }.joined()
    }
    let left = document(.simplifiedChinese, [(0..<rows).map { _ in sentence(chinese) }])
    let right = document(.english, [(0..<columns).map { _ in sentence(english) }])
    let sides = (AlignmentSide(left, lexicons: [.builtin]), AlignmentSide(right, lexicons: []))
    return BeadSearch(
      context: BeadScorer.Context(
        left: sides.0, right: sides.1, evidence: LexicalEvidence(left: sides.0, right: sides.1),
        structure: nil,
        marks: PunctuationEvidence(left: left, right: right, weights: BeadWeights().marks),
        lengths: LengthModel(ratio: 3)))
  }

  /// The sum over all paths of their weights, and for each bead over those that have it.
  private struct Oracle {
    let scores: [[[Float]]]
    let end: SearchNode
    var total = 0.0
    var sums: [[Int]: Double] = [:]

    mutating func walk(_ node: SearchNode, _ beads: [[Int]], _ weight: Double) {
      guard node != end else {
        total += weight
        for bead in beads { sums[bead, default: 0] += weight }
        return
      }
      for (index, shape) in BeadShape.all.enumerated() {
        let next = SearchNode(row: node.row + shape.left, column: node.column + shape.right)
        guard next.row <= end.row, next.column <= end.column else { continue }
        let score = Double(scores[next.row][next.column][index])
        walk(
          next, beads + [[index, next.row, next.column]], weight * exponential(score))
      }
    }
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func sharesAreThoseOfAllPaths(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let size = (Int.random(in: 1...4, using: &random), Int.random(in: 1...5, using: &random))
    let search = search(size.0, size.1, &random)
    let (start, end) = (SearchNode(row: 0, column: 0), SearchNode(row: size.0, column: size.1))
    let band = SearchBand(along: EmptyCollection(), from: start, to: end, halfWidth: 0)
    var scorer = BeadScorer(search.context, band: band)
    var scores: [[[Float]]] = []
    for row in 0...size.0 {
      var flat: [Float] = []
      scorer.score(row: row, into: &flat)
      let count = BeadShape.all.count
      scores.append((0...size.1).map { Array(flat[$0 * count..<($0 + 1) * count]) })
    }
    var oracle = Oracle(scores: scores, end: end)
    oracle.walk(start, [], 1)
    let lattice = BeadLattice(search, band, from: start, to: end)
    for (bead, sum) in oracle.sums {
      let share = lattice.share(of: bead[0], row: bead[1], column: bead[2])
      #expect(abs(Double(share) - sum / oracle.total) < 1e-3, "\(bead)")
    }
    // The likeliest path of the plain search is the heaviest of all.
    let best = search.bestPath(from: start, to: end, in: band)
    func weight(_ steps: [BeadSearch.Step]) -> Float {
      steps.reduce(0) { $0 + scores[$1.row][$1.column][$1.shape] }
    }
    var heaviest: Float = -.infinity
    func visit(_ node: SearchNode, _ sum: Float) {
      if node == end { heaviest = max(heaviest, sum) }
      for (index, shape) in BeadShape.all.enumerated() {
        let next = SearchNode(row: node.row + shape.left, column: node.column + shape.right)
        guard next.row <= end.row, next.column <= end.column else { continue }
        visit(next, sum + scores[next.row][next.column][index])
      }
    }
    visit(start, 0)
    #expect(abs(weight(best) - heaviest) < 1e-3)
  }

  /// The chain is the heaviest of all that rise on both sides.
  @Test func anchorsRiseOnBothSides() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<20 {
      let search = search(30, 40, &random)
      let chain = AnchorChain(
        left: search.context.left, right: search.context.right, evidence: search.context.evidence)
      for (first, second) in zip(chain.anchors, chain.anchors.dropFirst()) {
        #expect(first.left < second.left && first.right <= second.right)
      }
      let band = SearchBand(
        around: chain, left: search.context.left, right: search.context.right, halfWidth: 2)
      #expect(band.ranges.count == 31)
      #expect(band[0].lowerBound == 0 && band[30].upperBound == 41)
      for row in 0..<30 { #expect(band[row].overlaps(band[row + 1])) }
    }
  }
}
