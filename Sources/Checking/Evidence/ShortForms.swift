internal import Bitext
internal import Segmentation

/// The short forms of terms that a document introduces in brackets: "Exchange Fund (the Fund)",
/// 香港金融研究中心（研究中心）.
struct ShortForms {
  private var forms: [Int: [KeyedText]] = [:]

  /// No short form is longer than this many bytes of UTF-8.
  private static let longest = 64

  /// - Parameters:
  ///   - text: the document.
  ///   - concepts: whose short forms are wanted.
  init(_ text: MatchedText, of concepts: Set<Int>) {
    for occurrence in text.occurrences {
      let wanted = occurrence.concepts.filter(concepts.contains)
      guard !wanted.isEmpty, let form = Self.bracketed(after: occurrence, text.text) else {
        continue
      }
      for concept in wanted { forms[concept, default: []].append(form) }
    }
  }

  private static func bracketed(
    after occurrence: MatchedText.Occurrence, _ text: SegmentedText
  ) -> KeyedText? {
    let start = occurrence.range.upperBound
    let end = min(text.segments[occurrence.segment].range.upperBound, start + longest)
    guard start < end else { return nil }
    let rest = KeyedText(text.prose.text(start..<end))
    guard let open = rest.tokens.first, open.opensBracket,
      let close = rest.tokens.firstIndex(where: \.closesBracket), close > 1
    else { return nil }
    return KeyedText(rest.text(1..<close))
  }

  /// The short form of a concept that stands in a text. Where it is introduced, in brackets, the full
  /// form should stand before it.
  ///
  /// - Parameters:
  ///   - concept: as an index of the termbase.
  ///   - text: where it may stand.
  ///   - renderings: the accepted terms, which a short form is a part or the initials of.
  /// - Returns: the short form as it was introduced.
  func standing(_ concept: Int, in text: KeyedText, for renderings: [KeyedText]) -> String? {
    for form in forms[concept] ?? [] where form.isShortForm(of: renderings) {
      let keys = form.tokens.map(\.hash)
      guard let first = keys.first, !text.bracketed.contains(first) else { continue }
      if !text.places(of: keys).isEmpty { return form.text(form.tokens.indices) }
    }
    return nil
  }
}

extension KeyedText {
  /// Whether the text is a part of one of the terms that is more than a general word, or stands for
  /// one by letters.
  fileprivate func isShortForm(of terms: [KeyedText]) -> Bool {
    if content.count == 1, let only = content.first,
      let initialism = Initialism(tokens[only], bytes(only))
    {
      return terms.contains { term in
        term.content.contains { initialism.words(in: term, from: $0) != nil }
          || term.tokens.contains { $0.kind == .han }
      }
    }
    // "The Fund" and 基金 say little: other things are called so.
    let least = content.contains { tokens[$0].kind == .han } ? 3 : 2
    guard content.count >= least else { return false }
    let known = Set(terms.flatMap { term in term.tokens.map(\.hash) })
    return content.allSatisfy { known.contains(tokens[$0].hash) }
  }
}
