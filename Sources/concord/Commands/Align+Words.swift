internal import Alignment
internal import Bitext
internal import Formats
internal import Project

extension BeadRendering.Format {
  /// Whether word links can be printed in the format.
  var hasWords: Bool { [.text, .json, .jsonl, .pharaoh].contains(self) }
}

extension Align {
  /// Aligns two documents and the words of their beads.
  func runWords(
    _ source: String, _ target: String, _ aligner: PairAligner, _ session: Session
  ) throws -> Int32 {
    let format = format ?? (words.tokenized ? .pharaoh : fileFormat)
    guard format.hasWords else {
      throw Trouble("--words prints no \(format.rawValue): name a format with --format")
    }
    try requireFile(for: format, session)
    let flow = WordAlignFlow(aligner, training: words.train, isTokenized: words.tokenized)
    let linked = try session.withProgress { progress in
      progress.say("aligning the words of \(source) and \(target) …")
      return try flow.align(source: source, target: target, warn: session.warn)
    }
    let beads = rendering(format).beads(of: linked.text)
    if output == nil, let collector = session.collector {
      collector(beads.map { linked.json(of: $0) })
      return ExitStatus.clean
    }
    try print(linked, beads, format)
    session.collector?([])
    return ExitStatus.clean
  }

  private func print(
    _ linked: LinkedText, _ beads: [Bead], _ format: BeadRendering.Format
  ) throws {
    let rendering = rendering(format)
    let file = try openOutput()
    try file.write(rendering.head(nil))
    var separator = ""
    for bead in beads {
      try file.write(separator + Self.text(of: bead, linked, format))
      separator = rendering.separator
    }
    try file.write(rendering.foot)
    try file.finish()
  }

  private static func text(
    of bead: Bead, _ linked: LinkedText, _ format: BeadRendering.Format
  ) -> String {
    switch format {
    case .json: return linked.json(of: bead)
    case .jsonl: return linked.json(of: bead) + "\n"
    case .pharaoh: return linked.pharaoh(of: bead) + "\n"
    default:
      let lines = linked.words(of: bead).map { word in
        "        \(word.source.visible) — \(word.target.visible)\n"
      }
      return BeadText.text(bead, in: linked.text, lines: nil) + lines.joined()
    }
  }
}
