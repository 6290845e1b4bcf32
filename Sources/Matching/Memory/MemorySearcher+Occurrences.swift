package import Bitext
internal import Segmentation

/// A text that holds a stretch of text, and where it lies. It holds until the searcher is asked for a
/// concordance next.
package struct IndexedText {
  package var hit: TextHit
  /// Behind all parts the tail.
  let part: Int
  let text: Int
  /// What its segment keeps of it; `nil` in the tail.
  let stored: StoredText?
  /// Its key, where it was read already and there is room to keep it.
  let key: UnsafeRawBufferPointer?
}

extension MemorySearcher {
  /// Calls `body` with a unit and the places of a stretch of text in one of its texts, from front to
  /// back.
  ///
  /// - Parameters:
  ///   - needle: the match key of the stretch.
  ///   - found: a text that holds it.
  ///   - body: is given the bytes of each place, none overlapping.
  /// - Throws: `Trouble` for a damaged segment.
  package func forEachOccurrence(
    of needle: ByteNeedle, in found: IndexedText, _ body: (UnitTexts, Range<Int>) -> Void
  ) throws {
    guard let stored = found.stored else {
      let unit = tailUnit(found.text)
      let key = MatchKey(unit.text(found.hit.side))
      key.withBytes { bytes in
        needle.forEachPlace(in: bytes) { body(unit, key.sourceRange($0)) }
      }
      return
    }
    let reader = parts[found.part].reader
    let key = found.key ?? reader.key(of: stored, into: keyRoom)
    let unit = try unit(found.part, stored, key: key)
    var places = TextSpelling.Places(stored.steps)
    needle.forEachPlace(in: key.assumingMemoryBound(to: UInt8.self)) {
      body(unit, places.bytes(of: $0))
    }
  }

  /// Calls `body` with the match key of a text that was found, in UTF-8.
  ///
  /// - Parameters:
  ///   - found: the text.
  ///   - body: what it is given holds for the call.
  /// - Returns: what `body` returns.
  /// - Throws: `Trouble` for a damaged segment.
  package func withKey<Result>(
    of found: IndexedText, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) throws -> Result {
    guard let stored = found.stored else { return try tail.withKey(found.text, body) }
    let key = found.key ?? parts[found.part].reader.key(of: stored, into: keyRoom)
    return try body(key.assumingMemoryBound(to: UInt8.self))
  }

  /// Has memory bring the other texts of the units whose texts were found, some at a time.
  ///
  /// - Parameter found: texts that ``forEachOccurrence(of:in:_:)`` is asked for next.
  /// - Throws: `Trouble` for a damaged segment.
  package func prepare(_ found: ArraySlice<IndexedText>) throws {
    var partners: [(part: Int, text: Int)] = []
    partners.reserveCapacity(found.count)
    for text in found {
      guard let partner = text.stored?.partner else { continue }
      partners.append(try place(ofText: Int(partner), besidePart: text.part))
    }
    fetch(partners)
  }

  /// Texts that are worth preparing at once.
  package static let preparedAtOnce = TextFetching.most
}
