import Bitext
import TestSupport
import Testing

@testable import Segmentation

/// The automata must say what ICU's backtracking says, pattern by pattern and place by place.
@Suite struct AutomatonTests {
  private static let patterns = [
    "a", "ab*", "(?:ab|a)b?", "[a-c]+", "[^a-c]", ".", "(?s).", "a{2}", "a{1,3}b", "(a|b){2,}",
    "\\bab\\b", "\\Bb", "^a", "\\Aa+", "(?i)AB", "(?i:a)B", "(?-i)ab", "a(?i)b|c", "\\s+", "\\S",
    "\\d\\D", "\\w+\\W", "[\\s.]", "\\p{Lu}", "\\P{L}", "[[:Lu:]é]", "[^\\p{Han}]", "\\p{Han}{2}",
    "\\u4e2d", "\\x61", "\\x{4E2D}", "\\Qa.b\\E", "a\\.", "(?#note)a", "(?<name>a)b", "é", "\\h",
    "\\n", "a??b", "a+?", "[a\\-c]", "[-a]", "[a-]", "(?:)", "a|", "(a*)*b", "[。！？]+", "(?i)ſ",
    "(?i)k", "[^\\n]", "\\b", "\\t|\\f", "(?i)[x-z中]", "\\v", "(?iu)é", "(?i)\\P{Lu}",
    "(?i)[\\P{Lu}]", "(?i)[^\\P{Lu}]", "(?i)[A-C]",
  ]

  private static let texts = [
    "", "a", "ab", "aab abb", "AB aB", "a.b", "中文ab 中", "e\u{301}a b\u{301}", "x\u{200D}a b",
    "1a 2 _b", "a\nb\r。！", "café É", "Kk\u{212A}s\u{17F}", " \u{3000}\t\u{A0}b", "c-a]b",
    "中\u{20000}ab",
  ]

  private func compiled(before: String = "", after: String = "") throws -> CompiledRules {
    try CompiledRules(
      [SegmentationRules.Rule(isBreak: true, before: before, after: after, line: 1)],
      file: "test.srx")
  }

  private func places(_ rules: CompiledRules, _ text: String) throws -> [Int] {
    var matcher = try RuleMatcher(rules)
    let bytes = Array(text.utf8)
    var found: [RuleMatcher.Decision] = []
    try matcher.decide(in: bytes.span, &found)
    return found.map(\.place)
  }

  private func characterStarts(_ text: String) -> [Int] {
    var starts = [0]
    for scalar in text.unicodeScalars { starts.append((starts.last ?? 0) + scalar.utf8.count) }
    return starts
  }

  private func expected(_ pattern: String, _ text: String) throws -> (after: [Int], before: [Int]) {
    let bytes = Array(text.utf8)
    let starts = characterStarts(text)
    let expression = try RegularExpression(pattern, file: "", line: 1, what: "pattern")
    var after: [Int] = []
    var before: [Int] = []
    try expression.setText(bytes.span)
    for start in starts where try expression.matches(at: start) { after.append(start) }
    for end in starts {
      // A match that ends at a place: one that is followed by all the rest.
      let rest = String(decoding: bytes[end...], as: UTF8.self)
      let ending = try RegularExpression(
        "(?:\(pattern))(?=(?-i)\(escaped(rest))\\z)", file: "", line: 1, what: "pattern")
      try ending.setText(bytes.span)
      if try starts.contains(where: { try $0 <= end && ending.matches(at: $0) }) {
        before.append(end)
      }
    }
    return (after, before)
  }

  private func escaped(_ text: String) -> String {
    text.unicodeScalars.map { "\\x{\(String($0.value, radix: 16))}" }.joined()
  }

  private func expectAgreement(_ pattern: String, on texts: [String]) throws {
    let (before, after) = (try compiled(before: pattern), try compiled(after: pattern))
    for text in texts {
      let expected = try expected(pattern, text)
      #expect(
        try places(after, text) == expected.after, "after \(pattern) in \(text.debugDescription)")
      #expect(
        try places(before, text) == expected.before, "before \(pattern) in \(text.debugDescription)"
      )
    }
  }

  @Test(arguments: patterns.filter { !$0.contains("(?iu)") })
  func agreesWithBacktracking(_ pattern: String) throws {
    #expect(PatternParser.parse(pattern, side: .before) != nil)
    try expectAgreement(pattern, on: Self.texts)
  }

  @Test func agreesWithBacktrackingOnRandomPatterns() throws {
    var random = SeededGenerator(seed: 11)
    let atoms = [
      "a", "b", "A", ".", "\\s", "\\b", "\\B", "^", "[ab]", "[^a ]", "\\p{Lu}", "中", "(?i)",
      "\u{301}",
    ]
    func pattern(_ depth: Int) -> String {
      (0..<1 + random.below(3)).map { _ in
        guard depth > 0, random.once(in: 3) else { return random.pick(atoms) }
        let inner = "(?:\(pattern(depth - 1))|\(pattern(depth - 1)))"
        return inner + random.pick(["", "*", "+", "?", "{1,2}"])
      }.joined()
    }
    for _ in 0..<60 {
      let text = random.text(of: ["a", "b", "A", " ", "中", "\u{301}", "."], upTo: 6)
      try expectAgreement(pattern(2), on: [text])
    }
  }

  @Test(arguments: [
    ("(?<!x)a", "", "a xa ba", [1, 7]), ("(?<=x)a", "", "a xa ba", [4]),
    ("(?<!x)(?<!b)a", "", "a xa ba", [1]), ("a(?=b)", "", "ab ac", [1]),
    ("a(?!b)", "", "ab ac a", [4, 7]), ("a", "(?!b)", "ab ac a", [4, 7]),
    ("a", "(?!\\s+b)\\s", "a b a c", [5]), ("a", "(?=b)b", "ab", [1]),
    ("a", "b(?=c)", "abc ab", [1]),
  ])
  func looksAroundAtTheEndsOfPatterns(
    _ before: String, _ after: String, _ text: String, _ expected: [Int]
  ) throws {
    #expect(PatternParser.parse(before, side: .before) != nil)
    #expect(PatternParser.parse(after, side: .after) != nil)
    #expect(try places(compiled(before: before, after: after), text) == expected)
  }

  @Test(arguments: [
    // What is not regular goes to ICU: back references, possessive and atomic groups, looks inside.
    ("(a)\\1", "", "aa ab aa", [2, 8]), ("a++", "b", "aab", [2]), ("(?>a|ab)", "c", "abc ac", [5]),
    ("a", "(?<=a)b", "ab", [1]), ("a$", "", "ba", [2]), ("x(?=y)y", "", "xy", [2]),
    ("[[a-z]&&[^b]]", "b", "ab bb", [1]), ("[\\p{L}-[a-c]]", "", "ad", [2]),
    ("[[a-z]-[aeiou]]", "", "ab", [2]), ("[[a-z]&[aeiou]]", "", "ab", [1]),
    ("[:alpha:]", "", "1x", [2]), ("(?:(?<![a-z])[A-Z]\\.){2}", "", "U.S. aU.S.", [4]),
  ])
  func leavesTheRestToICU(
    _ before: String, _ after: String, _ text: String, _ expected: [Int]
  ) throws {
    let isRegular =
      PatternParser.parse(before, side: .before) != nil
      && PatternParser.parse(after, side: .after) != nil
    #expect(!isRegular)
    #expect(try places(compiled(before: before, after: after), text) == expected)
  }

  @Test(arguments: ["(", "a)", "[a", "a{", "*a", "\\p{Nonsense}", "[z-a]", "(?q)", "\\", "a{2,1}"])
  func leavesMalformedPatternsToICU(_ pattern: String) {
    #expect(PatternParser.parse(pattern, side: .before) == nil)
  }

  @Test func takesHugePatternsForIrregular() {
    #expect(PatternParser.parse("(?:a{100}){100}", side: .before) == nil)
    let nested = String(repeating: "(", count: 5000) + "a" + String(repeating: ")", count: 5000)
    #expect(PatternParser.parse(nested, side: .before) == nil)
  }

  @Test func theFirstRuleThatFitsDecides() throws {
    let rules = [
      SegmentationRules.Rule(isBreak: false, before: "Dr\\.", after: "\\s", line: 1),
      SegmentationRules.Rule(isBreak: true, before: "\\.", after: "\\s", line: 2),
      SegmentationRules.Rule(isBreak: false, before: "x\\.", after: "\\s", line: 3),
    ]
    var matcher = try RuleMatcher(CompiledRules(rules, file: "test.srx"))
    let text = Array("Dr. A. x. B".utf8)
    var found: [RuleMatcher.Decision] = []
    try matcher.decide(in: text.span, &found)
    #expect(
      found == [
        RuleMatcher.Decision(place: 3, rule: 0, isBreak: false),
        RuleMatcher.Decision(place: 6, rule: 1, isBreak: true),
        RuleMatcher.Decision(place: 9, rule: 1, isBreak: true),
      ])
  }

  @Test func forgetsStatesWithoutForgettingPlaces() throws {
    // Each subset of the last fourteen characters is a state: more than fit.
    let rule = SegmentationRules.Rule(
      isBreak: true, before: "a[ab]{13}", after: "", line: 1)
    var random = SeededGenerator(seed: 5)
    let bytes = (0..<40_000).map { _ in UInt8(random.once(in: 2) ? 0x61 : 0x62) }
    var matcher = try RuleMatcher(CompiledRules([rule], file: "test.srx"))
    var found: [RuleMatcher.Decision] = []
    try matcher.decide(in: bytes.span, &found)
    #expect(found.map(\.place) == (14...bytes.count).filter { bytes[$0 - 14] == 0x61 })
  }

  @Test func marksAreWalkedThroughOnce() throws {
    let text = "a" + String(repeating: "\u{301}", count: 100_000)
    let rules = try CompiledRules(
      [SegmentationRules.Rule(isBreak: true, before: "\\p{M}", after: "\\b", line: 1)],
      file: "test.srx")
    // A word ends behind its marks.
    #expect(try places(rules, text) == [text.utf8.count])
  }

  @Test func whatReadsOnFromManyPlacesIsTrouble() throws {
    let rules = try CompiledRules(
      [SegmentationRules.Rule(isBreak: true, before: "\\.", after: ".*x", line: 7)],
      file: "test.srx")
    #expect(try places(rules, "a. b. x") == [2, 5])
    let trouble = #expect(throws: Trouble.self) {
      try places(rules, String(repeating: "a. ", count: 5000))
    }
    #expect(
      trouble?.description.hasPrefix("test.srx:7: the pattern .*x reads far into the text") == true)
  }

  @Test func boundsWhatStatesTake() throws {
    let rules = try CompiledRules(
      [SegmentationRules.Rule(isBreak: true, before: "a[ab]{300}c", after: "", line: 1)],
      file: "test.srx")
    var random = SeededGenerator(seed: 6)
    let line = (0..<6000).map { _ in random.once(in: 2) ? "a" : "b" }.joined()
    let text = line + "a" + String(repeating: "b", count: 300) + "c"
    #expect(try places(rules, text) == [text.utf8.count])
  }

  @Test func readsInvalidTextToItsEnd() throws {
    let rule = SegmentationRules.Rule(isBreak: true, before: "\\.", after: ".", line: 1)
    var matcher = try RuleMatcher(CompiledRules([rule], file: "test.srx"))
    let bytes: [UInt8] = [0xFF, 0x2E, 0xE4, 0xB8, 0x2E, 0x00, 0x2E]
    var found: [RuleMatcher.Decision] = []
    try matcher.decide(in: bytes.span, &found)
    #expect(found.map(\.place) == [2, 5])
  }
}
