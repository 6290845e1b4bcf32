import Testing

@testable import Formats

/// Sources whose codes are written as `[1]`, translations, and where the codes go; `nil` where that
/// is not certain.
@Suite struct CodePlacementTests {
  private static let cases: [(source: String, translation: String, content: String?)] = [
    ("one", "一", "一"), (" one\n", "一", " 一\n"), ("[1]one[/1]", "一", "[1]一[/1]"),
    (" [1] one[/1] [2]", "一", " [1] 一[/1] [2]"), ("[1][2]one", "a < b", "[1][2]a &lt; b"),
    ("in [1]2024[/1].", "于2024年。", "于[1]2024[/1]年。"),
    ("the [1]ABC[/1] of [2]7[/2]", "7的ABC", nil),
    ("the [1]ABC[/1] of [2]7[/2]", "ABC的7", "[1]ABC[/1]的[2]7[/2]"),
    ("[1]3[/1] of 3.5", "3.5的3", "3.5的[1]3[/1]"),
    ("[1]3[/1] of 3", "3的3", nil), ("a [1]20[/1] b", "甲2024乙", nil),
    ("[1]Click here[/1].", "点击此处。", "[1]点击此处[/1]。"),
    ("[1]Click here[/1]...", "点击此处……", nil), ("[1]Click here[/1].", "点击此处", nil),
    ("Click [1]here[/1].", "点击此处。", nil), ("fire[1]wall", "防火墙", nil),
    ("iPhone [1]15[/1] Pro", "iPhone 15 Pro", "iPhone [1]15[/1] Pro"),
    ("水[1]上[/1]", "水上", "水[1]上[/1]"), ("一[1]上[/1]一", "一上", nil),
    ("an [1]ABC[/1][2]DEF[/2] x", "某ABCDEF", nil),
    ("an [1]ABC[/1][2]+7[/2] x", "某ABC、+7", "某[1]ABC[/1]、[2]+7[/2]"),
    ("[1]Click [/1]2024 x", "2024年点击", nil), ("[1]Click [x]2024[/1] x", "点击2024", nil),
    ("a [x]2024[x] b", "于2024年", "于[x]2024[x]年"), ("a [x]2024 b", "于2024年", nil),
    ("[x]A [1]7[/1] b[x]", "甲7乙", "[x]甲[1]7[/1]乙[x]"), ("a [1]7 b", "甲7", nil),
    ("[1]a [2]7[/1] b[/2]", "甲7乙", nil), ("a[/1] [x]7[x] b", "甲7乙", nil),
    ("A[x]7B[x]C8", "A7BC8", "A[x]7B[x]C8"), ("a [1]7[x]", "7甲", nil),
    ("[1]one[/1] [2]", "a.", "[1]a.[/1] [2]"),
    ("an [1]ABC[/1] [2]DEF[/2] x", "某ABC、DEF的", "某[1]ABC[/1]、[2]DEF[/2]的"),
  ]

  @Test(arguments: cases.indices)
  func codesGoWhereTheyBelong(index: Int) {
    let (marked, translation, content) = Self.cases[index]
    var text: [UInt8] = []
    var codes: [InlineCode] = []
    let file = Array(marked.utf8)
    var position = 0
    while position < file.count {
      if file[position] == UInt8(ascii: "[") {
        let end = (file[position...].firstIndex(of: UInt8(ascii: "]")) ?? position) + 1
        let name = String(decoding: file[position + 1..<end - 1], as: UTF8.self)
        let effect: InlineCode.Effect =
          name.hasPrefix("/")
          ? .close(key: String(name.dropFirst()))
          : name.hasPrefix("x") ? .none : .open(key: name)
        codes.append(InlineCode(offset: text.count, range: position..<end, effect: effect))
        position = end
      } else {
        text.append(file[position])
        position += 1
      }
    }
    let placement = CodePlacement(
      source: text, codes: codes, translation: translation, file: file)
    #expect(placement.content == content)
  }
}
