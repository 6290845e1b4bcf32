import Testing

@testable import Bitext

/// What properties mean under the names that tools gave them.
@Suite struct UnitDetailsTests {
  private func details(
    _ properties: [(type: String, text: String)], name: String? = nil
  ) -> UnitDetails {
    var details = UnitDetails(file: "a.tmx", number: 0, properties: properties)
    if let name { details.unit.attributes = [UnitDetails.Attribute("tuid", name)] }
    return details
  }

  static let meanings: [(type: String, isName: Bool, isStatus: Bool, isDomain: Bool)] = [
    ("x-context", true, false, false), ("x-IdContext", true, false, false),
    ("x-segment-id", true, false, false), ("smartling_string_variant", true, false, false),
    ("id", true, false, false),
    // Trados keeps hashes of the neighbours there.
    ("x-Context", false, false, false), ("x-ContextContent", false, false, false),
    ("x-ConfirmationLevel", false, true, false), ("Att::Status", false, true, false),
    ("x-Status:MultiplePicklist", false, true, false), ("x-MateCAT-status", false, true, false),
    ("x-status", false, true, false), ("x-state-qualifier", false, true, false),
    ("x-substate", false, true, false), ("x-StatusOf:SingleString", false, false, false),
    ("Domain", false, false, true), ("x-domain", false, false, true),
    ("x-Domain:SinglePicklist", false, false, true), ("Txt::Domain", false, false, true),
    ("subject", false, false, true), ("X-Subject:MultipleString", false, false, true),
    ("x-domain:other", false, false, false), ("domains", false, false, false),
    ("", false, false, false), (":", false, false, false), ("x-", false, false, false),
  ]

  @Test(arguments: meanings.indices)
  func typesMeanWhatToolsMean(index: Int) {
    let (type, isName, isStatus, isDomain) = Self.meanings[index]
    let found = details([(type, "值 A")])
    #expect(found.contextIDs == (isName ? ["值 A"] : []), "\(type)")
    #expect(found.statuses == (isStatus ? ["值 A"] : []), "\(type)")
    #expect(found.domains == (isDomain ? ["值 A"] : []), "\(type)")
  }

  @Test func eachIsToldOnceAndBlanksAreNone() {
    let found = details(
      [
        ("domain", " "), ("subject", "Law"), ("x-domain", "\tLaw\n"), ("Domain", "港口"),
        ("x-context", "menu"),
      ], name: "menu")
    #expect(found.domains == ["Law", "港口"])
    #expect(found.contextIDs == ["menu"])
    var other = found
    other.source.element.remarks = [
      UnitDetails.Remark(
        isProperty: true, attributes: [UnitDetails.Attribute("type", "domain")], text: "Sea"),
      UnitDetails.Remark(isProperty: false, attributes: [], text: "domain"),
    ]
    #expect(other.domains == ["Law", "港口", "Sea"])
  }

  @Test func propertiesAloneAreNotWhatTMXSays() {
    let plain = details([("x-state", "final")])
    #expect(plain.arePropertiesAlone)
    #expect(plain.properties.map(\.type) == ["x-state"])
    var unit = plain
    unit.source.element.attributes = [UnitDetails.Attribute("xml:lang", "en")]
    #expect(!unit.arePropertiesAlone)
    unit = plain
    unit.declaredSource = "en"
    #expect(!unit.arePropertiesAlone)
    // A change of the unit leaves it what it is.
    unit = plain
    unit.unit.attributes = [UnitDetails.Attribute("changedate", "20260101T000000Z")]
    #expect(unit.arePropertiesAlone)
  }
}
