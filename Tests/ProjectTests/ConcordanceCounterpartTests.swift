import Bitext
import Foundation
import Store
import Testing

@testable import Project

/// Where translations stand, on small memories.
@Suite struct ConcordanceCounterpartTests {
  private let stores: PairStores

  init() throws { stores = try PairStores() }

  private static let pairs = [
    ("The Golden Phoenix programme opens in May.", "金凤凰计划五月开始。"),
    ("Golden Phoenix talent", "金凤凰人才"),
    ("We met two Golden Phoenixes of the golden phoenix club.", "我们在金凤凰俱乐部见到了两位金凤凰。"),
    ("The plan of the city brings talent.", "该市的计划引来人才。"),
    ("The Gold Bird award was given yesterday.", "昨天颁发了金凤凰奖。"),
    ("The science city has a museum.", "科学城有一座博物馆。"),
    ("We visited the science city.", "我们参观了科学城。"),
    ("Everyone likes the science city!", "大家都喜欢科学城！"),
    ("Weather is fine today.", "科学城外面下雨了没人出来。"),
  ]

  /// A store of those pairs, or of them the other way round.
  private func store(isReversed: Bool = false) throws -> ConcordStore {
    try stores.store(of: Self.pairs, isReversed: isReversed)
  }

  private static let phoenix = Concept(
    id: "c1",
    terms: [
      Term("Golden Phoenix", language: .english), Term("金凤凰", language: .simplifiedChinese),
      Term("Gold Bird", language: .english, status: .forbidden),
    ])

  /// Both sides of each line, marked.
  private func marked(_ lines: [ConcordanceLine]) -> [String] {
    func marked(_ text: String, _ ranges: [Range<Int>]) -> String {
      var bytes = Array(text.utf8)
      for range in ranges.sorted(by: { $0.lowerBound > $1.lowerBound }) {
        bytes.insert(UInt8(ascii: "]"), at: range.upperBound)
        bytes.insert(UInt8(ascii: "["), at: range.lowerBound)
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    return lines.map {
      marked($0.own, [$0.hit.range]) + " = " + marked($0.other, $0.counterparts ?? [])
    }
  }

  @Test(arguments: [false, true])
  func aTermIsMarkedByTheTermbase(isReversed: Bool) throws {
    var flow = try ConcordanceFlow(
      store: try store(isReversed: isReversed), termbase: Termbase(concepts: [Self.phoenix]))
    let chinese = try flow.page(ConcordanceRequest(.text("金凤凰"))).lines
    #expect(
      Set(marked(chinese)) == [
        "[金凤凰]人才 = [Golden Phoenix] talent",
        "[金凤凰]计划五月开始。 = The [Golden Phoenix] programme opens in May.",
        "昨天颁发了[金凤凰]奖。 = The [Gold Bird] award was given yesterday.",
        "我们在[金凤凰]俱乐部见到了两位金凤凰。"
          + " = We met two [Golden Phoenixes] of the [golden phoenix] club.",
        "我们在金凤凰俱乐部见到了两位[金凤凰]。"
          + " = We met two [Golden Phoenixes] of the [golden phoenix] club.",
      ])
    let english = try flow.page(ConcordanceRequest(.text("golden  phoenix"))).lines
    #expect(marked(english).contains("[Golden Phoenix] talent = [金凤凰]人才"))
  }

  @Test(arguments: [false, true])
  func otherTextsAreMarkedByLinksAndOnlyWhereTheseAreSure(isReversed: Bool) throws {
    var flow = try ConcordanceFlow(store: try store(isReversed: isReversed))
    let lines = try flow.page(ConcordanceRequest(.text("科学城"))).lines
    #expect(
      Set(marked(lines)) == [
        "[科学城]有一座博物馆。 = The [science city] has a museum.",
        "我们参观了[科学城]。 = We visited the [science city].",
        "大家都喜欢[科学城]！ = Everyone likes the [science city]!",
        "[科学城]外面下雨了没人出来。 = Weather is fine today.",
      ])
    // Half a word is translated by what translates the word.
    let part = try flow.page(ConcordanceRequest(.text("cience city"))).lines
    #expect(part.count == 3)
    #expect(part.allSatisfy { $0.counterparts?.count == 1 })
  }

  /// What remains when all else is linked is no translation, where so little teaches.
  @Test func fewUnitsClaimOnlyWhatIsKnownOrAgreedOn() throws {
    let pairs = [
      ("Beijing likes rain", "科学城喜欢雨"), ("We like rain", "我们喜欢雨"),
      ("The science city is large", "科学城很大"), ("Zorbal opens", "科学城开放"),
      ("Rain falls", "下雨了"), ("We open", "我们开放"), ("Flimp", "科学城"),
    ]
    var flow = try ConcordanceFlow(store: try stores.store(of: pairs))
    let lines = try flow.page(ConcordanceRequest(.text("科学城"))).lines
    let marked = marked(lines)
    #expect(marked.contains("[科学城]喜欢雨 = Beijing likes rain"), "\(marked)")
    #expect(marked.contains("[科学城]开放 = Zorbal opens"), "\(marked)")
    #expect(marked.contains("[科学城]很大 = The [science city] is large"), "\(marked)")
    #expect(marked.contains("[科学城] = [Flimp]"), "\(marked)")
  }

  @Test func aUnitTooLongForLinksIsNotMarkedAtItsFirstPlace() throws {
    let count = 60
    let long = (
      String(repeating: "The science city grows. ", count: count),
      String(repeating: "科学城在发展。", count: count)
    )
    var flow = try ConcordanceFlow(store: try stores.store(of: Self.pairs + [long]))
    let lines = try flow.page(ConcordanceRequest(.text("science city"))).lines
    let inLong = lines.filter { $0.own == long.0 }
    #expect(inLong.count == count)
    let places = inLong.compactMap { $0.counterparts?.first }
    #expect(places.count == Set(places).count, "a place stands for one occurrence")
  }

  @Test func aPageKnowsWhatItsNeighboursTeach() throws {
    var flow = try ConcordanceFlow(store: try store())
    var request = ConcordanceRequest(.text("science city"))
    let all = try flow.page(request).lines
    request.limit = 1
    for skip in all.indices {
      request.skip = skip
      #expect(try flow.page(request).lines.first == all[skip])
    }
  }

  @Test func renderingsAreCountedByUnits() throws {
    var flow = try ConcordanceFlow(
      store: try store(), termbase: Termbase(concepts: [Self.phoenix]))
    for subject in [ConcordanceRequest.Subject.text("金凤凰"), .concept(Self.phoenix)] {
      let found = try flow.renderings(ConcordanceRequest(subject))
      let english = found.renderings.filter { $0.language == .english }
      #expect(
        english.map { "\($0.units) \($0.text ?? "-") \($0.status?.rawValue ?? "-")" } == [
          "2 Golden Phoenix preferred", "1 Gold Bird forbidden", "1 Golden Phoenixes preferred",
          "1 golden phoenix preferred",
        ])
      #expect(found.isComplete)
    }
    let linked = try flow.renderings(ConcordanceRequest(.text("科学城")))
    #expect(linked.renderings.map(\.text) == ["science city", nil])
    #expect(linked.renderings.map(\.units) == [3, 1])
    #expect(linked.renderings.map(\.example.other).last == "Weather is fine today.")
    #expect(try flow.renderings(ConcordanceRequest(.text("zzz"))).renderings.isEmpty)
  }

  @Test func whereTheTranslationDiffersTheConceptSaysSo() throws {
    var flow = try ConcordanceFlow(
      store: try store(), termbase: Termbase(concepts: [Self.phoenix]))
    var request = ConcordanceRequest(.concept(Self.phoenix))
    request.isInconsistentOnly = true
    let lines = try flow.page(request).lines
    // A forbidden term is none that should stand there, and what stands there is marked.
    #expect(marked(lines) == ["昨天颁发了[金凤凰]奖。 = The [Gold Bird] award was given yesterday."])
    #expect(lines.first?.term?.text == "金凤凰")
    #expect(
      lines.first?.json()
        == #"{"id":5,"side":"target","start":15,"end":24,"#
        + #""source":"The Gold Bird award was given yesterday.","target":"昨天颁发了金凤凰奖。","#
        + #""origin":"pairs","counterparts":[{"start":4,"end":13}],"term":"金凤凰","#
        + #""status":"preferred","consistent":false}"#)
  }
}
