import Bitext
import Matching
import Segmentation
import TestSupport
import Testing

@testable import Checking

@Suite struct MatchedTextTests {
  @Test func presentConceptsAreThoseOfAllMatches() {
    let words = ["bank", "banking", "exchange", "fund", "rate", "the", "of"]
    var random = SeededGenerator(seed: 3)
    func phrase(_ most: Int) -> String {
      (0..<Int.random(in: 1...most, using: &random)).map { _ in
        words[Int.random(in: 0..<words.count, using: &random)]
      }.joined(separator: " ")
    }
    for _ in 0..<100 {
      let concepts = (0..<8).map {
        Concept(id: "\($0)", terms: [Term(phrase(3), language: .english)])
      }
      let matcher = TermMatcher(Termbase(concepts: concepts), language: .english)
      let lines = (0..<4).map { _ in phrase(8) }
      let text = MarkedText(lines.joined(separator: "|")).document("t", .english)
      let matched = MatchedText(text, matcher: matcher)
      for (segment, line) in lines.enumerated() {
        let utf8 = Array(line.utf8)
        let all = matcher.allMatches(
          in: utf8.span, tokens: KeyTokenizer().tokens(of: utf8.span))
        let naive = Set(all.flatMap { $0.terms.map { matcher.terms[$0].concept } })
        for concept in 0..<8 {
          #expect(
            matched.isPresent(concept, in: segment..<segment + 1) == naive.contains(concept))
        }
      }
    }
  }
}
