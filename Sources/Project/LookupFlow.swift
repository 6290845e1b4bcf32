public import Bitext
internal import Matching
internal import Segmentation

/// A glossary term in a text, with its translations.
public struct LookupHit: Sendable, Hashable {
  public var file: String
  /// Bytes of the file on disk.
  public var range: Range<Int>
  /// As the text spells it.
  public var term: String
  /// The concept's id.
  public var concept: String
  /// Accepted terms of the other language, the preferred one first.
  public var translations: [String]
  /// As the termbase spells it, and the rest of what that says.
  var entry: Entry

  /// What the termbase says about a term.
  struct Entry: Hashable {
    var term: Term
    /// Accepted terms of other languages, the preferred one first.
    var translations: [Term]
    /// Forbidden and deprecated terms of these languages.
    var rejected: [Term]
    var domain: String?
    var definition: String?
  }

  /// The shape that `lookup` promises to other programs.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("file", file)
      writer.member("start", range.lowerBound)
      writer.member("end", range.upperBound)
      writer.member("term", term)
      writer.member("concept", concept)
      writer.member("translations", translations)
    }
    return writer.text
  }
}

/// The flow behind `lookup`: the terms of a text with what the termbase makes of them.
public struct LookupFlow {
  private let termbase: Termbase
  private let target: LanguageTag?
  private let includesProposed: Bool
  private var matchers: [LanguageTag: TermMatcher] = [:]

  /// `target` is the language of the translations; else every other one than the text's counts.
  public init(termbase: Termbase, target: LanguageTag?, includesProposed: Bool) {
    self.termbase = termbase
    self.target = target
    self.includesProposed = includesProposed
  }

  /// The terms in the order of the text; code and addresses hold none.
  public mutating func hits(in text: SegmentedText) -> [LookupHit] {
    let matcher =
      matchers[text.language]
      ?? TermMatcher(termbase, language: text.language, includesProposed: includesProposed)
    matchers[text.language] = matcher
    let tokenizer = KeyTokenizer()
    var hits: [LookupHit] = []
    for segment in text.segments {
      let utf8 = text.prose.utf8.span.extracting(segment.range)
      for match in matcher.matches(in: utf8, tokens: tokenizer.tokens(of: utf8)) {
        let range =
          segment.range.lowerBound + match.range.lowerBound..<segment.range.lowerBound
          + match.range.upperBound
        guard !text.prose.literals.contains(where: { $0.overlaps(range) }) else { continue }
        var seen: Set<Int> = []
        for term in match.terms where seen.insert(matcher.terms[term].concept).inserted {
          let found = matcher.terms[term]
          let concept = termbase.concepts[found.concept]
          let (accepted, rejected) = translations(of: concept, from: text.language)
          hits.append(
            LookupHit(
              file: text.file, range: text.prose.positions.source(range),
              term: text.prose.text(range), concept: concept.id,
              translations: accepted.map(\.text),
              entry: LookupHit.Entry(
                term: found.term, translations: accepted, rejected: rejected,
                domain: concept.domain, definition: concept.definition)))
        }
      }
    }
    return hits
  }

  private func translations(
    of concept: Concept, from language: LanguageTag
  ) -> (accepted: [Term], rejected: [Term]) {
    let terms = concept.terms.filter { term in
      if let target { return LanguageMatching.match(term.language, target) }
      return !LanguageMatching.sameLanguage(term.language, language)
    }
    let accepted = terms.filter {
      $0.status.isAccepted || includesProposed && $0.status == .proposed
    }
    let rejected = terms.filter { $0.status == .forbidden || $0.status == .deprecated }
    return (
      accepted.filter { $0.status == .preferred } + accepted.filter { $0.status != .preferred },
      rejected
    )
  }
}
