package import Bitext
internal import Segmentation

/// Tells the words of a language that say little by themselves: articles, prepositions, 的, 及.
package struct SmallWords: Sendable {
  private let vocabulary: TermVocabulary

  /// Of a language without a list no word is one.
  package init(_ language: LanguageTag) { vocabulary = TermVocabulary.of(language) }

  /// Whether a word, in UTF-8, is one of them.
  package func contains(_ word: some Sequence<UInt8>) -> Bool {
    let bytes = Array(word)
    let tokens = KeyTokenizer().tokens(of: bytes.span)
    let isAcronym = tokens.first?.letterCase == .upper && bytes.count > 1
    return tokens.isEmpty || tokens.allSatisfy { $0.kind == .punctuation }
      || !vocabulary.traits(of: tokens[...], isAcronym: isAcronym).isEmpty
  }
}
