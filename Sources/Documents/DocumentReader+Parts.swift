package import Bitext
internal import Formats
internal import Segmentation

extension DocumentReader {
  /// From which size on a document is read in parts, and how large these are, in bytes.
  package struct PartSizes: Sendable {
    package var file: Int
    package var part: Int

    /// A smaller file takes less memory as a whole than the rest of a check does.
    package init(file: Int = 8 << 20, part: Int = 2 << 20) {
      self.file = file
      self.part = part
    }
  }

  /// Reads a large document in parts, each of which is prose by itself: the blocks of all parts are
  /// those of the document, comments stand in the same part as the blocks that they are about, and
  /// memory does not grow with the file.
  ///
  /// Plain text and Markdown in UTF-8 can be read so, unless definitions of link references, which
  /// hold for the whole of a document, or originals in comments stand in them.
  ///
  /// - Parameters:
  ///   - path: a file, or `-`, which is never read so.
  ///   - options: how to read it.
  ///   - translation: the language of a document with its originals in comments, where the user
  ///     said so.
  ///   - sizes: from which size on, and how large the parts are.
  ///   - body: takes each part.
  /// - Returns: whether the document was read so. If not, it has to be read as a whole, and what
  ///   `body` was given does not count.
  /// - Throws: `Trouble` as ``read(_:_:damage:)`` does, and what `body` throws.
  package static func forEachPart(
    of path: String, _ options: DocumentOptions, translation: LanguageTag? = nil,
    sizes: PartSizes = PartSizes(), _ body: (Prose) throws -> Void
  ) throws -> Bool {
    guard var parts = parts(of: path, options, sizes),
      try DocumentSurvey.allowsParts(path, isMarkdown: parts is MarkdownParts)
    else { return false }
    var window = try DocumentWindow(path)
    try window.fill(upTo: parts.sampleBytes)
    try refuseForeign(window.bytes, path)
    while !parts.begin(with: window.bytes, isWhole: window.isAtEnd) {
      try window.fill(upTo: window.bytes.count * 2)
    }
    var language = PartLanguage(path, options, translation)
    var originals = 0
    func deliver(_ part: PlacedPart) throws {
      if parts is MarkdownParts, let other = language.translation {
        originals += try CommentedPair.originals(in: part, file: path, unlike: other)
      }
      try body(
        part.builder.prose(
          file: path, language: language.known,
          positions: PositionMap(verbatim: part.end, at: part.place)))
    }
    var wanted = sizes.part
    while originals < CommentedPair.leastPairs {
      try window.fill(upTo: wanted)
      let isLast = window.isAtEnd && window.bytes.count <= wanted
      guard let part = try parts.part(of: window.prefix(wanted), isLast: isLast) else {
        wanted *= 2
        continue
      }
      wanted = sizes.part
      let placed = PlacedPart(builder: part.builder, place: window.place, end: part.end)
      window.drop(part.end)
      for part in try language.take(placed, isLast: isLast) { try deliver(part) }
      if isLast { return originals < CommentedPair.leastPairs }
    }
    return false
  }

  private static func parts(
    of path: String, _ options: DocumentOptions, _ sizes: PartSizes
  ) -> (any DocumentParts)? {
    guard path != "-", !options.isSegmented, options.encoding?.isUTF8 ?? true,
      !KeyedDocument.hasKeyedEnding(path), !packedEndings.contains(Files.ending(of: path)),
      Files.kind(of: path) == .file, let size = Files.size(of: path), size >= sizes.file
    else { return nil }
    return switch DocumentFormat(of: path) {
    case .plainText: PlainTextParts()
    case .markdown: MarkdownParts(isMDX: false, file: path)
    case .mdx: MarkdownParts(isMDX: true, file: path)
    default: nil
    }
  }
}

/// A part of a document at its place.
struct PlacedPart {
  var builder: ProseBuilder
  /// The byte of the file where it starts.
  var place: Int
  /// Its bytes in the builder's source: what stands behind them is not of this part.
  var end: Int
}

/// Finds the language of a document by its beginning: parts wait until there is enough of it.
private struct PartLanguage {
  private let file: String
  private let options: DocumentOptions
  /// Of the translation in a document with originals in comments; `nil` where nobody knows.
  private(set) var translation: LanguageTag?
  private(set) var known = LanguageTag.english
  private var declared: LanguageTag?
  private var waiting: [PlacedPart]? = []
  private var text: [UInt8] = []
  private var isFirst = true

  init(_ file: String, _ options: DocumentOptions, _ translation: LanguageTag?) {
    self.file = file
    self.options = options
    self.translation = translation
  }

  /// Takes a part, and returns those whose language is known now.
  mutating func take(_ part: PlacedPart, isLast: Bool) throws(Trouble) -> [PlacedPart] {
    guard var parts = waiting else { return [part] }
    if isFirst { declared = part.builder.declaredLanguage }
    isFirst = false
    parts.append(part)
    text += part.builder.utf8
    // A character may reach beyond the page.
    guard isLast || text.count >= LanguageMatching.pageBytes + 4 else {
      waiting = parts
      return []
    }
    known = try DocumentReader.language(
      of: text.span, declared: declared, styles: PackedLanguages(), file: file,
      isEmpty: parts.allSatisfy(\.builder.blocks.isEmpty), options)
    translation =
      translation ?? declared ?? DocumentName(file).language ?? LanguageMatching.detect(text.span)
    waiting = nil
    text = []
    return parts
  }
}

/// What a document must be known not to hold before it can be read in parts.
private enum DocumentSurvey {
  /// Whether a file is UTF-8 without a NUL, and no Markdown with definitions of link references.
  ///
  /// - Throws: `Trouble` for a file that cannot be read.
  static func allowsParts(_ path: String, isMarkdown: Bool) throws(Trouble) -> Bool {
    var file = try InputFile(path)
    var bytes: [UInt8] = []
    var isMore = true
    while isMore {
      let start = bytes.count
      isMore = try file.read(into: &bytes)
      // Lines are looked at as a whole, and so are characters.
      let end = isMore ? bytes[start...].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0 : bytes.count
      guard end > 0 else { continue }
      guard allowsParts(bytes.span.extracting(0..<end), isMarkdown) else { return false }
      bytes.removeFirst(end)
    }
    return true
  }

  private static func allowsParts(_ lines: Span<UInt8>, _ isMarkdown: Bool) -> Bool {
    if lines.firstInvalidUTF8() != nil || lines.holdsZero { return false }
    return !isMarkdown || !lines.mayDefineReference
  }
}

extension Span<UInt8> {
  fileprivate var holdsZero: Bool {
    for index in indices where self[index] == 0 { return true }
    return false
  }

  /// Whether a line may be or end the label of a definition, as in `[name]: address`: before its
  /// bracket stands nothing but what quotes and lists begin with, or the label began on the line
  /// before.
  fileprivate var mayDefineReference: Bool {
    var index = 0
    while index + 1 < count {
      if self[index] == UInt8(ascii: "]"), self[index + 1] == UInt8(ascii: ":"),
        mayEndLabel(index)
      {
        return true
      }
      index += 1
    }
    return false
  }

  private func mayEndLabel(_ end: Int) -> Bool {
    var index = end
    while index > 0, self[index - 1] != 0x0A, self[index - 1] != 0x0D {
      index -= 1
      guard self[index] == UInt8(ascii: "[") else { continue }
      if index > 0, self[index - 1] == UInt8(ascii: "\\") { continue }
      // A label is not empty.
      if trimmingWhitespace(index + 1..<end).isEmpty { return false }
      var before = index
      while before > 0, self[before - 1] != 0x0A, self[before - 1] != 0x0D {
        before -= 1
        let byte = self[before]
        let isMark = byte.isASCIIDigit || byte == 0x20 || byte == 0x09
        guard isMark || ">*+-.)".utf8.contains(byte) else { return false }
      }
      return true
    }
    return true
  }
}

extension String {
  /// Whether it names UTF-8, or what is a part of it.
  fileprivate var isUTF8: Bool {
    ["utf8", "ascii", "usascii"].contains(lowercased().filter { $0 != "-" && $0 != "_" })
  }
}
