/// Language tags that were read before: files and stores repeat a few of them without end.
package struct LanguageTagCache {
  private var tags: [String: LanguageTag?] = [:]
  /// More spellings than that are no few.
  private static let limit = 1024

  package init() {}

  /// The tag that a text spells; `nil` when it is not well-formed.
  package mutating func callAsFunction(_ text: String) -> LanguageTag? {
    if let known = tags[text] { return known }
    let tag = LanguageTag(text)
    if tags.count < Self.limit { tags[text] = .some(tag) }
    return tag
  }
}
