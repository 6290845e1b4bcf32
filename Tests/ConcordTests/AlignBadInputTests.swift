import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Whatever the two documents are, `align` answers or says what is wrong.
@Suite struct AlignBadInputTests {
  private let command: Command

  private static let english = [
    "The new park opens in May.", "Tickets are free for children.",
    "The port handled 300 ships last year.", "Trains to Duisburg take 12 days.",
    "The science city has a new laboratory.", "Its director came from Beijing in 2019.",
    "Rain is expected on Sunday.", "The museum shows 40 paintings.",
    "A second bridge crosses the river.", "The mayor thanked all the volunteers.",
  ]
  private static let chinese = [
    "新公园五月开园。", "儿童免费入场。", "去年港口处理了300艘船。", "开往杜伊斯堡的列车需要12天。",
    "科学城有了新实验室。", "其主任2019年从北京来。", "预计周日有雨。", "博物馆展出40幅画。",
    "第二座大桥横跨江面。", "市长感谢所有志愿者。",
  ]

  init() throws {
    command = try Command()
    try command.write("a.en.txt", Self.english.joined(separator: "\n") + "\n")
    try command.write("a.zh.txt", Self.chinese.joined(separator: "\n") + "\n")
  }

  /// Aligns, and checks that every segment of both sides is in exactly one bead.
  private func align(_ source: String, _ target: String) throws -> Command.Result {
    let result = try command.run("align", source, target, "--format", "jsonl")
    #expect(result.status == 0, "\(result.errors)")
    for side in ["source", "target"] {
      let numbers = result.objects.flatMap { $0[side] as? [Int] ?? [] }
      #expect(numbers.sorted() == Array(0..<numbers.count))
    }
    return result
  }

  private func segments(_ result: Command.Result, _ side: String) -> Int {
    result.objects.reduce(0) { $0 + (($1[side] as? [Int])?.count ?? 0) }
  }

  @Test func emptySideLeavesTheOtherWithoutCounterparts() throws {
    try command.write("empty.txt", "")
    try command.write("blank.txt", "\n \n\u{3000}\n")
    for empty in ["empty.txt", "blank.txt"] {
      let right = try align("a.en.txt", empty)
      #expect(right.errors == "concord: warning: \(empty): holds no text to align\n")
      #expect(segments(right, "source") == 10 && segments(right, "target") == 0)
      let left = try align(empty, "a.zh.txt")
      #expect(segments(left, "source") == 0 && segments(left, "target") == 10)
    }
    let table = try command.run("align", "a.en.txt", "empty.txt", "--format", "tsv").output
    #expect(table.hasPrefix("en\tzh-Hans\tscore\n"))
    let both = try align("empty.txt", "blank.txt")
    #expect(both.output == "")
    #expect(both.errors.split(separator: "\n").count == 2)
  }

  @Test func oneSentenceAgainstAThousandIsAligned() throws {
    try command.write("one.zh.txt", Self.chinese[3] + "\n")
    let lines = (0..<1000).map { Self.english[$0 % 10].dropLast() + " \($0)." }
    try command.write("many.en.txt", lines.joined(separator: "\n"))
    let result = try align("many.en.txt", "one.zh.txt")
    #expect(segments(result, "source") == 1000 && segments(result, "target") == 1)
  }

  @Test func translationOfATenthIsFoundInItsPlace() throws {
    var lines: [String] = []
    for number in 0..<90 {
      lines.append("Unrelated remark number \(number * 7 + 1000) stands here.")
    }
    lines.insert(contentsOf: Self.english, at: 40)
    try command.write("long.en.txt", lines.joined(separator: "\n"))
    let result = try align("long.en.txt", "a.zh.txt")
    #expect(segments(result, "source") == 100 && segments(result, "target") == 10)
    let right = result.objects.count {
      ($0["source"] as? [Int]).map { $0.count == 1 && 40..<50 ~= $0[0] } == true
        && ($0["target"] as? [Int])?.first == ($0["source"] as? [Int]).map { $0[0] - 40 }
    }
    #expect(right >= 8, "\(result.output)")
  }

  @Test func copiesOfOneLineAreAligned() throws {
    try command.write("copies.en.txt", String(repeating: Self.english[2] + "\n", count: 120))
    try command.write("copies.zh.txt", String(repeating: Self.chinese[2] + "\n", count: 120))
    let result = try align("copies.en.txt", "copies.zh.txt")
    #expect(result.objects.count == 120)
    // Against other lines, and of another number.
    let other = try align("copies.en.txt", "a.zh.txt")
    #expect(segments(other, "source") == 120 && segments(other, "target") == 10)
  }

  @Test func oneEndlessWordIsAligned() throws {
    try command.write("word.en.txt", String(repeating: "a", count: 50_000))
    try command.write("word.zh.txt", String(repeating: "字", count: 20_000))
    #expect(try align("word.en.txt", "word.zh.txt").objects.count == 1)
  }

  @Test func sameFileTwiceIsTrouble() throws {
    let result = try command.run("align", "a.en.txt", "a.en.txt")
    #expect(result.status == 2)
    #expect(result.errors.contains("a.en.txt: is named for both sides"))
    try command.write("copy.txt", Self.english.joined(separator: "\n"))
    let copy = try command.run("align", "a.en.txt", "copy.txt")
    #expect(copy.status == 2)
    #expect(copy.errors.contains("both sides are in en"))
  }

  @Test func swappedSidesAreNamedAsSuch() throws {
    try command.write("e.txt", Self.english.joined(separator: "\n"))
    try command.write("z.txt", Self.chinese.joined(separator: "\n"))
    let result = try command.run(
      "align", "z.txt", "e.txt", "--source-language", "en", "--target-language", "zh")
    #expect(result.status == 2)
    #expect(
      result.errors
        == "concord: the sides are the wrong way round: z.txt is in zh and e.txt in en\n")
    // Without languages the order is the user's.
    let free = try command.run("align", "z.txt", "e.txt", "--format", "tsv")
    #expect(free.output.hasPrefix("zh-Hans\ten\tscore\n"))
  }

  @Test func wrongLanguageIsTrouble() throws {
    let result = try command.run("align", "a.en.txt", "a.zh.txt", "--target-language", "en")
    #expect(result.status == 2)
    #expect(result.errors.contains("a.zh.txt"))
    let claimed = try command.run("align", "a.zh.txt", "a.en.txt", "--source-language", "en")
    #expect(claimed.status == 2)
    try command.write("f.zh.txt", Self.english.joined(separator: "\n"))
    #expect(
      try command.run("align", "a.en.txt", "f.zh.txt").errors.contains(
        "f.zh.txt: is said to be in zh"))
  }

  private static let unreadable: [(name: String, content: [UInt8]?, message: String)] = [
    ("nosuch.txt", nil, "cannot be read: no such file"),
    (".", nil, "is a directory, not a file"),
    ("b.txt", [0x00, 0x01, 0x02, 0x00, 0xFF], "this is not a text file"),
    (
      "u.txt",
      Array("text\n bad ".utf8) + [0xC3] + Array(" byte in a text that goes on and on".utf8),
      "u.txt:2: byte 10 (0xC3) is not UTF-8"
    ),
    ("w.pdf", Array("%PDF-1.7\n%\u{e2}\u{e3}".utf8), "is a PDF: save it as plain text"),
    (
      "w.docx", Array("PK\u{3}\u{4}".utf8) + [20, 0, 6, 0, 8, 0, 0, 0, 33, 0],
      "is a damaged packed file: it was cut off"
    ),
  ]

  @Test(arguments: unreadable.indices)
  func unreadableFileIsOneClearLine(index: Int) throws {
    let (name, content, message) = Self.unreadable[index]
    if let content { try command.write(name, Data(content)) }
    for arguments in [["a.en.txt", name], [name, "a.en.txt"]] {
      let result = try command.run(["align"] + arguments + ["-o", "out.tsv"])
      #expect(result.status == 2)
      #expect(result.errors.contains(name) && result.errors.contains(message), "\(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1)
      #expect(!command.exists("out.tsv"))
    }
  }

  #if canImport(Glibc)
    @Test(.disabled(if: geteuid() == 0, "the superuser may read everything"))
    func fileWithoutPermissionIsTrouble() throws {
      try command.write("secret.txt", "text")
      chmod(command.path("secret.txt"), 0)
      let result = try command.run("align", "secret.txt", "a.zh.txt")
      #expect(result.status == 2)
      #expect(result.errors.contains("secret.txt: cannot be read: permission denied"))
    }
  #endif

  @Test func resultThatCannotBeWrittenIsTrouble() throws {
    for output in ["nosuch/out.tsv", "."] {
      let result = try command.run("align", "a.en.txt", "a.zh.txt", "-o", output)
      #expect(result.status == 2)
      #expect(result.errors.contains(output), "\(result.errors)")
    }
    if FileManager.default.fileExists(atPath: "/dev/full") {
      let full = try command.run("align", "a.en.txt", "a.zh.txt", "-o", "/dev/full")
      #expect(full.status == 2)
      #expect(full.errors.contains("/dev/full: cannot be written: no space left"))
    }
  }

  @Test func closedPipeIsSuccess() throws {
    let result = try command.run(
      [
        "-c",
        "for n in $(seq 800); do echo 'The port handled 300 ships last year.'; done > m.en.txt;"
          + "for n in $(seq 800); do echo '去年港口处理了300艘船。'; done > m.zh.txt;"
          + "'\(Command.binary.path)' align m.en.txt m.zh.txt --format jsonl | head -n 1 > /dev/null;"
          + "echo ${PIPESTATUS[0]}",
      ], program: URL(fileURLWithPath: "/bin/bash"))
    #expect(result.output == "0\n")
    #expect(result.errors == "")
  }

  /// Takes minutes: `CONCORD_SLOW_TESTS=1 swift test --filter hundredMegabytes`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["CONCORD_SLOW_TESTS"] != nil))
  func hundredMegabytesAreAligned() throws {
    var (left, right) = ("", "")
    var number = 0
    while left.utf8.count < 50_000_000 {
      left += Self.english[number * 7 % 10].dropLast() + " \(number).\n"
      right += Self.chinese[number * 7 % 10].dropLast() + "\(number)。\n"
      number += 1
    }
    try command.write("huge.en.txt", left)
    try command.write("huge.zh.txt", right)
    let result = try command.run("align", "huge.en.txt", "huge.zh.txt", "-o", "huge.tsv")
    #expect(result.status == 0)
    #expect(command.exists("huge.tsv"))
  }
}
