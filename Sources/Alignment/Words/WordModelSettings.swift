/// What is tuned in the word model; docs/design/word-alignment.md tells how.
package struct WordModelSettings: Sendable {
  /// Rounds of Model 1, then of the hidden Markov model.
  package var lexicalRounds = 4
  package var jumpRounds = 3
  /// The pseudo-count of a pair of which nothing is known.
  package var sparsity: Float = 0.16
  /// The pseudo-counts that a source word spreads by its units.
  package var unitStrength: Float = 6
  /// The pseudo-count of a pair that is known.
  package var priorStrength: Float = 5
  /// How much likelier than others a known pair is in the first round.
  package var priorStart: Float = 100
  /// The probability that a word has no counterpart.
  package var null: Float = 0.13
  /// Types with a greater share of all words count as frequent.
  package var frequent: Float = 0.015
  package var nullPrior: Float = 0.01
  package var targetUnitStrength: Float = 2
  /// The share of jumps that is spread evenly.
  package var jumpSmoothing: Float = 0.3
  /// The least probability of a translation.
  package var floor: Float = 1e-7
  /// At most so many cells are learnt from: 8 bytes each.
  package var mostCells = 8_000_000
  /// A pair of texts with more cells is not aligned: a thousand words with a thousand.
  package var mostCellsOfText = 1_000_000

  package init() {}
}
