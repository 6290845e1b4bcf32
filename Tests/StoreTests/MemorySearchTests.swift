import Bitext
import Matching
import Segmentation
import TestSupport
import Testing

@testable import Store

/// Filters, penalties, scripts and pages of searches.
@Suite struct MemorySearchTests {
  private let place: TemporaryStore
  private let store: ConcordStore

  init() throws { (place, store) = try TemporaryStore.opened() }

  private func unit(
    _ source: String, _ target: String, _ language: String = "zh-Hans", origin: String? = nil,
    by author: String? = nil, on date: String? = nil, score: Double? = nil
  ) throws -> TranslationUnit {
    TranslationUnit(
      sourceLanguage: .english, targetLanguage: try #require(LanguageTag(language)),
      source: source, target: target, origin: origin, score: score,
      created: date.map { Change(date: $0, author: author) })
  }

  private func search(
    _ text: String, _ change: (inout MemoryQuery) -> Void = { _ in }
  ) throws -> [MemoryMatch] {
    var query = MemoryQuery(text: text)
    change(&query)
    return try store.search(query)
  }

  // MARK: Filters

  /// Units whose texts are alike and whose provenance differs.
  private func keepMany(_ generator: inout SeededGenerator) throws -> [TranslationUnit] {
    let words = ["pump", "valve", "seal", "stop", "start", "the", "old"]
    var units: [TranslationUnit] = []
    for _ in 0..<300 {
      let text = (0...4).map { _ in generator.pick(words) }.joined(separator: " ")
      units.append(
        try unit(
          text, "译文\(generator.below(9))",
          origin: generator.pick(["a.md", "b.md", "new/c.md", nil]),
          by: generator.pick(["lin", "mei"]),
          on: "20\(20 + generator.below(6))-05-18T00:00:00Z"))
    }
    _ = try store.save(units, by: .first)
    var kept: [TranslationUnit] = []
    try store.forEachUnit { kept.append($0) }
    return kept
  }

  @Test func filtersGiveTheBestOfTheUnitsThatFit() throws {
    var generator = SeededGenerator(seed: 11)
    _ = try keepMany(&generator)
    for round in 0..<60 {
      var filter = UnitFilter()
      if round % 2 == 0 { filter.origin = generator.pick(["a.md", "new/*", "", "none"]) }
      if round % 3 == 0 { filter.author = generator.pick(["lin", "mei", "nobody"]) }
      if round % 5 == 0 { filter.from = "2023-01-01T00:00:00Z" }
      if round % 7 == 0 { filter.to = "2024-12-31T23:59:59Z" }
      let text = "the old pump stop \(generator.pick(["seal", "valve", "valves"]))"
      let pattern = FuzzyPattern(MatchKey(text))
      var expected: [(share: Double, id: Int64)] = []
      try store.forEachUnit(filter) { unit in
        let share = pattern.similarity(to: MatchKey(unit.source))
        if share >= 0.4, let id = unit.id { expected.append((share, id)) }
      }
      expected.sort { $0 > $1 }
      let limit = 1 + generator.below(12)
      let found = try search(text) {
        $0.filter = filter
        $0.minimum = 0.4
        $0.limit = limit
        $0.isExhaustive = true
      }
      #expect(found.map(\.unit.id) == expected.prefix(limit).map(\.id), "\(filter.summary)")
    }
  }

  @Test func concordancesComeInPages() throws {
    var generator = SeededGenerator(seed: 12)
    let kept = try keepMany(&generator)
    for filter in [UnitFilter(), with("a.md"), with("none")] {
      var query = ConcordanceQuery(text: "pump")
      query.filter = filter
      let all = try store.concordance(query)
      let fitting = kept.filter { unit in
        filter.isEmpty ? true : unit.origin == filter.origin
      }
      let count = fitting.reduce(0) { $0 + $1.source.ranges(of: "pump").count }
      #expect(all.hits.count == count)
      #expect(all.total == count)
      #expect(!all.hasMore)
      var pages: [ConcordanceHit] = []
      while true {
        query.limit = 1 + generator.below(40)
        query.skip = pages.count
        let page = try store.concordance(query)
        pages += page.hits
        #expect(page.hasMore == (pages.count < count))
        if let total = page.total { #expect(total == count) }
        guard page.hasMore else { break }
      }
      #expect(pages == all.hits)
    }
  }

  private func with(_ origin: String) -> UnitFilter {
    var filter = UnitFilter()
    filter.origin = origin
    return filter
  }

  // MARK: Penalties

  @Test func penaltiesAreTakenOffAndTold() throws {
    _ = try store.save(
      [
        try unit(
          "Stop the pump.", "停泵。", origin: "draft-1.md", by: "lin", on: "2019-05-18T00:00:00Z"),
        try unit(
          "Stop the pump.", "停止泵。", origin: "final.md", by: "MT!", on: "2025-05-18T00:00:00Z"),
        try unit(
          "Stop the pump.", "把泵停下。", origin: "final.md", on: "2025-05-18T00:00:00Z", score: 0.8),
        try unit(
          "Stop the pumps.", "停各泵。", origin: "final.md", by: "lin", on: "2025-05-18T00:00:00Z"),
      ], by: .first)
    let plain = try search("Stop the pump.")
    #expect(plain.map(\.kind) == [.exact, .exact, .exact, .fuzzy])
    #expect(plain.map(\.isMachineTranslated) == [false, true, false, false])
    let found = try search("Stop the pump.") { query in
      query.penalties = .usual
      query.penalties.set(.origin("draft-*"), to: 4)
      query.penalties.set(.before("2020-01-01T00:00:00Z"), to: 2)
      query.penalties.set(.aligned, to: 3)
    }
    #expect(found.map(\.target) == ["把泵停下。", "停泵。", "停各泵。", "停止泵。"])
    #expect(found.map(\.kind) == [.fuzzy, .fuzzy, .fuzzy, .fuzzy])
    #expect(found.map { Int(($0.score * 100).rounded()) } == [97, 94, 93, 85])
    #expect(found[1].similarity == 1)
    #expect(
      found[1].penalties.map { "\($0.reason) \($0.points)" }
        == ["origin:draft-* 4", "before:2020-01-01 2"])
    #expect(found[2].penalties.isEmpty)
    #expect(
      found[3].json()
        == #"{"score":0.85,"kind":"fuzzy","source":"Stop the pump.","target":"停止泵。","id":2,"origin":"final.md","similarity":1,"penalties":[{"reason":"machine","points":15}],"machine":true}"#
    )
    // A lifted penalty is none, and the unit is marked all the same.
    let lifted = try search("Stop the pump.") { $0.penalties.set(.machine, to: 0) }
    #expect(lifted.map(\.kind) == plain.map(\.kind))
    #expect(lifted[1].isMachineTranslated)
  }

  /// Penalised units come in the order of all units' scores, however many of those that are nearest
  /// are penalised.
  @Test func aHundredPenalisedUnitsHideNoBetterOne() throws {
    let machines = try (0..<100).map { number in
      try unit("Stop the pump.", "停泵\(number)。", by: "MT!", on: "2025-05-18T00:00:00Z")
    }
    let person = try unit("Stop the pumps.", "停各泵。", by: "lin", on: "2020-05-18T00:00:00Z")
    _ = try store.save([person] + machines, by: .first)
    let found = try search("Stop the pump.") {
      $0.penalties = .usual
      $0.limit = 2
    }
    #expect(found.map(\.target) == ["停各泵。", "停泵99。"])
  }

  @Test func machinesAreKnownByWhatToolsWrite() throws {
    func made(by author: String?, _ properties: [(type: String, text: String)] = []) throws -> Bool
    {
      var unit = try unit("a", "甲", by: author, on: "2025-05-18T00:00:00Z")
      let remarks = properties.map {
        UnitDetails.Remark(
          isProperty: true, attributes: [.init("type", $0.type)], text: $0.text)
      }
      let element = UnitDetails.Element()
      unit.details = UnitDetails(
        file: "a.tmx", number: 0, declaredSource: nil,
        unit: UnitDetails.Element(attributes: [], remarks: remarks),
        source: .init(element: element, place: 0), target: .init(element: element, place: 1))
      return MachineTranslation.made(unit)
    }
    for author in [
      "MT!", "mt", "DeepL", "Google Translate v3", "Moses", "Machine Translation",
      "Google Cloud Translation API", "microsoft-translator", "Language Weaver", "NiuTrans",
    ] {
      #expect(try made(by: author), "\(author)")
    }
    for author in ["lin", "Matt", "Moses Liu", "DOMAIN\\mtan", "smt", "google", "", nil]
      as [String?]
    {
      #expect(try !made(by: author), "\(author ?? "nobody")")
    }
    #expect(try made(by: "lin", [("x-Origin:SingleString", "AutomaticTranslation")]))
    for origin in ["MachineTranslation", "Nmt", "AdaptiveMachineTranslation"] {
      #expect(try made(by: "lin", [("x-Origin:SingleString", origin)]))
    }
    #expect(try made(by: "lin", [("m:trans-origin", "mt")]))
    #expect(try made(by: "lin", [("origin-system", "Google Cloud Translation API")]))
    #expect(try made(by: "lin", [("state-qualifier", "mt-suggestion")]))
    #expect(try made(by: "lin", [("state-qualifier", "leveraged-mt")]))
    #expect(try !made(by: "lin", [("state-qualifier", "leveraged-tm")]))
    #expect(try made(by: "lin", [("Txt::Translator", "Moses")]))
    #expect(try !made(by: "lin", [("x-Origin:SingleString", "TM"), ("client", "MT")]))
  }

  @Test func patternsOfOriginsMeanTheAsteriskAlone() {
    for (text, pattern, fits) in [
      ("a.md", "a.md", true), ("a.md", "a?md", false), ("a.md", "*", true), ("", "*", true),
      ("", "", true), ("a", "", false), ("draft-1/b.md", "draft-*.md", true),
      ("draft-1/b.txt", "draft-*.md", false), ("abab", "*ab", true), ("aab", "*a*b*", true),
      ("[x]", "[x]", true), ("港/a", "港*", true),
    ] {
      #expect(text.fits(pattern) == fits, "\(text) \(pattern)")
    }
    // Time is proportional to the lengths' product at the most.
    let long = String(repeating: "a", count: 5000)
    #expect(!long.fits(String(repeating: "a*", count: 50) + "b"))
  }

  // MARK: Scripts

  @Test func theOtherScriptIsOfferedOnlyConverted() throws {
    _ = try store.save(
      [
        try unit("The harbour is large.", "港灣很大。", "zh-TW"),
        try unit("The dragon gate.", "龍門。", "zh"), try unit("The city gate.", "城门。", "zh"),
        try unit("A big tree.", "大木。", "zh-TW"),
      ], by: .first)
    func texts(_ text: String, _ language: LanguageTag?, converts: Bool) throws -> [String] {
      try search(text) {
        $0.language = language
        $0.convertsScript = converts
        $0.penalties = .usual
        $0.limit = 1
      }.map { "\(Int(($0.score * 100).rounded())) \($0.kind) \($0.source) \($0.isConverted)" }
    }
    for language in [LanguageTag.simplifiedChinese, nil] {
      #expect(try texts("港湾很大。", language, converts: false) == [])
      #expect(
        try texts("港湾很大。", language, converts: true) == ["95 fuzzy 港湾很大。 true"])
      #expect(try texts("龙门。", language, converts: false) == [])
      #expect(try texts("龙门。", language, converts: true) == ["95 fuzzy 龙门。 true"])
      #expect(try texts("城门。", language, converts: true) == ["100 exact 城门。 false"])
    }
    #expect(
      try texts("龍門。", .traditionalChinese, converts: false) == ["100 exact 龍門。 false"])
    #expect(
      try texts("城門。", .traditionalChinese, converts: true) == ["95 fuzzy 城門。 true"])
    // The characters are common to both, and the tag says Traditional.
    #expect(try texts("大木。", .simplifiedChinese, converts: false) == [])
    #expect(try texts("大木。", .traditionalChinese, converts: false).count == 1)
    // The translation's side.
    func translations(_ wanted: LanguageTag?, chinese: LanguageTag?, converts: Bool) throws
      -> [String]
    {
      try search("The harbour is large.") {
        $0.targetLanguage = wanted
        $0.chinese = chinese
        $0.convertsScript = converts
      }.map { "\($0.target) \($0.kind)" }
    }
    #expect(try translations(nil, chinese: nil, converts: false) == ["港灣很大。 exact"])
    #expect(try translations(.simplifiedChinese, chinese: nil, converts: false) == [])
    #expect(try translations(nil, chinese: .simplifiedChinese, converts: false) == [])
    #expect(
      try translations(nil, chinese: .simplifiedChinese, converts: true) == ["港湾很大。 fuzzy"])
    #expect(
      try translations(.traditionalChinese, chinese: .simplifiedChinese, converts: true)
        == ["港灣很大。 exact"])
    #expect(try translations(LanguageTag("fr"), chinese: nil, converts: true) == [])
  }

  // MARK: Numbers and words

  @Test func numbersAreSubstitutedAndSaidSo() throws {
    _ = try store.save(
      [
        try unit("The bridge opened in 2024.", "大桥于2024年开通。"),
        try unit("3 pumps and 3 valves", "3台泵和3个阀门"),
      ], by: .first)
    let found = try search("The bridge opened in 2026.") { $0.substitutesNumbers = true }
    #expect(
      found.map { $0.json() } == [
        #"{"score":0.99,"kind":"fuzzy","source":"The bridge opened in 2024.","target":"大桥于2026年开通。","id":1,"origin":null,"similarity":0.9615,"substitutions":[{"from":"2024","to":"2026"}]}"#
      ])
    let plain = try search("The bridge opened in 2026.")
    #expect(plain.map(\.target) == ["大桥于2024年开通。"])
    #expect(plain[0].score < 0.97)
    let other = try search("3 pumps and 5 valves") { $0.substitutesNumbers = true }
    #expect(other.map(\.hasOtherNumbers) == [true])
    #expect(other.map(\.target) == ["3台泵和3个阀门"])
    #expect(other[0].score == other[0].similarity)
    // What is nothing but digits by half is found too.
    _ = try store.save([try unit("Tel. 123456", "电话123456")], by: .first)
    _ = try store.save([try unit("Model year 2024/25", "2024/25年款")], by: .first)
    #expect(
      try search("Model year 2026/27") { $0.substitutesNumbers = true }.first?.target
        == "2026/27年款")
  }

  @Test func wordsRankAndBoundMatchesWhenAsked() throws {
    _ = try store.save(
      [
        try unit("Check the extraordinarily long hose", "检查很长的软管"),
        try unit("Check the short hose", "检查短软管"), try unit("Check the short house!", "看短屋"),
      ], by: .first)
    let found = try search("check the short hose") {
      $0.scoring = .words
      $0.minimum = 0.5
    }
    #expect(found.map { Int(($0.score * 100).rounded()) } == [100, 75, 60])
    #expect(found.map(\.kind) == [.exact, .fuzzy, .fuzzy])
    // The marks alone differ: alike by words, and not exact.
    let marked = try search("Check, the short hose!") { $0.scoring = .words }
    #expect(marked.first?.score == 0.99)
    #expect(marked.first?.kind == .fuzzy)
  }

  // MARK: Queries of all kinds

  @Test func strangeQueriesEndInTime() throws {
    _ = try store.save([try unit("Stop the pump. …", "停泵。")], by: .first)
    let long = String(repeating: "Stop the pump 12,345 times. 停泵。", count: 3000)
    _ = try store.save([try unit(long + "x", long + "停")], by: .first)
    for text in ["", "a", "停", "…！", "\u{0}", "\u{FFFD}", long] {
      let found = try search(text) {
        $0.substitutesNumbers = true
        $0.convertsScript = true
        $0.scoring = .words
        $0.penalties = .usual
      }
      if text == long { #expect(found.count == 1) }
      for match in found { _ = TextDifference.pieces(from: match.source, to: text) }
    }
    var query = ConcordanceQuery(text: "pump", limit: 0, skip: .max)
    #expect(try store.concordance(query).hits.isEmpty)
    query.limit = .max
    #expect(try store.concordance(query).hits.isEmpty)
    #expect(try store.concordance(long, limit: 1).count == 1)
    #expect(try search("Stop the pump. …") { $0.limit = 0 }.isEmpty)
    #expect(try search("Stop the pump. …") { $0.limit = .max }.count == 1)
  }
}
