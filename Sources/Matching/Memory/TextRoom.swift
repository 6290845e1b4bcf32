/// Memory that grows as it is asked for, for one task.
///
/// What changes lies behind a pointer: of a class's own variables each use would be checked for being
/// the only one, which takes longer than many a text.
final class TextRoom {
  private let room: UnsafeMutablePointer<UnsafeMutableRawBufferPointer>

  private static let firstSize = 4096

  init() {
    room = .allocate(capacity: 1)
    room.initialize(to: .allocate(byteCount: Self.firstSize, alignment: 8))
  }

  deinit {
    room.pointee.deallocate()
    room.deallocate()
  }

  /// Room for so many bytes; what was there is lost.
  @inline(__always)
  func start(for count: Int) -> UnsafeMutableRawPointer {
    if let start = room.pointee.baseAddress, room.pointee.count >= count { return start }
    return grow(to: count)
  }

  private func grow(to count: Int) -> UnsafeMutableRawPointer {
    let size = max(count, room.pointee.count * 2)
    room.pointee.deallocate()
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
    room.pointee = UnsafeMutableRawBufferPointer(start: memory, count: size)
    return memory
  }
}

/// Keys that were read and will be read once more, as many as there is room for.
final class KeptKeys {
  private let start: UnsafeMutableRawPointer
  private let used: UnsafeMutablePointer<Int>

  private static let size = 1 << 18

  init() {
    start = .allocate(byteCount: Self.size + TextSpelling.copiedAtOnce, alignment: 8)
    used = .allocate(capacity: 1)
    used.initialize(to: 0)
  }

  deinit {
    start.deallocate()
    used.deallocate()
  }

  func removeAll() { used.pointee = 0 }

  /// A copy of a key, which holds until all are removed; `nil` when there is no room for it.
  @inline(__always)
  func keep(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard let bytes = key.baseAddress, used.pointee + key.count <= Self.size else { return nil }
    let place = start + used.pointee
    place.copyMemory(from: bytes, byteCount: key.count)
    used.pointee += key.count
    return UnsafeRawBufferPointer(start: place, count: key.count)
  }
}
