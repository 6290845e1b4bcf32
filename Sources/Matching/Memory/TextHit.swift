package import Bitext

/// A text of the memory that was found.
package struct TextHit: Sendable, Hashable {
  package var unit: Int64
  package var side: UnitSide
  /// How alike it is, as a share 0…1.
  package var score: Double
  /// The code points of its match key.
  package var length: Int

  package init(unit: Int64, side: UnitSide, score: Double, length: Int) {
    self.unit = unit
    self.side = side
    self.score = score
    self.length = length
  }

  /// Whether `left` goes before `right` in a concordance: shorter, then older.
  package static func isShorter(_ left: TextHit, _ right: TextHit) -> Bool {
    (left.length, left.unit, left.side == .source ? 0 : 1)
      < (right.length, right.unit, right.side == .source ? 0 : 1)
  }
}

/// The best hits of a search, and how good another one must be.
package struct BestHits {
  let limit: Int
  package private(set) var floor: Double
  /// A heap whose root is the worst.
  private var heap: [TextHit] = []

  package init(limit: Int, minimum: Double) {
    self.limit = limit
    floor = minimum
  }

  /// Whether nothing can be better than what is there.
  var isPerfect: Bool { heap.count == limit && floor >= 1 }

  /// Whether `left` goes before `right`: more alike, then newer.
  static func isBetter(_ left: TextHit, _ right: TextHit) -> Bool {
    (left.score, left.unit, left.side == .source ? 1 : 0)
      > (right.score, right.unit, right.side == .source ? 1 : 0)
  }

  package mutating func add(_ hit: TextHit) {
    guard hit.score >= floor, limit > 0 else { return }
    if heap.count < limit {
      heap.append(hit)
      siftUp()
    } else if Self.isBetter(hit, heap[0]) {
      heap[0] = hit
      siftDown()
    } else {
      return
    }
    if heap.count == limit { floor = max(floor, heap[0].score) }
  }

  private mutating func siftUp() {
    var child = heap.count - 1
    while child > 0, Self.isBetter(heap[(child - 1) / 2], heap[child]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var worst = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if Self.isBetter(heap[worst], heap[child]) { worst = child }
      }
      guard worst != parent else { return }
      heap.swapAt(worst, parent)
      parent = worst
    }
  }

  package var sorted: [TextHit] { heap.sorted(by: Self.isBetter) }
}
