internal import Alignment
public import Bitext
internal import Matching
internal import Segmentation
public import Store

/// What is asked of a concordance that shows both sides.
public struct ConcordanceRequest: Sendable {
  /// What is looked for.
  public enum Subject: Sendable, Hashable {
    /// A text, by match key, on either side.
    case text(String)
    /// The terms of a concept in all its languages, by the rules of the term matcher.
    case concept(Concept)
  }

  /// In which order occurrences come.
  public enum Order: String, Sendable, Hashable, CaseIterable {
    /// Short segments first, since more of them is what was asked for; of equal ones the older.
    case length
    /// Those that were last changed, else made, first; those without a date come last.
    case newest
    /// By the names of their origins; those without one come last.
    case origin
    /// As they were added.
    case unit
  }

  public var subject: Subject
  /// Whether a text must be there in its very characters.
  public var isExact = false
  /// The units that count.
  public var filter = UnitFilter()
  public var order = Order.length
  /// Occurrences at the most; `nil` for all.
  public var limit: Int?
  /// Occurrences that are passed over first: those of the pages before.
  public var skip = 0
  /// Whether it is told where the translation stands.
  public var findsCounterparts = true
  /// Whether of a concept only those occurrences count whose other side has none of its terms.
  public var isInconsistentOnly = false

  public init(_ subject: Subject) { self.subject = subject }
}

/// An occurrence with what is known of its other side.
public struct ConcordanceLine: Sendable, Hashable {
  public var hit: ConcordanceHit
  /// The document or memory that the unit came from.
  public internal(set) var origin: String?
  /// When the unit was last changed, else made; empty where nobody knows.
  public internal(set) var date: Timestamp = ""
  /// Bytes of the other side, where the translation stands: empty where nobody tells, `nil` where
  /// nobody was asked.
  public var counterparts: [Range<Int>]?
  /// Of a concept: which of its terms it is.
  public var term: Term?
  /// Of a concept: whether the other side has one of its accepted terms; `nil` where the concept has
  /// none in that language.
  public var isConsistent: Bool?

  init(_ hit: ConcordanceHit) { self.hit = hit }

  /// The side on which the occurrence is, and the other one.
  public var own: String { hit.unit.text(hit.side) }
  public var other: String { hit.unit.text(hit.side.other) }

  var ownLanguage: LanguageTag { hit.unit.language(hit.side) }
  var otherLanguage: LanguageTag { hit.unit.language(hit.side.other) }
}

/// The flow behind `concordance`: every occurrence, and where its translation stands.
///
/// The termbase tells where the searched text is a term, else the links of words, which are learnt
/// from the units that were found; where these are not sure nothing is told.
public struct ConcordanceFlow {
  /// Some of the occurrences.
  public struct Page: Sendable, Hashable {
    public var lines: [ConcordanceLine]
    /// How many there are in all, where it was found out on the way.
    public var total: Int?
    /// Whether there are more behind these.
    public var hasMore: Bool
  }

  let store: ConcordStore
  let termbase: Termbase
  let includesProposed: Bool
  let aligner: PairAligner
  /// The termbase's terms by the language of the texts, and those of the concepts searched for.
  var matchers: [LanguageTag: TermMatcher] = [:]
  /// Why the index could not be asked, so that all rows were; `nil` when it could.
  public internal(set) var indexTrouble: Trouble?

  /// Occurrences that are put in another order, or counted, at the most: each is held with its unit.
  var mostHits = Self.mostHeld
  private static let mostHeld = 100_000
  /// Texts that may hold a concept's terms, as the index tells, up to which they are looked at; where
  /// there are more, all units are.
  var mostCandidates = Self.mostHeld
  /// Units from which words are learnt at the least, where the memory has so many.
  private static let lessons = 32

  /// - Parameters:
  ///   - store: whose memory is asked.
  ///   - termbase: whose terms tell what translates them.
  ///   - includesProposed: whether terms count that wait for review.
  /// - Throws: `Trouble` when word lists cannot be read.
  public init(
    store: ConcordStore, termbase: Termbase = Termbase(), includesProposed: Bool = false
  ) throws(Trouble) {
    self.store = store
    self.termbase = termbase
    self.includesProposed = includesProposed
    let reading = DocumentReading(isSegmented: true, chinese: .simplifiedChinese)
    aligner = try PairAligner(termbase: termbase, source: reading, target: reading)
  }

  /// A page of occurrences.
  ///
  /// - Parameter request: what is looked for, and which occurrences are wanted.
  /// - Returns: the occurrences, and how many there are where that was found out.
  /// - Throws: `Trouble` when the memory cannot be read, and when another order than by length is
  ///   asked of too many occurrences.
  public mutating func page(_ request: ConcordanceRequest) throws(Trouble) -> Page {
    var page = try page(request, .refused)
    switch request.order {
    // They were put in order by what is added here.
    case .newest, .origin: break
    case .length, .unit: try addOrigins(to: &page.lines)
    }
    return page
  }

  /// What becomes of a concept's occurrences beyond those that can be held.
  enum Excess {
    case refused, leftOut
  }

  mutating func page(
    _ request: ConcordanceRequest, _ excess: Excess
  ) throws(Trouble) -> Page {
    var page = try hits(request, excess)
    guard request.findsCounterparts, !page.lines.isEmpty else { return page }
    var counterparts = ConcordanceCounterparts(
      store: store, aligner: aligner, concepts: concepts(of: request.subject),
      includesProposed: includesProposed)
    try counterparts.find(in: &page.lines, lessons: try lessons(request, beside: page, excess))
    return page
  }

  /// More occurrences to learn from where a page has few.
  private mutating func lessons(
    _ request: ConcordanceRequest, beside page: Page, _ excess: Excess
  ) throws(Trouble) -> [ConcordanceLine] {
    guard page.lines.count < Self.lessons, page.hasMore || request.skip > 0 else { return [] }
    var more = request
    (more.skip, more.limit, more.order) = (0, Self.lessons, .length)
    return try hits(more, excess).lines
  }

  /// Occurrences without anything about their other sides, but for what a concept says of them.
  private mutating func hits(
    _ request: ConcordanceRequest, _ excess: Excess
  ) throws(Trouble) -> Page {
    defer { indexTrouble = store.takeIndexTrouble() ?? indexTrouble }
    switch request.subject {
    case .concept(let concept):
      let lines = try lines(of: concept, request)
      guard lines.count > mostHits else {
        return page(of: try sorted(lines, by: request.order), request)
      }
      guard excess == .leftOut else { throw tooMany(inAnyOrder: true) }
      var page = page(of: try sorted(lines.dropLast(), by: request.order), request)
      (page.total, page.hasMore) = (nil, true)
      return page
    case .text(let text):
      if request.order != .length {
        let all = try allHits(of: text, request)
        return page(of: try sorted(all.map(ConcordanceLine.init), by: request.order), request)
      }
      return try request.isExact ? exactPage(of: text, request) : storePage(of: text, request)
    }
  }

  private func storePage(
    of text: String, _ request: ConcordanceRequest
  ) throws(Trouble) -> Page {
    var query = ConcordanceQuery(text: text, limit: request.limit, skip: request.skip)
    query.filter = request.filter
    let page = try store.concordance(query)
    return Page(
      lines: page.hits.map(ConcordanceLine.init), total: page.total, hasMore: page.hasMore)
  }

  private func allHits(
    of text: String, _ request: ConcordanceRequest
  ) throws(Trouble) -> [ConcordanceHit] {
    var query = ConcordanceQuery(text: text, limit: mostHits)
    query.filter = request.filter
    let page = try store.concordance(query)
    guard !page.hasMore else { throw tooMany(inAnyOrder: false) }
    return request.isExact ? exact(page.hits, text) : page.hits
  }

  /// What is said where occurrences are more than can be put in order.
  ///
  /// - Parameter inAnyOrder: whether the order by length, in which the index has texts, is no way out.
  /// - Returns: what to do instead.
  private func tooMany(inAnyOrder: Bool) -> Trouble {
    Trouble(
      "there are more than \(mostHits) occurrences, too many to be put in order: "
        + (inAnyOrder ? "narrow" : "leave out --sort (short segments come first), or narrow")
        + " them down with --origin, --author, --from or --to")
  }

  /// The store knows texts by match key: more of them are asked for until enough have the very
  /// characters.
  private func exactPage(of text: String, _ request: ConcordanceRequest) throws(Trouble) -> Page {
    func bounded(_ count: Int) -> Int { min(max(0, count), ConcordanceQuery.mostOccurrences) }
    let needed = request.limit.map { bounded(request.skip) + bounded($0) + 1 }
    var query = ConcordanceQuery(text: text, limit: needed)
    query.filter = request.filter
    while true {
      let found = try store.concordance(query)
      // The last unit may have more occurrences than were asked for.
      let hits = exact(found.hits, text)
      guard found.hasMore, let needed, hits.count < needed, let limit = query.limit else {
        var page = page(of: hits.map(ConcordanceLine.init), request)
        if found.hasMore { (page.total, page.hasMore) = (nil, true) }
        return page
      }
      query.limit = min(limit * 4, ConcordanceQuery.mostOccurrences * 4)
    }
  }

  /// The occurrences of the very characters in the texts that were found.
  private func exact(_ hits: [ConcordanceHit], _ text: String) -> [ConcordanceHit] {
    let needle = Array(text.utf8)
    var exact: [ConcordanceHit] = []
    var last: (unit: Int64, side: UnitSide)?
    for hit in hits where last?.unit != hit.unit.id || last?.side != hit.side {
      last = (hit.unit.id, hit.side)
      for range in Array(hit.unit.text(hit.side).utf8).occurrences(of: needle) {
        var place = hit
        place.range = range
        exact.append(place)
      }
    }
    return exact
  }

  private func page(of lines: [ConcordanceLine], _ request: ConcordanceRequest) -> Page {
    let start = min(max(0, request.skip), lines.count)
    let end = request.limit.map { start + min(max(0, $0), lines.count - start) } ?? lines.count
    return Page(
      lines: Array(lines[start..<end]), total: lines.count, hasMore: end < lines.count)
  }

  /// The concepts whose terms tell what translates what is looked for.
  func concepts(of subject: ConcordanceRequest.Subject) -> [Concept] {
    switch subject {
    case .concept(let concept): return [concept]
    case .text(let text):
      let key = MatchKey(text, folding: .term)
      return termbase.concepts.filter { concept in
        concept.terms.contains { MatchKey($0.text, folding: .term) == key }
      }
    }
  }
}
