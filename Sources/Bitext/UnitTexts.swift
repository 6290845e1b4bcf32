/// The two texts of a unit and their languages: what the index of a memory tells, without the row that
/// says where the unit came from and what became of it.
public struct UnitTexts: Sendable, Hashable {
  /// The store's number of the unit.
  public var id: Int64
  public var source: String
  public var target: String
  /// Many units share them.
  private let languages: SharedLanguages

  package init(id: Int64, source: String, target: String, languages: SharedLanguages) {
    self.id = id
    self.source = source
    self.target = target
    self.languages = languages
  }

  public var sourceLanguage: LanguageTag { languages.pair.source }
  public var targetLanguage: LanguageTag { languages.pair.target }

  public func text(_ side: UnitSide) -> String { side == .source ? source : target }
  public func language(_ side: UnitSide) -> LanguageTag {
    side == .source ? sourceLanguage : targetLanguage
  }
}

/// A pair of languages that many units hold as one: copying its tags would take longer than a text.
package final class SharedLanguages: Sendable, Hashable {
  package let pair: LanguagePair

  package init(_ pair: LanguagePair) { self.pair = pair }

  package static func == (left: SharedLanguages, right: SharedLanguages) -> Bool {
    left === right || left.pair == right.pair
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(pair) }
}

extension TranslationUnit {
  /// The texts alone.
  package var texts: UnitTexts {
    UnitTexts(
      id: id ?? 0, source: source, target: target,
      languages: SharedLanguages(LanguagePair(source: sourceLanguage, target: targetLanguage)))
  }
}
