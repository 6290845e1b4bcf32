internal import Bitext
internal import Matching
internal import Segmentation
internal import Store

extension ConcordanceFlow {
  /// What an occurrence is put in order by.
  private struct Rank {
    var text: String
    var number: Int
    var unit: Int64
    var place: Int

    static func < (left: Rank, right: Rank) -> Bool {
      if left.text != right.text { return left.text < right.text }
      return (left.number, left.unit, left.place) < (right.number, right.unit, right.place)
    }
  }

  /// Says of occurrences where their units came from, and when.
  func addOrigins(to lines: inout [ConcordanceLine]) throws(Trouble) {
    let units = try store.units(Set(lines.map(\.hit.unit.id)).sorted())
    let known = Dictionary(
      units.map { ($0.id ?? 0, (origin: $0.origin, date: $0.lastDate)) },
      uniquingKeysWith: { first, _ in first })
    for index in lines.indices {
      guard let unit = known[lines[index].hit.unit.id] else { continue }
      (lines[index].origin, lines[index].date) = unit
    }
  }

  /// Occurrences in an order that is the same for every page.
  func sorted(
    _ lines: [ConcordanceLine], by order: ConcordanceRequest.Order
  ) throws(Trouble) -> [ConcordanceLine] {
    var lines = lines
    if order == .newest || order == .origin { try addOrigins(to: &lines) }
    let ranks = lines.map { rank($0, order) }
    var indices = Array(lines.indices)
    switch order {
    case .newest:
      // Of one day the unit that was added last; within it from front to back.
      indices.sort { left, right in
        let (left, right) = (ranks[left], ranks[right])
        if left.text != right.text { return left.text > right.text }
        return left.unit != right.unit ? left.unit > right.unit : left.place < right.place
      }
    case .length, .origin, .unit:
      indices.sort { ranks[$0] < ranks[$1] }
    }
    return indices.map { lines[$0] }
  }

  private func rank(_ line: ConcordanceLine, _ order: ConcordanceRequest.Order) -> Rank {
    let hit = line.hit
    // Sources before targets, in each from front to back.
    let place = hit.range.lowerBound + (hit.side == .source ? 0 : 1 << 40)
    var rank = Rank(text: "", number: 0, unit: hit.unit.id, place: place)
    switch order {
    case .length: rank.number = MatchKey(line.own).scalarCount
    case .newest: rank.text = line.date
    case .origin:
      rank.text = line.origin ?? "\u{10FFFF}"
    case .unit: break
    }
    return rank
  }
}
