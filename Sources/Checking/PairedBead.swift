internal import Bitext

/// One bead with the terms of both its sides.
struct PairedBead {
  let left: MatchedText
  let right: MatchedText
  let source: Range<Int>
  let target: Range<Int>
  let score: Double
  /// The beads before and after.
  let neighbours: [Bead]

  init(_ beads: [Bead], _ index: Int, _ left: MatchedText, _ right: MatchedText) {
    self.left = left
    self.right = right
    source = beads[index].source
    target = beads[index].target
    score = beads[index].score
    neighbours = [index - 1, index + 1].filter(beads.indices.contains).map { beads[$0] }
  }

  /// Whether the target's segments are there and empty: a bilingual file's unit that waits for its
  /// translation.
  var isUntranslated: Bool {
    !target.isEmpty && right.text.segments[target].allSatisfy(\.range.isEmpty)
  }

  /// Whether a bead's target names a concept that its source does not.
  func hasSpare(_ concept: Int, in bead: Bead) -> Bool {
    right.isPresent(concept, in: bead.target) && !left.isPresent(concept, in: bead.source)
  }
}
