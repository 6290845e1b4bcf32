internal import Alignment
internal import Bitext
internal import Segmentation
internal import Store

/// Cuts words off the ends of stretches with which no phrase begins or ends: of "park of the" the
/// park is left, and of "in the science city will" the science city.
struct StretchTrimming {
  private let words: KeyedWords
  private let utf8: [UInt8]
  private let language: LanguageTag
  private let edges: PhraseEdges
  private let filter: UnitFilter

  /// - Parameters:
  ///   - words: of the text.
  ///   - utf8: the text.
  ///   - language: of the text.
  ///   - filter: the units that count.
  init(
    _ words: KeyedWords, of utf8: [UInt8], language: LanguageTag,
    filter: UnitFilter = UnitFilter()
  ) {
    self.words = words
    self.utf8 = utf8
    self.language = language
    self.filter = filter
    edges = PhraseEdges(language)
  }

  /// What is left of some words of the text; `nil` when that is nothing, or one word by itself that
  /// parts of longer ones tell no more of than a dictionary.
  func trimmed(_ stretch: Range<Int>) -> Range<Int>? {
    var (start, end) = (stretch.lowerBound, stretch.upperBound)
    while end > start, edges.isBadEnd(text(end - 1)) { end -= 1 }
    while start < end, edges.isBadStart(text(start)), !isAside(start, end) { start += 1 }
    guard start < end else { return nil }
    if start + 1 < end { return start..<end }
    if start > stretch.lowerBound, edges.introduces(text(start - 1)) { return start - 1..<end }
    return text(start).unicodeScalars.count { $0.value.isHanScalar } > 1 ? start..<end : nil
  }

  /// Whether a preposition and the word behind it stand before a mark: "for example,".
  private func isAside(_ start: Int, _ end: Int) -> Bool {
    guard start + 2 < end, edges.introduces(text(start)) else { return false }
    let between = utf8[words.ranges[start + 1].upperBound..<words.ranges[start + 2].lowerBound]
    return between.contains { $0 != 0x20 }
  }

  /// Trims stretches, except those that are all that a unit says, and drops those that are then
  /// inside others.
  ///
  /// - Parameters:
  ///   - stretches: that units hold.
  ///   - store: with these units.
  /// - Returns: the stretches in the order of the text.
  /// - Throws: `Trouble` when the store cannot be read.
  func trimmed(
    _ stretches: [HeldStretch], in store: ConcordStore
  ) throws(Trouble) -> [HeldStretch] {
    let wholes = try wholes(stretches.filter { trimmed($0.words) != $0.words }, in: store)
    var left: [HeldStretch] = []
    for stretch in stretches {
      guard !wholes.contains(stretch.words) else {
        left.append(stretch)
        continue
      }
      guard let words = trimmed(stretch.words) else { continue }
      var shorter = stretch
      shorter.words = words
      left.append(shorter)
    }
    return left.enumerated().filter { index, stretch in
      !left.enumerated().contains { other, longer in
        longer.words.encloses(stretch.words)
          && (longer.words != stretch.words || other < index)
      }
    }.map(\.element)
  }

  /// Those that are all that a unit says: of the texts with a stretch the shortest ones come first.
  private func wholes(
    _ stretches: [HeldStretch], in store: ConcordStore
  ) throws(Trouble) -> Set<Range<Int>> {
    let numbers = Set(stretches.compactMap { $0.places.first?.unit }).sorted()
    var units: [Int64: TranslationUnit] = [:]
    for unit in try store.units(numbers) { units[unit.id ?? 0] = unit }
    var wholes: Set<Range<Int>> = []
    for stretch in stretches {
      guard let place = stretch.places.first, let unit = units[place.unit] else { continue }
      let key = MatchKey(place.side == .source ? unit.source : unit.target).bytes
      guard let part = key.firstWords(words.key(of: stretch.words)) else { continue }
      let rest = Array(key[..<part.lowerBound]) + [0x20] + Array(key[part.upperBound...])
      if !String(decoding: rest, as: UTF8.self).holdsWords { wholes.insert(stretch.words) }
    }
    return wholes
  }

  /// Asks again who holds the stretches that were made shorter: more units than before.
  ///
  /// - Parameters:
  ///   - stretches: trimmed.
  ///   - before: as they were found.
  ///   - store: that holds them.
  ///   - limit: places that are told of each at the most.
  /// - Returns: the same stretches with their places.
  /// - Throws: `Trouble` when the store cannot be read.
  func withPlaces(
    _ stretches: [HeldStretch], unlike before: [HeldStretch], in store: ConcordStore, limit: Int
  ) throws(Trouble) -> [HeldStretch] {
    let known = Set(before.map(\.words))
    var complete: [HeldStretch] = []
    for stretch in stretches {
      guard !known.contains(stretch.words) else {
        complete.append(stretch)
        continue
      }
      let range = words.range(of: stretch.words)
      let part = KeyedWords(
        MatchKey(String(decoding: utf8[range], as: UTF8.self)),
        words: words.ranges[stretch.words].map {
          $0.lowerBound - range.lowerBound..<$0.upperBound - range.lowerBound
        })
      let held = try store.longestStretches(
        of: part, in: language, limit: limit, filter: filter)
      let places = held.first { $0.words == part.words.indices }?.places
      var told = stretch
      told.places = places ?? stretch.places
      complete.append(told)
    }
    return complete
  }

  private func text(_ word: Int) -> String {
    String(decoding: utf8[words.ranges[word]], as: UTF8.self)
  }
}

extension String {
  /// Whether there is a letter or a digit.
  var holdsWords: Bool {
    unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
  }
}
