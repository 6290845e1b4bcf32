internal import Bitext
internal import Formats
internal import Segmentation

/// The formats of documents in text files, told apart by the ending of their names.
enum DocumentFormat: Sendable, Hashable {
  case plainText
  case markdown
  case mdx
  case html
  case xhtml
  case reStructuredText
  case subRip
  case webVTT

  static let byEnding: [String: DocumentFormat] = [
    "txt": .plainText, "text": .plainText, "md": .markdown, "markdown": .markdown, "mdx": .mdx,
    "html": .html,
    "htm": .html, "xhtml": .xhtml, "rst": .reStructuredText, "rest": .reStructuredText,
    "srt": .subRip, "vtt": .webVTT,
  ]

  init(of file: String) { self = Self.byEnding[Files.ending(of: file)] ?? .plainText }

  /// The encoding that a file in bytes declares; `nil` where its bytes speak for themselves.
  func declaredEncoding(_ bytes: [UInt8]) -> String? {
    guard self == .html || self == .xhtml, bytes.span.firstInvalidUTF8(from: 0) != nil else {
      return nil
    }
    return HTML.declaredEncoding(bytes)
  }

  /// Takes the prose out of a decoded document.
  func read(
    _ source: [UInt8], file: String, isSegmented: Bool
  ) throws(Trouble) -> ProseBuilder {
    switch self {
    case .plainText: PlainText.read(source, isSegmented: isSegmented)
    case .markdown: try Markdown.read(source, isMDX: false, file: file)
    case .mdx: try Markdown.read(source, isMDX: true, file: file)
    case .html: try HTML.read(source, isXML: source.starts(with: "<?xml".utf8), file: file)
    case .xhtml: try HTML.read(source, isXML: true, file: file)
    case .reStructuredText: ReStructuredText.read(source)
    case .subRip: Subtitles.read(source, isWeb: false)
    case .webVTT: Subtitles.read(source, isWeb: true)
    }
  }
}
