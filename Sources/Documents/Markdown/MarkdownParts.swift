internal import Bitext
internal import Segmentation

/// Reads a large Markdown document in parts that make the same blocks as the whole.
///
/// A part ends before a line of text at column 0 behind a blank line where MD4C, which has read on,
/// says that a paragraph begins there which lies in nothing else: then no list, quote, fence or
/// HTML block goes on, and the rest is a document of its own.
struct MarkdownParts: DocumentParts {
  private let isMDX: Bool
  private let file: String
  /// Where the text starts in the bytes that come next, and what the front matter before it says.
  private var start = 0
  private var declared: LanguageTag?
  /// What the document names, to be read before each part.
  private var definitions: [UInt8] = []

  /// So many places are looked at from the end on: usually the first will do.
  private static let mostPlaces = 16

  init(isMDX: Bool, file: String) {
    self.isMDX = isMDX
    self.file = file
  }

  /// The same reader for a document with names for addresses.
  func reading(_ references: MarkdownReferences) -> MarkdownParts {
    var parts = self
    parts.definitions = references.text
    return parts
  }

  var sampleBytes: Int { FrontMatter.mostBytes }

  mutating func begin(with sample: [UInt8], isWhole: Bool) -> Bool {
    start = FrontMatter.end(in: sample)
    declared = FrontMatter.language(in: sample)
    return true
  }

  mutating func part(of bytes: [UInt8], isLast: Bool) throws(Trouble) -> DocumentPart? {
    guard var part = try read(bytes, isLast: isLast) else { return nil }
    part.builder.declaredLanguage = declared
    start = 0
    return part
  }

  private func read(_ bytes: [UInt8], isLast: Bool) throws(Trouble) -> DocumentPart? {
    if isLast {
      return DocumentPart(
        try Markdown.read(bytes, from: start, definitions, isMDX: isMDX, file: file),
        end: bytes.count)
    }
    let places = places(in: bytes).filter { $0 > start }
    guard !places.isEmpty else { return nil }
    return try Markdown.readPart(
      bytes, from: start, definitions, isMDX: isMDX, file: file, upToOneOf: places)
  }

  /// Where paragraphs seem to begin behind others without comments, the last ones of a text: what
  /// a comment says is about the block before or after it.
  private func places(in bytes: [UInt8]) -> Set<Int> {
    var found: Set<Int> = []
    /// The paragraph that is read from its last line to its first, and the start of that below it.
    var paragraph: Paragraph?
    var below: Int?
    // The last line may go on.
    var end = bytes.lastIndex(of: 0x0A) ?? 0
    while end > 0, found.count < Self.mostPlaces {
      let start = bytes[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      let line = bytes[start..<end]
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
        if let paragraph {
          if let below, paragraph.isPlain { found.insert(below) }
          below =
            paragraph.startsWithText && !isCode(bytes[paragraph.start...])
            ? paragraph.start : nil
        }
        paragraph = nil
      } else {
        paragraph = Paragraph(line, before: paragraph)
      }
      end = start - 1
    }
    return found
  }

  /// Whether a paragraph of MDX may be JavaScript, which leaves no block.
  private func isCode(_ text: ArraySlice<UInt8>) -> Bool {
    isMDX && ["import", "export"].contains { text.starts(with: $0.utf8) }
  }

  private struct Paragraph {
    let start: Int
    /// Whether it begins with a letter at column 0.
    let startsWithText: Bool
    /// Whether nothing in it may be a comment or a shortcode.
    private let isClean: Bool

    var isPlain: Bool { startsWithText && isClean }

    init(_ line: ArraySlice<UInt8>, before next: Paragraph?) {
      start = line.startIndex
      // All of UTF-8's first bytes but ASCII's.
      startsWithText = line.first.map { $0.isASCIILetter || $0 >= 0xC2 } ?? false
      isClean =
        (next?.isClean ?? true) && !line.contains(UInt8(ascii: "<"))
        && !line.contains(UInt8(ascii: "{"))
    }
  }
}
