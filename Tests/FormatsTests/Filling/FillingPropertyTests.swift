import Bitext
import TestSupport
import Testing

@testable import Formats

/// Files out of a seeded generator: what is written is what was asked for, and nothing else.
@Suite struct FillingPropertyTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// A file in pieces: what stays, and targets with what they must read as afterwards.
  private struct Piecewise {
    var old = ""
    /// The targets of all segments in the order of the file, after the filling.
    var targets: [String] = []
    var known: [String: String] = [:]
  }

  private static let words = ["桥", "one", "&amp;", "&lt;b&gt;", "&#x6E2F;", "é", " ", "'\"", "7"]

  /// A text, as XML and as it reads.
  private static func text(_ generator: inout SeededGenerator) -> (xml: String, plain: String) {
    let xml = "x" + generator.text(of: words, upTo: 6) + "y"
    let plain = xml.replacing("&amp;", with: "&").replacing("&lt;", with: "<")
      .replacing("&gt;", with: ">").replacing("&#x6E2F;", with: "港")
    return (xml, plain)
  }

  private static let fillers = [
    "<!-- <source>one</source> -->", "\r\n", "\n\t", "<note>n</note>", "<?p <target> ?>", "",
  ]

  private static func xliffFile(_ generator: inout SeededGenerator, isNew: Bool) -> Piecewise {
    var result = Piecewise()
    var units = ""
    for number in 0..<1 + generator.below(40) {
      let (xml, plain) = text(&generator)
      let isKnown = generator.once(in: 2)
      if isKnown { result.known[plain] = "译\(number)<&>" }
      let known = result.known[plain]
      let targets = ["", "<target/>", "<target />", "<target></target>", "<target> \n</target>"]
      let isDone = generator.once(in: 4)
      let target = isDone ? "<target>有\(number)</target>" : generator.pick(targets)
      let codes = generator.once(in: 3) ? ("<ph id='1'>", "</ph>") : ("", "")
      let source = "<source>\(codes.0)\(codes.1)\(xml)</source>"
      let space = generator.pick(["", "\n  ", "\r\n\t"])
      let body = isNew ? "<segment>\(space)\(source)\(space)\(target)</segment>" : source + target
      let element = isNew ? "unit" : "trans-unit"
      units +=
        "<\(element) id='\(number)'>\(body)</\(element)>"
        + generator.pick(isNew ? ["", "\n"] : fillers)
      result.targets.append(isDone ? "有\(number)" : known ?? "")
    }
    result.old = isNew ? xliff2(units) : xliff("<group>" + units + "</group>")
    return result
  }

  @Test(arguments: 0..<60)
  func filesOfXLIFFAreFilled(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let file = Self.xliffFile(&generator, isNew: seed % 2 == 1)
    let name = "a.xlf"
    // Texts that are known later than they are used stand for both.
    let filler = ListedTranslations(file.known)
    let encoding = generator.pick(TestEncoding.allCases)
    let old = encoding.file(file.old.replacing("\"UTF-8\"", with: "\"\(encoding.declared)\""))
    #expect(try directory.filled(name, old, ListedTranslations()) == old)
    let new = try directory.filled(name, old, filler)
    let before = try directory.bilingual("old.xlf", old)
    let after = try directory.bilingual("new.xlf", new)
    let sources = before.beads.map { before.sourceText($0) }
    #expect(after.beads.map { after.sourceText($0) } == sources)
    let expected = before.beads.map { bead in
      let target = before.targetText(bead)
      return target.isEmpty ? file.known[before.sourceText(bead)] ?? "" : target
    }
    #expect(after.beads.map { after.targetText($0) } == expected)
    // Filled once, it is filled.
    #expect(try directory.filled(name, new, filler) == new)
    #expect(Self.withoutTargets(new, encoding) == Self.withoutTargets(old, encoding))
    let filledCount = filler.kinds.filter { $0 == "exact" }.count
    #expect((filledCount > 0) == (new != old))
  }

  /// The parser takes a file in pieces, whose ends fall anywhere in it.
  @Test func aFileOfManyPiecesIsFilledEverywhere() throws {
    var known: [String: String] = [:]
    var old = ""
    var new = ""
    for number in 0..<4000 {
      let text = "桥 \(number)" + String(repeating: "é&amp;", count: number % 17)
      let plain = text.replacing("&amp;", with: "&")
      known[plain] = "译\(number)"
      let unit = "<trans-unit id='\(number)'><source><g id='1'>\(text)</g></source>"
      old += unit + "<target/></trans-unit>\n"
      new +=
        unit + "<target state=\"translated\" state-qualifier=\"exact-match\"><g id='1'>"
        + "译\(number)</g></target></trans-unit>\n"
    }
    #expect(old.utf8.count > 5 << 16)
    let content = try directory.filled("a.xlf", xliff(old), ListedTranslations(known))
    #expect(content == xliff(new))
  }

  private static let hasToolkit =
    (try? Judge("python3")?.complaint(["-c", "import translate.storage.xliff2"])) == ""

  @Test(.enabled(if: hasToolkit, "the Translate Toolkit is not installed"))
  func anotherToolReadsTheTargets() throws {
    let judge = try #require(Judge("python3"))
    let script = """
      import sys
      from translate.storage import po, xliff, xliff2
      kind = {"po": po.pofile, "1": xliff.Xliff1File, "2": xliff2.Xliff2File}[sys.argv[1]]
      units = {str(unit.source): str(unit.target) for unit in kind.parsefile(sys.argv[2]).units}
      sys.exit(0 if units.get("one") == "一" and units.get("one more") == "一" else str(units))
      """
    let samples = [
      ("po", po("msgid \"one\"\nmsgstr \"\"\n\nmsgid \"one more\"\nmsgstr \"\"\n")),
      ("1", xliff(transUnit("one", nil) + transUnit("one more", "", id: "2"))),
      ("2", xliff2(unit2("one", nil) + unit2("one more", "", id: "2"))),
    ]
    for (kind, content) in samples {
      let name = kind == "po" ? "a.po" : "a.xlf"
      let path = try directory.file(
        "filled-" + name, try directory.filled(name, content, .usual))
      #expect(try judge.complaint(["-c", script, kind, path]) == "")
    }
  }

  /// The file without its targets, what stands before them and what says their state.
  private static func withoutTargets(_ file: [UInt8], _ encoding: TestEncoding) -> String {
    let bytes = Array(file.dropFirst(encoding.mark.count))
    let text: String
    switch encoding {
    case .utf8, .utf8WithMark: text = String(decoding: bytes, as: UTF8.self)
    case .utf16LittleEndian, .utf16BigEndian:
      let isLittle = encoding == .utf16LittleEndian
      let units = stride(from: 0, to: bytes.count, by: 2).map { index in
        let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
        return isLittle ? first | second << 8 : first << 8 | second
      }
      text = String(decoding: units, as: UTF16.self)
    }
    var result = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      let isTarget =
        rest.starts(with: "<target>".unicodeScalars) || rest.starts(with: "<target ".unicodeScalars)
        || rest.starts(with: "<target/".unicodeScalars)
      guard isTarget, !rest.starts(with: "<target> ?>".unicodeScalars) else {
        result.unicodeScalars.append(scalar)
        rest = rest.dropFirst()
        continue
      }
      while result.unicodeScalars.last.map({ $0.value <= 0x20 }) == true {
        result.unicodeScalars.removeLast()
      }
      guard let end = rest.firstIndex(of: ">") else { break }
      let isEmpty = end > rest.startIndex && rest[rest.index(before: end)] == "/"
      rest = rest[rest.index(after: end)...]
      if isEmpty { continue }
      while !rest.isEmpty, !rest.starts(with: "</target>".unicodeScalars) {
        rest = rest.dropFirst()
      }
      rest = rest.dropFirst("</target>".unicodeScalars.count)
    }
    return result.replacing(" state=\"translated\"", with: "")
  }

  @Test(arguments: 0..<40)
  func cataloguesAreFilled(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = ["one", "桥", " ", "\\n", "\\\"", "\\\\", "\\t", "，", "%s", "word "]
    var entries = ""
    var known: [String: String] = [:]
    for number in 0..<1 + generator.below(30) {
      let raw = "a\(number)" + generator.text(of: pieces, upTo: 12) + "z"
      let plain = POUnescaped.text(raw)
      if generator.once(in: 2) {
        known[plain] = "译" + POUnescaped.text(generator.text(of: pieces, upTo: 60)) + "\(number)"
      }
      let target = generator.once(in: 4) ? "有" : ""
      entries += generator.pick(["", "# x\n", "#: a:1\n", "#~ msgid \"o\"\n#~ msgstr \"\"\n\n"])
      entries += "msgid \"\(raw)\"\nmsgstr \"\(target)\"\n\n"
    }
    let old = po(entries).replacing("\n", with: generator.pick(["\n", "\r\n"]))
    #expect(try directory.filled("a.po", old, ListedTranslations()) == old)
    let filler = ListedTranslations(known)
    let new = try directory.filled("a.po", old, filler)
    let before = try directory.bilingual("old.po", old)
    let after = try directory.bilingual("new.po", new)
    let expected = before.beads.map { bead in
      let target = before.targetText(bead)
      return target.isEmpty ? known[before.sourceText(bead)] ?? "" : target
    }
    #expect(after.beads.map { after.targetText($0) } == expected)
    #expect(after.beads.map { after.sourceText($0) } == before.beads.map { before.sourceText($0) })
    #expect(try directory.filled("a.po", new, filler) == new)
    #expect(lines(new).filter { !$0.isString } == lines(old).filter { !$0.isString })
  }

  private func lines(_ text: String) -> [Substring] {
    text.unicodeScalars.split(separator: "\n").map { Substring($0) }
  }
}

extension Substring {
  /// Whether the line is part of a translation.
  fileprivate var isString: Bool { hasPrefix("\"") || hasPrefix("msgstr") }
}

/// A naive reading of the escapes that the test writes.
private enum POUnescaped {
  static func text(_ raw: String) -> String {
    var result = ""
    var isEscaped = false
    for scalar in raw.unicodeScalars {
      if isEscaped {
        let meaning: Unicode.Scalar = scalar == "n" ? "\n" : scalar == "t" ? "\t" : scalar
        result.unicodeScalars.append(meaning)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
