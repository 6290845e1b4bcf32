import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Matching

/// The way over blocks of text, against a naive search and against the matcher's other ways.
@Suite struct TermHitTests {
  private static let words = [
    "bank", "banks", "banking", "rate", "rates", "interest", "policy", "policies", "city", "the",
    "new", "energy", "vehicle", "well", "known", "1,000", "3.5", "重", "庆", "慶", "市", "科", "学", "城",
  ]
  private static let gaps = [" ", " ", " ", "-", "", ", ", "\n", " “", "” ", "（", "）", "’s "]

  @Test(arguments: 1...120 as ClosedRange<UInt64>)
  func agreesWithANaiveSearch(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func phrase(_ most: Int) -> String {
      (0..<1 + random.below(most)).map { _ in random.pick(Self.words) + random.pick(Self.gaps) }
        .joined()
    }
    // In small letters, so that no case rule is at work.
    let terms = (0..<1 + random.below(40)).map { _ in phrase(4) }
    let text = phrase(60)
    expectAgreement(terms, text)
  }

  /// Texts of several blocks, cut wherever chance has it.
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func agreesOverManyBlocks(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func phrase(_ count: Int) -> String {
      (0..<count).map { _ in random.pick(Self.words) + random.pick(Self.gaps) }.joined()
    }
    let terms = (0..<200).map { _ in phrase(1 + random.below(6)) }
    expectAgreement(terms, phrase(12_000))
  }

  /// Occurrences that overlap one another from the first word to the last leave no place to cut.
  @Test func agreesWhereOccurrencesOverlapWithoutEnd() {
    let text = String(repeating: "甲乙丙", count: 9_000)
    expectAgreement(["甲乙", "乙丙", "丙甲", "甲乙丙甲"], text, .simplifiedChinese)
  }

  @Test func agreesForTermsLongerThanABlock() {
    let long = (0..<8_000).map { "word\($0 % 97)" }.joined(separator: " ")
    expectAgreement([long, "word5", "word5 word6"], "before " + long + " after word5 word6 word7")
  }

  private func expectAgreement(
    _ terms: [String], _ text: String, _ language: LanguageTag = .english
  ) {
    let matcher = termMatcher(terms, language)
    let possible = terms.filter { text in
      let tokens = KeyTokenizer().tokens(of: text)
      return tokens.contains { $0.kind != .punctuation }
    }
    #expect(matcher.terms.map(\.term.text) == possible)
    let utf8 = Array(text.utf8)
    let tokens = KeyTokenizer().tokens(of: utf8.span)
    let naive = NaiveMatcher(possible)
    let right = naive.longest(tokens.map(\.hash))
    let hits = matcher.hits(in: utf8.span)
    #expect(hits.map(\.tokens) == right.map(\.tokens), "\(terms) in \(text.prefix(400))")
    let terms = hits.map { matcher.terms(of: $0, in: utf8.span) }
    #expect(terms == right.map(\.terms))
    let starts = hits.map { tokens[Int($0.firstToken)].start }
    #expect(starts == hits.map(\.start))
    let matches = matcher.matches(in: utf8.span, tokens: tokens)
    #expect(matches.map(\.tokens) == right.map(\.tokens))
    #expect(matches.map(\.range) == hits.map(\.range))
    let all = matcher.allMatches(in: utf8.span, tokens: tokens)
    let order = naive.all(tokens.map(\.hash)).keys.sorted {
      ($0.lowerBound, $0.count) < ($1.lowerBound, $1.count)
    }
    #expect(all.map(\.tokens) == order)
    #expect(TermMatcher.longest(all) == matches)
  }

  @Test func endsBeforeAPossessiveThatNoTermHas() {
    #expect(surfaces(termMatcher(["bank"]), in: "the bank's rate") == ["bank"])
    #expect(surfaces(termMatcher(["bank's"]), in: "the bank’s rate") == ["bank’s"])
  }

  // MARK: Hashes that are equal by chance

  @Test func aWordWithTheHashOfAnotherOneIsNoMatch() {
    let matcher = termMatcher(["cat", "golden phoenix"])
    let cat = KeyTokenizer().tokens(of: "cat")[0].hash
    let text = Array("dog and cat".utf8)
    var tokens = KeyTokenizer().tokens(of: text.span)
    tokens[0].hash = cat
    let all = matcher.allMatches(in: text.span, tokens: tokens)
    #expect(all.map(\.range) == [8..<11])
    let longest = matcher.matches(in: text.span, tokens: tokens)
    #expect(longest.map(\.range) == [8..<11])
  }

  /// A longer match that is none must not stay in the way of a shorter one that is one.
  @Test func whatHasTheHashOfALongerTermHidesNoShorterOne() {
    let matcher = termMatcher(["golden phoenix", "golden", "goose"])
    let phoenix = KeyTokenizer().tokens(of: "phoenix")[0].hash
    let text = Array("the golden goose".utf8)
    var tokens = KeyTokenizer().tokens(of: text.span)
    let own = tokens[2].hash
    tokens[2].hash = phoenix
    var found = matcher.matches(in: text.span, tokens: tokens)
    #expect(found.map(\.range) == [4..<10])
    tokens[2].hash = own
    found = matcher.matches(in: text.span, tokens: tokens)
    #expect(found.map(\.range) == [4..<10, 11..<16])
  }

  /// Terms that share a hash stand side by side in one record, and each is found by its spelling.
  @Test func termsWithOneHashAreToldApart() {
    var builder = TermTableBuilder(.english, expected: 3)
    let shared = KeyTokenizer().tokens(of: "cat")
    for (number, word) in ["cat", "dog", "owl"].enumerated() {
      builder.add(Term(word, language: .english), language: 0, concept: number, as: shared)
    }
    let matcher = TermMatcher(compiled: builder.finish(source: 0))
    let text = Array("dog cat cow owl".utf8)
    var tokens = KeyTokenizer().tokens(of: text.span)
    for index in tokens.indices { tokens[index].hash = shared[0].hash }
    let found = matcher.matches(in: text.span, tokens: tokens)
    #expect(found.map(\.range) == [0..<3, 4..<7, 12..<15])
    #expect(found.map(\.terms) == [[1], [0], [2]])
  }
}
