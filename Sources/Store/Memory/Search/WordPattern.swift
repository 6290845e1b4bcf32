internal import Matching
internal import Segmentation

/// The words of a query, compared with those of other texts: 1 − Levenshtein distance / longer
/// length, over words and single ideographs of the match keys.
///
/// Each word becomes one code point, so that the comparison of code points serves.
struct WordPattern {
  private var codes: [ArraySlice<UInt8>: UInt32] = [:]
  private let pattern: FuzzyPattern

  /// Unicode's planes for private use, in which no word can be mistaken for a character.
  private static let (first, last): (UInt32, UInt32) = (0xF0001, 0xFFFFD)
  /// Stands for words that the query has not got.
  private static let other: UInt32 = 0xF0000

  /// - Returns: `nil` for a text without words.
  init?(_ key: MatchKey) {
    let words = Self.words(of: key)
    guard !words.isEmpty else { return nil }
    for word in words where codes[word] == nil {
      codes[word] = min(Self.first + UInt32(codes.count), Self.last)
    }
    let codes = codes
    pattern = FuzzyPattern(
      MatchKey(Self.text(words.map { codes[$0] ?? Self.other }), folding: []))
  }

  func similarity(to key: MatchKey) -> Double {
    pattern.similarity(toKey: Self.text(Self.words(of: key).map { codes[$0] ?? Self.other }))
  }

  private static func words(of key: MatchKey) -> [ArraySlice<UInt8>] {
    SearchToken.tokens(of: key.bytes.span).filter(\.kind.counts).map { key.bytes[$0.range] }
  }

  private static func text(_ codes: [UInt32]) -> String {
    var text = ""
    for code in codes { text.unicodeScalars.append(Unicode.Scalar(code) ?? "\u{FFFD}") }
    return text
  }
}
