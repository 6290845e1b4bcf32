internal import Bitext

/// The accepted terms of concepts in the two languages of a pair, with their keys: made when they are
/// first asked for, since one concept is missed in many beads.
final class KeyedTerms {
  enum Side { case source, target }

  struct Terms {
    var texts: [String]
    var keyed: [KeyedText]
  }

  private let checker: Checker
  private let languages: (source: LanguageTag, target: LanguageTag)
  private var known: (source: [Int: Terms], target: [Int: Terms]) = ([:], [:])

  init(_ checker: Checker, source: LanguageTag, target: LanguageTag) {
    self.checker = checker
    languages = (source, target)
  }

  /// The accepted terms of a concept, the preferred one first.
  func accepted(_ concept: Int, in side: Side) -> Terms {
    if let terms = side == .source ? known.source[concept] : known.target[concept] { return terms }
    let language = side == .source ? languages.source : languages.target
    let texts = checker.accepted(concept, in: language)
    let terms = Terms(texts: texts, keyed: texts.map { KeyedText($0) })
    if side == .source { known.source[concept] = terms } else { known.target[concept] = terms }
    return terms
  }
}
