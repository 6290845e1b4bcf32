internal import Bitext

extension MemorySearcher {
  /// The texts that hold a stretch of text, by match key: the shorter ones first, since more of them
  /// is what was asked for, and of one length in the order of their units.
  ///
  /// - Parameters:
  ///   - key: the match key of the stretch, in UTF-8; not empty.
  ///   - limit: how many texts at the most; `nil` for all.
  ///   - languages: says which language tags are wanted.
  /// - Returns: the texts, each with score 1.
  /// - Throws: `Trouble` for a damaged segment.
  package func concordance(
    _ key: UnsafeBufferPointer<UInt8>, limit: Int?, in languages: (String) -> Bool
  ) throws -> [TextHit] {
    let scalars = FuzzyPattern.scalars(of: Array(key))
    let needle = ByteNeedle(key)
    var hits: [TextHit] = []
    tail.forEach(in: languages) { text, other in
      guard needle.occurs(in: other) else { return }
      hits.append(TextHit(unit: text.unit, side: text.side, score: 1, length: text.length))
    }
    let grams = TextGrams.grams(of: scalars, isWhole: false).map(\.gram)
    for index in parts(in: languages) {
      if grams.isEmpty {
        try addBeginning(scalars, index, limit, &hits)
      } else {
        try addHolding(needle, grams, index, limit, &hits)
      }
    }
    hits.sort(by: TextHit.isShorter)
    return limit.map { Array(hits.prefix($0)) } ?? hits
  }

  /// Adds the texts of a part that have all pieces of the needle and, as a look at them shows, hold
  /// it.
  private func addHolding(
    _ needle: ByteNeedle, _ grams: [UInt64], _ part: Int, _ limit: Int?, _ hits: inout [TextHit]
  ) throws {
    var found: [(gram: Int, count: Int)] = []
    for gram in Set(grams) {
      guard let index = try parts[part].reader.index(of: gram) else { return }
      found.append((index, try parts[part].reader.textCount(ofGram: index)))
    }
    found.sort { ($0.count, $0.gram) < ($1.count, $1.gram) }
    let all = 0..<UInt32(parts[part].reader.shelf.count)
    var cursors: [ListCursor] = []
    for gram in found.prefix(Self.joinedLists) {
      cursors.append(ListCursor(try parts[part].reader.list(ofGram: gram.gram, in: all)))
    }
    var (left, text) = (limit ?? .max, UInt32(0))
    while left > 0, let next = Self.join(&cursors, from: text) {
      text = next + 1
      guard try parts[part].reader.withKey(Int(next), needle.occurs) else { continue }
      left -= try add(Int(next), part, &hits)
    }
  }

  /// Lists of pieces that are joined before texts are looked at: more of them hardly rule out any.
  private static let joinedLists = 4

  /// The first text from a number on that all lists have.
  private static func join(_ cursors: inout [ListCursor], from text: UInt32) -> UInt32? {
    guard var wanted = cursors[0].seek(text) else { return nil }
    var agreeing = 1
    var index = 1 % cursors.count
    while agreeing < cursors.count {
      guard let next = cursors[index].seek(wanted) else { return nil }
      agreeing = next == wanted ? agreeing + 1 : 1
      wanted = next
      index = (index + 1) % cursors.count
    }
    return wanted
  }

  /// Adds the texts of a part that have a piece which begins with one or two code points: where a
  /// needle is no longer than that, a piece begins at each of its occurrences.
  private func addBeginning(
    _ scalars: [UInt32], _ part: Int, _ limit: Int?, _ hits: inout [TextHit]
  ) throws {
    let grams = TextGrams.range(beginningWith: scalars)
    let first = try parts[part].reader.firstGram(notBelow: grams.lowerBound)
    let end = try parts[part].reader.firstGram(notBelow: grams.upperBound)
    let count = parts[part].reader.shelf.count
    var texts: [UInt32] = []
    // Dead units may come first, and so some more are needed than were asked for.
    let enough = limit.map { $0 + parts[part].dead.count } ?? count
    var bound = UInt32(count)
    for gram in first..<max(first, end) {
      var cursor = ListCursor(try parts[part].reader.list(ofGram: gram, in: 0..<bound))
      var (text, taken) = (UInt32(0), 0)
      while taken < enough, let next = cursor.seek(text), next < bound {
        texts.append(next)
        text = next + 1
        taken += 1
      }
      // The first ones of all lists are what is wanted: behind those that are enough none is.
      if enough < count, texts.count >= 4 * enough + 1024 {
        texts = Array(Set(texts)).sorted()
        if texts.count > enough {
          texts.removeSubrange(enough...)
          bound = texts[enough - 1]
        }
      }
    }
    var left = limit ?? .max
    for text in Set(texts).sorted() {
      guard left > 0 else { return }
      left -= try add(Int(text), part, &hits)
    }
  }

  /// Adds a hit unless its unit is dead, and returns how many were added.
  private func add(_ text: Int, _ part: Int, _ hits: inout [TextHit]) throws -> Int {
    let (unit, side) = try parts[part].place(of: text)
    guard !parts[part].isDead(unit) else { return 0 }
    hits.append(
      TextHit(unit: unit, side: side, score: 1, length: parts[part].reader.length(of: text)))
    return 1
  }
}

/// Goes through a list of texts, block by block.
struct ListCursor {
  private let list: GramList
  private var block: Int
  private var numbers: [UInt32] = []
  private var index = 0

  init(_ list: GramList) {
    self.list = list
    block = list.blocks.lowerBound
    numbers.reserveCapacity(PostingList.blockSize)
    if list.count <= PostingList.blockSize {
      list.forEach { numbers.append($0) }
    } else if !list.blocks.isEmpty {
      load()
    }
  }

  private mutating func load() {
    numbers.removeAll(keepingCapacity: true)
    index = 0
    PostingList.forEach(list.base, block: block, count: list.count) { numbers.append($0) }
  }

  /// The first number not below another; numbers are asked for in ascending order.
  mutating func seek(_ number: UInt32) -> UInt32? {
    if let last = numbers.last, last < number {
      guard block + 1 < list.blocks.upperBound else { return nil }
      // The blocks behind this one are searched for the last that begins at or before the number.
      var (low, high) = (block + 1, list.blocks.upperBound)
      while high - low > 1 {
        let middle = (low + high) / 2
        if first(middle) <= number { low = middle } else { high = middle }
      }
      block = low
      load()
      if let last = numbers.last, last < number {
        guard block + 1 < list.blocks.upperBound else { return nil }
        block += 1
        load()
      }
    }
    while index < numbers.count {
      if numbers[index] >= number { return numbers[index] }
      index += 1
    }
    return nil
  }

  private func first(_ block: Int) -> UInt32 {
    list.base.loadUnaligned(fromByteOffset: block * 8, as: UInt32.self)
  }
}

/// Bytes that are looked for in texts.
package struct ByteNeedle {
  private let bytes: [UInt8]

  package init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = Array(bytes) }

  package func occurs(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = text.baseAddress, let first = bytes.first, bytes.count <= text.count else {
      return bytes.isEmpty
    }
    return bytes.withUnsafeBufferPointer { bytes in
      // The last byte tells more than the first, which many ideographs share.
      let last = bytes[bytes.count - 1]
      var index = 0
      while index <= text.count - bytes.count {
        if base[index] == first, base[index + bytes.count - 1] == last {
          var place = 1
          while place < bytes.count, base[index + place] == bytes[place] { place += 1 }
          if place >= bytes.count { return true }
        }
        index += 1
      }
      return false
    }
  }
}
