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

  /// Opening a stemmer costs more than stemming a sentence: handles that are given back wait here
  /// for the next text, as many as there have been threads.
  private static let idle = Mutex<[Handle]>([])

  private struct Handle: @unchecked Sendable {
    var pointer: OpaquePointer?
    var cache: UnsafeMutablePointer<Entry>
  }

  /// The hash of a word and that of its stem. Each word has one place, which the last word with
  /// the same place holds.
  private struct Entry {
    var word: UInt64 = 0
    var stem: UInt64 = 0
  }

  /// 256 KiB a thread: the common words of a language and those of a document.
  private static let cacheSize = 16384

  init() {
    if let kept = Self.idle.withLock({ $0.popLast() }) {
      (handle, cache) = (kept.pointer, kept.cache)
      return
    }
    handle = concord_stemmer_open()
    cache = .allocate(capacity: Self.cacheSize)
    cache.initialize(repeating: Entry(), count: Self.cacheSize)
  }

  deinit {
    let kept = Handle(pointer: handle, cache: cache)
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

  /// Replaces a word in lower case by its key, in place.
  ///
  /// - Parameter word: UTF-8. Words that are not all ASCII letters stay as they are.
  /// - Returns: whether it is a word that has a key of its own.
  @discardableResult
  func reduce(_ word: inout [UInt8]) -> Bool {
    // Three letters and fewer hold no ending that matters, and most acronyms.
    guard let handle, word.count > 3, word.allSatisfy(\.isASCIILetter) else { return false }
    let ending = Self.derivationalEnding(word)
    var stem = [UInt8](repeating: 0, count: word.count + 1)
    let length = concord_stemmer_stem(handle, word, Int32(word.count), &stem)
    word.removeAll(keepingCapacity: true)
    word.append(contentsOf: stem.prefix(Int(length)))
    if let ending, ending > 0 {
      word.append(Self.endingMark)
      word.append(ending)
    }
    return true
  }

  /// A byte that no word holds parts the stem from the number of its ending.
  static let endingMark: UInt8 = 0x7C

  /// The number of the ending that made the word out of another one, inflection set aside.
  static func derivationalEnding(_ word: [UInt8]) -> UInt8? {
    var bare = word[...]
    if bare.ends(with: "ies") {
      bare.removeLast(3)
      bare.append(0x79)
    } else if bare.ends(with: "es"), bare.dropLast(2).last.map(Self.hisses) == true {
      bare.removeLast(2)
    } else if bare.last == 0x73, !bare.ends(with: "ss"), !bare.ends(with: "us"),
      !bare.ends(with: "is")
    {
      bare.removeLast()
    }
    if bare.count > 5, bare.ends(with: "ing") {
      bare.removeLast(3)
    } else if bare.count > 4, bare.ends(with: "ed") {
      bare.removeLast(2)
    }
    if bare.last == 0x65 { bare.removeLast() }
    for (index, ending) in endings.enumerated()
    where bare.count >= ending.utf8.count + 3 && bare.ends(with: ending) {
      return UInt8(index + 1)
    }
    return nil
  }

  /// Without a final e, longest first where one ends another.
  private static let endings: [StaticString] = [
    "ational", "ization", "isation", "ation", "ical", "ally", "ment", "ness", "less", "ship",
    "ious", "able",
    "abl", "ibl", "ity", "ful", "ism", "ist", "ion", "anc", "enc", "ant", "ent", "ous", "iv", "iz",
    "is", "al", "ic", "er", "or", "ly", "ar",
  ]

  private static func hisses(_ letter: UInt8) -> Bool {
    letter == 0x73 || letter == 0x78 || letter == 0x7A || letter == 0x68
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with ending: StaticString) -> Bool {
    let length = ending.utf8CodeUnitCount
    guard count >= length else { return false }
    return ending.withUTF8Buffer { suffix(length).elementsEqual($0) }
  }
}

extension StaticString {
  fileprivate var utf8: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
  }
}
