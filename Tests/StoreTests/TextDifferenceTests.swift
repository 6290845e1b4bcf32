import TestSupport
import Testing

@testable import Store

@Suite struct TextDifferenceTests {
  private func told(_ old: String, _ new: String) -> String {
    TextDifference.pieces(from: old, to: new).map { piece in
      switch piece.kind {
      case .same: piece.text
      case .removed: "[-\(piece.text)-]"
      case .added: "{+\(piece.text)+}"
      }
    }.joined()
  }

  @Test(arguments: [
    ("", "", ""), ("a", "a", "a"), ("", "a b", "{+a b+}"), ("a b", "", "[-a b-]"),
    (
      "The bridge opened in 2024.", "The bridge opened in 2026.",
      "The bridge opened in [-2024-]{+2026+}."
    ),
    ("大桥于去年开通。", "大桥于今年开通。", "大桥于[-去-]{+今+}年开通。"),
    ("follow-up visit", "follow-up visits", "follow-up [-visit-]{+visits+}"),
    ("It costs 1,200.5 yuan", "It costs 1,300.5 yuan", "It costs [-1,200.5-]{+1,300.5+} yuan"),
    ("don't stop", "do stop", "[-don't-]{+do+} stop"),
    ("one two three", "one three", "one [-two -]three"),
    ("Café au lait", "Cafe\u{301} au lait", "[-Café-]{+Cafe\u{301}+} au lait"),
    ("5G网络", "6G网络", "[-5G-]{+6G+}网络"),
  ])
  func aDifferenceIsToldByWordsAndIdeographs(_ old: String, _ new: String, _ expected: String) {
    #expect(told(old, new) == expected)
  }

  /// The fewest edits, by the table of all pairs of beginnings.
  private func fewestEdits(_ old: [Int32], _ new: [Int32]) -> Int {
    var common = [[Int]](
      repeating: [Int](repeating: 0, count: new.count + 1), count: old.count + 1)
    for row in 0..<old.count {
      for column in 0..<new.count {
        common[row + 1][column + 1] =
          old[row] == new[column]
          ? common[row][column] + 1 : max(common[row][column + 1], common[row + 1][column])
      }
    }
    return old.count + new.count - 2 * common[old.count][new.count]
  }

  @Test func noWayHasFewerEdits() {
    var generator = SeededGenerator(seed: 41)
    for _ in 0..<400 {
      let old = (0..<generator.below(25)).map { _ in Int32(generator.below(5)) }
      let new = (0..<generator.below(25)).map { _ in Int32(generator.below(5)) }
      let edits = TextDifference.edits(old, new)
      let changes = edits.count { $0 != .same }
      #expect(changes == fewestEdits(old, new), "\(old) \(new)")
      #expect(edits.count { $0 != .added } == old.count)
      #expect(edits.count { $0 != .removed } == new.count)
    }
  }

  @Test func bothTextsCanBeReadFromThePieces() {
    var generator = SeededGenerator(seed: 7)
    let pieces = [
      "桥", "开", "the ", "bridge", " ", "\n", "3.5", "-", "’s", "，", "😀", "e\u{301}", "Ａ", "\u{0}",
    ]
    for _ in 0..<400 {
      let old = generator.text(of: pieces, upTo: 20)
      let new = generator.text(of: pieces, upTo: 20)
      let found = TextDifference.pieces(from: old, to: new)
      let left = found.filter { $0.kind != .added }.map(\.text).joined()
      let right = found.filter { $0.kind != .removed }.map(\.text).joined()
      #expect(left.utf8.elementsEqual(old.utf8))
      #expect(right.utf8.elementsEqual(new.utf8))
    }
  }

  @Test func largeTextsWithNothingInCommonAreDoneInTime() {
    let old = (0..<30_000).map { "a\($0) " }.joined()
    let new = (0..<30_000).map { "b\($0) " }.joined()
    let found = TextDifference.pieces(from: old, to: new)
    let left = found.filter { $0.kind != .added }.map(\.text).joined()
    #expect(left == old)
  }
}
