import Bitext
import Testing

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("plain text, 中文 and 🙂", "plain text, 中文 and 🙂"),
    ("", ""),
    ("a\tb\nc\r", "a␉b␊c␍"),
    // Without this a document could clear the reader's screen.
    ("\u{1B}[2J", "␛[2J"),
    ("\u{0}", "␀"),
    ("\u{7F}", "␡"),
    ("\u{9B}31m", "<U+9B>31m"),
    ("\u{85}", "<U+85>"),
    ("a\u{202E}b\u{202C}", "a<U+202E>b<U+202C>"),
    ("\u{2066}x\u{2069}", "<U+2066>x<U+2069>"),
    ("\u{200E}\u{200F}", "<U+200E><U+200F>"),
    ("a\u{2028}b", "a<U+2028>b"),
    // Space that is wide or does not break is seen for what it is.
    ("a\u{A0}b\u{3000}c", "a\u{A0}b\u{3000}c"),
    ("e\u{301}\n", "e\u{301}␊"),
  ])
  func showsControls(_ text: String, _ visible: String) {
    #expect(Array(text.visible.utf8) == Array(visible.utf8))
  }

  @Test func showsTheArabicLetterMarkAsTheOtherBidirectionalControls() {
    #expect("a\u{61C}b".visible == "a<U+61C>b")
  }

  @Test func leavesNoControlOfUnicodesBehind() {
    for value in UInt32(0)...0x2100 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let isControl =
        scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
      guard isControl else { continue }
      let visible = String(scalar).visible
      #expect(!visible.unicodeScalars.contains(scalar), "U+\(String(value, radix: 16))")
    }
  }
}
