/// Goes through a list of texts, block by block.
final class ListCursor {
  private let list: GramList
  /// The numbers of the block that was read last.
  private let numbers: UnsafeMutablePointer<UInt32>
  private let place: UnsafeMutablePointer<Place>

  private struct Place {
    var block: Int
    var count = 0
    var index = 0
  }

  init(_ list: GramList) {
    self.list = list
    numbers = .allocate(capacity: PostingList.blockSize + Self.stride)
    place = .allocate(capacity: 1)
    place.initialize(to: Place(block: list.blocks.lowerBound))
    if list.count <= PostingList.blockSize {
      list.forEach(add)
      end(numbers + place.pointee.count)
    } else if !list.blocks.isEmpty {
      load(list.blocks.lowerBound)
    }
  }

  deinit {
    numbers.deallocate()
    place.deallocate()
  }

  @inline(__always)
  private func add(_ number: UInt32) {
    numbers[place.pointee.count] = number
    place.pointee.count += 1
  }

  private func load(_ block: Int) {
    place.pointee = Place(block: block)
    var end = numbers
    PostingList.forEach(list.base, block: block, count: list.count) { number in
      end.pointee = number
      end += 1
    }
    place.pointee.count = end - numbers
    self.end(end)
  }

  /// Puts what is greater than all numbers behind the last one.
  @inline(__always)
  private func end(_ end: UnsafeMutablePointer<UInt32>) {
    for offset in 0..<Self.stride { end[offset] = .max }
  }

  /// The first number not below another; numbers are asked for in ascending order.
  @inline(__always)
  func seek(_ number: UInt32) -> UInt32? {
    var (count, index) = (place.pointee.count, place.pointee.index)
    if count > 0, numbers[count - 1] < number {
      guard skipBlocks(to: number) else { return nil }
      (count, index) = (place.pointee.count, 0)
    }
    while index < count {
      let smaller = Self.countBelow(number, numbers + index)
      index &+= smaller
      if smaller < Self.stride { break }
    }
    place.pointee.index = index
    return index < count ? numbers[index] : nil
  }

  /// Numbers that are compared at once.
  private static let stride = 8

  /// How many of so many numbers are smaller than another one.
  ///
  /// Spelt out and by the sign of differences, since a branch for each, which nobody could foretell,
  /// takes several times as long.
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
  private func skipBlocks(to number: UInt32) -> Bool {
    var (low, end) = (place.pointee.block + 1, list.blocks.upperBound)
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
    load(low)
    if numbers[place.pointee.count - 1] < number {
      guard low + 1 < list.blocks.upperBound else { return false }
      load(low + 1)
    }
    return true
  }

  @inline(__always)
  private func first(_ block: Int) -> UInt32 {
    list.base.loadUnaligned(fromByteOffset: block * 8, as: UInt32.self)
  }
}
