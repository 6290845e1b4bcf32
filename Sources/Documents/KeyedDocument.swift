package import Bitext
internal import Formats
package import Segmentation

/// A file of messages that a program shows, in one language: JSON or YAML whose strings are prose
/// and whose keys name them.
///
/// Each string is a block whose identifier is the path of its member, with full stops between the
/// keys and without a language at its root: `menu.file.open`. Placeholders are literals.
package enum KeyedDocument {
  /// The endings of such files; most files that end so are something else.
  package static let endings: Set<String> = ["json", "arb", "yml", "yaml"]

  /// Whether a path names a file that can be read so.
  package static func hasKeyedEnding(_ path: String) -> Bool {
    endings.contains(Files.ending(of: path))
  }

  /// Whether a path names such a file by its ending and by a language in its name or in a folder:
  /// `en.json`, `app_zh.arb`, `config/locales/devise.en.yml`, `locales/en/common.json`.
  package static func isKeyed(_ path: String) -> Bool {
    hasKeyedEnding(path) && KeyedName(path).language != nil
      && !settings.contains(Files.name(of: path).lowercased())
  }

  /// Files that stand in folders of documents and steer tools.
  private static let settings: Set<String> = [
    "_category_.json", "composer.json", "docker-compose.yaml", "docker-compose.yml", "mkdocs.yml",
    "openapi.json", "openapi.yaml", "openapi.yml", "package-lock.json", "package.json",
    "tsconfig.json", "vercel.json",
  ]

  /// Whether a file's content is an object most of whose values are strings.
  package static func looksKeyed(_ text: DecodedText, file: String) -> Bool {
    guard let messages = try? messages(text, file: file) else { return false }
    return messages.isObject && messages.list.allSatisfy { !$0.path.isEmpty }
      && messages.list.count > messages.otherCount
  }

  /// Reads a decoded file into prose.
  ///
  /// - Parameters:
  ///   - text: the file.
  ///   - file: its name, whose ending says what it is.
  ///   - options: how to read it; its language outweighs what the file says.
  /// - Returns: a block for each string, empty ones too, with its place in the file.
  /// - Throws: `Trouble` with line and column of what is no JSON or YAML, and for a file whose
  ///   language cannot be told or is not the one that it is said to be.
  package static func prose(
    _ text: DecodedText, file: String, _ options: DocumentOptions
  ) throws(Trouble) -> Prose {
    var messages = try messages(text, file: file)
    let declared = messages.removeLanguage()
    var prose = Prose(emptyIn: .english, file: file)
    var comments = messages.comments[...]
    for message in messages.list {
      while let comment = comments.first, comment.order <= message.order {
        prose.add(comments.removeFirst().comment)
      }
      var placed = message.text
      for range in Placeholders.ranges(in: placed.utf8) { placed.markLiteral(range) }
      prose.append(placed, kind: .paragraph, identifier: message.identifier)
    }
    comments.forEach { prose.add($0.comment) }
    prose.language = try language(of: prose, declared, options)
    return prose
  }

  private static func messages(
    _ text: DecodedText, file: String
  ) throws(Trouble) -> KeyedMessages {
    var messages = KeyedMessages()
    if ["yml", "yaml"].contains(Files.ending(of: file)) {
      var scanner = KeyedYAML(text, file: file)
      try scanner.scan(into: &messages)
    } else {
      var scanner = KeyedJSON(text, file: file)
      try scanner.scan(into: &messages)
    }
    messages.keepMessages()
    if Files.ending(of: file) == "arb" { messages.removeMetadata() }
    return messages
  }

  private static func language(
    of prose: Prose, _ declared: LanguageTag?, _ options: DocumentOptions
  ) throws(Trouble) -> LanguageTag {
    let detected = LanguageMatching.detect(prose.utf8.span)
    let language = options.language ?? declared ?? KeyedName(prose.file).language ?? detected
    guard let language else {
      guard prose.blocks.allSatisfy(\.range.isEmpty) else {
        throw Trouble(
          "its language cannot be told from its text or name: give --language, or name it as in "
            + "'zh-CN.json'", file: prose.file)
      }
      return .english
    }
    guard !LanguageMatching.contradicts(language, prose.utf8.span) else {
      throw Trouble(
        "is said to be in \(language) (by an option, its name or its own declaration), and its "
          + "text is not: name the right language with --language or --source-language",
        file: prose.file)
    }
    return language == .chinese ? options.chinese : language
  }
}

extension Prose {
  fileprivate mutating func add(_ comment: DocumentComment) {
    var comment = comment
    comment.place = utf8.count
    comments.append(comment)
  }
}

/// The language in the name of a file of messages. Beside what ``DocumentName`` knows, the language
/// may be all of the name, or its end behind `_` or `-`.
package struct KeyedName: Sendable, Hashable {
  package let language: LanguageTag?
  /// The name with the language taken out: the same for two files that translate each other.
  package let stem: String

  package init(_ path: String) {
    let directory = Files.directory(of: path)
    let name = Files.name(of: path)
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    let base = name[..<dot]
    if let tag = Self.tag(base) {
      (language, stem) = (tag, directory + "/*" + name[dot...])
      return
    }
    for separator in base.indices where base[separator] == "_" || base[separator] == "-" {
      guard separator > base.startIndex, !base[..<separator].contains("."),
        let tag = Self.tag(base[base.index(after: separator)...])
      else { continue }
      (language, stem) = (tag, directory + "/" + base[..<separator] + "_*" + name[dot...])
      return
    }
    let document = DocumentName(path)
    (language, stem) = (document.language, document.stem)
  }

  /// A tag that ``DocumentName`` takes for a language.
  static func tag(_ text: some StringProtocol) -> LanguageTag? {
    guard !text.isEmpty, !text.contains("."), !text.contains("/") else { return nil }
    return DocumentName("a.\(text).b").language
  }
}
