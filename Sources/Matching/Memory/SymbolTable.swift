/// Shortens the short texts of one language: a byte stands for a run of up to eight bytes that many
/// of them have, or says that the next byte stands for itself. Each text is shortened and read on its
/// own.
///
/// After FSST (Boncz, Neumann and Leis: "FSST: Fast Random Access String Compression", VLDB 2020):
/// the table is made in a few rounds over a sample, in each of which symbols that gain much and
/// pairs of neighbours that would are kept.
final class SymbolTable: @unchecked Sendable {
  /// The code that says that the next byte stands for itself.
  static let escape = 255
  /// The greatest length of a symbol, in bytes.
  static let longest = 8
  /// Bytes of a table where it is kept: of each symbol the length, then the bytes.
  static let storedSize = escape + escape * 8
  /// What a table is made from at the most, in bytes: more changes nothing (measured).
  static let sampleSize = 1 << 17

  let count: Int
  /// The symbols' bytes, the first one lowest.
  private let symbols: UnsafeMutablePointer<UInt64>
  private let lengths: UnsafeMutablePointer<UInt8>
  /// For two bytes the code of the longest symbol of one or two that they begin with.
  private var short: [UInt16] = []
  /// The symbols of three bytes and more by the hash of their first three, longer ones first.
  private var buckets: [UInt16] = []
  private var chains: [Chained] = []

  private struct Chained {
    var value: UInt64
    var mask: UInt64
    var code: UInt16
    var length: UInt16
  }

  private static let bucketBits: UInt64 = 12

  init(_ list: [(bytes: UInt64, length: Int)]) {
    count = min(list.count, Self.escape)
    symbols = .allocate(capacity: 256)
    symbols.initialize(repeating: 0, count: 256)
    lengths = .allocate(capacity: 256)
    lengths.initialize(repeating: 0, count: 256)
    for (code, symbol) in list.prefix(count).enumerated() {
      symbols[code] = symbol.bytes
      lengths[code] = UInt8(symbol.length)
    }
  }

  deinit {
    symbols.deallocate()
    lengths.deallocate()
  }

  // MARK: Kept tables

  /// Reads a table that ``stored`` gave; what stands there was examined.
  convenience init(stored base: UnsafeRawPointer) {
    self.init(
      (0..<Self.escape).map { code in
        let length = min(Int(base.load(fromByteOffset: code, as: UInt8.self)), Self.longest)
        let bytes = base.loadUnaligned(fromByteOffset: Self.escape + code * 8, as: UInt64.self)
        return (bytes, length)
      })
  }

  var stored: [UInt8] {
    var bytes = (0..<Self.escape).map { lengths[$0] }
    for code in 0..<Self.escape {
      withUnsafeBytes(of: symbols[code]) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  func isSame(as other: SymbolTable) -> Bool { self === other || stored == other.stored }

  // MARK: Reading

  /// Writes the text that codes stand for, and returns how many bytes it has. The room must be
  /// eight bytes a code.
  @inline(__always)
  func decode(
    _ codes: UnsafeRawPointer, count: Int, into room: UnsafeMutableRawPointer
  ) -> Int {
    var (index, end) = (0, 0)
    while index < count {
      let code = Int(codes.load(fromByteOffset: index, as: UInt8.self))
      if code != Self.escape {
        room.storeBytes(of: symbols[code], toByteOffset: end, as: UInt64.self)
        end += Int(lengths[code])
        index += 1
      } else {
        guard index + 1 < count else { break }
        let byte = codes.load(fromByteOffset: index + 1, as: UInt8.self)
        room.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
        end += 1
        index += 2
      }
    }
    return end
  }

  // MARK: Writing

  /// Appends the codes of a text.
  func encode(_ text: UnsafeBufferPointer<UInt8>, to codes: inout [UInt8]) {
    prepare()
    guard let base = text.baseAddress else { return }
    var index = 0
    while index < text.count {
      let word = Self.word(base, index, text.count)
      let (code, length) = longest(word, left: text.count - index)
      if code < Self.escape {
        codes.append(UInt8(code))
        index += length
      } else {
        codes.append(UInt8(Self.escape))
        codes.append(base[index])
        index += 1
      }
    }
  }

  /// Up to eight bytes from a place on, zeros behind the end.
  @inline(__always)
  private static func word(_ base: UnsafePointer<UInt8>, _ index: Int, _ count: Int) -> UInt64 {
    if index + 8 <= count {
      return UnsafeRawPointer(base).loadUnaligned(fromByteOffset: index, as: UInt64.self)
    }
    var word: UInt64 = 0
    for offset in 0..<count - index { word |= UInt64(base[index + offset]) << UInt64(8 * offset) }
    return word
  }

  @inline(__always)
  private func longest(_ word: UInt64, left: Int) -> (code: Int, length: Int) {
    if left >= 3 {
      let bucket = Self.bucket(word)
      var index = Int(buckets[bucket])
      let end = Int(buckets[bucket + 1])
      while index < end {
        let chained = chains[index]
        if word & chained.mask == chained.value, Int(chained.length) <= left {
          return (Int(chained.code), Int(chained.length))
        }
        index += 1
      }
    }
    let code = Int(short[Int(word & 0xFFFF)])
    guard code < Self.escape else { return (Self.escape, 1) }
    let length = Int(lengths[code])
    if length <= left { return (code, length) }
    // A symbol of a byte and a zero looks like the last byte alone: search among those of one byte.
    let single = (0..<count).first { lengths[$0] == 1 && symbols[$0] == word & 0xFF }
    return (single ?? Self.escape, 1)
  }

  @inline(__always)
  private static func bucket(_ word: UInt64) -> Int {
    Int(((word & 0xFF_FFFF) &* 0x9E37_79B9_7F4A_7C15) >> (64 - bucketBits))
  }

  /// Makes the tables that writing needs; a table is written with by one task alone.
  private func prepare() {
    guard short.isEmpty else { return }
    short = [UInt16](repeating: UInt16(Self.escape), count: 1 << 16)
    for code in 0..<count where lengths[code] == 1 {
      for second in 0..<256 { short[Int(symbols[code]) | second << 8] = UInt16(code) }
    }
    for code in 0..<count where lengths[code] == 2 { short[Int(symbols[code])] = UInt16(code) }
    let long = (0..<count).filter { lengths[$0] >= 3 }.map { code in
      let bits = UInt64(lengths[code]) * 8
      return Chained(
        value: symbols[code], mask: bits == 64 ? .max : 1 << bits - 1, code: UInt16(code),
        length: UInt16(lengths[code]))
    }.sorted {
      (Self.bucket($0.value), $1.length, $0.code) < (Self.bucket($1.value), $0.length, $1.code)
    }
    chains = long
    buckets = [UInt16](repeating: 0, count: 1 << Int(Self.bucketBits) + 1)
    for chained in long { buckets[Self.bucket(chained.value) + 1] += 1 }
    for bucket in 1..<buckets.count { buckets[bucket] += buckets[bucket - 1] }
  }

  // MARK: Making

  /// The codes of the rounds: a byte that stands for itself, or 256 and a symbol's code.
  private static let codeCount = 512
  private static let rounds = 5

  /// Makes a table from texts of one language.
  static func made(from texts: [UnsafeBufferPointer<UInt8>]) -> SymbolTable {
    var table = SymbolTable([])
    var singles = [UInt32](repeating: 0, count: codeCount)
    var pairs = [UInt32](repeating: 0, count: codeCount * codeCount)
    for _ in 0..<rounds {
      for index in singles.indices { singles[index] = 0 }
      for index in pairs.indices { pairs[index] = 0 }
      table.prepare()
      for text in texts { table.count(text, &singles, &pairs) }
      table = table.next(singles, pairs)
    }
    return table
  }

  private func count(
    _ text: UnsafeBufferPointer<UInt8>, _ singles: inout [UInt32], _ pairs: inout [UInt32]
  ) {
    guard let base = text.baseAddress else { return }
    var (index, last) = (0, -1)
    while index < text.count {
      let found = longest(Self.word(base, index, text.count), left: text.count - index)
      let code = found.code < Self.escape ? 256 + found.code : Int(base[index])
      singles[code] += 1
      if last >= 0 { pairs[last * Self.codeCount + code] += 1 }
      last = code
      index += found.length
    }
  }

  private func next(_ singles: [UInt32], _ pairs: [UInt32]) -> SymbolTable {
    func symbol(_ code: Int) -> (bytes: UInt64, length: Int) {
      code < 256
        ? (UInt64(code), 1) : (symbols[code - 256], Int(lengths[code - 256]))
    }
    struct Symbol: Hashable {
      var bytes: UInt64
      var length: Int
    }
    var gains: [Symbol: Int] = [:]
    let used = singles.indices.filter { singles[$0] > 0 }
    for code in used {
      let (bytes, length) = symbol(code)
      gains[Symbol(bytes: bytes, length: length), default: 0] += Int(singles[code]) * length
      for other in used {
        let count = Int(pairs[code * Self.codeCount + other])
        // What stands together but once or twice in the sample is chance.
        guard count > 2 else { continue }
        let (more, added) = symbol(other)
        guard length + added <= Self.longest else { continue }
        let joined = Symbol(bytes: bytes | more << UInt64(8 * length), length: length + added)
        gains[joined, default: 0] += count * (length + added)
      }
    }
    let best = gains.sorted {
      ($1.value, $0.key.bytes, $0.key.length) < ($0.value, $1.key.bytes, $1.key.length)
    }
    return SymbolTable(best.prefix(Self.escape).map { ($0.key.bytes, $0.key.length) })
  }
}
