public import Bitext
internal import Matching
internal import Segmentation
internal import Store

/// How the memory renders what was looked for: one of the renderings.
public struct ConcordanceRendering: Sendable, Hashable {
  /// As the units spell it; `nil` stands for the units in which none was found.
  public var text: String?
  /// The language of the other side.
  public var language: LanguageTag
  /// How many units have it.
  public var units: Int
  /// What the termbase says of it; `nil` where it says nothing.
  public var status: TermStatus?
  /// The first occurrence with it.
  public var example: ConcordanceLine
}

extension ConcordanceFlow {
  /// What stands for something in all units, each spelling by itself.
  public struct Renderings: Sendable, Hashable {
    /// The most frequent one first; where none was found comes last.
    public var renderings: [ConcordanceRendering]
    /// The occurrences that were looked at.
    public var occurrences: Int
    /// Whether these are all that there are.
    public var isComplete: Bool
    /// Whether those that were looked at stand in the shortest segments of all.
    public var areShortest: Bool
  }

  /// Occurrences that are looked at when renderings are counted: the links of as many take some
  /// seconds.
  static let mostExamined = 20_000

  /// The renderings of what was looked for, over all of its occurrences.
  ///
  /// - Parameter request: what is looked for; its limit, order and page do not matter.
  /// - Returns: the renderings with how many units have them.
  /// - Throws: `Trouble` when the memory cannot be read.
  public mutating func renderings(_ request: ConcordanceRequest) throws(Trouble) -> Renderings {
    var all = request
    (all.skip, all.limit, all.order, all.findsCounterparts) = (0, Self.mostExamined, .length, true)
    let page = try page(all, .leftOut)
    let concepts = concepts(of: request.subject)
    var areShortest = true
    if case .concept = request.subject { areShortest = page.total != nil }
    var tally = RenderingTally()
    for line in page.lines { tally.add(line) }
    var renderings = tally.renderings { status(of: $0, in: $1, concepts) }
    var examples = renderings.map(\.example)
    try addOrigins(to: &examples)
    for (index, example) in examples.enumerated() { renderings[index].example = example }
    return Renderings(
      renderings: renderings, occurrences: page.lines.count, isComplete: !page.hasMore,
      areShortest: areShortest)
  }

  private func status(
    of text: String, in language: LanguageTag, _ concepts: [Concept]
  ) -> TermStatus? {
    let key = MatchKey(text, folding: .term)
    for concept in concepts {
      for term in concept.terms
      where (includesProposed || term.status != .proposed)
        && LanguageMatching.match(term.language, language)
        && MatchKey(term.text, folding: .term) == key
      {
        return term.status
      }
    }
    return nil
  }
}

/// Counts in how many units renderings are.
private struct RenderingTally {
  private struct Name: Hashable {
    var text: String
    var language: LanguageTag
  }

  private typealias Entry = (units: Set<Int64>, example: ConcordanceLine)

  private var places: [Name: Int] = [:]
  private var found: [(name: Name, entry: Entry)] = []
  /// Occurrences without a rendering, by language.
  private var bare: [LanguageTag: [ConcordanceLine]] = [:]

  mutating func add(_ line: ConcordanceLine) {
    let other = Array(line.other.utf8)
    let texts = (line.counterparts ?? []).map { String(decoding: other[$0], as: UTF8.self) }
    if texts.isEmpty { bare[line.otherLanguage, default: []].append(line) }
    for text in Set(texts).sorted() {
      let name = Name(text: text, language: line.otherLanguage)
      let place = places[name] ?? found.count
      places[name] = place
      if place == found.count { found.append((name, ([], line))) }
      found[place].entry.units.insert(line.hit.unit.id)
    }
  }

  func renderings(
    _ status: (String, LanguageTag) -> TermStatus?
  ) -> [ConcordanceRendering] {
    let named = found.map { name, entry in
      ConcordanceRendering(
        text: name.text, language: name.language, units: entry.units.count,
        status: status(name.text, name.language), example: entry.example)
    }.sorted { left, right in
      left.units != right.units
        ? left.units > right.units
        : (left.text ?? "", left.language) < (right.text ?? "", right.language)
    }
    return named + bare.keys.sorted().compactMap(unrendered)
  }

  /// The units without any rendering: one that has it for another occurrence is none.
  private func unrendered(in language: LanguageTag) -> ConcordanceRendering? {
    var named: Set<Int64> = []
    for (name, entry) in found where name.language == language { named.formUnion(entry.units) }
    let lines = (bare[language] ?? []).filter { !named.contains($0.hit.unit.id) }
    guard let first = lines.first else { return nil }
    return ConcordanceRendering(
      text: nil, language: language, units: Set(lines.map { $0.hit.unit.id }).count,
      status: nil, example: first)
  }
}
