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
