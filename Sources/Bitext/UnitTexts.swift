/// The two texts of a unit and their languages: what the index of a memory tells, without the row that
/// says where the unit came from and what became of it.
public struct UnitTexts: Sendable, Hashable {
  /// The store's number of the unit.
  public var id: Int64
  public var source: String
  public var target: String
  /// Many units share them.
  private let languages: UnitLanguages

  package init(id: Int64, source: String, target: String, languages: UnitLanguages) {
    self.id = id
    self.source = source
    self.target = target
    self.languages = languages
  }

  public var sourceLanguage: LanguageTag { languages.source }
  public var targetLanguage: LanguageTag { languages.target }

  public func text(_ side: UnitSide) -> String { side == .source ? source : target }
  public func language(_ side: UnitSide) -> LanguageTag {
    side == .source ? languages.source : languages.target
  }
}

/// The languages of units.
package final class UnitLanguages: Sendable, Hashable {
  let source: LanguageTag
  let target: LanguageTag

  package init(source: LanguageTag, target: LanguageTag) {
    (self.source, self.target) = (source, target)
  }

  package static func == (left: UnitLanguages, right: UnitLanguages) -> Bool {
    left === right || (left.source, left.target) == (right.source, right.target)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(source)
    hasher.combine(target)
  }
}

extension TranslationUnit {
  /// The texts alone.
  package var texts: UnitTexts {
    UnitTexts(
      id: id ?? 0, source: source, target: target,
      languages: UnitLanguages(source: sourceLanguage, target: targetLanguage))
  }
}
