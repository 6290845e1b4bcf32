internal import Bitext
internal import Segmentation

/// A name with its abbreviation in brackets: "Hong Kong Monetary Authority (HKMA)",
/// 香港金融管理局（金管局）.
struct Abbreviation {
  /// The fewest words before the bracket that the abbreviation can stand for. A name may have more
  /// in front.
  var long: Range<Int>
  /// The words in the brackets.
  var short: Range<Int>
}

extension PhraseText {
  /// Words in brackets are looked at up to this number.
  private static let longestBracket = 12

  /// The words between each pair of brackets.
  func brackets() -> [Range<Int>] {
    var found: [Range<Int>] = []
    for open in words.indices where words[open].traits.contains(.opens) {
      let rest = open + 1..<min(words.count, open + 2 + Self.longestBracket)
      guard let close = rest.first(where: { words[$0].traits.contains(.closes) }), close > open + 1,
        !words[open + 1..<close].contains(where: { $0.traits.contains(.opens) })
      else { continue }
      found.append(open + 1..<close)
    }
    return found
  }

  /// The abbreviations that the text explains, by the method of Schwartz and Hearst (*Pacific
  /// Symposium on Biocomputing* 2003): read from the end, its characters are found one by one in
  /// what stands before the bracket, the first one at the beginning of a word.
  func abbreviations() -> [Abbreviation] {
    brackets().compactMap { short in
      let isHan = words[short].allSatisfy { $0.traits.contains(.han) }
      let isAcronym =
        short.count == 1 && isAbbreviation(words[short.lowerBound])
      guard isHan || isAcronym, let start = longForm(of: short, before: short.lowerBound - 1)
      else { return nil }
      return Abbreviation(long: start..<wordBefore(short.lowerBound - 1) + 1, short: short)
    }
  }

  /// Two capitals at the least: HKMA, AIs, HKFRSs.
  private func isAbbreviation(_ word: Word) -> Bool {
    guard word.traits.contains(.capital) else { return false }
    let letters = utf8[Int(word.start)..<Int(word.termEnd)]
    return letters.count <= 10 && letters.count { $0.isASCIIUppercase } >= 2
  }

  /// The last word before a bracket, over a closing quote.
  func wordBefore(_ open: Int) -> Int {
    var index = open - 1
    while index > 0, words[index].traits.contains(.closesQuote) { index -= 1 }
    return index
  }

  /// Where the name begins that words in a bracket may be an abbreviation of; `nil` for none.
  func longForm(of short: Range<Int>, before open: Int) -> Int? {
    var letters = folded(short)
    // The plural of an acronym: SVFs.
    if letters.last == 0x73, letters.count > 2,
      utf8[Int(words[short.upperBound - 1].termEnd) - 1] == 0x73
    {
      letters.removeLast()
    }
    guard letters.count >= 2, open > 0 else { return nil }
    var left = letters.count - 1
    var index = wordBefore(open)
    while index >= 0, words[index].traits.isDisjoint(with: [.mark, .breaks]) {
      let scalars = folded(index..<index + 1)
      for place in scalars.indices.reversed() where scalars[place] == letters[left] {
        // The first character begins a word.
        if left == 0, place > 0 { continue }
        if left == 0 { return index }
        left -= 1
      }
      index -= 1
    }
    return nil
  }

  /// The scalars of some words, letters in lower case; ideographs in simplified form.
  private func folded(_ words: Range<Int>) -> [UInt32] {
    let bytes = Array(utf8[range(words)])
    let key = MatchKey(bytes.span, folding: [.letterCase, .script, .width])
    return key.bytes.span.scalars().filter { $0.isWordScalar || $0.isHanScalar }
  }
}

extension Span<UInt8> {
  /// The Unicode scalars of a text.
  func scalars() -> [UInt32] {
    var scalars: [UInt32] = []
    var index = 0
    while index < count {
      let (value, length) = scalar(at: index)
      scalars.append(value)
      index += length
    }
    return scalars
  }
}
