package import Bitext

extension ConcordanceHit {
  /// An occurrence that was found by other means than the index.
  ///
  /// - Parameters:
  ///   - unit: as the store has it.
  ///   - side: that of the occurrence.
  ///   - bytes: of that side's text.
  package init(in unit: TranslationUnit, on side: UnitSide, at bytes: Range<Int>) {
    self.init(unit: unit.texts, side: side, range: bytes)
  }
}
