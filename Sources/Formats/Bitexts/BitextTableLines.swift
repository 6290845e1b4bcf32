public import Bitext
internal import Segmentation

/// A TSV bitext that is read row by row: source, target and optionally a score, under a header of
/// two tags or none.
public struct BitextTableLines: Sendable {
  public let source: LanguageTag
  public let target: LanguageTag
  private let path: String
  private let lines: TextLines
  private let hasHeader: Bool

  /// Rows that tell the languages of a file without a header.
  private static let sample = 200

  /// Reads the file once to see that it is text, and what languages it has.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - languages: for files without a header; the script decides where they are `nil`.
  /// - Throws: `Trouble` for a file that cannot be read, and for one that does not say its
  ///   languages.
  public init(
    _ path: String, languages: (source: LanguageTag?, target: LanguageTag?)
  ) throws {
    self.path = path
    lines = try TextLines(path)
    var rows: [[String]] = []
    try lines.forUpTo(Self.sample + 1) { rows.append(Self.fields($0)) }
    var languages = languages
    if let first = rows.first, first.count >= 2, let left = LanguageTag(first[0]),
      let right = LanguageTag(first[1]), left != right
    {
      languages = (languages.source ?? left, languages.target ?? right)
      rows.removeFirst()
      hasHeader = true
    } else {
      hasHeader = false
    }
    func detect(_ column: Int) -> LanguageTag? {
      let sample = rows.compactMap { $0.dropFirst(column).first }
      return LanguageMatching.detect(Array(sample.joined(separator: "\n").utf8).span)
    }
    guard let source = languages.source ?? detect(0), let target = languages.target ?? detect(1)
    else {
      throw Trouble(
        "does not say its languages: put a line such as 'en<TAB>zh-Hans' first", file: path)
    }
    self.source = source
    self.target = target
  }

  /// Calls `body` with the source and the target of each row that is not blank.
  ///
  /// - Throws: `Trouble` for a line without a tab, with its number, and what `body` throws.
  public func forEach(_ body: (String, String) throws -> Void) throws {
    var skips = hasHeader
    try lines.forEach { line, number in
      let fields = Self.fields(line)
      guard !fields.allSatisfy(\.isBlank) else { return }
      if skips {
        skips = false
        return
      }
      guard fields.count >= 2 else {
        throw Trouble("expected a source, a tab and a target", file: path, line: number)
      }
      try body(fields[0], fields[1])
    }
  }

  private static func fields(_ line: ArraySlice<UInt8>) -> [String] {
    line.split(separator: 0x09, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}

extension TextLines {
  private struct Enough: Error {}

  /// Calls `body` with the first lines that are not blank.
  func forUpTo(_ count: Int, _ body: (ArraySlice<UInt8>) -> Void) throws {
    var left = count
    do {
      try forEach { line, _ in
        guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return }
        guard left > 0 else { throw Enough() }
        left -= 1
        body(line)
      }
    } catch is Enough {}
  }
}
