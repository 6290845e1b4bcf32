/// What files say of a unit in properties, under the names that tools gave them.
extension UnitDetails {
  /// The types of the properties that are kept of units of XLIFF and PO, and written into TMX.
  package enum PropertyType {
    /// What names the text in its document; memoQ's name for it.
    package static let contextID = "x-context"
    package static let state = "x-state"
    package static let stateQualifier = "x-state-qualifier"
    package static let subState = "x-substate"
    package static let origin = "x-origin"
    /// Of units whose format has another name for their state, or none.
    package static let status = "x-status"
  }

  /// What is kept of a unit of XLIFF or PO: properties alone.
  ///
  /// - Parameters:
  ///   - file: its name.
  ///   - number: which unit of the file it is, from 0.
  ///   - properties: their types and texts.
  package init(file: String, number: Int, properties: [(type: String, text: String)]) {
    let remarks = properties.map {
      Remark(isProperty: true, attributes: [Attribute("type", $0.type)], text: $0.text)
    }
    self.init(
      file: file, number: number, declaredSource: nil, unit: Element(remarks: remarks),
      source: Variant(element: Element(), place: 0), target: Variant(element: Element(), place: 1))
  }

  /// Whether these are properties of a unit of XLIFF or PO, and not all that TMX says of one: in
  /// TMX each text names its language.
  package var arePropertiesAlone: Bool {
    declaredSource == nil && source.element.attributes.isEmpty && target.element.attributes.isEmpty
      && source.markup == nil && target.markup == nil
  }

  /// The properties of the unit itself.
  package var properties: [Remark] { unit.remarks.filter(\.isProperty) }

  /// What names the unit's place in its document, under all the names that tools have for it.
  public var contextIDs: [String] {
    var ids: [String] = []
    if let name = unit["tuid"], !name.isEmpty { ids.append(name) }
    forEachProperty { remark in
      if Self.contextProperties.contains(remark.type) { ids.append(remark.text) }
    }
    return ids.withoutRepeats
  }

  /// What the file says of the state of the translation, in its own words: `Translated`, `final`,
  /// `leveraged-mt`.
  public var statuses: [String] { texts(ofTypes: Self.statusProperties) }

  /// The domains and subjects that the file names.
  public var domains: [String] { texts(ofTypes: Self.domainProperties) }

  /// `x-context`: memoQ, Concord. `x-IdContext`: Trados Studio ("SDL TM8 Format"). `x-segment-id`:
  /// XTM, Smartling. `smartling_string_variant`: Smartling, which has the key of the message there.
  /// `id`: OmegaT, of units for one place.
  private static let contextProperties: Set<String> = [
    PropertyType.contextID, "x-IdContext", "x-segment-id", "smartling_string_variant", "id",
  ]

  /// `x-ConfirmationLevel`: Trados Studio. `Att::Status`: Translator's Workbench, whose users name
  /// fields of their own; so do Studio's, as `x-Status:SinglePicklist`. `x-MateCAT-status`: MateCat.
  /// The others are what Concord keeps of XLIFF.
  private static let statusProperties: Set<String> = [
    "status", "confirmationlevel", "matecat-status", "state", "state-qualifier", "substate",
  ]

  /// `Domain`, `x-Domain`: the examples of TMX 1.4b, and many. `x-Domain:SinglePicklist`: a field of
  /// Trados Studio. `domain`, `subject`: memoQ.
  private static let domainProperties: Set<String> = ["domain", "subject"]

  private func texts(ofTypes types: Set<String>) -> [String] {
    var texts: [String] = []
    forEachProperty { remark in
      let text = remark.text.trimmedOfSpaces
      // memoQ writes a space for nothing.
      if !text.isEmpty, types.contains(remark.plainType) { texts.append(text) }
    }
    return texts.withoutRepeats
  }

  private func forEachProperty(_ body: (Remark) -> Void) {
    for element in [unit, source.element, target.element] {
      for remark in element.remarks where remark.isProperty { body(remark) }
    }
  }
}

extension UnitDetails.Remark {
  /// A property's type without what vendors put around it, and without capitals: `x-` before names
  /// that are not published (TMX 1.4b, `prop`), the kind of a field before or behind it in Trados'.
  fileprivate var plainType: String {
    var name = type[...]
    for prefix in ["x-", "X-", "Att::", "Txt::"] where name.hasPrefix(prefix) {
      name = name.dropFirst(prefix.utf8.count)
      break
    }
    if let colon = name.lastIndex(of: ":"),
      name[colon...].hasSuffix("String")
        || name[colon...].hasSuffix("Picklist")
    {
      name = name[..<colon]
    }
    return name.lowercased()
  }
}

extension [String] {
  fileprivate var withoutRepeats: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}

extension String {
  /// Without spaces and line breaks at its ends.
  fileprivate var trimmedOfSpaces: String {
    let bytes = Array(utf8)
    guard let first = bytes.firstIndex(where: { $0 > 0x20 }),
      let last = bytes.lastIndex(where: { $0 > 0x20 })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
