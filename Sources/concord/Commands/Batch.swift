internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Foundation

struct Batch: Verb {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Run many commands from a file or standard input, one JSON answer a line.",
    discussion: """
      Each line is a command: {"id":"7","command":["check","a.en.md","a.zh.md"]} or \
      {"id":"8","op":"add","source":"Golden Phoenix","target":"金凤凰"}, where op is a verb and the \
      other keys are its arguments and long options in camel case. Answers come in order: \
      {"id":"7","exit":1,"output":[…]}, on trouble with "error". A bad line does not stop the rest; \
      the exit code is the highest of them.

        concord batch jobs.jsonl > answers.jsonl
      """)

  @Argument(help: "A file of commands; - is standard input.")
  var script = "-"

  @Option(name: [.short, .long], help: ArgumentHelp("Write to a file.", valueName: "file"))
  var output: String?

  func run(in session: Session) throws -> Int32 {
    guard session.collector == nil else { throw Trouble("a batch holds no other batch") }
    let file = try output.map { try OutputFile.replacing($0) } ?? .standardOutput()
    var input = try InputFile(script)
    var pending: [UInt8] = []
    var line = 0
    var highest = ExitStatus.clean
    var isEnd = false
    while !isEnd {
      isEnd = try !input.read(into: &pending)
      var start = 0
      while let end = pending[start...].firstIndex(of: 0x0A) ?? (isEnd ? pending.count : nil),
        end > start || end < pending.count
      {
        line += 1
        if let answer = answer(Array(pending[start..<end]), line: line) {
          highest = max(highest, answer.exit)
          try file.write(answer.json + "\n")
          // A program that talks to us through pipes waits for each answer.
          if output == nil { try file.flush() }
        }
        start = min(end + 1, pending.count)
        if end == pending.count { break }
      }
      pending.removeFirst(start)
    }
    try file.finish()
    return highest
  }

  private struct Answer {
    var exit: Int32
    var json: String
  }

  /// Runs one line; `nil` for an empty one.
  private func answer(_ bytes: [UInt8], line: Int) -> Answer? {
    guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return nil }
    var objects: [String] = []
    var exit: Int32
    var problem: String?
    var id: BatchLine.Identifier?
    do {
      let request = try BatchLine(bytes)
      id = request.id
      let session = Session()
      session.collector = { objects += $0 }
      exit = try concord.run(try request.arguments(), in: session)
    } catch {
      let partial = error as? BatchLine.Malformed
      id = id ?? partial?.id
      exit = ExitStatus.trouble
      problem = message(for: error)
      if let error = error as? CommandLineError, error.isRequest { exit = ExitStatus.clean }
    }
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("id")
      writer.raw(id?.json ?? "null")
      writer.member("exit", Int(exit))
      writer.key("output")
      writer.array(objects) { $0.raw($1) }
      if let problem {
        writer.key("error")
        writer.object { writer in
          writer.member("message", problem)
          writer.member("line", line)
        }
      }
    }
    return Answer(exit: exit, json: writer.text)
  }

  private func message(for error: any Error) -> String {
    switch error {
    case let error as BatchLine.Malformed: error.message
    case let error as CommandLineError: error.message
    default: trouble(from: error).description
    }
  }
}

/// One line of a batch, read.
struct BatchLine {
  /// An id as the line has it: a string or a number.
  struct Identifier {
    var json: String

    init?(_ value: Any?) {
      var writer = JSONWriter()
      switch value {
      case let text as String: writer.value(text)
      case let number as NSNumber: writer.raw(number.description)
      default: return nil
      }
      json = writer.text
    }
  }

  /// A line that is no command, with its id where that could be read.
  struct Malformed: Error {
    var message: String
    var id: Identifier?
  }

  let id: Identifier?
  private let members: [String: Any]

  init(_ bytes: [UInt8]) throws {
    let value: Any
    do {
      value = try JSONSerialization.jsonObject(with: Data(bytes))
    } catch {
      throw Malformed(message: "is not JSON: a line is one object such as {\"command\":[\"list\"]}")
    }
    guard let members = value as? [String: Any] else {
      throw Malformed(message: "is no JSON object: write {\"command\":[\"list\"]}")
    }
    self.members = members
    id = Identifier(members["id"])
  }

  /// The command line that the object stands for.
  func arguments() throws -> [String] {
    if let command = members["command"] {
      guard let words = command as? [String], !words.isEmpty else {
        throw malformed("'command' must be a list of strings, the verb first")
      }
      for key in members.keys.sorted() where key != "command" && key != "id" {
        throw malformed("'\(key)' does not go with 'command'")
      }
      return words
    }
    guard let verb = members["op"] as? String else {
      throw malformed("has neither 'command' nor 'op'")
    }
    guard let names = Self.positional[verb] else {
      let verbs = Self.positional.keys.sorted().joined(separator: ", ")
      throw malformed("'\(verb)' is no verb of a batch: \(verbs)")
    }
    var options: [String] = []
    for key in members.keys.sorted() where key != "id" && key != "op" && !names.contains(key) {
      options += try option(key, members[key])
    }
    var words: [String] = []
    for name in names where members[name] != nil { words += try strings(name, members[name]) }
    // What follows "--" is an argument, even if it starts with a hyphen.
    return verb.split(separator: " ").map(String.init) + options + ["--"] + words
  }

  /// The arguments of each verb that are no options, in order.
  private static let positional: [String: [String]] = [
    "init": [], "add": ["source", "target"], "edit": ["concept"], "list": ["text"],
    "show": ["ids", "concept"], "remove": ["ids", "concept"], "import": ["files"], "export": [],
    "segment": ["files"], "align": ["source", "target"], "extract": ["files"],
    "review": [],
    "lookup": ["files"], "lint": ["files"], "check": ["files"], "selftest": ["files"],
    "search": ["text"], "concordance": ["text"], "pretranslate": ["files"],
    "memory statistics": [], "memory list": ["query"], "memory check": [],
    "memory conflicts": [], "memory deduplicate": [], "memory edit": [], "memory delete": [],
    "memory history": [], "memory undo": ["operation"], "memory redo": ["operation"],
    "memory forget": [],
  ]

  private func option(_ key: String, _ value: Any?) throws -> [String] {
    var name = "--"
    for scalar in key.unicodeScalars {
      if scalar.properties.isUppercase { name += "-" }
      name += scalar.properties.lowercaseMapping
    }
    if let flag = value as? NSNumber, CFBoolean.isBoolean(flag) {
      return flag.boolValue ? [name] : []
    }
    return try strings(key, value).map { "\(name)=\($0)" }
  }

  private func strings(_ key: String, _ value: Any?) throws -> [String] {
    switch value {
    case let text as String: return [text]
    case let number as NSNumber: return [number.description]
    case let list as [Any]: return try list.flatMap { try strings(key, $0) }
    case is NSNull: return []
    default: throw malformed("'\(key)' must be text, a number, true or false, or a list")
    }
  }

  private func malformed(_ message: String) -> Malformed { Malformed(message: message, id: id) }
}

private enum CFBoolean {
  /// Whether a number of Foundation's came from true or false.
  static func isBoolean(_ number: NSNumber) -> Bool {
    // The type code of a Bool is that of a signed char.
    String(cString: number.objCType) == "c" && (number == 0 || number == 1)
  }
}
