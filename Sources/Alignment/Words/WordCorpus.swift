public import Bitext
internal import Segmentation

/// Pairs of texts that translate each other, cut into words: what a ``WordAligner`` learns from
/// and what it links.
///
/// Flat arrays, 12 bytes a word; the texts themselves are not kept.
public struct WordCorpus: Sendable {
  public let sourceLanguage: LanguageTag
  public let targetLanguage: LanguageTag
  var source = Side()
  var target = Side()

  /// The words of one side, all texts one after the other.
  struct Side: Sendable {
    var vocabulary = WordVocabulary()
    var types: [UInt32] = []
    /// The bytes of each word in its text.
    var ranges: [Range<UInt32>] = []
    var starts: [Int] = [0]

    func words(of text: Int) -> Range<Int> { starts[text]..<starts[text + 1] }
  }

  /// A corpus without any pair.
  public init(source: LanguageTag, target: LanguageTag) {
    sourceLanguage = source
    targetLanguage = target
  }

  /// How many pairs there are.
  public var count: Int { source.starts.count - 1 }

  /// The bytes of each word of a pair's source text, in order.
  public func sourceWords(of pair: Int) -> ArraySlice<Range<UInt32>> {
    source.ranges[source.words(of: pair)]
  }

  /// The bytes of each word of a pair's target text, in order.
  public func targetWords(of pair: Int) -> ArraySlice<Range<UInt32>> {
    target.ranges[target.words(of: pair)]
  }

  /// Adds pairs of texts, cut into words by their languages' rules. Marks of punctuation are words
  /// too, white space is none. Works on all cores.
  ///
  /// - Parameter pairs: the texts; an empty one has no words.
  /// - Throws: `Trouble` when ICU's data lacks a language.
  public mutating func append(_ pairs: [(source: String, target: String)]) throws(Trouble) {
    // Opening a segmenter tells whether there are rules, so that threads need not.
    _ = try WordSegmenter(language: sourceLanguage)
    _ = try WordSegmenter(language: targetLanguage)
    let (left, right) = (sourceLanguage, targetLanguage)
    append(count: pairs.count) { range in
      guard let first = try? WordSegmenter(language: left),
        let second = try? WordSegmenter(language: right)
      else { return nil }
      var drafts = (source: WordDraft(), target: WordDraft())
      for pair in pairs[range] {
        drafts.source.append(Array(pair.source.utf8)) { first.inkedStretches(in: $0) }
        drafts.target.append(Array(pair.target.utf8)) { second.inkedStretches(in: $0) }
      }
      return drafts
    }
  }

  /// Adds pairs of texts that were cut into words before, by spaces.
  ///
  /// - Parameter pairs: the texts.
  public mutating func append(tokenized pairs: [(source: String, target: String)]) {
    append(count: pairs.count) { range in
      var drafts = (source: WordDraft(), target: WordDraft())
      for pair in pairs[range] {
        drafts.source.append(Array(pair.source.utf8)) { $0.spacedStretches() }
        drafts.target.append(Array(pair.target.utf8)) { $0.spacedStretches() }
      }
      return drafts
    }
  }

  /// Cuts some pairs in parallel, then numbers their types in order, and so on: what is cut takes
  /// five times the space of what is kept.
  private mutating func append(
    count: Int, _ cut: @Sendable (Range<Int>) -> (source: WordDraft, target: WordDraft)?
  ) {
    for first in stride(from: 0, to: count, by: Self.pairsAtOnce) {
      let pairs = min(Self.pairsAtOnce, count - first)
      let parts = (pairs + Self.pairsOfPart - 1) / Self.pairsOfPart
      let drafts = PartialResults<(source: WordDraft, target: WordDraft)>(count: parts)
      concurrently(parts) { part in
        let start = part * Self.pairsOfPart
        drafts[part] = cut(first + start..<first + min(pairs, start + Self.pairsOfPart))
      }
      for part in 0..<parts {
        guard let draft = drafts[part] else { continue }
        source.append(draft.source)
        target.append(draft.target)
      }
    }
  }

  /// Enough that a thread's start is not felt.
  private static let pairsOfPart = 256
  /// What is cut of so many takes some 30 MB of memory.
  private static let pairsAtOnce = 16 * pairsOfPart
}

extension WordCorpus.Side {
  mutating func append(_ draft: WordDraft) {
    for word in draft.words {
      types.append(
        vocabulary.type(
          of: word.key, units: draft.units[word.units], spelling: draft.spellings[word.spelling],
          stem: word.stem))
      ranges.append(word.range)
    }
    let offset = starts[starts.count - 1]
    for end in draft.ends { starts.append(offset + end) }
  }
}
