internal import Bitext
internal import CStemmer
internal import Synchronization

/// Brings the inflected forms of an English word together: plural, possessive, -ed, -ing.
///
/// Porter's second stemmer also joins words of different meaning ("university", "universal",
/// "development", "developed"). A termbase must keep those apart, so the key of a word is its stem
/// and, where it has one, its derivational ending.
struct Stemmer: ~Copyable {
  private let handle: OpaquePointer?
  private let cache: UnsafeMutablePointer<Entry>
  private let packedCache: UnsafeMutablePointer<PackedEntry>

  /// Opening a stemmer costs more than stemming a sentence: handles that are given back wait here
  /// for the next text, as many as there have been threads.
  private static let idle = Mutex<[Handle]>([])

  private struct Handle: @unchecked Sendable {
    var pointer: OpaquePointer?
    var cache: UnsafeMutablePointer<Entry>
    var packedCache: UnsafeMutablePointer<PackedEntry>
  }

  /// The hash of a word and that of its stem. Each word has one place, which the last word with
  /// the same place holds.
  private struct Entry {
    var word: UInt64 = 0
    var stem: UInt64 = 0
  }

  /// The same for words of sixteen bytes at the most, which stand here themselves.
  private struct PackedEntry {
    var word = PackedWord(low: 0, high: 0)
    var stem: UInt64 = 0
    private var padding: UInt64 = 0
  }

  /// 64 KiB a thread, for words with an apostrophe, an accent or more than sixteen letters.
  private static let cacheSize = 4096
  /// A mebibyte a thread: the common words of a language and those of a document. Each word has two
  /// places side by side, in one line of the processor's cache.
  private static let packedCacheSize = 32768

  init() {
    if let kept = Self.idle.withLock({ $0.popLast() }) {
      (handle, cache, packedCache) = (kept.pointer, kept.cache, kept.packedCache)
      return
    }
    handle = concord_stemmer_open()
    cache = .allocate(capacity: Self.cacheSize)
    cache.initialize(repeating: Entry(), count: Self.cacheSize)
    let size = Self.packedCacheSize
    packedCache = UnsafeMutableRawPointer.allocate(
      byteCount: size * MemoryLayout<PackedEntry>.stride, alignment: 64
    ).bindMemory(to: PackedEntry.self, capacity: size)
    packedCache.initialize(repeating: PackedEntry(), count: Self.packedCacheSize)
  }

  deinit {
    let kept = Handle(pointer: handle, cache: cache, packedCache: packedCache)
    Self.idle.withLock { $0.append(kept) }
  }

  /// The hash that was remembered for a word's.
  func known(_ word: UInt64) -> UInt64? {
    let entry = cache[Int(truncatingIfNeeded: word) & (Self.cacheSize - 1)]
    return entry.word == word && word != 0 ? entry.stem : nil
  }

  func remember(_ stem: UInt64, for word: UInt64) {
    cache[Int(truncatingIfNeeded: word) & (Self.cacheSize - 1)] = Entry(word: word, stem: stem)
  }

  /// The hash that was remembered for a word, which has its place from ``place(of:)``.
  @inline(__always)
  func known(_ word: PackedWord, at place: Int) -> UInt64? {
    let entry = packedCache + place
    if entry[0].word == word { return entry[0].stem }
    return entry[1].word == word ? entry[1].stem : nil
  }

  func remember(_ stem: UInt64, for word: PackedWord, at place: Int) {
    let entry = packedCache + place
    entry[1] = entry[0]
    entry[0].word = word
    entry[0].stem = stem
  }

  /// Reads from a place, so that it is at hand a little later.
  @inline(__always)
  func touch(_ place: Int) -> UInt64 { packedCache[place].stem }

  @inline(__always)
  static func place(of word: PackedWord) -> Int {
    // Odd numbers without a pattern; the highest bits of the product depend on all of the word.
    let product = (word.low &* 0x9E37_79B9_7F4A_7C15) ^ (word.high &* 0xC2B2_AE3D_27D4_EB4F)
    return Int(truncatingIfNeeded: product >> 40) & (packedCacheSize - 2)
  }

  /// Replaces a word in lower case by its key, in place.
  ///
  /// - Parameter word: UTF-8. Words that are not all ASCII letters stay as they are.
  /// - Returns: whether it is a word that has a key of its own.
  @discardableResult
  func reduce(_ word: inout [UInt8]) -> Bool {
    guard let handle, word.count >= Self.shortestReduced else { return false }
    var key = (length: 0, ending: UInt8(0))
    // Room for the mark of an ending and its number.
    word.append(0)
    word.append(0)
    word.withUnsafeMutableBufferPointer { buffer in
      let count = buffer.count - 2
      guard let base = buffer.baseAddress else { return }
      for index in 0..<count where (base[index] | 0x20) &- 0x61 >= 26 { return }
      key.ending = Self.derivationalEnding(base, count)
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { stem in
        guard let out = stem.baseAddress else { return }
        key.length = Int(concord_stemmer_stem(handle, base, Int32(count), out))
        base.update(from: out, count: key.length)
      }
    }
    guard key.length > 0 else {
      word.removeLast(2)
      return false
    }
    word.removeLast(word.count - key.length)
    if key.ending > 0 {
      word.append(Self.endingMark)
      word.append(key.ending)
    }
    return true
  }

  /// Three letters and fewer hold no ending that matters, and most acronyms.
  static let shortestReduced = 4

  /// A byte that no word holds parts the stem from the number of its ending.
  static let endingMark: UInt8 = 0x7C

  /// The number of the ending that made the word out of another one, inflection set aside; 0 for
  /// none.
  private static func derivationalEnding(_ word: UnsafePointer<UInt8>, _ length: Int) -> UInt8 {
    var tail = WordTail(word, length)
    if tail.ends(with: 0x69_65_73, 3) {  // ies
      tail = WordTail(word, length - 2)
      tail.letters = tail.letters & ~0xFF | 0x79
    } else if tail.ends(with: 0x65_73, 2), tail.hisses(before: 2) {  // es
      tail = WordTail(word, length - 2)
    } else if tail.ends(with: 0x73, 1), !tail.ends(with: 0x73_73, 2), !tail.ends(with: 0x75_73, 2),
      !tail.ends(with: 0x69_73, 2)  // s, but not ss, us, is
    {
      tail = WordTail(word, length - 1)
    }
    if tail.count > 5, tail.ends(with: 0x69_6E_67, 3) {  // ing
      tail = WordTail(word, tail.count - 3)
    } else if tail.count > 4, tail.ends(with: 0x65_64, 2) {  // ed
      tail = WordTail(word, tail.count - 2)
    }
    if tail.ends(with: 0x65, 1) { tail = WordTail(word, tail.count - 1) }
    for index in 0..<endings.count {
      let ending = endingTable.base[index]
      if tail.count >= ending.count + 3, tail.ends(with: ending.letters, ending.count) {
        return UInt8(index + 1)
      }
    }
    return 0
  }

  /// Without a final e, longest first where one ends another.
  private static let endings: [StaticString] = [
    "ational", "ization", "isation", "ation", "ical", "ally", "ment", "ness", "less", "ship",
    "ious", "able",
    "abl", "ibl", "ity", "ful", "ism", "ist", "ion", "anc", "enc", "ant", "ent", "ous", "iv", "iz",
    "is", "al", "ic", "er", "or", "ly", "ar",
  ]

  private static let endingTable = ConstantTable<WordTail>(count: endings.count) {
    WordTail(endings[$0].utf8Start, endings[$0].utf8CodeUnitCount)
  }
}

/// The last letters of a word.
private struct WordTail: BitwiseCopyable {
  /// At the most eight, the last one lowest.
  var letters: UInt64 = 0
  /// Of the whole word.
  var count: Int

  init(_ word: UnsafePointer<UInt8>, _ count: Int) {
    self.count = count
    for index in max(0, count - 8)..<max(0, count) { letters = letters << 8 | UInt64(word[index]) }
  }

  /// Whether the word ends so; `ending` has its last letter lowest.
  func ends(with ending: UInt64, _ length: Int) -> Bool {
    count >= length && letters & ((1 << UInt64(8 * length)) &- 1) == ending
  }

  /// Whether s, x, z or h stands before so many last letters.
  func hisses(before length: Int) -> Bool {
    switch letters >> UInt64(8 * length) & 0xFF {
    case 0x73, 0x78, 0x7A, 0x68: count > length
    default: false
    }
  }
}
