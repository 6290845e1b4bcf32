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
    texts.append(Text(unit: id, side: isReversed ? .target : .source, language: "en", key: source))
    texts.append(Text(unit: id, side: isReversed ? .source : .target, language: "zh", key: target))
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
    for text in texts where text.side == .source && ids(text.unit) {
      guard let other = texts.first(where: { $0.unit == text.unit && $0.side == .target }) else {
        continue
      }
      withBytes(text.key) { source in
        withBytes(other.key) { target in
          builder.add(
            unit: text.unit, source: (text.language, source), target: (other.language, target))
        }
      }
    }
    return builder
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
    for text in texts where ids(text.unit) {
      withBytes(text.key) {
        tail.add(unit: text.unit, side: text.side, language: text.language, key: $0)
      }
    }
    return tail
  }

  // MARK: Answers

  /// What a searcher says to some questions.
  func answers(of searcher: MemorySearcher) throws -> [[TextHit]] {
    var memory = self
    var answers: [[TextHit]] = []
    for query in memory.queries(12) + ["城", "a", "xq", "西部科学城"] {
      try withBytes(query) { key in
        answers.append(try searcher.exact(key, in: { _ in true }))
        if !query.isEmpty {
          answers.append(try searcher.concordance(key, limit: nil, in: { _ in true }))
        }
      }
      let pattern = FuzzyPattern(scalars: query.unicodeScalars.map(\.value))
      answers.append(
        try searcher.fuzzy(
          pattern, minimum: 0.6, limit: 5, effort: .exhaustive, in: { _ in true }))
    }
    return answers
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

/// Calls `body` with a text's bytes.
func withBytes<Result>(
  _ text: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
) rethrows -> Result {
  let bytes = Array(text.utf8)
  return try bytes.withUnsafeBufferPointer(body)
}
