internal import Alignment
internal import Bitext
internal import Matching
internal import Segmentation

/// The terms that candidates suggest, each with its usual rendering.
struct UsualRenderings: Sendable {
  struct Term: Sendable {
    var source: String
    var target: String
    /// Whether the side in letters is spelt like a name where the candidate was first seen.
    var isName: Bool
    /// Whether it says enough for a common noun to have one rendering.
    var isTellingNoun: Bool
    /// The hashes of the rendering's words.
    var words: [UInt64]
  }

  private(set) var terms: [Term] = []
  let sourceLanguage: LanguageTag
  let targetLanguage: LanguageTag
  /// Terms and, behind them, the known ones of the termbase.
  let sources: TermMatcher
  let targets: TermMatcher

  /// How likely a pair is right at the least, and in how many beads it is seen.
  static let leastScore = 0.6
  static let leastCount = 2

  /// - Parameters:
  ///   - candidates: best first, none below ``leastScore`` and ``leastCount``.
  ///   - source: the language of the terms.
  ///   - target: the language of their renderings.
  ///   - lexicon: whose words are common ones.
  ///   - termbase: whose terms are known and not to be surveyed.
  init(
    _ candidates: [TermCandidate], source: LanguageTag, target: LanguageTag, lexicon: Lexicon,
    termbase: Termbase
  ) {
    (sourceLanguage, targetLanguage) = (source, target)
    var concepts: [Concept] = []
    let groups = CandidateGroup.groups(candidates)
    let single = Set(groups.flatMap { group in group.members.map { $0.target.map(\.hash) } })
    for group in groups {
      let usual = group.usual
      // Two terms with "and" between them are not one.
      guard !usual.isJoined(from: single) else { continue }
      let shape = PairShape(usual, lexicon: lexicon, sourceIsChinese: source.isChinese)
      guard shape.isName || shape.isTellingNoun else { continue }
      terms.append(
        Self.Term(
          source: usual.candidate.source, target: usual.candidate.target, isName: shape.isName,
          isTellingNoun: shape.isTellingNoun, words: usual.target.map(\.hash)))
      let renderings = [usual] + group.abbreviations
      concepts.append(
        Concept(
          id: "\(terms.count)",
          terms: [Bitext.Term(usual.candidate.source, language: source)]
            + renderings.map { Bitext.Term($0.candidate.target, language: target) }))
    }
    let known = termbase.concepts.map { concept in
      var concept = concept
      // Renderings of known terms are none of ours.
      concept.terms.removeAll { !LanguageMatching.sameLanguage($0.language, source) }
      return concept
    }
    let all = Termbase(concepts: concepts + known)
    sources = TermMatcher(all, language: source)
    targets = TermMatcher(all, language: target)
  }
}

/// The candidates of one term.
private struct CandidateGroup {
  struct Member {
    var candidate: TermCandidate
    var source: [KeyToken]
    var target: [KeyToken]
  }

  private(set) var members: [Member] = []

  /// By term, in the order in which each first comes.
  static func groups(_ candidates: [TermCandidate]) -> [CandidateGroup] {
    let tokenizer = KeyTokenizer()
    var groups: [CandidateGroup] = []
    var numbers: [[UInt64]: Int] = [:]
    for candidate in candidates {
      let member = Member(
        candidate: candidate, source: tokenizer.tokens(of: candidate.source),
        target: tokenizer.tokens(of: candidate.target))
      let key = member.source.map(\.hash)
      // What is spelt alike on both sides has no rendering.
      guard key != member.target.map(\.hash) else { continue }
      let number = numbers[key] ?? groups.count
      if number == groups.count { groups.append(CandidateGroup()) }
      numbers[key] = number
      groups[number].members.append(member)
    }
    return groups
  }

  /// A longer rendering that is seen so much more seldom is the name with something behind it.
  private static let longerShare = 0.6

  /// The best candidate; a piece that nearly always stands in a longer one gives way to that one:
  /// where "Gold Phoenix" stands beside "Golden Phoenix", "Phoenix" is in all places.
  var usual: Member {
    var best = members[0]
    for member in members.dropFirst()
    where member.target.count > best.target.count && best.isPart(of: member)
      && Double(member.candidate.count) >= Self.longerShare * Double(best.candidate.count)
    {
      best = member
    }
    return best
  }

  /// Abbreviations that the text explains are usual too.
  var abbreviations: [Member] {
    members.filter { $0.candidate.cue == .abbreviation }
  }
}

extension CandidateGroup.Member {
  private static let and = Set(KeyTokenizer().tokens(of: "and 和 与 及").map(\.hash))

  /// Whether one half of a rendering with "and" in its middle is a rendering by itself.
  fileprivate func isJoined(from single: Set<[UInt64]>) -> Bool {
    let words = target.map(\.hash)
    guard let middle = words.firstIndex(where: { Self.and.contains($0) }) else { return false }
    var rest = words[(middle + 1)...]
    if let first = rest.first, FunctionWords.english.contains(first) { rest = rest.dropFirst() }
    return single.contains(Array(words[..<middle])) || single.contains(Array(rest))
  }

  fileprivate func isPart(of other: Self) -> Bool {
    let (part, whole) = (target.map(\.hash), other.target.map(\.hash))
    guard part.count <= whole.count else { return false }
    return (0...whole.count - part.count).contains {
      whole[$0..<$0 + part.count].elementsEqual(part)
    }
  }
}

/// What the spelling of a pair says.
private struct PairShape {
  /// Whether the side in letters has a capital in each of its words, small ones aside, and is no
  /// common word that stands in headings.
  let isName: Bool
  /// Whether the pair says enough to be a common noun with one rendering.
  let isTellingNoun: Bool

  /// Ideographs of a name, and of a common term, at the least: 银行 is in every sentence.
  private static let nameLength = 2
  private static let commonLength = 4

  init(_ pair: CandidateGroup.Member, lexicon: Lexicon, sourceIsChinese: Bool) {
    let (han, letters) =
      sourceIsChinese ? (pair.source, pair.target) : (pair.target, pair.source)
    let words = letters.filter { $0.kind == .word && !FunctionWords.english.contains($0.hash) }
    let isCapital =
      !words.isEmpty && words.allSatisfy { $0.letterCase != .lower && $0.letterCase != .none }
    let ideographs = han.count { $0.kind == .han }
    let lexical = lexicon.longestMatch(han.span, at: 0)?.length == han.count
    isName = isCapital && ideographs >= Self.nameLength && (words.count > 1 || !lexical)
    isTellingNoun = words.count > 1 && ideographs >= Self.commonLength
  }
}
