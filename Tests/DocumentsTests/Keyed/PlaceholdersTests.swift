import Testing

@testable import Documents

@Suite struct PlaceholdersTests {
  static let texts: [(text: String, placeholders: [String])] = [
    ("plain text", []), ("{name} came", ["{name}"]), ("{{count}} 项", ["{{count}}"]),
    ("{{- raw }} and {{n, number}}", ["{{- raw }}", "{{n, number}}"]),
    ("{0} of {1}", ["{0}", "{1}"]),
    ("{when, date, short} on", ["{when, date, short}"]),
    (
      "{n, plural, =0 {no file} one {# file} other {# files in {place}}} left",
      ["{n, plural, =0 {", "} one {#", "} other {#", "{place}}}"]
    ),
    ("{g, select, male {he} other {they}}", ["{g, select, male {", "} other {", "}}"]),
    ("%s and %1$d, %.2f, %@", ["%s", "%1$d", "%.2f", "%@"]), ("100 % done, 5% off, 7%的", []),
    ("%{count} items, %(name)s", ["%{count}", "%(name)s"]),
    ("${x} $NAME$ costs $5 or $6", ["${x}", "$NAME$"]),
    ("see $t(key) now", ["$t(key)"]),
    ("a <b>bold</b> <br/> <0>x</0>", ["<b>", "</b>", "<br/>", "<0>", "</0>"]),
    ("<a href=\"x>y\">link</a>", ["<a href=\"x>y\">", "</a>"]), ("1 < 2 and a <b", []),
    ("{ a sentence in braces }", []), ("{unclosed", []), ("{{unclosed", []), ("{名称}好", ["{名称}"]),
    ("}", []), ("{n, plural, other {x}", ["{n, plural, other {", "}"]),
  ]

  @Test(arguments: texts.indices)
  func areFound(index: Int) {
    let (text, placeholders) = Self.texts[index]
    let utf8 = Array(text.utf8)
    #expect(
      Placeholders.ranges(in: utf8).map { String(decoding: utf8[$0], as: UTF8.self) }
        == placeholders)
  }

  @Test func theyAreLiteralsOfTheirMessage() throws {
    let messages = try Messages(
      #"{"a": "one", "b": "the \u007bname} and {{n}}", "c": "%s"}"#, as: "en.json")
    #expect(messages.prose.literalTexts == ["{name}", "{{n}}", "%s"])
  }

  @Test(arguments: ["{", "{{", "<a ", "{a,", "$t(", "%{", "<a \"", "{n, plural, a {"])
  func manyOpeningMarksAreNoPlaceholders(mark: String) {
    let utf8 = Array(String(repeating: mark, count: 20_000).utf8)
    let found = Placeholders.ranges(in: utf8)
    // Cases that are opened and never closed are all that is left of it.
    #expect(found.isEmpty || mark.contains("plural"))
  }
}
