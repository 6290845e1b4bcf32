import Testing

@testable import Bitext

@Suite struct KeptDetailsTests {
  private let details = UnitDetails(
    file: "a.tmx", number: 3, declaredSource: "en",
    unit: .init(
      attributes: [.init("tuid", "7")],
      remarks: [.init(isProperty: true, attributes: [.init("type", "x-domain")], text: "rail")]),
    source: .init(element: .init(), place: 0, markup: "a <x/> b"),
    target: .init(element: .init(), place: 1))

  private func stored(_ details: UnitDetails) -> [UInt8] {
    var writer = BinaryWriter()
    writer.write(details)
    return writer.bytes
  }

  private func kept(_ bytes: [UInt8]) -> KeptDetails {
    bytes.withUnsafeBufferPointer { KeptDetails(stored: $0) }
  }

  @Test func storedDetailsAreTheSameAsReadOnes() {
    let stored = kept(stored(details))
    #expect(stored.details == details)
    #expect(stored == KeptDetails(details))
    #expect(stored.hashValue == KeptDetails(details).hashValue)
    var other = details
    other.number = 4
    #expect(stored != KeptDetails(other))
    #expect(stored != KeptDetails(nil))
    #expect(KeptDetails(nil).details == nil)
  }

  @Test func damagedBytesAreNoDetails() {
    let bytes = stored(details)
    #expect(kept(Array(bytes.prefix(bytes.count / 2))).details == nil)
    #expect(kept([]).details == nil)
  }

  @Test func aUnitReadsAndTakesDetails() {
    var unit = TranslationUnit(
      sourceLanguage: .english, targetLanguage: .chinese, source: "a", target: "甲")
    #expect(unit.details == nil)
    unit.kept = kept(stored(details))
    unit.details?.source.markup = nil
    #expect(unit.details?.source.markup == nil)
    #expect(unit.details?.unit["tuid"] == "7")
    unit.details = nil
    #expect(unit.details == nil)
  }

  @Test func tagsAreReadFromBytesAsFromText() {
    var tags = LanguageTagCache()
    for text in [
      "en", "zh-Hans", "zh_CN", "no tag", "", "en", "fr", "de", "it", "es", "en", "no tag",
    ] {
      let tag = Array(text.utf8).withUnsafeBufferPointer { tags($0) }
      #expect(tag?.description == LanguageTag(text)?.description)
    }
  }
}
