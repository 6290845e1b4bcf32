import Bitext
import Checking
import Testing

@testable import Project

/// Terms and their renderings, found in texts alone.
@Suite struct RenderingMiningTests {
  private static let sentences = [
    ("金凤凰计划今年支持青年人才。", "The Golden Phoenix program supports young talent this year."),
    ("申请金凤凰的人很多。", "Many people applied for Golden Phoenix."),
    ("金凤凰已经办了三届。", "Golden Phoenix has been held three times."),
    ("他去年入选金凤凰。", "He was chosen for Golden Phoenix last year."),
    ("大桥明天开通。", "The bridge opens tomorrow."),
    ("果园港今年开通了新航线。", "Guoyuan Port opened a new route this year."),
    ("船只从果园港出发。", "Ships leave from Guoyuan Port."),
    ("果园港有四座码头。", "Guoyuan Port has four wharves."),
    ("货物在果园港装船。", "Goods are loaded at Guoyuan Port."),
    ("医生说病人很多。", "The doctor said there were many patients."),
  ]

  @Test func rareRenderingOfANameIsFoundAtItsPlaces() throws {
    let pair = pair(
      Self.sentences + [("评委会公布了金凤凰名单。", "The jury published the Gold Phoenix list.")])
    let terms = try mine([pair])
    let term = try #require(terms.first { $0.term == "金凤凰" })
    #expect(term.renderings.map(\.text).first == "Golden Phoenix")
    #expect(term.renderings.map(\.count).first == 4)
    let other = try #require(term.renderings.first { $0.text == "Gold Phoenix" })
    #expect(other.count == 1)
    let place = try #require(other.places.first)
    #expect(pair.text.source.prose.text(place.source.location.range) == "金凤凰")
    #expect(pair.text.target.prose.text(place.target.location.range) == "Gold Phoenix")
    #expect(place.context == "The jury published the Gold Phoenix list.")
  }

  @Test func findingComesOutOfTheChecker() throws {
    let pair = pair(
      Self.sentences + [("评委会公布了金凤凰名单。", "The jury published the Gold Phoenix list.")])
    let checker = Checker(termbase: Termbase(), languages: [])
    #expect(
      checker.check(try mine([pair])).map(\.message)
        == ["“Gold Phoenix” for 金凤凰 here; “Golden Phoenix” in 4 of 5 places"])
  }

  @Test func textsThatAgreeSayNothing() throws {
    let checker = Checker(termbase: Termbase(), languages: [])
    let pair = pair(Self.sentences + [("他喜欢金凤凰。", "He likes the Phoenix.")])
    #expect(checker.check(try mine([pair])).map(\.message) == [])
  }

  @Test func renderingInTheNextBeadHasMoved() throws {
    let pair = pair(
      Self.sentences + [
        ("评委会公布了金凤凰名单。", "The jury published the Gold list."),
        ("大家都来看。", "All came to see Golden Phoenix."),
      ])
    let term = try mine([pair]).first { $0.term == "金凤凰" }
    #expect(term == nil)
  }

  @Test func wordsOfTheTermbaseAreNotMined() throws {
    let known = Termbase(concepts: [
      Concept(
        id: "1",
        terms: [
          Term("金凤凰", language: .simplifiedChinese), Term("Golden Phoenix", language: .english),
        ])
    ])
    let pair = pair(
      Self.sentences + [("评委会公布了金凤凰名单。", "The jury published the Gold Phoenix list.")])
    #expect(try mine([pair], termbase: known).filter { $0.term == "金凤凰" } == [])
  }

  @Test func documentsAreMinedTogetherAndInEitherOrder() throws {
    let news = pair([("评委会公布了金凤凰名单。", "The jury published the Gold Phoenix list.")], file: "news")
    let flipped = RenderingMining.Pair(
      text: ParallelText(
        source: news.text.target, target: news.text.source, beads: news.text.beads),
      isDirected: false)
    let terms = try mine([pair(Self.sentences), flipped])
    let term = try #require(terms.first { $0.term == "金凤凰" })
    #expect(
      term.renderings.dropFirst().flatMap(\.places).map(\.target.location.file) == ["news.en"])
  }

  @Test func resultDoesNotDependOnTheThreads() throws {
    let news = [("评委会公布了金凤凰名单。", "The jury published the Gold Phoenix list.")]
    let pairs = (0..<40).map { number in
      pair(Self.sentences + (number == 7 ? news : []), file: "\(number)")
    }
    let one = try mine(pairs, threads: 1)
    #expect(one.map(\.term).contains("金凤凰"))
    #expect(try mine(pairs, threads: 4) == one)
  }

  @Test func nothingComesOfNothing() throws {
    #expect(try mine([]) == [])
    #expect(try mine([pair([])]) == [])
    #expect(try mine([pair([("", "")])]) == [])
  }

  private func mine(
    _ pairs: [RenderingMining.Pair], termbase: Termbase = Termbase(), threads: Int = 2
  ) throws -> [MinedTerm] {
    let reading = DocumentReading(isSegmented: false, chinese: .simplifiedChinese)
    let aligner = try PairAligner(source: reading, target: reading, usesCache: false)
    return try RenderingMining(aligner: aligner, termbase: termbase)
      .mine(pairs.map { MinedPair($0) }, with: OrderedWork(threads: threads))
  }

  private func pair(
    _ sentences: [(String, String)], file: String = "a"
  ) -> RenderingMining.Pair {
    let beads = sentences.indices.map { Bead(source: $0..<$0 + 1, target: $0..<$0 + 1, score: 1) }
    return RenderingMining.Pair(
      text: ParallelText(
        source: text(sentences.map(\.0), file + ".zh", .simplifiedChinese),
        target: text(sentences.map(\.1), file + ".en", .english), beads: beads),
      isDirected: true)
  }

  private func text(
    _ sentences: [String], _ file: String, _ language: LanguageTag
  ) -> SegmentedText {
    var prose = Prose(
      file: file, language: language, utf8: [], blocks: [], positions: PositionMap())
    var segments: [Segment] = []
    for (index, sentence) in sentences.enumerated() {
      let start = prose.utf8.count
      prose.utf8 += Array(sentence.utf8)
      segments.append(Segment(range: start..<prose.utf8.count, block: index))
      prose.blocks.append(Block(range: start..<prose.utf8.count, kind: .paragraph))
      prose.utf8.append(0x0A)
    }
    prose.positions = PositionMap(verbatim: prose.utf8.count)
    return SegmentedText(prose: prose, segments: segments)
  }
}
