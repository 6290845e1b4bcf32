internal import Bitext
internal import Segmentation

/// Builds compiled terms: takes one term after the other, and makes the block at the end.
struct TermTableBuilder: ~Copyable {
  /// A term, its case rule as far as its own form says it.
  struct Item {
    var concept: UInt32
    /// In ``spellings``.
    var spelling: UInt32
    var traits: TermTraits
  }

  /// The terms with one key.
  struct Group {
    var firstEntry: UInt32
    var lastEntry: UInt32
    /// In ``spellings``.
    var spelling: UInt32
    /// The next group with the same hash, which has another key, plus one.
    var next: UInt32 = 0
    /// Whether it is the next one of another group.
    var isNext = false
    var keepsPossessive = false
  }

  /// A term of a group, and the next entry of the group plus one.
  struct Entry {
    var term: UInt32
    var next: UInt32 = 0
  }

  private(set) var nodes: NodeTable
  private(set) var groups: [Group] = []
  private(set) var entries: [Entry] = []
  private(set) var items: [Item] = []
  private(set) var unmatchable: [Item] = []
  private(set) var languages: [LanguageTag]
  private(set) var spellings = SpellingList()
  private(set) var convention = CaseConvention()
  /// Of the terms, in tokens.
  private(set) var longest = 1
  private var scanner = KeyScanner()
  private var comparer = KeyComparer()

  /// - Parameters:
  ///   - language: of the texts, the first of the languages.
  ///   - expected: about how many terms there will be.
  init(_ language: LanguageTag, expected: Int) {
    languages = [language]
    nodes = NodeTable(expected: expected + expected / 2)
    groups.reserveCapacity(expected)
    entries.reserveCapacity(expected)
    items.reserveCapacity(expected)
  }

  /// The number under which a language is kept.
  mutating func number(of language: LanguageTag) -> Int {
    if let known = languages.firstIndex(where: { $0.description == language.description }) {
      return known
    }
    // Thousands of spellings of one language; the texts' own is as good.
    guard languages.count < TermTraits.mostLanguages else { return 0 }
    languages.append(language)
    return languages.count - 1
  }

  /// Takes a term.
  mutating func add(_ term: Term, language: Int, concept: Int) {
    var text = term.text
    text.withUTF8 { bytes in
      scan(bytes)
      let tokens = UnsafeBufferPointer(
        start: UnsafePointer(scanner.tokens.base), count: scanner.tokens.count)
      add(bytes, tokens, status: term.status, language: language, concept: concept)
    }
  }

  /// Takes a term under tokens of another text, for tests of hashes that are equal by chance.
  mutating func add(_ term: Term, language: Int, concept: Int, as tokens: [KeyToken]) {
    var text = term.text
    text.withUTF8 { bytes in
      tokens.withUnsafeBufferPointer {
        add(bytes, $0, status: term.status, language: language, concept: concept)
      }
    }
  }

  private mutating func add(
    _ bytes: UnsafeBufferPointer<UInt8>, _ tokens: UnsafeBufferPointer<KeyToken>,
    status: TermStatus, language: Int, concept: Int
  ) {
    let spelling = spellings.append(bytes)
    var item = Item(
      concept: UInt32(truncatingIfNeeded: concept), spelling: spelling,
      traits: TermTraits(language: language, status: status, rule: .any))
    guard tokens.contains(where: { $0.kind != .punctuation }) else {
      unmatchable.append(item)
      return
    }
    let isAvoided = status == .forbidden || status == .deprecated
    item.traits.rule = CaseRule(tokens, bytes, isAvoided: isAvoided)
    convention.note(tokens)
    let number = UInt32(truncatingIfNeeded: items.count)
    items.append(item)
    insert(tokens, number, spelling)
    if let number = bytes.otherNumber(tokens) { addAcronym(number, item: items.count - 1) }
  }

  /// Enters an acronym in its other number too: the stemmer knows neither AIs for a plural of AI nor
  /// SMEs for one of SME.
  private mutating func addAcronym(_ bytes: [UInt8], item: Int) {
    let term = UInt32(truncatingIfNeeded: item)
    bytes.withUnsafeBufferPointer { bytes in
      scan(bytes)
      let tokens = UnsafeBufferPointer(
        start: UnsafePointer(scanner.tokens.base), count: scanner.tokens.count)
      insert(tokens, term, spellings.append(bytes))
    }
  }

  private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
    scanner.tokens.removeAll()
    scanner.scan(Span(_unsafeElements: bytes))
  }

  /// Enters a term under its tokens.
  ///
  /// - Parameters:
  ///   - tokens: of the spelling.
  ///   - term: its number.
  ///   - spelling: in ``spellings``.
  mutating func insert(
    _ tokens: UnsafeBufferPointer<KeyToken>, _ term: UInt32, _ spelling: UInt32
  ) {
    longest = max(longest, tokens.count)
    var hash = tokens[0].hash
    for index in 1..<tokens.count {
      nodes.markGoingOn(hash, isFirst: index == 1)
      hash = TermTrie.extend(hash, tokens[index].hash)
    }
    let entry = UInt32(truncatingIfNeeded: entries.count)
    let found = nodes.group(
      hash, isFirst: tokens.count == 1, orSet: UInt32(truncatingIfNeeded: groups.count))
    var last: Int?
    var candidate = found.map(Int.init)
    while let group = candidate {
      if comparer.haveSameKey(
        spellings.bytes(at: groups[group].spelling), spellings.bytes(at: spelling))
      {
        // An acronym in its other number may have the key that it has in its own.
        guard entries[Int(groups[group].lastEntry)].term != term else { return }
        entries.append(Entry(term: term))
        entries[Int(groups[group].lastEntry)].next = entry + 1
        groups[group].lastEntry = entry
        notePossessive(spelling, group)
        return
      }
      last = group
      candidate = groups[group].next > 0 ? Int(groups[group].next) - 1 : nil
    }
    entries.append(Entry(term: term))
    if let last { groups[last].next = UInt32(truncatingIfNeeded: groups.count + 1) }
    groups.append(
      Group(firstEntry: entry, lastEntry: entry, spelling: spelling, isNext: last != nil))
    notePossessive(spelling, groups.count - 1)
  }

  private mutating func notePossessive(_ spelling: UInt32, _ group: Int) {
    let bytes = spellings.bytes(at: spelling)
    guard bytes.last == 0x73, bytes.possessiveStart(0..<bytes.count) < bytes.count else { return }
    groups[group].keepsPossessive = true
  }
}

/// Texts one behind the other, each with its length before it, as they stand in the records.
struct SpellingList: ~Copyable {
  private var all: [UInt8] = []

  /// - Returns: where the text was put.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let place = UInt32(truncatingIfNeeded: all.count)
    if bytes.count < TermLayout.longSpelling {
      all.append(UInt8(truncatingIfNeeded: bytes.count))
    } else {
      all.append(TermLayout.longSpelling)
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: bytes.count)) { all.append(contentsOf: $0) }
    }
    all.append(contentsOf: bytes)
    return place
  }

  /// The text at a place, until the next one is appended.
  func bytes(at place: UInt32) -> UnsafeBufferPointer<UInt8> {
    let entry = entry(at: place)
    let head = entry.first == TermLayout.longSpelling ? 5 : 1
    return UnsafeBufferPointer(rebasing: entry[head...])
  }

  /// The text with its length, until the next one is appended.
  func entry(at place: UInt32) -> UnsafeBufferPointer<UInt8> {
    all.withUnsafeBufferPointer { all in
      let start = Int(place)
      guard all[start] == TermLayout.longSpelling else {
        return UnsafeBufferPointer(rebasing: all[start..<start + 1 + Int(all[start])])
      }
      let count = UnsafeRawBufferPointer(all).loadUnaligned(
        fromByteOffset: start + 1, as: UInt32.self)
      return UnsafeBufferPointer(rebasing: all[start..<start + 5 + Int(count)])
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The text with its last word in the other number, where that is an acronym: AIs for AI, and AI
  /// for AIs.
  fileprivate func otherNumber(_ tokens: UnsafeBufferPointer<KeyToken>) -> [UInt8]? {
    guard let last = tokens.last, last.kind == .word, last.range.upperBound == count else {
      return nil
    }
    if last.letterCase == .upper { return Array(self) + [0x73] }
    let word = UnsafeBufferPointer(rebasing: self[last.range])
    return last.letterCase == .mixed && word.isPluralAcronym ? Array(dropLast()) : nil
  }
}
