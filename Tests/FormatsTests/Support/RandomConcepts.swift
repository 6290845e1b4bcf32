import Bitext
import TestSupport

@testable import Formats

/// Pieces that tables, sheets and lists of terms have trouble with.
private let pieces = [
  "a", "term", " ", "  ", "\"", "'", ",", ";", "|", "\\", "=", "+1", "-", "@x", "#", "术语", "（中）",
  "한",
  "🀄", "👩‍🚀", "e\u{301}", "עברית", "\u{200F}", "_x000D_", "&", "<b>", "0", "%s", "/", "::",
]

/// Concepts with texts that are hard to keep.
///
/// - Parameters:
///   - generator: the source of chance.
///   - count: how many.
///   - breaks: what a note may hold beyond the pieces of terms.
/// - Returns: concepts in English and Chinese with numbers for ids.
func randomConcepts(
  _ generator: inout SeededGenerator, count: Int, breaks: [String] = ["\n", "\t", "\r", "\r\n"]
) -> [Concept] {
  (1...count).map { number in
    var concept = Concept(id: "c\(number)", terms: [])
    for language in [LanguageTag.english, .simplifiedChinese] {
      // A term of its own number, so that no two concepts have the same source.
      var texts = ["\(randomText(&generator, breaks: []))q\(number)"]
      for status in [TermStatus.preferred, .admitted, .deprecated, .forbidden] {
        guard status == .preferred || generator.once(in: 3) else { continue }
        let text =
          texts.count == 1 && status == .preferred ? texts[0] : randomText(&generator, breaks: [])
        guard status == .preferred || !texts.contains(text) else { continue }
        texts.append(text)
        concept.terms.append(Term(text, language: language, status: status))
      }
    }
    if generator.once(in: 2) { concept.note = randomText(&generator, breaks: breaks) }
    if generator.once(in: 3) { concept.definition = randomText(&generator, breaks: breaks) }
    if generator.once(in: 4) { concept.domain = randomText(&generator, breaks: []) }
    return concept
  }
}

/// A text without white space at its ends, which no table keeps.
private func randomText(_ generator: inout SeededGenerator, breaks: [String]) -> String {
  while true {
    let text = generator.text(of: pieces + breaks, upTo: 7).trimmed
    if !text.isEmpty { return text }
  }
}

/// The languages and statuses of concepts, in the order in which they come.
func occurringColumns(_ concepts: [Concept]) -> [GlossaryTableWriter.Column] {
  var columns: [GlossaryTableWriter.Column] = []
  for term in concepts.flatMap(\.terms) {
    let column = GlossaryTableWriter.Column(language: term.language, status: term.status)
    if !columns.contains(column) { columns.append(column) }
  }
  return columns
}

extension [Concept] {
  /// With the terms in the order that a termbase gives them.
  var sorted: [Concept] {
    map {
      var concept = $0
      concept.sortTerms()
      return concept
    }
  }
}
