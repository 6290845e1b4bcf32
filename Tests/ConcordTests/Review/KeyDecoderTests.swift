import Testing

@testable import concord

@Suite struct KeyDecoderTests {
  private static let table: [(String, [Key])] = [
    ("a", [.text("a")]),
    ("金é", [.text("金"), .text("é")]),
    ("\u{1F426}", [.text("\u{1F426}")]),
    ("\r\n\t", [.enter, .enter, .tab]),
    ("\u{7F}\u{8}", [.backspace, .backspace]),
    ("\u{1}\u{3}\u{17}", [.control("a"), .control("c"), .control("w")]),
    ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.up, .down, .right, .left]),
    ("\u{1B}OA\u{1B}OD\u{1B}OH", [.up, .left, .home]),
    ("\u{1B}[H\u{1B}[F\u{1B}[1~\u{1B}[4~\u{1B}[3~", [.home, .end, .home, .end, .delete]),
    ("\u{1B}[5~\u{1B}[6~\u{1B}[Z", [.pageUp, .pageDown, .backTab]),
    ("\u{1B}[1;5C", [.right]),
    ("\u{1B}[99~x", [.unknown, .text("x")]),
    // Alt with a key, or Escape in haste: nothing happens, least of all an "accept".
    ("\u{1B}a", [.unknown]),
    ("\u{1B}金", [.unknown]),
    ("\u{1B}[200~ar\n\u{1B}[Aq\u{1B}[201~s", [.paste("ar\n\u{1B}[Aq"), .text("s")]),
    ("\u{0}", [.unknown]),
  ]

  @Test(arguments: table)
  func bytesBecomeKeys(text: String, keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(decoder.keys(text.utf8) == keys)
    #expect(!decoder.isWaiting)
  }

  @Test(arguments: table)
  func piecesGiveTheSameKeys(text: String, keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(text.utf8.flatMap { decoder.keys([$0]) } == keys)
  }

  @Test func escapeAloneIsKnownWhenNothingFollows() {
    var decoder = KeyDecoder()
    #expect(decoder.keys([0x1B]).isEmpty)
    #expect(decoder.isWaiting)
    #expect(decoder.flush() == [.escape])
    #expect(decoder.flush().isEmpty)
    #expect(decoder.keys([0x1B, 0x1B]) == [.escape])
    #expect(decoder.flush() == [.escape])
  }

  @Test func damagedBytesAreLeftOut() {
    var decoder = KeyDecoder()
    #expect(
      decoder.keys([0xE9, 0x87, 0x61, 0x62, 0xFF, 0xFF, 0xFF, 0xFF, 0x63]) == [
        .text("a"), .text("b"), .text("c"),
      ])
    // A character that breaks off does not swallow what comes later.
    #expect(decoder.keys([0xE9, 0x87]).isEmpty)
    #expect(decoder.flush().isEmpty)
    #expect(decoder.keys("a".utf8) == [.text("a")])
  }

  @Test func endlessSequenceIsGivenUp() {
    var decoder = KeyDecoder()
    let keys = decoder.keys(Array("\u{1B}[".utf8) + Array(repeating: UInt8(ascii: "1"), count: 100))
    #expect(keys == [.unknown])
    #expect(decoder.keys("a".utf8) == [.text("a")])
  }

  @Test func openPasteIsNotCutByAPause() {
    var decoder = KeyDecoder()
    #expect(decoder.keys("\u{1B}[200~ab".utf8).isEmpty)
    #expect(!decoder.isWaiting)
    #expect(decoder.flush().isEmpty)
    #expect(decoder.keys("c\u{1B}[201~".utf8) == [.paste("abc")])
  }
}
