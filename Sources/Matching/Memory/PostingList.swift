/// The numbers of the texts that have a piece, ascending, as bytes.
///
/// A short list is a row of differences, seven bits a byte. A longer one has blocks of 128 numbers,
/// whose differences take as many bits as the largest needs; before them stands for each block its
/// first number and where it lies, so that a range of numbers is found without the rest.
enum PostingList {
  static let blockSize = 128

  /// How many blocks a long list of so many numbers has.
  @inline(__always)
  static func blockCount(_ numbers: Int) -> Int { (numbers + blockSize - 1) / blockSize }

  /// Appends a list.
  static func append(_ numbers: UnsafeBufferPointer<UInt32>, to bytes: inout [UInt8]) {
    guard numbers.count > blockSize else {
      var last: UInt32 = 0
      for number in numbers {
        var rest = number &- last
        while rest >= 0x80 {
          bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
          rest >>= 7
        }
        bytes.append(UInt8(rest))
        last = number
      }
      return
    }
    let start = bytes.count
    let blocks = blockCount(numbers.count)
    bytes.append(contentsOf: repeatElement(0, count: blocks * 8))
    for block in 0..<blocks {
      let first = block * blockSize
      let end = min(first + blockSize, numbers.count)
      bytes.put(numbers[first], at: start + block * 8)
      bytes.put(UInt32(truncatingIfNeeded: bytes.count - start), at: start + block * 8 + 4)
      pack(numbers, first, end, to: &bytes)
    }
  }

  private static func pack(
    _ numbers: UnsafeBufferPointer<UInt32>, _ first: Int, _ end: Int, to bytes: inout [UInt8]
  ) {
    var all: UInt32 = 0
    for index in first + 1..<max(first + 1, end) {
      all |= numbers[index] &- numbers[index - 1] &- 1
    }
    let width = UInt64(32 - all.leadingZeroBitCount)
    bytes.append(UInt8(width))
    var (held, count): (UInt64, UInt64) = (0, 0)
    for index in first + 1..<max(first + 1, end) {
      held |= UInt64(numbers[index] &- numbers[index - 1] &- 1) << count
      count += width
      while count >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: held))
        held >>= 8
        count -= 8
      }
    }
    if count > 0 { bytes.append(UInt8(truncatingIfNeeded: held)) }
  }

  /// Calls `body` with the numbers of a short list that lie in a range.
  @inline(__always)
  static func forEachShort(
    _ base: UnsafeRawPointer, count: Int, in range: Range<UInt32>, _ body: (UInt32) -> Void
  ) {
    var (number, offset): (UInt32, Int) = (0, 0)
    for _ in 0..<count {
      var shift: UInt32 = 0
      while true {
        let byte = base.load(fromByteOffset: offset, as: UInt8.self)
        offset += 1
        number &+= UInt32(byte & 0x7F) << shift
        guard byte >= 0x80, shift < 28 else { break }
        shift += 7
      }
      if number >= range.upperBound { return }
      if number >= range.lowerBound { body(number) }
    }
  }

  /// The blocks of a long list that hold numbers of a range.
  @inline(__always)
  static func blocks(
    _ base: UnsafeRawPointer, count: Int, in range: Range<UInt32>
  ) -> Range<Int> {
    let blocks = blockCount(count)
    // The first block that begins at or behind a number.
    func search(_ number: UInt32) -> Int {
      var (low, high) = (0, blocks)
      while low < high {
        let middle = (low + high) / 2
        if base.loadUnaligned(fromByteOffset: middle * 8, as: UInt32.self) < number {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low
    }
    let end = search(range.upperBound)
    let start = search(range.lowerBound)
    // The block before may reach into the range.
    return min(max(0, start - 1), end)..<end
  }

  /// Numbers that are read from eight bytes, where they are small enough.
  private static let readAtOnce = 4
  /// Bits that so many differences may have each, when the first begins within a byte.
  private static let widthAtOnce: UInt64 = 14

  /// Writes the numbers of a block of a long list.
  ///
  /// - Parameters:
  ///   - base: where the list begins.
  ///   - block: which block.
  ///   - count: how many numbers the list has.
  ///   - room: for ``blockSize`` numbers and three more.
  /// - Returns: how many numbers there are; behind them others may have been written. None where they do
  ///   not ascend.
  static func read(
    _ base: UnsafeRawPointer, block: Int, count: Int, into room: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let read = max(1, min(blockSize, count - block * blockSize))
    let width = width(base, block)
    guard width <= widthAtOnce else {
      var (end, isAscending) = (room, true)
      forEach(base, block: block, count: count) { number in
        isAscending = isAscending && (end == room || number > end[-1])
        end.pointee = number
        end += 1
      }
      return isAscending ? read : 0
    }
    let start = base + Int(base.loadUnaligned(fromByteOffset: block * 8 + 4, as: UInt32.self))
    var number = base.loadUnaligned(fromByteOffset: block * 8, as: UInt32.self)
    let mask = UInt64(1) << width &- 1
    room.pointee = number
    var bit: UInt64 = 8
    var index = 1
    while index < read {
      var word =
        start.loadUnaligned(fromByteOffset: Int(bit >> 3), as: UInt64.self) >> (bit & 7)
      for offset in 0..<readAtOnce {
        number &+= UInt32(truncatingIfNeeded: word & mask) &+ 1
        room[index &+ offset] = number
        word >>= width
      }
      index &+= readAtOnce
      bit &+= width &* UInt64(readAtOnce)
    }
    // So near each other, they ascend unless they begin anew at 0.
    return room.pointee <= room[read - 1] ? read : 0
  }

  @inline(__always)
  private static func width(_ base: UnsafeRawPointer, _ block: Int) -> UInt64 {
    let offset = base.loadUnaligned(fromByteOffset: block * 8 + 4, as: UInt32.self)
    return UInt64(base.load(fromByteOffset: Int(offset), as: UInt8.self))
  }

  /// Calls `body` with all numbers of a block of a long list.
  @inline(__always)
  static func forEach(
    _ base: UnsafeRawPointer, block: Int, count: Int, _ body: (UInt32) -> Void
  ) {
    var number = base.loadUnaligned(fromByteOffset: block * 8, as: UInt32.self)
    let offset = base.loadUnaligned(fromByteOffset: block * 8 + 4, as: UInt32.self)
    let start = base + Int(offset)
    let width = UInt64(start.load(as: UInt8.self))
    let mask = UInt64(1) << width &- 1
    body(number)
    var bit: UInt64 = 8
    for _ in 1..<max(1, min(blockSize, count - block * blockSize)) {
      let word = start.loadUnaligned(fromByteOffset: Int(bit >> 3), as: UInt64.self)
      number &+= UInt32(truncatingIfNeeded: (word >> (bit & 7)) & mask) &+ 1
      body(number)
      bit &+= width
    }
  }
}

extension [UInt8] {
  /// Writes a number over four bytes that are there.
  mutating func put(_ number: UInt32, at index: Int) {
    withUnsafeMutableBytes { $0.storeBytes(of: number, toByteOffset: index, as: UInt32.self) }
  }
}
