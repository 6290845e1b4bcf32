public import Bitext

/// Which pair of documents of a list a bead belongs to, where several are printed together.
public struct PairReference: Sendable, Hashable {
  /// Its number in the list, from 0.
  public var number: Int
  public var sourceFile: String
  public var targetFile: String

  public init(number: Int, sourceFile: String, targetFile: String) {
    self.number = number
    self.sourceFile = sourceFile
    self.targetFile = targetFile
  }
}

extension Bead {
  /// The shape that `align` promises to other programs; `pair` is for beads of several pairs.
  ///
  /// `more` adds members behind the promised ones.
  public func json(
    in text: ParallelText, pair: PairReference? = nil, more: (inout JSONWriter) -> Void = { _ in }
  ) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("source")
      writer.array(source) { $0.value($1) }
      writer.key("target")
      writer.array(target) { $0.value($1) }
      writer.member("sourceText", text.sourceText(self))
      writer.member("targetText", text.targetText(self))
      writer.member("score", share: score)
      if isMoved {
        writer.key("moved")
        writer.value(true)
      }
      if let pair {
        writer.member("pair", pair.number)
        writer.member("sourceFile", pair.sourceFile)
        writer.member("targetFile", pair.targetFile)
      }
      more(&writer)
    }
    return writer.text
  }

  /// The fields of a table's row: source, target, score.
  public func fields(in text: ParallelText) -> [String] {
    [text.sourceText(self), text.targetText(self), decimal(score)]
  }
}

extension ParallelText {
  /// The beads with both sides as units for a memory, each with the segments around it.
  ///
  /// `origin` says where the units came from, such as the name of the source document; beads below
  /// `minimumScore` are left out.
  public func translationUnits(origin: String?, minimumScore: Double = 0) -> [TranslationUnit] {
    beads.compactMap { $0.score >= minimumScore ? translationUnit($0, origin: origin) : nil }
  }

  /// A bead as a unit for a memory, with the segments around it; `nil` where a side is empty.
  public func translationUnit(_ bead: Bead, origin: String?) -> TranslationUnit? {
    guard !bead.source.isEmpty, !bead.target.isEmpty else { return nil }
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
