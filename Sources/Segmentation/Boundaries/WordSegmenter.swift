public import Bitext

/// Cuts text into words: by spaces and punctuation in English, by ICU's dictionary in Chinese.
public struct WordSegmenter: ~Copyable {
  private let iterator: BreakIterator

  /// - Throws: `Trouble` when ICU's data lacks the rules.
  public init(language: LanguageTag) throws(Trouble) {
    iterator = try BreakIterator(.word, locale: language.language)
  }

  /// The words of a text in UTF-8, as byte ranges; spaces and punctuation belong to none.
  public func words(in utf8: Span<UInt8>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    iterator.forEachStretch(of: utf8) { stretch, isWord in
      if isWord { words.append(stretch) }
    }
    return words
  }
}
