import Testing

@testable import Segmentation

@Suite struct StemmerTests {
  private func key(_ word: String) -> [UInt8] {
    var bytes = Array(word.utf8)
    Stemmer().reduce(&bytes)
    return bytes
  }

  @Test(arguments: [
    ("bridge", "bridges"), ("city", "cities"), ("phoenix", "phoenixes"), ("build", "building"),
    ("translate", "translated"), ("translate", "translating"), ("process", "processes"),
    ("branch", "branches"), ("development", "developments"), ("university", "universities"),
    ("manager", "managers"), ("plan", "planned"), ("policy", "policies"), ("analysis", "analysis"),
    ("organization", "organizations"),
  ])
  func inflectionIsFolded(_ one: String, _ other: String) {
    #expect(key(one) == key(other))
  }

  @Test(arguments: [
    ("university", "universal"), ("organization", "organ"), ("development", "developer"),
    ("development", "develop"), ("nation", "national"), ("economy", "economic"),
    ("economics", "economical"), ("relation", "relative"), ("manager", "management"),
    ("policy", "police"), ("general", "generation"), ("international", "internal"),
    ("author", "authority"), ("commun", "community"),
  ])
  func derivationIsKept(_ one: String, _ other: String) {
    #expect(key(one) != key(other))
  }

  @Test(arguments: ["un", "gas", "ads", "café", "don't", "h1n1", "重庆"])
  func shortWordsAndOthersStayAsTheyAre(_ word: String) {
    #expect(key(word) == Array(word.utf8))
  }
}
