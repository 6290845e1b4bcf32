/// What a file says of a concept, a term or a translation unit that has no field of its own here:
/// kept in the order of the file, so that it can be written back.
///
/// A name with a slash says something of the property before it that has the name in front of the
/// slash: `context/source` tells where a context was found, `crossReference/@target` what a
/// reference points to (`@` marks an attribute). Where no such property stands before it, it speaks
/// of the field: `definition/source` tells where the definition of a concept was found.
public struct Property: Sendable, Hashable {
  /// The data category in the words of its format, such as TBX's `partOfSpeech`. A slash that
  /// belongs to a category is written `%2F`.
  public var name: String
  public var value: String
  /// Of what belongs to one language of a concept, such as a definition in that language.
  public var language: LanguageTag?

  public init(_ name: String, _ value: String, language: LanguageTag? = nil) {
    self.name = name
    self.value = value
    self.language = language
  }

  /// Whether it says something of the property before it, or of a field.
  public var isDetail: Bool { name.utf8.contains(0x2F) }
}

extension [Property] {
  /// Takes over what another list says beyond this one; a property and its details stay together.
  ///
  /// - Parameters:
  ///   - other: the list.
  ///   - fields: what the other list says of these is not meant here: they hold other texts.
  public mutating func add(missingFrom other: [Property], butOf fields: Set<String> = []) {
    let own = groups
    for group in other.groups where !own.contains(group) {
      let field = group.first.flatMap { $0.isDetail ? String($0.category) : nil }
      if field.map(fields.contains) != true { self += group }
    }
  }

  /// Each property with the details that follow it.
  private var groups: [[Property]] {
    var groups: [[Property]] = []
    for property in self {
      let isMore =
        property.isDetail && groups.last?.first?.language == property.language
        && groups.last?.first?.category == property.category
      if isMore { groups[groups.count - 1].append(property) } else { groups.append([property]) }
    }
    return groups
  }
}

extension Property {
  /// The part of the name before the first slash.
  fileprivate var category: Substring { name.prefix { $0 != "/" } }
}

extension Concept {
  /// The fields that hold a text, by the names under which properties speak of them.
  public var heldFields: Set<String> {
    let fields = [
      ("subjectField", domain), ("definition", definition), ("note", note), ("source", source),
      ("created", created?.date), ("changed", changed?.date),
    ]
    return Set(fields.compactMap { $1 == nil ? nil : $0 })
  }
}

extension JSONWriter {
  /// A member for properties, or none where there are none: `[{"name":…,"value":…,"language":…}]`.
  mutating func member(_ name: String, _ properties: [Property]) {
    guard !properties.isEmpty else { return }
    key(name)
    array(of: properties)
  }

  /// An array of properties, as concepts have them.
  public mutating func array(of properties: [Property]) {
    array(properties) { writer, property in
      writer.object { writer in
        writer.member("name", property.name)
        writer.member("value", property.value)
        writer.member("language", property.language?.description)
      }
    }
  }
}
