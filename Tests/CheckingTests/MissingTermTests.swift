import Bitext
import Segmentation
import Testing

@testable import Checking

@Suite struct MissingTermTests {
  private let park = glossary("Guangyang Isle; ~Guangyang Island | 广阳岛")

  @Test func sourceTermWithoutItsRenderingIsReportedOnBothSides() throws {
    let source = MarkedText("如今，⟦1⟧广阳岛⟦2⟧上有鸟类310种。")
    let target = MarkedText("⟦1⟧The river sanctuary has 310 kinds of birds.⟦2⟧")
    let diagnostic = try #require(check(source, target, park).only)
    #expect(diagnostic.rule == "missing-term")
    #expect(diagnostic.severity == .error)
    #expect(diagnostic.location == Location(file: "en", range: target[1, 2]))
    #expect(diagnostic.source?.location == Location(file: "zh", range: source[1, 2]))
    #expect(diagnostic.term == "广阳岛")
    #expect(diagnostic.found == nil)
    #expect(diagnostic.expected == ["Guangyang Isle"])
    #expect(diagnostic.message == "“广阳岛” is not rendered here: expected “Guangyang Isle”")
  }

  @Test func anyAcceptedRenderingInAnyInflectionIsEnough() {
    let terms = glossary("Railway Express; freight train | 班列")
    #expect(check("班列开行", "Freight trains left", terms).isEmpty)
    #expect(check("班列开行", "the railway express left", terms).map(\.rule) == ["term-style"])
    #expect(check("班列开行", "Trucks left", terms).map(\.rule) == ["missing-term"])
  }

  @Test func conceptIsReportedOnceABead() {
    #expect(check("广阳岛和广阳岛", "The isle.", park).count == 1)
  }

  @Test func forbiddenRenderingIsOneFindingAlone() {
    #expect(check("广阳岛", "Guangyang Island", park).map(\.rule) == ["forbidden-term"])
  }

  @Test func sourceTermInsideALongerOneIsNotLookedForByItself() {
    let terms = glossary("Science City | 科学城", "Western (Chongqing) Science City | 西部（重庆）科学城")
    #expect(check("西部（重庆）科学城", "the Western (Chongqing) Science City", terms).isEmpty)
    #expect(check("西部（重庆）科学城", "the Science City", terms).map(\.term) == ["西部（重庆）科学城"])
    // A rendering inside a longer term is there all the same.
    #expect(check("科学城", "the Western (Chongqing) Science City", terms).isEmpty)
  }

  @Test func segmentWithoutCounterpartIsNotChecked() {
    #expect(check("广阳岛", "", park, beads: [Bead(source: 0..<1, target: 0..<0, score: 1)]).isEmpty)
  }

  @Test func definitionWithoutATranslationIsNeverChecked() {
    let terms = Termbase(concepts: [
      Concept(id: "1", terms: [Term("广阳岛", language: .simplifiedChinese)])
    ])
    #expect(check("广阳岛", "The isle", terms).isEmpty)
  }

  @Test func ofHomonymsOneRenderingIsEnough() {
    let terms = glossary("director | 主任", "head | 主任")
    #expect(check("主任", "the head", terms).isEmpty)
    #expect(check("主任", "the boss", terms).count == 1)
  }

  @Test func renderingMovedToTheNextBeadIsNoAlarm() {
    let beads = [
      Bead(source: 0..<1, target: 0..<1, score: 1), Bead(source: 1..<2, target: 1..<2, score: 1),
    ]
    #expect(
      check("广阳岛很美。|大家都来。", "It is fair.|All come to Guangyang Isle.", park, beads: beads).isEmpty)
    // The next bead needs its rendering itself.
    #expect(
      check("广阳岛很美。|大家来广阳岛。", "It is fair.|All come to Guangyang Isle.", park, beads: beads)
        .map(\.rule) == ["missing-term"])
  }

  @Test func doubtfulBeadOnlyWarns() {
    let beads = [Bead(source: 0..<1, target: 0..<1, score: 0.3)]
    #expect(check("广阳岛", "The isle", park, beads: beads).map(\.severity) == [.warning])
  }

  @Test func otherDirectionIsCheckedWhenNobodySaysWhichIsTheSource() {
    let (source, target) = ("岛上有鸟。", "Guangyang Isle has birds.")
    #expect(check(source, target, park).isEmpty)
    let both = check(source, target, park, direction: .both)
    #expect(both.map(\.term) == ["Guangyang Isle"])
    #expect(both.first?.location.file == "zh")
    #expect(both.first?.expected == ["广阳岛"])
  }

  @Test func findingsComeInTheOrderOfTheFiles() {
    let found = check(
      "广阳岛，果园港", "Gold, the isle",
      glossary("Guangyang Isle | 广阳岛", "Guoyuan Port | 果园港", "silver; !gold | 银"))
    #expect(Set(found.map(\.rule)) == ["missing-term", "forbidden-term"])
    #expect(found.count == 3)
    #expect(found == found.sorted(by: Checker.inOrder))
  }

  private func check(
    _ source: String, _ target: String, _ terms: Termbase, beads: [Bead]? = nil,
    direction: CheckDirection = .forward
  ) -> [Diagnostic] {
    check(MarkedText(source), MarkedText(target), terms, beads: beads, direction: direction)
  }

  private func check(
    _ source: MarkedText, _ target: MarkedText, _ terms: Termbase, beads: [Bead]? = nil,
    direction: CheckDirection = .forward
  ) -> [Diagnostic] {
    let pair = ParallelText(
      source: source.document("zh", .simplifiedChinese), target: target.document("en", .english),
      beads: beads ?? [Bead(source: 0..<1, target: 0..<1, score: 1)])
    return Checker(termbase: terms, languages: [.english, .simplifiedChinese])
      .check(pair, direction: direction)
  }
}
