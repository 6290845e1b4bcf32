public import Bitext
internal import Segmentation

/// A file that holds both languages.
public enum BilingualFile {
  /// Whether a path names one, by its ending.
  public static func isBilingual(_ path: String) -> Bool { Files.ending(of: path) == "tmx" }

  /// Reads a TMX file as one bitext: each unit is a bead, its sides exact stretches of the file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - languages: which pair to read, for files of several and for files that do not say; else
  ///     the header's source language and the first other one.
  ///   - warn: hears of what is odd and yet readable.
  /// - Returns: both sides, each a document in the same file.
  /// - Throws: `Trouble` for a broken file and for one without a pair of two languages.
  public static func read(
    _ path: String, languages: (source: LanguageTag?, target: LanguageTag?),
    warn: @escaping (Warning) -> Void
  ) throws -> ParallelText {
    var builder: ParallelTextBuilder?
    try TMXReader.forEachUnit(of: path, warn: warn) { unit in
      guard let first = unit.source else { return }
      let source = languages.source ?? builder?.source.language ?? first.language
      let target =
        languages.target ?? builder?.target.language
        ?? unit.variants.first { $0.language != source }?.language
      guard let target else { return }
      if builder == nil { builder = ParallelTextBuilder(path, source: source, target: target) }
      let left = unit.variants.first { LanguageMatching.match($0.language, source) }
      let right = unit.variants.first {
        LanguageMatching.match($0.language, target) && $0.language != left?.language
      }
      builder?.append(left, right)
    }
    guard let builder, !builder.beads.isEmpty else {
      throw Trouble("holds no unit with both languages", file: path)
    }
    return builder.text
  }
}

/// Puts units together to two documents in one file.
private struct ParallelTextBuilder {
  var source: SegmentedText
  var target: SegmentedText
  var beads: [Bead] = []

  init(_ file: String, source: LanguageTag, target: LanguageTag) {
    func empty(_ language: LanguageTag) -> SegmentedText {
      SegmentedText(
        prose: Prose(
          file: file, language: language, utf8: [], blocks: [], positions: PositionMap()),
        segments: [])
    }
    self.source = empty(source)
    self.target = empty(target)
  }

  var text: ParallelText {
    ParallelText(source: source, target: target, beads: beads, isAligned: false)
  }

  mutating func append(_ left: TMXUnit.Variant?, _ right: TMXUnit.Variant?) {
    let before = (source.segments.count, target.segments.count)
    if let left { source.append(left) }
    if let right { target.append(right) }
    beads.append(
      Bead(
        source: before.0..<source.segments.count, target: before.1..<target.segments.count,
        score: 1))
  }
}

extension SegmentedText {
  fileprivate mutating func append(_ variant: TMXUnit.Variant) {
    let start = prose.utf8.count
    let text = Array(variant.text.utf8)
    prose.utf8 += text
    let range = start..<prose.utf8.count
    prose.utf8.append(0x0A)
    segments.append(Segment(range: range, block: prose.blocks.count))
    prose.blocks.append(Block(range: range, kind: .paragraph))
    prose.positions.append(contentsOf: variant.positions, at: start)
  }
}
