internal import Bitext

/// Something that makes it more or less likely that a term was left out by mistake.
enum Clue: Hashable {
  /// The source term itself stands in the target.
  case untranslated(String)
  /// The source term stands in the target, and the termbase has it as a part of the rendering.
  case keptShortForm(String)
  /// A term stands in the target that the source does not name; 1 when nothing in the source asks
  /// for it and it stands where the missing term would.
  case otherTerm(String, strength: Double)
  /// The share of the term that other words of the target translate, as the lexicon has it.
  case otherWords(share: Double)
  /// The same words stand for the term elsewhere in the document too.
  case recurs
  /// The source writes the term otherwise than the termbase, "banked" for "banking": it may be
  /// another word.
  case otherForm
  /// The target is so many tokens long: a long text has many ways to speak of a thing.
  case length(tokens: Int)
  /// The rendering stands in the bead before or after.
  case renderedNearby
  /// All words of a rendering stand there, though in other forms or in another order.
  case looseRendering(String)
  /// All of a Chinese rendering but one character stands there.
  case almostWhole(String)
  /// So many other terms are missing in the same bead: it is a free translation, or none.
  case company(others: Int)

  /// How much the clue says, in units of log odds, as a logistic regression has it that was fitted
  /// to ``Evidence``'s figures; see docs/design/checks.md for the data and for what each is worth.
  var weight: Double {
    switch self {
    case .untranslated: 3
    case .keptShortForm: -0.5
    case .otherTerm(_, let strength): 2 * strength
    case .otherWords(let share): -2 * share
    case .recurs: -1.5
    case .otherForm: -1.5
    case .length(let tokens): -0.4 * Self.doublings(tokens)
    case .renderedNearby: -0.8
    case .looseRendering: -3
    case .almostWhole: -1
    case .company(let others): -0.3 * Double(min(others, 4))
    }
  }

  /// What is thought of a missing term before any clue: that it is missing by mistake.
  static let presumption = 1.2
  /// At this much evidence and above a finding has the rule's own severity.
  static let certain = 0.0
  /// Below ``certain`` it is a warning, below this only a remark.
  static let doubtful = -1.5
  /// A term that stands in another's place this clearly is no coincidence.
  static let clearSubstitute = 0.6
  /// One that stands there this clearly is more than a habit.
  static let likelySubstitute = 0.4

  /// How many times longer than a sentence of usual length, as a power of two.
  private static func doublings(_ tokens: Int) -> Double {
    var length = Double(max(1, tokens)) / 32
    var doublings = 0.0
    while length >= 2, doublings < 4 { (length, doublings) = (length / 2, doublings + 1) }
    while length < 1, doublings > -3 { (length, doublings) = (length * 2, doublings - 1) }
    return doublings + (length - 1).clamped
  }

  /// The clue in the words of a report.
  var inWords: String {
    switch self {
    case .untranslated(let text): "the source term itself stands there: “\(text)”"
    case .keptShortForm(let text): "“\(text)” is a part of the rendering"
    case .otherTerm(let text, _): "“\(text)” is a term that the source does not name"
    case .otherWords(let share): "other words translate \(Int(share * 100)) % of the term"
    case .recurs: "the same words stand for it elsewhere in the document"
    case .otherForm: "the source has the term in another form"
    case .length(let tokens): "the text is \(tokens) words and marks long"
    case .looseRendering(let text): "“\(text)” has all words of the rendering"
    case .almostWhole(let text): "“\(text)” is all of the rendering but one character"
    case .company(let others): "other terms missing in the same text: \(others)"
    case .renderedNearby: "the rendering stands in the bead before or after"
    }
  }
}

extension Double {
  /// Within 0…1.
  fileprivate var clamped: Double { Swift.min(1, Swift.max(0, self)) }

  /// With one digit after the point and its sign: `+1.5`.
  var signed: String {
    let tenths = Int((abs(self) * 10).rounded())
    return "\(self < 0 && tenths > 0 ? "-" : "+")\(tenths / 10).\(tenths % 10)"
  }
}
