internal import Formats

extension Workspace {
  /// The files beside the documents and the store that a check of this workspace reads.
  public var settingFiles: [String] {
    var files = glossaries + warnOnlyFiles
    guard let configuration else { return files }
    files.append(Files.join(configuration.directory, ProjectConfiguration.fileName))
    if let rules = configuration.segmentation { files.append(configuration.resolve(rules)) }
    guard glossaries.isEmpty else { return files }
    let patterns = configuration.glossaries.map { configuration.resolve($0) }
    for pattern in patterns {
      files += (try? FileSearch(endings: GlossaryFile.endings).files([pattern])) ?? []
    }
    return files
  }
}
