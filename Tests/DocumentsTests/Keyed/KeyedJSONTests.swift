import Bitext
import Foundation
import Segmentation
import TestSupport
import Testing

@testable import Documents

@Suite struct KeyedJSONTests {
  static let files: [(json: String, messages: [String])] = [
    (
      #"{"a": "one", "b": {"c": "two", "d": ["x", "y"]}}"#,
      ["a=one", "b.c=two", "b.d.0=x", "b.d.1=y"]
    ),
    (#"{"n": 1, "f": -1.5e3, "t": true, "z": null, "s": ""}"#, ["s="]),
    (#"{"en": {"a": "one", "b": "two"}}"#, ["a=one", "b=two"]),
    (#"{"zh-CN": {"a": {"b": "one"}}}"#, ["a.b=one"]),
    (#"{"en": "one"}"#, ["en=one"]), (#"{"en": {"a": "x"}, "b": "y"}"#, ["en.a=x", "b=y"]),
    (
      #"{"app": {"message": "Name", "description": "no", "placeholders": {"x": {"content": "no"}}}}"#,
      ["app.message=Name"]
    ),
    (
      #"{"e": "\u4e2d\uD83D\ude00 \n\t\"\\\/", "h": "\ud800x"}"#, ["e=中😀 \n\t\"\\/", "h=\u{FFFD}x"]
    ),
    ("\u{FEFF}{\r\n// remark\r\n\"a\" : \"one\" /* b */ ,\n\"b\":\"two\"}\n", ["a=one", "b=two"]),
    ("{}", []), ("[]", []), ("[[], {}, \"x\"]", ["2=x"]), (#""alone""#, ["=alone"]),
    (#"{"a.b": "one"}"#, ["a.b=one"]), (#"{"": "x"}"#, ["=x"]),
  ]

  @Test(arguments: files.indices)
  func stringsAreMessages(index: Int) throws {
    let (json, messages) = Self.files[index]
    #expect(try Messages(json, as: "en.json").list == messages)
  }

  /// In Flutter's files what begins with an at sign is no message; in others it is.
  @Test func metadataOfFlutterIsNoMessage() throws {
    let file = #"{"@@locale": "en", "a": "one", "@a": {"description": "no"}}"#
    #expect(try Messages(file, as: "app_en.arb").list == ["a=one"])
    #expect(try Messages(#"{"@a": "one"}"#, as: "en.json").list == ["@a=one"])
  }

  static let planted = [
    #"{"TERMX": "a TERM b", "k": {"TERMX": ["TERM", 1, "术TERM"]}}"#,
    #"{"a": "\u00e9TERM\n\"TERM\" \ud83d\ude00TERM", "b": "é😀TERM"}"#,
    "{ // TERMX\n \"a\" : \"TERM\" /* TERMX */, \"b\": \"x\\\\TERM TERM\"}\r\n",
  ]

  @Test(arguments: planted)
  func aPlantedTermIsAtItsBytes(json: String) throws {
    func expected(_ bytes: [UInt8], _ encoded: (String) -> [UInt8]) -> [Range<Int>] {
      let hidden = bytes.ranges(of: encoded("TERMX")).map(\.lowerBound)
      return bytes.ranges(of: encoded("TERM")).filter { !hidden.contains($0.lowerBound) }
    }
    let plain = try Messages(json, as: "en.json")
    #expect(plain.places(of: "TERM") == expected(plain.bytes) { Array($0.utf8) })
    #expect(plain.prose.ranges(of: "TERMX").isEmpty)
    let wide = try Messages(bytes: json.utf16File, as: "en.json")
    #expect(wide.places(of: "TERM") == expected(wide.bytes) { $0.utf16Bytes })
    #expect(wide.places(of: "TERM").count >= 2)
  }

  @Test func commentsKeepTheirPlace() throws {
    let json = "// top\n{\"a\": \"one\", /* on b */ \"b\": \"two\" // behind\n}"
    let messages = try Messages(json, as: "en.json")
    #expect(messages.prose.comments.map(\.text) == ["top", "on b", "behind"])
    #expect(messages.prose.comments.map(\.place) == [0, 4, 8])
    #expect(
      messages.prose.comments.map { String(decoding: messages.bytes[$0.range], as: UTF8.self) }
        == ["// top", "/* on b */", "// behind"])
  }

  @Test func anEmptyMessageIsBetweenItsQuotes() throws {
    let messages = try Messages(#"{"a": "one", "b": ""}"#, as: "en.json")
    let block = try #require(messages.prose.blocks.last)
    #expect(messages.prose.positions.source(block.range) == 19..<19)
  }

  @Test(arguments: [
    ("", 1, 1, "the file ends where a value should be"), ("{\n \"a\": \"x\"", 1, 1, "never closed"),
    ("{\"a\": \"x\",}", 1, 11, "expected a key"), ("{\"a\" \"x\"}", 1, 6, "expected a colon"),
    ("{a: 1}", 1, 2, "expected a key"), ("{\n\"甲\": \"\\q\"}", 2, 7, "'\\q' is no escape"),
    ("{\"a\": \"\\u12g4\"}", 1, 8, "'\\u' is no escape"), ("{\"a\": \"x\n\"}", 1, 9, "line break"),
    ("{\"a\": \"x", 1, 7, "never ends"), ("{\"a\": nul}", 1, 7, "expected a value"),
    ("{\"a\": 1 2}", 1, 9, "expected a comma or '}'"), ("[1] x", 1, 5, "goes on behind"),
    ("[1}", 1, 3, "expected a comma or ']'"), ("{/* x", 1, 2, "never ends"),
    ("{,}", 1, 2, "expected a key"),
    (String(repeating: "[", count: 10_000), 1, 501, "more than 500 deep"),
    (String(repeating: "{\"a\":", count: 10_000), 1, 2501, "more than 500 deep"),
  ])
  func brokenFilesNameLineAndColumn(json: String, line: Int, column: Int, message: String) throws {
    let trouble = #expect(throws: Trouble.self) { try Messages(json, as: "en.json") }
    #expect(trouble?.file == "en.json")
    #expect(trouble?.line == line && trouble?.column == column, "\(trouble?.description ?? "")")
    #expect(trouble?.message.contains(message) == true, "\(trouble?.description ?? "")")
  }

  /// Foundation's reader, which keeps no places, is the oracle; half of the files are damaged.
  @Test func randomFilesAreReadAsFoundationReadsThem() throws {
    var random = SeededGenerator(seed: 21)
    let pieces = [
      "a", "术", "\\n", "\\u4e2d", "\\ud83d\\ude00", "\\\"", "😀", " ", "{", "]", ",", ":",
    ]
    func value(_ depth: Int) -> String {
      switch random.below(depth > 3 ? 3 : 6) {
      case 0, 1: return "\"" + random.text(of: pieces, upTo: 5) + "\""
      case 2: return random.pick(["1", "-2.5", "true", "null"])
      case 3:
        return "[" + (0..<random.below(4)).map { _ in value(depth + 1) }.joined(separator: " , ")
          + "]"
      default:
        return "{"
          + (0..<random.below(4)).map { "\"k\($0)\":" + value(depth + 1) }.joined(separator: ",\n")
          + "}"
      }
    }
    for round in 0..<2000 {
      var bytes = Array(("{\"r\": " + value(0) + "}").utf8)
      if round % 2 == 1 {
        let at = random.below(bytes.count)
        if random.once(in: 2) {
          bytes[at] = UInt8(random.below(128))
        } else {
          bytes.removeSubrange(at...)
        }
      }
      // Bytes that are no UTF-8 may be another encoding's text.
      guard String(validating: bytes, as: UTF8.self) != nil else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      let root = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      let messages = try? Messages(bytes: bytes, as: "en.json")
      guard let root else {
        // Foundation refuses what we read: comments, and halves of pairs.
        #expect(messages == nil || text.contains("/") || text.contains("\\u"), "\(text)")
        continue
      }
      let expected = Set(Self.strings(root, path: ""))
      let found = try #require(messages, "\(text)").list
      // Of two members with one name Foundation keeps one.
      #expect(expected.isSubset(of: found), "\(text)")
      if round % 2 == 0 { #expect(found.count == expected.count, "\(text)") }
    }
  }

  private static func strings(_ value: Any, path: String) -> [String] {
    func below(_ key: String) -> String { path.isEmpty ? key : path + "." + key }
    switch value {
    case let text as String: return [path + "=" + text]
    case let list as [Any]:
      return list.enumerated().flatMap { strings($1, path: below("\($0)")) }
    case let members as [String: Any]:
      return members.flatMap { strings($1, path: below($0)) }
    default: return []
    }
  }
}
