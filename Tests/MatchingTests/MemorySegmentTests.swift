import Bitext
import TestSupport
import Testing

@testable import Matching

@Suite struct MemorySegmentTests {
  // MARK: Lists

  @Test(arguments: [0, 1, 2, 127, 128, 129, 256, 257, 1000, 5000])
  func listsOfTextsComeBack(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    for spread in [1, 2, 100, 1_000_000] as [UInt32] {
      var number: UInt32 = 0
      let numbers = (0..<count).map { _ in
        number += UInt32.random(in: 1...spread, using: &random)
        return number
      }
      var bytes: [UInt8] = []
      numbers.withUnsafeBufferPointer { PostingList.append($0, to: &bytes) }
      bytes += [UInt8](repeating: 0xAA, count: 8)
      let top = (numbers.last ?? 0) + 1
      for range in [0..<top, top / 3..<top / 2, top / 2..<top / 2, top..<top + 5] {
        #expect(list(bytes, count, range) == numbers.filter(range.contains))
      }
      if count > PostingList.blockSize { #expect(blocks(bytes, count) == numbers) }
    }
  }

  private func list(_ bytes: [UInt8], _ count: Int, _ range: Range<UInt32>) -> [UInt32] {
    var read: [UInt32] = []
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      let blocks =
        count > PostingList.blockSize
        ? PostingList.blocks(base, count: count, in: range) : 0..<0
      GramList(
        segment: base, start: 0, size: bytes.count - 8, count: count, blocks: blocks, texts: range
      ).forEach { read.append($0) }
    }
    return read
  }

  /// A long list, read block by block.
  private func blocks(_ bytes: [UInt8], _ count: Int) -> [UInt32] {
    var read: [UInt32] = []
    var room = [UInt32](repeating: 0, count: PostingList.blockSize + 3)
    bytes.withUnsafeBytes { bytes in
      for block in 0..<PostingList.blockCount(count) {
        room.withUnsafeMutableBufferPointer { room in
          guard let base = bytes.baseAddress, let start = room.baseAddress else { return }
          let found = PostingList.read(base, block: block, count: count, into: start)
          read += room[..<found]
        }
      }
    }
    return read
  }

  // MARK: Shortened texts

  @Test func textsComeBackFromTheirSymbols() {
    var random = SeededGenerator(seed: 5)
    let words = ["the ", "science", " city", "科学城", "西部", "（重庆）", "\u{0}", "\u{0}\u{0}", "😀", "ab"]
    let texts = (0..<300).map { _ in
      let count = Int.random(in: 0...12, using: &random)
      return Array(
        (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &random)] }
          .joined().utf8)
    }
    let table = texts.prefix(200).reduce(into: [UnsafeBufferPointer<UInt8>]()) { list, text in
      let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
      _ = copy.initialize(from: text)
      list.append(UnsafeBufferPointer(copy))
    }
    defer { table.forEach { $0.deallocate() } }
    for symbols in [SymbolTable.made(from: table), SymbolTable([])] {
      let kept = symbols.stored.withUnsafeBytes { bytes in
        bytes.baseAddress.map { SymbolTable(stored: $0) }
      }
      #expect(kept.map { symbols.isSame(as: $0) } == true)
      for text in texts {
        var codes: [UInt8] = []
        text.withUnsafeBufferPointer { symbols.encode($0, to: &codes) }
        var room = [UInt8](repeating: 0, count: codes.count * SymbolTable.longest + 8)
        let count = codes.withUnsafeBytes { codes in
          room.withUnsafeMutableBytes { room in
            guard let start = codes.baseAddress, let end = room.baseAddress else { return 0 }
            return (kept ?? symbols).decode(start, count: codes.count, into: end)
          }
        }
        #expect(Array(room[..<count]) == text)
      }
    }
  }

  @Test func symbolsShortenWhatRepeats() {
    let text = Array(String(repeating: "the science city of chongqing ", count: 200).utf8)
    text.withUnsafeBufferPointer { text in
      var codes: [UInt8] = []
      SymbolTable.made(from: [text]).encode(text, to: &codes)
      #expect(codes.count * 4 < text.count)
    }
  }

  // MARK: Pieces

  @Test func aStretchHasOnlyPiecesOfTheTextsThatHoldIt() {
    var random = SeededGenerator(seed: 9)
    let alphabet: [UInt32] = [0x61, 0x62, 0x20, 0x4E00, 0x4E01, 0x3042, 0x1F600]
    for _ in 0..<400 {
      let text = (0..<12).map { _ in alphabet[Int.random(in: 0..<7, using: &random)] }
      let whole = Set(TextGrams.grams(of: text, isWhole: true).map(\.gram))
      let start = Int.random(in: 0..<12, using: &random)
      let end = Int.random(in: start...12, using: &random)
      let part = TextGrams.grams(of: Array(text[start..<end]), isWhole: false).map(\.gram)
      #expect(whole.isSuperset(of: part))
      for scalars in [
        Array(text[start..<min(start + 1, 12)]), Array(text[start..<min(start + 2, 12)]),
      ] {
        let range = TextGrams.range(beginningWith: scalars)
        #expect(!whole.filter(range.contains).isEmpty)
      }
    }
  }

  // MARK: Damage

  @Test func everyFlippedByteIsNoticedOrHarmless() throws {
    let memory = TestMemory(seed: 3, units: 60)
    let bytes = try memory.segmentBytes()
    let right = try memory.answers(
      of: MemorySearcher([.init(MemorySegment(copying: bytes))], tail: MemoryTail()))
    var noticed = 0
    for place in stride(from: 0, to: bytes.count, by: 97) {
      var damaged = bytes
      damaged[place] ^= 0x10
      do {
        let segment = try MemorySegment(copying: damaged)
        let answers = try memory.answers(of: MemorySearcher([.init(segment)], tail: MemoryTail()))
        #expect(answers.hits == right.hits, "byte \(place)")
        #expect(answers.units == right.units, "byte \(place)")
      } catch is Trouble {
        noticed += 1
      }
    }
    #expect(noticed > 0)
  }

  @Test func aSegmentThatIsCutOffIsNoticed() throws {
    let bytes = try TestMemory(seed: 4, units: 5).segmentBytes()
    for count in [0, 1, 63, 64, 4096, bytes.count - 1] {
      #expect(throws: Trouble.self) { try MemorySegment(copying: Array(bytes.prefix(count))) }
    }
    #expect(throws: Trouble.self) { try MemorySegment(copying: bytes + [0]) }
  }
}
