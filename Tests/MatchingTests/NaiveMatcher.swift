import Bitext
import Matching
import Segmentation

/// What a matcher must find, by comparing the tokens of each term with those of each place.
struct NaiveMatcher {
  var terms: [[UInt64]]

  init(_ terms: [String]) {
    self.terms = terms.map { KeyTokenizer().tokens(of: $0).map(\.hash) }
  }

  /// All occurrences, as ranges of tokens with the terms that occur.
  func all(_ text: [UInt64]) -> [Range<Int>: [Int]] {
    var found: [Range<Int>: [Int]] = [:]
    for (number, term) in terms.enumerated() where !term.isEmpty && term.count <= text.count {
      for start in 0...text.count - term.count
      where text[start] == term[0] && text[start..<start + term.count].elementsEqual(term) {
        found[start..<start + term.count, default: []].append(number)
      }
    }
    return found
  }

  /// The longest first, then the leftmost, none overlapping.
  func longest(_ text: [UInt64]) -> [(tokens: Range<Int>, terms: [Int])] {
    let all = all(text)
    let order = all.keys.sorted { ($1.count, $0.lowerBound) < ($0.count, $1.lowerBound) }
    var taken = Array(repeating: false, count: text.count)
    var kept: [(tokens: Range<Int>, terms: [Int])] = []
    for range in order where !taken[range].contains(true) {
      for place in range { taken[place] = true }
      kept.append((range, all[range] ?? []))
    }
    return kept.sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
  }
}

/// A matcher of terms that are concepts of their own.
func termMatcher(
  _ terms: [String], _ language: LanguageTag = .english, status: TermStatus = .preferred
) -> TermMatcher {
  let concepts = terms.enumerated().map { index, text in
    Concept(id: String(index), terms: [Term(text, language: language, status: status)])
  }
  return TermMatcher(Termbase(concepts: concepts), language: language)
}

/// What a matcher finds in a text, as the text spells it.
func surfaces(_ matcher: TermMatcher, in text: String) -> [String] {
  let utf8 = Array(text.utf8)
  return matcher.hits(in: utf8.span).map { String(decoding: utf8[$0.range], as: UTF8.self) }
}
