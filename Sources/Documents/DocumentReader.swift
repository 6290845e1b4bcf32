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

/// Reads documents of one language: Markdown and plain text.
public enum DocumentReader {
  /// The endings of the files that a directory is searched for.
  public static let endings: Set<String> = ["md", "markdown", "txt", "text"]

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
    try refuseForeign(bytes, file)
    guard let damage else {
      let text = try decodeText(bytes, file: file, encoding: options.encoding)
      return try prose(text, file: file, options)
    }
    let (text, found) = try decodeDamagedText(bytes, file: file, encoding: options.encoding)
    if !found.isEmpty { damage(found) }
    return try prose(text, file: file, options)
  }

  /// What people take for text, by how such files begin.
  private static let foreign: [(start: String, name: String)] = [
    ("PK\u{3}\u{4}", "a packed file, such as Word and LibreOffice write"),
    ("%PDF-", "a PDF"), ("{\\rtf", "RTF"),
  ]

  /// How files of older versions of Word begin.
  private static let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]

  private static func refuseForeign(_ bytes: [UInt8], _ file: String) throws(Trouble) {
    let name =
      bytes.starts(with: compound)
      ? "a file of an older Word" : foreign.first { bytes.starts(with: $0.start.utf8) }?.name
    guard let name else { return }
    throw Trouble("is \(name): save it as plain text (.txt), and name that file", file: file)
  }

  /// Reads a decoded text, by the ending of its file's name.
  public static func prose(
    _ text: DecodedText, file: String, _ options: DocumentOptions
  ) throws(Trouble) -> Prose {
    if KeyedDocument.hasKeyedEnding(file), !options.isSegmented {
      return try KeyedDocument.prose(text, file: file, options)
    }
    let isMarkdown = ["md", "markdown"].contains(Files.ending(of: file)) && !options.isSegmented
    let builder =
      isMarkdown
      ? Markdown.read(text.utf8) : PlainText.read(text.utf8, isSegmented: options.isSegmented)
    let declared = isMarkdown ? FrontMatter.language(in: text.utf8) : nil
    let detected = LanguageMatching.detect(builder.utf8.span)
    let language =
      options.language ?? declared ?? DocumentName(file).language
      ?? (detected == .chinese ? options.chinese : detected)
    guard let language else {
      guard builder.blocks.isEmpty else {
        throw Trouble(
          "its language cannot be told from its text or name: give --language, or name it as in "
            + "'\(Files.name(of: file)).zh.md'", file: file)
      }
      return builder.prose(file: file, language: .english, positions: text.positions)
    }
    guard !LanguageMatching.contradicts(language, builder.utf8.span) else {
      throw Trouble(
        "is said to be in \(language) (by an option, its name or its own declaration), and its text "
          + "is not: name the right language with --language or --source-language", file: file)
    }
    return builder.prose(
      file: file, language: language == .chinese ? options.chinese : language,
      positions: text.positions)
  }
}

/// The language in a document's name: `a.en.md`, `zh/a.md`, `docs/zh-CN/a.md`.
public struct DocumentName: Sendable, Hashable {
  /// The language that the name holds, if it does.
  public let language: LanguageTag?
  /// The name with the language taken out: the same for two documents that translate each other.
  public let stem: String

  public init(_ path: String) {
    let directory = Files.directory(of: path)
    let parts = Files.name(of: path).split(separator: ".", omittingEmptySubsequences: false)
    // Between the first part and the ending, or the ending itself in "README.zh".
    for index in parts.indices.dropFirst().reversed() {
      guard let tag = Self.tag(parts[index]) else { continue }
      var rest = parts
      rest.remove(at: index)
      language = tag
      stem = directory + "/" + rest.joined(separator: ".")
      return
    }
    var folders = directory.split(separator: "/", omittingEmptySubsequences: false)
    for index in folders.indices.reversed() {
      guard let tag = Self.tag(folders[index]) else { continue }
      folders[index] = "*"
      language = tag
      stem = folders.joined(separator: "/") + "/" + Files.name(of: path)
      return
    }
    language = nil
    stem = path
  }

  /// Tags of two letters are many words' beginnings (`is`, `no`, `to`): only languages that people
  /// pair with these two count, unless a script or region stands with it.
  private static func tag(_ part: some StringProtocol) -> LanguageTag? {
    guard let tag = LanguageTag(part) else { return nil }
    let isKnown = common.contains(tag.language)
    return isKnown && (tag.canonical == tag.language || tag.script != nil || tag.region != nil)
      ? tag : nil
  }

  private static let common: Set<String> = [
    "en", "zh", "cmn", "yue", "ja", "ko", "fr", "de", "es", "ru", "pt", "it", "ar", "vi", "th",
    "id", "ms",
  ]
}
