import Bitext
import TestSupport
import Testing

@testable import Segmentation

/// Where no rule says otherwise, sentences are ICU's, on every text that is there.
@Suite struct SentenceIdentityTests {
  private func expectIdentity(_ path: String, _ language: LanguageTag) throws {
    let text = TestData.bytes(path)
    // ICU itself, over UTF-16, and not our engine.
    let icu = try BreakIterator(.sentence, locale: language.language, engine: .icu)
    var matcher = try RuleMatcher(SegmentationRules.builtin.compiled(for: language))
    var segmenter = try SentenceSegmenter(language: language)
    var start = 0
    for end in 0...text.count where end == text.count || text[end] == 0x0A {
      defer { start = end + 1 }
      guard start < end else { continue }
      let line = Array(text[start..<end])
      var decided: [RuleMatcher.Decision] = []
      try matcher.decide(in: line.span, &decided)
      let gaps = Set(decided.map { line.withoutSpace(before: $0.place) })
      var expected: Set<Int> = []
      icu.forEachStretch(of: line.span) { stretch, _ in
        let place = line.withoutOpening(before: stretch.upperBound, from: stretch.lowerBound)
        let gap = line.withoutSpace(before: place)
        if stretch.upperBound < line.count, gap > 0, !gaps.contains(gap) { expected.insert(gap) }
      }
      let prose = Prose(
        file: path, language: language, utf8: line,
        blocks: [Block(range: 0..<line.count, kind: .paragraph)],
        positions: PositionMap(verbatim: line.count))
      let segments = try segmenter.segments(of: prose).segments
      let ends = Set(segments.dropLast().map(\.range.upperBound)).subtracting(gaps)
      let isSame =
        ends.isSubset(of: expected)
        && expected.subtracting(ends).allSatisfy { gap in
          // At the end of the text a boundary ends no segment.
          line.withoutSpace(before: line.count) == gap
        }
      #expect(isSame, "\(path): \(String(decoding: line.prefix(200), as: UTF8.self))")
      if !isSame { return }
    }
  }

  private static let fixtures = TestData.files(below: TestData.project + "/Fixtures/articles")
    .filter { $0.contains(".en.") || $0.contains(".zh.") }

  @Test(arguments: fixtures)
  func isICUsOnTheFixtures(_ path: String) throws {
    try expectIdentity(path, path.contains(".zh.") ? .simplifiedChinese : .english)
  }

  @Test(
    .enabled(if: TestData.root != nil, "no CONCORD_DATA"),
    arguments: TestData.files(in: "align/mac-dev", ending: ".en")
      + TestData.files(in: "align/mac-dev", ending: ".zh")
      + TestData.files(in: "segmentation", ending: ".conllu"))
  func isICUsOnTheData(_ path: String) throws {
    let isChinese = path.hasSuffix(".zh") || path.contains("/zh_")
    try expectIdentity(path, isChinese ? .simplifiedChinese : .english)
  }
}

extension [UInt8] {
  fileprivate func withoutSpace(before place: Int) -> Int {
    var end = place
    while let last = lastScalar(before: end), last.value.isWhitespaceScalar { end -= last.length }
    return end
  }

  fileprivate func withoutOpening(before place: Int, from start: Int) -> Int {
    var end = place
    while end > start, let last = lastScalar(before: end),
      let category = Unicode.Scalar(last.value)?.properties.generalCategory,
      category == .openPunctuation || category == .initialPunctuation
    {
      end -= last.length
    }
    return end
  }

  private func lastScalar(before end: Int) -> (value: UInt32, length: Int)? {
    guard end > 0 else { return nil }
    var start = end - 1
    while start > 0, self[start] & 0xC0 == 0x80 { start -= 1 }
    return span.scalar(at: start)
  }
}
