public import Bitext
internal import Segmentation

/// Pairs of texts that translate each other, cut into words: what a word aligner learns from and
/// what it links.
///
/// Flat arrays: a pair takes 12 bytes a word and nothing else.
public struct WordCorpus: Sendable {
  /// The words of one side, all pairs one after the other.
  struct Side: Sendable {
    var vocabulary = WordVocabulary()
    var types: [UInt32] = []
    /// The bytes of each word in the text of its pair.
    var ranges: [Range<UInt32>] = []
    var starts: [Int] = [0]

    func tokens(of pair: Int) -> Range<Int> { starts[pair]..<starts[pair + 1] }
  }

  public let sourceLanguage: LanguageTag
  public let targetLanguage: LanguageTag
  var source = Side()
  var target = Side()

  public init(source: LanguageTag, target: LanguageTag) {
    sourceLanguage = source
    targetLanguage = target
  }

  /// How many pairs there are.
  public var count: Int { source.starts.count - 1 }

  /// The bytes of each word of a pair's source text, in order.
  public func sourceWords(of pair: Int) -> ArraySlice<Range<UInt32>> {
    source.ranges[source.tokens(of: pair)]
  }

  /// The bytes of each word of a pair's target text, in order.
  public func targetWords(of pair: Int) -> ArraySlice<Range<UInt32>> {
    target.ranges[target.tokens(of: pair)]
  }

  /// Adds pairs, cut into words by the languages' own rules; marks of punctuation are words too.
  ///
  /// - Parameter pairs: the texts.
  /// - Throws: `Trouble` when ICU's data lacks a language.
  public mutating func append(_ pairs: [(source: String, target: String)]) throws(Trouble) {
    let left = try WordSegmenter(language: sourceLanguage)
    let right = try WordSegmenter(language: targetLanguage)
    for pair in pairs {
      source.append(Array(pair.source.utf8)) { left.stretches(in: $0) }
      target.append(Array(pair.target.utf8)) { right.stretches(in: $0) }
    }
  }

  /// Adds a pair that was cut into words before.
  ///
  /// - Parameters:
  ///   - source: the text, its words parted by spaces.
  ///   - target: its translation, likewise.
  public mutating func appendTokenized(source: String, target: String) {
    self.source.append(Array(source.utf8)) { $0.spaced() }
    self.target.append(Array(target.utf8)) { $0.spaced() }
  }
}

extension WordCorpus.Side {
  fileprivate mutating func append(_ text: [UInt8], words: (Span<UInt8>) -> [Range<Int>]) {
    let tokens = KeyTokenizer().tokens(of: text.span)
    var next = 0
    for word in words(text.span) {
      while next < tokens.count, tokens[next].range.lowerBound < word.lowerBound { next += 1 }
      let first = next
      while next < tokens.count, tokens[next].range.lowerBound < word.upperBound { next += 1 }
      let units = tokens[first..<next].map(\.hash)
      let key = units.isEmpty ? Self.hash(text[word]) : Self.hash(units)
      types.append(vocabulary.type(of: key, units: units[...], spelling: text[word]))
      ranges.append(UInt32(word.lowerBound)..<UInt32(word.upperBound))
    }
    starts.append(types.count)
  }

  private static func hash(_ units: [UInt64]) -> UInt64 {
    units.reduce(0x9E37_79B9_7F4A_7C15) { ($0 ^ $1) &* 0x9FB2_1C65_1E98_DF25 }
  }

  /// For what the key folds away, such as quotes: FNV-1a of the bytes.
  private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

extension WordSegmenter {
  /// The words and marks of a text, without white space.
  fileprivate func stretches(in utf8: Span<UInt8>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    forEachStretch(in: utf8) { stretch, isWord in
      if isWord || utf8.extracting(stretch).hasInk { words.append(stretch) }
    }
    return words
  }
}

extension Span<UInt8> {
  /// The stretches between spaces.
  fileprivate func spaced() -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start = 0
    for index in 0...count where index == count || self[index] == 0x20 || self[index] == 0x09 {
      if start < index { words.append(start..<index) }
      start = index + 1
    }
    return words
  }

  /// Whether there is anything but white space.
  fileprivate var hasInk: Bool {
    var index = 0
    while index < count {
      let scalar = self.scalar(at: index)
      if !scalar.value.isWhitespaceScalar { return true }
      index += Swift.max(1, scalar.length)
    }
    return false
  }
}
