internal import Bitext

/// How much a phrase is a term of its own rather than a part of longer ones: C-value (Frantzi,
/// Ananiadou and Mima, *International Journal on Digital Libraries* 3, 2000).
struct CValue {
  /// For each phrase how often it occurs less how often a longer term that holds it does on
  /// average, as a share of the former: 1 for a phrase that is part of no other.
  private(set) var independence: [UInt64: Double] = [:]

  /// - Parameters:
  ///   - phrases: the tokens of each phrase that may be a term, by its key.
  ///   - frequency: how often a phrase occurs.
  init(phrases: [UInt64: [UInt64]], frequency: (UInt64) -> Double) {
    var nested: [UInt64: (sum: Double, count: Int)] = [:]
    // Ascending, so that the sums round alike on every run.
    for key in phrases.keys.sorted() {
      let tokens = phrases[key] ?? []
      let whole = frequency(key)
      for part in Self.parts(of: tokens) where part != key && phrases[part] != nil {
        let known = nested[part] ?? (0, 0)
        nested[part] = (known.sum + whole, known.count + 1)
      }
    }
    for key in phrases.keys {
      let own = frequency(key)
      guard let (sum, count) = nested[key], own > 0 else {
        independence[key] = 1
        continue
      }
      independence[key] = max(0, 1 - sum / Double(count) / own)
    }
  }

  /// The keys of all runs of tokens within a phrase, each once, but for the phrase itself.
  static func parts(of tokens: [UInt64]) -> Set<UInt64> {
    var parts: Set<UInt64> = []
    for first in tokens.indices {
      var key = PhraseKey.start
      for end in first..<tokens.count {
        key = PhraseKey.extend(key, by: tokens[end])
        if end - first + 1 < tokens.count { parts.insert(key) }
      }
    }
    return parts
  }
}
