import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Alignment

@Suite struct BeadPhrasesTests {
  private static let english = [
    "Golden ", "Phoenix ", "the ", "of ", "program ", "(", "HKMA", ") ", "“", "” ", "on-site ",
    "’s ", "é ", "金凤凰", ", ", "2016 ", "Hong ", "Kong ", "was ", "Chen ", "Qingyang ", "ﬁ ",
    "\u{301}",
  ]
  private static let chinese = [
    "金凤凰", "香港", "金融", "管理局", "的", "（", "）", "“", "”", "《", "》", "陈清扬", "，", "2016",
    "HKMA", " ", "科学城", "重庆", "及", "👍🏽", "条例", "龘",
  ]

  private func bead(
    _ source: String, _ target: String, _ links: (Int, Int) -> [WordLink]
  ) throws -> (BeadPhrases, PhraseText, PhraseText) {
    let left = try phraseText(source, .english)
    let right = try phraseText(target, .simplifiedChinese)
    let phrases = BeadPhrases(left, right, links: links(left.words.count, right.words.count))
    return (phrases, left, right)
  }

  /// Whatever the texts say, a span lies in its text, cuts no character, and reads as its term.
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func spansReadAsTheirTerms(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let texts = (
      random.text(of: Self.english, upTo: 25), random.text(of: Self.chinese, upTo: 25)
    )
    let (phrases, _, _) = try bead(texts.0, texts.1) { left, right in
      guard left > 0, right > 0 else { return [] }
      return (0..<left).map { _ in
        WordLink(
          source: UInt32(random.below(left)), target: UInt32(random.below(right)), share: 1)
      }
    }
    for pair in phrases.pairs {
      let spans = pair.spans
      let source = spans.sourceIsInTarget ? texts.1 : texts.0
      let target = spans.targetIsInSource ? texts.0 : texts.1
      #expect(PhraseKey.of(try #require(source.slice(spans.source))) == pair.source)
      #expect(PhraseKey.of(try #require(target.slice(spans.target))) == pair.target)
    }
    // Each pair and each phrase once.
    #expect(
      Set(phrases.pairs.map { PairKey.of($0.source, $0.target) }).count == phrases.pairs.count)
    #expect(Set(phrases.source.map(\.key)).count == phrases.source.count)
  }

  /// Every pair that the definition of Och and Ney allows, and no other.
  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func pairsAreThoseThatNoLinkContradicts(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let nouns = ["red ", "blue ", "green ", "stone ", "river ", "cloud "]
    let words = ["红色", "蓝色", "绿色", "石头", "河流", "云彩"]
    let left = try phraseText(random.text(of: nouns, upTo: 7), .english)
    let right = try phraseText(random.text(of: words, upTo: 7), .simplifiedChinese)
    let links = (0..<random.below(8)).map { _ in
      WordLink(
        source: UInt32(random.below(left.words.count)),
        target: UInt32(random.below(right.words.count)), share: 1)
    }
    let phrases = (left.candidatePhrases(), right.candidatePhrases())
    var found: Set<[Int]> = []
    ConsistentPairs(source: left, target: right, links: links, ignored: ([], []))
      .forEach(phrases.0, phrases.1) { found.insert([Int($0.source), Int($0.target)]) }
    for (i, source) in phrases.0.enumerated() {
      for (j, target) in phrases.1.enumerated() {
        let inside = links.map { link in
          (source.words.contains(Int(link.source)), target.words.contains(Int(link.target)))
        }
        let isConsistent =
          inside.allSatisfy { $0.0 == $0.1 } && inside.contains { $0.0 && $0.1 }
        #expect(found.contains([i, j]) == isConsistent)
      }
    }
  }

  @Test func statisticsAreThoseOfADictionary() throws {
    var random = SeededGenerator(seed: 3)
    let statistics = TermStatistics()
    var pairs: [UInt64: UInt32] = [:]
    var beads: [UInt64: UInt32] = [:]
    for _ in 0..<5 {
      let batch = try (0..<40).map { _ in
        try bead(
          random.text(of: Self.english, upTo: 12), random.text(of: Self.chinese, upTo: 12)
        ) { left, right in
          (0..<min(left, right)).map {
            WordLink(source: UInt32($0), target: UInt32($0), share: 1)
          }
        }.0
      }
      statistics.add(batch)
      for phrases in batch {
        for pair in phrases.pairs { pairs[PairKey.of(pair.source, pair.target), default: 0] += 1 }
        for phrase in phrases.source { beads[phrase.key, default: 0] += 1 }
      }
    }
    #expect(statistics.beads == 200)
    let counted = statistics.pairs { _ in true }
    #expect(counted.count == pairs.count)
    for pair in counted {
      #expect(pair.beads == pairs[pair.key])
      let places = statistics.places(of: pair)
      #expect(places.count == min(8, Int(pair.beads)))
      #expect(places.map(\.bead) == places.map(\.bead).sorted())
    }
    for (key, count) in beads { #expect(statistics.source(key)?.beads == count) }
  }

  @Test(arguments: [
    // What may be a term: no article, no mark inside, compounds whole, brackets inside a name.
    (
      "The exchange rate of Hong Kong",
      ["exchange rate", "exchange rate of Hong Kong", "Hong Kong"]
    ),
    ("on-site examinations", ["on-site examinations", "examinations"]),
    ("Western (Chongqing) Science City", ["Western (Chongqing) Science City", "Science City"]),
    ("rates, funds", ["rates", "funds"]),
    ("HKMA’s work", ["HKMA", "HKMA’s work", "work"]),
  ])
  func englishCandidates(_ text: String, _ expected: [String]) throws {
    let side = try phraseText(text, .english)
    let found = Set(side.candidatePhrases().map { side.text($0.words) })
    #expect(found.isSuperset(of: expected), "\(found.sorted())")
    #expect(!found.contains { $0.lowercased().hasPrefix("the ") || $0.hasSuffix("of") })
    #expect(!found.contains { $0.contains(",") || $0.hasPrefix("site") || $0.hasPrefix("(") })
  }

  @Test(arguments: [
    ("西部（重庆）科学城启用", ["西部（重庆）科学城", "科学城"]),
    ("香港金融管理局（金管局）宣布", ["香港", "金融"]),
  ])
  func chineseCandidates(_ text: String, _ expected: [String]) throws {
    let side = try phraseText(text, .simplifiedChinese)
    let found = Set(side.candidatePhrases().map { side.text($0.words) })
    #expect(found.isSuperset(of: expected), "\(found.sorted())")
    #expect(!found.contains { $0.hasSuffix("（") || $0.hasPrefix("）") })
    // An abbreviation is another name, no piece of one.
    #expect(!found.contains { $0.contains("（金") })
  }

  @Test func namesAreWrittenWithCapitals() throws {
    let side = try phraseText("Asset quality at the Bank of China", .english)
    let names = side.candidatePhrases().filter(\.isName).map { side.text($0.words) }
    #expect(names.sorted() == ["Bank", "Bank of China", "China"])
  }
}

extension String {
  /// The bytes of a range as text; `nil` when it cuts a character or leaves the text.
  fileprivate func slice(_ range: Range<UInt32>) -> String? {
    let bytes = Array(utf8)
    guard Int(range.upperBound) <= bytes.count else { return nil }
    return String(validating: bytes[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
  }
}
