/// Spreads pseudo-counts over pairs by what the units of a word translate elsewhere: of 外交部,
/// which a text has once, 外 and 交 stand in other words too.
///
/// The base measure of the Dirichlet distributions: it decides where a word's own counts say
/// little, and fades where they say much.
struct UnitPriors: Sendable {
  /// For each unit that several types have, the types.
  private let types: [UInt32]
  private let typeStarts: [Int]
  /// For each type its units.
  private let units: [UInt32]
  private let unitStarts: [Int]
  private let targetCount: Int

  private var unitCount: Int { typeStarts.count - 1 }

  init(_ source: WordVocabulary, targetCount: Int) {
    self.targetCount = targetCount
    var occurrences: [(hash: UInt64, type: UInt32)] = []
    for type in 0..<source.count {
      for hash in Set(source.units(of: type)) { occurrences.append((hash, UInt32(type))) }
    }
    occurrences.sort { ($0.hash, $0.type) < ($1.hash, $1.type) }
    var types: [UInt32] = []
    var typeStarts = [0]
    var shared: [(type: UInt32, unit: UInt32)] = []
    var first = 0
    for end in 1..<max(1, occurrences.count + 1)
    where end == occurrences.count || occurrences[end].hash != occurrences[first].hash {
      if end - first > 1 {
        for occurrence in occurrences[first..<end] {
          shared.append((occurrence.type, UInt32(typeStarts.count - 1)))
          types.append(occurrence.type)
        }
        typeStarts.append(types.count)
      }
      first = end
    }
    shared.sort { ($0.type, $0.unit) < ($1.type, $1.unit) }
    var unitStarts = [Int](repeating: 0, count: source.count + 1)
    for pair in shared { unitStarts[Int(pair.type) + 1] += 1 }
    for type in 0..<source.count { unitStarts[type + 1] += unitStarts[type] }
    self.types = types
    self.typeStarts = typeStarts
    units = shared.map(\.unit)
    self.unitStarts = unitStarts
  }

  /// A target type and its share among those of a unit.
  private struct Share: Sendable {
    var type: UInt32
    var value: Float
  }

  /// Counts and shares below this are not spread.
  private static let least: Float = 1e-3

  /// - Parameters:
  ///   - counts: how often each pair is expected.
  ///   - strength: the pseudo-counts that a source type spreads in all.
  ///   - prior: for each pair, what is added.
  func spread(
    _ counts: FixedBuffer<Float>, of pairs: WordPairs, strength: Float,
    to prior: FixedBuffer<Float>
  ) {
    let shares = self.shares(counts, pairs)
    concurrently(overRangesOf: pairs.rowCount) { rows in
      var scratch = SparseRow(count: targetCount)
      for row in rows where !pairs.pairs(ofRow: row).isEmpty {
        let mine = units[unitStarts[row]..<unitStarts[row + 1]]
        guard !mine.isEmpty else { continue }
        let part = strength / Float(mine.count)
        for unit in mine {
          for share in shares[Int(unit)] ?? [] { scratch.add(share.type, share.value * part) }
        }
        for pair in pairs.pairs(ofRow: row) { prior[pair] += scratch[pairs.targets[pair]] }
        scratch.clear()
      }
    }
  }

  /// What each unit translates, over all the types that have it.
  private func shares(_ counts: FixedBuffer<Float>, _ pairs: WordPairs) -> PartialResults<[Share]> {
    let result = PartialResults<[Share]>(count: unitCount)
    concurrently(overRangesOf: unitCount) { part in
      var scratch = SparseRow(count: targetCount)
      for unit in part {
        var total: Float = 1
        for type in types[typeStarts[unit]..<typeStarts[unit + 1]] {
          for pair in pairs.pairs(ofRow: Int(type)) where counts[pair] > Self.least {
            scratch.add(pairs.targets[pair], counts[pair])
            total += counts[pair]
          }
        }
        result[unit] = scratch.touched.compactMap { type in
          let value = scratch[type] / total
          return value > Self.least ? Share(type: type, value: value) : nil
        }
        scratch.clear()
      }
    }
    return result
  }
}
