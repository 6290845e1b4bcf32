internal import Bitext
internal import Formats

/// The strings of a JSON or YAML file with their paths, as they were found.
struct KeyedMessages {
  /// One string.
  struct Message {
    var path: [String]
    var text: PlacedText
    /// How many strings and comments stood before it.
    var order: Int

    var identifier: String { path.joined(separator: ".") }
  }

  private(set) var list: [Message] = []
  private(set) var comments: [(comment: DocumentComment, order: Int)] = []
  /// How many numbers, booleans and nulls there are.
  private(set) var otherCount = 0
  var isObject = false
  private var rootKeys: Set<String> = []
  private var order = 0

  mutating func add(_ text: PlacedText, at path: [String]) {
    list.append(Message(path: path, text: text, order: order))
    order += 1
    if let root = path.first { rootKeys.insert(root) }
  }

  /// A value that is no string.
  mutating func addOther(at path: [String]) {
    otherCount += 1
    if let root = path.first { rootKeys.insert(root) }
  }

  mutating func add(_ comment: DocumentComment) {
    comments.append((comment, order))
    order += 1
  }

  /// Leaves out what a browser's extension says of a message around its `message`.
  mutating func keepMessages() {
    if isExtension { list.removeAll { $0.path.count != 2 || $0.path[1] != "message" } }
  }

  /// Leaves out the members of Flutter's files that begin with `@`, and keeps the language that one
  /// of them names.
  mutating func removeMetadata() {
    language = list.first { $0.path == ["@@locale"] }.map {
      String(decoding: $0.text.utf8, as: UTF8.self)
    }
    list.removeAll { $0.path.first?.hasPrefix("@") ?? false }
    rootKeys = rootKeys.filter { !$0.hasPrefix("@") }
  }

  private var language: String?

  /// Whether all members of the root are objects with a `message`.
  private var isExtension: Bool {
    guard !rootKeys.isEmpty else { return false }
    let messages = list.filter { $0.path.count == 2 && $0.path[1] == "message" }
    return Set(messages.map { $0.path[0] }) == rootKeys
  }

  /// The language that the file declares, by a root that holds all of it or by `@@locale`. Such a
  /// root is taken out of the paths.
  mutating func removeLanguage() -> LanguageTag? {
    if let tag = language.flatMap({ LanguageTag($0) }) { return tag }
    guard rootKeys.count == 1, let root = rootKeys.first, let tag = KeyedName.tag(root),
      !list.contains(where: { $0.path.count < 2 })
    else { return nil }
    for index in list.indices { list[index].path.removeFirst() }
    return tag
  }
}
