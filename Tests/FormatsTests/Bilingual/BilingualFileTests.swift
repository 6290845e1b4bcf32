import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct BilingualFileTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test(arguments: [
    ("a.tmx", true), ("a.xlf", true), ("a.XLIFF", true), ("a.sdlxliff", true), ("a.mqxliff", true),
    ("zh_CN.po", true), ("a.pot", true), ("a.csv", true), ("a.tsv", true), ("a.md", false),
    ("po", false), ("a.po.bak", false),
  ])
  func endingsTell(path: String, isBilingual: Bool) {
    #expect(BilingualFile.isBilingual(path) == isBilingual)
  }

  /// Files of five thousand units; the parts put together are what is read at once.
  static let large: [(name: String, content: String)] = {
    let numbers = 0..<5000
    return [
      ("a.xlf", xliff(numbers.map { transUnit("unit \($0)", "单元 \($0)") }.joined(separator: "\n"))),
      ("a.tmx", tmx(numbers.map { tmxUnit("unit \($0)", "单元 \($0)") }.joined(separator: "\n"))),
      (
        "a.po",
        po(numbers.map { "msgid \"unit \($0)\"\nmsgstr \"单元 \($0)\"\n" }.joined(separator: "\n"))
      ),
      ("a.csv", "en,zh\n" + numbers.map { "unit \($0),单元 \($0)\n" }.joined()),
    ]
  }()

  @Test(arguments: large.indices)
  func partsAreTheWhole(index: Int) throws {
    let (name, content) = Self.large[index]
    let path = try directory.file(name, content)
    let whole = try BilingualFile.read(path, languages: (nil, nil), warn: { _ in })
    var summaries: [String] = []
    var places: [Range<Int>] = []
    var sizes: [Int] = []
    try BilingualFile.forEachPart(of: path, languages: (nil, nil), warn: { _ in }) { part in
      sizes.append(part.beads.count)
      summaries += part.summaries
      places += part.target.segments.map { part.target.prose.positions.source($0.range) }
      #expect(part.source.language == whole.source.language && !part.isAligned)
    }
    #expect(sizes == [2000, 2000, 1000])
    #expect(summaries == whole.summaries)
    #expect(places == whole.target.segments.map { whole.target.prose.positions.source($0.range) })
  }

  @Test func longUnitsMakePartsOfABoundedSize() throws {
    let long = String(repeating: "long text ", count: 20_000)
    let path = try directory.file(
      "a.tmx", tmx((0..<100).map { _ in tmxUnit(long) }.joined(separator: "\n")))
    var sizes: [Int] = []
    try BilingualFile.forEachPart(of: path, languages: (nil, nil), warn: { _ in }) { part in
      sizes.append(part.source.prose.utf8.count)
    }
    #expect(sizes.count > 3 && sizes.allSatisfy { $0 < 5 << 20 })
  }

  @Test func whatTheBodyThrowsEndsTheReading() throws {
    struct Stop: Error {}
    let path = try directory.file("a.tmx", Self.large[1].content)
    var count = 0
    #expect(throws: Stop.self) {
      try BilingualFile.forEachPart(of: path, languages: (nil, nil), warn: { _ in }) { _ in
        count += 1
        throw Stop()
      }
    }
    #expect(count == 1)
  }

  @Test func inTMXAVariantThatIsAbsentIsNoSideAndAnEmptyOneIsASegment() throws {
    let content = tmx(
      tmxUnit("one", "一") + tmxUnit("two", "")
        + "<tu><tuv xml:lang='en'><seg>three</seg></tuv></tu>"
        + "<tu><tuv xml:lang='de'><seg>vier</seg></tuv></tu>")
    let text = try directory.bilingual("a.tmx", content)
    #expect(text.summaries == ["one | 一", "two | ", "three | "])
    #expect(text.beads.map(\.target.count) == [1, 1, 0])
    let empty = text.target.prose.positions.source(text.target.segments[1].range)
    let place = Array(content.utf8).ranges(of: Array("<seg></seg>".utf8))[0]
    #expect(empty == place.lowerBound + 5..<place.lowerBound + 5)
  }

  // MARK: Bad input

  @Test(arguments: [
    ("a.xlf", "", nil, "is empty"),
    ("a.xlf", "<html/>", 1, "is no XLIFF file: it starts with <html>"),
    ("a.xlf", xliff("\n<trans-unit><source>a</trans-unit>"), 5, "is not well-formed XML"),
    ("a.xlf", xliff("<trans-unit><source>&undefined;</source></trans-unit>"), 4, "undefined"),
    ("a.xlf", xliff(""), nil, "holds no unit"),
    ("a.xlf", xliff(String(repeating: "<group>", count: 10_000)), 5, "is not well-formed XML"),
    ("a.tmx", tmx("<tu><tuv><seg>" + String(repeating: "<hi>", count: 10_000)), 5, "is not well"),
  ])
  func brokenXMLIsTrouble(name: String, content: String, line: Int?, message: String) throws {
    let path = try directory.file(name, content)
    let trouble = #expect(throws: Trouble.self) {
      try BilingualFile.read(path, languages: (nil, nil), warn: { _ in })
    }
    #expect(trouble?.file == path)
    #expect(trouble?.line == line)
    #expect(trouble?.message.contains(message) == true, "\(trouble?.description ?? "")")
  }

  @Test func nestedTenThousandDeepIsRead() throws {
    func nested(_ name: String, _ text: String) -> String {
      String(repeating: "<\(name)>", count: 10_000) + text
        + String(repeating: "</\(name)>", count: 10_000)
    }
    let files = [
      ("a.xlf", xliff(nested("group", transUnit(nested("g", "deep"), "深")))),
      ("b.xlf", xliff2(nested("group", unit2(nested("pc", "deep"), "深")))),
      ("a.tmx", tmx(tmxUnit(nested("hi", "deep"), "深"))),
    ]
    for (name, content) in files {
      #expect(try directory.bilingual(name, content).summaries == ["deep | 深"])
    }
  }

  /// Bytes are changed, dropped and doubled at random places: whatever that makes of the file, the
  /// reader gives a text whose places lie in it, or trouble that names the file.
  @Test(arguments: PlantedTermTests.plain.indices, [0, 1])
  func damagedFilesNeverCrash(index: Int, kind: Int) throws {
    let (name, content): (String, [UInt8]) =
      kind == 0
      ? (PlantedTermTests.plain[index].name, Array(PlantedTermTests.plain[index].text.utf8))
      : (
        PlantedTermTests.xml[index].name,
        Array(PlantedTermTests.xml[index].file("UTF-8").utf8)
      )
    var random = SeededGenerator(seed: UInt64(100 + index * 2 + kind))
    for round in 0..<120 {
      var bytes = content
      for _ in 0...random.below(4) where !bytes.isEmpty {
        let at = random.below(bytes.count)
        switch random.below(4) {
        case 0: bytes[at] = UInt8(random.below(256))
        case 1: bytes.removeSubrange(at...)
        case 2: bytes.remove(at: at)
        default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 9)], at: at)
        }
      }
      let path = try directory.file("\(round % 2)" + name, bytes)
      do {
        let text = try BilingualFile.read(path, languages: (nil, nil), warn: { _ in })
        for side in [text.source, text.target] {
          for segment in side.segments {
            let range = side.prose.positions.source(segment.range)
            #expect(range.upperBound <= bytes.count && range.lowerBound >= 0)
          }
        }
      } catch let trouble as Trouble {
        #expect(trouble.file == path, "\(trouble)")
      }
    }
  }

  @Test(.enabled(if: TestData.root != nil, "no samples"))
  func samplesOfOtherToolsAreRead() throws {
    let files =
      TestData.files(in: "samples/tmx", ending: ".tmx")
      + TestData.files(in: "samples/tmx-kit", ending: ".tmx")
    try #require(files.count > 20)
    var read = 0
    for file in files {
      do {
        let text = try BilingualFile.read(file, languages: (nil, nil), warn: { _ in })
        #expect(!text.beads.isEmpty)
        read += 1
      } catch let trouble as Trouble {
        #expect(trouble.file == file)
      }
    }
    #expect(read * 2 > files.count)
  }
}
