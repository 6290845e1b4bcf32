internal import Bitext

/// A run of words that may be a term.
struct CandidatePhrase: BitwiseCopyable {
  var first: UInt32
  var end: UInt32
  var key: UInt64
  /// Whether it is written like a name: every word but the small ones with a capital, and not for
  /// the sole reason that a sentence begins.
  var isName: Bool

  var words: Range<Int> { Int(first)..<Int(end) }
}

extension PhraseText {
  /// Words of a term at the most; "Chongqing Municipal Commission of Housing and Urban-Rural
  /// Development" has nine.
  private static let mostWords = 9
  /// Words of a term at the most that is no name: longer ones are clauses.
  private static let mostCommonWords = 5
  /// Ideographs of a term at the most: 支付系统及储值支付工具条例 has thirteen.
  private static let mostHan = 16

  /// The runs of words that may be terms.
  func candidatePhrases() -> [CandidatePhrase] {
    var found: [CandidatePhrase] = []
    found.reserveCapacity(words.count * 3)
    for first in words.indices where mayBegin(first) { addPhrases(from: first, to: &found) }
    return found
  }

  private func addPhrases(from first: Int, to found: inout [CandidatePhrase]) {
    var scan = PhraseScan()
    for index in first..<words.count {
      let word = words[index]
      guard scan.take(word.traits), scan.words <= Self.mostWords else { return }
      if word.traits.contains(.han) { scan.han += Int(word.tokenEnd - word.firstToken) }
      guard scan.han <= Self.mostHan, isBracketInside(index, from: first) else { return }
      for token in Int(word.firstToken)..<Int(word.tokenEnd) {
        scan.key = PhraseKey.extend(scan.key, by: tokens[token])
      }
      guard mayEnd(index), scan.depth == 0, isLongEnough(scan, first, index) else { continue }
      if scan.words > Self.mostCommonWords, scan.han == 0, !scan.isName { continue }
      found.append(
        CandidatePhrase(
          first: UInt32(first), end: UInt32(index + 1), key: scan.key, isName: scan.isName))
    }
  }

  private func mayBegin(_ index: Int) -> Bool {
    words[index].traits.isDisjoint(with: [.function, .breaks, .mark, .hyphen, .number])
      && (index == 0 || !words[index - 1].traits.contains(.hyphen))
  }

  private func mayEnd(_ index: Int) -> Bool {
    words[index].traits.isDisjoint(with: [.function, .breaks, .mark, .hyphen, .number])
      && (index + 1 == words.count || !words[index + 1].traits.contains(.hyphen))
  }

  /// One ideograph alone is too little, and so are two small letters.
  private func isLongEnough(_ scan: PhraseScan, _ first: Int, _ last: Int) -> Bool {
    if scan.han > 0 { return scan.han > 1 || scan.words > 1 }
    if scan.words > 1 { return true }
    let word = words[last]
    return word.end - word.start > 2 || word.traits.contains(.acronym)
  }

  /// Brackets belong to a name when they stand between its words and what they hold is no
  /// abbreviation: 西部（重庆）科学城, "Western (Chongqing) Science City".
  private func isBracketInside(_ index: Int, from first: Int) -> Bool {
    guard words[index].traits.contains(.opens) else { return true }
    var end = index + 1
    while end < words.count, !words[end].traits.contains(.closes) {
      let traits = words[end].traits
      // An acronym or another script behind a name is another name of it.
      if !traits.isDisjoint(with: [.mark, .acronym, .number]) { return false }
      if traits.contains(.han) != words[index - 1].traits.contains(.han) { return false }
      end += 1
    }
    guard end + 1 < words.count, end > index + 1, end - index <= 4,
      longForm(of: index + 1..<end, before: index) == nil
    else { return false }
    let next = words[end + 1].traits
    guard next.isDisjoint(with: [.mark, .function, .breaks, .number]) else { return false }
    return next.contains(.han) || next.contains(.capital)
  }
}

/// What is known of a phrase while it grows word by word.
private struct PhraseScan {
  var key = PhraseKey.start
  var words = 0
  var han = 0
  var depth = 0
  private var names = 0
  private var isAllNames = true

  var isName: Bool { isAllNames && names > 0 }

  /// Takes one more word; `false` when no term goes on with it.
  mutating func take(_ traits: PhraseText.Traits) -> Bool {
    if traits.contains(.hyphen) { return true }
    if traits.contains(.opens) {
      depth += 1
      return depth == 1 && words > 0
    }
    if traits.contains(.closes) {
      depth -= 1
      return depth == 0
    }
    if !traits.isDisjoint(with: [.mark, .breaks]) { return false }
    words += 1
    if traits.contains(.capital) {
      // At the start of a sentence a capital says nothing, for an acronym excepted.
      if !traits.contains(.leads) || traits.contains(.acronym) { names += 1 }
    } else if traits.isDisjoint(with: [.function, .number]) {
      isAllNames = false
    }
    return true
  }
}
