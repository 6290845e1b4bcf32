import Bitext
import Segmentation
import Testing

@testable import Matching

@Suite struct TermStyleTests {
  private static let table: [(text: String, term: String, differences: [StyleDifference])] = [
    ("Golden Phoenix", "Golden Phoenix", []),
    ("Golden Phoenixes", "Golden Phoenix", []),
    ("golden phoenix", "Golden Phoenix", [.letterCase]),
    ("GOLDEN PHOENIX", "Golden Phoenix", [.letterCase]),
    ("Chongqing High-Tech Zone", "Chongqing High-tech Zone", [.letterCase]),
    ("business environments", "business environment", []),
    ("People’s Congress", "People's Congress", []),
    ("西部(重庆)科学城", "西部（重庆）科学城", [.width]),
    ("西部（重慶）科學城", "西部（重庆）科学城", [.script]),
    ("西部(重慶)科學城", "西部（重庆）科学城", [.width, .script]),
    ("new energy vehicle", "new-energy vehicle", [.hyphen]),
    ("５G基站", "5G基站", [.width]),
    ("5G 基站", "5G基站", [.spacing]),
    ("一带一路", "“一带一路”", []),
  ]

  @Test(arguments: table.indices)
  func namesTheDifference(index: Int) {
    let (text, term, differences) = Self.table[index]
    #expect(compare(text, term) == differences)
  }

  @Test func lowerCaseTermMayStartASentence() {
    #expect(compare("Rural revitalization", "rural revitalization", mayCapitalize: true) == [])
    #expect(
      compare("Rural Revitalization", "rural revitalization", mayCapitalize: true) == [.letterCase])
    #expect(compare("Rural revitalization", "rural revitalization") == [.letterCase])
    // The other way round is a fault even there.
    #expect(compare("golden Phoenix", "Golden Phoenix", mayCapitalize: true) == [.letterCase])
  }

  private func compare(
    _ text: String, _ term: String, mayCapitalize: Bool = false
  ) -> [StyleDifference] {
    let (left, right) = (Array(text.utf8), Array(term.utf8))
    return TermMatch.differences(left.span, right.span, mayCapitalize: mayCapitalize)
  }
}
