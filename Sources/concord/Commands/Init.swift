internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project
internal import Store

struct Init: Verb {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Start a project here: concord.yml and the store.",
    discussion: """
      What is there already stays as it is.

        concord init
        concord import Glossary/terms.csv
        concord check docs
      """)

  @Option(
    help: ArgumentHelp(
      "The project's languages, the one that is translated from first.", valueName: "tags"))
  var languages = "en,zh-Hans"

  @Option(help: ArgumentHelp("Where the store is to be.", valueName: "path"))
  var store = ".concord/store.sqlite"

  @Flag(name: [.short, .long], help: "Print no remarks.")
  var quiet = false

  func run(in session: Session) throws -> Int32 {
    session.isQuiet = quiet
    let tags = languages.split(separator: ",").map { String($0) }
    for tag in tags where LanguageTag(tag) == nil {
      throw Trouble("'\(tag)' is no language tag: write --languages en,zh-Hans")
    }
    let path = ProjectConfiguration.fileName
    if Files.kind(of: path) == nil {
      let file = try OutputFile.replacing(path)
      try file.write(
        """
        # A project of Concord: see 'concord help'.
        languages: [\(tags.joined(separator: ", "))]
        store: \(store)
        # Glossary files that are read beside the store:
        # glossaries: [Glossary/*.csv]
        # Which files translate which, where their names do not say:
        # pairs: [{source: docs/en/**, target: docs/zh/**}]
        # rules: {term-style: {severity: info}}

        """)
      try file.finish()
      session.remark("made \(path)")
    } else {
      session.remark("\(path) is here already")
    }
    let workspace = try Workspace(store: nil)
    let isThere = workspace.hasStore
    _ = try workspace.store(.create)
    session.remark("\(isThere ? "found" : "made") \(workspace.storePath ?? store)")
    session.collector?([])
    return ExitStatus.clean
  }
}
