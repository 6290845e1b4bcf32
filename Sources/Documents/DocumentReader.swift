public import Bitext
internal import Formats
public import Segmentation

/// How a document is to be read.
public struct DocumentOptions: Sendable {
  /// The document's language; else the file's own declaration, its name and its script decide.
  public var language: LanguageTag?
  /// The IANA name of the encoding, for files that are guessed wrong.
  public var encoding: String?
  /// Whether every line is a segment of its own.
  public var isSegmented: Bool
  /// What Chinese is written in where characters and names leave it open.
  public var chinese: LanguageTag

  public init(
    language: LanguageTag? = nil, encoding: String? = nil, isSegmented: Bool = false,
    chinese: LanguageTag = .simplifiedChinese
  ) {
    self.language = language
    self.encoding = encoding
    self.isSegmented = isSegmented
    self.chinese = chinese
  }
}

/// Reads documents of one language, each format into the same ``Bitext/Prose``.
public enum DocumentReader {
  /// The endings of the files that a directory is searched for.
  public static let endings: Set<String> = packedEndings.union(DocumentFormat.byEnding.keys)

  static let packedEndings: Set<String> = ["docx", "odt"]

  /// Reads a file into prose.
  ///
  /// - Parameters:
  ///   - path: a file, or `-`.
  ///   - options: how to read it.
  ///   - damage: hears of bytes that cannot be decoded, in whose place U+FFFD stands then, and of
  ///     NULs. Without it such a file is trouble.
  /// - Returns: the prose with its positions in the file.
  /// - Throws: `Trouble` for a missing, unreadable, binary or undecodable file, and for one whose
  ///   language cannot be told.
  public static func read(
    _ path: String, _ options: DocumentOptions, damage: ((DecodingDamage) -> Void)? = nil
  ) throws(Trouble) -> Prose {
    let file = path == "-" ? Files.standardInputName : path
    let bytes = try Files.read(path)
    if PackedDocument.isPacked(bytes) {
      return try prose(
        PackedDocument.read(bytes, file: file), at: PositionMap(), file: file, options)
    }
    try refuseForeign(bytes, file)
    let encoding = options.encoding ?? DocumentFormat(of: file).declaredEncoding(bytes)
    guard let damage else {
      let text = try decodeText(bytes, file: file, encoding: encoding)
      return try prose(text, file: file, options)
    }
    let (text, found) = try decodeDamagedText(bytes, file: file, encoding: encoding)
    if !found.isEmpty { damage(found) }
    return try prose(text, file: file, options)
  }

  /// The lines of a document, for reports that show where something stands. Those of a packed one are
  /// its paragraphs.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: its name.
  /// - Returns: `nil` for a file that cannot be read.
  package static func lines(of bytes: [UInt8], file: String) -> LineIndex? {
    guard PackedDocument.isPacked(bytes) else {
      let encoding = DocumentFormat(of: file).declaredEncoding(bytes)
      return (try? decodeText(bytes, file: file, encoding: encoding)).map { LineIndex($0) }
    }
    guard let builder = try? PackedDocument.read(bytes, file: file) else { return nil }
    let prose = builder.prose(file: file, language: .english, positions: PositionMap())
    return LineIndex(
      DecodedText(utf8: prose.utf8, encoding: "UTF-8", positions: prose.positions.inFileOrder))
  }

  /// What people take for text, by how such files begin.
  private static let foreign: [(start: String, name: String)] = [
    ("%PDF-", "a PDF"), ("{\\rtf", "RTF"),
  ]

  /// How files of older versions of Word begin, and those of newer ones that have a password.
  private static let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]

  static func refuseForeign(_ bytes: [UInt8], _ file: String) throws(Trouble) {
    let name =
      bytes.starts(with: compound)
      ? "a file of an older Word, or one with a password"
      : foreign.first { bytes.starts(with: $0.start.utf8) }?.name
    guard let name else {
      guard packedEndings.contains(Files.ending(of: file)) else { return }
      throw Trouble(
        "is named like a file of Word or LibreOffice and is none: save it anew, or name it for what "
          + "it is", file: file)
    }
    throw Trouble("is \(name): save it as plain text (.txt), and name that file", file: file)
  }

  /// Reads a decoded text, by the ending of its file's name.
  public static func prose(
    _ text: DecodedText, file: String, _ options: DocumentOptions
  ) throws(Trouble) -> Prose {
    if KeyedDocument.hasKeyedEnding(file), !options.isSegmented {
      return try KeyedDocument.prose(text, file: file, options)
    }
    let format = options.isSegmented ? .plainText : DocumentFormat(of: file)
    let builder = try format.read(text.utf8, file: file, isSegmented: options.isSegmented)
    return try prose(builder, at: text.positions, file: file, options)
  }

  /// Finds out the language of what was read.
  private static func prose(
    _ builder: ProseBuilder, at positions: PositionMap, file: String, _ options: DocumentOptions
  ) throws(Trouble) -> Prose {
    let language = try language(
      of: builder.utf8.span, declared: builder.declaredLanguage, styles: builder.styleLanguages,
      file: file, isEmpty: builder.blocks.isEmpty, options)
    return builder.prose(file: file, language: language, positions: positions)
  }

  /// The language of a document.
  ///
  /// - Parameters:
  ///   - utf8: its prose, or the beginning of that.
  ///   - declared: what the document itself names.
  ///   - styles: what a word processor's styles say.
  ///   - file: its name.
  ///   - isEmpty: whether there is no prose.
  ///   - options: how it is to be read.
  /// - Returns: English where there is nothing to tell it from.
  /// - Throws: `Trouble` where it cannot be told, and where the text is in another one.
  static func language(
    of utf8: Span<UInt8>, declared: LanguageTag?, styles: PackedLanguages, file: String,
    isEmpty: Bool, _ options: DocumentOptions
  ) throws(Trouble) -> LanguageTag {
    let language =
      options.language ?? declared ?? DocumentName(file).language
      ?? guess(LanguageMatching.detect(utf8), styles: styles, options)
    guard let language else {
      if isEmpty { return .english }
      throw Trouble(
        "its language cannot be told from its text or name: give --language, or name it as in "
          + "'\(Files.name(of: file)).zh.md'", file: file)
    }
    guard !LanguageMatching.contradicts(language, utf8) else {
      throw Trouble(
        "is said to be in \(language) (by an option, its name or its own declaration), and its text "
          + "is not: name the right language with --language or --source-language", file: file)
    }
    return language == .chinese ? options.chinese : language
  }

  /// The language of a text that nobody declared: the styles of a word processor count where the
  /// text leaves it open.
  private static func guess(
    _ detected: LanguageTag?, styles: PackedLanguages, _ options: DocumentOptions
  ) -> LanguageTag? {
    guard let detected else { return styles.western }
    guard detected == .chinese else { return detected }
    return styles.eastAsian.flatMap { $0.isChinese ? $0 : nil } ?? options.chinese
  }
}
