internal import Bitext
internal import Segmentation

extension TermSearch {
  /// An occurrence whose spelling was compared.
  struct Confirmed: BitwiseCopyable {
    /// The terms with its key, in the records, in units of four bytes.
    var group: UInt32
    /// Its end in the text, without a possessive ending that no term has.
    var end: UInt32
  }

  /// Compares an occurrence with the spelling of the terms that have its hash.
  ///
  /// - Parameters:
  ///   - terms: all terms.
  ///   - hit: the occurrence.
  ///   - length: of it, in tokens.
  ///   - tokens: of the text.
  ///   - bytes: the text.
  /// - Returns: `nil` when the text holds none of the terms here: another word with the same hash,
  ///   or a common word in place of an acronym or a name.
  @inline(__always)
  func confirm(
    _ terms: CompiledTerms, _ hit: Hit, _ length: Int, _ tokens: UnsafeBufferPointer<KeyToken>,
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Confirmed? {
    guard let base = bytes.baseAddress else { return nil }
    let start = Int(tokens[Int(hit.place)].start)
    let last = tokens[Int(hit.place) &+ length &- 1]
    let bare = last.kind == .word ? bytes.possessiveStart(last.range) : Int(last.end)
    var place = hit.record
    while let group = terms.records.group(at: place) {
      let end = group.keepsPossessive ? Int(last.end) : bare
      let text = ByteText(
        start: base + start, count: end &- start, readable: bytes.count &- start)
      if comparer.haveSameKey(text, terms.records.text(group.spelling)) {
        let isMeant =
          !group.isSensitive
          || terms.holds(
            group, Span(_unsafeElements: UnsafeBufferPointer(rebasing: bytes[start..<end])))
        return isMeant ? Confirmed(group: place, end: UInt32(truncatingIfNeeded: end)) : nil
      }
      guard group.hasNext, group.next > place else { return nil }
      place = group.next
    }
    return nil
  }

  /// The occurrences that no longer one takes the place of, in the order of the text.
  mutating func longestHits(
    _ terms: CompiledTerms, _ tokens: UnsafeBufferPointer<KeyToken>,
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> [TermHit] {
    find(terms.trie, tokens, starts: tokens.count)
    keepLongest(terms, tokens, upTo: tokens.count, bytes)
    var found: [TermHit] = []
    for place in tokens.indices where lengths.base[place] != 0 {
      found.append(hit(at: place, tokens, settled: 0))
    }
    return found
  }

  /// All occurrences of all terms, those inside longer ones too, by start and then by length.
  mutating func allHits(
    _ terms: CompiledTerms, _ tokens: UnsafeBufferPointer<KeyToken>,
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> [TermHit] {
    find(terms.trie, tokens, starts: tokens.count)
    var found: [TermHit] = []
    found.reserveCapacity(hits.count)
    var number = 0
    for (level, end) in levels.enumerated() {
      while number < end {
        let hit = hits.base[number]
        if let confirmed = confirm(terms, hit, level + 1, tokens, bytes) {
          found.append(
            TermHit(
              start: tokens[Int(hit.place)].start, end: confirmed.end,
              firstToken: hit.place, tokenCount: UInt32(truncatingIfNeeded: level + 1),
              group: confirmed.group))
        }
        number += 1
      }
    }
    // Those of one start came by length already.
    return found.enumerated().sorted {
      ($0.element.firstToken, $0.offset) < ($1.element.firstToken, $1.offset)
    }.map(\.element)
  }
}

extension CompiledTerms {
  /// Whether one of the terms of a group is meant by a text that spells it so.
  func holds(_ group: TermGroup, _ text: Span<UInt8>) -> Bool {
    for index in 0..<group.termCount {
      let term = records.term(index, of: group)
      if term < layout.termCount, accepts(text, for: term) { return true }
    }
    return false
  }

  /// Whether a text with the key of a term means it, by the case of its letters.
  func accepts(_ text: Span<UInt8>, for term: Int) -> Bool {
    let rule = traits(of: term).rule
    return rule == .any || rule.accepts(text, for: Span(_unsafeElements: self.text(of: term)))
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where the possessive ending of a word starts, `'s` or `’s`; else the word's end.
  func possessiveStart(_ range: Range<Int>) -> Int {
    let end = range.upperBound
    guard range.count > 2, self[end - 1] | 0x20 == 0x73 else { return end }
    if self[end - 2] == 0x27 { return end - 2 }
    if range.count > 4, self[end - 2] == 0x99, self[end - 3] == 0x80, self[end - 4] == 0xE2 {
      return end - 4
    }
    return end
  }
}
