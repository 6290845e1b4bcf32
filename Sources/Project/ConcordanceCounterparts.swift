internal import Alignment
internal import Bitext
internal import Matching
internal import Segmentation
internal import Store

/// Finds where the other side translates what was looked for.
struct ConcordanceCounterparts {
  private let links: PairLinks
  /// What was looked for is a term of these.
  private let concepts: Termbase
  private let includesProposed: Bool
  private var joints: WordJoints
  private var matchers: [LanguageTag: TermMatcher] = [:]
  /// By language: whether the concepts have an accepted term in it.
  private var known: [LanguageTag: Bool] = [:]

  /// Units whose words are linked together: what they say is held at once.
  static let window = 2_000
  /// How strong the links of one unit must be where no other one agrees: docs/design/memory.md says
  /// how many of the places that are then marked are right.
  private static let leastStrength: Float = 0.6
  /// Units from which links of one by itself are believed: fewer teach hardly anything, and words
  /// are then linked because nothing else is left for them.
  private static let fewUnits = 10

  init(
    store: ConcordStore, aligner: PairAligner, concepts: [Concept],
    includesProposed: Bool
  ) {
    joints = WordJoints(store)
    links = PairLinks(aligner: aligner)
    self.concepts = Termbase(concepts: concepts)
    self.includesProposed = includesProposed
  }

  /// Two languages, from that of the occurrence to the other side's.
  private struct Direction: Hashable {
    let own: LanguageTag
    let other: LanguageTag

    init(_ line: ConcordanceLine) {
      own = line.ownLanguage
      other = line.otherLanguage
    }
  }

  // MARK: By terms

  /// Whether the other side has a term that is accepted; `nil` where there is none in its language.
  mutating func hasAcceptedTerm(_ line: ConcordanceLine) -> Bool? {
    let language = line.otherLanguage
    let isKnown =
      known[language]
      ?? concepts.concepts.contains { concept in
        concept.terms.contains {
          isAccepted($0.status) && LanguageMatching.match($0.language, language)
        }
      }
    known[language] = isKnown
    guard isKnown else { return nil }
    let matcher = matcher(language)
    return matcher.matches(in: line.other).contains { match in
      match.terms.contains { isAccepted(matcher.terms[$0].term.status) }
    }
  }

  private func isAccepted(_ status: TermStatus) -> Bool {
    status.isAccepted || includesProposed && status == .proposed
  }

  /// Where terms of the concepts stand on the other side, if one stands at the occurrence: a part of
  /// another word is no term, and of an inflected one it is.
  private mutating func terms(_ line: ConcordanceLine) -> [Range<Int>] {
    guard !concepts.concepts.isEmpty else { return [] }
    let own = matcher(line.ownLanguage).matches(in: line.own)
    let isTerm = own.contains { $0.range.encloses(line.hit.range) }
    return isTerm ? matcher(line.otherLanguage).matches(in: line.other).map(\.range) : []
  }

  private mutating func matcher(_ language: LanguageTag) -> TermMatcher {
    let matcher =
      matchers[language]
      ?? TermMatcher(concepts, language: language, includesProposed: includesProposed)
    matchers[language] = matcher
    return matcher
  }

  // MARK: By links

  /// Tells the lines where their counterparts are.
  ///
  /// - Parameters:
  ///   - lines: occurrences of one thing.
  ///   - lessons: more of them, to learn from.
  /// - Throws: `Trouble` when ICU's data lacks a language.
  mutating func find(
    in lines: inout [ConcordanceLine], lessons: [ConcordanceLine]
  ) throws(Trouble) {
    for start in stride(from: 0, to: lines.count, by: Self.window) {
      var directions: [Direction: [Int]] = [:]
      for index in start..<min(lines.count, start + Self.window) {
        lines[index].counterparts = terms(lines[index])
        directions[Direction(lines[index]), default: []].append(index)
      }
      for (direction, indices) in directions
      where indices.contains(where: { lines[$0].counterparts == [] }) {
        // Links of words that say little by themselves are never sure.
        let small = SmallWords(direction.own)
        if indices.allSatisfy({ small.contains(lines[$0].foundWord) }) { continue }
        let more = lessons.filter { Direction($0) == direction }
        let found = try links(of: indices.map { lines[$0] } + more, direction)
        for (index, range) in zip(indices, found) where lines[index].counterparts == [] {
          lines[index].counterparts = range.map { [$0] } ?? []
        }
      }
    }
  }

  /// What the links say of each line; `nil` where they are not sure.
  private mutating func links(
    of lines: [ConcordanceLine], _ direction: Direction
  ) throws(Trouble) -> [Range<Int>?] {
    var numbers: [[String]: Int] = [:]
    var pairs: [(own: String, other: String)] = []
    for line in lines where numbers[[line.own, line.other]] == nil {
      numbers[[line.own, line.other]] = pairs.count
      pairs.append((line.own, line.other))
    }
    let projections = try links.projections(pairs, from: direction.own, to: direction.other)
    let identities = pairs.map { MatchKey($0.own).bytes + [0] + MatchKey($0.other).bytes }
    let poll = RenderingPoll(
      lines.map { line in
        let number = numbers[[line.own, line.other]] ?? 0
        return RenderingPoll.Ballot(
          projections[number], line.wordRange, other: line.other, identity: identities[number])
      })
    var agreeing: Set<MatchKey> = []
    for group in poll.groups where Set(group.map(\.identity)).count > 1 {
      if let text = group[0].text { agreeing.insert(MatchKey(text, folding: .term)) }
    }
    let isTaught = Set(identities).count >= Self.fewUnits
    var found: [Range<Int>?] = []
    for (line, var ballot) in zip(lines, poll.ballots) {
      guard let range = ballot.rendering, let text = ballot.text,
        agreeing.contains(MatchKey(text, folding: .term))
          || ballot.projection.strength(of: range, for: ballot.range) >= Self.leastStrength
            && (isTaught || isKnown(text, for: line, ballot, direction))
      else {
        found.append(nil)
        continue
      }
      try ballot.completeWords(&joints)
      found.append(ballot.rendering)
    }
    return found
  }

  /// Whether a rendering is that of all that a unit says, or a word list has a part of it.
  private func isKnown(
    _ text: String, for line: ConcordanceLine, _ ballot: RenderingPoll.Ballot,
    _ direction: Direction
  ) -> Bool {
    ballot.projection.isWhole(ballot.range)
      || links.translates(
        String(decoding: line.foundWord, as: UTF8.self), text, from: direction.own,
        to: direction.other)
  }
}

extension ConcordanceLine {
  /// The bytes of the occurrence with what is missing of the words at its ends.
  fileprivate var wordRange: Range<Int> { Array(own.utf8).wholeWords(around: hit.range) }

  fileprivate var foundWord: ArraySlice<UInt8> { Array(own.utf8)[wordRange] }
}

extension Array<UInt8> {
  /// Some bytes with what is missing of the words at their ends.
  fileprivate func wholeWords(around range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start > 0, !parts(at: start) {
      start -= 1
      while start > 0, self[start] & 0xC0 == 0x80 { start -= 1 }
    }
    while end < count, !parts(at: end) {
      end += 1
      while end < count, self[end] & 0xC0 == 0x80 { end += 1 }
    }
    return start..<end
  }
}
