import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Alignment

@Suite struct WordAlignerTests {
  /// A corpus of texts that are cut already.
  private func corpus(_ pairs: [(String, String)], _ source: LanguageTag = .simplifiedChinese)
    -> WordCorpus
  {
    var corpus = WordCorpus(
      source: source, target: source == .english ? .simplifiedChinese : .english)
    corpus.append(tokenized: pairs)
    return corpus
  }

  private func pharaoh(_ links: ArraySlice<WordLink>) -> String {
    links.map { "\($0.source)-\($0.target)" }.joined(separator: " ")
  }

  /// A language of word n for word n of another, in an order of its own.
  private static func toyPairs(_ count: Int, seed: UInt64)
    -> (texts: [(String, String)], links: [String])
  {
    var random = SeededGenerator(seed: seed)
    var texts: [(String, String)] = []
    var links: [String] = []
    for _ in 0..<count {
      let words = (0..<3 + random.below(6)).map { _ in random.below(60) }
      // Neighbours may change places, as adjectives do.
      var order = Array(words.indices)
      let place = random.below(words.count - 1)
      if random.once(in: 2) { order.swapAt(place, place + 1) }
      texts.append(
        (
          words.map { "a\($0)q" }.joined(separator: " "),
          order.map { "b\(words[$0])z" }.joined(separator: " ")
        ))
      links.append(
        words.indices.map { source in "\(source)-\(order.firstIndex(of: source) ?? -1)" }
          .joined(separator: " "))
    }
    return (texts, links)
  }

  @Test func learnsAToyLanguageFromItself() {
    let (texts, expected) = Self.toyPairs(300, seed: 1)
    let links = WordAligner(lexicons: []).align(corpus(texts))
    let right = (0..<texts.count).count { pharaoh(links[$0]) == expected[$0] }
    // Where a word stands twice in a text, its links may cross.
    #expect(right > 270, "\(right) of 300")
  }

  @Test func linksDoNotDependOnWhatElseIsLinked() {
    let (texts, _) = Self.toyPairs(200, seed: 2)
    let corpus = corpus(texts)
    let model = WordAligner(lexicons: []).learn(from: corpus, first: 0..<200)
    let all = model.links(in: corpus, of: 0..<200)
    let some = model.links(in: corpus, of: 50..<60)
    for pair in 0..<10 { #expect(Array(some[pair]) == Array(all[50 + pair])) }
  }

  @Test func pairsThatWereAddedLaterAreLinkedByWhatIsKnown() {
    let (texts, expected) = Self.toyPairs(320, seed: 3)
    var grown = corpus(Array(texts.prefix(300)))
    let model = WordAligner(lexicons: []).learn(from: grown, first: 0..<300)
    grown.append(tokenized: texts.suffix(20) + [("neu 2035 a1q", "new b1z 2035")])
    let links = model.links(in: grown, of: 300..<321)
    let right = (0..<20).count { pharaoh(links[$0]) == expected[300 + $0] }
    #expect(right > 15, "\(right) of 20")
    // The same number on both sides needs no learning.
    #expect(pharaoh(links[20]).contains("1-2"))
  }

  @Test func aLexiconTellsInEitherDirection() throws {
    let lexicon = try Lexicon.parse(
      Array("zh-Hans\ten\n凤凰\tphoenix\n金\tgold | golden\n公园\tpark\n".utf8), file: "l.tsv")
    let pairs = [("金 凤凰", "the golden phoenix"), ("公园 里", "in the park")]
    let forward = WordAligner(lexicons: [lexicon]).align(corpus(pairs))
    #expect(pharaoh(forward[0]).contains("0-1") && pharaoh(forward[0]).contains("1-2"))
    #expect(pharaoh(forward[1]).contains("0-2"))
    let backward = WordAligner(lexicons: [lexicon]).align(
      corpus(pairs.map { ($0.1, $0.0) }, .english))
    #expect(pharaoh(backward[0]).contains("1-0") && pharaoh(backward[0]).contains("2-1"))
    #expect(pharaoh(backward[1]).contains("2-0"))
  }

  @Test func termAnchorsTell() throws {
    let anchors = try #require(
      TermAnchors(
        languages: (.simplifiedChinese, .english), pairs: [("广阳岛", "Guangyang Isle")]))
    let texts = corpus([("他 在 广阳岛", "isle guangyang he")])
    let links = WordAligner(lexicons: [], anchors: anchors).align(texts)
    #expect(pharaoh(links[0]).contains("2-0 2-1"))
  }

  @Test func marksAndNumbersNeedNoLexicon() {
    let texts = corpus([("他 说 ： “ 三 ” 。", "he said : \" 3 \" .")])
    let links = WordAligner(lexicons: []).align(texts)
    let found = pharaoh(links[0])
    #expect(found.contains("2-2") && found.contains("4-4") && found.contains("6-6"), "\(found)")
  }

  @Test func emptySidesHaveNoLinks() {
    let links = WordAligner(lexicons: []).align(corpus([("", "a b"), ("甲", ""), ("", "")]))
    #expect(links.count == 3)
    #expect((0..<3).allSatisfy { links[$0].isEmpty })
    #expect(WordAligner(lexicons: []).align(corpus([])).count == 0)
  }

  @Test func oneWordIsLinkedWithOneWord() {
    let links = WordAligner(lexicons: []).align(corpus([("甲", "a")]))
    #expect(pharaoh(links[0]) == "0-0")
  }

  @Test func aLineRepeatedIsLinkedAlikeEverywhere() {
    let links = WordAligner(lexicons: []).align(
      corpus([(String, String)](repeating: ("金 凤凰 来", "golden phoenix comes"), count: 10_000)))
    #expect(links.count == 10_000)
    #expect((1..<10_000).allSatisfy { Array(links[$0]) == Array(links[0]) })
  }

  @Test func whatIsTooLongIsPassedOver() {
    let long = [String](repeating: "甲", count: 1001).joined(separator: " ")
    let texts = corpus([(long, long), ("乙", "b"), (long, "a")])
    let model = WordAligner(lexicons: []).learn(from: texts, first: 0..<3)
    #expect(model.skips(0, in: texts) && !model.skips(1, in: texts) && !model.skips(2, in: texts))
    let links = model.links(in: texts, of: 0..<3)
    #expect(links[0].isEmpty && !links[1].isEmpty && !links[2].isEmpty)
  }

  @Test func aSampleOfAGreatCorpusIsEnough() {
    let (texts, expected) = Self.toyPairs(2000, seed: 4)
    var settings = WordModelSettings()
    settings.mostCells = 10_000
    let aligner = WordAligner(lexicons: [], settings: settings)
    let links = aligner.align(corpus(texts))
    let right = (0..<texts.count).count { pharaoh(links[$0]) == expected[$0] }
    #expect(right > 1700, "\(right) of 2000")
  }

  @Test(arguments: [0.1, 0.45, 0.8, 1.01] as [Float])
  func aThresholdKeepsTheSurerLinks(share: Float) {
    let (texts, _) = Self.toyPairs(40, seed: 5)
    let corpus = corpus(texts)
    let model = WordAligner(lexicons: []).learn(from: corpus, first: 0..<40)
    let all = model.links(in: corpus, of: 0..<40, threshold: LinkThreshold(share: 0))
    let kept = model.links(in: corpus, of: 0..<40, threshold: LinkThreshold(share: share))
    for pair in 0..<40 {
      #expect(all[pair].count == corpus.size(UInt32(pair)))
      #expect(Array(kept[pair]) == all[pair].filter { $0.share >= share })
    }
  }

  @Test func ownWordsKeepTheirBytes() throws {
    let pairs = [("西部（重庆）科学城", "Western (Chongqing) Science City."), ("好", "  good  ")]
    var corpus = WordCorpus(source: .simplifiedChinese, target: .english)
    try corpus.append(pairs.map { (source: $0.0, target: $0.1) })
    func words(_ text: String, _ ranges: ArraySlice<Range<UInt32>>) -> [String] {
      let bytes = Array(text.utf8)
      return ranges.map {
        String(decoding: bytes[Int($0.lowerBound)..<Int($0.upperBound)], as: UTF8.self)
      }
    }
    #expect(
      words(pairs[0].0, corpus.sourceWords(of: 0)) == ["西部", "（", "重庆", "）", "科学", "城"])
    #expect(
      words(pairs[0].1, corpus.targetWords(of: 0))
        == ["Western", "(", "Chongqing", ")", "Science", "City", "."])
    #expect(words(pairs[1].1, corpus.targetWords(of: 1)) == ["good"])
  }
}
