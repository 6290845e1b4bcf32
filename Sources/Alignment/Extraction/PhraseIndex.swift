internal import Bitext
internal import Segmentation

/// The phrases of one side of a bitext that may be terms, with the beads that hold them.
struct PhraseIndex {
  struct Phrase {
    /// As it stands where it was seen first.
    var text: String
    var tokenCount: Int
    /// The beads that hold the phrase, each once, ascending.
    var beads: [UInt32]
    /// Whether the phrase is mostly written like a name.
    var isName: Bool
  }

  private(set) var phrases: [Phrase] = []
  /// For each bead the phrases in it.
  private(set) var phrasesOfBead: [[UInt32]]
  private var idOfKey: [UInt64: Int] = [:]
  /// How often each phrase occurs.
  private var occurrences: [Int] = []
  /// How often each phrase is written like a name.
  private var namings: [Int] = []
  /// How often a phrase occurs as a part of one that is a little longer.
  private var parts: [Nesting: Int] = [:]

  private struct Nesting: Hashable {
    var part: UInt32
    var whole: UInt32
  }

  /// Words of a phrase at the most: "Chongqing Municipal Commission of Housing and Urban-Rural
  /// Development" has nine.
  private static let longestLatin = 9
  /// Ideographs of a phrase at the most.
  private static let longestHan = 14
  /// A phrase in fewer beads than this says nothing.
  private static let leastBeads = 2
  /// A phrase that occurs so often within one and the same longer phrase is a part of that term
  /// and none of its own: the nesting of C-value (Frantzi, Ananiadou and Mima 2000).
  private static let nestedShare = 0.8

  init(_ texts: [String], language: LanguageTag) throws(Trouble) {
    phrasesOfBead = Array(repeating: [], count: texts.count)
    let words = try WordSegmenter(language: language)
    let tokenizer = KeyTokenizer()
    for (bead, text) in texts.enumerated() {
      let utf8 = Array(text.utf8)
      let tokens = tokenizer.tokens(of: utf8.span)
      let scan = PhraseScan(
        utf8, tokens, words: words.words(in: utf8.span), isChinese: language.isChinese)
      var found: [Range<Int>: UInt32] = [:]
      scan.forEachPhrase(maximum: language.isChinese ? Self.longestHan : Self.longestLatin) {
        found[$0] = UInt32(add($0, key: $1, isName: $2, utf8, tokens, bead: bead))
      }
      countNesting(found)
    }
    prune()
  }

  /// How much of the text a phrase covers.
  func weight(_ phrase: Int) -> Int { phrases[phrase].tokenCount }

  /// How many beads hold a phrase; 0 for one that is not in the index.
  func beadCount(of text: String) -> Int {
    let tokens = KeyTokenizer().tokens(of: text)
    let key = PhraseScan.key(tokens[...])
    return idOfKey[key].map { phrases[$0].beads.count } ?? 0
  }

  private mutating func add(
    _ range: Range<Int>, key: UInt64, isName: Bool, _ utf8: [UInt8], _ tokens: [KeyToken], bead: Int
  ) -> Int {
    let id: Int
    if let known = idOfKey[key] {
      id = known
    } else {
      id = phrases.count
      idOfKey[key] = id
      let start = Int(tokens[range.lowerBound].start)
      let text = String(
        decoding: utf8[start..<Int(tokens[range.upperBound - 1].end)], as: UTF8.self)
      phrases.append(Phrase(text: text, tokenCount: range.count, beads: [], isName: false))
      occurrences.append(0)
      namings.append(0)
    }
    occurrences[id] += 1
    if isName { namings[id] += 1 }
    if phrases[id].beads.last != UInt32(bead) { phrases[id].beads.append(UInt32(bead)) }
    return id
  }

  private mutating func countNesting(_ found: [Range<Int>: UInt32]) {
    for (range, id) in found {
      for extra in 1...3 {
        for whole in [
          range.lowerBound - extra..<range.upperBound, range.lowerBound..<range.upperBound + extra,
        ] {
          if let other = found[whole] { parts[Nesting(part: id, whole: other), default: 0] += 1 }
        }
      }
    }
  }

  /// Leaves out what is too rare, and parts of longer phrases.
  private mutating func prune() {
    var isPart = [Bool](repeating: false, count: phrases.count)
    for (nesting, count) in parts {
      let id = Int(nesting.part)
      if Double(count) >= Self.nestedShare * Double(occurrences[id]) { isPart[id] = true }
    }
    parts = [:]
    var kept: [Phrase] = []
    var newID: [Int: Int] = [:]
    for (id, phrase) in phrases.enumerated()
    where phrase.beads.count >= Self.leastBeads && !isPart[id] {
      newID[id] = kept.count
      kept.append(phrase)
      // A common word may start a sentence or stand in a name here and there.
      kept[kept.count - 1].isName = namings[id] * 2 > occurrences[id]
    }
    phrases = kept
    idOfKey = idOfKey.compactMapValues { newID[$0] }
    for (id, phrase) in phrases.enumerated() {
      for bead in phrase.beads { phrasesOfBead[Int(bead)].append(UInt32(id)) }
    }
  }
}

/// Walks over the phrases of one text.
struct PhraseScan {
  private let utf8: [UInt8]
  private let tokens: [KeyToken]
  private let isChinese: Bool
  /// Whether a word may start, and end, at each token: between ideographs ICU's dictionary says.
  private var startsWord: [Bool]
  private var endsWord: [Bool]

  init(_ utf8: [UInt8], _ tokens: [KeyToken], words: [Range<Int>], isChinese: Bool) {
    self.utf8 = utf8
    self.tokens = tokens
    self.isChinese = isChinese
    let starts = Set(words.map(\.lowerBound))
    let ends = Set(words.map(\.upperBound))
    startsWord = tokens.map { $0.kind != .han || starts.contains(Int($0.start)) }
    endsWord = tokens.map { $0.kind != .han || ends.contains(Int($0.end)) }
  }

  func forEachPhrase(
    maximum: Int, _ body: (_ tokens: Range<Int>, _ key: UInt64, _ isName: Bool) -> Void
  ) {
    for start in tokens.indices where startsWord[start] && mayStart(start) {
      var hash = Self.seed
      for end in start..<min(tokens.count, start + maximum) {
        guard continues(from: start, to: end) else { break }
        hash = Self.extend(hash, tokens[end].hash)
        guard endsWord[end], mayEnd(end), isLongEnough(start...end) else { continue }
        body(start..<end + 1, hash, isName(start...end))
      }
    }
  }

  static func key(_ tokens: ArraySlice<KeyToken>) -> UInt64 {
    tokens.reduce(seed) { extend($0, $1.hash) }
  }

  private static let seed: UInt64 = 0x51_7CC1_B727_2202
  private static func extend(_ hash: UInt64, _ token: UInt64) -> UInt64 {
    let mixed = (hash ^ token) &* 0x9FB2_1C65_1E98_DF25
    return mixed ^ mixed >> 29
  }

  /// Phrases do not cross marks, but for brackets inside a name: 西部（重庆）科学城.
  private func continues(from start: Int, to end: Int) -> Bool {
    let token = tokens[end]
    if token.kind != .punctuation { return true }
    let mark = utf8.span.scalar(at: Int(token.start)).value.narrowed
    guard end > start, mark == 0x28 || mark == 0x29 else { return false }
    if mark == 0x28 { return true }
    return tokens[start..<end].contains {
      $0.kind == .punctuation && utf8.span.scalar(at: Int($0.start)).value.narrowed == 0x28
    }
  }

  private func mayStart(_ index: Int) -> Bool { isContent(index) && tokens[index].kind != .number }

  private func mayEnd(_ index: Int) -> Bool {
    guard isContent(index) else { return false }
    // An open bracket would be cut in two.
    return true
  }

  private func isContent(_ index: Int) -> Bool {
    let token = tokens[index]
    switch token.kind {
    case .punctuation: return false
    case .word: return !FunctionWords.english.contains(token.hash)
    case .number: return true
    case .han: return !PhraseScan.chineseEdges.contains(token.hash)
    }
  }

  /// One ideograph alone is too little, and so is one English letter.
  private func isLongEnough(_ range: ClosedRange<Int>) -> Bool {
    let isBalanced = tokens[range].count(where: isBracket) % 2 == 0
    guard isBalanced else { return false }
    if range.count > 1 { return true }
    let token = tokens[range.lowerBound]
    return token.kind == .word && token.end - token.start > 2
  }

  private func isBracket(_ token: KeyToken) -> Bool {
    guard token.kind == .punctuation else { return false }
    let mark = utf8.span.scalar(at: Int(token.start)).value.narrowed
    return mark == 0x28 || mark == 0x29
  }

  private func isName(_ range: ClosedRange<Int>) -> Bool {
    range.allSatisfy { index in
      let byte = utf8[Int(tokens[index].start)]
      return byte.isASCIIUppercase || tokens[index].kind != .word
        || FunctionWords.english.contains(tokens[index].hash)
    }
  }

  /// Characters that neither start nor end a term: particles, prepositions, pronouns, adverbs.
  private static let chineseEdges: Set<UInt64> = {
    let characters =
      "的了在是和与及或等为将把被对从到以于也都就还又而且但并其该此这那我你他她它们"
      + "很更最已曾正不没有着过吗呢吧啊之所让使由向给比按每各某即若如因"
    return Set(KeyTokenizer().tokens(of: characters).map(\.hash))
  }()
}
