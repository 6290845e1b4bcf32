public import Bitext
internal import Segmentation

/// The lines of a text file, read as often as wanted.
///
/// Memory does not grow with the file, unless it is in another encoding than UTF-8 or its lines end
/// with a carriage return alone.
public struct TextLines: Sendable {
  private let path: String
  /// The whole text, of a file that cannot be read in pieces.
  private let text: [UInt8]?

  /// Reads the file once to see that it is text.
  ///
  /// - Parameter path: the file, or `-`.
  /// - Throws: `Trouble` for a file that cannot be read, a binary one, and bytes that its encoding
  ///   does not allow.
  public init(_ path: String) throws(Trouble) {
    self.path = path
    // Standard input can be read but once.
    if path != "-", try Self.isPlain(path) {
      text = nil
    } else {
      text = try decodeText(try Files.read(path), file: path).utf8
    }
  }

  /// Whether a file is UTF-8 without a zero, and has no carriage return that ends a line alone.
  private static func isPlain(_ path: String) throws(Trouble) -> Bool {
    var file = try InputFile(path)
    var bytes: [UInt8] = []
    var isFirst = true
    while try file.read(into: &bytes) {
      if isFirst, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return false }
      isFirst = false
      let end = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      guard isPlain(bytes[..<end]) else { return false }
      bytes.removeFirst(end)
    }
    return isPlain(bytes[...])
  }

  private static func isPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.contains(0) || Array(bytes).span.firstInvalidUTF8() != nil { return false }
    for index in bytes.indices where bytes[index] == 0x0D {
      guard index + 1 < bytes.endIndex, bytes[index + 1] == 0x0A else { return false }
    }
    return true
  }

  /// Calls `body` with each line without its end, and its number from 1.
  public func forEach(_ body: (ArraySlice<UInt8>, Int) throws -> Void) throws {
    var number = 0
    func take(_ line: ArraySlice<UInt8>) throws {
      number += 1
      try body(line.last == 0x0D ? line.dropLast() : line, number)
    }
    if let text {
      for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd) {
        try take(line)
      }
      return
    }
    var file = try InputFile(path)
    var bytes: [UInt8] = []
    while try file.read(into: &bytes) {
      var start = 0
      while let end = bytes[start...].firstIndex(of: 0x0A) {
        try take(bytes[start..<end])
        start = end + 1
      }
      bytes.removeFirst(start)
    }
    if !bytes.isEmpty { try take(bytes[...]) }
  }
}

extension UInt8 {
  fileprivate var isLineEnd: Bool { self == 0x0A || self == 0x0D }
}
