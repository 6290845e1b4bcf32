import Alignment
import Bitext
import Foundation
import Store
import Testing

@testable import Project

/// What several units settle about a rendering, with links set by hand.
@Suite struct RenderingPollTests {
  /// Two sides whose words are parted by bars, and the words that are linked.
  private struct Pair {
    var source: String
    var target: String
    var words: (source: [Range<UInt32>], target: [Range<UInt32>])
    var projection: LinkProjection

    init(_ source: String, _ target: String, _ links: [(UInt32, UInt32)]) {
      (self.source, words.source) = Self.cut(source)
      (self.target, words.target) = Self.cut(target)
      projection = LinkProjection(
        LinkedWords(
          source: words.source, target: words.target,
          links: links.map { WordLink(source: $0.0, target: $0.1, share: 0.9) }),
        source: Array(self.source.utf8), target: Array(self.target.utf8),
        small: (SmallWords(.simplifiedChinese), SmallWords(.english)))
    }

    /// A text and its words: a bar parts them, and a space that stays in the text does too.
    private static func cut(_ marked: String) -> (String, [Range<UInt32>]) {
      var (text, ranges): (String, [Range<UInt32>]) = ("", [])
      for word in marked.split(separator: "|") {
        let start = UInt32(text.utf8.count)
        text += word
        if !word.allSatisfy({ $0 == " " }) { ranges.append(start..<UInt32(text.utf8.count)) }
      }
      return (text, ranges)
    }

    func ballot(_ words: Range<Int>, _ identity: UInt8) -> RenderingPoll.Ballot {
      RenderingPoll.Ballot(
        projection,
        Int(
          self.words.source[words.lowerBound].lowerBound)..<Int(
            self.words.source[words.upperBound - 1].upperBound), other: target, identity: [identity]
      )
    }
  }

  @Test func whatMostHaveCompletesWhatTheLinksOfOneClip() {
    let whole = Pair(
      "西部|科学|城|很|大", "Western| |Science| |City| |is| |large", [(0, 0), (1, 1), (2, 2), (4, 4)])
    let other = Pair(
      "去|西部|科学|城", "to| |Western| |Science| |City", [(0, 0), (1, 1), (2, 2), (3, 3)])
    let clipped = Pair(
      "西部|科学|城|开放", "Western| |Science| |City| |opens", [(1, 1), (2, 2), (3, 3)])
    let ballots = [whole.ballot(0..<3, 1), other.ballot(1..<4, 2), clipped.ballot(0..<3, 3)]
    #expect(
      RenderingPoll([ballots[2]]).ballots.map(\.text) == ["Science City"], "what its links say")
    let poll = RenderingPoll(ballots)
    #expect(poll.ballots.map(\.text) == Array(repeating: "Western Science City", count: 3))
    #expect(poll.groups.map(\.count) == [3])
  }

  @Test func whatAnotherWordExplainsIsNotTaken() {
    let first = Pair("科学|城", "Science| |City", [(0, 0), (1, 1)])
    let second = Pair("科学|城|好", "Science| |City| |good", [(0, 0), (1, 1), (2, 2)])
    // Here 城 is rendered as a town, and what stands as "Science City" translates 城市.
    let third = Pair(
      "科学|城|不|是|城市", "Research| |Town| |is| |no| |Science| |City",
      [(0, 0), (1, 1), (4, 4), (4, 5)])
    let poll = RenderingPoll([
      first.ballot(0..<2, 1), second.ballot(0..<2, 2), third.ballot(0..<2, 3),
    ])
    #expect(poll.ballots.map(\.text) == ["Science City", "Science City", "Research Town"])
    // Copies of one unit are no two units.
    let copies = RenderingPoll([first.ballot(0..<2, 1), first.ballot(0..<2, 1)])
    #expect(copies.groups.map { Set($0.map(\.identity)).count } == [1])
  }

  @Test func whereTheLinksSayNothingAFreeUsualRenderingIsTaken() {
    let first = Pair("科学|城", "Science| |City", [(0, 0), (1, 1)])
    let second = Pair("大|科学|城", "big| |Science| |City", [(0, 0), (1, 1), (2, 2)])
    let bare = Pair("科学|城|开放", "Science| |City| |opens", [(2, 2)])
    let other = Pair("科学|城|开放", "It| |opens", [(2, 1)])
    let poll = RenderingPoll([
      first.ballot(0..<2, 1), second.ballot(1..<3, 2), bare.ballot(0..<2, 3),
      other.ballot(0..<2, 4),
    ])
    #expect(poll.ballots.map(\.text) == ["Science City", "Science City", "Science City", nil])
    #expect(bare.projection.strength(of: 0..<12, for: 0..<9) == 0)
    #expect(first.projection.strength(of: 0..<12, for: 0..<9) == 1)
  }

  @Test func aFreePlaceStandsForOneOccurrence() {
    let first = Pair("科学|城", "Science| |City", [(0, 0), (1, 1)])
    let second = Pair("大|科学|城", "big| |Science| |City", [(0, 0), (1, 1), (2, 2)])
    let twice = Pair(
      "科学|城|开放|科学|城|科学|城", "Science| |City| |opens| |Science| |City", [(2, 2)])
    let ballots = [
      first.ballot(0..<2, 1), second.ballot(1..<3, 2), twice.ballot(0..<2, 3),
      twice.ballot(3..<5, 3), twice.ballot(5..<7, 3),
    ]
    // Asked twice the same occurrence has the same place, and another unit has all of them.
    let poll = RenderingPoll(ballots + [ballots[2], ballots[3], twice.ballot(3..<5, 4)])
    #expect(
      poll.ballots.dropFirst(2).map(\.rendering) == [
        0..<12, 19..<31, nil, 0..<12, 19..<31, 0..<12,
      ])
  }

  @Test func whereThereAreNoLinksNothingIsFree() {
    let first = Pair("科学|城", "Science| |City", [(0, 0), (1, 1)])
    let second = Pair("大|科学|城", "big| |Science| |City", [(0, 0), (1, 1), (2, 2)])
    let unlinked = Pair("科学|城|开放", "Science| |City| |opens", [])
    let poll = RenderingPoll([
      first.ballot(0..<2, 1), second.ballot(1..<3, 2), unlinked.ballot(0..<2, 3),
    ])
    #expect(poll.ballots.map(\.text) == ["Science City", "Science City", nil])
  }

  /// With all words gone through for each place and each occurrence this would take minutes.
  @Test func manyOccurrencesInOneUnitAreSettled() {
    let count = 600
    let first = Pair("科学|城", "Science| |City", [(0, 0), (1, 1)])
    let second = Pair("大|科学|城", "big| |Science| |City", [(0, 0), (1, 1), (2, 2)])
    let many = Pair(
      String(repeating: "科学|城|开放|", count: count),
      String(repeating: "Science| |City| |opens| |", count: count), [(2, 2)])
    let ballots = (0..<count).map { many.ballot($0 * 3..<$0 * 3 + 2, 3) }
    let poll = RenderingPoll([first.ballot(0..<2, 1), second.ballot(1..<3, 2)] + ballots)
    let found = poll.ballots.dropFirst(2).compactMap(\.rendering)
    let step = "Science City opens ".utf8.count
    #expect(!found.isEmpty)
    #expect(found == found.indices.map { $0 * step..<$0 * step + 12 })
  }

  @Test func renderingsEndInWholeWordsWhereTheMemoryHasThemTogether() throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let store = try ConcordStore(
      path: directory.appendingPathComponent("store.sqlite").path, access: .create)
    let units = ["该模块", "模块很大", "新模块", "两个模块", "模块。", "大小", "大门", "很大", "大的", "大人"].map {
      TranslationUnit(
        sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: $0 + " in English",
        target: $0)
    }
    _ = try store.save(units, by: Change(date: "2026-01-01T00:00:00Z", author: "li"))
    var joints = WordJoints(store)
    let pair = Pair("a|module", "得到|的|模|块|大|小", [(0, 0)])
    let utf8 = Array(pair.target.utf8)
    for (range, right) in [
      (9..<12, 9..<15), (12..<15, 9..<15), (0..<6, 0..<6), (15..<18, 15..<18), (6..<12, 6..<15),
    ] {
      #expect(try joints.completed(range, of: utf8, by: pair.projection) == right, "\(range)")
    }
  }
}
