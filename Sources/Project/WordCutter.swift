public import Bitext
internal import Segmentation

/// Cuts documents into words: terms of a termbase stay whole, and costs learnt from sample texts
/// decide where Chinese is ambiguous.
public struct WordCutter {
  private let termbase: Termbase
  private let includesProposed: Bool
  private var samples: [LanguageTag: [String]] = [:]
  private var costs: [LanguageTag: WordCosts] = [:]

  /// - Parameters:
  ///   - termbase: whose terms are never cut, of whatever status.
  ///   - includesProposed: whether those count that wait for review.
  public init(termbase: Termbase, includesProposed: Bool) {
    self.termbase = termbase
    self.includesProposed = includesProposed
  }

  /// Adds a sample text for the documents in its language that follow.
  public mutating func learn(from sample: SegmentedText) {
    samples[sample.language, default: []] += sample.segments.map { sample.prose.text($0.range) }
    costs[sample.language] = nil
  }

  /// The words of a document, in bytes of its prose; none reaches over the end of a sentence.
  ///
  /// - Throws: `Trouble` when ICU's data lacks the language.
  public mutating func words(of text: SegmentedText) throws(Trouble) -> [Range<Int>] {
    let terms = terms(in: text.language)
    if costs[text.language] == nil, let samples = samples[text.language] {
      costs[text.language] = try WordCosts(
        counting: samples, language: text.language, terms: terms)
    }
    let segmenter = try WordSegmenter(
      language: text.language, terms: terms, costs: costs[text.language])
    var words: [Range<Int>] = []
    for segment in text.segments {
      let start = segment.range.lowerBound
      for word in segmenter.words(in: text.prose.utf8.span.extracting(segment.range)) {
        words.append(start + word.lowerBound..<start + word.upperBound)
      }
    }
    return words
  }

  private func terms(in language: LanguageTag) -> [String] {
    termbase.concepts.flatMap(\.terms).filter {
      (includesProposed || $0.status != .proposed)
        && LanguageMatching.match($0.language, language)
    }.map(\.text)
  }
}
