import Bitext
import Foundation
import Matching
import Segmentation
import Store
import TestSupport
import Testing

@testable import Project

/// Concordances of random memories against a naive look at all units.
@Suite struct ConcordanceFlowTests {
  private static let english = [
    "science city ", "Science Cities ", "science-city ", "“science” city ", "the ", "science ",
    "city ", "golden phoenix's ", "Policy ", "policies ", "policing ", "use ", "using ", "used ",
    "Western (Chongqing) Science City ", "skies ", "sky ", "5G base stations ", "1,164 ", "AI ",
    "aim ", "it’s ",
  ]
  private static let chinese = [
    "科学城", "科學城", "“科学”城", "科“学”城", "科 学城", "西部（重庆）科学城", "西部(重慶)科學城", "科学", "城",
    "5G 基站", "5G基站", "，", "的", "1164", "政策", "“政策", "天空", "AI",
  ]
  private static let termbase = Termbase(concepts: [
    Concept(
      id: "city",
      terms: [
        Term("science city", language: .english), Term("科学城", language: .simplifiedChinese),
        Term("科技城", language: .simplifiedChinese, status: .admitted),
        Term("科学市", language: .simplifiedChinese, status: .forbidden),
        Term("学城", language: .simplifiedChinese, status: .proposed),
      ]),
    Concept(
      id: "west",
      terms: [
        Term("Western (Chongqing) Science City", language: .english),
        Term("西部（重庆）科学城", language: .simplifiedChinese),
      ]),
    Concept(
      id: "policy",
      terms: [Term("policy", language: .english), Term("政策", language: .simplifiedChinese)]),
    Concept(id: "use", terms: [Term("use", language: .english)]),
    Concept(
      id: "sky",
      terms: [Term("sky", language: .english), Term("天空", language: .simplifiedChinese)]),
    Concept(
      id: "5g",
      terms: [
        Term("5G base station", language: .english), Term("5G基站", language: .simplifiedChinese),
      ]),
    Concept(
      id: "number",
      terms: [Term("1164", language: .english), Term("1,164", language: .simplifiedChinese)]),
    Concept(
      id: "ai", terms: [Term("AI", language: .english), Term("AI", language: .simplifiedChinese)]),
  ])

  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  /// A store of random units, in both directions, on several days and from several origins.
  private func store(_ random: inout SeededGenerator) throws -> ConcordStore {
    let store = try ConcordStore(
      path: directory.appendingPathComponent("\(UUID().uuidString).sqlite").path, access: .create)
    for day in 1...3 {
      let units = (0..<25).map { _ in
        let english = random.text(of: Self.english, upTo: 6)
        let chinese = random.text(of: Self.chinese, upTo: 6)
        let isReversed = random.once(in: 3)
        return TranslationUnit(
          sourceLanguage: isReversed ? .simplifiedChinese : .english,
          targetLanguage: isReversed ? .english : .simplifiedChinese,
          source: isReversed ? chinese : english, target: isReversed ? english : chinese,
          origin: random.pick(["a", "b", nil]))
      }
      _ = try store.save(units, by: Change(date: "2026-01-0\(day)T00:00:00Z", author: "li"))
    }
    #expect(try store.updateIndex())
    return store
  }

  /// Where something is: unit, side, first and last byte.
  private struct Place: Hashable, Comparable {
    var unit: Int64
    var side: UnitSide
    var range: Range<Int>

    init(_ unit: TranslationUnit, _ side: UnitSide, _ range: Range<Int>) {
      self.unit = unit.id ?? 0
      self.side = side
      self.range = range
    }

    init(_ line: ConcordanceLine) {
      (unit, side, range) = (line.hit.unit.id, line.hit.side, line.hit.range)
    }

    static func < (left: Place, right: Place) -> Bool {
      (left.unit, left.side == .source ? 0 : 1, left.range.lowerBound)
        < (right.unit, right.side == .source ? 0 : 1, right.range.lowerBound)
    }
  }

  /// All places that `find` finds in the texts of a store.
  private func places(
    in store: ConcordStore, _ find: (String, LanguageTag) -> [Range<Int>]
  ) throws -> [Place] {
    var places: [Place] = []
    try store.forEachUnit { unit in
      places += find(unit.source, unit.sourceLanguage).map { Place(unit, .source, $0) }
      places += find(unit.target, unit.targetLanguage).map { Place(unit, .target, $0) }
    }
    return places
  }

  @Test(arguments: 0..<3, [4, 100_000])
  func aConceptIsFoundWhereTheTermMatcherFindsIt(seed: Int, candidates: Int) throws {
    var random = SeededGenerator(seed: UInt64(700 + seed))
    let store = try store(&random)
    let english = TermMatcher(Self.termbase, language: .english)
    let chinese = TermMatcher(Self.termbase, language: .simplifiedChinese)
    var found = 0
    var flow = try ConcordanceFlow(store: store, termbase: Self.termbase)
    flow.mostCandidates = candidates
    for concept in Self.termbase.concepts {
      let right = try places(in: store) { text, language in
        let matcher = language == .english ? english : chinese
        return matcher.matches(in: text).filter { match in
          match.terms.contains {
            Self.termbase.concepts[matcher.terms[$0].concept].id == concept.id
          }
        }.map(\.range)
      }
      var request = ConcordanceRequest(.concept(concept))
      request.findsCounterparts = false
      let page = try flow.page(request)
      #expect(page.lines.map(Place.init).sorted() == right.sorted(), "\(concept.id)")
      #expect(page.total == right.count)
      #expect(!page.hasMore)
      found += right.count
      let own = Set(concept.terms.map(\.text))
      let isNamed = page.lines.allSatisfy { line in line.term.map { own.contains($0.text) } ?? false
      }
      #expect(isNamed)
    }
    #expect(found > 100)
  }

  @Test(arguments: 0..<3)
  func aUnitIsInconsistentWhoseOtherSideHasNoAcceptedTerm(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(720 + seed))
    let store = try store(&random)
    var counts: [Bool?: Int] = [:]
    var flow = try ConcordanceFlow(store: store, termbase: Self.termbase)
    for concept in Self.termbase.concepts {
      var request = ConcordanceRequest(.concept(concept))
      request.findsCounterparts = false
      let all = try flow.page(request).lines
      for line in all {
        let terms = concept.terms.filter {
          $0.status.isAccepted && LanguageMatching.match($0.language, line.otherLanguage)
        }
        let holds = terms.contains { term in
          let one = Termbase(concepts: [Concept(id: "one", terms: [term])])
          return !TermMatcher(one, language: line.otherLanguage).matches(in: line.other).isEmpty
        }
        #expect(line.isConsistent == (terms.isEmpty ? nil : holds))
        counts[line.isConsistent, default: 0] += 1
      }
      request.isInconsistentOnly = true
      #expect(try flow.page(request).lines == all.filter { $0.isConsistent == false })
    }
    #expect(counts.count == 3)
  }

  @Test(arguments: 0..<2)
  func exactIsEveryPlaceWithTheVeryCharacters(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(740 + seed))
    let store = try store(&random)
    var flow = try ConcordanceFlow(store: store)
    for text in ["science", "Science", "科学城", "“科学", "城", "Policy", "（", "it’s", "5G 基", "ci"] {
      let needle = Array(text.utf8)
      let right = try places(in: store) { text, _ in
        let bytes = Array(text.utf8)
        var found: [Range<Int>] = []
        for start in bytes.indices
        where bytes[start...].starts(with: needle) && start >= found.last?.upperBound ?? 0 {
          found.append(start..<start + needle.count)
        }
        return found
      }
      for order in ConcordanceRequest.Order.allCases {
        var request = ConcordanceRequest(.text(text))
        request.isExact = true
        request.findsCounterparts = false
        request.order = order
        let page = try flow.page(request)
        #expect(page.lines.map(Place.init).sorted() == right.sorted(), "\(text)")
        if page.lines.count < 12 { try expectPages(of: request, page.lines, &flow) }
      }
    }
  }

  /// Pages of any size make up the whole.
  private func expectPages(
    of request: ConcordanceRequest, _ all: [ConcordanceLine], _ flow: inout ConcordanceFlow
  ) throws {
    for size in [2, 7] {
      var request = request
      request.limit = size
      var lines: [ConcordanceLine] = []
      while true {
        request.skip = lines.count
        let page = try flow.page(request)
        lines += page.lines
        #expect(page.hasMore == (lines.count < all.count))
        if let total = page.total { #expect(total == all.count) }
        guard page.hasMore else { break }
        if page.lines.isEmpty { break }
      }
      #expect(lines.map(Place.init) == all.map(Place.init))
    }
  }

  @Test(arguments: ConcordanceRequest.Order.allCases, ["city", "科学", "e"])
  func orderIsThatOfANaiveSort(order: ConcordanceRequest.Order, text: String) throws {
    var random = SeededGenerator(seed: 760)
    let store = try store(&random)
    var flow = try ConcordanceFlow(store: store)
    var request = ConcordanceRequest(.text(text))
    request.findsCounterparts = false
    let unordered = try flow.page(request).lines
    request.order = order
    let lines = try flow.page(request).lines
    #expect(Set(lines) == Set(unordered))
    #expect(lines.count == unordered.count)
    #expect(lines.count > 10)
    for (left, right) in zip(lines, lines.dropFirst()) {
      let places = Place(left) < Place(right)
      switch order {
      case .length:
        let lengths = [left, right].map {
          String(decoding: MatchKey($0.own).bytes, as: UTF8.self).unicodeScalars.count
        }
        #expect(lengths[0] < lengths[1] || lengths[0] == lengths[1] && places)
      case .newest:
        let dates = try [left, right].map { line in
          let unit = try store.units([line.hit.unit.id]).first
          return (unit?.changed ?? unit?.created)?.date ?? ""
        }
        #expect(dates[0] >= dates[1])
        if dates[0] == dates[1], left.hit.unit.id != right.hit.unit.id {
          #expect(left.hit.unit.id > right.hit.unit.id)
        }
      case .origin:
        let origins = try [left, right].map { line in
          try store.units([line.hit.unit.id]).first?.origin ?? "~"
        }
        #expect(origins[0] < origins[1] || origins[0] == origins[1] && places)
      case .unit: #expect(places)
      }
    }
    try expectPages(of: request, lines, &flow)
  }

  @Test(arguments: 0..<2)
  func counterpartsAreWholeCharactersOfTheOtherSide(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(780 + seed))
    let store = try store(&random)
    var flow = try ConcordanceFlow(store: store, termbase: Self.termbase)
    for text in ["science", "城", "policy", "ence ci", "e", "，", "的", "use", "1164", "AI"] {
      var request = ConcordanceRequest(.text(text))
      let lines = try flow.page(request).lines
      request.findsCounterparts = false
      let raw = try flow.page(request).lines
      #expect(lines.map(\.hit) == raw.map(\.hit))
      #expect(raw.compactMap(\.counterparts).isEmpty)
      for line in lines {
        let counterparts = try #require(line.counterparts)
        let utf8 = line.other.utf8
        for range in counterparts {
          #expect(!range.isEmpty && range.upperBound <= utf8.count)
          for place in [range.lowerBound, range.upperBound] {
            let index = utf8.index(utf8.startIndex, offsetBy: place)
            #expect(index.samePosition(in: line.other.unicodeScalars) != nil)
          }
        }
        for (left, right) in zip(counterparts, counterparts.dropFirst()) {
          #expect(left.upperBound <= right.lowerBound)
        }
      }
    }
  }

  @Test(arguments: [4, 100_000])
  func moreOccurrencesThanAreHeldAreRefusedOrCountedInPart(candidates: Int) throws {
    var random = SeededGenerator(seed: 795)
    let store = try store(&random)
    var flow = try ConcordanceFlow(store: store, termbase: Self.termbase)
    (flow.mostCandidates, flow.mostHits) = (candidates, 7)
    let concept = try flow.concept(named: "city")
    for order in ConcordanceRequest.Order.allCases {
      var request = ConcordanceRequest(.concept(concept))
      (request.order, request.limit) = (order, 3)
      let trouble = #expect(throws: Trouble.self) { _ = try flow.page(request) }
      #expect(trouble?.message.contains("more than 7 occurrences") == true)
      #expect(trouble?.message.contains("narrow them down with --origin") == true)
      #expect(trouble?.message.contains("--sort") == false)
      // Of a text the index has those in the shortest segments.
      request.subject = .text("city")
      if order == .length {
        #expect(try flow.page(request).lines.count == 3)
      } else {
        let trouble = #expect(throws: Trouble.self) { _ = try flow.page(request) }
        #expect(trouble?.message.contains("leave out --sort") == true)
      }
    }
    let some = try flow.renderings(ConcordanceRequest(.concept(concept)))
    #expect(some.occurrences == 7)
    #expect(!some.isComplete && !some.areShortest)
    flow.mostHits = 100_000
    let all = try flow.renderings(ConcordanceRequest(.concept(concept)))
    #expect(all.occurrences > 7)
    #expect(all.isComplete && all.areShortest)
  }

  @Test func namesOfConceptsAreIdsAndTerms() throws {
    var random = SeededGenerator(seed: 790)
    var termbase = Self.termbase
    termbase.concepts.append(
      Concept(id: "other", terms: [Term("Policy", language: .english)]))
    let flow = try ConcordanceFlow(store: try store(&random), termbase: termbase)
    #expect(try flow.concept(named: "west").id == "west")
    #expect(try flow.concept(named: "SCIENCE City").id == "city")
    #expect(try flow.concept(named: "西部(重庆)科学城").id == "west")
    // What nothing has so is taken as the term matcher would find it.
    #expect(try flow.concept(named: "科學城").id == "city")
    #expect(try flow.concept(named: "Science Cities").id == "city")
    #expect(throws: Trouble.self) { _ = try flow.concept(named: "policies") }
    for (name, message) in [
      ("nothing", "no concept has the id or the term 'nothing'"), ("", "no concept"),
    ] {
      let trouble = #expect(throws: Trouble.self) { _ = try flow.concept(named: name) }
      #expect(trouble?.message.contains(message) == true)
    }
    // An id comes before terms.
    #expect(try flow.concept(named: "policy").id == "policy")
    let trouble = #expect(throws: Trouble.self) { _ = try flow.concept(named: "POLICY") }
    #expect(trouble?.message.contains("name one by its id, policy, other") == true)
  }

  @Test(arguments: [
    ("policy", ["policies", "policy", "policing"]), ("use", ["using", "uses", "used"]),
    ("hope", ["hoping", "hopes"]), ("die", ["dying", "dies"]), ("sky", ["skies"]),
    ("run", ["running", "runs"]), ("Café", ["cafés", "CAFÉ"]), ("agree", ["agreed", "agreeing"]),
  ])
  func theNeedleOfAWordIsInAllItsInflections(word: String, forms: [String]) throws {
    let needles = try #require(TermNeedles(word).choices.first)
    for form in forms + [word] {
      let key = String(decoding: MatchKey(form).bytes, as: UTF8.self)
      let isHeld = needles.contains {
        key.contains(String(decoding: MatchKey($0).bytes, as: UTF8.self))
      }
      #expect(isHeld, "\(form): \(needles)")
    }
  }
}
