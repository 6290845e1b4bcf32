/// What a file says of a concept, a term or a translation unit that has no field of its own here:
/// kept in the order of the file, so that it can be written back.
public struct Property: Sendable, Hashable {
  /// The data category in the words of its format, such as TBX's `partOfSpeech`.
  public var name: String
  public var value: String
  /// Of what belongs to one language of a concept, such as a definition in that language.
  public var language: LanguageTag?

  public init(_ name: String, _ value: String, language: LanguageTag? = nil) {
    self.name = name
    self.value = value
    self.language = language
  }
}
