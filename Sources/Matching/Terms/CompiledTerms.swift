internal import Bitext
internal import Segmentation

/// The terms of one language in one block of memory that holds no address: built once, read by any
/// number of threads, written to a file as it is, and opened there without being parsed.
///
/// A trie over the hashes of ``KeyToken``s. Each prefix of a term is a node under its rolling hash,
/// in a table of buckets of one cache line each. A node says whether a longer term starts so, and
/// where the record of the terms stands that end there. Two filters of one bit a node keep most of
/// what starts no term from reaching the table.
///
/// A node is told from others by 32 bits and its bucket. The builder makes sure that no two nodes
/// look alike, so that a term is always found; what is found is then compared with the spelling in
/// the record (``KeyComparer``), so that nothing else is. Everything read from the block is
/// checked against its bounds: damage can lose a match, and nothing worse.
final class CompiledTerms: @unchecked Sendable {
  let layout: TermLayout
  /// Those of the matcher and, after it, of its terms.
  let languages: [LanguageTag]
  private let base: UnsafeRawPointer
  private let concepts: UnsafeRawPointer
  private let texts: UnsafeRawPointer
  private let traits: UnsafeRawPointer
  /// Keeps the memory.
  private let owner: AnyObject

  /// - Parameters:
  ///   - base: of the block, a multiple of 64. What stands there was examined before.
  ///   - layout: what the header says.
  ///   - languages: the texts' one first.
  ///   - owner: what keeps the block where it is.
  init(
    _ base: UnsafeRawPointer, layout: TermLayout, languages: [LanguageTag], owner: AnyObject
  ) {
    self.layout = layout
    self.languages = languages
    self.base = base
    self.owner = owner
    trie = TermTrie(
      buckets: base + layout.buckets.lowerBound, bucketCount: UInt64(layout.bucketCount),
      first: TokenFilter(base + layout.firstFilter.lowerBound, log2: layout.firstLog),
      later: TokenFilter(base + layout.laterFilter.lowerBound, log2: layout.laterLog))
    records = TermRecords(
      base: base + layout.records.lowerBound, size: layout.recordBytes)
    (concepts, texts) = (base + layout.concepts.lowerBound, base + layout.texts.lowerBound)
    traits = base + layout.traits.lowerBound
  }

  var bytes: [UInt8] { Array(UnsafeRawBufferPointer(start: base, count: layout.size)) }

  // MARK: The trie

  /// What searches need, in one place.
  let trie: TermTrie
  let records: TermRecords

  /// The terms of a group, those that do not exist left out.
  func terms(of group: TermGroup) -> [Int] {
    (0..<group.termCount).compactMap { index in
      let term = records.term(index, of: group)
      return term < layout.termCount ? term : nil
    }
  }

  // MARK: Terms

  /// The place of a term's concept in the termbase.
  func concept(of term: Int) -> Int {
    Int(concepts.load(fromByteOffset: 4 * term, as: UInt32.self))
  }

  func text(of term: Int) -> UnsafeBufferPointer<UInt8> {
    records.bytes(
      records.spelling(at: Int(texts.load(fromByteOffset: 4 * term, as: UInt32.self))) ?? 0..<0)
  }

  func entry(_ term: Int) -> TermMatcher.Entry {
    let traits = traits(of: term)
    return TermMatcher.Entry(
      concept: concept(of: term),
      term: Term(
        String(decoding: text(of: term), as: UTF8.self), language: languages[traits.language],
        status: traits.status))
  }

  func traits(of term: Int) -> TermTraits {
    var traits = TermTraits(rawValue: traits.load(fromByteOffset: 2 * term, as: UInt16.self))
    if traits.language >= languages.count { traits.language = 0 }
    return traits
  }

  /// The terms that can never match, as bytes.
  var unmatchableBytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(
        start: base, count: layout.size)[layout.unmatchable])
  }
}

/// The table and the filters of compiled terms, for as long as those exist.
struct TermTrie {
  let buckets: UnsafeRawPointer
  let bucketCount: UInt64
  let first: TokenFilter
  let later: TokenFilter

  /// Extends the rolling hash of a prefix by a token. That of one token is the token's.
  @inline(__always)
  static func extend(_ hash: UInt64, _ token: UInt64) -> UInt64 {
    // Odd numbers without a pattern; the first keeps 甲乙 from being 乙甲.
    let mixed = ((hash &* 0x9E37_79B9_7F4A_7C15) ^ token) &* 0x9FB2_1C65_1E98_DF25
    return mixed ^ (mixed >> 32)
  }

  @inline(__always)
  static func bucket(of hash: UInt64, count: UInt64) -> Int {
    Int(truncatingIfNeeded: hash.multipliedFullWidth(by: count).high)
  }

  /// Whether the table is too large for the fast caches of a processor, 256 KiB and more.
  var isLarge: Bool { bucketCount >= 4096 }

  /// Reads from a prefix's bucket, so that it is at hand a little later.
  @inline(__always)
  func touch(_ hash: UInt64) -> UInt32 {
    let bucket = Self.bucket(of: hash, count: bucketCount) &* TermLayout.bucketSize
    return buckets.load(fromByteOffset: bucket, as: UInt32.self)
  }

  /// The node of a prefix: 0 when there is none, ``isFar`` when that takes a longer look.
  @inline(__always)
  func node(_ hash: UInt64) -> UInt32 {
    let bucket = buckets + Self.bucket(of: hash, count: bucketCount) &* TermLayout.bucketSize
    let (found, last) = Self.find(hash, in: bucket)
    return found == 0 && last & TermLayout.overflow != 0 ? Self.isFar : found
  }

  static let isFar = UInt32.max

  /// The node of a prefix, also in the buckets behind its own.
  @inline(never)
  func farNode(_ hash: UInt64) -> UInt32 {
    var index = Self.bucket(of: hash, count: bucketCount)
    for _ in 0..<bucketCount {
      let (found, last) = Self.find(hash, in: buckets + index * TermLayout.bucketSize)
      if found != 0 || last & TermLayout.overflow == 0 { return found }
      index = index + 1 == Int(bucketCount) ? 0 : index + 1
    }
    return 0
  }

  /// Compares all eight tags of a bucket at once: one of them at the most is the prefix's.
  @inline(__always)
  private static func find(
    _ hash: UInt64, in bucket: UnsafeRawPointer
  ) -> (found: UInt32, last: UInt32) {
    let tag = SIMD4(repeating: UInt32(truncatingIfNeeded: hash))
    let low = bucket.load(as: SIMD4<UInt32>.self)
    let high = bucket.load(fromByteOffset: 16, as: SIMD4<UInt32>.self)
    let lowValues = bucket.load(fromByteOffset: 32, as: SIMD4<UInt32>.self)
    let highValues = bucket.load(fromByteOffset: 48, as: SIMD4<UInt32>.self)
    // All bits of a place are set where its tag is the prefix's.
    let lowMask = unsafeBitCast(low .== tag, to: SIMD4<UInt32>.self)
    let highMask = unsafeBitCast(high .== tag, to: SIMD4<UInt32>.self)
    let four = lowValues & lowMask | highValues & highMask
    let two = four.lowHalf | four.highHalf
    return ((two.x | two.y) & ~TermLayout.overflow, highValues.w)
  }
}

/// Says of a hash that it is certainly not among some, or may be.
struct TokenFilter {
  private let bits: UnsafeRawPointer
  private let shift: UInt64

  init(_ bits: UnsafeRawPointer, log2: Int) {
    self.bits = bits
    shift = UInt64(64 - log2)
  }

  /// 1 when it may be among them.
  @inline(__always)
  func holds(_ hash: UInt64) -> Int {
    let bit = hash >> shift
    let byte = bits.load(fromByteOffset: Int(truncatingIfNeeded: bit >> 3), as: UInt8.self)
    return Int((byte >> UInt8(truncatingIfNeeded: bit & 7)) & 1)
  }
}

/// What is kept of a term beside its text and concept.
struct TermTraits {
  var language: Int
  var status: TermStatus
  var rule: CaseRule

  /// Eleven bits are left for it.
  static let mostLanguages = 1 << 11

  init(language: Int, status: TermStatus, rule: CaseRule) {
    self.language = language
    self.status = status
    self.rule = rule
  }

  init(rawValue: UInt16) {
    language = Int(rawValue >> 5)
    let statuses = TermStatus.allCases
    let index = Int(rawValue & 7)
    status = index < statuses.count ? statuses[index] : .preferred
    rule = CaseRule(rawValue: UInt8(rawValue >> 3 & 3)) ?? .any
  }

  var rawValue: UInt16 {
    let index = TermStatus.allCases.firstIndex(of: status) ?? 0
    return UInt16(language) << 5 | UInt16(rule.rawValue) << 3 | UInt16(index)
  }
}
