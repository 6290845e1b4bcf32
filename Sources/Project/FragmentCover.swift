internal import Alignment
internal import Bitext
internal import Segmentation
internal import Store

/// Chooses the stretches that cover most of a text.
struct FragmentCover {
  private let words: KeyedWords
  /// By word of the text: its code points, and whether it says something by itself.
  private let lengths: [Int]
  private let isContent: [Bool]

  init(_ words: KeyedWords, language: LanguageTag) {
    self.words = words
    let function = SmallWords(language)
    lengths = words.words.map { words.key[$0].count { $0 & 0xC0 != 0x80 } }
    isContent = words.words.map { !function.contains(words.key[$0]) }
  }

  /// Chooses the stretch that covers most of what is not covered yet, and so on until none adds a
  /// word that says something; of equal ones that which more units hold, then the first.
  ///
  /// - Parameters:
  ///   - stretches: in the order of the text.
  ///   - known: bytes of the text that are covered already.
  /// - Returns: the chosen ones, in the order of the text.
  func chosen(from stretches: [HeldStretch], beside known: [Range<Int>]) -> [HeldStretch] {
    var isCovered = words.ranges.map { word in known.contains { $0.encloses(word) } }
    var left = stretches.filter { says($0.words) }
    var chosen: [HeldStretch] = []
    while true {
      let gains = left.map { gain($0.words, isCovered) }
      let best = left.indices.max { first, second in
        (gains[first], left[first].places.count, -first)
          < (gains[second], left[second].places.count, -second)
      }
      guard let best, gains[best] > 0 else { break }
      for word in left[best].words { isCovered[word] = true }
      chosen.append(left.remove(at: best))
    }
    return chosen.sorted { $0.words.lowerBound < $1.words.lowerBound }
  }

  /// The code points that a stretch covers anew; 0 when none of them says anything.
  private func gain(_ stretch: Range<Int>, _ isCovered: [Bool]) -> Int {
    let new = stretch.filter { !isCovered[$0] }
    guard new.contains(where: { isContent[$0] }) else { return 0 }
    return new.reduce(0) { $0 + lengths[$1] }
  }

  /// Whether a stretch has two words or two ideographs, and not function words alone.
  private func says(_ stretch: Range<Int>) -> Bool {
    guard stretch.contains(where: { isContent[$0] }) else { return false }
    return stretch.count > 1 || ideographs(words.key(of: stretch)) > 1
  }

  private func ideographs(_ key: ArraySlice<UInt8>) -> Int {
    String(decoding: key, as: UTF8.self).unicodeScalars.count { $0.value.isHanScalar }
  }
}
