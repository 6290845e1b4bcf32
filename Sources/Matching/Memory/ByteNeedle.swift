#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Bytes that are looked for in texts.
package struct ByteNeedle {
  private let bytes: [UInt8]

  package init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = Array(bytes) }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  package func occurs(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.isEmpty || place(in: text, from: 0) != nil
  }

  /// Where the bytes stand from a place on.
  @inline(__always)
  private func place(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = text.baseAddress, !bytes.isEmpty, bytes.count <= text.count else {
      return nil
    }
    return bytes.withUnsafeBufferPointer { bytes in
      guard let needle = bytes.baseAddress else { return nil }
      // The last byte tells more than the first, which many ideographs share.
      let last = bytes.count - 1
      var index = start + last
      while index < text.count,
        let found = memchr(base + index, Int32(bytes[last]), text.count - index)
      {
        index = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        if memcmp(base + index - last, needle, last) == 0 { return index - last }
        index += 1
      }
      return nil
    }
  }

  /// Calls `body` with all places, none overlapping; with none for no bytes.
  @inline(__always)
  func forEachPlace(in text: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void) {
    var start = 0
    while let place = place(in: text, from: start) {
      start = place + bytes.count
      body(place..<start)
    }
  }
}
