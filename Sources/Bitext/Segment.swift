/// What a stretch of prose is in its document.
public enum BlockKind: Sendable, Hashable {
  case heading(level: Int)
  case paragraph
  case listItem
  case tableCell
  case quote
  case caption
}

/// A stretch of prose that no sentence crosses: a paragraph, a heading, a list item, a cell.
public struct Block: Sendable, Hashable {
  /// The bytes of the block in ``Prose/utf8``, without the line break after it.
  public var range: Range<Int>
  public var kind: BlockKind
  /// What names the block in its file, such as the path of a JSON member: blocks of two files with
  /// the same name translate each other.
  public var identifier: String?

  public init(range: Range<Int>, kind: BlockKind, identifier: String? = nil) {
    self.range = range
    self.kind = kind
    self.identifier = identifier
  }
}

/// A comment in a document: no prose, but the place where authors talk to tools.
public struct DocumentComment: Sendable, Hashable {
  /// What the comment says, without its marks.
  public var text: String
  /// Bytes of the file on disk, marks included.
  public var range: Range<Int>
  /// The byte of ``Prose/utf8`` before which the comment stands.
  public var place: Int

  public init(text: String, range: Range<Int>, place: Int) {
    self.text = text
    self.range = range
    self.place = place
  }
}

/// The readable text of one document: what is left when markup, code and addresses are gone.
public struct Prose: Sendable {
  /// The path or name by which the user knows the document.
  public var file: String
  public var language: LanguageTag
  /// All blocks one after the other, each followed by a line feed, in UTF-8.
  public var utf8: [UInt8]
  /// The blocks in reading order; their ranges lie in ``utf8`` and do not overlap.
  public var blocks: [Block]
  /// Leads from offsets in ``utf8`` to bytes of the file on disk.
  public var positions: PositionMap
  /// Stretches of ``utf8`` that are quoted and not worded by the author: code and addresses. They
  /// are read and aligned, and never checked. In order, not overlapping.
  public var literals: [Range<Int>]
  /// In the order of the file.
  public var comments: [DocumentComment]

  public init(
    file: String, language: LanguageTag, utf8: [UInt8], blocks: [Block], positions: PositionMap,
    literals: [Range<Int>] = [], comments: [DocumentComment] = []
  ) {
    self.file = file
    self.language = language
    self.utf8 = utf8
    self.blocks = blocks
    self.positions = positions
    self.literals = literals
    self.comments = comments
  }

  /// The text of a byte range of ``utf8``.
  public func text(_ range: Range<Int>) -> String {
    String(decoding: utf8[range], as: UTF8.self)
  }
}

/// A sentence, heading or list item: the unit that is aligned and kept in a memory.
public struct Segment: Sendable, Hashable {
  /// Bytes of the prose, without the white space around the segment.
  public var range: Range<Int>
  /// The index of the block that the segment lies in.
  public var block: Int

  public init(range: Range<Int>, block: Int) {
    self.range = range
    self.block = block
  }
}

/// A document cut into segments.
public struct SegmentedText: Sendable {
  public var prose: Prose
  /// The segments in reading order.
  public var segments: [Segment]

  public init(prose: Prose, segments: [Segment]) {
    self.prose = prose
    self.segments = segments
  }

  public var file: String { prose.file }
  public var language: LanguageTag { prose.language }

  /// The bytes of the prose from the first of some neighbouring segments to the last; the empty
  /// range where there are none.
  package func range(_ indices: Range<Int>) -> Range<Int> {
    guard let first = indices.first, let last = indices.last else { return 0..<0 }
    return segments[first].range.lowerBound..<segments[last].range.upperBound
  }

  /// The text of one segment.
  public func text(_ index: Int) -> String { prose.text(segments[index].range) }

  /// The text of neighbouring segments, joined as the language joins its sentences: with a space,
  /// or with nothing in Chinese.
  public func text(_ indices: Range<Int>) -> String {
    indices.lazy.map { text($0) }.joined(separator: language.isChinese ? "" : " ")
  }
}
