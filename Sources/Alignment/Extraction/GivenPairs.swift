internal import Bitext
internal import Segmentation

/// Pairs that an author gives: a term in one language and its counterpart in brackets behind it.
enum GivenPairs {
  struct Pair: Hashable {
    var source: String
    var target: String
  }

  /// Ideographs that a term may have in front of its bracketed translation.
  private static let longestHan = 16

  static func find(
    in text: TranslatedText, languages: (source: LanguageTag, target: LanguageTag)
  ) -> [Pair] {
    guard languages.source.isChinese != languages.target.isChinese else { return [] }
    let sourceIsChinese = languages.source.isChinese
    var pairs: [Pair] = []
    for side in [text.source, text.target] {
      for (han, latin) in pairsInBrackets(Array(side.unicodeScalars)) {
        let pair =
          sourceIsChinese ? Pair(source: han, target: latin) : Pair(source: latin, target: han)
        if !pairs.contains(pair) { pairs.append(pair) }
      }
    }
    return pairs
  }

  private static func pairsInBrackets(
    _ scalars: [Unicode.Scalar]
  ) -> [(han: String, latin: String)] {
    var found: [(String, String)] = []
    for open in scalars.indices where scalars[open] == "(" || scalars[open] == "（" {
      guard
        let close = scalars[open...].prefix(80).firstIndex(where: { $0 == ")" || $0 == "）" }),
        close > open + 1
      else { continue }
      let inside = scalars[open + 1..<close]
      let before = scalars[..<open]
      if inside.allSatisfy({ $0.value.isHanScalar }), inside.count >= 2,
        let name = nameBefore(before)
      {
        found.append((String(inside), name))
      } else if inside.first.map({ $0.value < 0x250 && $0.value.isWordScalar }) == true,
        inside.allSatisfy({ !$0.value.isHanScalar }), let han = hanBefore(before)
      {
        found.append((han, String(inside)))
      }
    }
    return found
  }

  /// The quoted words or the run of capitalised words that end before a bracket.
  private static func nameBefore(_ scalars: ArraySlice<Unicode.Scalar>) -> String? {
    let text = trimmedEnd(scalars)
    if let last = text.last, last.value.isQuoteScalar, last != "》" {
      let inner = text.dropLast()
      guard let open = inner.lastIndex(where: { $0.value.isQuoteScalar }), open + 1 < inner.endIndex
      else { return nil }
      let name = inner[(open + 1)...]
      return name.allSatisfy { !$0.value.isHanScalar } ? String(name) : nil
    }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    var kept: [ArraySlice<Unicode.Scalar>] = []
    for word in words.reversed() {
      // Chinese is written without spaces: a Latin word in it may drag a whole clause along.
      guard let first = word.first, word.allSatisfy({ $0.value < 0x250 || $0.value == 0x2019 })
      else { break }
      let isCapital = first.properties.isUppercase || first == "("
      let joins = ["of", "and", "the", "for", "on", "in"].contains(String(word))
      guard isCapital || joins && !kept.isEmpty else { break }
      // A mark behind a word ends the run before it.
      if let last = word.last, !kept.isEmpty, [",", ".", ";", ":"].contains(last) { break }
      kept.append(word)
    }
    while let last = kept.last, last.first?.properties.isUppercase != true, last.first != "(" {
      kept.removeLast()
    }
    guard !kept.isEmpty else { return nil }
    return kept.reversed().map { String($0) }.joined(separator: " ")
  }

  /// The quoted ideographs before a bracket; without quotes nobody can tell where a term starts.
  private static func hanBefore(_ scalars: ArraySlice<Unicode.Scalar>) -> String? {
    let text = trimmedEnd(scalars)
    guard let last = text.last, last.value.isQuoteScalar else { return nil }
    let inner = text.dropLast()
    guard let open = inner.lastIndex(where: { $0.value.isQuoteScalar }) else { return nil }
    let term = inner[(open + 1)...]
    guard (2...longestHan).contains(term.count), term.contains(where: { $0.value.isHanScalar })
    else {
      return nil
    }
    return String(term)
  }

  private static func trimmedEnd(
    _ scalars: ArraySlice<Unicode.Scalar>
  ) -> ArraySlice<Unicode.Scalar> {
    var text = scalars
    while let last = text.last, last.value.isWhitespaceScalar { text.removeLast() }
    return text
  }
}

extension String {
  fileprivate init(_ scalars: ArraySlice<Unicode.Scalar>) {
    self = String(String.UnicodeScalarView(scalars))
  }
}
