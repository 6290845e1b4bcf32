internal import Alignment
internal import Segmentation

/// What stands for a stretch of one side of a unit on its other side, by the links of their words.
///
/// Unlike a consistent phrase pair (Och and Ney 2004), which one stray link spoils, it is the stretch
/// with the greatest sum of what speaks for its words.
struct LinkProjection {
  private let words: LinkedWords
  /// By word of the source.
  private let isContent: [Bool]
  private let isSourceMark: [Bool]
  /// The ideographs of each word of the source that is made of them alone.
  private let ideographs: [Int]
  /// By word of the target.
  private let isMark: [Bool]
  private let isSmall: [Bool]

  /// What a word costs that no link explains, and a mark; a word that says little counts half.
  private static let (freeWord, freeMark, smallWord): (Float, Float, Float) = (0.1, 0.2, 0.5)
  /// The share of the stretch's words that must lead into what stands for it, and that of the links
  /// from there which must lead back.
  private static let (leastLed, leastOwn): (Float, Float) = (0.6, 0.6)
  /// What may lead to a word from elsewhere where it counts as free.
  private static let mostForeign: Float = 0.25

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
    ideographs = words.source.map { Self.ideographs(source[Self.bytes($0)]) }
    isSourceMark = words.source.map { !Self.hasLetter(source[Self.bytes($0)]) }
    isMark = words.target.map { !Self.hasLetter(target[Self.bytes($0)]) }
  }

  /// Whether some bytes of the source hold all of its words: then the other side translates them,
  /// whatever the links say.
  func isWhole(_ range: Range<Int>) -> Bool {
    zip(words.source, isSourceMark).allSatisfy { share(of: Self.bytes($0), in: range) == 1 || $1 }
  }

  /// What the links of some bytes of the source say about the words of the target.
  struct Pull {
    /// By word of the source: the share of it that lies in the bytes.
    fileprivate var inside: [Float]
    /// By word of the target: how much leads there from inside, and from the other words.
    fileprivate var own: [Float]
    fileprivate var foreign: [Float]
  }

  /// Goes through all words and links: those who ask about several places ask for it once.
  func pull(of range: Range<Int>) -> Pull {
    let inside = words.source.map { share(of: Self.bytes($0), in: range) }
    var own = [Float](repeating: 0, count: words.target.count)
    var foreign = own
    for link in words.links {
      let (from, to) = (Int(link.source), Int(link.target))
      let weight = link.share * (isContent[from] ? 1 : Self.smallWord)
      own[to] += weight * inside[from]
      foreign[to] += weight * (1 - inside[from])
    }
    return Pull(inside: inside, own: own, foreign: foreign)
  }

  /// What stands for some bytes of the source, as bytes of the target; `nil` where the links do not
  /// tell.
  func counterpart(of range: Range<Int>) -> Range<Int>? {
    if isWhole(range) { return trimmed(words.target.indices) }
    let pull = pull(of: range)
    guard let best = bestStretch(pull.own, pull.foreign), isSure(best, pull) else { return nil }
    // What has no small word at its ends has none there in the other language either.
    let ends = pull.inside.indices.filter { pull.inside[$0] > 0 }
    guard let first = ends.first, let last = ends.last, isContent[first], isContent[last] else {
      return trimmed(best)
    }
    return trimmed(best, isLeftOut: isSmall) ?? trimmed(best)
  }

  // MARK: What others say

  /// Whether some bytes of the target may stand for what pulls: links lead there, and fewer from
  /// elsewhere.
  func supports(_ target: Range<Int>, by pull: Pull) -> Bool {
    let stretch = targetWords(target)
    let mine = stretch.reduce(Float(0)) { $0 + min(1, pull.own[$1]) }
    let others = stretch.reduce(Float(0)) { $0 + min(1, pull.foreign[$1]) }
    return mine > 0 && mine >= others
  }

  /// Whether hardly anything of the source but what pulls leads to some bytes of the target: where
  /// there are no links at all, as in a pair that is too long for them, nobody knows.
  func leavesFree(_ target: Range<Int>, by pull: Pull) -> Bool {
    guard !words.links.isEmpty else { return false }
    let stretch = targetWords(target)
    let others = stretch.reduce(Float(0)) { $0 + min(1, pull.foreign[$1]) }
    return !stretch.isEmpty && others <= Self.mostForeign * Float(stretch.count)
  }

  /// How sure the links are that some bytes of the target stand for some of the source, as a share
  /// 0…1: the share of the one's words that lead into the other and back, by how strongly.
  func strength(of target: Range<Int>, for range: Range<Int>) -> Float {
    if isWhole(range) { return 1 }
    let (pull, stretch) = (pull(of: range), targetWords(target))
    let led = ledShares(into: stretch)
    let content = pull.inside.indices.filter { pull.inside[$0] > 0.5 && isContent[$0] }
    let back = stretch.filter { !isMark[$0] && !isSmall[$0] }
    guard !content.isEmpty, !back.isEmpty else { return 0 }
    let there = content.reduce(Float(0)) { $0 + led[$1] } / Float(content.count)
    let here = back.reduce(Float(0)) {
      $0 + max(0, min(1, pull.own[$1]) - min(1, pull.foreign[$1]))
    }
    return min(there, here / Float(back.count))
  }

  /// The share of the words of some bytes of the source, small ones apart, that lead into some bytes
  /// of the target.
  func ledShare(of range: Range<Int>, into target: Range<Int>) -> Float {
    let led = ledShares(into: targetWords(target))
    let inside = pull(of: range).inside
    let content = inside.indices.filter {
      inside[$0] > 0.5 && isContent[$0] && !isSourceMark[$0]
    }
    guard !content.isEmpty else { return 0 }
    return Float(content.count { led[$0] > 0 }) / Float(content.count)
  }

  /// By word of the source: how surely it leads into a stretch of the target. A single ideograph and
  /// what stands beside it may be one word (博物|馆), of which one part is linked for both.
  private func ledShares(into stretch: Range<Int>) -> [Float] {
    var led = [Float](repeating: 0, count: words.source.count)
    for link in words.links where stretch.contains(Int(link.target)) {
      led[Int(link.source)] = max(led[Int(link.source)], link.share)
    }
    let own = led
    for word in own.indices where own[word] == 0 && ideographs[word] > 0 && isContent[word] {
      for beside in [word - 1, word + 1]
      where own.indices.contains(beside) && isContent[beside]
        && min(ideographs[word], ideographs[beside]) == 1
      {
        led[word] = max(led[word], own[beside])
      }
    }
    return led
  }

  /// The two words of the target between which a byte is, when nothing else is between them and
  /// neither is a mark or says little by itself.
  func cut(at byte: Int) -> (before: Range<Int>, behind: Range<Int>)? {
    guard
      let behind = words.target.firstIndex(where: { Int($0.lowerBound) == byte }), behind > 0,
      Int(words.target[behind - 1].upperBound) == byte
    else { return nil }
    guard ![behind - 1, behind].contains(where: { isMark[$0] || isSmall[$0] }) else { return nil }
    return (Self.bytes(words.target[behind - 1]), Self.bytes(words.target[behind]))
  }

  private func targetWords(_ bytes: Range<Int>) -> Range<Int> {
    guard !bytes.isEmpty else { return 0..<0 }
    let first = words.target.firstPlace { Int($0.upperBound) > bytes.lowerBound }
    let end = words.target.firstPlace { Int($0.lowerBound) >= bytes.upperBound }
    return first..<max(first, end)
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

  private func isSure(_ stretch: Range<Int>, _ pull: Pull) -> Bool {
    let led = ledShares(into: stretch)
    let content = pull.inside.indices.filter { pull.inside[$0] > 0.5 && isContent[$0] }
    let ledCount = content.count { led[$0] > 0 }
    let mine = stretch.reduce(Float(0)) { $0 + pull.own[$1] }
    let others = stretch.reduce(Float(0)) { $0 + pull.foreign[$1] }
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

  private static func ideographs(_ word: ArraySlice<UInt8>) -> Int {
    let scalars = String(decoding: word, as: UTF8.self).unicodeScalars
    return scalars.contains { !$0.value.isHanScalar } ? 0 : scalars.count
  }

  private static func hasLetter(_ word: ArraySlice<UInt8>) -> Bool {
    String(decoding: word, as: UTF8.self).unicodeScalars.contains {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
  }
}
