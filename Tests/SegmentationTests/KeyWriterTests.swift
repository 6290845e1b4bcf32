import TestSupport
import Testing

@testable import Segmentation

/// The key that is written in one pass is the key that the folds make one after the other.
@Suite struct KeyWriterTests {
  /// At least one of each class that some fold tells from the others.
  static let classes = [
    " ", "\t", "\u{A0}", "\u{3000}", "a", "Z", "7", "$", "'", "’", "\"", "“", "《", ".", ")", "-",
    "。", "！", "＂", "＇", "Ｂ", "３", "—", "·", "…", "城", "々", "\u{3400}", "𠀀", "é", "ß", "²", "«", "〇",
    "\u{0}", "\u{7F}", "\u{1C}",
  ]

  /// What only the folds themselves can fold, and what is no text.
  static let others =
    [
      "\u{301}", "\u{3099}", "\u{AD}", "\u{200B}", "\u{2009}", "\u{85}", "\u{FEFF}", "\u{FE0F}",
      "한", "\u{1100}",
      "\u{1161}", "か", "ﾊ", "ﾞ", "Ⅷ", "ﬁ", "´", "½", "İ", "\u{4DC0}", "\u{F900}", "\u{2F800}",
      "\u{302A}",
      "🙂", "٣", "\u{FFFD}", "\u{E000}", "\u{2028}",
    ].map { Array($0.utf8) } + [
      [0x80], [0xE4], [0xE4, 0xB8], [0xE4, 0xB7, 0x80], [0xC2], [0xE2, 0x80], [0xEF, 0xBC],
      [0xED, 0xA0, 0x80],
      [0xF0, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xC0, 0x80], [0xE3, 0x90],
      [0xF4, 0x90, 0x80, 0x80], [0xFF],
    ]

  /// The first text whose key is not that of the folds, or leads elsewhere; nothing when there is
  /// none.
  private func firstDifference(_ texts: some Sequence<[UInt8]>) -> String? {
    for text in texts {
      let expected = MatchKey(FoldedText(text.span, .spelling))
      var bytes: [UInt8] = [0x2A]
      let count = text.withUnsafeBufferPointer { MatchKey.append(keyOf: $0, to: &bytes) }
      let scalars = expected.bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
      if bytes.dropFirst() != expected.bytes[...] || count != scalars {
        return "\(text): \(bytes.dropFirst()) of \(count) and not \(expected.bytes) of \(scalars)"
      }
      let key = MatchKey(text.span)
      guard key == expected else { return "\(text): \(key.bytes) and not \(expected.bytes)" }
      for place in key.bytes.indices {
        let (range, other) = (
          key.sourceRange(place..<place + 1), expected.sourceRange(place..<place + 1)
        )
        if range != other { return "\(text): \(place) leads to \(range) and not \(other)" }
      }
    }
    return nil
  }

  @Test(arguments: [
    ("“Concord” 是 5G 基站（ＡＢ）的工具。", #""concord"是5g基站(ab)的工具."#),
    ("  你好 ， A—b · “ c ”  ", #"你好,a—b · " c ""#),
    ("a . b . 你 ！", "a. b.你!"),
    ("don’t ’90s 90’s H1N1’s 它’s", #"don't "90s 90"s h1n1's它"s"#),
    ("José… ¡Straße! 5² «x»", #"josé... ¡strasse! 52 "x""#),
    ("A “ · 你", #"a"·你"#),
    ("x\u{A0}\u{3000}\t", "x"),
  ])
  func writes(_ text: String, _ expected: String) {
    var key: [UInt8] = []
    let count = Array(text.utf8).withUnsafeBufferPointer { MatchKey.append(keyOf: $0, to: &key) }
    #expect(String(decoding: key, as: UTF8.self) == expected)
    #expect(count == expected.unicodeScalars.count)
  }

  @Test func pairsTriplesAndFours() {
    let pieces = Self.classes.map { Array($0.utf8) }
    let all = pieces + Self.others
    let pairs = all.flatMap { first in all.map { first + $0 } }
    #expect(firstDifference(pairs) == nil)
    let triples = pieces.lazy.flatMap { first in
      pieces.flatMap { second in pieces.map { first + second + $0 } }
    }
    #expect(firstDifference(triples) == nil)
    let few = [" ", "\u{3000}", "a", "7", "’", "“", ".", "，", "—", "城", "é"].map { Array($0.utf8) }
    let fours = few.lazy.flatMap { first in
      few.flatMap { second in few.flatMap { third in few.map { first + second + third + $0 } } }
    }
    #expect(firstDifference(fours) == nil)
  }

  /// Where eight bytes are read at once, each class stands at each of their places.
  @Test func placesInLongerTexts() {
    let fillings = ["b", "B c ", "城", "a.", "4", " ."]
    for filling in fillings {
      let texts = (1...19).lazy.flatMap { length in
        (0..<length).flatMap { place in
          Self.classes.map { piece in
            let text = (0..<length).map { $0 == place ? piece : filling }.joined()
            return Array(text.utf8)
          }
        }
      }
      #expect(firstDifference(texts) == nil)
    }
  }

  /// Each scalar of the blocks that the tables have and of those beside them.
  @Test(arguments: [
    0..<0x600, 0x1E00..<0x2100, 0x2F00..<0x3500, 0x4D80..<0x4E20, 0x9FE0..<0xA010, 0xFE00..<0x10000,
    0x1FFF0..<0x20010, 0x2F7F0..<0x2F810,
  ])
  func scalars(_ range: Range<Int>) {
    let texts = range.lazy.compactMap { Unicode.Scalar($0) }.flatMap { scalar in
      ["\(scalar)", "a \(scalar) b", "城 \(scalar) a", "a \(scalar)城", "a'\(scalar)'a \(scalar)"].map
      {
        Array($0.utf8)
      }
    }
    #expect(firstDifference(texts) == nil)
  }

  /// There is room for as many bytes as the text has.
  @Test func noScalarFoldsToMoreBytes() {
    let blocks: [(table: ConstantTable<ScalarFold>, range: Range<UInt32>)] = [
      (ScalarFold.ascii, 0..<0x80), (ScalarFold.letters, 0xC0..<0x400),
    ]
    for (table, range) in blocks {
      for value in range {
        let fold = table.base[Int(value - range.lowerBound)]
        #expect(fold.count <= (value < 0x80 ? 1 : 2), "U+\(String(value, radix: 16))")
        #expect(fold.kind == .unknown || fold.count > fold.continuing)
      }
    }
    for index in 0..<320 {
      #expect(ScalarFold.marks.base[index].count <= (index < 64 ? 2 : 3), "mark \(index)")
    }
    let long = ["Ǆ", "ß", "ŀ", "…", "Ⱥ", "ŉ", "İ", "〇"].map {
      Array(String(repeating: $0, count: 1000).utf8)
    }
    #expect(firstDifference(long) == nil)
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func randomTexts(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = Self.classes.map { Array($0.utf8) }
    // Some texts have nothing but what is written in one pass.
    let texts = (0..<500).map { number in
      (0..<random.below(40)).flatMap { _ in
        number % 4 == 0 && random.once(in: 12) ? random.pick(Self.others) : random.pick(pieces)
      }
    }
    #expect(firstDifference(texts) == nil)
  }

  /// Long stretches of ASCII, with spaces and closing marks at every place of eight and of sixteen
  /// bytes.
  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func randomPlainTexts(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = ["a", "I", "of", "The", "term", "7", ".", ",", ")", "-", "城"]
    let texts = (0..<300).map { _ in
      let joints = random.once(in: 2) ? [" "] : [" ", " ", "", "  ", "\t", "'"]
      let text = (0..<random.below(30)).map { _ in
        random.pick(words) + random.pick(joints)
      }
      return Array(text.joined().utf8)
    }
    #expect(firstDifference(texts) == nil)
  }

  @Test(
    .enabled(if: TestData.root != nil, "no CONCORD_DATA"),
    arguments: ["en", "zh"].flatMap { TestData.files(in: "align/mac-dev", ending: ".\($0)") })
  func linesOfTheData(_ path: String) {
    let lines = TestData.bytes(path).split(separator: 0x0A).map { Array($0) }
    #expect(firstDifference(lines) == nil)
  }

  /// Without this, all of the above would also hold if nothing were ever written in one pass.
  @Test func whatIsWrittenInOnePass() {
    func isWritten(_ text: [UInt8]) -> Bool {
      let key = UnsafeMutablePointer<UInt8>.allocate(capacity: text.count + KeyWriter.slack)
      defer { key.deallocate() }
      return text.withUnsafeBufferPointer { text in
        var writer = KeyWriter(text, to: key)
        return writer.write()
      }
    }
    let left = Self.classes.filter { !isWritten(Array($0.utf8)) }
    #expect(left.isEmpty)
    let taken = Self.others.filter(isWritten)
    #expect(taken.isEmpty)
  }
}
