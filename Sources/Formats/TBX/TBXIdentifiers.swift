public import Bitext

/// The ids that the concepts of a TBX file get, and the terms that others point to: XML allows an
/// id but once in a file, and neither a digit at its start nor a space in it.
///
/// A concept is noted before the first is written, since references may point forward.
public struct TBXIdentifiers {
  private var concepts: [String: String] = [:]
  /// The ids of terms, with the concept that has each.
  private var terms: [String: String] = [:]
  private var taken: Set<String> = []

  public init() {}

  /// Takes note of a concept that will be written.
  public mutating func add(_ concept: Concept) {
    let name = unique(Self.name(concept.id))
    if concepts[concept.id] == nil { concepts[concept.id] = name }
    for term in concept.terms {
      for property in term.properties where property.name == "@id" || property.name == "term/@id" {
        if terms[property.value] == nil { terms[property.value] = concept.id }
      }
    }
  }

  private mutating func unique(_ name: String) -> String {
    var unique = name
    var number = 2
    while !taken.insert(unique).inserted {
      unique = "\(name)_\(number)"
      number += 1
    }
    return unique
  }

  /// The id that a concept has in the file.
  func name(of concept: Concept) -> String {
    concepts[concept.id] ?? Self.name(concept.id)
  }

  /// Whether a term of a concept may have the id that its file gave it.
  func allows(_ id: String, of concept: Concept) -> Bool {
    terms[id] == concept.id && !taken.contains(id) && Self.isName(id)
  }

  /// What a reference to a concept or a term is written as; `nil` when the file has no such thing.
  func target(_ id: String) -> String? {
    if let name = concepts[id] { return name }
    guard terms[id] != nil, !taken.contains(id), Self.isName(id) else { return nil }
    return id
  }

  /// Numbers are the store's own ids: they get this in front, and lose it when they come back.
  private static let prefix = "concord-"

  /// An id that XML allows (Namespaces in XML 1.0, NCName; ideographs and letters that its first
  /// edition knows too).
  private static func name(_ id: String) -> String {
    if !id.isEmpty, id.utf8.allSatisfy(\.isASCIIDigit) { return prefix + id }
    var name = ""
    for scalar in id.unicodeScalars {
      name.unicodeScalars.append(isLetter(scalar) || isMore(scalar) ? scalar : "_")
    }
    guard let first = name.unicodeScalars.first, isLetter(first) else { return "c" + name }
    return name
  }

  private static func isName(_ id: String) -> Bool {
    guard let first = id.unicodeScalars.first, isLetter(first) else { return false }
    return id.unicodeScalars.allSatisfy { isLetter($0) || isMore($0) }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0xFF, 0x4E00...0x9FA5:
      true
    default: false
    }
  }

  private static func isMore(_ scalar: Unicode.Scalar) -> Bool {
    0x30...0x39 ~= scalar.value || scalar == "-" || scalar == "."
  }

  /// The id behind one that XML allows; what was changed otherwise is told by a note.
  static func original(_ name: String) -> String {
    guard name.utf8.starts(with: prefix.utf8) else { return name }
    let number = name.utf8.dropFirst(prefix.utf8.count)
    return !number.isEmpty && number.allSatisfy(\.isASCIIDigit) ? String(number) ?? name : name
  }
}
