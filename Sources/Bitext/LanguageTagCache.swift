/// Language tags that were read before: files and stores repeat a few of them without end.
package struct LanguageTagCache {
  private var tags: [String: LanguageTag?] = [:]
  /// Those that were asked for by their bytes last.
  private var latest: [(bytes: [UInt8], tag: LanguageTag?)] = []
  private var next = 0
  /// More spellings than that are no few.
  private static let limit = 1024
  /// A memory has two languages as a rule, each in a spelling or two.
  private static let latestLimit = 4

  package init() {}

  /// The tag that a text spells; `nil` when it is not well-formed.
  package mutating func callAsFunction(_ text: String) -> LanguageTag? {
    if let known = tags[text] { return known }
    let tag = LanguageTag(text)
    if tags.count < Self.limit { tags[text] = .some(tag) }
    return tag
  }

  /// The same of a text in UTF-8.
  package mutating func callAsFunction(_ bytes: UnsafeBufferPointer<UInt8>) -> LanguageTag? {
    for known in latest where known.bytes.count == bytes.count {
      if bytes.elementsEqual(known.bytes) { return known.tag }
    }
    let tag = self(String(decoding: bytes, as: UTF8.self))
    if latest.count < Self.latestLimit {
      latest.append((Array(bytes), tag))
    } else {
      latest[next] = (Array(bytes), tag)
      next = (next + 1) % Self.latestLimit
    }
    return tag
  }
}
