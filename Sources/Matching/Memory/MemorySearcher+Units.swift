package import Bitext
internal import Foundation
internal import Segmentation
internal import Synchronization

extension MemorySearcher {
  /// The units one of whose sides has the match key of a text, in whatever languages.
  ///
  /// - Parameters:
  ///   - text: what is looked for.
  ///   - side: the side that is to have its key.
  /// - Returns: the units in the order in which they were added.
  /// - Throws: `Trouble` for a damaged segment.
  package func units(like text: String, on side: UnitSide) throws -> [UnitTexts] {
    let (keys, ends) = Self.keys(of: [text])
    guard ends[0] > 0 else { return [] }
    return try keys.withUnsafeBufferPointer { try units(withKey: $0, of: text, on: side) }
  }

  /// The same for many texts at once, on all cores: what they need of memory is asked for side by
  /// side.
  ///
  /// - Parameters:
  ///   - texts: what is looked for.
  ///   - side: the side that is to have their keys.
  /// - Returns: for each text its units.
  /// - Throws: `Trouble` for a damaged segment.
  package func units(likeEach texts: [String], on side: UnitSide) throws -> [[UnitTexts]] {
    let blocks = (texts.count + Self.textsOfBlock - 1) / Self.textsOfBlock
    let searchers =
      try [self] + helpers(min(blocks, ProcessInfo.processInfo.activeProcessorCount) - 1)
    let results = PartialResults<Result<[[UnitTexts]], any Error>>(count: blocks)
    let next = Atomic(0)
    concurrently(searchers.count) { thread in
      while true {
        let block = next.add(1, ordering: .relaxed).oldValue
        guard block < blocks else { return }
        let start = block * Self.textsOfBlock
        let part = texts[start..<min(start + Self.textsOfBlock, texts.count)]
        results[block] = Result { try searchers[thread].units(likePart: part, on: side) }
      }
    }
    var units: [[UnitTexts]] = []
    units.reserveCapacity(texts.count)
    for block in 0..<blocks { try results[block].map { units += try $0.get() } }
    return units
  }

  /// Texts that a core takes at once.
  private static let textsOfBlock = 512

  private func units(
    likePart texts: ArraySlice<String>, on side: UnitSide
  ) throws -> [[UnitTexts]] {
    let (keys, ends) = Self.keys(of: texts)
    var units: [[UnitTexts]] = []
    units.reserveCapacity(texts.count)
    try keys.withUnsafeBufferPointer { keys in
      var start = 0
      for first in stride(from: 0, to: ends.count, by: Self.preparedAtOnce) {
        let block = first..<min(first + Self.preparedAtOnce, ends.count)
        prepare(keys, from: start, to: ends[block], side)
        for number in block {
          let key = UnsafeBufferPointer(rebasing: keys[start..<ends[number]])
          start = ends[number]
          let text = texts[texts.startIndex + number]
          units.append(key.isEmpty ? [] : try self.units(withKey: key, of: text, on: side))
        }
      }
    }
    return units
  }

  /// The match keys of some texts, one behind the other, and where each ends.
  private static func keys(of texts: some Sequence<String>) -> (keys: [UInt8], ends: [Int]) {
    var keys: [UInt8] = []
    let ends = texts.map { text in
      var text = text
      text.withUTF8 { _ = MatchKey.append(keyOf: $0, to: &keys) }
      return keys.count
    }
    return (keys, ends)
  }

  /// The units one of whose sides has the key of a text. A text that is this one is not made once
  /// more.
  func units(
    withKey key: UnsafeBufferPointer<UInt8>, of text: String, on side: UnitSide
  ) throws -> [UnitTexts] {
    var units: [UnitTexts] = []
    let hash = ExactTable.hash(key)
    for index in parts.indices where parts[index].has(side) {
      let part = parts[index]
      try part.reader.forEachText(hashed: hash) { number in
        let stored = try part.reader.stored(number)
        guard stored.reference & 1 == side.number else { return }
        let found = part.reader.key(of: stored, into: keyRoom)
        guard found.isSame(as: key), !part.isDead(part.unit(of: stored.reference)) else { return }
        units.append(try unit(index, stored, key: found, asked: text))
      }
    }
    tail.forEachText(withKey: key) { number in
      if tail.texts[number].side == side { units.append(tailUnit(number)) }
    }
    if units.count > 1 { units.sort { $0.id < $1.id } }
    return units
  }

  private func prepare(
    _ keys: UnsafeBufferPointer<UInt8>, from start: Int, to ends: ArraySlice<Int>,
    _ side: UnitSide
  ) {
    var start = start
    let hashes = ends.map { end in
      defer { start = end }
      return ExactTable.hash(UnsafeBufferPointer(rebasing: keys[start..<end]))
    }
    touch(hashes, side)
    var texts: [(part: Int, text: Int)] = []
    for part in parts.indices where parts[part].has(side) {
      for hash in hashes {
        if let text = parts[part].hints.exact.likelyText(hashed: hash) {
          texts.append((part, text))
        }
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

  /// Has memory bring where texts with some hashes are entered.
  private func touch(_ hashes: [UInt32], _ side: UnitSide) {
    var sum: UInt32 = 0
    for part in parts where part.has(side) {
      for hash in hashes { sum ^= part.hints.exact.firstSlot(of: hash) }
    }
    note(sum)
  }

  /// The unit of a text in a part, whose key was read.
  @inline(__always)
  func unit(
    _ part: Int, _ text: StoredText, key: UnsafeRawBufferPointer, asked: String? = nil
  ) throws -> UnitTexts {
    let own = try string(parts[part].reader, text, key, asked)
    let place = try place(ofText: Int(text.partner), besidePart: part)
    let reader = parts[place.part].reader
    let other = try reader.stored(place.text)
    let partner = try string(reader, other, reader.key(of: other, into: otherRoom))
    let isSource = UnitSide(ofReference: text.reference) == .source
    return UnitTexts(
      id: parts[part].unit(of: text.reference), source: isSource ? own : partner,
      target: isSource ? partner : own,
      languages: isSource ? languages(part, place.part) : languages(place.part, part))
  }

  /// Where a text is that its segment has this number for, across shelves.
  @inline(__always)
  func place(
    ofText number: Int, besidePart part: Int
  ) throws -> (part: Int, text: Int) {
    for index in parts[part].siblings {
      let numbers = parts[index].numbers
      if numbers.contains(number) { return (index, number - numbers.lowerBound) }
    }
    throw parts[part].reader.damage
  }

  /// A text, whose key was read: the one that was asked for, if it is the same.
  private func string(
    _ reader: ShelfReader, _ stored: StoredText, _ key: UnsafeRawBufferPointer,
    _ asked: String? = nil
  ) throws -> String {
    var text = key
    if !stored.steps.isEmpty, let start = key.baseAddress {
      let room = textRoom.start(for: TextSpelling.room(key.count, stored.steps.count))
      guard let count = TextSpelling.restore(start, key.count, stored.steps, into: room) else {
        throw reader.damage
      }
      text = UnsafeRawBufferPointer(start: room, count: count)
    }
    if let asked, asked.isSame(as: text) { return asked }
    return String(decoding: text, as: UTF8.self)
  }

  func tailUnit(_ number: Int) -> UnitTexts {
    let (text, other) = (tail.texts[number], tail.texts[tail.partner(of: number)])
    let (source, target) = text.side == .source ? (text, other) : (other, text)
    return UnitTexts(
      id: text.unit, source: String(decoding: tail.content(of: source), as: UTF8.self),
      target: String(decoding: tail.content(of: target), as: UTF8.self),
      languages: known.languages(source.language, target.language))
  }
}

extension String {
  /// Whether its bytes in UTF-8 are these.
  @inline(__always)
  fileprivate func isSame(as bytes: UnsafeRawBufferPointer) -> Bool {
    utf8.withContiguousStorageIfAvailable { bytes.isSame(as: $0) } ?? false
  }
}
