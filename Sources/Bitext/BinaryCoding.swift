/// A value that a cache can keep as bytes: for the machine and version that wrote them, and so
/// without names or versions of its own.
package protocol BinaryCodable {
  func write(to writer: inout BinaryWriter)
  /// - Throws: ``BinaryReader/Damage`` for bytes that no ``write(to:)`` made.
  init(from reader: inout BinaryReader) throws(BinaryReader.Damage)
}

/// Puts values one after the other.
package struct BinaryWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ value: some BinaryCodable) { value.write(to: &self) }

  /// Forgets all values, and keeps the memory.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Writes a text in UTF-8 as a string is written.
  package mutating func write(text: UnsafeBufferPointer<UInt8>) {
    write(variable: UInt64(text.count))
    bytes.append(contentsOf: text)
  }

  /// Writes how many values follow, as an array does.
  package mutating func write(count: Int) { write(variable: UInt64(count)) }

  /// Lets bytes be appended that are no value of their own.
  package mutating func withBytes<Result>(_ body: (inout [UInt8]) throws -> Result) rethrows
    -> Result
  {
    try body(&bytes)
  }

  /// Seven bits a byte, the lowest first: most numbers here are small.
  fileprivate mutating func write(variable value: UInt64) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }

  fileprivate mutating func write(raw content: some Sequence<UInt8>) {
    bytes.append(contentsOf: content)
  }
}

/// Reads values in the order in which a ``BinaryWriter`` put them.
package struct BinaryReader {
  /// The bytes are not what a writer made of these types.
  package struct Damage: Error, Sendable {
    package init() {}
  }

  private let bytes: ArraySlice<UInt8>
  private var place: Int

  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  package var isAtEnd: Bool { place == bytes.endIndex }

  /// The index of the next byte in what is read.
  package var position: Int { place }

  /// Where the bytes of a string lie that comes next.
  package mutating func readText() throws(Damage) -> Range<Int> {
    let count = try readCount()
    defer { place += count }
    return place..<place + count
  }

  package mutating func read<Value: BinaryCodable>(
    _ type: Value.Type = Value.self
  ) throws(Damage) -> Value {
    try Value(from: &self)
  }

  fileprivate mutating func readVariable() throws(Damage) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while place < bytes.endIndex, shift < 64 {
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw Damage()
  }

  /// How many of something follow, each of a byte at the least: damage must not ask for memory
  /// without bound.
  package mutating func readCount() throws(Damage) -> Int {
    let count = try readVariable()
    guard count <= UInt64(bytes.endIndex - place) else { throw Damage() }
    return Int(count)
  }

  fileprivate mutating func readRaw(_ count: Int) throws(Damage) -> ArraySlice<UInt8> {
    guard count <= bytes.endIndex - place else { throw Damage() }
    defer { place += count }
    return bytes[place..<place + count]
  }
}

extension Int: BinaryCodable {
  /// Small negative numbers are small, too.
  package func write(to writer: inout BinaryWriter) {
    writer.write(variable: UInt64(bitPattern: Int64(self << 1 ^ self >> (Self.bitWidth - 1))))
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    let value = try reader.readVariable()
    self = Int(Int64(bitPattern: value >> 1)) ^ -Int(value & 1)
  }
}

extension UInt64: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    for shift in stride(from: 0, to: 64, by: 8) {
      writer.write(raw: CollectionOfOne(UInt8(truncatingIfNeeded: self >> UInt64(shift))))
    }
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self = try reader.readRaw(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension Double: BinaryCodable {
  package func write(to writer: inout BinaryWriter) { writer.write(bitPattern) }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(bitPattern: try reader.read())
  }
}

extension Bool: BinaryCodable {
  package func write(to writer: inout BinaryWriter) { writer.write(self ? 1 : 0) }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    switch try reader.read(Int.self) {
    case 0: self = false
    case 1: self = true
    default: throw BinaryReader.Damage()
    }
  }
}

extension String: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(variable: UInt64(utf8.count))
    writer.write(raw: utf8)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    let count = try reader.readCount()
    self.init(decoding: try reader.readRaw(count), as: UTF8.self)
  }
}

extension Range: BinaryCodable where Bound == Int {
  package func write(to writer: inout BinaryWriter) {
    writer.write(lowerBound)
    writer.write(count)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    let start = try reader.read(Int.self)
    let (end, overflow) = start.addingReportingOverflow(try reader.read())
    guard !overflow, end >= start else { throw BinaryReader.Damage() }
    self = start..<end
  }
}

extension Optional: BinaryCodable where Wrapped: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(self != nil)
    if let self { writer.write(self) }
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self = try reader.read(Bool.self) ? .some(try reader.read()) : .none
  }
}

extension Array: BinaryCodable where Element: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(variable: UInt64(count))
    for element in self { writer.write(element) }
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    let count = try reader.readCount()
    self = []
    reserveCapacity(Swift.min(count, 1024))
    for _ in 0..<count { append(try reader.read()) }
  }
}

extension BinaryCodable where Self: RawRepresentable, RawValue == String {
  package func write(to writer: inout BinaryWriter) { writer.write(rawValue) }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    guard let value = Self(rawValue: try reader.read()) else { throw BinaryReader.Damage() }
    self = value
  }
}
