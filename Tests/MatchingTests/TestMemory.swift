import Bitext
import TestSupport

@testable import Matching

/// A small memory of random units, and what searches must find in it by looking at every text.
struct TestMemory {
  struct Text {
    var unit: Int64
    var side: UnitSide
    var language: String
    var key: String
    /// What the key is said to be of.
    var content: String
  }

  private(set) var texts: [Text] = []
  private(set) var units: [(id: Int64, source: String, target: String)] = []
  private var random: SeededGenerator

  private static let latin = [
    "the", "science", "city", "will", "open", "a", "park", "in", "5", "years", "of", "talent", "x",
  ]
  private static let han = ["西部", "科学城", "的", "人才", "重庆", "5", "年", "ai", "园", "，"]

  init(seed: UInt64, units count: Int, firstID: Int64 = 1) {
    random = SeededGenerator(seed: seed)
    for id in 0..<count {
      let known = units.randomElement(using: &random)
      let isLike = known != nil && Int.random(in: 0..<3, using: &random) > 0
      let source = isLike ? edited(known?.source ?? "") : sentence(Self.latin, " ")
      let target = isLike ? edited(known?.target ?? "") : sentence(Self.han, "")
      // Sometimes the languages stand the other way round.
      add(
        firstID + Int64(id), source, target, isReversed: Int.random(in: 0..<5, using: &random) == 0)
    }
  }

  private mutating func add(_ id: Int64, _ source: String, _ target: String, isReversed: Bool) {
    units.append((id, isReversed ? target : source, isReversed ? source : target))
    let english = Text(
      unit: id, side: isReversed ? .target : .source, language: "en", key: source,
      content: dressed(source))
    let chinese = Text(
      unit: id, side: isReversed ? .source : .target, language: "zh", key: target,
      content: dressed(target))
    texts += isReversed ? [chinese, english] : [english, chinese]
  }

  /// A text as it may have been before it was folded.
  private mutating func dressed(_ key: String) -> String {
    let marks = [" ": ["  ", "\u{3000}"], "5": ["５"], "，": [","], "城": ["城 ", " 城"]]
    return key.reduce(into: "") { text, letter in
      let choices = marks[String(letter)] ?? [letter.uppercased()]
      let isKept = Int.random(in: 0..<4, using: &random) > 0
      text += isKept ? String(letter) : choices.randomElement(using: &random) ?? ""
    }
  }

  private mutating func sentence(_ words: [String], _ space: String) -> String {
    let count = Int.random(in: 0...14, using: &random)
    return (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &random)] }
      .joined(separator: space)
  }

  /// The text with some code points inserted, deleted and replaced.
  mutating func edited(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let place = Int.random(in: 0...scalars.count, using: &random)
      let letter = Array("ab 科城".unicodeScalars)[Int.random(in: 0..<5, using: &random)]
      switch Int.random(in: 0..<3, using: &random) {
      case 0: scalars.insert(letter, at: place)
      case 1 where place < scalars.count: scalars[place] = letter
      default: if place < scalars.count { scalars.remove(at: place) }
      }
    }
    var edited = ""
    edited.unicodeScalars.append(contentsOf: scalars)
    return edited
  }

  mutating func queries(_ count: Int) -> [String] {
    (0..<count).map { _ in
      let text = texts.randomElement(using: &random)?.key ?? ""
      return edited(text)
    }
  }

  // MARK: Segments

  func builder(_ ids: (Int64) -> Bool = { _ in true }, like: MemorySegment? = nil) -> SegmentBuilder
  {
    var builder = SegmentBuilder(like: like)
    forEachUnit(ids) { builder.add(unit: $0, source: $1, target: $2) }
    return builder
  }

  private func forEachUnit(
    _ ids: (Int64) -> Bool, _ body: (Int64, KeyedText, KeyedText) -> Void
  ) {
    for index in stride(from: 0, to: texts.count, by: 2) where ids(texts[index].unit) {
      texts[index].withBytes { source in
        texts[index + 1].withBytes { body(texts[index].unit, source, $0) }
      }
    }
  }

  func segmentBytes(
    _ ids: (Int64) -> Bool = { _ in true }, like: MemorySegment? = nil
  ) throws -> [UInt8] {
    var builder = builder(ids, like: like)
    var bytes: [UInt8] = []
    _ = try builder.write { bytes += $0 }
    return bytes
  }

  func tail(_ ids: (Int64) -> Bool) -> MemoryTail {
    var tail = MemoryTail()
    forEachUnit(ids) { tail.add(unit: $0, source: $1, target: $2) }
    return tail
  }

  // MARK: Answers

  /// What a searcher says to some questions.
  func answers(of searcher: MemorySearcher) throws -> (hits: [[TextHit]], units: [UnitTexts]) {
    var memory = self
    var contents: [UnitTexts] = []
    var answers: [[TextHit]] = []
    for query in memory.queries(12) + ["城", "a", "xq", "西部科学城"] {
      try withBytes(query) { key in
        answers.append(try searcher.exact(key, in: { _ in true }))
        if !query.isEmpty {
          let found = try searcher.concordance(key, limit: nil, in: { _ in true })
          answers.append(found.map(\.hit))
          for text in found {
            try searcher.forEachOccurrence(of: ByteNeedle(key), in: text) { unit, _ in
              contents.append(unit)
            }
          }
        }
      }
      let pattern = FuzzyPattern(scalars: query.unicodeScalars.map(\.value))
      answers.append(
        try searcher.fuzzy(
          pattern, minimum: 0.6, limit: 5, effort: .exhaustive, in: { _ in true }))
    }
    return (answers, contents)
  }

  /// The units one of whose sides has a key, as they were put in.
  func units(withKey query: String, on side: UnitSide, _ isDead: (Int64) -> Bool) -> [[String]] {
    exact(query, isDead, nil).filter { $0.side == side }.map(\.unit).sorted().map(unit)
  }

  /// How often a stretch of text stands in a text's key, without overlapping.
  func count(of needle: String, in hit: TextHit) -> Int {
    let text = texts.first { $0.unit == hit.unit && $0.side == hit.side }
    return Array((text?.key ?? "").utf8).occurrences(of: Array(needle.utf8)).count
  }

  /// A unit's number, languages and texts.
  func unit(_ number: Int64) -> [String] {
    [String(number)]
      + texts.filter { $0.unit == number }.flatMap { [$0.language, $0.content] }
  }

  func exact(_ query: String, _ isDead: (Int64) -> Bool, _ language: String?) -> [TextHit] {
    texts.filter { $0.key.utf8.elementsEqual(query.utf8) && !isDead($0.unit) }
      .filter { language == nil || $0.language == language }
      .map { hit($0, 1) }.sorted(by: BestHits.isBetter)
  }

  func concordance(_ query: String, _ isDead: (Int64) -> Bool) -> [TextHit] {
    let needle = Array(query.utf8)
    return texts.filter { text in
      let bytes = Array(text.key.utf8)
      guard !isDead(text.unit), bytes.count >= needle.count else { return false }
      return (0...bytes.count - needle.count).contains { start in
        bytes[start..<start + needle.count].elementsEqual(needle)
      }
    }.map { hit($0, 1) }.sorted {
      ($0.length, $0.unit, $0.side == .source ? 0 : 1)
        < ($1.length, $1.unit, $1.side == .source ? 0 : 1)
    }
  }

  func fuzzy(
    _ query: String, minimum: Double, limit: Int, _ isDead: (Int64) -> Bool, _ language: String?
  ) -> [TextHit] {
    let scalars = query.unicodeScalars.map(\.value)
    return texts.filter { !isDead($0.unit) && (language == nil || $0.language == language) }
      .map { text in
        let other = text.key.unicodeScalars.map(\.value)
        let longer = max(scalars.count, other.count)
        return hit(text, longer == 0 ? 1 : 1 - Double(distance(scalars, other)) / Double(longer))
      }.filter { $0.score >= minimum }.sorted(by: BestHits.isBetter).prefix(limit).map { $0 }
  }

  private func hit(_ text: Text, _ score: Double) -> TextHit {
    TextHit(
      unit: text.unit, side: text.side, score: score, length: text.key.unicodeScalars.count)
  }

  /// The textbook's table, a row at a time.
  private func distance(_ left: [UInt32], _ right: [UInt32]) -> Int {
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let replaced = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, row[column + 1] + 1)
      }
    }
    return row[right.count]
  }
}

extension TestMemory.Text {
  /// Calls `body` with the text as a segment takes it.
  fileprivate func withBytes(_ body: (KeyedText) -> Void) {
    MatchingTests.withBytes(key) { key in
      MatchingTests.withBytes(content) {
        body(KeyedText(language: language, key: key, text: $0))
      }
    }
  }
}

extension UnitTexts {
  /// The same of a unit that was found.
  var parts: [String] {
    [String(id), sourceLanguage.description, source, targetLanguage.description, target]
  }
}

/// Calls `body` with a text's bytes.
func withBytes<Result>(
  _ text: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
) rethrows -> Result {
  let bytes = Array(text.utf8)
  return try bytes.withUnsafeBufferPointer(body)
}
