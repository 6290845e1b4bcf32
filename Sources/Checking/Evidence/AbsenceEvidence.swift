internal import Bitext
internal import Segmentation

/// A source term without any of its renderings in a bead's target.
struct Absence {
  /// The index of the bead.
  let bead: Int
  let occurrence: MatchedText.Occurrence
  let expected: [String]
  /// What is expected, with its keys; descriptions are left out, since their parts say nothing.
  let renderings: [KeyedText]
  var concept: Int { occurrence.concept }

  /// Longer renderings are descriptions.
  private static let longestRendering = 64

  init(bead: Int, occurrence: MatchedText.Occurrence, expected: KeyedTerms.Terms) {
    self.bead = bead
    self.occurrence = occurrence
    self.expected = expected.texts
    renderings = expected.keyed.filter { $0.tokens.count <= Self.longestRendering }
  }
}

/// What speaks for and against an absence being a mistake.
struct AbsenceEvidence {
  /// Why the absence is none after all; `nil` when it is one.
  private(set) var excuse: String?
  var clues: [Clue] = []
  /// What stands in the term's place, when that is known.
  private(set) var found: String?
  /// The keys of the part of a rendering that stands in the target.
  private(set) var remainder: [UInt64] = []
  /// The part in words.
  private(set) var nearest: String?

  /// The log odds that the absence is a mistake.
  var score: Double { clues.reduce(Clue.presumption) { $0 + $1.weight } }

  /// Whether something else clearly stands in the term's place.
  var isClear: Bool {
    clues.contains { clue in
      switch clue {
      case .untranslated: true
      case .otherTerm(_, let strength): strength >= Clue.clearSubstitute
      default: false
      }
    }
  }

  /// Whether something else may well stand in the term's place.
  var isSubstituted: Bool {
    clues.contains { clue in
      switch clue {
      case .untranslated: true
      case .otherTerm(_, let strength): strength >= Clue.likelySubstitute
      default: false
      }
    }
  }

  init(
    _ absence: Absence, in context: BeadContext, forms: ShortForms, words: WordTranslations?,
    sourceTerms: [KeyedText], substitute: BeadContext.Substitute?, isRenderedNearby: Bool
  ) {
    clues.append(.length(tokens: context.target.tokens.count))
    guard context.canBeWeighed else { return }
    let place = context.source.tokens(in: absence.occurrence.range)
    let term = KeyedText(context.source.text(place))
    let renderings = absence.renderings
    addSourceTerm(term, renderings, context)
    addSubstitute(substitute)
    let found = renderings.map {
      PartialRendering.both(of: $0, in: context.target, without: context.named)
    }
    let parts = found.map(\.all)
    if !isClear {
      excuse = Self.excuse(absence.concept, renderings, parts, context, forms)
    }
    if !isClear, let part = parts.first(where: \.isWhole) {
      clues.append(.looseRendering(context.target.text(part.window)))
    }
    addNearest(parts, context)
    let free = found.map(\.free.share)
    let translated =
      words?.share(of: term, translatedIn: context.target, without: context.named) ?? 0
    let gap = translated - (free.max() ?? 0)
    if gap > 0 { clues.append(.otherWords(share: gap)) }
    if !sourceTerms.contains(where: { $0.isSpelt(like: term) }) { clues.append(.otherForm) }
    if isRenderedNearby { clues.append(.renderedNearby) }
  }

  private mutating func addSourceTerm(
    _ term: KeyedText, _ renderings: [KeyedText], _ context: BeadContext
  ) {
    let keys = term.tokens.map(\.hash)
    guard let place = context.target.places(of: keys).first else { return }
    let text = context.target.text(place)
    found = text
    let isPart = renderings.contains { !$0.places(of: keys).isEmpty }
    clues.append(isPart ? .keptShortForm(text) : .untranslated(text))
  }

  private mutating func addSubstitute(_ substitute: BeadContext.Substitute?) {
    guard let substitute else { return }
    clues.append(.otherTerm(substitute.text, strength: substitute.strength))
    if found == nil, substitute.strength >= Clue.clearSubstitute { found = substitute.text }
  }

  private mutating func addNearest(_ parts: [PartialRendering], _ context: BeadContext) {
    guard let best = parts.max(by: { $0.share < $1.share }), best.found > 0 else { return }
    // Less than half of a rendering stands in any text by chance.
    if best.share >= 0.5 { remainder = context.target.tokens[best.window].map(\.hash) }
    let text = context.target.text(best.window)
    if best.isAlmostWhole { clues.append(.almostWhole(text)) }
    nearest = "“\(text)” has \(best.found) of \(best.wanted) parts of the term"
    if found == nil, best.share > 0.5 { found = text }
  }

  /// Why nothing is missing: the rendering stands there in another order, split or joined, or as a
  /// short form that the termbase or the document gives.
  private static func excuse(
    _ concept: Int, _ renderings: [KeyedText], _ parts: [PartialRendering],
    _ context: BeadContext, _ forms: ShortForms
  ) -> String? {
    let target = context.target
    for (rendering, part) in zip(renderings, parts) {
      if part.isPlainlyWhole { return "rendered as “\(target.text(part.window))”" }
      if let short = rendering.bracketedPart(standingIn: target) { return "“\(short)” is enough" }
      if target.holdsLetters(of: rendering) { return "rendered with other spaces" }
    }
    return forms.standing(concept, in: target, for: renderings)
      .map { "“\($0)” was introduced as its short form" }
  }
}

extension KeyedText {
  /// The same words and characters; case aside, and for Chinese the script.
  func isSpelt(like other: KeyedText) -> Bool {
    guard tokens.count == other.tokens.count else { return false }
    return tokens.indices.allSatisfy { index in
      guard tokens[index].kind == .word else {
        return tokens[index].hash == other.tokens[index].hash
      }
      return bytes(index).elementsEqual(other.bytes(index)) { $0 | 0x20 == $1 | 0x20 }
    }
  }

  /// Of a term such as 强制性公积金（强积金), full name and short form in brackets, the one that stands
  /// in a text. The short form in brackets says nothing: the full name should stand before it.
  fileprivate func bracketedPart(standingIn text: KeyedText) -> String? {
    guard let last = tokens.indices.last, tokens[last].closesBracket,
      let open = tokens.lastIndex(where: \.opensBracket), open > 0, open + 1 < last
    else { return nil }
    if !text.places(of: tokens[..<open].map(\.hash)).isEmpty { return self.text(0..<open) }
    let short = tokens[open + 1..<last].map(\.hash)
    let isIntroduced = text.bracketed.contains(tokens[open + 1].hash)
    return isIntroduced || text.places(of: short).isEmpty ? nil : self.text(open + 1..<last)
  }

  /// Fewer letters stand in some other words by chance.
  private static let leastLetters = 8

  /// Whether a text has the term's letters one after the other, however they are cut into words:
  /// "dollardenominated", as page layout leaves behind.
  fileprivate func holdsLetters(of term: KeyedText) -> Bool {
    let wanted = term.letters
    guard wanted.count >= Self.leastLetters, term.tokens.allSatisfy({ $0.kind == .word }) else {
      return false
    }
    let letters = letters
    guard letters.count >= wanted.count else { return false }
    return (0...letters.count - wanted.count).contains {
      letters[$0] == wanted[0] && letters[$0..<$0 + wanted.count].elementsEqual(wanted)
    }
  }

  private var letters: [UInt8] {
    var letters: [UInt8] = []
    for token in tokens {
      for index in token.range {
        letters.append(0x41...0x5A ~= utf8[index] ? utf8[index] | 0x20 : utf8[index])
      }
    }
    return letters
  }
}
