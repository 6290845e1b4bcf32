/// A pattern of paths: `*` stands for anything within a part, `?` for one character, `**` for any
/// parts.
public struct FilePattern: Sendable {
  private let parts: [[UInt8]]

  public init(_ pattern: String) {
    let text = pattern.hasSuffix("/") ? pattern + "**" : pattern
    parts = text.split(separator: "/").filter { $0 != "." }.map { Array($0.utf8) }
  }

  /// Whether the pattern holds anything wild.
  public static func isWild(_ text: String) -> Bool { text.contains("*") || text.contains("?") }

  /// The texts that the wild parts stand for in a path; `nil` when the path does not fit.
  public func captures(in path: String) -> [String]? {
    var captures: [String] = []
    let pieces = path.split(separator: "/").filter { $0 != "." }.map { Array($0.utf8) }
    return match(parts[...], pieces[...], &captures) ? captures : nil
  }

  /// Whether a path fits.
  public func matches(_ path: String) -> Bool { captures(in: path) != nil }

  private func match(
    _ parts: ArraySlice<[UInt8]>, _ pieces: ArraySlice<[UInt8]>, _ captures: inout [String]
  ) -> Bool {
    guard let part = parts.first else { return pieces.isEmpty }
    if part.elementsEqual("**".utf8) {
      let mark = captures.count
      for count in 0...pieces.count {
        captures.append(
          pieces.prefix(count).map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/"))
        if match(parts.dropFirst(), pieces.dropFirst(count), &captures) { return true }
        captures.removeSubrange(mark...)
      }
      return false
    }
    guard let piece = pieces.first else { return false }
    let mark = captures.count
    guard matchPart(part[...], piece[...], &captures),
      match(parts.dropFirst(), pieces.dropFirst(), &captures)
    else {
      captures.removeSubrange(mark...)
      return false
    }
    return true
  }

  private func matchPart(
    _ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>, _ captures: inout [String]
  ) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    switch first {
    case UInt8(ascii: "*"):
      let mark = captures.count
      for count in 0...text.count {
        captures.append(String(decoding: text.prefix(count), as: UTF8.self))
        if matchPart(pattern.dropFirst(), text.dropFirst(count), &captures) { return true }
        captures.removeSubrange(mark...)
      }
      return false
    case UInt8(ascii: "?"):
      guard let byte = text.first else { return false }
      captures.append(String(decoding: [byte], as: UTF8.self))
      return matchPart(pattern.dropFirst(), text.dropFirst(), &captures)
    default:
      return text.first == first && matchPart(pattern.dropFirst(), text.dropFirst(), &captures)
    }
  }
}
