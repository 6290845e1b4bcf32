internal import Bitext
internal import Matching
internal import Segmentation

/// A name or a term is rendered otherwise than in most other places, as the texts themselves show:
/// no glossary is needed.
///
/// The pairs of a run are mined together for terms and their renderings: names, and terms of several
/// words that are rendered alike three times at the least. A place where such a term has another
/// rendering is reported with the usual one and some of its places. Inflection, case and width make
/// no difference, nor does an abbreviation or a part of the usual rendering, as in "the Programme".
/// A common noun is a remark, and reported only where its usual rendering outweighs all others and
/// has a word in common with this one, or this one recurs. What the glossary has is left to
/// `missing-term`.
///
/// Fires: 金凤凰 / Golden Phoenix, in seven places; 金凤凰 / Gold Phoenix, here
///
/// Does not: 金凤凰 / Golden Phoenixes, the Phoenix; 发展 / growth, development
struct InconsistentRendering {
  let checker: Checker

  /// How surely another rendering must stand for a name, and for a common noun.
  private static let leastNameShare = 0.4
  private static let leastShare = 0.85
  /// How often the usual rendering is seen at the least.
  private static let leastCount = 3
  /// How many times more it is seen than the other one of a common noun.
  private static let leastTimes = 4
  /// Its share of all places: of those of a name, and of those of a common noun, for which
  /// translators have a choice of words.
  private static let leastNameUse = 0.5
  private static let leastUse = 0.8

  func check(_ terms: [MinedTerm]) -> [Diagnostic] {
    terms.flatMap { term -> [Diagnostic] in
      guard let usual = term.renderings.first, !isKnown(term) else { return [] }
      let total = term.renderings.reduce(0) { $0 + $1.count }
      return term.renderings.dropFirst().flatMap { other -> [Diagnostic] in
        // What was left as it is in the source is no other rendering.
        guard !RenderingWords(other.text).isVariant(of: RenderingWords(term.term)),
          differs(other, from: usual, total: total)
        else { return [] }
        return other.places.compactMap { diagnostic(term, usual, other, $0, total: total) }
      }
    }
  }

  /// Whether the termbase has the term, so that other rules speak of it.
  private func isKnown(_ term: MinedTerm) -> Bool {
    guard let matcher = checker.matcher(for: term.sourceLanguage) else { return false }
    let utf8 = Array(term.term.utf8)
    let tokens = KeyTokenizer().tokens(of: utf8.span)
    return matcher.matches(in: utf8.span, tokens: tokens).contains { match in
      match.tokens.count == tokens.count
        && match.terms.contains {
          !checker.accepted(matcher.terms[$0].concept, in: term.targetLanguage).isEmpty
        }
    }
  }

  private func differs(
    _ other: MinedTerm.Rendering, from usual: MinedTerm.Rendering, total: Int
  ) -> Bool {
    let (left, right) = (RenderingWords(other.text), RenderingWords(usual.text))
    guard !left.isVariant(of: right) else { return false }
    let use = Double(usual.count) / Double(total)
    guard usual.count >= Self.leastCount else { return false }
    if usual.isName {
      // A common noun instead of a name is most often a way not to repeat it.
      return other.count < usual.count && use >= Self.leastNameUse
        && other.share >= Self.leastNameShare && (other.isName || left.shares(with: right))
    }
    guard other.count * Self.leastTimes <= usual.count, use >= Self.leastUse,
      other.share >= Self.leastShare
    else { return false }
    return left.shares(with: right) ? !left.isDerived(from: right) : other.count > 1
  }

  private func diagnostic(
    _ term: MinedTerm, _ usual: MinedTerm.Rendering, _ other: MinedTerm.Rendering,
    _ place: MinedTerm.Place, total: Int
  ) -> Diagnostic? {
    let location = place.target.location
    guard
      let severity = checker.settings.severity(of: .inconsistentRendering, in: location.file)
    else { return nil }
    return Diagnostic(
      rule: RuleName.inconsistentRendering.rawValue,
      severity: usual.isName ? severity : min(severity, .info),
      message: .other(place, usual: usual, total: total), location: location,
      source: place.source, term: place.source.text, found: place.target.text,
      expected: [usual.text], related: usual.places.prefix(5).map(\.target),
      context: place.context)
  }
}

/// The words of a rendering, small ones left out.
private struct RenderingWords {
  private let content: [UInt64]
  private let spellings: [[UInt8]]
  private let isHan: Bool

  init(_ text: String) {
    let utf8 = Array(text.utf8)
    let tokens = KeyTokenizer().tokens(of: utf8.span).filter { $0.kind != .punctuation }
    let words = tokens.filter { !FunctionWords.english.contains($0.hash) }
    content = words.map(\.hash)
    spellings = words.map { Array(utf8[$0.range]) }
    isHan = tokens.contains { $0.kind == .han }
  }

  /// All words in one, which a hyphen or a space more or less does not change.
  private var letters: [UInt8] {
    let words = spellings.indices.map { isAcronym($0) ? singular($0) : spellings[$0][...] }
    return words.joined().compactMap { byte in
      byte == 0x2D || byte == 0x20 ? nil : byte.isASCIILetter ? byte | 0x20 : byte
    }
  }

  func shares(with other: Self) -> Bool { !Set(content).isDisjoint(with: other.content) }

  /// Whether the two are one rendering by key, one is a part of the other, or its abbreviation.
  func isVariant(of other: Self) -> Bool {
    if content.isEmpty || other.content.isEmpty || letters == other.letters { return true }
    return Set(content).isSubset(of: other.content) || Set(other.content).isSubset(of: content)
      || abbreviates(other) || other.abbreviates(self)
  }

  /// Whether one of the words is made of the initials of the other's, as HKMA is; what else an
  /// acronym stands for, its spelling does not say.
  private func abbreviates(_ other: Self) -> Bool {
    guard !isHan, !other.isHan else { return false }
    if content.count == 1, isAcronym(0), other.content.count > 1 || !other.isAcronym(0) {
      return true
    }
    guard other.spellings.count > 1 else { return false }
    let initials = other.spellings.compactMap { $0.first.map { $0 | 0x20 } }
    return spellings.indices.contains { index in
      let letters = spellings[index].filter(\.isASCIIUppercase).map { $0 | 0x20 }
      return isAcronym(index) && letters.isSubsequence(of: initials)
        && letters.count * 2 > initials.count
    }
  }

  /// Two capitals at the least, and no small letter but the plural's: AIs.
  private func isAcronym(_ index: Int) -> Bool {
    let word = singular(index)
    return word.count >= 2 && word.allSatisfy(\.isASCIIUppercase)
  }

  private func singular(_ index: Int) -> ArraySlice<UInt8> {
    spellings[index].last == 0x73 ? spellings[index].dropLast() : spellings[index][...]
  }

  /// Letters that two words of one family share at the beginning: finance, financial.
  private static let family = 5

  /// Whether every word of each has one of its family in the other.
  func isDerived(from other: Self) -> Bool {
    func isKin(_ word: [UInt8], _ list: [[UInt8]]) -> Bool {
      list.contains {
        $0 == word
          || $0.count >= Self.family && word.count >= Self.family
            && $0.prefix(Self.family).map({ $0 | 0x20 })
              == word.prefix(Self.family).map { $0 | 0x20 }
      }
    }
    guard !isHan else { return false }
    return spellings.allSatisfy { isKin($0, other.spellings) }
      && other.spellings.allSatisfy { isKin($0, spellings) }
  }
}

extension Array<UInt8> {
  fileprivate func isSubsequence(of other: [UInt8]) -> Bool {
    var rest = other[...]
    for byte in self {
      guard let place = rest.firstIndex(of: byte) else { return false }
      rest = rest[(place + 1)...]
    }
    return true
  }
}

extension String {
  fileprivate static func other(
    _ place: MinedTerm.Place, usual: MinedTerm.Rendering, total: Int
  ) -> String {
    "“\(place.target.text)” for \(place.source.text) here; “\(usual.text)” in \(usual.count) of "
      + "\(total) places"
  }
}
