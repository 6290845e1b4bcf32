internal import Bitext

/// What is known of a pair when it is judged.
struct PairEvidence {
  /// The beads that join the two, each by how fully they are linked there.
  var weight: Double
  /// The beads that hold each.
  var sourceBeads: Double
  var targetBeads: Double
  var cue: TermCandidate.Cue?
  /// The weight of the best pair that the source is in, and the target.
  var bestOfSource: Double
  var bestOfTarget: Double
  /// The share of its occurrences in which the Latin side is written like a name.
  var nameShare: Double
  /// What of each phrase is not part of longer terms, as a share: see ``CValue``.
  var sourceIndependence: Double
  var targetIndependence: Double
  /// What of the pair is not part of one that has a longer phrase on one side, as a share.
  var pairIndependence: Double
  /// The least branching entropy of the sides in ideographs; `nil` when there is none.
  var entropy: Double?
  /// Words of the Latin side, small ones aside, and ideographs of the other.
  var words: Int
  var ideographs: Int
  /// Whether a preposition or a conjunction stands inside.
  var hasInnerFunctionWord: Bool
  /// Whether a word list has the pair: an everyday word.
  var isEveryday: Bool
  /// Whether both sides are spelt alike: an abbreviation that nobody translated.
  var isIdentical: Bool
}

/// Judges pairs: how likely they are right, and how much a terminologist wants to see them.
struct TermScore {
  /// The likelihood that the two translate each other, as a share.
  var share: Double
  /// What the candidates are put in order by: names, and terms of several words that recur, come
  /// before general words.
  var worth: Double

  init(_ pair: PairEvidence) {
    let dice = 2 * pair.weight / (pair.sourceBeads + pair.targetBeads + Self.doubt)
    let given = Self.given(pair)
    let whole = Self.wholeness(pair)
    let association = max(min(1, dice), given)
    let rival = min(
      1, max(pair.weight / pair.bestOfSource, given), max(pair.weight / pair.bestOfTarget, given))
    share = Self.calibrated(
      Self.certainty(association, pair: pair, whole: whole, rival: rival))
    let recurrence = logarithm(1 + max(pair.weight, given * Self.beads(pair.cue)))
    worth = association * recurrence * whole * Self.interest(pair)
  }

  /// Beads that are taken off a pair: one that is seen once is no certainty.
  private static let doubt = 1.0
  /// An entropy at which a phrase is as likely a piece of a word as a whole one, and how sharply
  /// that turns.
  private static let fairEntropy = 0.7
  private static let entropySlope = 3.0

  /// How sure an author's own word makes a pair. Where both terms are common and yet seldom meet,
  /// he gives a name for the length of a text: 基金 for the Exchange Fund.
  private static func given(_ pair: PairEvidence) -> Double {
    guard let cue = pair.cue else { return 0 }
    let fewer = min(pair.sourceBeads, pair.targetBeads)
    return strength(cue) * min(1, (pair.weight + beads(cue)) / fewer)
  }

  /// A pair that an author gives weighs as much as one that the links join in so many beads.
  private static func beads(_ cue: TermCandidate.Cue?) -> Double {
    switch cue {
    case .brackets: 4
    case .abbreviation: 2
    case .sound, .quotes: 1
    case nil: 0
    }
  }

  /// How sure an author's own word is.
  private static func strength(_ cue: TermCandidate.Cue) -> Double {
    switch cue {
    case .brackets: 0.97
    case .abbreviation: 0.3
    case .sound: 0.9
    case .quotes: 0.6
    }
  }

  /// How likely both sides are whole terms rather than pieces.
  private static func wholeness(_ pair: PairEvidence) -> Double {
    let floor = 0.3
    let nesting =
      (floor + (1 - floor) * pair.sourceIndependence)
      * (floor + (1 - floor) * pair.targetIndependence)
      * (floor + (1 - floor) * pair.pairIndependence)
    // What an author marks is whole, and so, for want of a second look, is a name seen once.
    let isGiven = pair.cue.map { $0 != .sound || pair.weight < 2 } ?? false
    guard let entropy = pair.entropy, !isGiven else { return nesting }
    return nesting / (1 + exponential(-entropySlope * (entropy - fairEntropy)))
  }

  /// What makes a pair interesting beside its being right: length, names; less so everyday words.
  private static func interest(_ pair: PairEvidence) -> Double {
    let length = Double(min(pair.words, 4) + (pair.ideographs > 2 ? 1 : 0))
    var interest = logarithm(1 + length) * (1 + pair.nameShare)
    if pair.hasInnerFunctionWord { interest *= 0.5 }
    if pair.isEveryday { interest *= 0.3 }
    if pair.isIdentical { interest *= 0.3 }
    return interest
  }

  /// What the pair itself says, between 0 and 1: not yet a probability.
  private static func certainty(
    _ association: Double, pair: PairEvidence, whole: Double, rival: Double
  ) -> Double {
    let seen = pair.weight / (pair.weight + 1)
    let linked = (association * seen * rival * whole).squareRoot()
    return max(linked, given(pair))
  }

  /// The share of right pairs among those of a certainty: between points that were read off some
  /// 300 candidates of all certainties, drawn at random and judged by hand (see the design page).
  private static func calibrated(_ certainty: Double) -> Double {
    var low = calibration[0]
    for high in calibration.dropFirst() {
      if certainty <= high.certainty {
        let part = (certainty - low.certainty) / (high.certainty - low.certainty)
        return low.share + part * (high.share - low.share)
      }
      low = high
    }
    return low.share
  }

  private static let calibration: [(certainty: Double, share: Double)] = [
    (0, 0.33), (0.1, 0.4), (0.2, 0.55), (0.28, 0.77), (0.4, 0.85), (0.6, 0.89), (0.75, 0.95),
    (1, 0.98),
  ]
}
