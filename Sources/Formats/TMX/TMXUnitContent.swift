internal import Bitext
internal import Segmentation

/// What a ``TMXUnit`` holds. The reader fills one again and again, as long as nobody keeps it.
final class TMXUnitContent: @unchecked Sendable {
  /// Changed only by who has the one reference.
  var bytes = TMXUnitBytes()
  /// Of each variant, where that was asked for: what leads from its text to the file.
  private(set) var places: [(positions: PositionMap, end: Int)] = []
  private(set) var comments: [DocumentComment] = []

  init() {}

  /// What the XML parser gave.
  init(_ unit: TMXParsedUnit) {
    bytes.line = unit.line
    bytes.headerSource = unit.headerSource
    bytes.unit = bytes.add(unit.element.attributes)
    bytes.unitRemarks = unit.element.remarks.map { bytes.add($0) }
    for variant in unit.variants {
      let attributes = bytes.add(variant.element.attributes)
      let firstRemark = bytes.remarks.count
      for remark in variant.element.remarks { bytes.remarks.append(bytes.add(remark)) }
      let text = bytes.add(variant.text)
      let markup = variant.markup.map { bytes.add($0) }
      bytes.languages.append(variant.language)
      bytes.variants.append(
        TMXUnitBytes.Variant(
          attributes: attributes, remarks: firstRemark..<bytes.remarks.count,
          language: bytes.languages.count - 1, text: text, markup: markup))
    }
    bytes.inlineCount = unit.inlineCount
    places = unit.variants.map { ($0.positions, $0.place) }
    comments = unit.comments
  }

  func variant(_ index: Int) -> TMXUnit.Variant {
    let variant = bytes.variants[index]
    var result = TMXUnit.Variant(
      language: bytes.languages[variant.language], text: bytes.string(variant.text),
      element: bytes.element(ofVariant: index),
      markup: variant.markup.map { bytes.string($0) })
    if index < places.count { (result.positions, result.place) = places[index] }
    return result
  }
}

extension TMXUnit {
  init(_ unit: TMXParsedUnit) { content = TMXUnitContent(unit) }
}

extension TMXUnitBytes {
  /// The value of an attribute of an element; `nil` where it has none.
  func value(_ name: TMXAttributeName, of list: Attributes) -> String? {
    for attribute in attributes[list.range] where attribute.known == name {
      return string(attribute.value)
    }
    return nil
  }

  var unitElement: UnitDetails.Element { element(unit, unitRemarks[...]) }

  func element(ofVariant index: Int) -> UnitDetails.Element {
    element(variants[index].attributes, remarks[variants[index].remarks])
  }

  private func element(
    _ list: Attributes, _ remarks: ArraySlice<Remark>
  ) -> UnitDetails.Element {
    UnitDetails.Element(
      attributes: strings(list),
      remarks: remarks.map {
        UnitDetails.Remark(
          isProperty: $0.isProperty, attributes: strings($0.attributes), text: string($0.text))
      })
  }

  private func strings(_ list: Attributes) -> [UnitDetails.Attribute] {
    attributes[list.range].map { UnitDetails.Attribute(string($0.name), string($0.value)) }
  }

  mutating func add(_ list: [UnitDetails.Attribute]) -> Attributes {
    let first = attributes.count
    for attribute in list {
      let name = add(attribute.name)
      let known = bytes.withUnsafeBufferPointer {
        TMXAttributeName(UnsafeBufferPointer(rebasing: $0[name.range]))
      }
      attributes.append(Attribute(name: name, value: add(attribute.value), known: known))
    }
    return Attributes(first, attributes.count)
  }

  mutating func add(_ remark: UnitDetails.Remark) -> Remark {
    let attributes = add(remark.attributes)
    return Remark(
      isProperty: remark.isProperty, attributes: attributes, text: add(remark.text))
  }
}

extension TMXUnit {
  /// How many properties of its own it has, and how many notes.
  package var propertyCount: Int { count(areProperties: true) }
  package var noteCount: Int { count(areProperties: false) }

  private func count(areProperties: Bool) -> Int {
    var count = 0
    for remark in content.bytes.unitRemarks where remark.isProperty == areProperties { count += 1 }
    return count
  }

  /// Attributes of the unit and of its variants that TMX does not have.
  public var unknownAttributes: [String] {
    let bytes = content.bytes
    var names = bytes.names(of: bytes.unit, except: TMXAttributeName.ofUnits)
    for variant in bytes.variants {
      names += bytes.names(
        of: variant.attributes, except: TMXAttributeName.ofVariants.union([.lang]))
    }
    return names
  }
}

extension TMXUnitBytes {
  fileprivate func names(of list: Attributes, except known: TMXAttributeName.List) -> [String] {
    var names: [String] = []
    for attribute in attributes[list.range] where !known.contains(attribute.known) {
      names.append(string(attribute.name))
    }
    return names
  }
}
