package import Bitext
internal import Segmentation

/// A remark to the checks at its place in a document.
public struct Suppression: Sendable, Hashable {
  public var file: String
  /// The comment, in bytes of the file.
  public var place: Range<Int>
  public var remark: SuppressionRemark
  /// The stretches of the file that a remark about one line is about.
  public var covered: [Range<Int>]
  /// Whether the document was checked beside its translation: only then rules about pairs had
  /// their say.
  public var isPaired: Bool

  /// The remarks in a document that stands by itself.
  static func all(in text: SegmentedText) -> [Suppression] {
    all(in: text, isPaired: false, isOneFile: false) { _ in [] }
  }

  /// The remarks in a pair. Where both sides are in one file, a remark about a line is about the
  /// translation of that line too.
  static func all(in pair: ParallelText) -> [Suppression] {
    guard !pair.source.prose.comments.isEmpty || !pair.target.prose.comments.isEmpty else {
      return []
    }
    let isOneFile = pair.source.file == pair.target.file
    let source = all(in: pair.source, isPaired: true, isOneFile: isOneFile) { segments in
      isOneFile ? pair.target.places(pair.beads, \.source, \.target, segments) : []
    }
    let target = all(in: pair.target, isPaired: true, isOneFile: isOneFile) { segments in
      isOneFile ? pair.source.places(pair.beads, \.target, \.source, segments) : []
    }
    return source + target
  }

  private static func all(
    in text: SegmentedText, isPaired: Bool, isOneFile: Bool,
    counterparts: (Range<Int>) -> [Range<Int>]
  ) -> [Suppression] {
    text.prose.comments.flatMap { comment in
      SuppressionRemark.remarks(in: comment.text).map { remark in
        var covered: [Range<Int>] = []
        if let range = text.line(of: remark.scope, at: comment.place, isOneFile: isOneFile) {
          covered.append(text.prose.positions.source(range))
          covered += counterparts(text.segments(in: range))
        }
        return Suppression(
          file: text.file, place: comment.range, remark: remark, covered: covered,
          isPaired: isPaired)
      }
    }
  }
}

extension SegmentedText {
  /// The bytes of the prose that a remark about one line is about: the block after it, or the one
  /// that it stands in or behind. In the midst of a block the next segment counts as the next line.
  /// In a file of both languages a comment stands before the entry that it belongs to.
  fileprivate func line(
    of scope: SuppressionRemark.Scope?, at place: Int, isOneFile: Bool
  ) -> Range<Int>? {
    let blocks = prose.blocks
    let next = blocks.firstIndex { $0.range.upperBound > place } ?? blocks.count
    let isInside = next < blocks.count && blocks[next].range.lowerBound < place
    switch scope {
    case .nextLine where isInside:
      let segment = segments.first { $0.range.lowerBound >= place }
      return segment.map(\.range)
    case .nextLine: return next < blocks.count ? blocks[next].range : nil
    case .line where isInside: return blocks[next].range
    case .line where isOneFile: return next < blocks.count ? blocks[next].range : nil
    case .line where next > 0: return blocks[next - 1].range
    case .line: return blocks.first?.range
    default: return nil
    }
  }

  /// The segments that lie in a range of the prose.
  fileprivate func segments(in range: Range<Int>) -> Range<Int> {
    let first = segments.firstIndex { $0.range.upperBound > range.lowerBound } ?? segments.count
    let last = segments.lastIndex { $0.range.lowerBound < range.upperBound } ?? first - 1
    return first..<max(first, last + 1)
  }

  /// The places in the file of the segments that translate some of the other side.
  fileprivate func places(
    _ beads: [Bead], _ other: KeyPath<Bead, Range<Int>>, _ own: KeyPath<Bead, Range<Int>>,
    _ segments: Range<Int>
  ) -> [Range<Int>] {
    beads.lazy.filter { $0[keyPath: other].overlaps(segments) }.flatMap { $0[keyPath: own] }
      .map { prose.positions.source(self.segments[$0].range) }
  }
}

extension Suppression: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(file)
    writer.write(place)
    writer.write(remark)
    writer.write(covered)
    writer.write(isPaired)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(
      file: try reader.read(), place: try reader.read(), remark: try reader.read(),
      covered: try reader.read(), isPaired: try reader.read())
  }
}
