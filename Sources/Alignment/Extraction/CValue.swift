internal import Bitext

/// How much a phrase is a term of its own rather than a part of longer ones: C-value (Frantzi,
/// Ananiadou and Mima, *International Journal on Digital Libraries* 3, 2000).
struct CValue {
  private var numbers = KeyNumbers()
  private var values: [Double] = []

  /// How often a phrase occurs less how often a longer term that holds it does on average, as a
  /// share of the former: 1 for a phrase that is part of no other, `nil` for an unknown one.
  func independence(of phrase: UInt64) -> Double? { numbers[phrase].map { values[$0] } }

  /// - Parameters:
  ///   - phrases: the tokens of each phrase that may be a term, by its key.
  ///   - frequency: how often a phrase occurs.
  init(phrases: [UInt64: [UInt64]], frequency: (UInt64) -> Double) {
    // Ascending, so that the sums round alike on every run.
    let keys = phrases.keys.sorted()
    for key in keys { _ = numbers.number(of: key) }
    let frequencies = keys.map(frequency)
    var nested = [(sum: Double, count: Int)](repeating: (0, 0), count: keys.count)
    var parts = PhraseParts()
    for (number, key) in keys.enumerated() {
      parts.fill(phrases[key] ?? [])
      for part in parts.keys where part != key {
        guard let inner = numbers[part] else { continue }
        nested[inner].sum += frequencies[number]
        nested[inner].count += 1
      }
    }
    values = keys.indices.map { number in
      let (own, inside) = (frequencies[number], nested[number])
      guard inside.count > 0, own > 0 else { return 1 }
      return max(0, 1 - inside.sum / Double(inside.count) / own)
    }
  }
}

/// The keys of all runs of tokens within a phrase, each once, but for the phrase itself.
struct PhraseParts {
  private(set) var keys: [UInt64] = []

  /// A phrase is short enough for its parts to be compared one with another.
  mutating func fill(_ tokens: [UInt64]) {
    keys.removeAll(keepingCapacity: true)
    for first in tokens.indices {
      var key = PhraseKey.start
      for end in first..<tokens.count {
        key = PhraseKey.extend(key, by: tokens[end])
        if end - first + 1 < tokens.count, !keys.contains(key) { keys.append(key) }
      }
    }
  }
}
