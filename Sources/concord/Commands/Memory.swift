internal import ArgumentParser

/// The verbs that look after the memory itself.
struct MemoryVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory",
    abstract: "Look after the memory: browse, check, deduplicate, edit, undo.",
    discussion: """
      Whatever changes the memory is one operation with a number, an import as well: 'concord \
      memory history' lists them, 'concord memory undo' takes one back, and 'redo' does it again.

        concord memory statistics
        concord memory list 科学城 --origin "news/*"
        concord memory check --fail-on warning
        concord memory deduplicate --dry-run
      """,
    subcommands: [
      MemoryStatisticsVerb.self, MemoryList.self, MemoryCheck.self, MemoryConflicts.self,
      MemoryDeduplicate.self, MemoryEditVerb.self, MemoryDelete.self, MemoryHistory.self,
      MemoryUndo.self, MemoryRedo.self, MemoryForget.self, MemoryReindex.self, MemoryStatus.self,
      MemoryFragments.self,
    ])
}
