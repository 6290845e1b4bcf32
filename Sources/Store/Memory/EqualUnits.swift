internal import Bitext

/// What units have in common among which one is looked for when a unit is kept.
struct EqualTexts: Hashable {
  private let (source, target): (String, String)
  private let (sourceLanguage, targetLanguage): (LanguageTag, LanguageTag)
  private let origin: String?

  init(_ unit: TranslationUnit) {
    (source, target, origin) = (unit.source, unit.target, unit.origin)
    (sourceLanguage, targetLanguage) = (unit.sourceLanguage, unit.targetLanguage)
  }
}

/// Units of a memory with the same languages, texts and origin, where they are many: an "OK" in
/// thousands of places.
///
/// Of each trait by which a unit is found again the first one with it is at hand, so that to keep a
/// unit takes as long among thousands of them as among ten.
final class EqualUnits {
  /// What is looked for. A unit of a file of units is one as ``TranslationUnit/isOfUnitFile`` says.
  private enum Trait: Hashable {
    case noDetails, notOfUnitFile, ofUnitFile
    case details(UnitDetails)
    case identity(UnitDetails)
    case properties([UnitDetails.Remark])
    /// All names of a unit that is not of a file of units.
    case names([String])
    /// One of those of a unit that is.
    case name(String)
    /// The first property of a unit of XLIFF or PO.
    case firstProperty(UnitDetails.Remark?)
  }

  /// The numbers of units with a trait, rising; those before `start` have been met.
  private struct Numbers {
    var all: [Int64] = []
    var start = 0

    /// Adds a number; one that is not the highest is that of a unit that has been met.
    mutating func add(_ id: Int64) {
      guard let last = all.last, last >= id else { return all.append(id) }
      let place = all.firstIndex { $0 >= id } ?? all.endIndex
      guard all[place] != id else { return }
      all.insert(id, at: place)
      if place < start { start += 1 }
    }
  }

  private var units: [Int64: TranslationUnit] = [:]
  private var lowest: Int64?
  private var numbers: [Trait: Numbers] = [:]
  /// The first unit with these properties that the change has met.
  private var firstMet: [[UnitDetails.Remark]: Int64] = [:]

  /// - Parameters:
  ///   - units: all of these texts, in the order of their numbers.
  ///   - isMet: whether another unit of this change is the unit of a number already.
  init(_ units: [TranslationUnit], isMet: (Int64?) -> Bool) {
    for unit in units { add(unit, isMet: isMet(unit.id)) }
  }

  /// Adds a unit.
  func add(_ unit: TranslationUnit, isMet: Bool) {
    guard let id = unit.id else { return }
    units[id] = unit
    lowest = min(id, lowest ?? id)
    for trait in Self.traits(of: unit) { numbers[trait, default: Numbers()].add(id) }
    if isMet { noteMet(unit, id) }
  }

  /// Takes over what a unit is that this change has met.
  func meet(_ unit: TranslationUnit) {
    guard let id = unit.id else { return }
    units[id] = unit
    noteMet(unit, id)
  }

  private func noteMet(_ unit: TranslationUnit, _ id: Int64) {
    guard let properties = unit.details?.properties else { return }
    firstMet[properties] = min(id, firstMet[properties] ?? id)
  }

  private static func traits(of unit: TranslationUnit) -> [Trait] {
    guard let details = unit.details else { return [.noDetails, .notOfUnitFile] }
    let properties = details.properties
    var traits: [Trait] = [.details(details), .properties(properties)]
    if unit.isOfUnitFile {
      traits += [.ofUnitFile, .identity(details.identity)]
      traits += details.contextIDs.map { .name($0) }
    } else {
      traits += [
        .notOfUnitFile, .names(details.contextIDs), .firstProperty(properties.first),
      ]
    }
    return traits
  }

  /// The units among which the first one is that a unit may be: all that could be the first for any
  /// of the reasons that `UnitSaving` has.
  ///
  /// - Parameters:
  ///   - unit: the unit to be kept.
  ///   - isMet: whether another unit of this change is the unit of a number already.
  /// - Returns: those that were not met, and those that were; where the unit has no details all are
  ///   among the first.
  func candidates(
    for unit: TranslationUnit, isMet: (Int64?) -> Bool
  ) -> (candidates: [TranslationUnit], met: [TranslationUnit]) {
    guard let details = unit.details else {
      let bare = numbers[.noDetails]?.all.first { units[$0]?.details == nil }
      return (inOrder([lowest, bare]), [])
    }
    guard details.arePropertiesAlone else {
      var found = [Trait.details(details), .identity(details.identity), .noDetails].map {
        first($0, isMet: isMet) { _ in true }
      }
      for property in [nil] + details.properties.map(Optional.some) {
        found.append(
          first(.firstProperty(property), isMet: isMet) {
            $0.details?.isPart(of: details) ?? false
          })
      }
      return (inOrder(found), [])
    }
    let names = details.contextIDs
    var found = [
      Trait.details(details), .properties(details.properties), .names(names), .notOfUnitFile,
    ].map { first($0, isMet: isMet) { _ in true } }
    found.append(
      first(names.first.map { .name($0) } ?? .ofUnitFile, isMet: isMet) { $0.hasNames(names) })
    return (inOrder(found), inOrder([firstMet[details.properties]]))
  }

  private func inOrder(_ found: [Int64?]) -> [TranslationUnit] {
    Set(found.compactMap(\.self)).sorted().compactMap { units[$0] }
  }

  /// The first unit with a trait that was not met and that fits.
  private func first(
    _ trait: Trait, isMet: (Int64?) -> Bool, _ fits: (TranslationUnit) -> Bool
  ) -> Int64? {
    guard let known = numbers[trait] else { return nil }
    var start = known.start
    while start < known.all.count, isMet(known.all[start]) { start += 1 }
    if start > known.start { numbers[trait]?.start = start }
    return known.all[start...].first { id in
      !isMet(id) && units[id].map(fits) ?? false
    }
  }
}

/// The units of the texts that many units have, as long as a change goes on.
struct ManyEqualUnits {
  private var known: [EqualTexts: EqualUnits] = [:]
  private var count = 0
  private let fewest: Int

  /// Fewer units are fetched anew each time: that costs less than to remember all texts.
  static let usualFewest = 8
  /// Of units of all texts, some tens of megabytes; those of one text may be more.
  private static let most = 32_768

  /// - Parameter fewest: how many units of the same texts are many.
  init(fewest: Int) { self.fewest = fewest }

  /// The units with the texts of this one, where they are remembered.
  func units(like unit: TranslationUnit) -> EqualUnits? {
    known.isEmpty ? nil : known[EqualTexts(unit)]
  }

  /// Remembers all units of the same texts.
  ///
  /// - Parameters:
  ///   - units: in the order of their numbers.
  ///   - isMet: whether another unit of this change is the unit of a number already.
  /// - Returns: them; `nil` where they are few.
  mutating func remember(
    _ units: [TranslationUnit], isMet: (Int64?) -> Bool
  ) -> EqualUnits? {
    guard units.count >= fewest, let first = units.first else { return nil }
    if count + units.count > Self.most { forget() }
    count += units.count
    let equal = EqualUnits(units, isMet: isMet)
    known[EqualTexts(first)] = equal
    return equal
  }

  /// Adds a unit that this change has kept.
  mutating func add(_ unit: TranslationUnit) {
    guard let equal = units(like: unit) else { return }
    count += 1
    equal.add(unit, isMet: true)
  }

  /// Lets a unit take the place of one that had its number.
  mutating func replace(
    _ before: TranslationUnit, with after: TranslationUnit, wasMet: Bool
  ) {
    guard !known.isEmpty else { return }
    // What is known of units that were met is not taken back one by one.
    let (old, new) = (EqualTexts(before), EqualTexts(after))
    if wasMet || old != new { known[old] = nil }
    add(after)
  }

  mutating func forget() {
    known.removeAll()
    count = 0
  }
}
