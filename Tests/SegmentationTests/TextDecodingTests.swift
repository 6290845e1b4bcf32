import Bitext
import Segmentation
import Testing

@Suite struct TextDecodingTests {
  private static let text = "重庆 is big 🙂\n第二行\r\nend"

  /// The bytes of UTF-16, by the standard library and not by ICU.
  static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return bigEndian ? bytes.reversed() : bytes
    }
  }

  private func expectText(
    _ bytes: [UInt8], _ expected: String, encoding: String, given: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let decoded = try decodeText(bytes, file: "a.txt", encoding: given)
    #expect(
      String(decoding: decoded.utf8, as: UTF8.self) == expected, sourceLocation: sourceLocation)
    #expect(decoded.encoding == encoding, sourceLocation: sourceLocation)
    expectPositions(decoded, bytes, sourceLocation: sourceLocation)
  }

  /// The bytes that each character leads to, decoded alone, must be that character.
  private func expectPositions(
    _ decoded: DecodedText, _ bytes: [UInt8], sourceLocation: SourceLocation
  ) {
    var offset = 0
    for scalar in String(decoding: decoded.utf8, as: UTF8.self).unicodeScalars {
      let end = offset + UTF8.width(scalar)
      let source = decoded.positions.source(offset..<end)
      let alone = try? decodeText(
        Array(bytes[source]), file: "a.txt", encoding: decoded.encoding)
      #expect(
        alone.map { String(decoding: $0.utf8, as: UTF8.self) } == String(scalar),
        "the character at \(offset)", sourceLocation: sourceLocation)
      #expect(
        decoded.positions.text(at: source.lowerBound) == offset, sourceLocation: sourceLocation)
      offset = end
    }
    #expect(decoded.positions.source(at: offset) == bytes.count, sourceLocation: sourceLocation)
  }

  @Test func decodesUTF8WithAndWithoutMark() throws {
    let bytes = Array(Self.text.utf8)
    try expectText(bytes, Self.text, encoding: "UTF-8")
    try expectText([0xEF, 0xBB, 0xBF] + bytes, Self.text, encoding: "UTF-8")
    try expectText(bytes, Self.text, encoding: "UTF-8", given: "utf8")
    try expectText([], "", encoding: "UTF-8")
  }

  @Test func decodesUTF16WithAndWithoutMark() throws {
    let little = Self.utf16(Self.text, bigEndian: false)
    let big = Self.utf16(Self.text, bigEndian: true)
    try expectText([0xFF, 0xFE] + little, Self.text, encoding: "UTF-16LE")
    try expectText([0xFE, 0xFF] + big, Self.text, encoding: "UTF-16BE")
    try expectText(little, Self.text, encoding: "UTF-16LE")
    try expectText(big, Self.text, encoding: "UTF-16BE")
    try expectText(big, Self.text, encoding: "UTF-16BE", given: "UTF-16BE")
  }

  /// 一, 开 and 最 end in a zero byte, on the other side than ASCII does.
  @Test func decodesUTF16WithoutMarkAlthoughIdeographsHaveZeroBytesToo() throws {
    let text = "第一行\n最后一次开会\n一"
    try expectText(Self.utf16(text, bigEndian: false), text, encoding: "UTF-16LE")
    try expectText(Self.utf16(text, bigEndian: true), text, encoding: "UTF-16BE")
  }

  @Test func aMarkDecidesAgainstTheUsersUTF8() throws {
    let bytes = [0xFF, 0xFE] + Self.utf16("ab", bigEndian: false)
    try expectText(bytes, "ab", encoding: "UTF-16LE", given: "UTF-8")
  }

  /// English as a Chinese Windows saves it: all that is not ASCII are marks.
  @Test func detectsGB18030ByItsMarksAlone() throws {
    let text = "\u{201C}We\u{2019}ll go,\u{201D} he said \u{2014}\u{2014} in\u{A0}2017\u{2026}"
    var bytes: [UInt8] = [0xA1, 0xB0] + Array("We".utf8) + [0xA1, 0xAF] + Array("ll go,".utf8)
    bytes += [0xA1, 0xB1] + Array(" he said ".utf8) + [0xA1, 0xAA, 0xA1, 0xAA] + Array(" in".utf8)
    bytes += [0x81, 0x30, 0x84, 0x32] + Array("2017".utf8) + [0xA1, 0xAD]
    try expectText(bytes, text, encoding: "GB18030")
    // Spanish of an old Windows has other letters beside its marks.
    let spanish = try decodeText(
      [0xA1] + Array("Adi".utf8) + [0xF3] + Array("s, Espa".utf8) + [0xF1] + Array("a!".utf8),
      file: "a.txt", encoding: nil)
    #expect(spanish.encoding != "GB18030")
  }

  @Test func detectsGB18030() throws {
    try expectText(ChineseBytes.gb18030, ChineseBytes.simplified, encoding: "GB18030")
    try expectText(
      ChineseBytes.gb18030, ChineseBytes.simplified, encoding: "GB18030", given: "GB18030")
  }

  @Test func decodesTheFourByteFormsOfGB18030() throws {
    // 🙂 and é take four bytes and two.
    let bytes: [UInt8] = [0x61, 0x95, 0x30, 0x85, 0x32, 0xA8, 0xA6]
    let text = try decodeText(bytes, file: "a.txt", encoding: "GB18030")
    #expect(String(decoding: text.utf8, as: UTF8.self) == "a🙂é")
    #expect(text.positions.source(1..<5) == 1..<5)
    #expect(text.positions.source(5..<7) == 5..<7)
  }

  @Test func detectsBig5() throws {
    try expectText(ChineseBytes.big5, ChineseBytes.traditional, encoding: "Big5")
  }

  @Test(
    arguments: [
      ([0x61, 0x00, 0x62], 1),
      // One NUL makes no UTF-16 of good UTF-8, even in a file of even length.
      (Array("a text with\u{0}one NUL.".utf8), 11),
      (Array("重庆\u{0}有很多桥。".utf8), 6),
      ([0x89, 0x50, 0x4E, 0x47, 0x00, 0x00, 0x00, 0x0D, 0xFF], 4),
      // NUL on both sides is no UTF-16.
      ([0x61, 0x0A, 0x00, 0x00, 0x20, 0x00], 2),
    ] as [([UInt8], Int)])
  func nulBytesAreTroubleOfABinaryFile(_ bytes: [UInt8], _ offset: Int) {
    let trouble = #expect(throws: Trouble.self) { try decodeText(bytes, file: "a.png") }
    #expect(trouble?.message == "this is not a text file: byte \(offset) is a NUL")
    #expect(trouble?.file == "a.png")
  }

  @Test func aNULOfUTF16IsTroubleToo() {
    let bytes: [UInt8] = [0xFF, 0xFE, 0x61, 0, 0, 0]
    let trouble = #expect(throws: Trouble.self) { try decodeText(bytes, file: "a.txt") }
    #expect(trouble?.message == "this is not a text file: byte 4 is a NUL")
  }

  @Test func aBadByteOfUTF8NamesItsLine() {
    let line = Array("A line of 重庆, long enough to be told for UTF-8.\n".utf8)
    let bytes = line + line + Array("x".utf8) + [0xFF] + Array("y\n".utf8) + line
    let trouble = #expect(throws: Trouble.self) { try decodeText(bytes, file: "a.txt") }
    #expect(trouble?.line == 3)
    #expect(trouble?.message.hasPrefix("byte \(2 * line.count + 1) (0xFF) is not UTF-8") == true)
  }

  /// Unicode 15, table 3-7: overlong forms, surrogates, beyond U+10FFFF, cut short.
  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
      [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE9, 0x87],
      [0xE9, 0x41, 0x41], [0xFF],
    ] as [[UInt8]])
  func refusesIllFormedUTF8WhenItIsAskedFor(_ bad: [UInt8]) {
    let bytes = Array("ok\n".utf8) + bad
    let trouble = #expect(throws: Trouble.self) {
      try decodeText(bytes, file: "a.txt", encoding: "UTF-8")
    }
    #expect(trouble?.line == 2)
    #expect(trouble?.message.hasPrefix("byte 3 ") == true)
    #expect(String(validating: bytes, as: UTF8.self) == nil, "the standard library agrees")
  }

  @Test(
    arguments: [
      ("UTF-8", ChineseBytes.gb18030), ("Big5", [0x61, 0xA4]),
      ("UTF-16LE", [0x61, 0x00, 0x62]), ("ascii", [0xE9]),
    ] as [(String, [UInt8])])
  func theWrongEncodingIsTrouble(_ encoding: String, _ bytes: [UInt8]) {
    let trouble = #expect(throws: Trouble.self) {
      try decodeText(bytes, file: "a.txt", encoding: encoding)
    }
    #expect(trouble?.line == 1)
    #expect(trouble?.message.contains("--encoding") == true)
  }

  @Test func anUnknownEncodingIsTrouble() {
    let trouble = #expect(throws: Trouble.self) {
      try decodeText([0x61], file: "a.txt", encoding: "klingon")
    }
    #expect(trouble?.message.contains("'klingon' is not known") == true)
  }
}

/// A paragraph of news in each of the older encodings.
enum ChineseBytes {
  static let simplified =
    "重庆是中国西南部的一座直辖市，位于长江上游地区。近年来，当地政府大力发展智能制造和新能源汽车产业，吸引了许多国内外"
    + "企业前来投资。西部（重庆）科学城的建设也取得了新的进展，为区域经济的高质量发展提供了有力支撑。"
  static let traditional =
    "重慶是中國西南部的一座直轄市，位於長江上游地區。近年來，當地政府大力發展智能製造和新能源汽車產業，吸引了許多國內外"
    + "企業前來投資。西部科學城的建設也取得了新的進展，為區域經濟的高質量發展提供了有力支撐。"

  static let gb18030 = bytes(
    """
    d6d8c7eccac7d6d0b9facef7c4cfb2bfb5c4d2bbd7f9d6b1cfbdcad0a3accebbd3dab3a4bdadc9cf
    d3ceb5d8c7f8a1a3bdfcc4eac0b4a3acb5b1b5d8d5feb8aeb4f3c1a6b7a2d5b9d6c7c4dcd6c6d4ec
    bacdd0c2c4dcd4b4c6fbb3b5b2fad2b5a3accefcd2fdc1cbd0edb6e0b9fac4dacde2c6f3d2b5c7b0
    c0b4cdb6d7caa1a3cef7b2bfa3a8d6d8c7eca3a9bfc6d1a7b3c7b5c4bda8c9e8d2b2c8a1b5c3c1cb
    d0c2b5c4bdf8d5b9a3acceaac7f8d3f2beadbcc3b5c4b8dfd6cac1bfb7a2d5b9cce1b9a9c1cbd3d0
    c1a6d6a7b3c5a1a3
    """)
  static let big5 = bytes(
    """
    adabbc79ac4fa4a4b0eaa6e8ab6eb3a1aabaa440ae79aabdc1d2a5aba141a6eca9f3aaf8a6bfa457
    b4e5a661b0cfa143aaf1a67ea8d3a141b7eda661ac46a9b2a46aa44fb56fae69b4bcafe0bb73b379
    a94db773afe0b7bda854a8aeb2a3b77ea141a76ca4dea446b35ca668b0eaa4baa57ea5f8b77eab65
    a8d3a7ebb8eaa143a6e8b3a1acecbec7abb0aabaabd8b35da45da8fab16fa446b773aabab669ae69
    a141acb0b0cfb0ecb867c0d9aabab0aabde8b671b56fae69b4a3a8d1a446a6b3a44fa4e4bcb5a143
    """)

  private static func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }
}
