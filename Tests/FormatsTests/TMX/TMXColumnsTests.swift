import Bitext
import TestSupport
import Testing

@testable import Formats

/// Units on their way into the store as bytes must say what the same units say as values.
@Suite struct TMXColumnsTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static let columns = UnitColumns.Column.allCases

  /// Reads a file, and compares each of its pairs column by column.
  private func expectSame(
    _ file: String, mapping: @escaping (LanguageTag) -> LanguageTag = { $0 }
  ) throws -> Int {
    let path = try directory.file("memory.tmx", file)
    var writer = TMXColumnWriter(origin: "memory.tmx", mapping: mapping)
    var number = 0
    var pairCount = 0
    try TMXReader.forEachUnit(of: path) { unit in
      var pairs: [UnitColumns] = []
      let count = try writer.forEachPair(of: unit, number: number) { pairs.append($0) }
      var expected = unit.translationUnits(origin: "memory.tmx", number: number)
      for index in expected.indices {
        expected[index].sourceLanguage = mapping(expected[index].sourceLanguage)
        expected[index].targetLanguage = mapping(expected[index].targetLanguage)
      }
      #expect(count == expected.count)
      var tags = LanguageTagCache()
      #expect(pairs.map { TranslationUnit($0, &tags) } == expected, "\(file)")
      for (pair, value) in zip(pairs, expected) {
        let whole = UnitColumns(value)
        for column in Self.columns {
          let mine = pair[column].map { Array(pair.bytes[$0]) }
          let other = whole[column].map { Array(whole.bytes[$0]) }
          #expect(mine == other, "\(column) of unit \(number) in \(file)")
        }
      }
      number += 1
      pairCount += count
    }
    return pairCount
  }

  @Test func randomUnitsAreTheSame() throws {
    var random = RandomTMX(seed: 64)
    var pairs = 0
    for number in 0..<150 {
      random.isOdd = number % 3 == 0
      random.lineBreak = number % 2 == 0 ? "\n" : "\r\n"
      // What is odd may be a fault, too.
      do {
        pairs += try expectSame(random.file(units: 1 + random.random.below(9)))
      } catch is Trouble {
        #expect(random.isOdd)
      }
    }
    #expect(pairs > 100)
  }

  @Test func datesNotesContextAndOtherVariantsAreTheSame() throws {
    let pairs = try expectSame(
      tmx(
        """
        <tu tuid="a" creationdate="20260518T093000Z" creationid="L&amp;i" changedate="2026" srclang="EN">
        <note>one</note><note>two &lt;</note><prop type="file">b.md</prop><prop type="x-score">0.5</prop>
        <prop type="x-context-pre">&lt;seg&gt;before&lt;/seg&gt;</prop>
        <tuv xml:lang="en"><prop type="next">after</prop><seg>a <ph type="lb"/>b</seg></tuv>
        <tuv xml:lang="zh" changedate="20260519T000001" changeid="w"><seg>甲</seg></tuv>
        <tuv xml:lang="en"><note>n</note><seg>c &amp; d</seg></tuv>
        <tuv lang="de"><seg><hi>ä</hi></seg></tuv></tu>
        """)
    ) { $0 == .chinese ? .simplifiedChinese : $0 }
    #expect(pairs == 2)
  }

  /// A header names a language that no variant has to the letter.
  @Test(arguments: ["en", "EN-us", "zh-Hans", "fr", "*all*", ""])
  func theSourceIsTheSame(source: String) throws {
    let unit =
      #"<tu><tuv xml:lang="zh-CN"><seg>甲</seg></tuv><tuv xml:lang="en-US"><seg>a</seg></tuv>"#
      + #"<tuv xml:lang="en-GB"><seg>b</seg></tuv></tu>"#
    #expect(try expectSame(tmx(unit + unit, header: "<header srclang=\"\(source)\"/>")) > 0)
  }
}
