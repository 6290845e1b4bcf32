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
  /// How often each type occurs, and in how many segments.
  private(set) var occurrences: [Int] = []
  private(set) var segmentsWithType: [Int] = []
  /// The translations that the lexicons give for each type, by hash.
  private(set) var translations: [[Lexicon.Translation]] = []
  /// The hash of each type that is a single token or number; 0 for a word of several tokens.
  private(set) var hashes: [UInt64] = []

  private var typeOfHash: [UInt64: UInt32] = [:]
  private var lastSegmentOfType: [Int] = []

  var segmentCount: Int { starts.count - 1 }
  var typeCount: Int { hashes.count }

  /// - Parameters:
  ///   - text: the segmented document.
  ///   - lexicons: those whose keys are words of this side.
  init(_ text: SegmentedText, lexicons: [Lexicon]) {
    let tokenizer = KeyTokenizer()
    let recognizer = NumberRecognizer()
    for segment in text.segments {
      let bytes = text.prose.utf8.span.extracting(segment.range)
      let tokens = tokenizer.tokens(of: bytes)
      let numbers = recognizer.numbers(in: bytes)
      add(tokens.span, numbers: numbers, lexicons: lexicons)
      lengths.append(LengthModel.length(of: bytes))
      starts.append(self.tokens.count)
    }
  }

  func range(of segment: Int) -> Range<Int> { starts[segment]..<starts[segment + 1] }

  /// The type with a hash, if the side has it.
  func type(withHash hash: UInt64) -> UInt32? { typeOfHash[hash] }

  private mutating func add(
    _ tokens: Span<KeyToken>, numbers: [RecognizedNumber], lexicons: [Lexicon]
  ) {
    var index = 0
    var nextNumber = 0
    while index < tokens.count {
      let start = Int(tokens[index].start)
      while nextNumber < numbers.count, numbers[nextNumber].alignedRange.upperBound <= start {
        nextNumber += 1
      }
      if nextNumber < numbers.count, numbers[nextNumber].alignedRange.contains(start) {
        let number = numbers[nextNumber]
        for hash in number.alignmentHashes { addToken(hash: hash) }
        while index < tokens.count, Int(tokens[index].start) < number.alignedRange.upperBound {
          index += 1
        }
        continue
      }
      index += addWord(tokens, at: index, lexicons: lexicons)
    }
  }

  /// Adds the longest word that a lexicon has, else one token, and returns its length in tokens.
  private mutating func addWord(
    _ tokens: Span<KeyToken>, at index: Int, lexicons: [Lexicon]
  ) -> Int {
    var length = 0
    var translations: [Lexicon.Translation] = []
    for lexicon in lexicons {
      guard let match = lexicon.longestMatch(tokens, at: index), match.length >= length else {
        continue
      }
      translations = match.length > length ? [] : translations
      length = match.length
      translations += match.translations
    }
    var hash = tokens[index].hash
    if length > 1 {
      for offset in 1..<length {
        hash = (hash ^ tokens[index + offset].hash) &* 0x9FB2_1C65_1E98_DF25
      }
    }
    addToken(hash: hash, isSingle: length <= 1, translations: translations)
    return max(1, length)
  }

  private mutating func addToken(
    hash: UInt64, isSingle: Bool = true, translations new: [Lexicon.Translation] = []
  ) {
    let type: UInt32
    if let known = typeOfHash[hash] {
      type = known
    } else {
      type = UInt32(hashes.count)
      typeOfHash[hash] = type
      hashes.append(isSingle ? hash : 0)
      translations.append(new)
      occurrences.append(0)
      segmentsWithType.append(0)
      lastSegmentOfType.append(-1)
    }
    tokens.append(type)
    occurrences[Int(type)] += 1
    if lastSegmentOfType[Int(type)] != segmentCount {
      lastSegmentOfType[Int(type)] = segmentCount
      segmentsWithType[Int(type)] += 1
    }
  }
}

extension RecognizedNumber {
  /// The bytes that count as numbers and not as words: units and currencies are left to the
  /// lexicon, and so are names and small numbers in words.
  fileprivate var alignedRange: Range<Int> {
    if kind == .name || isSmallWord { return range.lowerBound..<range.lowerBound }
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
