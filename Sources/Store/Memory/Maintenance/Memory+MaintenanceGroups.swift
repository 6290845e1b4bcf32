internal import Bitext
internal import GRDB
internal import Segmentation

/// Units that may be alike in something, by the hash of that: 16 bytes a unit, whatever their
/// texts. Who takes a group has to compare the texts themselves.
struct HashedUnits {
  private var items: [(hash: UInt64, id: Int64)] = []

  mutating func add(_ id: Int64, _ hash: GroupHash) { items.append((hash.value, id)) }

  /// The numbers of the units with one hash, where there are several, in ascending order; the group
  /// with the lowest number first.
  consuming func groups() -> [ArraySlice<Int64>] {
    items.sort { ($0.hash, $0.id) < ($1.hash, $1.id) }
    let ids = items.map(\.id)
    var groups: [ArraySlice<Int64>] = []
    var start = 0
    while start < items.count {
      var end = start + 1
      while end < items.count, items[end].hash == items[start].hash { end += 1 }
      if end - start > 1 { groups.append(ids[start..<end]) }
      start = end
    }
    return groups.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
  }
}

/// A hash of several texts, the same on every machine: FNV-1a (Fowler, Noll and Vo), with a mark
/// that no UTF-8 has behind each text.
struct GroupHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    value = (value ^ 0xFF) &* 0x100_0000_01B3
  }
}

/// Two languages as they are compared in groups: `zh`, `zh-CN` and `zh-Hans` are one, `en-GB` and
/// `en-US` are two.
struct LanguagePairNames {
  private var known: [LanguageTag: String] = [:]

  mutating func callAsFunction(_ tag: LanguageTag) -> String {
    if let name = known[tag] { return name }
    let name = LanguageMatching.maximized(tag).canonical
    known[tag] = name
    return name
  }
}
