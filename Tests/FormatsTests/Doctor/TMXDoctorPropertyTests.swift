import Bitext
import TestSupport
import Testing

@testable import Formats

/// Random memories with one fault of a known kind at a known place.
@Suite struct TMXDoctorPropertyTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// A unit in pieces, so that a fault can be put between them.
  private struct Unit {
    var pieces: [String]
    /// Where text stands that a fault may be put into.
    var textPiece: Int

    init(_ generator: inout SeededGenerator, number: Int) {
      let texts = ["Star ", "星 ", "a&amp;b ", "🙂 ", "&#x4E00; ", "x ", "\r\n", "重庆 "]
      let english = generator.text(of: texts, upTo: 6)
      let chinese = generator.text(of: texts, upTo: 6)
      let inline = generator.pick([
        "", #"<ph x="1">&lt;br/&gt;</ph>"#, #"<bpt i="1" x="1">{</bpt>y<ept i="1">}</ept>"#,
        #"<hi x="1">z</hi>"#,
      ])
      let note = generator.once(in: 3) ? "<note>n \(number)</note>\n" : ""
      pieces = [
        #"<tu tuid="\#(number)">"#, note, #"<tuv xml:lang="en">"#, "<seg>", english, "w", inline,
        "</seg>", "</tuv>", #"<tuv xml:lang="zh-CN">"#, "<seg>", chinese, "w", inline, "</seg>",
        "</tuv>", "</tu>\n",
      ]
      textPiece = 5
    }
  }

  /// A fault: what it puts in which place of a unit, and what the doctor calls it.
  private static let damages:
    [(
      rule: ExchangeRule, piece: Int, damage: @Sendable (String) -> [UInt8], finding: Int,
      keepsText: Bool
    )] = [
      (.illegalCharacter, 5, { _ in [1] }, 0, false),
      (.strayAmpersand, 5, { _ in Array("& ".utf8) }, 0, false),
      (.strayBracket, 5, { _ in Array("< ".utf8) }, 0, false),
      (.invalidByte, 5, { _ in [0xFF] }, 0, false),
      (.invalidByte, 5, { _ in [0xE6, 0x98] }, 0, false),
      (.undefinedEntity, 5, { _ in Array("&nix;".utf8) }, 0, false),
      (.unclosedElement, 7, { _ in [] }, 3, true),
      (.unclosedElement, 8, { _ in [] }, 2, true),
      (.strayEndTag, 8, { Array(("</hi>" + $0).utf8) }, 8, true),
      (.unknownElement, 5, { _ in Array("<i>".utf8) }, 5, false),
      (.legacyLang, 2, { _ in Array(#"<tuv lang="en">"#.utf8) }, 2, true),
      (.languageCase, 9, { _ in Array(#"<tuv xml:lang="zh-cn">"#.utf8) }, 9, true),
      (.brokenTag, 2, { _ in Array(#"<tuv xml:lang=en>"#.utf8) }, 2, true),
      (.brokenTag, 2, { _ in Array(#"<tuv xml:lang="en>"#.utf8) }, 2, true),
      (.duplicateAttribute, 2, { _ in Array(#"<tuv xml:lang="en" xml:lang="de">"#.utf8) }, 2, true),
      (.unpairedTag, 6, { Array(($0 + #"<bpt i="7"/>"#).utf8) }, 6, true),
      (.nameCase, 3, { _ in Array("<SEG>".utf8) }, 3, true),
      (.severalSegments, 7, { Array(($0 + "<seg>more</seg>").utf8) }, 7, false),
      (.wrongOrder, 15, { Array(($0 + "<note>late</note>").utf8) }, 15, true),
    ]

  @Test(arguments: 0..<190)
  func faultsAreFoundAndTheOtherUnitsKept(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let units = (0..<4 + generator.below(5)).map { Unit(&generator, number: $0) }
    let clean = wholeTMX(units.map { $0.pieces.joined() }.joined())
    let before = try TMXContent(try directory.file("clean.tmx", clean)).summaries
    #expect(before.count == units.count)

    let damage = Self.damages[seed % Self.damages.count]
    let chosen = generator.below(units.count)
    var bytes: [UInt8] = []
    var place = 0..<0
    for (number, unit) in units.enumerated() {
      for (index, piece) in unit.pieces.enumerated() {
        let start = bytes.count
        if number == chosen, index == damage.piece {
          bytes += damage.damage(piece)
        } else {
          bytes += piece.utf8
        }
        if number == chosen, index == damage.finding || index == damage.piece {
          place = place.isEmpty ? start..<bytes.count : place.lowerBound..<bytes.count
        }
      }
    }
    let frame = wholeTMX("⟦").split(separator: "⟦")
    let file = Array(frame[0].utf8) + bytes + Array(frame[1].utf8)
    place = place.lowerBound + frame[0].utf8.count..<place.upperBound + frame[0].utf8.count

    let examination = try Examination(file, in: directory)
    let hit = examination.findings.first { $0.rule == damage.rule }
    let found = try #require(hit, "\(examination.findings)")
    #expect(place.lowerBound...place.upperBound ~= found.start.offset)
    // The line and column lead to the same byte, counted on their own.
    let head = String(decoding: file[..<found.start.offset], as: UTF8.self)
    let lines = head.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(found.start.line == lines.count)
    #expect(found.start.column == (lines.last?.count ?? 0) + 1)

    let after = try TMXContent(examination.repairedPath).summaries
    #expect(after.count == before.count)
    for (index, text) in before.enumerated() where index != chosen || damage.keepsText {
      #expect(after[index] == text, "unit \(index)")
    }
    #expect(try examination.second().filter { $0.mending != nil } == [])
  }

  /// Wherever a file breaks off, what was whole before is kept.
  @Test(arguments: 0..<120)
  func cutFilesKeepTheirWholeUnits(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed) &+ 7000)
    let units = (0..<3 + generator.below(4)).map { Unit(&generator, number: $0) }
    let clean = Array(wholeTMX(units.map { $0.pieces.joined() }.joined()).utf8)
    let before = try TMXContent(try directory.file("clean.tmx", clean)).summaries
    let start = wholeTMX("⟦").split(separator: "⟦")[0].utf8.count
    let cut = start + generator.below(clean.count - start)
    let examination = try Examination(clean[..<cut], in: directory)
    #expect(examination.findings.contains { $0.rule == .truncated } || cut >= clean.count - 1)
    let after = try TMXContent(examination.repairedPath).summaries
    var whole = 0
    var end = start
    for unit in units {
      end += unit.pieces.joined().utf8.count
      // The line feed behind the end tag is not needed.
      if end - 1 <= cut { whole += 1 }
    }
    #expect(after.count >= whole)
    #expect(Array(after.prefix(whole)) == Array(before.prefix(whole)))
    #expect(try examination.second().filter { $0.mending != nil } == [])
  }

  /// Bytes changed, put in and taken out at random: whatever it is, the repair can be read.
  @Test(arguments: 0..<200)
  func whateverIsWrittenCanBeRead(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed) &+ 90_000)
    let units = (0..<1 + generator.below(4)).map { Unit(&generator, number: $0) }
    var bytes = Array(wholeTMX(units.map { $0.pieces.joined() }.joined()).utf8)
    let marks: [UInt8] = [
      0, 0x3C, 0x3E, 0x26, 0x22, 0x2F, 0x21, 0x2D, 0x5B, 0x5D, 0x3F, 0xFF, 0x20,
    ]
    for _ in 0..<1 + generator.below(6) {
      let place = generator.below(bytes.count)
      switch generator.below(4) {
      case 0: bytes[place] = generator.pick(marks)
      case 1: bytes.insert(generator.pick(marks), at: place)
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.below(20)))
      default:
        let copied = bytes[place..<min(bytes.count, place + 1 + generator.below(60))]
        bytes.insert(contentsOf: copied, at: generator.below(bytes.count))
      }
      if bytes.isEmpty { bytes = [0x20] }
    }
    let examination: Examination
    do {
      examination = try Examination(bytes, in: directory)
    } catch let trouble as Trouble {
      // What has lost its <tmx> is no TMX any more.
      #expect(trouble.message.hasPrefix("is no TMX file"), "\(trouble)")
      return
    }
    _ = try TMXContent(examination.repairedPath)
    #expect(try examination.second().filter { $0.mending != nil } == [])
    if let judge = Judge("xmllint"), let schema = TestData.path("schemas/tmx/tmx14.dtd") {
      let complaint = try judge.complaint(
        ["--nonet", "--noout", "--dtdvalid", schema, examination.repairedPath])
      #expect(complaint == "")
    }
  }
}
