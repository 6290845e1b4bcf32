package import Bitext
internal import Segmentation

/// A text that was found, and where it lies.
package struct IndexedText: Sendable {
  package var hit: TextHit
  /// Behind all parts the tail.
  let part: Int
  let text: Int
}

extension MemorySearcher {
  /// The units one of whose sides has a match key, in whatever languages.
  ///
  /// - Parameters:
  ///   - key: a match key, in UTF-8.
  ///   - side: the side that is to have it.
  /// - Returns: the units in the order in which they were added.
  /// - Throws: `Trouble` for a damaged segment.
  package func units(
    withKey key: UnsafeBufferPointer<UInt8>, on side: UnitSide
  ) throws -> [UnitTexts] {
    var units: [UnitTexts] = []
    let hash = ExactTable.hash(key)
    for index in parts.indices {
      let part = parts[index]
      try part.reader.forEachText(hashed: hash) { text in
        let stored = try part.reader.stored(text)
        guard stored.reference & 1 == (side == .source ? 0 : 1) else { return }
        let found = part.reader.key(of: stored, into: keyRoom)
        guard found.isSame(as: key), !part.isDead(part.unit(of: stored.reference)) else { return }
        units.append(try unit(index, stored, key: found))
      }
    }
    tail.forEachText(withKey: key) { number in
      if tail.texts[number].side == side { units.append(tailUnit(number)) }
    }
    if units.count > 1 { units.sort { $0.id < $1.id } }
    return units
  }

  /// The same for several keys at once: what they need of memory is asked for side by side.
  ///
  /// - Parameters:
  ///   - keys: match keys, one behind the other.
  ///   - ends: where each ends.
  ///   - side: the side that is to have them.
  ///   - body: is called with the units of each, in their order.
  /// - Throws: `Trouble` for a damaged segment.
  package func units(
    withKeys keys: UnsafeBufferPointer<UInt8>, ends: [Int], on side: UnitSide,
    _ body: ([UnitTexts]) -> Void
  ) throws {
    var start = 0
    for first in stride(from: 0, to: ends.count, by: Self.preparedAtOnce) {
      let block = ends[first..<min(first + Self.preparedAtOnce, ends.count)]
      prepare(keys, from: start, to: block)
      for end in block {
        let key = UnsafeBufferPointer(rebasing: keys[start..<end])
        body(key.isEmpty ? [] : try units(withKey: key, on: side))
        start = end
      }
    }
  }

  private func prepare(
    _ keys: UnsafeBufferPointer<UInt8>, from start: Int, to ends: ArraySlice<Int>
  ) {
    var start = start
    let hashes = ends.map { end in
      defer { start = end }
      return ExactTable.hash(UnsafeBufferPointer(rebasing: keys[start..<end]))
    }
    var sum: UInt32 = 0
    for part in parts { for hash in hashes { sum ^= part.hints.slot(of: hash) } }
    note(sum)
    var texts: [(part: Int, text: Int)] = []
    for part in parts.indices {
      for hash in hashes {
        if let text = parts[part].hints.text(hashed: hash) { texts.append((part, text)) }
      }
    }
    fetch(texts)
    fetch(
      texts.compactMap { part, text in
        parts[part].hints.partner(of: text).flatMap {
          try? place(ofText: $0, besidePart: part)
        }
      })
  }

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
    guard found.part < parts.count else {
      let unit = tailUnit(found.text)
      let key = MatchKey(unit.text(found.hit.side))
      key.withBytes { bytes in
        needle.forEachPlace(in: bytes) { body(unit, key.sourceRange($0)) }
      }
      return
    }
    let reader = parts[found.part].reader
    let stored = try reader.stored(found.text)
    let key = reader.key(of: stored, into: keyRoom)
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
    guard found.part < parts.count else { return try tail.withKey(found.text, body) }
    return try parts[found.part].reader.withKey(found.text, body)
  }

  /// Has memory bring the other texts of the units whose texts were found, some at a time.
  ///
  /// - Parameter found: texts that ``forEachOccurrence(of:in:_:)`` is asked for next.
  /// - Throws: `Trouble` for a damaged segment.
  package func prepare(_ found: ArraySlice<IndexedText>) throws {
    var partners: [(part: Int, text: Int)] = []
    partners.reserveCapacity(found.count)
    for text in found where text.part < parts.count {
      let partner = try parts[text.part].reader.links(text.text).partner
      partners.append(try place(ofText: Int(partner), besidePart: text.part))
    }
    fetch(partners)
  }

  /// Texts that are worth preparing at once.
  package static let preparedAtOnce = TextFetching.most

  /// The unit of a text in a part, whose key was read.
  @inline(__always)
  private func unit(
    _ part: Int, _ text: StoredText, key: UnsafeRawBufferPointer
  ) throws -> UnitTexts {
    let own = try string(parts[part].reader, text, key)
    let place = try place(ofText: Int(text.partner), besidePart: part)
    let reader = parts[place.part].reader
    let other = try reader.stored(place.text)
    let partner = try string(reader, other, reader.key(of: other, into: otherRoom))
    let isSource = text.reference & 1 == 0
    return UnitTexts(
      id: parts[part].unit(of: text.reference), source: isSource ? own : partner,
      target: isSource ? partner : own,
      languages: isSource ? languages(part, place.part) : languages(place.part, part))
  }

  /// Where a text is that its segment has this number for, across shelves.
  @inline(__always)
  private func place(
    ofText number: Int, besidePart part: Int
  ) throws -> (part: Int, text: Int) {
    for index in parts[part].siblings {
      let numbers = parts[index].numbers
      if numbers.contains(number) { return (index, number - numbers.lowerBound) }
    }
    throw parts[part].reader.damage
  }

  /// A text, whose key was read.
  private func string(
    _ reader: ShelfReader, _ stored: StoredText, _ key: UnsafeRawBufferPointer
  ) throws -> String {
    guard !stored.steps.isEmpty, let start = key.baseAddress else {
      return String(decoding: key, as: UTF8.self)
    }
    let room = textRoom.start(for: TextSpelling.room(key.count, stored.steps.count))
    guard let count = TextSpelling.restore(start, key.count, stored.steps, into: room) else {
      throw reader.damage
    }
    return String(decoding: UnsafeRawBufferPointer(start: room, count: count), as: UTF8.self)
  }

  private func tailUnit(_ number: Int) -> UnitTexts {
    let (text, other) = (tail.texts[number], tail.texts[tail.partner(of: number)])
    let (source, target) = text.side == .source ? (text, other) : (other, text)
    return UnitTexts(
      id: text.unit, source: String(decoding: tail.content(of: source), as: UTF8.self),
      target: String(decoding: tail.content(of: target), as: UTF8.self),
      languages: known.languages(source.language, target.language))
  }
}
