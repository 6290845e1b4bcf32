/// A pattern of paths: `*` stands for anything within a part, `?` for one byte, `**` for any
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
  ///
  /// Each stands for as little as it can, the first one first.
  public func captures(in path: String) -> [String]? {
    let pieces = Self.pieces(path)
    guard let steps = match(pieces) else { return nil }
    var texts: [String] = []
    for step in steps {
      switch step {
      case .parts(let range): texts.append(pieces[range].map(Self.text).joined(separator: "/"))
      case .part(let piece, let ranges):
        let bytes = Array(pieces[piece])
        texts += ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
      }
    }
    return texts
  }

  private static func text(_ piece: Substring.UTF8View) -> String { String(Substring(piece)) }

  /// Whether a path fits.
  public func matches(_ path: String) -> Bool { match(Self.pieces(path)) != nil }

  private static func pieces(_ path: String) -> [Substring.UTF8View] {
    path.split(separator: "/").filter { $0 != "." }.map(\.utf8)
  }

  /// What a part of the pattern stands for.
  private enum Step {
    /// `**`
    case parts(Range<Int>)
    /// The wild places of a part, as bytes of a piece.
    case part(Int, [Range<Int>])
  }

  /// Only the last `**` need be tried again with more: it takes what an earlier one could.
  private func match(_ pieces: [Substring.UTF8View]) -> [Step]? {
    var steps: [Step] = []
    var part = 0
    var piece = 0
    var last: (part: Int, start: Int, end: Int, steps: Int)?
    while true {
      if part < parts.count, parts[part].elementsEqual("**".utf8) {
        last = (part, piece, piece, steps.count)
        steps.append(.parts(piece..<piece))
        part += 1
      } else if part < parts.count, piece < pieces.count,
        let wild = Self.match(parts[part], Array(pieces[piece]))
      {
        steps.append(.part(piece, wild))
        part += 1
        piece += 1
      } else if part == parts.count, piece == pieces.count {
        return steps
      } else {
        guard let before = last, before.end < pieces.count else { return nil }
        last?.end += 1
        steps.removeSubrange(before.steps...)
        steps.append(.parts(before.start..<before.end + 1))
        part = before.part + 1
        piece = before.end + 1
      }
    }
  }

  /// The bytes that the stars and question marks of a part stand for, by the same rule.
  private static func match(_ pattern: [UInt8], _ text: [UInt8]) -> [Range<Int>]? {
    var wild: [Range<Int>] = []
    var index = 0
    var place = 0
    var last: (index: Int, start: Int, end: Int, wild: Int)?
    while true {
      if index < pattern.count, pattern[index] == UInt8(ascii: "*") {
        last = (index, place, place, wild.count)
        wild.append(place..<place)
        index += 1
      } else if index < pattern.count, place < text.count, pattern[index] == UInt8(ascii: "?") {
        wild.append(place..<place + 1)
        index += 1
        place += 1
      } else if index < pattern.count, place < text.count, pattern[index] == text[place] {
        index += 1
        place += 1
      } else if index == pattern.count, place == text.count {
        return wild
      } else {
        guard let before = last, before.end < text.count else { return nil }
        last?.end += 1
        wild.removeSubrange(before.wild...)
        wild.append(before.start..<before.end + 1)
        index = before.index + 1
        place = before.end + 1
      }
    }
  }
}
