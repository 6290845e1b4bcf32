/// A pair of languages that units of the memory have.
public struct LanguagePair: Sendable, Hashable {
  public var source: LanguageTag
  public var target: LanguageTag

  public init(source: LanguageTag, target: LanguageTag) {
    self.source = source
    self.target = target
  }
}
