internal import Bitext
internal import Segmentation

/// One side of a pair as the aligner sees it: its segments as numbers of token types.
struct AlignmentSide {
  /// The type of each token, all segments one after the other.
  private(set) var tokens: [UInt32] = []
  /// Where each segment starts in ``tokens``; one more for the end.
  private(set) var starts: [Int] = [0]
  /// The characters of each segment.
  private(set) var lengths: [Float] = []
  /// How often each type occurs.
  private(set) var occurrences: [UInt32] = []
  /// The translations that the lexicons give for each type, by hash.
  private(set) var translations: [[Lexicon.Translation]] = []
  /// The hash of each type: of a token, a number, or a word of several tokens.
  private(set) var hashes: [UInt64] = []
  /// Whether a type is a number, or a single token, or a word of several, which has no counterpart
  /// that is spelt the same.
  private(set) var kinds: [Kind] = []
  /// The Latin names of this side, by the hash of their letters.
  private(set) var names = NameIndex()

  enum Kind: UInt8 { case number, token, word }

  /// Tokens of a segment that are looked at: a segment that has more is no sentence, and would
  /// cost the square of its length.
  static let mostTokens = 1000
  /// A number may give several tokens and go over the limit.
  static let slack = 64

  private var types = KeyNumbers()

  var segmentCount: Int { starts.count - 1 }
  var typeCount: Int { hashes.count }

  /// - Parameters:
  ///   - text: the segmented document.
  ///   - lexicons: those whose keys are words of this side.
  ///   - names: Latin names of the other side that may be written in ideographs on this one.
  init(_ text: SegmentedText, lexicons: [Lexicon], names: NameIndex = NameIndex()) {
    let tokenizer = KeyTokenizer()
    let recognizer = NumberRecognizer()
    for segment in text.segments {
      let bytes = text.prose.utf8.span.extracting(segment.range)
      let tokens = tokenizer.tokens(of: bytes)
      let numbers = recognizer.numbers(in: bytes)
      add(tokens.span, bytes, numbers: numbers, lexicons: lexicons, names: names)
      lengths.append(LengthModel.length(of: bytes))
      starts.append(self.tokens.count)
    }
  }

  func range(of segment: Int) -> Range<Int> { starts[segment]..<starts[segment + 1] }

  /// One over the number of tokens of each segment, one more being taken for granted: what a
  /// segment of one word says is hardly known.
  var scales: [Float] { (0..<segmentCount).map { 1 / (Float(range(of: $0).count) + 1) } }

  /// The sum of what the types of each segment's tokens are worth.
  func sums(_ values: [Float]) -> [Float] {
    (0..<segmentCount).map { segment in
      range(of: segment).reduce(0) { $0 + values[Int(tokens[$1])] }
    }
  }

  /// For each token how many of its type come before it in its segment, and whether it is the last;
  /// no more than `most` of one type are told apart.
  func repeats(most: Int) -> [Repeat] {
    var result = [Repeat](repeating: Repeat(), count: tokens.count)
    var last = [Int](repeating: -1, count: typeCount)
    for segment in 0..<segmentCount {
      let range = range(of: segment)
      for index in range {
        let type = Int(tokens[index])
        let before = last[type]
        last[type] = index
        guard before >= range.lowerBound else { continue }
        let ordinal = min(Int(result[before].ordinal) + 1, most)
        result[index].ordinal = UInt8(ordinal)
        // Those beyond the limit are passed over: the last one before it is the last.
        if ordinal < most { result[before].isLast = false }
      }
    }
    return result
  }

  /// The place of a token among those of its type in its segment.
  struct Repeat {
    var ordinal: UInt8 = 0
    var isLast = true
  }

  /// The type with a hash, if the side has it.
  func type(withHash hash: UInt64) -> UInt32? {
    types[hash].map { UInt32(truncatingIfNeeded: $0) }
  }

  private mutating func add(
    _ tokens: Span<KeyToken>, _ utf8: Span<UInt8>, numbers: [RecognizedNumber],
    lexicons: [Lexicon], names: NameIndex
  ) {
    let limit = self.tokens.count + Self.mostTokens
    var index = 0
    var nextNumber = 0
    while index < tokens.count, self.tokens.count < limit {
      let start = Int(tokens[index].start)
      while nextNumber < numbers.count, numbers[nextNumber].alignedRange.upperBound <= start {
        nextNumber += 1
      }
      var number: RecognizedNumber?
      if nextNumber < numbers.count, numbers[nextNumber].alignedRange.contains(start) {
        number = numbers[nextNumber]
      }
      if let number, !number.isSmallWord, !number.alignmentHashes.isEmpty {
        for hash in number.alignmentHashes { addToken(hash: hash, .number) }
        while index < tokens.count, Int(tokens[index].start) < number.alignedRange.upperBound {
          index += 1
        }
        continue
      }
      index += addWord(tokens, utf8, at: index, number, lexicons, names)
    }
  }

  /// Adds the longest word that a lexicon has, or a name in ideographs, else one token, and returns
  /// its length in tokens.
  private mutating func addWord(
    _ tokens: Span<KeyToken>, _ utf8: Span<UInt8>, at index: Int, _ number: RecognizedNumber?,
    _ lexicons: [Lexicon], _ names: NameIndex
  ) -> Int {
    var length = 0
    for lexicon in lexicons {
      if let match = lexicon.longestMatch(tokens, at: index) { length = max(length, match.length) }
    }
    if tokens[index].kind == .han,
      let name = names.longestReading(tokens, utf8, at: index, minimum: length)
    {
      length = name.length
    }
    let span = max(1, length)
    var hash = tokens[index].hash
    if let number, let value = number.alignmentHashes.first {
      let count = tokens.count(from: index, before: number.alignedRange.upperBound)
      if count >= length {
        // A small number in words is a number as well as a word: 三, 3 and "three" are the same.
        addToken(hash: value, .token) {
          Self.translations(tokens, utf8, at: index, length, lexicons, names)
        }
        return count
      }
    }
    if span > 1 {
      for offset in 1..<span {
        hash = (hash ^ tokens[index + offset].hash) &* 0x9FB2_1C65_1E98_DF25
      }
    } else if tokens[index].script == .latin {
      self.names.note(tokens[index], utf8, isFirst: index == 0)
    }
    addToken(hash: hash, span > 1 ? .word : .token) {
      Self.translations(tokens, utf8, at: index, length, lexicons, names)
    }
    return span
  }

  /// What lexicons and names say about a word of `length` tokens.
  private static func translations(
    _ tokens: Span<KeyToken>, _ utf8: Span<UInt8>, at index: Int, _ length: Int,
    _ lexicons: [Lexicon], _ names: NameIndex
  ) -> [Lexicon.Translation] {
    var translations: [Lexicon.Translation] = []
    for lexicon in lexicons {
      guard let match = lexicon.longestMatch(tokens, at: index), match.length == length else {
        continue
      }
      translations += match.translations
    }
    if tokens[index].kind == .han,
      let name = names.longestReading(tokens, utf8, at: index, minimum: length),
      name.length == length
    {
      translations.append(name.translation)
    }
    return translations
  }

  /// Adds a token; what it may translate is asked for when its type is new.
  private mutating func addToken(
    hash: UInt64, _ kind: Kind, translations new: () -> [Lexicon.Translation] = { [] }
  ) {
    let type = types.number(of: hash)
    if type == hashes.count {
      hashes.append(hash)
      kinds.append(kind)
      translations.append(new())
      occurrences.append(0)
    }
    tokens.append(UInt32(truncatingIfNeeded: type))
    occurrences[type] += 1
  }
}

extension Span<KeyToken> {
  /// How many tokens from one on start before a byte.
  fileprivate func count(from index: Int, before end: Int) -> Int {
    var next = index
    while next < count, Int(self[next].start) < end { next += 1 }
    return next - index
  }
}

extension RecognizedNumber {
  /// The bytes that count as numbers and not as words: units and currencies are left to the
  /// lexicon, and so are names.
  fileprivate var alignedRange: Range<Int> {
    if kind == .name { return range.lowerBound..<range.lowerBound }
    return unit?.dimension == .share ? range : numeral
  }

  /// What can be found again on the other side, equal for equal values and unlike any token's: the
  /// value, both of a range, and each part of a date, for one side may leave the year away.
  var alignmentHashes: [UInt64] {
    var hashes: [UInt64] = []
    for end in ends {
      if let date = end.date {
        if let year = date.year { hashes.append(Self.hash(Double(year), 1)) }
        if let month = date.month { hashes.append(Self.hash(Double(month), 2)) }
        for part in [date.day, date.hour, date.minute] {
          if let part { hashes.append(Self.hash(Double(part), 1)) }
        }
        if let quarter = date.quarter { hashes.append(Self.hash(Double(quarter), 3)) }
        if let half = date.half { hashes.append(Self.hash(Double(half), 4)) }
        if let weekday = date.weekday { hashes.append(Self.hash(Double(weekday), 5)) }
      } else if let value = end.value {
        hashes.append(Self.hash(value.double, unit?.dimension == .share ? 6 : 1))
      }
    }
    return hashes
  }

  private static func hash(_ value: Double, _ kind: UInt64) -> UInt64 {
    (value.bitPattern ^ kind) &* 0xD6E8_FEB8_6659_FD93
  }
}
