internal import Alignment
public import Bitext
internal import Formats

/// A bitext with the links between the words of its beads.
public struct LinkedText: Sendable {
  public let text: ParallelText
  private let corpus: WordCorpus
  private let links: WordLinks
  /// The number of each bead among the pairs of the corpus, by its first segments.
  private let numbers: [Bead: Int]

  init(text: ParallelText, corpus: WordCorpus, links: WordLinks) {
    self.text = text
    self.corpus = corpus
    self.links = links
    numbers = Dictionary(
      text.beads.enumerated().map { ($0.element, $0.offset) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Two words that translate each other.
  public struct LinkedWords: Sendable, Hashable {
    public var source: String
    public var target: String
    /// The bytes of the source word in the source text of its bead.
    public var sourceRange: Range<Int>
    /// The bytes of the target word in the target text of its bead.
    public var targetRange: Range<Int>
    /// How sure the aligner is, as a share 0…1.
    public var share: Double
  }

  /// The linked words of a bead, by source word and then by target word.
  public func words(of bead: Bead) -> [LinkedWords] {
    guard let number = numbers[bead], !links[number].isEmpty else { return [] }
    let sides = (Array(text.sourceText(bead).utf8), Array(text.targetText(bead).utf8))
    let (left, right) = (corpus.sourceWords(of: number), corpus.targetWords(of: number))
    func range(_ words: ArraySlice<Range<UInt32>>, _ index: UInt32) -> Range<Int> {
      let range = words[words.startIndex + Int(index)]
      return Int(range.lowerBound)..<Int(range.upperBound)
    }
    return links[number].map { link in
      let ranges = (range(left, link.source), range(right, link.target))
      return LinkedWords(
        source: String(decoding: sides.0[ranges.0], as: UTF8.self),
        target: String(decoding: sides.1[ranges.1], as: UTF8.self), sourceRange: ranges.0,
        targetRange: ranges.1, share: Double(link.share))
    }
  }

  /// The links of a bead as the numbers of its words, `0-0 1-2`: the form of Pharaoh (Koehn 2004).
  public func pharaoh(of bead: Bead) -> String {
    guard let number = numbers[bead] else { return "" }
    return links[number].map { "\($0.source)-\($0.target)" }.joined(separator: " ")
  }

  /// The bead as `align` promises it, with its words:
  /// `"words":[{"source":[0,6],"target":[7,13],"score":0.93}]`, bytes of the two texts.
  public func json(of bead: Bead) -> String {
    bead.json(in: text) { writer in
      writer.key("words")
      writer.array(words(of: bead)) { writer, word in
        writer.object { writer in
          writer.key("source")
          writer.array([word.sourceRange.lowerBound, word.sourceRange.upperBound]) { $0.value($1) }
          writer.key("target")
          writer.array([word.targetRange.lowerBound, word.targetRange.upperBound]) { $0.value($1) }
          writer.member("score", share: word.share)
        }
      }
    }
  }
}
