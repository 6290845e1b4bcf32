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

  /// A line of a TSV bitext: source, target, score. What would end a field becomes a space.
  public func tsvLine(in text: ParallelText) -> String {
    func field(_ text: String) -> String {
      String(
        decoding: text.utf8.map { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 },
        as: UTF8.self)
    }
    return "\(field(text.sourceText(self)))\t\(field(text.targetText(self)))\t\(decimal(score))"
  }
}

extension ParallelText {
  /// The beads with both sides as units for a memory, each with the segments around it.
  ///
  /// - Parameter origin: where the units came from, such as the name of the source document.
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
