public import Bitext

/// What the doctor looks for in exchange files, by the names that it prints.
public enum ExchangeRule: String, CaseIterable, Sendable {
  // MARK: Bytes and XML
  /// Bytes that the encoding does not allow.
  case invalidByte = "invalid-byte"
  /// A character, or a reference to one, that XML does not allow.
  case illegalCharacter = "illegal-character"
  /// An `&` that starts no reference.
  case strayAmpersand = "stray-ampersand"
  /// A `<` that starts no tag, or `]]>` in text.
  case strayBracket = "stray-bracket"
  /// A reference to an entity that XML does not know by itself.
  case undefinedEntity = "undefined-entity"
  /// A DOCTYPE with declarations in it, which are never read.
  case entityDeclaration = "entity-declaration"
  /// A tag with missing quotation marks or brackets.
  case brokenTag = "broken-tag"
  /// An attribute twice in one tag.
  case duplicateAttribute = "duplicate-attribute"
  /// A comment, instruction or declaration that is not formed as XML wants it.
  case brokenComment = "broken-comment"
  /// An XML declaration or a DOCTYPE that is not formed as XML wants it, or is not true.
  case brokenDeclaration = "broken-declaration"
  /// An element without its end tag.
  case unclosedElement = "unclosed-element"
  /// An end tag without its start.
  case strayEndTag = "stray-end-tag"
  /// A file that breaks off.
  case truncated = "truncated"
  /// Elements in elements, deeper than any format has them.
  case tooDeep = "too-deep"
  /// Text or elements where the file has no place for them.
  case strayContent = "stray-content"

  // MARK: Structure
  case missingDoctype = "missing-doctype"
  case wrongVersion = "wrong-version"
  case missingHeader = "missing-header"
  case missingBody = "missing-body"
  case missingAttribute = "missing-attribute"
  case unknownAttribute = "unknown-attribute"
  case invalidValue = "invalid-value"
  case unknownElement = "unknown-element"
  /// An element that is known, in a place that is not its own.
  case misplacedElement = "misplaced-element"
  /// A name that is right but for its case.
  case nameCase = "name-case"
  /// Notes and properties behind what they should stand before.
  case wrongOrder = "wrong-order"
  case duplicateID = "duplicate-id"
  case invalidDate = "invalid-date"
  case invalidCount = "invalid-count"

  // MARK: Languages and segments
  case legacyLang = "legacy-lang"
  case missingLanguage = "missing-language"
  case invalidLanguage = "invalid-language"
  case languageCase = "language-case"
  case missingSource = "missing-source"
  case missingVariant = "missing-variant"
  case missingSegment = "missing-segment"
  case severalSegments = "several-segments"
  case emptySegment = "empty-segment"
  case segmentWhitespace = "segment-whitespace"

  // MARK: Inline elements
  case unpairedTag = "unpaired-tag"
  case duplicateIndex = "duplicate-index"
  case tagMismatch = "tag-mismatch"

  // MARK: PO
  case brokenString = "broken-string"
  case duplicateMessage = "duplicate-message"
  case formatMismatch = "format-mismatch"

  /// How grave the rule's findings are: what a strict reader refuses is an error.
  public var severity: Severity {
    switch self {
    case .missingDoctype, .segmentWhitespace: .info
    case .wrongVersion, .unknownAttribute, .nameCase, .duplicateID, .invalidDate, .invalidCount,
      .legacyLang, .languageCase, .missingSource, .emptySegment, .tagMismatch, .formatMismatch:
      .warning
    default: .error
    }
  }
}
