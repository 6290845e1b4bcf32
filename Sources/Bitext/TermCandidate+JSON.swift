extension TermCandidate {
  /// The shape that `extract` promises to other programs.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("source", source)
      writer.member("target", target)
      writer.member("score", share: score)
      writer.member("count", count)
      writer.member("sourceCount", sourceCount)
      writer.member("targetCount", targetCount)
      writer.member("evidence", evidence)
      writer.member("kind", concept == nil ? "new" : "variant")
      writer.member("concept", concept)
      if let cue { writer.member("cue", cue.name) }
    }
    return writer.text
  }
}

extension JSONWriter {
  /// An array of `{"file":…,"bead":…}`, with the sentences and spans of those that have them.
  public mutating func member(_ name: String, _ evidence: [TermCandidate.Evidence]) {
    key(name)
    array(evidence) { writer, evidence in
      writer.object { writer in
        writer.member("file", evidence.file)
        writer.member("bead", evidence.bead)
        guard !evidence.sourceText.isEmpty else { return }
        writer.member("sourceText", evidence.sourceText)
        writer.member("targetText", evidence.targetText)
        writer.member("sourceSpan", evidence.sourceSpan)
        writer.member("targetSpan", evidence.targetSpan)
      }
    }
  }

  private mutating func member(_ name: String, _ span: Range<Int>) {
    key(name)
    array([span.lowerBound, span.upperBound]) { $0.value($1) }
  }
}

extension TermCandidate.Cue {
  /// What JSON calls it.
  package var name: String {
    switch self {
    case .quotes: "quotes"
    case .sound: "sound"
    case .abbreviation: "abbreviation"
    case .brackets: "brackets"
    }
  }
}
