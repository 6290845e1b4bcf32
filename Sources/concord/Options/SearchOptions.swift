internal import ArgumentParser
internal import Project

/// How folders are searched.
struct SearchOptions: ParsableArguments {
  @Flag(help: "Search folders for what .gitignore names too.")
  var noIgnore = false

  /// - Parameters:
  ///   - endings: of the files that count in a folder.
  ///   - workspace: whose `ignore:` counts.
  /// - Returns: the search.
  func search(_ endings: Set<String>, in workspace: Workspace) -> FileSearch {
    FileSearch(
      endings: endings, ignored: workspace.configuration?.ignoredPaths ?? [],
      usesGitIgnore: !noIgnore)
  }
}
