import Bitext
import Testing

@testable import Segmentation

@Suite struct TextEncodingTests {
  @Test(arguments: ["UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"])
  func textComesBack(encoding: String) throws {
    for text in ["", "a", "金凤凰 “Golden” 𠮷 é", "\u{FEFF}x", String(repeating: "汉字", count: 5000)] {
      let bytes = try #require(encodeText(text, encoding: encoding))
      let back = try convert(
        bytes, from: encoding, skipping: 0, file: "x", allowsDamage: false
      ).text
      #expect(back.utf8 == Array(text.utf8))
    }
  }

  @Test func knownBytes() {
    #expect(encodeText("科学城", encoding: "GB18030") == [0xBF, 0xC6, 0xD1, 0xA7, 0xB3, 0xC7])
    #expect(encodeText("科學城", encoding: "Big5") == [0xAC, 0xEC, 0xBE, 0xC7, 0xAB, 0xB0])
    #expect(encodeText("é", encoding: "ISO-8859-1") == [0xE9])
  }

  @Test func whatAnEncodingLacksIsNotWritten() {
    #expect(encodeText("学", encoding: "Big5") == nil)
    #expect(encodeText("金", encoding: "ISO-8859-1") == nil)
    #expect(encodeText("é", encoding: "US-ASCII") == nil)
    #expect(encodeText("a", encoding: "no such encoding") == nil)
  }
}
