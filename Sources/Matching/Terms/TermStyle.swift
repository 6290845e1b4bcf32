internal import Bitext
internal import Segmentation

/// In what a text spells a term otherwise than the termbase does, though both have the same key.
public enum StyleDifference: String, Sendable, Hashable, CaseIterable {
  case letterCase = "case"
  /// Full and half width, of brackets above all.
  case width
  /// Simplified and traditional characters.
  case script
  case hyphen
  case spacing
}

extension TermMatch {
  /// How a spelling in a text differs from a term with the same key, beyond inflection and
  /// quotation marks.
  ///
  /// - Parameters:
  ///   - text: the bytes of the text.
  ///   - term: those of the term.
  ///   - mayCapitalize: whether a lower-case term may start with a capital here, as it does at the
  ///     start of a sentence.
  /// - Returns: the differences, each once; empty when the spelling is the term's.
  public static func differences(
    _ text: Span<UInt8>, _ term: Span<UInt8>, mayCapitalize: Bool
  ) -> [StyleDifference] {
    let tokenizer = KeyTokenizer()
    let textTokens = tokenizer.tokens(of: text)
    let termTokens = tokenizer.tokens(of: term)
    guard textTokens.count == termTokens.count else { return [] }
    var found: Set<StyleDifference> = []
    for index in textTokens.indices {
      let pair = (textTokens[index], termTokens[index])
      found.formUnion(
        difference(
          text.extracting(pair.0.range), term.extracting(pair.1.range), kind: pair.0.kind,
          ignoresFirstCapital: mayCapitalize && index == 0))
      guard index + 1 < textTokens.count else { continue }
      let gaps = (
        Gap(text.extracting(pair.0.range.upperBound..<Int(textTokens[index + 1].start))),
        Gap(term.extracting(pair.1.range.upperBound..<Int(termTokens[index + 1].start)))
      )
      if gaps.0.hasHyphen != gaps.1.hasHyphen {
        found.insert(.hyphen)
      } else if gaps.0.hasSpace != gaps.1.hasSpace {
        found.insert(.spacing)
      }
    }
    return StyleDifference.allCases.filter(found.contains)
  }

  /// What stands between two tokens of a term.
  private struct Gap {
    var hasHyphen = false
    var hasSpace = false

    init(_ utf8: Span<UInt8>) {
      var index = 0
      while index < utf8.count {
        let scalar = utf8.scalar(at: index)
        if scalar.value.isHyphenScalar { hasHyphen = true }
        if scalar.value.isWhitespaceScalar { hasSpace = true }
        index += scalar.length
      }
    }
  }

  private static func difference(
    _ text: Span<UInt8>, _ term: Span<UInt8>, kind: KeyToken.Kind, ignoresFirstCapital: Bool
  ) -> Set<StyleDifference> {
    var found: Set<StyleDifference> = []
    var index = 0
    var termIndex = 0
    var isFirst = true
    while index < text.count, termIndex < term.count {
      let left = text.scalar(at: index)
      let right = term.scalar(at: termIndex)
      index += left.length
      termIndex += right.length
      defer { isFirst = false }
      guard left.value != right.value else { continue }
      if kind == .han {
        found.insert(.script)
        break
      }
      let narrow = (left.value.narrowed, right.value.narrowed)
      if narrow.0 != left.value || narrow.1 != right.value, !left.value.isQuoteScalar {
        found.insert(.width)
      }
      if narrow.0 == narrow.1 { continue }
      // Where the endings of inflection part, nothing more can be compared.
      guard lowercased(narrow.0) == lowercased(narrow.1) else { break }
      let isCapitalized = lowercased(narrow.0) != narrow.0
      if !(isFirst && ignoresFirstCapital && isCapitalized) { found.insert(.letterCase) }
    }
    return found
  }

  private static func lowercased(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 { return 0x41...0x5A ~= scalar ? scalar | 0x20 : scalar }
    return Unicode.Scalar(scalar)?.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar
  }
}
