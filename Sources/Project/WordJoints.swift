internal import Bitext
internal import Segmentation
internal import Store

/// Tells whether two ideographs that stand side by side belong to one word, which the segmenter cut
/// in two (模|块): in the memory the one hardly ever stands without the other.
struct WordJoints {
  private let store: ConcordStore
  private var known: [String: Bool] = [:]

  /// Texts with a word that are looked at, fewer than which say nothing, and the share of them in
  /// which the other one must stand beside it.
  private static let (mostTexts, fewestTexts, leastShare) = (24, 4, 0.8)

  init(_ store: ConcordStore) { self.store = store }

  /// A rendering with what is missing of the words at its ends.
  mutating func completed(
    _ rendering: Range<Int>, of other: [UInt8], by projection: LinkProjection
  ) throws(Trouble) -> Range<Int> {
    var (start, end) = (rendering.lowerBound, rendering.upperBound)
    if let cut = projection.cut(at: start), try isInsideWord(cut, other) {
      start = cut.before.lowerBound
    }
    if let cut = projection.cut(at: end), try isInsideWord(cut, other) {
      end = cut.behind.upperBound
    }
    return start..<end
  }

  private mutating func isInsideWord(
    _ cut: (before: Range<Int>, behind: Range<Int>), _ utf8: [UInt8]
  ) throws(Trouble) -> Bool {
    let (before, behind) = (
      String(decoding: utf8[cut.before], as: UTF8.self),
      String(decoding: utf8[cut.behind], as: UTF8.self)
    )
    let (left, right) = (Array(before.unicodeScalars), Array(behind.unicodeScalars))
    // Two words of two ideographs each are two words.
    guard min(left.count, right.count) == 1, let last = left.last, let first = right.first,
      last.value.isHanScalar, first.value.isHanScalar
    else { return false }
    let name = before + "|" + behind
    if let known = known[name] { return known }
    var isInside = try share(of: before) { Self.scalar(behind: $0) == first } >= Self.leastShare
    if !isInside {
      isInside = try share(of: behind) { Self.scalar(before: $0) == last } >= Self.leastShare
    }
    known[name] = isInside
    return isInside
  }

  /// The share of the texts with a word in which it stands beside another one.
  private func share(
    of word: String, _ isBeside: ((text: [UInt8], range: Range<Int>)) -> Bool
  ) throws(Trouble) -> Double {
    let hits = try store.concordance(ConcordanceQuery(text: word, limit: Self.mostTexts)).hits
    guard hits.count >= Self.fewestTexts else { return 0 }
    let count = hits.count { hit in
      isBeside(
        (Array(hit.unit.text(hit.side).utf8), hit.range))
    }
    return Double(count) / Double(hits.count)
  }

  private static func scalar(
    behind place: (text: [UInt8], range: Range<Int>)
  ) -> Unicode.Scalar? {
    String(decoding: place.text[place.range.upperBound...], as: UTF8.self).unicodeScalars.first
  }

  private static func scalar(
    before place: (text: [UInt8], range: Range<Int>)
  ) -> Unicode.Scalar? {
    String(decoding: place.text[..<place.range.lowerBound], as: UTF8.self).unicodeScalars.last
  }
}
