/// An occurrence of one or more terms in a text, as small as it can be: 20 bytes and nothing beyond
/// them. ``TermMatcher/terms(of:in:)`` says which terms they are.
public struct TermHit: Sendable, Hashable, BitwiseCopyable {
  /// The first byte of the occurrence in the text.
  public var start: UInt32
  /// The byte after its last one, which is no part of a possessive ending that no term has.
  public var end: UInt32
  /// The first of its tokens, counted from the start of the text.
  public var firstToken: UInt32
  /// How many tokens it has.
  public var tokenCount: UInt32
  /// What tells the terms with its key from all others.
  public var group: UInt32

  /// The tokens of the text.
  public var tokens: Range<Int> { Int(firstToken)..<Int(firstToken) + Int(tokenCount) }
  /// The bytes of the text.
  public var range: Range<Int> { Int(start)..<Int(end) }
}
