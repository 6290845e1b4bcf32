internal import Bitext

/// How units of XLIFF and PO are found again: a text may stand in several places of a file, each
/// with a name of its own, and names and states may change from one version of it to the next.
extension UnitDetails {
  /// The unit of XLIFF or PO with the very texts and origin that says the same in every way; one is
  /// enough, also where a file has two.
  func same(among units: [TranslationUnit]) -> TranslationUnit? {
    guard arePropertiesAlone else { return nil }
    let properties = properties
    return units.first { $0.details?.properties == properties }
  }

  /// Which of the units with the very texts and origin is the one that has these properties.
  ///
  /// - Parameter candidates: those that this change has not met.
  /// - Returns: the one of the same name, which a TMX file may have brought back meanwhile; else one
  ///   whose name the file may no longer have.
  func choose(from candidates: [TranslationUnit]) -> TranslationUnit? {
    let names = contextIDs
    let ours = candidates.filter { !$0.isOfUnitFile }
    return ours.first { $0.details.map { $0.contextIDs == names } ?? false }
      ?? candidates.first { $0.isOfUnitFile && $0.hasNames(names) } ?? ours.first
  }

  /// Whether a unit of TMX says all that is kept here of one of XLIFF or PO: an export has come back.
  func isPart(of unit: UnitDetails) -> Bool {
    arePropertiesAlone && Set(properties).isSubset(of: unit.properties)
  }
}

extension TranslationUnit {
  /// Whether a file of units such as TMX brought it, which says all of it: when it was made, too.
  var isOfUnitFile: Bool { details.map { !$0.arePropertiesAlone } ?? false }

  /// Whether these are among its names.
  func hasNames(_ names: [String]) -> Bool {
    Set(names).isSubset(of: details?.contextIDs ?? [])
  }

  /// Takes over what a unit of XLIFF or PO says of itself: the file has the last word, unless TMX
  /// has told all of the unit.
  mutating func learn(_ unit: TranslationUnit) {
    let known = details
    guard let new = unit.details, known?.arePropertiesAlone ?? true else { return }
    (previous, next) = (unit.previous ?? previous, unit.next ?? next)
    if known?.properties != new.properties { details = new }
  }
}

extension UnitDetails {
  /// As the store keeps them.
  var stored: [UInt8] {
    var writer = BinaryWriter()
    writer.write(self)
    return writer.bytes
  }

  init?(stored: Blob) {
    var reader = BinaryReader(stored.bytes[...])
    guard let details = try? reader.read(UnitDetails.self) else { return nil }
    self = details
  }
}
