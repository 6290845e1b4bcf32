internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project

/// The command, with all its verbs.
struct Concord: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "concord",
    abstract: "Align English and Chinese documents, keep their terms, and check that they agree.",
    discussion: """
      A project is a folder with a concord.yml and a store; 'concord init' makes one. Verbs that \
      read a glossary also work without a project, with --glossary FILE.

      Results go to standard output, remarks to standard error. Exit codes: 0 clean, 1 findings, \
      2 trouble.
      """,
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "Glossary",
        subcommands: [
          Init.self, Add.self, Edit.self, List.self, Show.self, Remove.self, Review.self,
          Lint.self,
        ]),
      CommandGroup(name: "Exchange", subcommands: [Import.self, Export.self]),
      CommandGroup(
        name: "Documents",
        subcommands: [
          Segment.self, Align.self, Extract.self, Lookup.self, Check.self, SelfTest.self,
        ]),
      CommandGroup(
        name: "Memory",
        subcommands: [
          Search.self, Concordance.self, Pretranslate.self, Analyze.self, MemoryVerb.self,
        ]),
      CommandGroup(name: "Scripts", subcommands: [Batch.self]),
    ])
}

/// A verb: parsed options that do their work in a session and say how it ended.
///
/// Its configuration names it: without that the name would be asked of the runtime, of every verb
/// at every start, for a millisecond in all.
protocol Verb: ParsableCommand {
  /// - Returns: 0 when all is well, 1 for findings.
  /// - Throws: `Trouble` for exit code 2.
  func run(in session: Session) throws -> Int32
}

enum ExitStatus {
  static let clean: Int32 = 0
  static let findings: Int32 = 1
  static let trouble: Int32 = 2
}

/// Parses and runs one command line; the only place that turns errors into text and exit codes.
func runProgram(_ arguments: [String]) -> Int32 {
  let session = Session()
  do {
    return try run(arguments, in: session)
  } catch let error as CommandLineError {
    return error.print()
  } catch {
    if error is ClosedPipe { return ExitStatus.clean }
    session.report(error)
    return ExitStatus.trouble
  }
}

/// Parses and runs one command line in a session.
///
/// - Throws: ``CommandLineError`` for a line that cannot be understood, and what the verb throws.
func run(_ arguments: [String], in session: Session) throws -> Int32 {
  var command: any ParsableCommand
  do {
    command = try Concord.parseAsRoot(arguments)
  } catch {
    throw CommandLineError(error, arguments)
  }
  if let verb = command as? any Verb {
    do {
      return try verb.run(in: session)
    } catch let error as ValidationError {
      throw CommandLineError(error, arguments)
    }
  }
  do {
    try command.run()
  } catch {
    throw CommandLineError(error, arguments)
  }
  return ExitStatus.clean
}

/// A command line that asks for help or cannot be understood.
struct CommandLineError: Error {
  let error: any Error
  let arguments: [String]

  init(_ error: any Error, _ arguments: [String]) {
    self.error = error
    self.arguments = arguments
  }

  /// Whether the user asked for what is printed: help, the version, a completion script.
  var isRequest: Bool { Concord.exitCode(for: error) == .success }

  var message: String { Concord.message(for: error) }

  func print() -> Int32 {
    let text = Concord.fullMessage(for: error)
    if isRequest {
      let output = OutputFile.standardOutput()
      do {
        try output.write(text.isEmpty ? "" : text + "\n")
        try output.finish()
      } catch {
        // Nobody is left to read it.
      }
      return ExitStatus.clean
    }
    StandardError.write(text + suggestion + "\n")
    return ExitStatus.trouble
  }

  /// The verb that a misspelt one was meant to be.
  private var suggestion: String {
    var verbs = Concord.configuration.subcommands
    var path = "concord"
    for word in arguments.prefix(while: { !$0.hasPrefix("-") }) {
      guard let verb = verbs.first(where: { $0._commandName == word }) else {
        let near = nearestWord(to: word, among: verbs.map { $0._commandName })
        return near.map { "\nDid you mean '\(path) \($0)'?" } ?? ""
      }
      verbs = verb.configuration.subcommands
      path += " \(word)"
    }
    return ""
  }
}
