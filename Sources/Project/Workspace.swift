public import Bitext
internal import Documents
public import Formats
public import Segmentation
public import Store

/// Where a command works: the project that it stands in, and the store and glossaries that it was
/// told to use.
public struct Workspace: Sendable {
  public var configuration: ProjectConfiguration?
  /// The store's path; `nil` outside a project when none was named.
  public var storePath: String?
  /// Glossary files that were named: then they alone count, and no store.
  public var glossaries: [String]

  /// - Parameters:
  ///   - store: the path that was named, if one was.
  ///   - glossaries: the glossary files that were named.
  /// - Throws: `Trouble` for a broken `concord.yml`.
  public init(store: String?, glossaries: [String] = []) throws(Trouble) {
    // Messages and results name files as the user does, from where he stands.
    let found = try ProjectConfiguration.find(from: Files.currentDirectory, naming: relative)
    configuration = found
    storePath = store ?? found.map { $0.resolve($0.store) }
    self.glossaries = glossaries
  }

  /// Opens the store.
  ///
  /// - Throws: `Trouble` where no store is named and no project is.
  public func store(_ access: ConcordStore.Access) throws(Trouble) -> ConcordStore {
    guard let storePath else {
      throw Trouble(
        "no project here: run 'concord init' first, or name a store with --store PATH")
    }
    return try ConcordStore(path: storePath, access: access)
  }

  /// Whether there is a store to read.
  public var hasStore: Bool { storePath.map { Files.kind(of: $0) != nil } ?? false }

  /// Whether there is a glossary to read, be it an empty one.
  public var hasGlossary: Bool {
    !glossaries.isEmpty || hasStore || configuration?.glossaries.isEmpty == false
  }

  /// The termbase to work with: the glossary files that were named, else the store with the
  /// project's own glossary files.
  ///
  /// - Parameters:
  ///   - isRequired: whether it is trouble when there is none.
  ///   - warn: hears of rows that say something odd.
  /// - Returns: the concepts of all of them.
  /// - Throws: `Trouble` where there is none, and for glossaries without any term.
  public func termbase(
    isRequired: Bool = true, warn: (Warning) -> Void
  ) throws(Trouble) -> Termbase {
    var termbase = Termbase()
    if !glossaries.isEmpty {
      for path in glossaries { termbase.concepts += try glossary(path, warn: warn) }
    } else {
      if hasStore, storePath != nil { termbase = try store(.read).termbase() }
      if let configuration {
        let patterns = configuration.glossaries.map { configuration.resolve($0) }
        for path in try FileSearch(endings: GlossaryFile.endings).files(patterns) {
          termbase.concepts += try glossary(path, warn: warn)
        }
      }
    }
    guard termbase.concepts.isEmpty, isRequired else { return termbase }
    throw Trouble(
      storePath == nil && glossaries.isEmpty
        ? "no glossary: name one with --glossary FILE, or run 'concord init' and 'concord import'"
        : "the glossary holds no term: fill it with 'concord add' or 'concord import'",
      file: glossaries.first ?? storePath)
  }

  /// The pairs that reviewers have rejected, which are not to be proposed again; none where glossary
  /// files stand in for the store.
  public func rejectedPairs() throws(Trouble) -> [RejectedPair] {
    guard glossaries.isEmpty, hasStore else { return [] }
    return try store(.read).rejectedPairs()
  }

  /// The concepts of a glossary file; one without an id is known by its file and line.
  private func glossary(
    _ path: String, warn: (Warning) -> Void
  ) throws(Trouble) -> [Concept] {
    let content = try readGlossary(path, options: GlossaryOptions())
    content.warnings.forEach(warn)
    var concepts = content.concepts
    for index in concepts.indices where concepts[index].id.isEmpty {
      concepts[index].id = "\(Files.name(of: path)):\(content.lines[index])"
    }
    return concepts
  }

  /// How documents are read here.
  ///
  /// - Parameters:
  ///   - language: of the documents; `nil` where they tell themselves.
  ///   - encoding: of the documents; `nil` where it is guessed.
  ///   - isSegmented: whether each line is a segment.
  ///   - rules: a rule file of SRX; `nil` stands for the project's, else Concord's own.
  /// - Returns: what is needed to read one.
  /// - Throws: `Trouble` for a rule file that cannot be read.
  public func documentOptions(
    language: LanguageTag? = nil, encoding: String? = nil, isSegmented: Bool = false,
    rules: String? = nil
  ) throws(Trouble) -> DocumentReading {
    var file = rules
    if file == nil, let configuration, let name = configuration.segmentation {
      file = configuration.resolve(name)
      if Files.kind(of: configuration.resolve(name)) == nil {
        throw Trouble(
          "'segmentation' names '\(name)', and there is no such file",
          file: Files.join(configuration.directory, ProjectConfiguration.fileName))
      }
    }
    var reading = DocumentReading(
      language: language, encoding: encoding, isSegmented: isSegmented,
      chinese: configuration?.chinese ?? .simplifiedChinese)
    if let file { reading.rules = try SegmentationRules(srx: Files.read(file), file: file) }
    return reading
  }
}

/// The path from the current directory to one above it or below it.
private func relative(_ directory: String) -> String {
  let here = Files.currentDirectory
  if directory == here { return "." }
  let prefix = directory == "/" ? "/" : directory + "/"
  guard here.hasPrefix(prefix) else { return directory }
  let depth = here.dropFirst(prefix.count).split(separator: "/").count
  return Array(repeating: "..", count: depth).joined(separator: "/")
}

/// How a document is to be read, as the command was told.
public struct DocumentReading: Sendable {
  public var language: LanguageTag?
  public var encoding: String?
  public var isSegmented: Bool
  public var chinese: LanguageTag
  /// Where sentences end; `nil` stands for the rules that Concord ships with.
  public var rules: SegmentationRules?

  /// Reads a document and cuts it into segments.
  ///
  /// - Parameters:
  ///   - path: the file, or `-`.
  ///   - damage: hears of what cannot be decoded; without it such a file is trouble.
  /// - Returns: the text with the places of its segments.
  /// - Throws: `Trouble` for a file that cannot be read, and for a broken rule.
  public func segments(
    of path: String, damage: ((DecodingDamage) -> Void)? = nil
  ) throws(Trouble) -> SegmentedText {
    let prose = try DocumentReader.read(path, options, damage: damage)
    // A message is one segment: its name says what translates it.
    if isSegmented || KeyedDocument.hasKeyedEnding(path) {
      return SentenceSegmenter.blocks(of: prose)
    }
    var segmenter = try SentenceSegmenter(language: prose.language, rules: rules)
    return try segmenter.segments(of: prose)
  }
}

extension DocumentReading {
  private var options: DocumentOptions {
    DocumentOptions(
      language: language, encoding: encoding, isSegmented: isSegmented, chinese: chinese)
  }

  /// Reads a large document in parts, each cut into segments: see
  /// ``DocumentReader/forEachPart(of:_:translation:sizes:_:)``.
  ///
  /// - Parameters:
  ///   - path: the file, or `-`.
  ///   - translation: the language of a document with its originals in comments, where the user
  ///     said so.
  ///   - sizes: from which size on, and how large the parts are.
  ///   - body: takes each part.
  /// - Returns: whether the document was read so; else what `body` was given does not count.
  /// - Throws: `Trouble` for a file that cannot be read, and what `body` throws.
  func forEachPart(
    of path: String, translation: LanguageTag?, sizes: DocumentReader.PartSizes,
    _ body: (SegmentedText) throws -> Void
  ) throws -> Bool {
    var segmenter: SentenceSegmenter?
    return try DocumentReader.forEachPart(
      of: path, options, translation: translation, sizes: sizes
    ) { prose in
      var cutter =
        if let known = segmenter.take() { known } else {
          try SentenceSegmenter(language: prose.language, rules: rules)
        }
      try body(cutter.segments(of: prose))
      segmenter = consume cutter
    }
  }

  /// The bitext in a document that keeps its original in comments; `nil` for other documents.
  ///
  /// - Parameters:
  ///   - text: the document.
  ///   - language: of the translation, where the user said so.
  /// - Returns: the comments as source, what stands under them as target.
  /// - Throws: `Trouble` for a file that cannot be read any more.
  func commentedPair(
    in text: SegmentedText, target language: LanguageTag?
  ) throws(Trouble) -> ParallelText? {
    // Nearly all documents have no comments, and need not be read again.
    guard text.prose.comments.count > 1, !isSegmented,
      ["md", "markdown", "mdx"].contains(Files.ending(of: text.file))
    else { return nil }
    let decoded = try decodeText(try Files.read(text.file), file: text.file, encoding: encoding)
    return try CommentedPair.read(
      decoded, file: text.file,
      DocumentOptions(language: language, encoding: encoding, chinese: chinese))
  }
}

/// How a glossary file is to be read.
public struct GlossaryOptions: Sendable {
  public var source: LanguageTag?
  public var target: LanguageTag?
  public var encoding: String?
  public var mapping: LanguageMapping
  /// How tables and workbooks are to be read.
  public var table: GlossaryTableOptions
  /// What becomes of several targets of one source in the memory.
  public var targets: TargetPolicy

  public init(
    source: LanguageTag? = nil, target: LanguageTag? = nil, encoding: String? = nil,
    mapping: LanguageMapping = LanguageMapping(),
    table: GlossaryTableOptions = GlossaryTableOptions(), targets: TargetPolicy = .all
  ) {
    self.source = source
    self.target = target
    self.encoding = encoding
    self.mapping = mapping
    self.table = table
    self.targets = targets
  }
}

/// Which language codes are to be read or written as which.
public struct LanguageMapping: Sendable {
  private var tags: [LanguageTag: LanguageTag] = [:]

  public init() {}

  /// Reads rules such as `zh=zh-CN`.
  public init(_ rules: [String]) throws(Trouble) {
    for rule in rules {
      let sides = rule.split(separator: "=")
      guard sides.count == 2, let from = LanguageTag(sides[0]), let to = LanguageTag(sides[1])
      else {
        throw Trouble("'\(rule)' maps no language: write --map-language zh=zh-CN")
      }
      tags[from] = to
    }
  }

  public func callAsFunction(_ tag: LanguageTag) -> LanguageTag { tags[tag] ?? tag }
}

/// Reads a glossary file of whatever format its content shows.
public func readGlossary(
  _ path: String, options: GlossaryOptions
) throws(Trouble) -> GlossaryContent {
  var content = try GlossaryFile.read(path, options)
  for concept in content.concepts.indices {
    content.concepts[concept].map(by: options.mapping)
  }
  return content
}

extension Concept {
  /// Maps the languages of the terms, and of what is said of a language.
  mutating func map(by mapping: LanguageMapping) {
    for index in terms.indices { terms[index].language = mapping(terms[index].language) }
    for index in properties.indices {
      properties[index].language = properties[index].language.map { mapping($0) }
    }
  }
}
