internal import ArgumentParser

/// Whether and how words are aligned too.
struct WordOptions: ParsableArguments {
  @Flag(help: "Say for each bead which of its words translate each other.")
  var words = false

  @Flag(
    help: """
      Line n of the source is translated by line n of the target, words are parted by spaces: \
      print the word links, a line a pair.
      """)
  var tokenized = false

  @Option(
    help: ArgumentHelp(
      "Learn from this bitext too: TSV or TMX, also gzipped. May be repeated.",
      valueName: "file"))
  var train: [String] = []

  var isOn: Bool { words || tokenized }

  func validate(_ align: Align) throws {
    guard isOn else {
      if !train.isEmpty { throw ValidationError("--train goes with --words or --tokenized.") }
      if align.format == .pharaoh {
        throw ValidationError("--format pharaoh goes with --words or --tokenized.")
      }
      return
    }
    if align.batch != nil { throw ValidationError("--words takes two documents, not --batch.") }
    if align.save { throw ValidationError("--save keeps beads without words: leave --words out.") }
    if let format = align.format, !format.hasWords {
      throw ValidationError(
        "--format \(format.rawValue) has no place for words: text, json, jsonl and pharaoh have.")
    }
  }
}
