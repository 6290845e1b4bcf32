internal import Bitext

/// A note in which Concord keeps what the dialect has no place for: `concord:NAME=VALUE`, the name
/// being a property's.
struct TBXNote {
  var path: [Substring]
  var value: String

  private static let mark = "concord:"

  /// Names that say something of the concept, the term or the date that they stand in.
  static let id = "id"
  static let status = "status"
  static let time = "time"
  private static let reserved: Set<String> = [id, status, time]

  /// - Returns: `nil` for a note that somebody wrote for people.
  init?(_ text: String) {
    guard text.utf8.starts(with: Self.mark.utf8) else { return nil }
    let rest = text.utf8.dropFirst(Self.mark.utf8.count)
    guard let end = rest.firstIndex(of: 0x3D), end > rest.startIndex else { return nil }
    path = text[rest.startIndex..<end].split(separator: "/", omittingEmptySubsequences: false)
      .map { Substring(Self.normalized($0)) }
    value = String(text[text.utf8.index(after: end)...])
  }

  /// The note's own name where it speaks of the concept, the term or the date.
  static func reserved(_ name: String, in text: String) -> String? {
    let start = mark + name + "="
    return text.utf8.starts(with: start.utf8)
      ? String(text.utf8.dropFirst(start.utf8.count)) ?? "" : nil
  }

  static func isReserved(_ text: String) -> Bool {
    reserved.contains { reserved($0, in: text) != nil }
  }

  /// Whether a text would be taken for one of these notes.
  static func isMarked(_ text: String) -> Bool { text.utf8.starts(with: mark.utf8) }

  /// The text of a note about a concept, a term or a date.
  static func text(reserved name: String, _ value: String) -> String { mark + name + "=" + value }

  /// The text of a note that keeps a property.
  static func text(_ property: Property) -> String {
    var name = property.name
    if reserved.contains(name), let first = name.utf8.first {
      name = "%" + String(first, radix: 16, uppercase: true) + name.dropFirst()
    }
    return mark + name + "=" + property.value
  }

  /// A part of a path as ``PropertyTree`` writes it.
  private static func normalized(_ part: Substring) -> String {
    guard part.utf8.first == 0x40 else {
      return PropertyTree.component(PropertyTree.category(part))
    }
    return "@" + PropertyTree.component(PropertyTree.category(part.dropFirst()))
  }
}
