public import Bitext

extension Bead {
  /// The shape that `align` promises to other programs.
  public func json(in text: ParallelText) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("source")
      writer.array(source) { $0.value($1) }
      writer.key("target")
      writer.array(target) { $0.value($1) }
      writer.member("sourceText", text.sourceText(self))
      writer.member("targetText", text.targetText(self))
      writer.member("score", share: score)
    }
    return writer.text
  }

  /// A row of a TSV bitext: source, target, score.
  public func tsvRow(in text: ParallelText) -> String {
    Formats.tsvRow([text.sourceText(self), text.targetText(self), decimal(score)])
  }
}

extension ParallelText {
  /// The beads with both sides as units for a memory, each with the segments around it.
  ///
  /// `origin` says where the units came from, such as the name of the source document; beads below
  /// `minimumScore` are left out.
  public func translationUnits(origin: String?, minimumScore: Double = 0) -> [TranslationUnit] {
    beads.compactMap { bead in
      guard !bead.source.isEmpty, !bead.target.isEmpty, bead.score >= minimumScore else {
        return nil
      }
      let before = bead.source.lowerBound - 1
      let after = bead.source.upperBound
      return TranslationUnit(
        sourceLanguage: source.language, targetLanguage: target.language,
        source: sourceText(bead), target: targetText(bead),
        previous: before >= 0 ? source.text(before) : nil,
        next: after < source.segments.count ? source.text(after) : nil, origin: origin,
        score: bead.score)
    }
  }
}
