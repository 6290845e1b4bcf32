import Testing

@testable import concord

@Suite struct LineEditorTests {
  /// The text with a bar where the cursor is.
  private func edit(_ text: String, _ keys: [Key]) -> String {
    var editor = LineEditor(text)
    for key in keys { _ = editor.handle(key) }
    return editor.before + "|" + editor.after
  }

  @Test(
    arguments: [
      ("ab", [], "ab|"),
      ("ab", [.text("金")], "ab金|"),
      ("金凤凰", [.left, .left, .text("x")], "金x|凤凰"),
      ("金凤凰", [.home, .delete, .right], "凤|凰"),
      ("ab", [.left, .home, .left, .backspace], "|ab"),
      ("ab", [.end, .right, .delete], "ab|"),
      ("Golden Phoenix", [.control("w")], "Golden |"),
      ("Golden Phoenix ", [.control("w"), .control("w")], "|"),
      ("x 金凤", [.control("w")], "x 金|"),
      ("ab cd", [.left, .left, .control("u")], "|cd"),
      ("ab cd", [.left, .left, .control("k")], "ab |"),
      // What a person sees as one character goes as one.
      ("cafe\u{301}", [.backspace], "caf|"),
      ("cafe", [.text("\u{301}"), .left], "caf|e\u{301}"),
      ("\u{1F469}\u{200D}\u{1F52C}x", [.left, .backspace], "|x"),
      ("a", [.paste("b\nc\u{1B}d")], "ab c d|"),
    ] as [(String, [Key], String)])
  func keysEdit(text: String, keys: [Key], result: String) {
    #expect(edit(text, keys) == result)
  }

  @Test func otherKeysAreForOthers() {
    var editor = LineEditor("a")
    for key in [Key.enter, .escape, .tab, .up, .down, .unknown] {
      let isTaken = editor.handle(key)
      #expect(!isTaken)
    }
    #expect(editor.text == "a")
  }

  @Test func windowShowsTheCursorInColumns() {
    var editor = LineEditor("西部（重庆）科学城")
    #expect(editor.window(40) == ("西部（重庆）科学城", 18))
    // Three ideographs and the free column behind them.
    #expect(editor.window(7) == ("科学城", 6))
    #expect(editor.window(8) == ("科学城", 6))
    #expect(editor.window(2) == ("", 0))
    _ = editor.handle(.home)
    #expect(editor.window(7) == ("西部（", 0))
    _ = editor.handle(.right)
    #expect(editor.window(7) == ("西部（", 2))
  }
}
