public import Bitext
internal import CICU

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How likely the words of Chinese are in texts of the user's kind, learnt by counting.
///
/// The cost of a word is the negative logarithm of its probability. The probability mixes the
/// counts with ICU's dictionary (MacKay and Peto 1995), which weighs as much as a text of
/// ``priorWeight`` words: with few counts the words are cut as ICU cuts them, with many as the
/// counts say. A word that was counted need not stand in the dictionary.
public struct WordCosts: Sendable {
  private struct Entry: Sendable {
    var word: [UInt8]
    var count: Int
  }

  /// By the word's key.
  private var entries: [UInt64: Entry] = [:]

  /// How many words were counted: of ideographs or kana alone, since rules cut all others.
  public private(set) var total = 0

  /// The words of text that ICU's dictionary counts for. On half of a hand-cut corpus of 12,000 words
  /// less gains more where the other half was counted, and loses more where texts of another kind
  /// were (docs/design/segmentation.md).
  public static let priorWeight = 3_000.0

  public init() {}

  /// Counts the words of texts as ``WordSegmenter`` cuts them with the terms and no costs.
  ///
  /// - Parameters:
  ///   - texts: in the language.
  ///   - language: of the texts and the terms.
  ///   - terms: that are one word each wherever they stand.
  /// - Throws: `Trouble` when ICU's data lacks the rules.
  public init(
    counting texts: some Sequence<String>, language: LanguageTag,
    terms: some Sequence<String> = EmptyCollection<String>()
  ) throws(Trouble) {
    let segmenter = try WordSegmenter(language: language, terms: terms)
    for text in texts {
      let utf8 = Array(text.utf8)
      segmenter.forEachStretch(in: utf8.span) { stretch, isWord in
        if isWord { count(utf8.span.extracting(stretch), times: 1) }
      }
    }
  }

  /// Counts a word some times more; one that is not of ideographs or kana alone is left out.
  public mutating func count(_ word: String, times: Int = 1) {
    let utf8 = Array(word.utf8)
    count(utf8.span, times: times)
  }

  private mutating func count(_ word: Span<UInt8>, times: Int) {
    var key: UInt64 = 0
    var index = 0
    while index < word.count {
      let (scalar, length) = word.scalar(at: index)
      guard scalar.isDictionaryScalar else { return }
      key = concord_icu_word_key(key, scalar)
      index += length
    }
    guard key != 0, times > 0 else { return }
    total += times
    if let place = entries.index(forKey: key) {
      entries.values[place].count += times
    } else {
      entries[key] = Entry(word: (0..<word.count).map { word[$0] }, count: times)
    }
  }

  /// The words as the engine wants them: each with its cost, and all beginnings of words.
  ///
  /// - Parameter known: ICU's cost of a word in tenths of a natural logarithm; `nil` for a word that
  ///   is not in the dictionary.
  /// - Returns: the table, and what a word costs more than ICU says when it was not counted.
  func table(known: ([UInt8]) -> Int?) -> (words: KeyTable, unlearnt: UInt32) {
    var costs: [UInt64: UInt32] = [:]
    for (key, entry) in entries {
      let prior = known(entry.word).map { exp(-Double($0) / Self.partsOfNat) } ?? 0
      let share =
        (Double(entry.count) + Self.priorWeight * prior) / (Double(total) + Self.priorWeight)
      costs[key] = Self.cost(share)
      var beginning: UInt64 = 0
      var index = 0
      while index < entry.word.count {
        let (scalar, length) = entry.word.span.scalar(at: index)
        beginning = concord_icu_word_key(beginning, scalar)
        if costs[beginning] == nil { costs[beginning] = KeyTable.beginning }
        index += length
      }
    }
    let unlearnt = Self.cost(Self.priorWeight / (Double(total) + Self.priorWeight))
    return (KeyTable(costs), unlearnt)
  }

  /// What ICU's dictionary counts in: 的 costs 31, as e^-3.1 is its share of the words.
  private static let partsOfNat = 10.0

  private static func cost(_ share: Double) -> UInt32 {
    UInt32((-log(share) * partsOfNat * Double(CONCORD_ICU_COST_PARTS)).rounded())
  }
}

extension UInt32 {
  /// Ideographs and kana: what ICU's dictionary cuts.
  var isDictionaryScalar: Bool {
    isHanScalar || 0x3041...0x3096 ~= self || 0x30A1...0x30FA ~= self || self == 0x30FC
      || 0x31F0...0x31FF ~= self || 0xFF66...0xFF9F ~= self
  }
}
