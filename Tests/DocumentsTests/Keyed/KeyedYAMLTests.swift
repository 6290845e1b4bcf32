import Bitext
import Segmentation
import TestSupport
import Testing
import Yams

@testable import Documents

@Suite struct KeyedYAMLTests {
  static let files: [(yaml: String, messages: [String])] = [
    ("en:\n  a: one\n  b:\n    c: two words\n", ["a=one", "b.c=two words"]),
    ("a: 'it''s'\nb: \"x \\\"y\\\" \\u4e2d \\x41\\n\"\n", ["a=it's", "b=x \"y\" 中 A\n"]),
    ("a: |\n  one\n   two\n\n  three\n\nb: x\n", ["a=one\n two\n\nthree", "b=x"]),
    ("a: >-\n  one\n  two\n\n  three\n    four\n  five\n", ["a=one two\nthree\n  four\nfive"]),
    ("a: one\n  two\n\n  three\nb: x\n", ["a=one two\nthree", "b=x"]),
    ("a: \"one\n  two \\\n  three\n\n  four\"\n", ["a=one two three\nfour"]),
    (
      "a:\n- x\n- y: z\n  w: v\n- - p\n  - q\n",
      ["a.0=x", "a.1.y=z", "a.1.w=v", "a.2.0=p", "a.2.1=q"]
    ),
    ("a:\n  - x\n  -\n    b: y\n", ["a.0=x", "a.1.b=y"]),
    (
      "a: {b: c, \"d\": 'e', f: [g, h]}\nx: [\n  y, # remark\n  z\n]\n",
      ["a.b=c", "a.d=e", "a.f.0=g", "a.f.1=h", "x.0=y", "x.1=z"]
    ),
    ("n: 1\nf: -1.5\nt: true\nz: ~\ne:\nq: '1'\ns: \"\"\ny: yes\n", ["q=1", "s=", "y=yes"]),
    ("a: &x one # remark\nb: *x\nc: !str two\n<<: *x\n", ["a=one", "c=two"]),
    ("# top\n---\na: one\n---\nb: two\n...\n", ["a=one", "b=two"]),
    ("%YAML 1.2\n---\na: one\n", ["a=one"]),
    ("a: http://x.org:80/y#z\nb: a:b\nc: x#y\n", ["a=http://x.org:80/y#z", "b=a:b", "c=x#y"]),
    (
      "\"quoted key\": x\n'other': y\nkey with space: z\n",
      ["quoted key=x", "other=y", "key with space=z"]
    ),
    (
      "a:\n  \"on the next line\"\nb:\n  plain on\n  two\n",
      ["a=on the next line", "b=plain on two"]
    ),
    ("a: one\r\nb: |\r\n  two\r\n  three\r\n", ["a=one", "b=two\nthree"]),
    ("a: |2\n   x\n  y\n", ["a= x\ny"]), ("- a\n- b\n", ["0=a", "1=b"]),
    ("just text\n", ["=just text"]),
    ("", []), ("# only\n", []),
    ("a: -x\nb: - not an item\n".replacing("b: - not an item\n", with: ""), ["a=-x"]),
    ("zh-CN:\n  # 注\n  一: 甲\n  二: 乙  # 尾\n", ["一=甲", "二=乙"]),
  ]

  @Test(arguments: files.indices)
  func stringsAreMessages(index: Int) throws {
    let (yaml, messages) = Self.files[index]
    #expect(try Messages(yaml, as: "a.yml").list == messages)
  }

  static let planted = [
    "TERMX: a TERM b # TERMX\nk:\n  TERMX:\n    - TERM\n    - 术TERM\n",
    "a: \"\\u00e9TERM\\n\\\"TERM\\\" \\U0001F600TERM\"\nb: 'é''😀TERM'\n",
    "a: |\n  é TERM\n   TERM\n\n  TERM\nb: >\n  TERM\n  术TERM\n",
    "a: one TERM\n  two TERM\nb: {TERMX: TERM, c: [\"TERM\"]}\n",
    "a: \"one TERM\r\n   TERM\"\r\nb: TERM\r\n",
  ]

  @Test(arguments: planted)
  func aPlantedTermIsAtItsBytes(yaml: String) throws {
    func expected(_ bytes: [UInt8], _ encoded: (String) -> [UInt8]) -> [Range<Int>] {
      let hidden = bytes.ranges(of: encoded("TERMX")).map(\.lowerBound)
      return bytes.ranges(of: encoded("TERM")).filter { !hidden.contains($0.lowerBound) }
    }
    let plain = try Messages(yaml, as: "a.yaml")
    #expect(plain.places(of: "TERM") == expected(plain.bytes) { Array($0.utf8) })
    #expect(plain.prose.ranges(of: "TERMX").isEmpty)
    let wide = try Messages(bytes: yaml.utf16File, as: "a.yaml")
    #expect(wide.places(of: "TERM") == expected(wide.bytes) { $0.utf16Bytes })
    #expect(wide.places(of: "TERM").count >= 2)
  }

  @Test func commentsKeepTheirPlace() throws {
    let yaml = "# top\na: one # behind\n# on b\nb: two\n"
    let messages = try Messages(yaml, as: "a.yml")
    #expect(messages.prose.comments.map(\.text) == ["top", "behind", "on b"])
    #expect(messages.prose.comments.map(\.place) == [0, 4, 4])
    #expect(
      messages.prose.comments.map { String(decoding: messages.bytes[$0.range], as: UTF8.self) }
        == ["# top", "# behind", "# on b"])
  }

  @Test(arguments: [
    ("a: x\n  b: y\n", 2, 4, "a colon within a value"), ("a: \"x\n", 1, 4, "never ends"),
    ("甲: \"\\q\"\n", 1, 5, "'\\q' is no escape"), ("a: b: c\n", 1, 5, "a colon within a value"),
    ("a:\n\tb: c\n", 2, 2, "not by tabs"), ("a: [x, y\n", 1, 4, "never closed"),
    ("a: [x, y\nb: z\n", 2, 1, "expected a comma"),
    ("a: [x}\n", 1, 6, "another bracket"), ("? a\n: b\n", 1, 1, "a key that is a collection"),
    ("a: %{count} items\n", 1, 4, "cannot begin with '%'"),
    ("a: \"x\" y\n", 1, 8, "expected the end of the line"),
    ("a:\n    b: 1\n  c: 2\n", 3, 3, "indented otherwise"),
    ("a: 1\nnothing here\n", 2, 1, "expected a key"),
    ("a: \"x\"#y\n", 1, 7, "a space must stand before a comment"),
    ("a: " + String(repeating: "[", count: 10_000), 1, 503, "more than 500 deep"),
    (String(repeating: "- ", count: 10_000) + "x", 1, 1001, "more than 500 deep"),
    (
      (0..<2000).map { String(repeating: " ", count: $0) + "k:\n" }.joined(), 501, 501,
      "more than 500 deep"
    ),
  ])
  func brokenFilesNameLineAndColumn(yaml: String, line: Int, column: Int, message: String) throws {
    let trouble = #expect(throws: Trouble.self) { try Messages(yaml, as: "a.yml") }
    #expect(trouble?.file == "a.yml")
    #expect(trouble?.message.contains(message) == true, "\(trouble?.description ?? "")")
    #expect(trouble?.line == line && trouble?.column == column, "\(trouble?.description ?? "")")
  }

  /// Writes random trees in all the styles that YAML has; libyaml's reader is the oracle.
  @Test func randomFilesAreReadAsLibyamlReadsThem() throws {
    var writer = RandomYAML(seed: 31)
    for _ in 0..<1500 {
      let yaml = writer.file()
      let root = try #require(try Yams.compose(yaml: yaml), "\(yaml)")
      let expected = Self.strings(root, path: "").sorted()
      let messages = try Messages(yaml, as: "a.yml")
      #expect(messages.list.sorted() == expected, "\(yaml)")
    }
  }

  /// What libyaml refuses may be read here in part, but nothing crashes and places lie in the file.
  @Test func damagedFilesNeverCrash() throws {
    var writer = RandomYAML(seed: 32)
    var random = SeededGenerator(seed: 33)
    for _ in 0..<1500 {
      var bytes = Array(writer.file().utf8)
      for _ in 0...random.below(3) {
        let at = random.below(bytes.count)
        if random.once(in: 3) {
          bytes[at] = random.pick(Array("\n: -#\"'{}[],|>&*!%\t\r".utf8))
        } else if random.once(in: 3) {
          bytes.remove(at: at)
        } else {
          bytes[at] = UInt8(random.below(256))
        }
        if bytes.isEmpty { bytes = [0x61] }
      }
      do {
        let messages = try Messages(bytes: bytes, as: "a.yml")
        for block in messages.prose.blocks {
          #expect(messages.prose.positions.source(block.range).upperBound <= bytes.count)
        }
      } catch let trouble as Trouble {
        #expect(trouble.file == "a.yml")
      }
    }
  }

  private static func strings(_ node: Node, path: String) -> [String] {
    func below(_ key: String) -> String { path.isEmpty ? key : path + "." + key }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain
      let isOther =
        isPlain && ["", "~", "null", "true", "false", "12", "-1.5"].contains(scalar.string)
      // A block scalar ends with as many line feeds as its header says: no prose.
      var text = scalar.string
      if scalar.style == .literal || scalar.style == .folded {
        while text.hasSuffix("\n") { text.removeLast() }
      }
      return isOther ? [] : [path + "=" + text]
    case .sequence(let sequence):
      return sequence.enumerated().flatMap { strings($1, path: below("\($0)")) }
    case .mapping(let mapping):
      return mapping.flatMap { strings($1, path: below($0.string ?? "?")) }
    case .alias: return []
    }
  }
}

/// Writes trees of messages as people and tools write them.
private struct RandomYAML {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func file() -> String {
    (random.once(in: 4) ? "# remark\n---\n" : "") + "root:\n" + mapping(indent: 2, depth: 0)
  }

  private mutating func mapping(indent: Int, depth: Int) -> String {
    let space = String(repeating: " ", count: indent)
    return (0..<1 + random.below(4)).map { number in
      space + random.pick(["key\(number)", "\"key \(number)\"", "'k\(number)'", "键\(number)"])
        + value(indent: indent, depth: depth)
    }.joined()
  }

  private mutating func value(indent: Int, depth: Int) -> String {
    let deeper = indent + 1 + random.below(3)
    switch random.below(depth > 2 ? 8 : 11) {
    case 0, 1: return ": " + plain() + end()
    case 2: return ": " + quoted() + end()
    case 3: return ": " + random.pick(["12", "-1.5", "true", "~", "", "null"]) + end()
    case 4: return ": " + random.pick(["|", ">", "|-", ">+", ">-"]) + "\n" + blockLines(deeper)
    case 5: return ": " + plain() + "\n" + pad(deeper) + plain() + "\n"
    case 6: return ":\n" + pad(deeper) + quoted() + end()
    case 7: return ": " + flow(depth) + end()
    case 8: return ":\n" + sequence(indent: indent + random.below(3), depth: depth + 1)
    default: return ":\n" + mapping(indent: deeper, depth: depth + 1)
    }
  }

  private mutating func sequence(indent: Int, depth: Int) -> String {
    (0..<1 + random.below(3)).map { _ in
      let start = pad(indent) + "- "
      switch random.below(4) {
      case 0: return start + quoted() + end()
      case 1: return start + "a: " + plain() + "\n" + pad(indent + 2) + "b: " + quoted() + "\n"
      default: return start + plain() + end()
      }
    }.joined()
  }

  private func pad(_ count: Int) -> String { String(repeating: " ", count: count) }

  private mutating func end() -> String {
    random.pick(["\n", "\n", " # remark\n", "\n\n", "\n  # remark\n"])
  }

  private mutating func plain() -> String {
    random.pick(["word", "two words", "术语", "a:b c", "x#y", "it's", "é 😀", "a - b", "p, q"])
  }

  private mutating func quoted() -> String {
    random.pick([
      "\"a \\\"b\\\" \\u4e2d\"", "'it''s'", "\"\"", "''", "\"a # b: c\"", "'{x}'",
      "\"two\\n lines\"",
      "\"folded\n        here\"", "'blank\n\n        line'", "\"a \\\n        b\"",
    ])
  }

  private mutating func flow(_ depth: Int) -> String {
    random.pick([
      "{a: b, c: 'd'}", "[x, \"y, z\", 术]", "[]", "{}", "{a: [b, {c: d}], \"e\": f}", "[a b, c]",
    ])
  }

  private mutating func blockLines(_ indent: Int) -> String {
    (0..<1 + random.below(4)).map { number in
      switch random.below(number == 0 ? 2 : 4) {
      case 0, 1: return pad(indent) + plain() + " # text\n"
      case 2: return "\n" + pad(indent) + "after: blank\n"
      default: return pad(indent) + "  further\n"
      }
    }.joined()
  }
}
