internal import Bitext

/// How units of XLIFF and PO are found again: a text may stand in several places of a file, each
/// with a name of its own, and names and states may change from one version of it to the next.
extension UnitDetails {
  /// Which of the units with the very texts and origin is the one that has these properties.
  ///
  /// - Parameter candidates: those that this change has not met.
  /// - Returns: the one of the same name; else one whose name the file may no longer have.
  func choose(from candidates: [TranslationUnit]) -> TranslationUnit? {
    let names = contextIDs
    let ours = candidates.filter { $0.details?.arePropertiesAlone ?? true }
    return ours.first { $0.details.map { $0.contextIDs == names } ?? false } ?? ours.first
  }
}

extension TranslationUnit {
  /// Whether a file of units such as TMX brought it, which says all of it: when it was made, too.
  var isOfUnitFile: Bool { details.map { !$0.arePropertiesAlone } ?? false }

  /// Takes over what a unit of XLIFF or PO says of itself: the file has the last word.
  mutating func learn(_ unit: TranslationUnit) {
    guard let new = unit.details else { return }
    (previous, next) = (unit.previous ?? previous, unit.next ?? next)
    if details?.properties != new.properties { details = new }
  }
}
