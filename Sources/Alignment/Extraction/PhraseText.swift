internal import Bitext
internal import Segmentation

/// One side of a bead as the extractor reads it: its words, with what each may do in a term.
struct PhraseText {
  /// What a word says about terms that begin, end or go on with it.
  struct Traits: OptionSet, BitwiseCopyable {
    let rawValue: UInt16
    /// Neither begins nor ends a term: articles, prepositions, 的, 及.
    static let function = Traits(rawValue: 1 << 0)
    /// Stands in no term at all: pronouns, auxiliaries, conjunctions between clauses.
    static let breaks = Traits(rawValue: 1 << 1)
    /// A mark of punctuation.
    static let mark = Traits(rawValue: 1 << 2)
    static let opens = Traits(rawValue: 1 << 3)
    static let closes = Traits(rawValue: 1 << 4)
    /// A hyphen between two words that belong together.
    static let hyphen = Traits(rawValue: 1 << 5)
    /// Starts with a capital.
    static let capital = Traits(rawValue: 1 << 6)
    /// All capitals, two at the least.
    static let acronym = Traits(rawValue: 1 << 7)
    static let number = Traits(rawValue: 1 << 8)
    static let han = Traits(rawValue: 1 << 9)
    /// Begins a sentence, where a capital says nothing.
    static let leads = Traits(rawValue: 1 << 10)
    static let opensQuote = Traits(rawValue: 1 << 11)
    static let closesQuote = Traits(rawValue: 1 << 12)
  }

  struct Word: BitwiseCopyable {
    var start: UInt32
    var end: UInt32
    /// Where a term ends that has the word last: before a possessive.
    var termEnd: UInt32
    /// The key tokens of the word, in ``tokens``.
    var firstToken: UInt32
    var tokenEnd: UInt32
    var traits: Traits
  }

  let utf8: [UInt8]
  /// The hashes of the key tokens.
  private(set) var tokens: [UInt64] = []
  private(set) var words: [Word] = []

  /// - Parameters:
  ///   - text: the side.
  ///   - ranges: its words and marks in order, in bytes.
  ///   - vocabulary: what the words of the language may do.
  init(_ text: String, words ranges: some Sequence<Range<UInt32>>, vocabulary: TermVocabulary) {
    utf8 = Array(text.utf8)
    let keys = KeyTokenizer().tokens(of: utf8.span)
    tokens = keys.map(\.hash)
    words.reserveCapacity(keys.count)
    var next = 0
    for range in ranges {
      while next < keys.count, keys[next].start < range.lowerBound { next += 1 }
      let first = next
      while next < keys.count, keys[next].start < range.upperBound { next += 1 }
      words.append(word(range, keys[first..<next], first, vocabulary))
    }
    markHyphens()
    markLeads()
  }

  private func word(
    _ range: Range<UInt32>, _ keys: ArraySlice<KeyToken>, _ first: Int, _ vocabulary: TermVocabulary
  ) -> Word {
    var word = Word(
      start: range.lowerBound, end: range.upperBound, termEnd: range.upperBound,
      firstToken: UInt32(first), tokenEnd: UInt32(first + keys.count), traits: [])
    guard let key = keys.first, key.kind != .punctuation else {
      word.traits = markTraits(range)
      return word
    }
    switch key.kind {
    case .number: word.traits = keys.count == 1 ? .number : []
    case .han: word.traits = .han
    default: word.traits = caseTraits(key.letterCase)
    }
    word.termEnd -= UInt32(utf8[Int(range.lowerBound)..<Int(range.upperBound)].possessiveLength)
    word.traits.formUnion(vocabulary.traits(of: keys, isAcronym: word.traits.contains(.acronym)))
    return word
  }

  private func caseTraits(_ letterCase: LetterCase) -> Traits {
    switch letterCase {
    case .capitalized, .mixed: .capital
    case .upper: [.capital, .acronym]
    case .lower, .none: []
    }
  }

  private func markTraits(_ range: Range<UInt32>) -> Traits {
    let scalar = utf8.span.scalar(at: Int(range.lowerBound)).value
    switch scalar {
    case 0x201C, 0x2018, 0x300A, 0x3008, 0x300C, 0x300E, 0xAB: return [.mark, .opensQuote]
    case 0x201D, 0x2019, 0x300B, 0x3009, 0x300D, 0x300F, 0xBB: return [.mark, .closesQuote]
    case 0x22: return [.mark, .opensQuote, .closesQuote]
    default: break
    }
    switch scalar.narrowed {
    case 0x28: return [.mark, .opens]
    case 0x29: return [.mark, .closes]
    case 0x2D: return .hyphen
    default: return .mark
    }
  }

  /// A hyphen with a space beside it is a dash.
  private mutating func markHyphens() {
    for index in words.indices where words[index].traits.contains(.hyphen) {
      let joins =
        index > 0 && index + 1 < words.count && words[index - 1].end == words[index].start
        && words[index + 1].start == words[index].end
        && words[index - 1].traits.isDisjoint(with: [.mark, .hyphen])
        && words[index + 1].traits.isDisjoint(with: [.mark, .hyphen])
      guard joins else {
        words[index].traits = .mark
        continue
      }
      // The parts of a compound are no function words: "on-site", "over-the-counter".
      for part in [index - 1, index + 1] { words[part].traits.subtract([.function, .breaks]) }
    }
  }

  private mutating func markLeads() {
    var leads = true
    for index in words.indices {
      if words[index].traits.contains(.mark) {
        // A comma, a bracket or an opening quote in a sentence begins none.
        if words[index].traits == .mark, !isComma(words[index]) { leads = true }
        continue
      }
      if leads { words[index].traits.insert(.leads) }
      leads = false
    }
  }

  private func isComma(_ word: Word) -> Bool {
    let mark = utf8.span.scalar(at: Int(word.start)).value.narrowed
    return mark == 0x2C || mark == 0x2F
  }
}

extension PhraseText {
  /// The bytes of the term that some words make.
  func range(_ words: Range<Int>) -> Range<Int> {
    Int(self.words[words.lowerBound].start)..<Int(self.words[words.upperBound - 1].termEnd)
  }

  func text(_ words: Range<Int>) -> String { String(decoding: utf8[range(words)], as: UTF8.self) }

  /// The key of the phrase that some words make.
  func key(_ words: Range<Int>) -> UInt64 {
    let first = Int(self.words[words.lowerBound].firstToken)
    let end = Int(self.words[words.upperBound - 1].tokenEnd)
    return PhraseKey.of(tokens[first..<end])
  }
}

/// The number that stands for a phrase: the same for two spellings with one match key.
enum PhraseKey {
  static let start: UInt64 = 0x51_7CC1_B727_2202

  @inline(__always)
  static func extend(_ key: UInt64, by token: UInt64) -> UInt64 {
    let mixed = (key ^ token) &* 0x9FB2_1C65_1E98_DF25
    // 0 marks a free slot in tables.
    return max(1, mixed ^ mixed >> 29)
  }

  static func of(_ tokens: some Sequence<UInt64>) -> UInt64 { tokens.reduce(start, extend) }

  /// The key of a term by itself.
  static func of(_ text: String) -> UInt64 { of(KeyTokenizer().tokens(of: text).map(\.hash)) }
}

extension ArraySlice<UInt8> {
  /// How many bytes a possessive takes at the end: 's or ’s.
  fileprivate var possessiveLength: Int {
    if count > 2, self[endIndex - 1] | 0x20 == 0x73 {
      if self[endIndex - 2] == 0x27 { return 2 }
      if count > 4, self[(endIndex - 4)..<(endIndex - 1)].elementsEqual([0xE2, 0x80, 0x99]) {
        return 4
      }
    }
    return 0
  }
}
