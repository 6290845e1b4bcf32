import Bitext
import TestSupport
import Testing

@testable import Store

/// Many units with the same texts, each in a place of its own.
@Suite struct MemoryEqualUnitsTests {
  private let place: TemporaryStore
  private let store: ConcordStore

  init() throws { (place, store) = try TemporaryStore.opened() }

  private func unit(
    _ properties: [(type: String, text: String)]?, number: Int = 0, isTMX: Bool = false,
    tuid: String? = nil, target: String = "确定", previous: String? = nil, date: String? = nil
  ) -> TranslationUnit {
    var details = properties.map { UnitDetails(file: "a", number: number, properties: $0) }
    if isTMX {
      details?.declaredSource = "en"
      details?.unit.attributes =
        [("tuid", tuid), ("changedate", date)].compactMap { name, value in
          value.map { UnitDetails.Attribute(name, $0) }
        }
    }
    return TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: "OK", target: target,
      previous: previous, origin: "a", details: details)
  }

  private func all(_ store: ConcordStore) throws -> [TranslationUnit] {
    var units: [TranslationUnit] = []
    try store.forEachUnit { units.append($0) }
    return units
  }

  /// So many that they would take minutes if each looked at all others.
  @Test(arguments: [false, true]) func thousandsAreKeptAndFoundAgain(isTMX: Bool) throws {
    let count = 5000
    var units = (0..<count).map { unit([("x-context", "n\($0)")], number: $0, isTMX: isTMX) }
    func save() throws -> [StoreOutcome: Int] {
      try store.saveEach(by: .first) { save in for unit in units { try save(unit) } }
    }
    #expect(try save() == [.added: count])
    #expect(try save() == [.unchanged: count])
    // In another version they have moved, and their states are new.
    units.reverse()
    for index in units.indices {
      units[index].details?.number = index
      units[index].details?.unit.remarks.append(
        .init(isProperty: true, attributes: [.init("type", "x-state")], text: "final"))
    }
    let outcomes = try save()
    #expect(outcomes == (isTMX ? [.added: count] : [.changed: count]))
    #expect(try save() == [.unchanged: count])
  }

  @Test func thousandsThatWereEditedStayAway() throws {
    let count = 3000
    let units = (0..<count).map { unit([("x-context", "n\($0)")], number: $0) }
    _ = try store.save(units, by: .first)
    _ = try store.changeUnits(UnitFilter(), detail: "", by: .second) {
      var unit = $0
      unit.target = "好"
      return unit
    }
    #expect(try store.save(units.reversed(), by: .first) == [.unchanged: count])
    #expect(
      try store.save([unit([("x-context", "other")])], by: .first) == [.added: 1])
  }

  /// What is remembered gives what fetching each time gives.
  @Test(arguments: 0..<60) func rememberedUnitsAreThoseOfTheStore(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 11)
    let otherPlace = try TemporaryStore()
    let other = try otherPlace.open()
    for _ in 0..<6 {
      let units = (0..<random.below(30)).map { number in
        var properties: [(type: String, text: String)] = []
        for (type, texts) in [
          ("x-context", ["a", "b", "c"]), ("x-segment-id", ["a", "d"]),
          ("x-state", ["final", "new"]),
        ] where random.once(in: 2) { properties.append((type, random.pick(texts))) }
        let isTMX = random.once(in: 3)
        return unit(
          random.once(in: 8) ? nil : properties, number: number, isTMX: isTMX,
          tuid: random.once(in: 6) ? random.pick(["t", "u"]) : nil,
          target: random.pick(["确定", "确定", "好"]),
          previous: random.pick([nil, "p", "q"]), date: random.pick([nil, "2025-01-01"]))
      }
      let policy: TargetPolicy = random.once(in: 4) ? .latest : .all
      func save(into store: ConcordStore, remembering fewest: Int) throws -> [StoreOutcome: Int] {
        try store.write { database in
          let saving = try UnitSaving(
            database, by: .first, policy: policy, fewestRemembered: fewest)
          for unit in units { try saving.save(unit) }
          try saving.finish()
          return saving.outcomes
        }
      }
      let outcomes = try save(into: store, remembering: 1)
      #expect(try outcomes == save(into: other, remembering: .max))
      #expect(try all(store) == all(other))
    }
  }
}
