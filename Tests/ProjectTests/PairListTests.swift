import Bitext
import Foundation
import Testing

@testable import Project

@Suite struct PairListTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func pairs(_ text: String) throws -> [ListedPair] {
    try PairList(directory.write("list/pairs.tsv", text)).pairs
  }

  @Test func pathsStartAtTheListsFolderUnlessTheyAreAbsolute() throws {
    let pair = try #require(try pairs("en/a.md\t/data/a.md\n").first)
    #expect(pair.source == directory.path + "/list/en/a.md")
    #expect(pair.target == "/data/a.md")
    #expect(pair.line == 1)
  }

  @Test(arguments: ["source\ttarget", "Source\tTarget\tOutput", "en\tzh-Hans"])
  func headerIsLeftOut(header: String) throws {
    #expect(try pairs("# list\n\(header)\na.txt\tb.txt\n").map(\.line) == [3])
  }

  @Test func headerCountsInTheFirstLineAlone() throws {
    #expect(try pairs("a.txt\tb.txt\nsource\ttarget\n").count == 2)
  }

  private static let names: [(source: String, name: String)] = [
    ("a.en.md", "a.en.tsv"), ("en/a.txt", "en/a.tsv"), ("../x/./a.txt", "x/a.tsv"),
    ("/data/a.txt", "data/a.tsv"), ("chapter.1", "chapter.1.tsv"), ("a", "a.tsv"),
  ]

  @Test(arguments: names.indices)
  func resultIsNamedAfterTheSource(index: Int) throws {
    let (source, name) = Self.names[index]
    let pair = try #require(try pairs("\(source)\tb.txt\n").first)
    #expect(pair.outputName(ending: "tsv") == name)
  }

  @Test func namedOutputStands() throws {
    let pair = try #require(try pairs("a.txt\tb.txt\t./x//y.tmx\n").first)
    #expect(pair.outputName(ending: "tsv") == "x/y.tmx")
  }

  @Test func listInAnotherEncodingIsRead() throws {
    let text = "文章.txt\t译文.txt\n"
    let data = Data([0xFF, 0xFE]) + (try #require(text.data(using: .utf16LittleEndian)))
    let file = directory.url.appendingPathComponent("wide.tsv")
    try data.write(to: file)
    #expect(try PairList(file.path).pairs.first?.target == directory.path + "/译文.txt")
  }
}
