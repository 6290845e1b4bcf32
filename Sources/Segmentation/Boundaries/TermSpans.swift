internal import Bitext

/// Finds the terms of a text that are to stay whole, by their match key.
struct TermSpans: Sendable {
  private let terms: KeyTable
  private let tokenizer = KeyTokenizer()

  /// - Returns: `nil` when no term has two tokens: one that has a single token is never cut.
  init?(_ terms: some Sequence<String>) {
    var values: [UInt64: UInt32] = [:]
    for term in terms {
      let tokens = tokenizer.tokens(of: term)
      guard tokens.count > 1 else { continue }
      var key: UInt64 = 0
      for token in tokens {
        key = Self.extend(key, by: token.hash)
        if values[key] == nil { values[key] = KeyTable.beginning }
      }
      values[key] = 1
    }
    guard !values.isEmpty else { return nil }
    self.terms = KeyTable(values)
  }

  private static func extend(_ key: UInt64, by hash: UInt64) -> UInt64 {
    let mixed = (key ^ hash) &* 0x9FB2_1C65_1E98_DF25
    return max(1, mixed ^ mixed >> 32)
  }

  /// The terms in a text, in order and without overlaps: a longer one wins over all that overlap
  /// with it, among those of one length the first. `canCut` tells whether a term may begin or end
  /// at an offset.
  func spans(in utf8: Span<UInt8>, canCut: (Int) -> Bool) -> [Range<Int>] {
    var found = matches(in: utf8, canCut: canCut)
    guard found.count > 1 else { return found }
    found.sort { ($1.count, $0.lowerBound) < ($0.count, $1.lowerBound) }
    var isTaken = [Bool](repeating: false, count: utf8.count)
    // A span that was taken is as long as the next one, so it covers an end of it or nothing.
    found.removeAll { span in
      if isTaken[span.lowerBound] || isTaken[span.upperBound - 1] { return true }
      for index in span { isTaken[index] = true }
      return false
    }
    return found.sorted { $0.lowerBound < $1.lowerBound }
  }

  private func matches(in utf8: Span<UInt8>, canCut: (Int) -> Bool) -> [Range<Int>] {
    let tokens = tokenizer.tokens(of: utf8)
    var found: [Range<Int>] = []
    for first in tokens.indices {
      var key: UInt64 = 0
      for last in first..<tokens.count {
        key = Self.extend(key, by: tokens[last].hash)
        guard let value = terms[key] else { break }
        let span = tokens[first].range.lowerBound..<tokens[last].range.upperBound
        if value != KeyTable.beginning, canCut(span.lowerBound), canCut(span.upperBound) {
          found.append(span)
        }
      }
    }
    return found
  }
}
