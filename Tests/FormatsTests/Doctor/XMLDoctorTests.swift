import Bitext
import TestSupport
import Testing

@testable import Formats

/// XLIFF and TBX.
@Suite struct XMLDoctorTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  static func first(_ body: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
    <file original="a" source-language="en" target-language="zh-CN" datatype="plaintext"><body>
    \(body)
    </body></file></xliff>

    """
  }

  static func second(_ body: String) -> String {
    """
    <xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="zh-CN">
    <file id="f1">
    \(body)
    </file></xliff>

    """
  }

  static let firstBodies: [(marked: String, repaired: String)] = [
    (
      #"<trans-unit id="1"><source>a ⟦stray-ampersand⟧& b</source></trans-unit>"#,
      #"<trans-unit id="1"><source>a &amp; b</source></trans-unit>"#
    ),
    (
      #"<trans-unit id="1"><source>a</source></trans-unit>"#
        + #"<trans-unit id="⟦duplicate-id⟧1"><source>b</source></trans-unit>"#,
      #"<trans-unit id="1"><source>a</source></trans-unit>"#
        + #"<trans-unit id="1-2"><source>b</source></trans-unit>"#
    ),
    (
      #"<trans-unit id="1"><target>甲</target>⟦wrong-order⟧<source>a</source></trans-unit>"#,
      #"<trans-unit id="1"><source>a</source><target>甲</target></trans-unit>"#
    ),
    (
      #"⟦missing-attribute⟧<trans-unit><source>a</source>"#
        + #"<target state="⟦invalid-value⟧Translated">甲</target></trans-unit>"#,
      #"<trans-unit id="u1"><source>a</source><target state="translated">甲</target></trans-unit>"#
    ),
    (
      #"<trans-unit id="1">⟦unclosed-element⟧<source>a<target>甲</target></trans-unit>"#,
      #"<trans-unit id="1"><source>a</source><target>甲</target></trans-unit>"#
    ),
    (
      #"<group id="g"><trans-unit id="1"><source>a</source></trans-unit>⟦stray-end-tag⟧</note></group>"#,
      #"<group id="g"><trans-unit id="1"><source>a</source></trans-unit></group>"#
    ),
  ]

  @Test(arguments: firstBodies)
  func firstGenerationIsMended(marked: String, repaired: String) throws {
    let file = MarkedFile(Self.first(marked))
    let examination = try Examination(file.text.utf8, in: directory, name: "a.xlf")
    #expect(examination.findings.map(\.asExpected) == file.expected)
    #expect(examination.repairedText == Self.first(repaired))
    #expect(try examination.second() == [])
    try expectValid(examination.repairedPath, "xliff-core-1.2-transitional.xsd")
  }

  static let secondBodies: [(marked: String, repaired: String)] = [
    (
      #"<unit id="1"><segment><target>甲</target>⟦wrong-order⟧<source>a</source></segment></unit>"#,
      #"<unit id="1"><segment><source>a</source><target>甲</target></segment></unit>"#
    ),
    (
      #"<unit id="1"><segment state="⟦invalid-value⟧signed-off"><source>a</source></segment></unit>"#,
      #"<unit id="1"><segment><source>a</source></segment></unit>"#
    ),
    (
      #"<unit id="1"><segment><source xml:lang="⟦language-case⟧EN">a</source></segment></unit>"#,
      #"<unit id="1"><segment><source xml:lang="en">a</source></segment></unit>"#
    ),
    (
      #"<unit id="1">⟦missing-source⟧<segment><target>甲</target></segment></unit>"#,
      #"<unit id="1"><segment><source/><target>甲</target></segment></unit>"#
    ),
  ]

  @Test(arguments: secondBodies)
  func secondGenerationIsMended(marked: String, repaired: String) throws {
    let file = MarkedFile(Self.second(marked))
    let examination = try Examination(file.text.utf8, in: directory, name: "a.xlf")
    #expect(examination.findings.map(\.asExpected) == file.expected)
    #expect(examination.repairedText == Self.second(repaired))
    try expectValid(examination.repairedPath, "xliff_core_2.0.xsd")
  }

  private func expectValid(_ path: String, _ name: String) throws {
    guard let judge = Judge("xmllint"), let folder = TestData.path("schemas/xliff") else { return }
    // The schema of 2.0 looks for that of xml:space below itself.
    let below = "informativeCopiesOf3rdPartySchemas/w3c"
    try Files.makeDirectories(directory.path(below))
    for schema in [name, "xml.xsd"] {
      _ = try directory.file(schema, TestData.bytes(folder + "/" + schema))
    }
    _ = try directory.file(below + "/xml.xsd", TestData.bytes(folder + "/xml.xsd"))
    let schema = directory.path(name)
    #expect(try judge.complaint(["--nonet", "--noout", "--schema", schema, path]) == "")
  }

  @Test func tagsThatATargetLacksAreNamed() throws {
    let file = MarkedFile(
      Self.first(
        #"<trans-unit id="1"><source>a<x id="1"/></source>"#
          + #"⟦tag-mismatch⟧<target>甲</target></trans-unit>"#))
    let examination = try Examination(file.text.utf8, in: directory, name: "a.xlf")
    #expect(examination.findings.map(\.asExpected) == file.expected)
    #expect(examination.repairedText == file.text)
  }

  @Test func aFileThatBreaksOffKeepsItsWholeUnits() throws {
    let unit = #"<trans-unit id="1"><source>a</source></trans-unit>"#
    let whole = Self.first(unit + "<trans-unit id=\"2\"><source>lost")
    let cut = String(whole.prefix(upTo: whole.ranges(of: "\n</body>")[0].lowerBound))
    let examination = try Examination(cut.utf8, in: directory, name: "a.xlf")
    #expect(examination.findings.map(\.rule) == [.truncated, .truncated])
    #expect(examination.findings.first?.mending == "left out: “lost”")
    #expect(
      examination.repairedText
        == Self.first(unit).replacing("\n</body></file></xliff>", with: "</body></file></xliff>"))
  }

  // MARK: TBX

  static func tbx(_ body: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
    <tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
    <text><body>
    \(body)
    </body></text></tbx>

    """
  }

  static let entries: [(marked: String, repaired: String)] = [
    (
      #"<conceptEntry id="c1"><langSec xml:lang="⟦language-case⟧zh-cn"><termSec><term>甲</term>"#
        + #"⟦invalid-value⟧<termNote type="administrativeStatus">notRecommended</termNote>"#
        + "</termSec></langSec></conceptEntry>",
      #"<conceptEntry id="c1"><langSec xml:lang="zh-CN"><termSec><term>甲</term>"#
        + #"<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>"#
        + "</termSec></langSec></conceptEntry>"
    ),
    (
      #"<conceptEntry id="c1"><langSec xml:lang="en"><termSec>"#
        + #"<termNote type="partOfSpeech">noun</termNote>⟦wrong-order⟧<term>a</term>"#
        + "</termSec></langSec></conceptEntry>",
      #"<conceptEntry id="c1"><langSec xml:lang="en"><termSec>"#
        + #"<term>a</term><termNote type="partOfSpeech">noun</termNote>"#
        + "</termSec></langSec></conceptEntry>"
    ),
    (
      #"<conceptEntry id="c1"><langSec xml:lang="en"><termSec>⟦unclosed-element⟧<term>a</termSec>"#
        + #"</langSec></conceptEntry>"#,
      #"<conceptEntry id="c1"><langSec xml:lang="en"><termSec><term>a</term></termSec>"#
        + #"</langSec></conceptEntry>"#
    ),
  ]

  @Test(arguments: entries)
  func entriesAreMended(marked: String, repaired: String) throws {
    let file = MarkedFile(Self.tbx(marked))
    let examination = try Examination(file.text.utf8, in: directory, name: "a.tbx")
    #expect(examination.findings.map(\.asExpected) == file.expected)
    #expect(examination.repairedText == Self.tbx(repaired))
    #expect(try examination.second() == [])
    if let judge = Judge("jing"), let schema = TestData.path("schemas/tbx/TBXcoreStructV03.rng") {
      #expect(try judge.complaint([schema, examination.repairedPath]) == "")
    }
  }

  @Test(
    .enabled(if: TestData.path("samples/tbx") != nil, "no samples"),
    arguments: TestData.files(in: "samples/tbx", ending: "VALID.tbx"))
  func validSamplesAreWrittenAsTheyWere(path: String) throws {
    let bytes = TestData.bytes(path)
    let examination = try Examination(bytes, in: directory, name: "a.tbx")
    #expect(examination.findings == [])
    #expect(examination.repaired == bytes)
  }
}
