/// Writes a segment from front to back: parts of shelves, then ``finish(first:last:units:)``.
struct SegmentWriter {
  /// How many bytes were written; parts begin at a multiple of eight.
  private(set) var offset = 0
  private var sums: [UInt32] = []
  private var shelves: [ShelfRecord] = []
  private let output: ([UInt8]) throws -> Void
  private var buffer: [UInt8] = []

  private static let bufferSize = 1 << 20

  /// - Parameter output: takes the bytes in order, a megabyte or so at a time.
  init(output: @escaping ([UInt8]) throws -> Void) {
    self.output = output
    buffer.reserveCapacity(Self.bufferSize + SegmentLayout.pageSize)
  }

  mutating func add(_ shelf: ShelfRecord) { shelves.append(shelf) }

  mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let room = SegmentLayout.pageSize - offset % SegmentLayout.pageSize
      let part = rest.prefix(room)
      buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: part))
      offset += part.count
      rest = rest.dropFirst(part.count)
      if offset % SegmentLayout.pageSize == 0 { try endPage() }
    }
  }

  mutating func append<Number: FixedWidthInteger>(_ numbers: [Number]) throws {
    try numbers.withUnsafeBytes { try append($0) }
  }

  /// Fills up with zeros to a multiple of `size`.
  mutating func align(to size: Int) throws {
    let gap = (size - offset % size) % size
    if gap > 0 { try append([UInt8](repeating: 0, count: gap)) }
  }

  private mutating func endPage() throws {
    buffer.withUnsafeBytes { bytes in
      let page = UnsafeRawBufferPointer(rebasing: bytes.suffix(SegmentLayout.pageSize))
      sums.append(UInt32(truncatingIfNeeded: Checksum.of(page)))
    }
    guard buffer.count >= Self.bufferSize else { return }
    try output(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what stands behind the shelves, and returns the segment's checksum.
  mutating func finish(first: Int64, last: Int64, units: Int) throws -> UInt64 {
    // Numbers of a list are read eight bytes at a time, also the last ones.
    try append([UInt8](repeating: 0, count: 8))
    try align(to: SegmentLayout.pageSize)
    let pageCount = sums.count
    var directory: [UInt8] = []
    func put(_ number: UInt64) { withUnsafeBytes(of: number) { directory.append(contentsOf: $0) } }
    put(UInt64(shelves.count))
    for shelf in shelves {
      put(UInt64(shelf.language.utf8.count))
      directory += Array(shelf.language.utf8)
      directory += [UInt8](repeating: 0, count: -directory.count & 7)
      for number in shelf.numbers { put(number) }
    }
    let trailer = [
      SegmentLayout.magic, SegmentLayout.version, UInt64(offset), UInt64(directory.count),
      UInt64(bitPattern: first), UInt64(bitPattern: last), UInt64(units),
    ]
    try append(sums)
    try align(to: SegmentLayout.pageSize)
    var end: [UInt8] = []
    sums[pageCount...].withUnsafeBytes { end.append(contentsOf: $0) }
    end += directory
    trailer.withUnsafeBytes { end.append(contentsOf: $0) }
    let sum = end.withUnsafeBytes { Checksum.of($0) }
    withUnsafeBytes(of: sum) { end.append(contentsOf: $0) }
    try output(buffer)
    try output(end)
    buffer = []
    return sum
  }
}
