public import Bitext
internal import Segmentation

/// Two plain files of which line n of one translates line n of the other: `corpus.en` and `corpus.zh`.
public struct MosesPair: Sendable, Hashable {
  public var source: String
  public var target: String

  public init(source: String, target: String) {
    self.source = source
    self.target = target
  }

  /// The language that the ending of a file's name is the tag of; `nil` for other names.
  public static func language(of path: String) -> LanguageTag? {
    let name = Files.name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    let ending = name[name.index(after: dot)...]
    guard !otherEndings.contains(ending.lowercased()), let tag = LanguageTag(ending) else {
      return nil
    }
    // Three letters are a format's more often than a language's.
    return tag.language.utf8.count == 2 || tag.script != nil ? tag : nil
  }

  /// Two letters that end the names of other files far more often than they name a language.
  private static let otherEndings: Set<String> = ["po", "md", "gz", "so", "ts", "js", "py", "sh"]

  /// The part of a path before its language.
  private static func stem(of path: String) -> String {
    String(path[..<(path.lastIndex(of: ".") ?? path.endIndex)])
  }

  /// Takes the pairs out of a list of files: two neighbours whose names differ in their last part
  /// alone, which is a language in both. The first is the source.
  ///
  /// - Parameter paths: the files; what is left are those without a partner.
  /// - Returns: the pairs, in the order of their sources.
  public static func take(from paths: inout [String]) -> [MosesPair] {
    var pairs: [MosesPair] = []
    var rest: [String] = []
    var open: [(path: String, stem: String)] = []
    for path in paths {
      guard path != "-", let own = language(of: path) else {
        rest.append(path)
        continue
      }
      let stem = stem(of: path)
      if let index = open.firstIndex(where: { $0.stem == stem && language(of: $0.path) != own }) {
        pairs.append(MosesPair(source: open.remove(at: index).path, target: path))
      } else {
        open.append((path, stem))
      }
    }
    paths = rest + open.map(\.path)
    return pairs
  }

  /// Calls `body` with each pair of lines that hold text on both sides.
  ///
  /// - Parameters:
  ///   - languages: those that outweigh the names of the files; the script decides where neither
  ///     says them.
  ///   - encoding: an IANA name, for files that are guessed wrong.
  ///   - body: takes each unit.
  /// - Returns: how many lines have a text on one side alone.
  /// - Throws: `Trouble` for files of different length and for languages that cannot be told, and
  ///   what `body` throws.
  public func forEachUnit(
    languages: (source: LanguageTag?, target: LanguageTag?), encoding: String? = nil,
    _ body: (TranslationUnit) throws -> Void
  ) throws -> Int {
    var sides = (try LineSource(source, encoding), try LineSource(target, encoding))
    let source = try language(languages.source, of: self.source, sides.0)
    let target = try language(languages.target, of: self.target, sides.1)
    guard !LanguageMatching.match(source, target) else {
      throw Trouble(
        "and \(self.target.visible) are both in \(source): give --source-language and "
          + "--target-language", file: self.source)
    }
    var number = 0
    var lonely = 0
    while true {
      let lines = (try sides.0.next(), try sides.1.next())
      guard let left = lines.0, let right = lines.1 else {
        guard lines.0 == nil, lines.1 == nil else {
          throw Trouble(
            "ends at line \(number), and \(lines.0 == nil ? self.target.visible : self.source.visible) "
              + "goes on: line n of one must translate line n of the other",
            file: lines.0 == nil ? self.source : self.target, line: max(1, number))
        }
        return lonely
      }
      number += 1
      guard !left.isBlank, !right.isBlank else {
        if left.isBlank != right.isBlank { lonely += 1 }
        continue
      }
      try body(
        TranslationUnit(
          sourceLanguage: source, targetLanguage: target, source: left, target: right,
          origin: Files.name(of: Self.stem(of: self.source))))
    }
  }

  private func language(
    _ wanted: LanguageTag?, of path: String, _ lines: LineSource
  ) throws(Trouble) -> LanguageTag {
    if let language = wanted ?? Self.language(of: path) { return language }
    let sample = try lines.sample()
    guard let language = LanguageMatching.detect(sample.span) else {
      throw Trouble(
        "does not say its language: give --source-language and --target-language", file: path)
    }
    return language
  }
}

/// The lines of a file, one when it is asked for. UTF-8 is read piece by piece; a file in another
/// encoding is held.
private struct LineSource {
  private let path: String
  private var source: Source
  private var bytes: [UInt8] = []
  private var index = 0
  private var isAtEnd = false
  private var line = 0

  private enum Source {
    case pieces(PieceSource)
    case held
  }

  init(_ path: String, _ encoding: String?) throws(Trouble) {
    self.path = path
    let file = try PieceSource(path)
    var start: [UInt8] = []
    _ = try file.read(into: &start)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let isMarked = start.starts(with: mark)
    // A piece may end within a character.
    let isPlain =
      start.dropLast(4).contains(0) == false
      && (start.span.firstInvalidUTF8().map { $0 + 4 > start.count } ?? true)
    if encoding == nil, isPlain {
      source = .pieces(file)
      bytes = isMarked ? Array(start.dropFirst(3)) : start
    } else {
      source = .held
      isAtEnd = true
      bytes = try decodeText(try Files.read(path), file: path, encoding: encoding).utf8
    }
  }

  /// The first bytes.
  func sample() throws(Trouble) -> [UInt8] { Array(bytes.prefix(20_000)) }

  /// The next line without its end; `nil` behind the last.
  mutating func next() throws(Trouble) -> String? {
    while true {
      if let feed = bytes[index...].firstIndex(of: 0x0A) {
        defer { index = feed + 1 }
        return try text(index..<feed)
      }
      guard !isAtEnd else {
        guard index < bytes.count else { return nil }
        defer { index = bytes.count }
        return try text(index..<bytes.count)
      }
      bytes.removeFirst(index)
      index = 0
      if case .pieces(let file) = source { isAtEnd = try !file.read(into: &bytes) }
    }
  }

  private mutating func text(_ range: Range<Int>) throws(Trouble) -> String {
    line += 1
    let end = bytes[range].last == 0x0D ? range.upperBound - 1 : range.upperBound
    let part = Array(bytes[range.lowerBound..<end])
    guard part.span.firstInvalidUTF8() == nil else {
      throw Trouble(
        "is no UTF-8 here, as it is before: give --encoding, or mend the line", file: path,
        line: line)
    }
    return String(decoding: part, as: UTF8.self)
  }
}

/// A file that several owners read from.
private final class PieceSource {
  private var file: InputFile

  init(_ path: String) throws(Trouble) { file = try InputFile(path) }

  func read(into bytes: inout [UInt8]) throws(Trouble) -> Bool { try file.read(into: &bytes) }
}
