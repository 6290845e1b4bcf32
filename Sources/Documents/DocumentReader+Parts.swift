package import Bitext
internal import Formats
internal import Segmentation

extension DocumentReader {
  /// From which size on a document is read in parts, and how large these are, in bytes.
  package struct PartSizes: Sendable {
    package var file: Int
    package var part: Int
    /// A part that would be larger, such as a file of one line, is better read with the whole.
    package var largestPart: Int

    /// A smaller file takes less memory as a whole than the rest of a check does.
    package init(file: Int = 8 << 20, part: Int = 2 << 20, largestPart: Int = 32 << 20) {
      self.file = file
      self.part = part
      self.largestPart = largestPart
    }
  }

  /// Reads a large document in parts, each of which is prose by itself: the blocks of all parts are
  /// those of the document, comments stand in the same part as the blocks that they are about, and
  /// memory does not grow with the file.
  ///
  /// Plain text and Markdown in UTF-8 can be read so, unless originals stand in comments. Names of
  /// addresses, which hold for the whole of a Markdown document, are gathered first.
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
    guard var parts = parts(of: path, options, sizes) else { return false }
    let survey = try DocumentSurvey(
      path, isMarkdown: parts is MarkdownParts, longestLine: sizes.largestPart)
    guard survey.allowsParts else { return false }
    if survey.definesReferences, let markdown = parts as? MarkdownParts {
      guard let references = try references(of: path, markdown, sizes) else { return false }
      parts = markdown.reading(references)
    }
    var language = PartLanguage(path, options, translation)
    var originals = 0
    return try forEachPart(of: path, parts, sizes) { part, isLast in
      for part in try language.take(part, isLast: isLast) {
        if parts is MarkdownParts, let other = language.translation {
          originals += try CommentedPair.originals(in: part, file: path, unlike: other)
        }
        try body(
          part.builder.prose(
            file: path, language: language.known,
            positions: PositionMap(verbatim: part.end, at: part.place)))
      }
      return originals < CommentedPair.leastPairs
    }
  }

  /// The definitions of references in a document, wherever they stand; `nil` where there are too
  /// many of them.
  private static func references(
    of path: String, _ parts: MarkdownParts, _ sizes: PartSizes
  ) throws -> MarkdownReferences? {
    var references = MarkdownReferences()
    var isFirst = true
    let isRead = try forEachPart(of: path, parts, sizes) { part, _ in
      let start = isFirst ? FrontMatter.end(in: part.builder.source) : 0
      isFirst = false
      references.note(part.builder.source[start..<part.end])
      return references.definitions.count <= MarkdownReferences.mostBytes
    }
    return isRead ? references : nil
  }

  /// Calls `body` with each part, and whether it is the last, until it returns `false`.
  ///
  /// - Returns: whether it never did, and no part was too large.
  private static func forEachPart(
    of path: String, _ parts: any DocumentParts, _ sizes: PartSizes,
    _ body: (PlacedPart, Bool) throws -> Bool
  ) throws -> Bool {
    var parts = parts
    var window = try DocumentWindow(path)
    try window.fill(upTo: parts.sampleBytes)
    try refuseForeign(window.bytes, path)
    while !parts.begin(with: window.bytes, isWhole: window.isAtEnd) {
      try window.fill(upTo: window.bytes.count * 2)
    }
    var wanted = sizes.part
    while true {
      try window.fill(upTo: wanted)
      let isLast = window.isAtEnd && window.bytes.count <= wanted
      guard let part = try parts.part(of: window.prefix(wanted), isLast: isLast) else {
        wanted *= 2
        guard wanted <= sizes.largestPart else { return false }
        continue
      }
      wanted = sizes.part
      let placed = PlacedPart(builder: part.builder, place: window.place, end: part.end)
      window.drop(part.end)
      guard try body(placed, isLast) else { return false }
      if isLast { return true }
    }
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

/// What must be known of all of a document before it can be read in parts.
private struct DocumentSurvey {
  /// Whether a file is UTF-8 without a NUL, and no Markdown with definitions of link references
  /// that cannot be told line by line.
  private(set) var allowsParts = true
  /// Whether it may hold such definitions.
  private(set) var definesReferences = false

  /// Reads a file once.
  ///
  /// - Throws: `Trouble` for a file that cannot be read.
  init(_ path: String, isMarkdown: Bool, longestLine: Int) throws(Trouble) {
    var file = try InputFile(path)
    var bytes: [UInt8] = []
    var isMore = true
    while isMore, allowsParts {
      let start = bytes.count
      isMore = try file.read(into: &bytes)
      // Lines are looked at as a whole, and so are characters.
      let end = isMore ? bytes[start...].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0 : bytes.count
      guard end > 0 else {
        allowsParts = bytes.count <= longestLine
        continue
      }
      look(at: bytes.span.extracting(0..<end), isMarkdown)
      bytes.removeFirst(end)
    }
  }

  private mutating func look(at lines: Span<UInt8>, _ isMarkdown: Bool) {
    guard lines.firstInvalidUTF8() == nil, !lines.holdsZero else {
      allowsParts = false
      return
    }
    guard isMarkdown else { return }
    switch MarkdownLabels.presence(in: lines) {
    case .none: break
    case .some: definesReferences = true
    case .hidden: allowsParts = false
    }
  }
}

extension String {
  /// Whether it names UTF-8, or what is a part of it.
  fileprivate var isUTF8: Bool {
    ["utf8", "ascii", "usascii"].contains(lowercased().filter { $0 != "-" && $0 != "_" })
  }
}
