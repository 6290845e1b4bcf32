/// Memory that starts at a multiple of 64, freed with its owner. Whoever fills it does so before
/// others see it.
final class AlignedMemory: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let count: Int

  private static let alignment = 64

  /// Zeros.
  init(count: Int) {
    base = .allocate(byteCount: count, alignment: Self.alignment)
    base.initializeMemory(as: UInt8.self, repeating: 0, count: count)
    self.count = count
  }

  convenience init(copying bytes: [UInt8]) {
    self.init(count: bytes.count)
    bytes.withUnsafeBytes { content in
      guard let start = content.baseAddress else { return }
      base.copyMemory(from: start, byteCount: content.count)
    }
  }

  deinit { base.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }
}
