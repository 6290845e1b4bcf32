internal import Bitext

/// Spreads pseudo-counts over pairs by what the units of their words translate elsewhere: of 外交部,
/// which a text has once, 外 and 交 stand in other words too, and "opposition" begins as "opposed".
///
/// The base measure of the Dirichlet distributions: it decides where a word's own counts say
/// little, and fades where they say much.
struct UnitPriors: Sendable {
  private let source: SharedUnits
  private let target: SharedUnits

  init(_ corpus: WordCorpus) {
    source = SharedUnits(corpus.source.vocabulary)
    target = SharedUnits(corpus.target.vocabulary)
  }

  /// Something that a unit or a type is counted with.
  private struct Share: Sendable {
    var number: UInt32
    var value: Float
  }

  /// Counts and shares below this are not spread.
  private static let least: Float = 1e-3

  /// Adds to the pseudo-count of each pair in `prior` what the units of both words say by
  /// the expected `counts`. Each word spreads `strength` pseudo-counts in all.
  func spread(
    _ counts: FixedBuffer<Float>, of pairs: TypePairs, strength: (source: Float, target: Float),
    to prior: FixedBuffer<Float>
  ) {
    let sourceShares = self.sourceShares(counts, pairs)
    let targetShares = self.targetShares(counts, pairs)
    concurrently(overRangesOf: pairs.rowCount) { rows in
      var types = SparseRow(count: target.typeCount)
      var units = SparseRow(count: target.unitCount)
      for row in rows where !pairs.pairs(ofRow: row).isEmpty {
        let mine = source.unitRange(of: row)
        for place in mine {
          let part = strength.source / Float(mine.count)
          for share in sourceShares[Int(source.units[place])] ?? [] {
            types.add(share.number, share.value * part)
          }
        }
        for share in targetShares[row] ?? [] { units.add(share.number, share.value) }
        for pair in pairs.pairs(ofRow: row) {
          let type = pairs.targets[pair]
          prior[pair] += types[type]
          let theirs = target.unitRange(of: Int(type))
          for place in theirs {
            prior[pair] +=
              units[target.units[place]] * strength.target / Float(theirs.count)
          }
        }
        types.clear()
        units.clear()
      }
    }
  }

  /// For each source unit the target types that its words translate.
  private func sourceShares(
    _ counts: FixedBuffer<Float>, _ pairs: TypePairs
  ) -> PartialResults<[Share]> {
    let result = PartialResults<[Share]>(count: source.unitCount)
    concurrently(overRangesOf: source.unitCount) { part in
      var scratch = SparseRow(count: target.typeCount)
      for unit in part {
        var total: Float = 1
        for type in source.types(of: unit) {
          for pair in pairs.pairs(ofRow: Int(type)) where counts[pair] > Self.least {
            scratch.add(pairs.targets[pair], counts[pair])
            total += counts[pair]
          }
        }
        result[unit] = scratch.touched.compactMap { type in
          let value = scratch[type] / total
          return value > Self.least ? Share(number: type, value: value) : nil
        }
        scratch.clear()
      }
    }
    return result
  }

  /// For each source type the target units whose words it translates, as shares of the unit.
  private func targetShares(
    _ counts: FixedBuffer<Float>, _ pairs: TypePairs
  ) -> PartialResults<[Share]> {
    let result = PartialResults<[Share]>(count: pairs.rowCount)
    concurrently(overRangesOf: pairs.rowCount) { rows in
      var scratch = SparseRow(count: target.unitCount)
      for row in rows {
        for pair in pairs.pairs(ofRow: row) where counts[pair] > Self.least {
          for place in target.unitRange(of: Int(pairs.targets[pair])) {
            scratch.add(target.units[place], counts[pair])
          }
        }
        result[row] = scratch.touched.map { Share(number: $0, value: scratch[$0]) }
        scratch.clear()
      }
    }
    var totals = [Float](repeating: 1, count: target.unitCount)
    for row in 0..<pairs.rowCount {
      for share in result[row] ?? [] { totals[Int(share.number)] += share.value }
    }
    let sums = totals
    concurrently(overRangesOf: pairs.rowCount) { rows in
      for row in rows {
        result[row] = result[row]?.compactMap { share in
          let value = share.value / sums[Int(share.number)]
          return value > Self.least ? Share(number: share.number, value: value) : nil
        }
      }
    }
    return result
  }
}

/// The units that several types of a side have, numbered.
private struct SharedUnits: Sendable {
  private let types: [UInt32]
  private let typeStarts: [Int]
  let units: FixedBuffer<UInt32>
  private let unitStarts: FixedBuffer<Int>

  var unitCount: Int { typeStarts.count - 1 }
  var typeCount: Int { unitStarts.count - 1 }

  func types(of unit: Int) -> ArraySlice<UInt32> { types[typeStarts[unit]..<typeStarts[unit + 1]] }

  /// Where the units of a type stand in ``units``.
  @inline(__always)
  func unitRange(of type: Int) -> Range<Int> { unitStarts[type]..<unitStarts[type + 1] }

  init(_ vocabulary: WordVocabulary) {
    var occurrences: [(hash: UInt64, type: UInt32)] = []
    for type in 0..<vocabulary.count {
      for hash in Set(vocabulary.units(of: type)) { occurrences.append((hash, UInt32(type))) }
      if vocabulary.stems[type] != 0 { occurrences.append((vocabulary.stems[type], UInt32(type))) }
    }
    occurrences.sort { ($0.hash, $0.type) < ($1.hash, $1.type) }
    var types: [UInt32] = []
    var typeStarts = [0]
    var shared: [(type: UInt32, unit: UInt32)] = []
    var first = 0
    for end in 0...occurrences.count
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
    var unitStarts = [Int](repeating: 0, count: vocabulary.count + 1)
    for pair in shared { unitStarts[Int(pair.type) + 1] += 1 }
    for type in 0..<vocabulary.count { unitStarts[type + 1] += unitStarts[type] }
    self.types = types
    self.typeStarts = typeStarts
    units = FixedBuffer(repeating: 0, count: shared.count)
    units.replace(from: 0, with: shared.map(\.unit))
    self.unitStarts = FixedBuffer(repeating: 0, count: unitStarts.count)
    self.unitStarts.replace(from: 0, with: unitStarts)
  }
}
