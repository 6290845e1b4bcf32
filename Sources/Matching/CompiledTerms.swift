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
  }

  var bytes: [UInt8] { Array(UnsafeRawBufferPointer(start: base, count: layout.size)) }

  // MARK: The trie

  /// What searches need, in one place.
  var trie: TermTrie {
    TermTrie(
      buckets: base + layout.buckets.lowerBound, bucketCount: UInt64(layout.bucketCount),
      first: TokenFilter(base + layout.firstFilter.lowerBound, log2: layout.firstLog),
      later: TokenFilter(base + layout.laterFilter.lowerBound, log2: layout.laterLog),
      records: base + layout.records.lowerBound)
  }

  // MARK: Records

  /// What stands in the records at a place, in units of four bytes; `nil` outside of them.
  func group(at place: UInt32) -> TermGroup? {
    let start = Int(place) * 4
    guard start + 8 <= layout.records.count else { return nil }
    let head = word(layout.records.lowerBound + start)
    guard let spelling = spelling(at: UInt32(truncatingIfNeeded: start + 4)) else { return nil }
    let end = (spelling.upperBound - layout.records.lowerBound + 3) & ~3
    let group = TermGroup(head: head, spelling: spelling, end: end)
    guard end + (group.isSingle ? 0 : group.count * 4) <= layout.records.count else { return nil }
    return group
  }

  /// The bytes of a spelling whose length stands at a place of the records.
  private func spelling(at place: UInt32) -> Range<Int>? {
    let start = layout.records.lowerBound + Int(place)
    guard start < layout.records.upperBound else { return nil }
    let short = base.load(fromByteOffset: start, as: UInt8.self)
    guard short == TermLayout.longSpelling else {
      let end = start + 1 + Int(short)
      return end <= layout.records.upperBound ? start + 1..<end : nil
    }
    guard start + 5 <= layout.records.upperBound else { return nil }
    let end = start + 5 + Int(word(start + 1))
    return end <= layout.records.upperBound ? start + 5..<end : nil
  }

  /// The bytes of a range of the block that was found in it.
  func span(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: (base + range.lowerBound).assumingMemoryBound(to: UInt8.self), count: range.count)
  }

  /// The terms of a group, those that do not exist left out.
  func terms(of group: TermGroup) -> [Int] {
    if group.isSingle { return group.count < layout.termCount ? [group.count] : [] }
    return (0..<group.count).compactMap { index in
      let term = Int(word(layout.records.lowerBound + group.end + 4 * index))
      return term < layout.termCount ? term : nil
    }
  }

  // MARK: Terms

  /// The place of a term's concept in the termbase.
  func concept(of term: Int) -> Int { Int(word(layout.concepts.lowerBound + 4 * term)) }

  func caseRule(of term: Int) -> CaseRule { traits(of: term).rule }

  func text(of term: Int) -> UnsafeBufferPointer<UInt8> {
    let range = spelling(at: word(layout.texts.lowerBound + 4 * term))
    return span(range ?? layout.records.lowerBound..<layout.records.lowerBound)
  }

  func entry(_ term: Int) -> TermMatcher.Entry {
    let traits = traits(of: term)
    return TermMatcher.Entry(
      concept: concept(of: term),
      term: Term(
        String(decoding: text(of: term), as: UTF8.self), language: languages[traits.language],
        status: traits.status))
  }

  private func traits(of term: Int) -> TermTraits {
    var traits = TermTraits(
      rawValue: base.load(
        fromByteOffset: layout.traits.lowerBound + 2 * term, as: UInt16.self))
    if traits.language >= languages.count { traits.language = 0 }
    return traits
  }

  @inline(__always)
  private func word(_ offset: Int) -> UInt32 {
    base.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
  }
}

/// The table and the filters of compiled terms, for as long as those exist.
struct TermTrie {
  let buckets: UnsafeRawPointer
  let bucketCount: UInt64
  let first: TokenFilter
  let later: TokenFilter
  let records: UnsafeRawPointer

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

/// Terms with one key, as they stand in the records.
struct TermGroup {
  /// Bits 0…27 the term or how many there are, and flags.
  var head: UInt32
  /// Of the first of them, in the block.
  var spelling: Range<Int>
  /// The end of the spelling in the records, rounded up: there the terms stand when they are
  /// several, else the next group.
  var end: Int

  static let single: UInt32 = 1 << 31
  static let more: UInt32 = 1 << 30
  static let possessive: UInt32 = 1 << 29
  static let sensitive: UInt32 = 1 << 28
  static let most = 1 << 28

  var isSingle: Bool { head & Self.single != 0 }
  /// Whether another group with the same hash follows.
  var hasNext: Bool { head & Self.more != 0 }
  /// Whether one of the terms ends in 's.
  var keepsPossessive: Bool { head & Self.possessive != 0 }
  /// Whether the case of one of the terms matters.
  var isSensitive: Bool { head & Self.sensitive != 0 }
  var count: Int { Int(head & (Self.sensitive - 1)) }

  /// Where the next group stands, in units of four bytes.
  var next: UInt32 { UInt32(truncatingIfNeeded: (end + (isSingle ? 0 : 4 * count)) / 4) }
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
