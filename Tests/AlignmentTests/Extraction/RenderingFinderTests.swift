import Bitext
import Segmentation
import Testing

@testable import Alignment

/// What stands for a term, by links that are given.
@Suite struct RenderingFinderTests {
  @Test func linkedPhraseIsTheRendering() throws {
    let found = try #require(
      try find(
        "金凤凰", in: ("名单有金凤凰", "The list has Gold Phoenix now"),
        links: [("金", "Gold"), ("凤凰", "Phoenix"), ("名单", "list")]))
    #expect(found.text == "Gold Phoenix")
    #expect(found.rendering.share == 1)
    #expect(found.rendering.isName)
  }

  @Test func nameTakesUnlinkedWordsInCapitalsWithIt() throws {
    let links = [("新区", "District")]
    let texts = ("他在两江新区工作", "He works in the Two Rivers New District daily")
    #expect(try find("两江新区", in: texts, links: links)?.text == "Two Rivers New District")
    #expect(try find("两江新区", in: texts, isName: false, links: links)?.text == "District")
  }

  @Test func wordsOfOtherTermsAreLeftOut() throws {
    let found = try find(
      "金凤凰", in: ("金凤凰计划", "the Gold Phoenix Program"),
      links: [("金", "Gold"), ("凤凰", "Phoenix"), ("计划", "Program")])
    #expect(found?.text == "Gold Phoenix")
  }

  @Test func strangeWordBesideKnownOnesStandsInTheMissingOnesPlace() throws {
    let links = [("货币", "monetary")]
    let texts = ("推行货币政策", "to follow a monetary method")
    #expect(
      try find("货币政策", in: texts, isName: false, usual: "monetary policy", links: links)?.text
        == "monetary method")
    #expect(try find("货币政策", in: texts, isName: false, links: links)?.text == "monetary")
  }

  @Test func offeredRenderingWinsWhereTheTermAloneIsLinkedToIt() throws {
    let texts = ("他去了果园港", "He went to Golden Phoenix")
    func offered(_ links: [(String, String)]) throws -> RenderingFinder.Rendering? {
      try find("果园港", in: texts, offer: "Golden Phoenix", links: links)?.rendering
    }
    #expect(try offered([("果园", "Phoenix")])?.isOffered == true)
    #expect(try offered([]) == nil)
    let others = try offered([("果园", "Phoenix"), ("去", "Golden"), ("去", "Phoenix")])
    #expect(others?.isOffered != true)
  }

  @Test func withoutLinksNothingIsFound() throws {
    #expect(try find("金凤凰", in: ("名单有金凤凰", "The list is out"), links: []) == nil)
  }

  @Test func termThatEndsInsideAWordHasNoRendering() throws {
    #expect(
      try find("list", in: ("the listing", "名单"), from: .english, links: [("listing", "名单")]) == nil
    )
  }

  private func find(
    _ term: String, in texts: (String, String), from source: LanguageTag = .simplifiedChinese,
    isName: Bool = true, usual: String = "", offer: String? = nil, links: [(String, String)]
  ) throws -> (text: String, rendering: RenderingFinder.Rendering)? {
    let target: LanguageTag = source.isChinese ? .english : .simplifiedChinese
    var corpus = WordCorpus(source: source, target: target)
    try corpus.append([(source: texts.0, target: texts.1)])
    let (left, right) = (Array(corpus.sourceWords(of: 0)), Array(corpus.targetWords(of: 0)))
    // A link for each word of the one that overlaps the text named, with each of the other.
    var all: [WordLink] = []
    for link in links {
      for (from, word) in left.enumerated() where texts.0.has(link.0, at: word) {
        for (to, other) in right.enumerated() where texts.1.has(link.1, at: other) {
          all.append(WordLink(source: UInt32(from), target: UInt32(to), share: 1))
        }
      }
    }
    let range = try #require(texts.0.bytes(of: term))
    let text = TranslatedText(
      source: texts.0, target: texts.1, evidence: TermCandidate.Evidence(file: "", bead: 0))
    let found = RenderingFinder(source: source, target: target).rendering(
      of: RenderingFinder.Term(
        range: range, isName: isName, usual: KeyTokenizer().tokens(of: usual).map(\.hash),
        offers: offer.flatMap { texts.1.bytes(of: $0) }.map { [$0] } ?? []),
      in: text, words: LinkedWords(source: left, target: right, links: all))
    return found.map { (String(decoding: Array(texts.1.utf8)[$0.range], as: UTF8.self), $0) }
  }
}

extension String {
  fileprivate func bytes(of part: String) -> Range<Int>? {
    let (whole, part) = (Array(utf8), Array(part.utf8))
    guard part.count <= whole.count, !part.isEmpty else { return nil }
    for start in 0...whole.count - part.count
    where whole[start..<start + part.count].elementsEqual(part) {
      return start..<start + part.count
    }
    return nil
  }

  fileprivate func has(_ part: String, at word: Range<UInt32>) -> Bool {
    guard let range = bytes(of: part) else { return false }
    return range.overlaps(Int(word.lowerBound)..<Int(word.upperBound))
  }
}
