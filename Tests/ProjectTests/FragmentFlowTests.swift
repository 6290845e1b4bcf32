import Bitext
import Foundation
import Store
import Testing

@testable import Project

/// What covers a text piece by piece, on small memories.
@Suite struct FragmentFlowTests {
  private let stores: PairStores

  init() throws { stores = try PairStores() }

  private static let pairs = [
    ("The science city will open in May.", "科学城将于五月开放。"),
    ("The science city has a museum.", "科学城有一座博物馆。"),
    ("We visited the science city.", "我们参观了科学城。"),
    ("The new museum is near the river.", "新博物馆在河边。"),
    ("The new museum is closed.", "新博物馆关闭。"),
    ("Tickets for the new museum are cheap.", "新博物馆的门票便宜。"),
    ("He will travel at his own expense.", "他自费旅行。"),
  ]

  /// A store of those pairs, or of them the other way round.
  private func store(isReversed: Bool = false) throws -> ConcordStore {
    try stores.store(of: Self.pairs, isReversed: isReversed)
  }

  private static func text(_ text: String, _ range: Range<Int>) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  @Test(arguments: [false, true])
  func stretchesHaveTheTranslationThatUnitsAgreeOn(isReversed: Bool) throws {
    var flow = try FragmentFlow(store: try store(isReversed: isReversed))
    let english = "Everybody loves the science city and the new museum, they say."
    let found = try flow.fragments(of: english)
    #expect(found.map(\.text) == ["science city", "new museum"])
    #expect(found.map { Self.text(english, $0.range) } == found.map(\.text))
    #expect(found.map(\.translations) == [["科学城"], ["新博物馆"]])
    #expect(found.map { $0.agreement?.asked } == [3, 3])
    #expect(found.allSatisfy { $0.kind == .fragment && $0.concept == nil && $0.status == nil })
    for fragment in found {
      let example = try #require(fragment.example)
      #expect(example.isReversed == isReversed)
      let (own, other) =
        isReversed
        ? (example.unit.target, example.unit.source) : (example.unit.source, example.unit.target)
      #expect(Self.text(own, example.range).lowercased() == fragment.text)
      #expect(Self.text(other, try #require(example.translation)) == fragment.translations.first)
    }
    let chinese = "大家都喜欢新博物馆。"
    let other = try flow.fragments(of: chinese)
    #expect(other.map(\.text) == ["新博物馆"])
    #expect(other.first?.translations == ["new museum"])
  }

  @Test func unitsThatDisagreeAreShownInsteadOfAGuess() throws {
    let store = try store()
    func unit(_ source: String, _ target: String) -> TranslationUnit {
      TranslationUnit(
        sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: source,
        target: target, origin: "more")
    }
    let change = Change(date: "2026-01-01T00:00:00Z", author: "li")
    _ = try store.save(
      [
        unit("Quarx flimp today", "今天下雨"), unit("Quarx flimp tomorrow", "明日有会议"),
        unit("A quarx flimp again", "又是这样的安排"),
      ], by: change)
    var flow = try FragmentFlow(store: store)
    let found = try flow.fragments(of: "Never a bad quarx flimp here", language: .english)
    #expect(found.map(\.text) == ["quarx flimp"])
    #expect(found.first?.translations == [])
    #expect(found.first?.agreement == nil)
    let example = try #require(found.first?.example)
    #expect(Self.text(example.unit.source, example.range).lowercased() == "quarx flimp")
    #expect(example.translation == nil)
  }

  @Test func termsComeFirstAndCoverTheText() throws {
    var termbase = Termbase()
    termbase.concepts = [
      Concept(
        id: "c1",
        terms: [
          Term("science city", language: .english),
          Term("科技城", language: .simplifiedChinese, status: .admitted),
          Term("科学城", language: .simplifiedChinese),
          Term("科学市", language: .simplifiedChinese, status: .forbidden),
        ])
    ]
    var flow = try FragmentFlow(store: try store(), options: FragmentOptions(termbase: termbase))
    let text = "Everybody loves the science city."
    let found = try flow.fragments(of: text)
    #expect(found.map(\.kind) == [.term])
    #expect(found.map(\.text) == ["science city"])
    #expect(found.first?.translations == ["科学城", "科技城"])
    #expect(found.first?.status == .preferred)
    #expect(found.first?.concept == "c1")
    #expect(found.first?.example == nil)
    #expect(
      found.first?.json()
        == #"{"kind":"term","start":20,"end":32,"text":"science city","#
        + #""translations":["科学城","科技城"],"status":"preferred","concept":"c1","#
        + #""agreement":null,"example":null}"#)
    // A term without a translation covers nothing: the memory may know more.
    let options = FragmentOptions(termbase: termbase, target: LanguageTag("fr"))
    var other = try FragmentFlow(store: try store(), options: options)
    #expect(try other.fragments(of: text).map(\.kind) == [.term])
    #expect(try other.fragments(of: text).first?.translations == [])
  }

  @Test func functionWordsAndSingleWordsAreNoFragments() throws {
    var flow = try FragmentFlow(store: try store())
    #expect(try flow.fragments(of: "Will it be in May or at his place?") == [])
    #expect(try flow.fragments(of: "Of the museum") == [])
    // "city" stands in the memory, but not "sciences": no part of a word counts.
    #expect(try flow.fragments(of: "conscience city") == [])
  }

  @Test func aWholeUnitIsTranslatedByItsOtherSide() throws {
    var flow = try FragmentFlow(store: try store())
    let found = try flow.fragments(of: "He will travel at his own expense, said Li.")
    #expect(found.map(\.text) == ["He will travel at his own expense"])
    #expect(found.map(\.translations) == [["他自费旅行"]])
    #expect(found.first?.agreement == Fragment.Agreement(units: 1, asked: 1))
  }

  @Test func whatOneUnitAloneHasIsMarkedAndNotClaimed() throws {
    var flow = try FragmentFlow(store: try store())
    let found = try flow.fragments(of: "Near the river they swim.")
    #expect(found.map(\.text) == ["Near the river"])
    #expect(found.map(\.translations) == [[]])
    let example = try #require(found.first?.example)
    #expect(Self.text(example.unit.source, example.range) == "near the river")
    #expect(Self.text(example.unit.target, try #require(example.translation)).contains("河"))
  }

  @Test(arguments: ["", " ", "。", "?!", "\u{0}"])
  func textsWithoutWordsHaveNoFragments(text: String) throws {
    var flow = try FragmentFlow(store: try store())
    #expect(try flow.fragments(of: text, language: .english) == [])
  }

  @Test func textsThatAreTooLongAreTrouble() throws {
    var flow = try FragmentFlow(store: try store())
    let text = String(repeating: "the science city ", count: 6000)
    let trouble = #expect(throws: Trouble.self) { _ = try flow.fragments(of: text) }
    #expect(trouble?.message.contains("18000 words") == true)
  }
}
