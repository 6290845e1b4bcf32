/// The segments of a file, one after the other, and how far one who goes through it has come.
struct SegmentOrder: Sendable {
  /// None for a file whose segments are no document.
  private(set) var texts: [String] = []
  private var done = 0

  /// Adds the next segment.
  mutating func add(_ text: String) { texts.append(text) }

  /// The segments around one that is asked for before ``goOn()`` passes it; `nil` where it does not
  /// stand there.
  func neighbours(of text: String) -> (previous: String?, next: String?)? {
    guard done < texts.count, texts[done] == text else { return nil }
    return (
      done > 0 ? texts[done - 1] : nil, done + 1 < texts.count ? texts[done + 1] : nil
    )
  }

  mutating func goOn() { done += 1 }
}
