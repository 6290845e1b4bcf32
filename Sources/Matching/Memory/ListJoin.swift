/// Goes through lists of texts side by side, and gives the texts that all have.
final class ListJoin {
  // Behind a pointer: for objects references would be counted at each step.
  private let cursors: UnsafeMutableBufferPointer<ListCursor>
  private let end: UInt32
  private let pages: ExaminedPages

  /// - Parameters:
  ///   - lists: the shortest first; their blocks need not have been examined.
  ///   - end: above all texts that are wanted.
  ///   - pages: those of their segment.
  init(_ lists: [GramList], below end: UInt32, _ pages: ExaminedPages) {
    (self.end, self.pages) = (end, pages)
    cursors = .allocate(capacity: lists.count)
    _ = cursors.initialize(from: lists.map { ListCursor($0) })
  }

  deinit {
    for cursor in cursors { cursor.free() }
    cursors.deallocate()
  }

  /// The first text from a number on that all lists have; texts are asked for in ascending order.
  ///
  /// - Throws: `Trouble` for a damaged segment.
  func next(from text: UInt32) throws -> UInt32? {
    var text = text
    search: while let wanted = try cursors[0].seek(text, pages), wanted < end {
      for index in 1..<cursors.count {
        guard let next = try cursors[index].seek(wanted, pages) else { return nil }
        guard next == wanted else {
          // The shortest list leads furthest.
          text = next
          continue search
        }
      }
      return wanted
    }
    return nil
  }
}

/// Goes through a list of texts, block by block.
private struct ListCursor {
  private let list: GramList
  /// The numbers of the block that was read last.
  private let numbers: UnsafeMutablePointer<UInt32>
  private var block: Int
  private var count = 0
  private var index = 0

  init(_ list: GramList) {
    self.list = list
    numbers = .allocate(capacity: PostingList.blockSize + Self.stride)
    block = list.blocks.lowerBound - 1
    finish(list.readShort(into: numbers))
  }

  func free() { numbers.deallocate() }

  private mutating func load(_ block: Int, _ pages: ExaminedPages) throws {
    try pages.need(list.bytes(ofBlocks: block..<block + 1))
    self.block = block
    finish(list.read(block: block, into: numbers))
    guard count > 0 else { throw pages.damage }
  }

  /// Puts what is greater than all numbers behind the last one.
  @inline(__always)
  private mutating func finish(_ count: Int) {
    for offset in count..<count + Self.stride { numbers[offset] = .max }
    (self.count, index) = (count, 0)
  }

  /// The first number not below another; numbers are asked for in ascending order.
  @inline(__always)
  mutating func seek(_ number: UInt32, _ pages: ExaminedPages) throws -> UInt32? {
    if count == 0 || numbers[count - 1] < number {
      guard try skipBlocks(to: number, pages) else { return nil }
    }
    var index = index
    while index < count {
      let smaller = Self.countBelow(number, numbers + index)
      index &+= smaller
      if smaller < Self.stride { break }
    }
    self.index = index
    return index < count ? numbers[index] : nil
  }

  /// Numbers that are compared at once.
  private static let stride = 8

  /// How many of so many numbers are smaller than another one.
  ///
  /// Spelt out and by the sign of differences, so that it becomes a few instructions on vectors.
  @inline(__always)
  private static func countBelow(_ number: UInt32, _ numbers: UnsafePointer<UInt32>) -> Int {
    let bound = Int64(number)
    @inline(__always)
    func isBelow(_ offset: Int) -> Int64 { (Int64(numbers[offset]) &- bound) >> 63 }
    let first = isBelow(0) &+ isBelow(1) &+ isBelow(2) &+ isBelow(3)
    let second = isBelow(4) &+ isBelow(5) &+ isBelow(6) &+ isBelow(7)
    return Int(0 &- (first &+ second))
  }

  /// Reads the block that may hold a number which is greater than all of the one that was read.
  private mutating func skipBlocks(to number: UInt32, _ pages: ExaminedPages) throws -> Bool {
    var (low, end) = (block + 1, list.blocks.upperBound)
    guard low < end else { return false }
    // It is near as a rule: steps of double size, then halves, to the last block that begins at or
    // before the number.
    var step = 1
    while low + step < end, first(low + step) <= number {
      low += step
      step *= 2
    }
    end = min(end, low + step)
    while end - low > 1 {
      let middle = (low + end) / 2
      if first(middle) <= number { low = middle } else { end = middle }
    }
    try load(low, pages)
    if numbers[count - 1] < number {
      guard low + 1 < list.blocks.upperBound else { return false }
      try load(low + 1, pages)
    }
    return true
  }

  @inline(__always)
  private func first(_ block: Int) -> UInt32 {
    list.base.loadUnaligned(fromByteOffset: block * 8, as: UInt32.self)
  }
}
