internal import Bitext

/// Finds the pairs of phrases that no word link contradicts: no word of either is linked to a word
/// outside the other (Och and Ney, *Computational Linguistics* 30, 2004).
struct ConsistentPairs {
  struct Pair: BitwiseCopyable {
    /// The numbers of the phrases.
    var source: UInt32
    var target: UInt32
    /// How fully the words of both are linked, as a share 0…1: the geometric mean of the two.
    var weight: Float
  }

  /// A phrase that begins or ends with a word that nothing is linked to may have a word too many.
  private static let looseEdge: Float = 0.7

  private let source: LinkedSide
  private let target: LinkedSide

  /// - Parameters:
  ///   - source: one side.
  ///   - target: the other.
  ///   - links: from words of one to words of the other. Links of function words and marks are
  ///     left out: they lead anywhere.
  ///   - ignored: words of each side that say another word's meaning once more, such as the
  ///     abbreviation behind a name.
  init(
    source: PhraseText, target: PhraseText, links: [WordLink], ignored: (Set<Int>, Set<Int>)
  ) {
    var left = LinkedSide(source)
    var right = LinkedSide(target)
    for link in links {
      let (from, to) = (Int(link.source), Int(link.target))
      guard left.isContent(from), right.isContent(to), !ignored.0.contains(from),
        !ignored.1.contains(to)
      else { continue }
      left.add(from, to)
      right.add(to, from)
    }
    self.source = left
    self.target = right
  }

  func forEach(_ left: [CandidatePhrase], _ right: [CandidatePhrase], _ body: (Pair) -> Void) {
    let starts = target.starts(of: right)
    for (number, phrase) in left.enumerated() {
      guard let core = source.partners(of: phrase.words), target.stay(core, in: phrase.words) else {
        continue
      }
      let share = source.linkedShare(phrase.words)
      var first = core.lowerBound
      while true {
        for other in starts[first]..<starts[first + 1] {
          let words = right[other].words
          guard words.upperBound >= core.upperBound,
            target.areFree(core.upperBound..<words.upperBound)
          else { continue }
          let isLoose = source.isLoose(phrase.words) || target.isLoose(words)
          let full = share * target.linkedShare(words) * (isLoose ? Self.looseEdge : 1)
          body(Pair(source: UInt32(number), target: UInt32(other), weight: full.squareRoot()))
        }
        guard first > 0, target.areFree(first - 1..<first) else { break }
        first -= 1
      }
    }
  }
}

/// The words of a side with the first and the last word that each is linked to.
private struct LinkedSide {
  private let text: PhraseText
  private var lowest: [Int32]
  private var highest: [Int32]

  init(_ text: PhraseText) {
    self.text = text
    lowest = [Int32](repeating: .max, count: text.words.count)
    highest = [Int32](repeating: -1, count: text.words.count)
  }

  func isContent(_ word: Int) -> Bool {
    text.words.indices.contains(word)
      && text.words[word].traits.isDisjoint(with: [.function, .breaks, .mark, .hyphen])
  }

  mutating func add(_ word: Int, _ other: Int) {
    lowest[word] = min(lowest[word], Int32(other))
    highest[word] = max(highest[word], Int32(other))
  }

  private func isFree(_ word: Int) -> Bool { highest[word] < 0 }

  func areFree(_ words: Range<Int>) -> Bool { words.allSatisfy(isFree) }

  /// From the first to the last word that some words are linked to; `nil` when there is none.
  func partners(of words: Range<Int>) -> Range<Int>? {
    var (low, high) = (Int32.max, Int32(-1))
    for word in words {
      low = min(low, lowest[word])
      high = max(high, highest[word])
    }
    return high < 0 ? nil : Int(low)..<Int(high) + 1
  }

  /// Whether the links of some words all lead into a range of the other side.
  func stay(_ words: Range<Int>, in range: Range<Int>) -> Bool {
    words.allSatisfy {
      isFree($0) || Int(lowest[$0]) >= range.lowerBound && Int(highest[$0]) < range.upperBound
    }
  }

  func isLoose(_ words: Range<Int>) -> Bool {
    isFree(words.lowerBound) || isFree(words.upperBound - 1)
  }

  /// The share of the content words that are linked.
  func linkedShare(_ words: Range<Int>) -> Float {
    var (content, linked) = (0, 0)
    for word in words where isContent(word) {
      content += 1
      if !isFree(word) { linked += 1 }
    }
    return content == 0 ? 0 : Float(linked) / Float(content)
  }

  /// For each word where the phrases begin that begin with it; one more for the end.
  func starts(of phrases: [CandidatePhrase]) -> [Int] {
    var starts = [Int](repeating: 0, count: text.words.count + 1)
    for phrase in phrases { starts[Int(phrase.first) + 1] += 1 }
    for index in 1..<max(1, starts.count) { starts[index] += starts[index - 1] }
    return starts
  }
}
