import Bitext
import TestSupport
import Testing

@testable import Segmentation

/// The engine against ICU itself: both must give the same boundaries for every byte.
@Suite struct BreakIteratorTests {
  /// One engine beside the other.
  private struct Pair: ~Copyable {
    let own: BreakIterator
    let icu: BreakIterator

    init(_ kind: BreakIterator.Kind, _ locale: String) throws {
      let own = try BreakIterator(kind, locale: locale)
      let icu = try BreakIterator(kind, locale: locale, engine: .icu)
      self.own = own
      self.icu = icu
    }

    /// Where they part, in words; `nil` where they agree.
    func difference(_ utf8: [UInt8]) -> String? {
      let (mine, theirs) = (own.boundaries(of: utf8), icu.boundaries(of: utf8))
      guard mine != theirs else { return nil }
      let index = zip(mine, theirs).prefix { $0 == $1 }.count
      let place = index == 0 ? 0 : mine[index - 1].offset
      let around = String(decoding: utf8[place..<min(utf8.count, place + 60)], as: UTF8.self)
      return "after byte \(place), before “\(around)”: \(mine.dropFirst(index).first as Any)"
        + " where ICU has \(theirs.dropFirst(index).first as Any)"
    }
  }

  static let setups: [(BreakIterator.Kind, String)] = [
    (.word, "en"), (.word, "zh"), (.sentence, "en"), (.sentence, "zh"), (.grapheme, "en"),
    (.word, "fi"), (.sentence, "el"),
  ]

  /// What has rules of its own somewhere, and what breaks readers: each class of UAX 29, the
  /// scripts of the dictionaries, and bytes that are no UTF-8.
  static let pieces: [[UInt8]] =
    [
      "a", "Z", "The ", "word", "don't", " ", ".", "...", ",", ":", ";", "'", "\"", "_", "-", "1",
      "23", "4.5", "1,000", "\r", "\n", "\r\n", "\t", "\0", "\u{1}", "\u{7F}", "\u{85}", "\u{A0}",
      "\u{AD}", "\u{2028}", "\u{2029}", "?", "!", "(", ")", "[", "“", "”", "’", "»", "«", "…",
      "。", "！", "？", "、", "，", "：", "「", "」", "（", "）", "中", "人民", "共和国", "西部",
      "科学城", "重庆", "南京市长江大桥", "北京大学生", "的", "一", "々", "〇", "〻", "⺀", "⼀",
      "\u{F900}", "\u{FA11}", "𠀀", "\u{16FF0}", "あ", "です", "が", "か\u{3099}", "ア", "カタカナ",
      "コンピューター", "ー", "ｰ", "ｱ", "ｶﾞ", "ﾟ", "゛", "ヽ", "゠", "・", "〱", "㌀", "㍿", "㋐", "한",
      "국어", "ㄱ", "\u{1100}\u{1161}", "ภาษาไทย", "สวัสดี", "ๆ", "ລາວ", "ខ្មែរ", "မြန်မာ", "ᦅ", "ᨠ", "ꪀ",
      "א", "ב\"ג", "א'", "ا", "ة", "ё", "Ж", "é", "e\u{301}", "\u{308}", "\u{34F}", "\u{200D}",
      "\u{200C}", "\u{200B}", "\u{FEFF}", "\u{200F}", "\u{202E}", "\u{2066}", "\u{1F1E8}",
      "\u{1F1F3}", "\u{1F469}", "\u{1F3FB}", "\u{2764}\u{FE0F}", "\u{1F468}\u{200D}\u{1F469}",
      "©", "①", "𠮷", "क", "\u{94D}", "\u{93F}", "\u{600}", "\u{110BD}", "ﷺ", "Ａ", "１", "．", "·",
      "$", "/", "@", "U.S.", "Mr.", "e.g.", "3.14", "\u{FFFD}", "\u{E0041}", "\u{E0100}",
      "\u{10FFFF}", "\u{E000}",
    ].map { Array($0.utf8) }
    + [
      [0x80], [0xC3], [0xE4], [0xE4, 0xB8], [0xF0], [0xF0, 0x9F], [0xF0, 0x9F, 0x91], [0xFF],
      [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5],
      [0xE3, 0x80],
    ]

  @Test(arguments: setups)
  func agreesOnRandomText(_ kind: BreakIterator.Kind, _ locale: String) throws {
    let pair = try Pair(kind, locale)
    var random = SeededGenerator(seed: 29)
    for _ in 0..<1500 {
      // Most texts have few pieces, so that they meet often.
      let first = random.below(Self.pieces.count)
      let width = random.once(in: 3) ? Self.pieces.count : 1 + random.below(25)
      var text: [UInt8] = []
      for _ in 0...random.below(random.once(in: 40) ? 400 : 14) {
        let piece = Self.pieces[(first + random.below(width)) % Self.pieces.count]
        for _ in 0..<(random.once(in: 40) ? 1 + random.below(40) : 1) { text += piece }
      }
      if let difference = pair.difference(text) {
        Issue.record("\(kind) \(locale): \(difference) in \(text)")
        return
      }
    }
  }

  /// Stretches longer than the window in which the words of Chinese are weighed.
  @Test func agreesOnLongStretches() throws {
    let pair = try Pair(.word, "zh")
    var random = SeededGenerator(seed: 31)
    let alphabets = [
      ["人民"], ["中国", "国中"], ["カ"], ["カタカナ", "中"], ["あ", "い", "ん"], ["\u{F900}", "国"],
      ["ｶﾞ", "漢"], ["重庆", "市", "北京大学生", "的", "一", "南京市长江大桥", "𠀀"],
    ]
    for alphabet in alphabets {
      let text = (0..<6000).map { _ in random.pick(alphabet) }.joined()
      #expect(pair.difference(Array(text.utf8)) == nil)
    }
    let ideographs = String(
      String.UnicodeScalarView(
        (0..<20_000).compactMap { _ in
          Unicode.Scalar(UInt32(0x4E00 + random.below(0x5000)))
        }))
    #expect(pair.difference(Array(ideographs.utf8)) == nil)
  }

  /// Texts whose stretches are longer than all buffers.
  @Test(arguments: setups)
  func agreesOnRuns(_ kind: BreakIterator.Kind, _ locale: String) throws {
    let pair = try Pair(kind, locale)
    for piece in ["a", "\0", "\u{301}", ".", "a.", ". (", "\n", "国", "\u{1F1E8}", "a\u{301}", " "] {
      let run = Array(String(repeating: piece, count: 20_000).utf8)
      #expect(pair.difference(run) == nil)
      #expect(pair.difference(Array("Yes. ".utf8) + run + Array("B".utf8)) == nil)
      #expect(pair.difference(Array("yes".utf8) + run + [0xE4]) == nil)
    }
  }

  @Test(arguments: setups)
  func agreesOnFixtures(_ kind: BreakIterator.Kind, _ locale: String) throws {
    let pair = try Pair(kind, locale)
    let files = TestData.files(below: TestData.project + "/Fixtures")
    #expect(files.count > 10)
    for file in files { #expect(pair.difference(TestData.bytes(file)) == nil, "\(file)") }
  }

  static let corpora = ["segmentation", "align", "wordalign", "terms"].flatMap { name in
    TestData.path(name).map(TestData.files(below:)) ?? []
  }

  @Test(.enabled(if: !corpora.isEmpty, "needs the test data (CONCORD_DATA)"), arguments: setups)
  func agreesOnCorpora(_ kind: BreakIterator.Kind, _ locale: String) throws {
    let pair = try Pair(kind, locale)
    for file in Self.corpora {
      #expect(pair.difference(TestData.bytes(file)) == nil, "\(file)")
    }
  }

  /// Iterators share the rules that they were opened with first.
  @Test func opensInManyTasksAtOnce() async throws {
    let text = Array("One word. 西部科学城的人才。Another…".utf8)
    let counts = try await withThrowingTaskGroup(of: [Int].self) { group in
      for _ in 0..<32 {
        group.addTask {
          try [BreakIterator.Kind.sentence, .word, .grapheme].map { kind in
            try BreakIterator(kind, locale: "sv").boundaries(of: text).count
          }
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(counts.count == 1)
  }

  @Test func tellsBatchesAndStretchesAlike() throws {
    let iterator = try BreakIterator(.word, language: .english)
    let text = Array(String(repeating: "One word, 2 words. ", count: 400).utf8)
    var stretches: [Range<Int>] = []
    iterator.forEachStretch(of: text.span) { stretch, _ in stretches.append(stretch) }
    #expect(stretches.map(\.upperBound) == iterator.boundaries(of: text).map(\.offset))
    #expect(stretches.first?.lowerBound == 0 && stretches.last?.upperBound == text.count)
    #expect(zip(stretches, stretches.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
  }

  @Test func countsIllFormedSequencesAsCharacters() throws {
    let iterator = try BreakIterator(.grapheme, language: .english)
    let text: [UInt8] = [0x61, 0xE4, 0xB8, 0x62, 0xF0, 0x9F, 0x91, 0xFF, 0xED, 0xA0, 0x80]
    #expect(iterator.boundaries(of: text).map(\.offset) == [1, 3, 4, 7, 8, 9, 10, 11])
  }
}
