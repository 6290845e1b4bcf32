public import Bitext
internal import CBuiltin

/// A bilingual word list, looked up by match key: what tells the aligner that 桥梁 is a "bridge".
///
/// The words of the left language are the keys; each leads to the words of its translations in the
/// right language, all folded by ``KeyTokenizer``.
public final class Lexicon: Sendable {
  /// The language of the keys and that of the translations.
  public let languages: (left: LanguageTag, right: LanguageTag)
  /// How many words of the left language there are.
  public let count: Int

  /// An open-addressed table of all keys and of all beginnings of keys; its size is a power of two.
  let slots: [Slot]
  let words: [Translation]

  /// One word of a translation.
  package struct Translation: Sendable, BitwiseCopyable {
    /// The ``KeyToken/hash`` of the word.
    package var hash: UInt64
    /// How much the word alone says, as a share 0…1: 1 for a translation of one word, less for a
    /// word of several.
    package var weight: Float

    package init(hash: UInt64, weight: Float) {
      self.hash = hash
      self.weight = weight
    }
  }

  /// A key or the beginning of one; free where `hash` is 0.
  struct Slot: Sendable, BitwiseCopyable {
    var hash: UInt64 = 0
    var first: UInt32 = 0
    var count: UInt16 = 0
    /// Whether a longer key starts with this one.
    var goesOn = false
  }

  init(
    languages: (left: LanguageTag, right: LanguageTag), count: Int, slots: [Slot],
    words: [Translation]
  ) {
    self.languages = languages
    self.count = count
    self.slots = slots
    self.words = words
  }

  convenience init(languages: (left: LanguageTag, right: LanguageTag), pairs: LexiconPairs) {
    var entries: [UInt64: Slot] = [:]
    var words: [Translation] = []
    entries.reserveCapacity(pairs.count * 2)
    words.reserveCapacity(pairs.words.count)
    var count = 0
    for index in pairs.sortedByKey() {
      let pair = pairs[index]
      var hash = Self.emptyHash
      for token in pair.key.dropLast() {
        hash = Self.extend(hash, by: token)
        entries[hash, default: Slot(hash: hash)].goesOn = true
      }
      guard let last = pair.key.last else { continue }
      hash = Self.extend(hash, by: last)
      var entry = entries[hash, default: Slot(hash: hash)]
      if entry.count == 0 {
        entry.first = UInt32(words.count)
        count += 1
      }
      for word in pair.translations {
        let known = words[Int(entry.first)...].firstIndex { $0.hash == word.hash }
        if let known {
          words[known].weight = max(words[known].weight, word.weight)
        } else if entry.count < UInt16.max {
          words.append(word)
          entry.count += 1
        }
      }
      entries[hash] = entry
    }
    self.init(
      languages: languages, count: count, slots: Self.table(entries.values), words: words)
  }

  /// Lays entries out so that half of the table stays free and a search is short.
  private static func table(_ entries: some Collection<Slot>) -> [Slot] {
    var size = 16
    while size < entries.count * 2 { size *= 2 }
    var slots = [Slot](repeating: Slot(), count: size)
    // In the order of the hashes: the same table on every run.
    for entry in entries.sorted(by: { $0.hash < $1.hash }) {
      var index = Int(truncatingIfNeeded: entry.hash) & (size - 1)
      while slots[index].hash != 0 { index = (index + 1) & (size - 1) }
      slots[index] = entry
    }
    return slots
  }

  private func slot(_ hash: UInt64) -> Slot? {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index].hash != 0 {
      if slots[index].hash == hash { return slots[index] }
      index = (index + 1) & mask
    }
    return nil
  }

  /// The lexicon that travels inside the program: everyday and news words, names and units,
  /// Chinese to English, written for this project.
  public static let builtin: Lexicon = {
    do {
      return try parse(builtinText, file: "lexicon.en-zh.tsv")
    } catch {
      // The test of the built-in data reads the same bytes, so a release never comes here.
      preconditionFailure("the built-in lexicon is broken: \(error)")
    }
  }()

  /// The text of the built-in lexicon, as Glossary/lexicon.en-zh.tsv has it.
  package static var builtinText: [UInt8] {
    Array(UnsafeBufferPointer(start: concord_lexicon_bytes(), count: concord_lexicon_size()))
  }

  /// The longest key that starts at a token.
  ///
  /// - Returns: its length in tokens and its translations, or `nil` when no key starts there.
  package func longestMatch(
    _ tokens: Span<KeyToken>, at start: Int
  ) -> (length: Int, translations: ArraySlice<Translation>)? {
    var hash = Self.emptyHash
    var best: (Int, Slot)?
    for index in start..<tokens.count {
      hash = Self.extend(hash, by: tokens[index].hash)
      guard let entry = slot(hash) else { break }
      if entry.count > 0 { best = (index - start + 1, entry) }
      if !entry.goesOn { break }
    }
    return best.map { length, entry in
      (length, words[Int(entry.first)..<Int(entry.first) + Int(entry.count)])
    }
  }

  private static let emptyHash: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func extend(_ hash: UInt64, by token: UInt64) -> UInt64 {
    let mixed = (hash ^ token) &* 0x9FB2_1C65_1E98_DF25
    // 0 marks a free slot.
    return max(1, mixed ^ mixed >> 29)
  }
}

/// What a lexicon is built from: keys with their translations, flat.
struct LexiconPairs {
  private var keys: [UInt64] = []
  private(set) var words: [Lexicon.Translation] = []
  private var spans: [(keyEnd: Int, wordEnd: Int)] = []

  var count: Int { spans.count }

  subscript(index: Int) -> (key: ArraySlice<UInt64>, translations: ArraySlice<Lexicon.Translation>)
  {
    let start = index == 0 ? (keyEnd: 0, wordEnd: 0) : spans[index - 1]
    return (keys[start.keyEnd..<spans[index].keyEnd], words[start.wordEnd..<spans[index].wordEnd])
  }

  mutating func append(key: [UInt64], translations: [Lexicon.Translation]) {
    guard !key.isEmpty, !translations.isEmpty else { return }
    keys += key
    words += translations
    spans.append((keys.count, words.count))
  }

  /// The pairs with the same key one after the other, else in the order of the file.
  func sortedByKey() -> [Int] {
    var first: [ArraySlice<UInt64>: Int] = [:]
    first.reserveCapacity(count)
    var order = [(Int, Int)]()
    order.reserveCapacity(count)
    for index in 0..<count {
      let leader = first[self[index].key] ?? index
      first[self[index].key] = leader
      order.append((leader, index))
    }
    return order.sorted { $0 < $1 }.map(\.1)
  }
}

extension Lexicon {
  /// A lexicon of whole terms, each translated by each content word of its counterpart in full
  /// weight: a term that is known says more than a word.
  ///
  /// - Returns: `nil` when no pair has a key.
  package convenience init?(
    languages: (left: LanguageTag, right: LanguageTag), pairs: [(left: String, right: String)]
  ) {
    let tokenizer = KeyTokenizer()
    var list = LexiconPairs()
    for pair in pairs {
      let words = tokenizer.tokens(of: pair.right).filter {
        $0.kind != .punctuation && !FunctionWords.english.contains($0.hash)
      }
      list.append(
        key: tokenizer.tokens(of: pair.left).map(\.hash),
        translations: words.map { Translation(hash: $0.hash, weight: 1) })
    }
    guard list.count > 0 else { return nil }
    self.init(languages: languages, pairs: list)
  }
}
