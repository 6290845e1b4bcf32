import Bitext
import Testing

@Suite struct PositionMapTests {
  @Test func aMapWithoutRunsLeadsEverywhereToItself() {
    let map = PositionMap()
    #expect(map.source(at: 7) == 7)
    #expect(map.source(3..<3) == 3..<3)
    #expect(map.text(at: 7) == 7)
  }

  @Test func textThatStandsInTheFileIsOnlyMoved() {
    // A byte order mark of three bytes before the text.
    let map = PositionMap(verbatim: 10, at: 3)
    #expect(map.source(at: 0) == 3)
    #expect(map.source(2..<10) == 5..<13)
    #expect(map.source(at: 10) == 13, "the end of the text is the end of the file")
    #expect(map.text(at: 5) == 2)
    #expect(map.text(at: 1) == 0, "the mark belongs to the first character")
    #expect(map.text(at: 13) == 10)
  }

  @Test func aResolvedEntityCameFromAllItsBytes() {
    // a&amp;b, read as a&b
    var map = PositionMap()
    map.append(text: 0, source: 0, count: 1)
    map.append(text: 1, source: 1, count: 1, textUnit: 1, sourceUnit: 5)
    map.append(text: 2, source: 6, count: 1)
    #expect(map.source(1..<2) == 1..<6)
    #expect(map.source(0..<2) == 0..<6)
    #expect(map.source(2..<3) == 6..<7)
    #expect((1..<6).map { map.text(at: $0) } == [1, 1, 1, 1, 1])
    #expect(map.text(at: 6) == 2)
  }

  @Test func aRunOfUnitsKeepsCharactersWhole() {
    // 重庆 of UTF-16 after its mark: three bytes of text from two of the file.
    var map = PositionMap()
    map.append(text: 0, source: 2, count: 2, textUnit: 3, sourceUnit: 2)
    #expect((0..<7).map { map.source(at: $0) } == [2, 2, 2, 4, 4, 4, 6])
    #expect(map.source(3..<6) == 4..<6)
    #expect(map.source(0..<4) == 2..<6, "part of a character stands for all of it")
    #expect((2..<7).map { map.text(at: $0) } == [0, 0, 3, 3, 6])
  }

  @Test func markupAfterARangeIsLeftOut() {
    // <b>ab</b>cd
    var map = PositionMap()
    map.append(text: 0, source: 3, count: 2)
    map.append(text: 2, source: 9, count: 2)
    #expect(map.source(0..<2) == 3..<5, "not up to the c, where the next run starts")
    #expect(map.source(2..<4) == 9..<11)
    #expect(map.source(0..<4) == 3..<11)
    #expect(map.source(2..<2) == 9..<9)
    #expect(map.text(at: 6) == 2, "a place in the markup is the end of the text before it")
  }

  @Test func textThatTheReaderPutInLiesBehindWhatStoodBefore() {
    // Two table cells, and the line feed that the reader puts between them: |a|b|
    var map = PositionMap()
    map.append(text: 0, source: 1, count: 1)
    map.append(text: 2, source: 3, count: 1)
    #expect(map.source(at: 1) == 2)
    #expect(map.source(1..<2) == 2..<2)
    #expect(map.source(0..<2) == 1..<2)
    #expect(map.source(1..<3) == 2..<4)
  }

  @Test func runsThatContinueEachOtherAreOne() {
    var map = PositionMap(verbatim: 4, at: 2)
    map.append(text: 4, source: 6, count: 3)
    map.append(text: 7, source: 9, count: 0)
    map.append(text: 7, source: 9, count: 1, textUnit: 1, sourceUnit: 2)
    map.append(text: 8, source: 11, count: 1, textUnit: 1, sourceUnit: 2)
    #expect(map.source(6..<9) == 8..<13)
    #expect(map.source(at: 8) == 11)
  }

  @Test func anotherMapIsAppendedWhereItsTextStarts() {
    var map = PositionMap(verbatim: 2)
    map.append(contentsOf: PositionMap(verbatim: 3, at: 10), at: 5)
    #expect(map.source(5..<8) == 10..<13)
    #expect(map.source(at: 1) == 1)
  }

  @Test func compositionLeadsThroughTheMiddleToTheFile() {
    // The file is UTF-16 with its mark; the middle text is <i>重</i>&amp;; the text is 重&.
    var outer = PositionMap()
    outer.append(text: 0, source: 2, count: 3, textUnit: 1, sourceUnit: 2)
    outer.append(text: 3, source: 8, count: 1, textUnit: 3, sourceUnit: 2)
    outer.append(text: 6, source: 10, count: 9, textUnit: 1, sourceUnit: 2)
    var inner = PositionMap()
    inner.append(text: 0, source: 3, count: 3)
    inner.append(text: 3, source: 10, count: 1, textUnit: 1, sourceUnit: 5)

    let map = inner.composed(with: outer)
    #expect(map.source(0..<3) == 8..<10)
    #expect(map.source(3..<4) == 18..<28)
    #expect(map.source(0..<4) == 8..<28)
    #expect(map.text(at: 9) == 0)
    #expect(map.text(at: 20) == 3)
  }

  @Test func compositionWithTheIdentityChangesNothing() {
    let map = PositionMap(verbatim: 4, at: 9)
    #expect(map.composed(with: PositionMap()).source(1..<3) == 10..<12)
    #expect(PositionMap().composed(with: map).source(1..<3) == 10..<12)
  }
}
