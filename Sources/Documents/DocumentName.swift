public import Bitext
internal import Formats

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
