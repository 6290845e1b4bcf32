import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Matching

/// Compiled terms are what they were, and nothing else is taken for them.
@Suite struct CompiledTermsTests {
  private static let english = [
    "Golden Phoenix", "bank", "interest rate", "interest rates", "AI", "May", "——",
    "new energy vehicle",
    "People's Congress", String(repeating: "very long ", count: 60) + "term",
  ]
  private static let text =
    "The Golden Phoenixes' bank raised the interest rates of AIs in May. "
    + "New-energy vehicles, People’s Congress, it may be. "
    + String(repeating: "very long ", count: 60) + "terms"

  @Test func isOpenedAsItWas() throws {
    let matcher = termMatcher(Self.english)
    let opened = try TermMatcher(compiled: matcher.compiledBytes())
    #expect(opened.language == matcher.language)
    #expect(Array(opened.terms) == Array(matcher.terms))
    #expect(opened.terms.count == Self.english.count - 1)
    #expect(opened.unmatchable == matcher.unmatchable)
    #expect(opened.unmatchable.map(\.term.text) == ["——"])
    #expect(opened.matches(in: Self.text) == matcher.matches(in: Self.text))
    #expect(opened.matches(in: Self.text).count == 8)
    #expect(opened.compiledBytes() == matcher.compiledBytes())
  }

  @Test func keepsLanguageAndStatusOfEachTerm() throws {
    let tags = ["zh", "zh-CN", "cmn-Hans"].compactMap { LanguageTag($0) }
    let terms = zip(tags, TermStatus.allCases).map { Term("重庆", language: $0, status: $1) }
    let matcher = TermMatcher(
      Termbase(concepts: [Concept(id: "1", terms: terms)]), language: .simplifiedChinese)
    let opened = try TermMatcher(compiled: matcher.compiledBytes())
    #expect(opened.terms.map(\.term) == terms)
    #expect(opened.terms.map(\.term.language.description) == tags.map(\.description))
    #expect(opened.matches(in: "重慶市").map(\.terms) == [[0, 1, 2]])
  }

  /// The same terms give the same bytes, whatever was built before.
  @Test func theSameTermsGiveTheSameBytes() {
    let one = termMatcher(Self.english).compiledBytes()
    _ = termMatcher(["重庆", "科学城"], .simplifiedChinese)
    #expect(termMatcher(Self.english).compiledBytes() == one)
  }

  @Test func aTermbaseWithoutTermsIsOpenedToo() throws {
    let opened = try TermMatcher(compiled: termMatcher([]).compiledBytes())
    #expect(opened.terms.isEmpty)
    #expect(opened.matches(in: Self.text).isEmpty)
    #expect(surfaces(opened, in: "").isEmpty)
  }

  @Test func refusesWhatWasCompiledFromAnotherGlossary() throws {
    let termbase = Termbase(concepts: [])
    let matcher = TermMatcher(termbase, language: .english, source: 7)
    #expect(try TermMatcher(compiled: matcher.compiledBytes(), source: 7).source == 7)
    let trouble = #expect(throws: Trouble.self) {
      _ = try TermMatcher(compiled: matcher.compiledBytes(), source: 8, file: "terms.bin")
    }
    #expect(trouble?.message.contains("another state of the glossary") == true)
    #expect(trouble?.file == "terms.bin")
  }

  @Test func refusesWhatIsForeignTornOrOfAnotherVersion() {
    let bytes = termMatcher(Self.english).compiledBytes()
    func message(_ bytes: [UInt8]) -> String {
      let trouble = #expect(throws: Trouble.self) { _ = try TermMatcher(compiled: bytes) }
      return trouble?.message ?? ""
    }
    #expect(message([]).contains("no compiled terms"))
    #expect(message(Array("en,zh\nbank,银行\n".utf8)).contains("no compiled terms"))
    #expect(message(Array(bytes.prefix(100))).contains("no compiled terms"))
    #expect(message(Array(bytes.dropLast())).contains("cut off"))
    #expect(message(bytes + [0]).contains("cut off"))
    var other = bytes
    other[12] ^= 1
    #expect(message(other).contains("another version"))
    var damaged = bytes
    damaged[bytes.count / 2] ^= 4
    #expect(message(damaged).contains("damaged"))
  }

  /// Any one bit that is not what it was is noticed.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func noticesEveryDamage(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var bytes = termMatcher(Self.english).compiledBytes()
    bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
    #expect(throws: Trouble.self) { _ = try TermMatcher(compiled: bytes) }
  }

  /// Even with the checksum left aside, damage loses matches at the worst.
  @Test(arguments: 1...300 as ClosedRange<UInt64>)
  func damageThatIsNotNoticedDoesNoHarm(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = (0..<200).map { _ in random.text(of: ["ba", "na", "ru", "ti", " "], upTo: 5) }
    let memory = AlignedMemory(
      copying: termMatcher(words + ["AI", "May", "AIs", "may", "“”"]).compiledBytes())
    for _ in 0..<1 + random.below(64) {
      // The header's sizes must agree with each other, so that hits in it are refused at once.
      let place = random.once(in: 4) ? random.below(128) : random.below(memory.count)
      memory.base.storeBytes(of: UInt8(random.below(256)), toByteOffset: place, as: UInt8.self)
    }
    guard
      let matcher = try? TermMatcher(
        compiled: memory.bytes, owner: memory, source: nil, file: nil, checksSum: false)
    else { return }
    let text = Array((words.joined(separator: " ") + " AI may May AIs").utf8)
    let hits = matcher.hits(in: text.span)
    for hit in hits { _ = matcher.terms(of: hit, in: text.span).map { matcher.terms[$0].term } }
    _ = matcher.unmatchable.count
    let areInside = hits.allSatisfy { Int($0.end) <= text.count && $0.start <= $0.end }
    #expect(areInside)
  }
}
