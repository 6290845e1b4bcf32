internal import Bitext
internal import Segmentation

/// Builds compiled terms: takes one term after the other, and makes the block at the end.
struct TermTableBuilder: ~Copyable {
  /// A term, its case rule as far as its own form says it.
  struct Item {
    var concept: UInt32
    /// In ``spellings``.
    var spelling: UInt32
    var packed: UInt16

    var traits: TermTraits {
      get { TermTraits(rawValue: packed) }
      set { packed = newValue.rawValue }
    }
  }

  /// The terms with one key.
  struct Group {
    var firstEntry: UInt32
    var lastEntry: UInt32
    var entryCount: UInt32 = 1
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
  private var acronymScanner = KeyScanner()
  /// Terms whose words have no hashes yet, each with the end of its tokens.
  private var waiting: [(item: Item, end: Int)] = []
  private var steps = Scratch<Step>()

  /// - Parameters:
  ///   - language: of the texts, the first of the languages.
  ///   - expected: about how many terms there will be.
  init(_ language: LanguageTag, expected: Int) {
    languages = [language]
    nodes = NodeTable(expected: expected + expected / 3)
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
  ///
  /// - Parameters:
  ///   - text: as the termbase spells it.
  ///   - status: what the termbase says of it.
  ///   - language: the number of its language.
  ///   - concept: the place of its concept in the termbase.
  mutating func add(_ text: String, status: TermStatus, language: Int, concept: Int) {
    var text = text
    let traits = TermTraits(language: language, status: status, rule: .any)
    text.withUTF8 { bytes in
      let item = Item(
        concept: UInt32(truncatingIfNeeded: concept), spelling: spellings.append(bytes),
        packed: traits.rawValue)
      scanner.scan(Span(_unsafeElements: bytes), hashesLater: true)
      waiting.append((item, scanner.tokens.count))
    }
    if waiting.count == Self.batch { takeTerms() }
  }

  /// Takes a term under tokens of another text, for tests of hashes that are equal by chance.
  mutating func add(_ term: Term, language: Int, concept: Int, as tokens: [KeyToken]) {
    takeTerms()
    var text = term.text
    let traits = TermTraits(language: language, status: term.status, rule: .any)
    text.withUTF8 { bytes in
      let item = Item(
        concept: UInt32(truncatingIfNeeded: concept), spelling: spellings.append(bytes),
        packed: traits.rawValue)
      tokens.withUnsafeBufferPointer { take(item, $0) }
    }
  }

  /// Takes the terms that wait for the hashes of their words.
  private mutating func takeTerms() {
    scanner.hashPendingWords()
    var start = 0
    for (item, end) in waiting {
      let first = UnsafePointer(scanner.tokens.base) + start
      take(item, UnsafeBufferPointer(start: first, count: end - start))
      start = end
    }
    waiting.removeAll(keepingCapacity: true)
    scanner.tokens.removeAll()
  }

  private mutating func take(_ item: Item, _ tokens: UnsafeBufferPointer<KeyToken>) {
    guard tokens.contains(where: { $0.kind != .punctuation }) else {
      unmatchable.append(item)
      return
    }
    var item = item
    let bytes = spellings.bytes(at: item.spelling)
    var traits = item.traits
    let isAvoided = traits.status == .forbidden || traits.status == .deprecated
    traits.rule = CaseRule(tokens, bytes, isAvoided: isAvoided)
    item.packed = traits.rawValue
    convention.note(tokens)
    let number = UInt32(truncatingIfNeeded: items.count)
    items.append(item)
    insert(tokens, number, item.spelling)
    if let other = bytes.otherNumber(tokens) { addAcronym(other, number) }
  }

  /// Enters an acronym in its other number too: the stemmer knows neither AIs for a plural of AI nor
  /// SMEs for one of SME.
  private mutating func addAcronym(_ bytes: [UInt8], _ term: UInt32) {
    bytes.withUnsafeBufferPointer { bytes in
      acronymScanner.tokens.removeAll()
      acronymScanner.scan(Span(_unsafeElements: bytes))
      let tokens = UnsafeBufferPointer(
        start: UnsafePointer(acronymScanner.tokens.base), count: acronymScanner.tokens.count)
      insert(tokens, term, spellings.append(bytes))
    }
  }

  /// Enters a term under its tokens, a little later.
  ///
  /// - Parameters:
  ///   - tokens: of the spelling.
  ///   - term: its number.
  ///   - spelling: in ``spellings``.
  mutating func insert(
    _ tokens: UnsafeBufferPointer<KeyToken>, _ term: UInt32, _ spelling: UInt32
  ) {
    longest = max(longest, tokens.count)
    steps.reserve(steps.count + tokens.count)
    var hash: UInt64 = 0
    for index in tokens.indices {
      let token = tokens[index].hash
      hash = index == 0 ? token : TermTrie.extend(hash, token)
      let isLast = index == tokens.count - 1
      steps.base[steps.count] = Step(
        hash: hash, term: isLast ? term : .max, spelling: spelling, isFirst: index == 0)
      steps.count += 1
    }
    if steps.count >= Self.batch { takeSteps() }
  }

  /// A prefix of a term that is still to be entered; the term where it is the whole of it.
  struct Step: BitwiseCopyable {
    var hash: UInt64
    var term: UInt32
    var spelling: UInt32
    var isFirst: Bool
  }

  /// So many terms are taken, and so many nodes entered, at a time, so that the memory fetches their
  /// places side by side.
  private static let batch = 256

  /// Enters what waits.
  mutating func settle() {
    takeTerms()
    takeSteps()
  }

  private mutating func takeSteps() {
    let steps = UnsafeBufferPointer(start: steps.base, count: steps.count)
    nodes.prepare(steps.count)
    for step in steps { nodes.touch(step.hash) }
    for step in steps {
      if step.term == .max {
        nodes.markGoingOn(step.hash, isFirst: step.isFirst)
      } else {
        enter(step)
      }
    }
    self.steps.count = 0
  }

  private mutating func enter(_ step: Step) {
    let entry = UInt32(truncatingIfNeeded: entries.count)
    let found = nodes.group(
      step.hash, isFirst: step.isFirst, orSet: UInt32(truncatingIfNeeded: groups.count))
    var last: Int?
    var candidate = found.map(Int.init)
    while let group = candidate {
      if comparer.haveSameKey(
        ByteText(spellings.bytes(at: groups[group].spelling)),
        ByteText(spellings.bytes(at: step.spelling)))
      {
        // An acronym in its other number may have the key that it has in its own.
        guard entries[Int(groups[group].lastEntry)].term != step.term else { return }
        entries.append(Entry(term: step.term))
        entries[Int(groups[group].lastEntry)].next = entry + 1
        groups[group].lastEntry = entry
        groups[group].entryCount += 1
        notePossessive(step.spelling, group)
        return
      }
      last = group
      candidate = groups[group].next > 0 ? Int(groups[group].next) - 1 : nil
    }
    entries.append(Entry(term: step.term))
    if let last { groups[last].next = UInt32(truncatingIfNeeded: groups.count + 1) }
    groups.append(
      Group(firstEntry: entry, lastEntry: entry, spelling: step.spelling, isNext: last != nil))
    notePossessive(step.spelling, groups.count - 1)
  }

  private mutating func notePossessive(_ spelling: UInt32, _ group: Int) {
    let bytes = spellings.bytes(at: spelling)
    guard bytes.last == 0x73, bytes.possessiveStart(0..<bytes.count) < bytes.count else { return }
    groups[group].keepsPossessive = true
  }
}

/// Texts one behind the other, each with its length before it, as they stand in the records.
struct SpellingList: ~Copyable {
  private var all = Scratch<UInt8>()

  /// - Returns: where the text was put.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let place = all.count
    all.reserve(place + bytes.count + 5)
    var end = all.base + place
    if bytes.count < TermLayout.longSpelling {
      end.pointee = UInt8(truncatingIfNeeded: bytes.count)
      end += 1
    } else {
      end.pointee = UInt8(TermLayout.longSpelling)
      UnsafeMutableRawPointer(end + 1).storeBytes(
        of: UInt32(truncatingIfNeeded: bytes.count), as: UInt32.self)
      end += 5
    }
    if let start = bytes.baseAddress { end.update(from: start, count: bytes.count) }
    all.count = end + bytes.count - all.base
    return UInt32(truncatingIfNeeded: place)
  }

  /// The text at a place, until the next one is appended.
  func bytes(at place: UInt32) -> UnsafeBufferPointer<UInt8> {
    let entry = entry(at: place)
    let head = entry.count > TermLayout.longSpelling ? 5 : 1
    return UnsafeBufferPointer(rebasing: entry[head...])
  }

  /// The text with its length, until the next one is appended.
  func entry(at place: UInt32) -> UnsafeBufferPointer<UInt8> {
    let start = all.base + Int(place)
    var count = 1 + Int(start.pointee)
    if start.pointee == UInt8(TermLayout.longSpelling) {
      count = 5 + Int(UnsafeRawPointer(start + 1).loadUnaligned(as: UInt32.self))
    }
    return UnsafeBufferPointer(start: start, count: count)
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
