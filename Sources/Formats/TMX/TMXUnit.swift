public import Bitext
internal import Segmentation

/// One `tu` of a TMX file.
public struct TMXUnit: Sendable {
  /// A `tuv`: the text in one language.
  public struct Variant: Sendable {
    public var language: LanguageTag
    public var text: String
    /// Leads from the bytes of ``text`` to the file.
    public var positions: PositionMap
    /// The byte of the file where ``text`` ends: the only place that an empty one has.
    var place: Int
    public var created: Change?
    public var changed: Change?
  }

  /// The line of the `tu` element, from 1.
  public var line: Int
  /// The language of the unit's source; `nil` when the file leaves it open (`*all*`).
  public var sourceLanguage: LanguageTag?
  public var variants: [Variant]
  public var created: Change?
  public var changed: Change?
  public var properties: [(type: String, value: String)]
  public var notes: [String]
  /// How many inline elements (`ph`, `bpt` and the like) were left out of the texts.
  public var inlineCount: Int
  /// The notes of the unit, and the XML comments in it and before it.
  var comments: [DocumentComment] = []

  /// The variant that the others translate: the first in the source language, else the first.
  public var source: Variant? {
    guard let sourceLanguage else { return variants.first }
    // A header says "en" of units in "en-US".
    return variants.first { $0.language == sourceLanguage }
      ?? variants.first { LanguageMatching.match($0.language, sourceLanguage) }
      ?? variants.first { LanguageMatching.sameLanguage($0.language, sourceLanguage) }
      ?? variants.first
  }

  /// The unit as pairs, one for each variant in another language than the source's.
  public func translationUnits(origin: String?) -> [TranslationUnit] {
    guard let source else { return [] }
    func property(_ name: String) -> String? { properties.first { $0.type == name }?.value }
    return variants.compactMap { variant in
      guard variant.language != source.language else { return nil }
      return TranslationUnit(
        sourceLanguage: source.language, targetLanguage: variant.language, source: source.text,
        target: variant.text, previous: property(TMXProperty.previous),
        next: property(TMXProperty.next), origin: property(TMXProperty.file) ?? origin,
        score: property(TMXProperty.score).flatMap(Double.init),
        created: variant.created ?? created, changed: variant.changed ?? changed,
        note: notes.isEmpty ? nil : notes.joined(separator: "\n"))
    }
  }
}

/// The `prop` types that Concord reads and writes. The first three are OmegaT's.
enum TMXProperty {
  static let file = "file"
  static let previous = "prev"
  static let next = "next"
  static let score = "x-score"
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

/// The form that TMX wants.
func tmxDate(_ timestamp: Timestamp) -> String {
  String(decoding: timestamp.utf8.filter { $0 != 0x2D && $0 != 0x3A }, as: UTF8.self)
}
