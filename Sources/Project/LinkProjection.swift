internal import Alignment

/// What stands for a stretch of one side of a unit on its other side, by the links of their words.
///
/// Unlike a consistent phrase pair (Och and Ney 2004), which one stray link spoils, it is the stretch
/// with the greatest sum of what speaks for its words.
struct LinkProjection {
  private let words: LinkedWords
  /// By word of the source.
  private let isContent: [Bool]
  private let isSourceMark: [Bool]
  /// By word of the target.
  private let isMark: [Bool]
  private let isSmall: [Bool]

  /// What a word costs that no link explains, and a mark; a word that says little counts half.
  private static let (freeWord, freeMark, smallWord): (Float, Float, Float) = (0.1, 0.2, 0.5)
  /// The share of the stretch's words that must lead into what stands for it, and that of the links
  /// from there which must lead back.
  private static let (leastLed, leastOwn): (Float, Float) = (0.6, 0.6)

  /// - Parameters:
  ///   - words: of the two sides, with their links.
  ///   - source: the one side, in UTF-8.
  ///   - target: the other one.
  ///   - small: the words of the two languages that say little by themselves.
  init(
    _ words: LinkedWords, source: [UInt8], target: [UInt8],
    small: (source: SmallWords, target: SmallWords)
  ) {
    self.words = words
    isContent = words.source.map { !small.source.contains(source[Self.bytes($0)]) }
    isSmall = words.target.map { small.target.contains(target[Self.bytes($0)]) }
    isSourceMark = words.source.map { !Self.hasLetter(source[Self.bytes($0)]) }
    isMark = words.target.map { !Self.hasLetter(target[Self.bytes($0)]) }
  }

  /// Whether some bytes of the source hold all of its words: then the other side translates them,
  /// whatever the links say.
  func isWhole(_ range: Range<Int>) -> Bool {
    zip(words.source, isSourceMark).allSatisfy { share(of: Self.bytes($0), in: range) == 1 || $1 }
  }

  /// What stands for some bytes of the source, as bytes of the target; `nil` where the links do not
  /// tell.
  func counterpart(of range: Range<Int>) -> Range<Int>? {
    if isWhole(range) { return trimmed(words.target.indices) }
    let inside = words.source.map { share(of: Self.bytes($0), in: range) }
    var own = [Float](repeating: 0, count: words.target.count)
    var foreign = own
    for link in words.links {
      let (from, to) = (Int(link.source), Int(link.target))
      let weight = link.share * (isContent[from] ? 1 : Self.smallWord)
      own[to] += weight * inside[from]
      foreign[to] += weight * (1 - inside[from])
    }
    guard let best = bestStretch(own, foreign), isSure(best, inside, own, foreign) else {
      return nil
    }
    // What has no small word at its ends has none there in the other language either.
    let ends = inside.indices.filter { inside[$0] > 0 }
    guard let first = ends.first, let last = ends.last, isContent[first], isContent[last] else {
      return trimmed(best)
    }
    return trimmed(best, isLeftOut: isSmall) ?? trimmed(best)
  }

  /// The stretch of the target with the greatest sum (Kadane's algorithm); of equal ones the first
  /// and shortest.
  private func bestStretch(_ own: [Float], _ foreign: [Float]) -> Range<Int>? {
    var (best, bestSum, start, sum): (Range<Int>?, Float, Int, Float) = (nil, 0, 0, 0)
    for word in own.indices {
      var gain = min(1, own[word]) - min(1, foreign[word])
      if own[word] == 0, foreign[word] == 0 {
        gain = isMark[word] ? -Self.freeMark : -Self.freeWord
      }
      if sum <= 0 { (start, sum) = (word, 0) }
      sum += gain
      if sum > bestSum { (best, bestSum) = (start..<word + 1, sum) }
    }
    return best
  }

  private func isSure(
    _ stretch: Range<Int>, _ inside: [Float], _ own: [Float], _ foreign: [Float]
  ) -> Bool {
    var led: Set<Int> = []
    for link in words.links where stretch.contains(Int(link.target)) {
      led.insert(Int(link.source))
    }
    let content = inside.indices.filter { inside[$0] > 0.5 && isContent[$0] }
    let ledCount = content.count { led.contains($0) }
    let mine = stretch.reduce(Float(0)) { $0 + own[$1] }
    let others = stretch.reduce(Float(0)) { $0 + foreign[$1] }
    return !content.isEmpty && Float(ledCount) >= Self.leastLed * Float(content.count)
      && mine >= Self.leastOwn * (mine + others)
  }

  /// The bytes of some words of the target without marks at their ends.
  private func trimmed(_ stretch: Range<Int>) -> Range<Int>? {
    trimmed(stretch, isLeftOut: isMark)
  }

  private func trimmed(_ stretch: Range<Int>, isLeftOut: [Bool]) -> Range<Int>? {
    guard let first = stretch.first(where: { !isLeftOut[$0] }),
      let last = stretch.last(where: { !isLeftOut[$0] })
    else { return nil }
    return Int(words.target[first].lowerBound)..<Int(words.target[last].upperBound)
  }

  /// How much of a word lies in a stretch: words may be cut otherwise than the text.
  private func share(of word: Range<Int>, in range: Range<Int>) -> Float {
    guard !word.isEmpty else { return 0 }
    return Float(word.clamped(to: range).count) / Float(word.count)
  }

  private static func bytes(_ range: Range<UInt32>) -> Range<Int> {
    Int(range.lowerBound)..<Int(range.upperBound)
  }

  private static func hasLetter(_ word: ArraySlice<UInt8>) -> Bool {
    String(decoding: word, as: UTF8.self).unicodeScalars.contains {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
  }
}
