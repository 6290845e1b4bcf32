internal import Bitext
internal import Segmentation

/// The segments of a file, one after the other, and how far one who goes through it has come.
struct SegmentOrder: Sendable {
  /// None for a file whose segments are no document.
  private(set) var texts: [String] = []
  private var done = 0

  /// Adds the next segment.
  mutating func add(_ text: String) { texts.append(text) }

  /// The segments around one that is asked for before ``goOn()`` passes it; `nil` where it does not
  /// stand there.
  func neighbours(of text: String) -> Neighbours? {
    guard done < texts.count, texts[done] == text else { return nil }
    return Neighbours(
      previous: done > 0 ? texts[done - 1] : nil,
      next: done + 1 < texts.count ? texts[done + 1] : nil)
  }

  mutating func goOn() { done += 1 }
}

/// What stands before and behind a segment; `nil` at an end of its document.
struct Neighbours {
  var previous: String?
  var next: String?

  /// Whether a unit of the memory came from between the same segments, by match key: where one of
  /// them is missing nobody knows.
  func surround(_ candidate: FillCandidate) -> Bool {
    func same(_ own: String?, _ kept: String?) -> Bool {
      guard let own else { return true }
      return kept.map { MatchKey($0) == MatchKey(own) } ?? false
    }
    guard !candidate.isReversed, previous != nil || next != nil else { return false }
    return same(previous, candidate.unit.previous) && same(next, candidate.unit.next)
  }
}
