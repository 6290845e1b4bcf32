import Bitext
import Segmentation
import TestSupport
import Testing

@Suite struct LenientDecodingTests {
  private typealias Decoded = (text: DecodedText, damage: DecodingDamage)

  private func decode(_ bytes: [UInt8], encoding: String? = nil) throws -> Decoded {
    try decodeDamagedText(bytes, file: "a.txt", encoding: encoding)
  }

  /// U+FFFD for each maximal ill-formed part: the examples of Unicode 15, tables 3-8 to 3-11, and
  /// more. The standard library replaces by the same rule.
  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], [1..<2]),
      ([0xC0, 0xAF, 0x61], [0..<1, 1..<2]),
      (
        [0x61, 0xC0, 0xAF, 0xE0, 0x80, 0xBF, 0xF0, 0x81, 0x82, 0x41],
        [1..<2, 2..<3, 3..<4, 4..<5, 5..<6, 6..<7, 7..<8, 8..<9]
      ),
      (
        [0xED, 0xA0, 0x80, 0xED, 0xBF, 0xBF, 0xED, 0xAF, 0x41],
        [0..<1, 1..<2, 2..<3, 3..<4, 4..<5, 5..<6, 6..<7, 7..<8]
      ),
      (
        [0xF4, 0x91, 0x92, 0x93, 0xFF, 0x41, 0x80, 0xBF, 0x42],
        [0..<1, 1..<2, 2..<3, 3..<4, 4..<5, 6..<7, 7..<8]
      ),
      ([0xE1, 0x80, 0xE2, 0xF0, 0x91, 0x92, 0xF1, 0xBF, 0x41], [0..<2, 2..<3, 3..<6, 6..<8]),
      ([0xE9, 0x87], [0..<2]),
      ([0xF0, 0x9F, 0x99], [0..<3]),
      ([0xF0, 0x9F, 0x99, 0x82], []),
    ] as [([UInt8], [Range<Int>])])
  func replacesEachMaximalPart(_ bytes: [UInt8], _ places: [Range<Int>]) throws {
    // Among enough good text that nothing else comes into question.
    let around = Array("重庆是一座桥梁很多的城市。\n".utf8)
    let (text, damage) = try decode(around + bytes + around)
    #expect(text.utf8 == Array(String(decoding: around + bytes + around, as: UTF8.self).utf8))
    let shift = around.count
    #expect(
      damage.places.map(\.range) == places.map { $0.lowerBound + shift..<$0.upperBound + shift })
    #expect(damage.undecodableCount == places.count && damage.nulCount == 0)
    #expect(damage.places.allSatisfy { $0.kind == .undecodable })
    expectPositions(text, around + bytes + around)
  }

  /// Each character leads to bytes that hold it, and the way back.
  private func expectPositions(
    _ text: DecodedText, _ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var offset = 0
    var last = text.positions.source(at: 0)
    for scalar in String(decoding: text.utf8, as: UTF8.self).unicodeScalars {
      let range = offset..<offset + UTF8.width(scalar)
      let source = text.positions.source(range)
      #expect(source.lowerBound == last, "at \(offset)", sourceLocation: sourceLocation)
      #expect(text.positions.text(at: source.lowerBound) == offset, sourceLocation: sourceLocation)
      if text.encoding == "UTF-8", scalar != "\u{FFFD}" {
        #expect(Array(bytes[source]) == Array(text.utf8[range]), sourceLocation: sourceLocation)
      }
      last = source.upperBound
      offset = range.upperBound
    }
    #expect(last == bytes.count, sourceLocation: sourceLocation)
  }

  @Test func textCutAtAnyByteKeepsTheRest() throws {
    let bytes = Array("Das Wort für 重庆 ist 🙂, naïve.\n第二行 ends here。\r\nend é".utf8)
    for cut in 0...bytes.count {
      let head = Array(bytes[..<cut])
      let (text, damage) = try decode(head)
      #expect(text.encoding == "UTF-8")
      #expect(String(decoding: text.utf8, as: UTF8.self) == String(decoding: head, as: UTF8.self))
      #expect(damage.undecodableCount <= 1)
      expectPositions(text, head)
      let tail = Array(bytes[cut...])
      let (rest, _) = try decode(tail, encoding: "UTF-8")
      #expect(rest.utf8 == Array(String(decoding: tail, as: UTF8.self).utf8))
      expectPositions(rest, tail)
    }
  }

  @Test(arguments: 1...150 as ClosedRange<UInt64>)
  func anyBytesAreDecodedAsTheStandardLibraryDoes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var bytes = Array(random.text(of: ["重庆", "is ", "é", "🙂", "\n", "ok "], upTo: 40).utf8)
    for _ in 0..<random.below(6) {
      bytes[random.below(bytes.count)] = UInt8(0x80 + random.below(0x80))
    }
    let result: Decoded
    do {
      result = try decode(bytes, encoding: "UTF-8")
    } catch {
      #expect((error as? Trouble)?.message.contains("is not UTF-8") == true)
      return
    }
    #expect(result.text.utf8 == Array(String(decoding: bytes, as: UTF8.self).utf8))
    expectPositions(result.text, bytes)
  }

  @Test func nulIsKeptAndNamed() throws {
    let bytes = Array("a\u{0}b 重\u{0}庆".utf8) + [0xFF] + Array("是\u{0}".utf8)
    let (text, damage) = try decode(bytes)
    #expect(text.utf8 == Array(String(decoding: bytes, as: UTF8.self).utf8))
    #expect(damage.nulCount == 3 && damage.undecodableCount == 1 && !damage.isEmpty)
    #expect(damage.places.map(\.range) == [1..<2, 7..<8, 11..<12, 15..<16])
    #expect(damage.places.map(\.kind) == [.nul, .nul, .undecodable, .nul])
  }

  @Test(arguments: [false, true], [false, true])
  func loneSurrogatesOfUTF16AreReplaced(bigEndian: Bool, marked: Bool) throws {
    func utf16(_ units: [UInt16]) -> [UInt8] {
      units.flatMap {
        bigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)]
      }
    }
    let units: [UInt16] =
      Array("a 🙂 \n".utf16) + [0xD83D, 0x20, 0xDE42, 0x0A] + Array("x 重 ".utf16) + [0xD83D]
    let bytes = (marked ? utf16([0xFEFF]) : []) + utf16(units)
    let shift = marked ? 2 : 0
    let (text, damage) = try decode(bytes)
    #expect(String(decoding: text.utf8, as: UTF8.self) == "a 🙂 \n\u{FFFD} \u{FFFD}\nx 重 \u{FFFD}")
    #expect(text.encoding == (bigEndian ? "UTF-16BE" : "UTF-16LE"))
    #expect(damage.places.map { $0.range.lowerBound - shift } == [12, 16, 28])
    #expect(damage.places.allSatisfy { $0.range.count == 2 })
    #expect(text.positions.source(at: 11) == 16 - 2 + shift)
    // Half a unit at the end.
    let (cut, rest) = try decode(bytes + [0x20])
    #expect(cut.utf8.starts(with: text.utf8.dropLast(3)))
    #expect(rest.places.last?.range.upperBound == bytes.count + 1)
  }

  @Test func anOlderEncodingWithBadBytesIsKept() throws {
    let good = ChineseBytes.gb18030
    let bytes = good + [0xFF, 0x0A] + good + [0x81]
    for given in [nil, "GB18030"] {
      let (text, damage) = try decode(bytes, encoding: given)
      #expect(text.encoding == "GB18030")
      let simplified = ChineseBytes.simplified
      #expect(
        String(decoding: text.utf8, as: UTF8.self)
          == simplified + "\u{FFFD}\n" + simplified + "\u{FFFD}")
      #expect(
        damage.places.map(\.range) == [good.count..<good.count + 1, bytes.count - 1..<bytes.count])
      expectPositions(text, bytes)
    }
    let big5 = try decode(ChineseBytes.big5 + [0xA4])
    #expect(big5.text.encoding == "Big5")
    #expect(big5.damage.undecodableCount == 1)
  }

  /// Files are converted in pieces of 4096 units: no pair is torn and no place is lost between them.
  @Test(arguments: 0..<4)
  func longFilesAreDecodedInPieces(shift: Int) throws {
    let pad = String(repeating: "x", count: shift)
    let text = pad + String(repeating: "🙂a", count: 3000)
    let bytes = TextDecodingTests.utf16(text, bigEndian: shift == 1)
    let name = shift == 1 ? "UTF-16BE" : "UTF-16LE"
    let (wide, none) = try decode(bytes, encoding: name)
    #expect(wide.utf8 == Array(text.utf8) && none.isEmpty)
    expectPositions(wide, bytes)
    let broken =
      Array(pad.utf8)
      + (0..<3000).flatMap { _ in [0x95, 0x30, 0x85, 0x32, 0x61, 0xFF, 0x62, 0x63] as [UInt8] }
    let (old, damage) = try decode(broken, encoding: "GB18030")
    #expect(
      String(decoding: old.utf8, as: UTF8.self)
        == pad + String(repeating: "🙂a\u{FFFD}bc", count: 3000))
    #expect(damage.undecodableCount == 3000)
    #expect(damage.places.last?.range.lowerBound == shift + 999 * 8 + 5)
    expectPositions(old, broken)
  }

  /// A genuine U+FFFD is no damage.
  @Test func goodTextHasNoDamage() throws {
    for text in [
      "", "plain", "重庆 \u{FFFD} 🙂", "\u{202E}abc\u{202C} \u{2066}x\u{2069}", "\u{1B}[0m",
    ] {
      let (decoded, damage) = try decode(Array(text.utf8))
      #expect(decoded.utf8 == Array(text.utf8) && damage.isEmpty)
      let (wide, none) = try decode([0xFF, 0xFE] + TextDecodingTests.utf16(text, bigEndian: false))
      #expect(wide.utf8 == Array(text.utf8) && none.isEmpty)
    }
    let (gb, none) = try decode(ChineseBytes.gb18030)
    #expect(gb.encoding == "GB18030" && none.isEmpty)
  }

  @Test func aMarkIsNoTextAndCountsInThePositions() throws {
    let (text, damage) = try decode([0xEF, 0xBB, 0xBF, 0x61, 0xFF, 0x62])
    #expect(String(decoding: text.utf8, as: UTF8.self) == "a\u{FFFD}b")
    #expect(damage.places.map(\.range) == [4..<5])
    #expect(text.positions.source(at: 4) == 5)
  }

  @Test func whatIsPlainlyNoTextIsTrouble() {
    var random = SeededGenerator(seed: 7)
    let noise = (0..<4000).map { _ in UInt8(random.below(256)) }
    let png: [UInt8] =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array(repeating: 0, count: 60)
    for bytes in [noise, png, [UInt8](repeating: 0, count: 100)] {
      #expect(throws: Trouble.self) { try decode(bytes) }
    }
    let trouble = #expect(throws: Trouble.self) { try decode(png) }
    #expect(trouble?.message.hasPrefix("this is not a text file") == true)
  }

  @Test func aFewBadBytesInASCIIAreDamageAndNoOtherEncoding() throws {
    // Bytes that Latin-1 has between words, a sequence that breaks off, and a NUL.
    let bytes = Array("Hello w".utf8) + [0xFF] + Array("rld. It is ".utf8) + [0xE4, 0xB8, 0x20, 0]
    let (text, damage) = try decode(bytes)
    #expect(String(decoding: text.utf8, as: UTF8.self) == "Hello w\u{FFFD}rld. It is \u{FFFD} \0")
    #expect(damage.places.map(\.range) == [7..<8, 19..<21, 22..<23])
    // A letter of Latin-1 is one.
    let (latin, _) = try decode(
      Array("Un caf".utf8) + [0xE9] + Array(" noir, s'il vous plait.".utf8))
    #expect(String(decoding: latin.utf8, as: UTF8.self).hasPrefix("Un café noir"))
  }

  @Test func anotherEncodingThanTheOneGivenIsTrouble() {
    let trouble = #expect(throws: Trouble.self) {
      try decode(ChineseBytes.gb18030, encoding: "UTF-8")
    }
    #expect(trouble?.message.hasPrefix("byte 0 (0xD6) is not UTF-8") == true)
    #expect(throws: Trouble.self) { try decode([0x61], encoding: "klingon") }
  }

  @Test func theListOfPlacesIsBoundedAndTheCountIsNot() throws {
    let line = Array("a line of text\n".utf8) + [0xFF]
    let bytes = (0..<3000).flatMap { _ in line }
    let (text, damage) = try decode(bytes, encoding: "UTF-8")
    #expect(damage.undecodableCount == 3000)
    #expect(damage.places.count == DecodingDamage.limit)
    #expect(text.positions.source(at: text.utf8.count) == bytes.count)
    let (_, wide) = try decode(bytes, encoding: "GB18030")
    #expect(wide.undecodableCount > 1000 && wide.places.count == DecodingDamage.limit)
  }
}
