internal import Bitext
internal import Segmentation

/// What the built-in lexicon says about the words of a term: whether other words than the expected
/// ones translate them.
struct WordTranslations {
  let lexicon: Lexicon

  /// The share of a term's words that words of the other side translate.
  ///
  /// - Parameters:
  ///   - term: a part of one side.
  ///   - other: the other side.
  ///   - taken: tokens of the other side that translate something else.
  /// - Returns: 0…1; 0 for languages that the lexicon does not know.
  func share(of term: KeyedText, translatedIn other: KeyedText, without taken: [Range<Int>])
    -> Double
  {
    var isFree = [Bool](repeating: true, count: other.tokens.count)
    for range in taken { for token in range { isFree[token] = false } }
    return term.tokens.contains { $0.kind == .han }
      ? forward(term, other, isFree) : backward(term, other, isFree)
  }

  private func forward(_ term: KeyedText, _ other: KeyedText, _ isFree: [Bool]) -> Double {
    var standing: Set<UInt64> = []
    for index in other.tokens.indices where isFree[index] {
      standing.insert(other.tokens[index].hash)
    }
    var total = 0.0
    var translated = 0.0
    var index = 0
    while index < term.tokens.count {
      guard term.tokens[index].kind != .punctuation else {
        index += 1
        continue
      }
      let match = lexicon.longestMatch(term.tokens.span, at: index)
      let length = match?.length ?? 1
      total += Double(length)
      let weight = match?.translations.lazy
        .filter { standing.contains($0.hash) }.map { Double($0.weight) }.max()
      translated += Double(length) * (weight ?? 0)
      index += length
    }
    return total == 0 ? 0 : translated / total
  }

  private func backward(_ term: KeyedText, _ other: KeyedText, _ isFree: [Bool]) -> Double {
    var weights: [UInt64: Double] = [:]
    var index = 0
    while index < other.tokens.count {
      guard let match = lexicon.longestMatch(other.tokens.span, at: index) else {
        index += 1
        continue
      }
      if isFree[index..<index + match.length].allSatisfy({ $0 }) {
        for word in match.translations {
          weights[word.hash] = max(weights[word.hash] ?? 0, Double(word.weight))
        }
      }
      index += match.length
    }
    let content = term.content
    let translated = content.reduce(0) { $0 + (weights[term.tokens[$1].hash] ?? 0) }
    return content.isEmpty ? 0 : translated / Double(content.count)
  }
}
