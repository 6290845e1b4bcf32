/// What the file of a translation unit says beyond the unit's own fields, so that it can be written
/// back as it was: for TMX all attributes, properties and notes of the `tu` and of its two `tuv`,
/// and the segments with their inline elements.
public struct UnitDetails: Sendable, Hashable {
  /// An attribute of an element.
  public struct Attribute: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A note or a property of an element.
  public struct Remark: Sendable, Hashable {
    /// Whether it is a property, whose type is among the attributes; else a note.
    public var isProperty: Bool
    public var attributes: [Attribute]
    public var text: String

    public init(isProperty: Bool, attributes: [Attribute], text: String) {
      self.isProperty = isProperty
      self.attributes = attributes
      self.text = text
    }

    /// Of a property; empty where it has none.
    public var type: String { attributes.first { $0.name == "type" }?.value ?? "" }
  }

  /// What stands at an element and in it, in the order of the file.
  public struct Element: Sendable, Hashable {
    public var attributes: [Attribute]
    public var remarks: [Remark]

    public init(attributes: [Attribute] = [], remarks: [Remark] = []) {
      self.attributes = attributes
      self.remarks = remarks
    }

    public subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

    /// The first property of a type.
    public func property(_ type: String) -> String? {
      remarks.first { $0.isProperty && $0.type == type }?.text
    }
  }

  /// One of the texts of a unit.
  public struct Variant: Sendable, Hashable {
    public var element: Element
    /// Which variant of the unit it is, from 0.
    public var place: Int
    /// The segment as the file has it, where it holds inline elements.
    public var markup: String?

    public init(element: Element, place: Int, markup: String? = nil) {
      self.element = element
      self.place = place
      self.markup = markup
    }
  }

  /// A variant that is no side of a pair: a second one in the source's language.
  public struct Other: Sendable, Hashable {
    public var variant: Variant
    public var text: String

    public init(_ variant: Variant, text: String) {
      self.variant = variant
      self.text = text
    }
  }

  /// The file that the unit came from, by its name.
  public var file: String
  /// Which unit of its file it is, from 0. A unit of three languages makes two pairs with one number.
  public var number: Int
  /// The source language as the file declares it for the unit: `en`, or `*all*`.
  public var declaredSource: String?
  public var unit: Element
  public var source: Variant
  public var target: Variant
  public var others: [Other]

  public init(
    file: String, number: Int, declaredSource: String?, unit: Element, source: Variant,
    target: Variant,
    others: [Other] = []
  ) {
    self.file = file
    self.number = number
    self.declaredSource = declaredSource
    self.unit = unit
    self.source = source
    self.target = target
    self.others = others
  }

  /// What tells the unit from another one with the same texts: all but its number, its dates and
  /// how often it was used.
  public var identity: UnitDetails {
    var identity = self
    identity.number = 0
    identity.unit.dropHistory()
    identity.source.element.dropHistory()
    identity.target.element.dropHistory()
    for index in identity.others.indices { identity.others[index].variant.element.dropHistory() }
    return identity
  }
}

extension UnitDetails.Element {
  private static let history: Set<String> = [
    "usagecount", "lastusagedate", "creationdate", "creationid", "changedate", "changeid",
    "creationtool", "creationtoolversion",
  ]

  fileprivate mutating func dropHistory() {
    attributes.removeAll { Self.history.contains($0.name) }
  }
}

// MARK: In the store

extension UnitDetails.Attribute: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(name)
    writer.write(value)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(try reader.read(String.self), try reader.read(String.self))
  }
}

extension UnitDetails.Remark: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(isProperty)
    writer.write(attributes)
    writer.write(text)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(
      isProperty: try reader.read(), attributes: try reader.read(), text: try reader.read())
  }
}

extension UnitDetails.Element: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(attributes)
    writer.write(remarks)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(attributes: try reader.read(), remarks: try reader.read())
  }
}

extension UnitDetails.Variant: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(element)
    writer.write(place)
    writer.write(markup)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(element: try reader.read(), place: try reader.read(), markup: try reader.read())
  }
}

extension UnitDetails.Other: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(variant)
    writer.write(text)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(try reader.read(), text: try reader.read())
  }
}

extension UnitDetails: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(file)
    writer.write(number)
    writer.write(declaredSource)
    writer.write(unit)
    writer.write(source)
    writer.write(target)
    writer.write(others)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(
      file: try reader.read(), number: try reader.read(), declaredSource: try reader.read(),
      unit: try reader.read(),
      source: try reader.read(), target: try reader.read(), others: try reader.read())
  }
}
