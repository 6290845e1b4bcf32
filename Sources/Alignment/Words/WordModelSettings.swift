/// What is tuned in the word model. The values were found by a search over the two ways of use,
/// with a lexicon and without: docs/design/word-alignment.md tells how.
package struct WordModelSettings: Sendable {
  /// Rounds of Model 1, then of the hidden Markov model.
  package var lexicalRounds = 4
  package var jumpRounds = 3
  /// The pseudo-count of a pair of which nothing is known.
  package var sparsity: Float = 0.16
  /// The pseudo-counts that a source word, and a target word, spreads by its units.
  package var sourceUnits: Float = 6
  package var targetUnits: Float = 2
  /// The pseudo-count of a pair that is known.
  package var priorStrength: Float = 5
  /// How much likelier than others a known pair is in the first round.
  package var priorStart: Float = 100
  /// The probability that a word has no counterpart.
  package var null: Float = 0.13
  /// How much all words weigh, as a share of them, beside those that were found to have none.
  package var nullPrior: Float = 0.01
  /// Types with a greater share of all words count as frequent.
  package var frequent: Float = 0.015
  /// The share of jumps that is spread evenly.
  package var jumpSmoothing: Float = 0.3
  /// The least probability of a translation.
  package var floor: Float = 1e-7
  /// At most so many cells are learnt from, of 8 bytes each and up to 20 more for their pairs.
  package var mostCells = 8_000_000
  /// A pair of texts with more cells is not linked: a thousand words with a thousand.
  package var mostCellsOfText = 1_000_000

  package init() {}
}
