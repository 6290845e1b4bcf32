public import Bitext
internal import Segmentation

/// The `header` of a TMX file.
public struct TMXHeader: Sendable, Hashable {
  public var attributes: [UnitDetails.Attribute] = []
  /// Its notes, properties and encodings, as the file has them.
  public var content = ""

  public init() {}

  public subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// The language of the units' sources as the file spells it, `*all*` where each may be.
  public var declaredSource: String? { self["srclang"] }
}

/// One `tu` of a TMX file. What it says is read out of its bytes when it is asked for.
public struct TMXUnit: Sendable {
  /// A `tuv`: the text in one language.
  public struct Variant: Sendable {
    public var language: LanguageTag
    public var text: String
    /// Leads from the bytes of ``text`` to the file, where that was asked for.
    var positions = PositionMap()
    /// The byte of the file where ``text`` ends: the only place that an empty one has.
    var place = 0
    /// The attributes, properties and notes of the `tuv`.
    public var element: UnitDetails.Element
    /// The segment as the file has it, where it holds inline elements.
    public var markup: String?

    public var created: Change? { element.change("creation") }
    public var changed: Change? { element.change("change") }
  }

  let content: TMXUnitContent

  /// The line of the `tu` element, from 1.
  public var line: Int { content.bytes.line }
  /// The language of the unit's source as the file declares it; `nil` where nothing does.
  public var declaredSource: String? {
    content.bytes.value(.sourceLanguage, of: content.bytes.unit) ?? content.bytes.headerSource
  }
  /// The language of the unit's source; `nil` when the file leaves it open (`*all*`).
  public var sourceLanguage: LanguageTag? { declaredSource.flatMap { LanguageTag($0) } }
  /// The attributes, properties and notes of the `tu`.
  public var element: UnitDetails.Element {
    content.bytes.unitElement
  }
  public var variants: [Variant] { content.bytes.variants.indices.map { content.variant($0) } }
  /// The languages and texts of the variants, without all that else is said of them.
  public var texts: [(language: LanguageTag, text: String)] {
    let bytes = content.bytes
    return bytes.variants.map { (bytes.languages[$0.language], bytes.string($0.text)) }
  }
  /// How many inline elements (`ph`, `bpt` and the like) its segments hold.
  public var inlineCount: Int { content.bytes.inlineCount }
  /// The notes of the unit, and the XML comments in it and before it, where places were asked for.
  var comments: [DocumentComment] { content.comments }

  public var created: Change? { element.change("creation") }
  public var changed: Change? { element.change("change") }
  public var properties: [(type: String, value: String)] {
    element.remarks.filter(\.isProperty).map { ($0.type, $0.text) }
  }
  public var notes: [String] { element.remarks.filter { !$0.isProperty }.map(\.text) }

  /// The place of the variant that the others translate: the first in the source language, else the
  /// first.
  private static func sourcePlace(in variants: [Variant], _ language: LanguageTag?) -> Int? {
    guard let language else { return variants.indices.first }
    // A header says "en" of units in "en-US".
    return variants.firstIndex { $0.language == language }
      ?? variants.firstIndex { LanguageMatching.match($0.language, language) }
      ?? variants.firstIndex { LanguageMatching.sameLanguage($0.language, language) }
      ?? variants.indices.first
  }

  /// The variant that the others translate.
  public var source: Variant? {
    let variants = variants
    return Self.sourcePlace(in: variants, sourceLanguage).map { variants[$0] }
  }

  /// The unit as pairs, one for each variant in another language than the source's.
  ///
  /// - Parameters:
  ///   - origin: the name of the file, which the unit came from where it does not say so itself.
  ///   - number: which unit of its file it is, from 0; with it the pairs keep all that the file says
  ///     of them.
  /// - Returns: none where the unit has one language alone.
  public func translationUnits(origin: String?, number: Int? = nil) -> [TranslationUnit] {
    let (variants, element) = (variants, element)
    guard let sourcePlace = Self.sourcePlace(in: variants, sourceLanguage) else { return [] }
    let source = variants[sourcePlace]
    let targets = variants.indices.filter { variants[$0].language != source.language }
    var others = variants.indices.filter { $0 != sourcePlace && !targets.contains($0) }
      .map { UnitDetails.Other(variants[$0].details(at: $0), text: variants[$0].text) }
    let context = TMXContext(unit: element, source: source.element)
    let (created, changed) = (element.change("creation"), element.change("change"))
    let notes = element.remarks.filter { !$0.isProperty }.map(\.text)
    return targets.map { place in
      let variant = variants[place]
      var unit = TranslationUnit(
        sourceLanguage: source.language, targetLanguage: variant.language, source: source.text,
        target: variant.text, previous: context.previous, next: context.next,
        origin: context.file ?? origin, score: context.score,
        created: variant.created ?? created, changed: variant.changed ?? changed,
        note: notes.isEmpty ? nil : notes.joined(separator: "\n"))
      if let number {
        unit.details = UnitDetails(
          file: origin ?? "", number: number, declaredSource: declaredSource, unit: element,
          source: source.details(at: sourcePlace), target: variant.details(at: place),
          others: others)
        others = []
      }
      return unit
    }
  }
}

extension TMXUnit.Variant {
  fileprivate func details(at place: Int) -> UnitDetails.Variant {
    UnitDetails.Variant(element: element, place: place, markup: markup)
  }
}

/// `20260518T093000Z` as ISO 8601 writes it at length.
func timestamp(fromTMX text: String) -> Timestamp? {
  let bytes = Array(text.utf8)
  guard bytes.count >= 15, bytes[8] == 0x54 else { return nil }
  for index in 0..<15 where index != 8 && !bytes[index].isASCIIDigit { return nil }
  func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
  return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):"
    + "\(part(13..<15))Z"
}

extension UnitDetails.Element {
  /// `creationdate` and `creationid`, or `changedate` and `changeid`.
  func change(_ kind: String) -> Change? {
    guard let date = self[kind + "date"].flatMap(timestamp(fromTMX:)) else { return nil }
    return Change(date: date, author: self[kind + "id"])
  }
}
