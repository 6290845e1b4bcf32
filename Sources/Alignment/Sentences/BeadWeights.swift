/// How the kinds of evidence weigh against each other, in natural logarithms.
///
/// All were fitted together, by maximum conditional likelihood of whole documents' alignments (a
/// conditional random field over the beads of the search), on six chapters of novels with a hand-made
/// alignment, three reports of a bank, our own news, and copies of these from which parts had been
/// taken: see docs/design/alignment.md.
struct BeadWeights {
  /// What the words of both sides say, as a sum, and as a sum over the root of their number.
  var words: Float = 0.22
  var rootWords: Float = -0.33
  /// What the words of the segment that fits least say, a word.
  var weakest: Float = 1.92
  var length: Float = 1.68
  /// How much more the three count in a close translation, by ``BeadScorer/Context/closeness``.
  private var closeWords: Float = -0.26
  private var closeWeakest: Float = 2.22
  private var closeLength: Float = 2.32
  /// How much of the document's own share of segments without a counterpart is believed.
  var nulls: Float = 0.73
  /// Not fitted, since no hand-made alignment has paragraphs.
  var structure: Float = 1
  /// For each of ``BeadShape/all``, instead of a prior.
  var shapes: [Float] = [
    -3.96, -4, -0.43, -1.45, -2.84, -3.64, -5.72, -5.41, -2.67, -4.95, -6.21, -4.45, -5.18, -5.41,
    -6.44,
  ]
  /// For each of ``PunctuationEvidence/Mark``.
  var marks: [PunctuationEvidence.Weight] = [
    .init(both: 2.1, one: -0.27),
    .init(both: 2.03, one: -1.16),
    .init(both: 2.18, one: 0.34),
    .init(both: -0.2, one: 0.1),
    .init(both: 0.15, one: 0.21),
  ]

  /// The weights for a translation that is so close.
  func adapted(closeness: Float) -> BeadWeights {
    var result = self
    result.words += closeWords * closeness
    result.weakest += closeWeakest * closeness
    result.length += closeLength * closeness
    return result
  }
}
