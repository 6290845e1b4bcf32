package import Bitext
internal import Formats
package import Segmentation

/// A Markdown document that keeps the original of each paragraph in a comment above its
/// translation, as some documentation trees do.
package enum CommentedPair {
  /// Fewer pairs than these may be chance: a remark of an author above a paragraph.
  static let leastPairs = 2

  /// Reads such a document as a bitext: the comments are the source, what stands under them the
  /// target. A comment goes with all blocks up to the next one; where it has as many blocks itself,
  /// each goes with its own.
  ///
  /// - Parameters:
  ///   - text: the document.
  ///   - file: its name.
  ///   - options: how to read it; the language is that of the translation.
  /// - Returns: `nil` when fewer than two comments in another language stand above text.
  /// - Throws: `Trouble` for what no Markdown reader would go through.
  package static func read(
    _ text: DecodedText, file: String, _ options: DocumentOptions
  ) throws(Trouble) -> ParallelText? {
    let found = HTMLComments.ranges(in: text.utf8)
    guard found.count >= leastPairs else { return nil }
    let builder = try markdown(text.utf8, file)
    guard let language = language(of: builder, text, file, options) else { return nil }
    let target = builder.prose(file: file, language: language, positions: text.positions)
    let places = target.blocks.map { builder.positions.source(at: $0.range.lowerBound) }
    var groups = groups(found, blocksAt: places)
    for index in groups.indices {
      groups[index].original = try original(groups[index].comment, text, file, unlike: language)
    }
    groups.removeAll { $0.original?.blocks.isEmpty ?? true }
    guard groups.count >= leastPairs else { return nil }
    return parallelText(groups, target, file)
  }

  /// How many comments of a part of a document may be originals, wherever they stand.
  ///
  /// - Parameters:
  ///   - part: the part.
  ///   - file: the name of the document.
  ///   - language: of the text around the comments.
  /// - Returns: no fewer than ``read(_:file:_:)`` would find in it.
  /// - Throws: `Trouble` for what no Markdown reader would go through.
  static func originals(
    in part: PlacedPart, file: String, unlike language: LanguageTag
  ) throws(Trouble) -> Int {
    let source = part.builder.source
    let text = DecodedText(
      utf8: source, encoding: "UTF-8", positions: PositionMap(verbatim: source.count))
    var count = 0
    var index = 0
    while let start = source[index..<part.end].firstIndex(of: UInt8(ascii: "<")) {
      index = start + 1
      guard source[start...].starts(with: "<!--".utf8),
        HTMLComments.mayStartLine(in: source, at: start)
      else { continue }
      // Where one begins in another, only the whole document tells which of them is one.
      guard let end = HTMLComments.end(of: source, from: start + 4),
        !source[start + 4..<end].split(separator: UInt8(ascii: "<"))
          .contains(where: { $0.starts(with: "!--".utf8) })
      else { return leastPairs }
      if try original(start + 4..<end, text, file, unlike: language) != nil { count += 1 }
      index = end
    }
    return count
  }

  private static func markdown(
    _ source: [UInt8], _ file: String
  ) throws(Trouble) -> ProseBuilder {
    try Markdown.read(source, isMDX: Files.ending(of: file) == "mdx", file: file)
  }

  /// A comment with the blocks under it.
  private struct Group {
    /// Between the marks of the comment.
    var comment: Range<Int>
    var blocks: Range<Int>
    var original: Prose?
  }

  private static func language(
    of builder: ProseBuilder, _ text: DecodedText, _ file: String, _ options: DocumentOptions
  ) -> LanguageTag? {
    let detected = LanguageMatching.detect(builder.utf8.span)
    let language =
      options.language ?? FrontMatter.language(in: text.utf8) ?? DocumentName(file).language
      ?? detected
    return language == .chinese ? options.chinese : language
  }

  /// The comments that have blocks between themselves and the next comment.
  private static func groups(_ comments: [Range<Int>], blocksAt places: [Int]) -> [Group] {
    var groups: [Group] = []
    var block = 0
    for (index, comment) in comments.enumerated() {
      while block < places.count, places[block] < comment.upperBound { block += 1 }
      let end = index + 1 < comments.count ? comments[index + 1].lowerBound : Int.max
      let start = block
      while block < places.count, places[block] < end { block += 1 }
      if block > start { groups.append(Group(comment: comment, blocks: start..<block)) }
    }
    return groups
  }

  /// The text of a comment as Markdown; `nil` where it is no text in another language.
  private static func original(
    _ comment: Range<Int>, _ text: DecodedText, _ file: String, unlike language: LanguageTag
  ) throws(Trouble) -> Prose? {
    guard !isRemark(text.utf8[comment]) else { return nil }
    let inner = dedented(comment, text)
    let builder = try markdown(inner.utf8, file)
    guard let other = LanguageMatching.detect(builder.utf8.span),
      !LanguageMatching.sameLanguage(other, language)
    else { return nil }
    return builder.prose(file: file, language: other, positions: inner.positions)
  }

  /// What a comment says to a tool (`markdownlint-disable MD013`), and a single word in small
  /// letters that marks a part of the page.
  private static func isRemark(_ comment: ArraySlice<UInt8>) -> Bool {
    let words = comment.split { $0 <= 0x20 }
    guard let first = words.first else { return true }
    let isPlain = first.allSatisfy { 0x61...0x7A ~= $0 || $0 == 0x2D || $0 == 0x5F || $0 == 0x3A }
    guard isPlain else { return false }
    let parts = first.split { $0 == 0x2D || $0 == 0x3A }.map { String(decoding: $0, as: UTF8.self) }
    return words.count == 1 || parts.count > 1 && parts.contains { Self.orders.contains($0) }
  }

  private static let orders: Set<String> = [
    "disable", "enable", "end", "ignore", "next", "off", "on", "start",
  ]

  /// The text of a comment without what all of its lines are indented by, since Markdown takes four
  /// spaces for code.
  private static func dedented(_ range: Range<Int>, _ text: DecodedText) -> PlacedText {
    var lines: [Range<Int>] = []
    var start = range.lowerBound
    for index in range where text.utf8[index] == 0x0A {
      lines.append(start..<index + 1)
      start = index + 1
    }
    lines.append(start..<range.upperBound)
    func indent(_ line: Range<Int>) -> Int {
      line.prefix { text.utf8[$0] == 0x20 }.count
    }
    let least =
      lines.dropFirst().filter { !text.utf8.span.trimmingWhitespace($0).isEmpty }.map(indent).min()
    var result = PlacedText(at: text.positions.source(at: range.lowerBound))
    for (number, line) in lines.enumerated() {
      let cut = min(indent(line), number == 0 ? Int.max : least ?? 0)
      let rest = line.lowerBound + cut..<line.upperBound
      result.append(text.utf8[rest], text.places(of: rest))
    }
    return result
  }

  private static func parallelText(
    _ groups: [Group], _ target: Prose, _ file: String
  ) -> ParallelText? {
    guard let language = groups.first?.original?.language else { return nil }
    var source = Prose(emptyIn: language, file: file)
    var beads: [Bead] = []
    var done = 0
    /// Adds the blocks that have no comment above them.
    func addLonely(upTo end: Int) {
      for block in done..<max(done, end) {
        let at = source.blocks.count
        beads.append(Bead(source: at..<at, target: block..<block + 1, score: 1))
      }
    }
    for group in groups {
      guard let original = group.original else { continue }
      addLonely(upTo: group.blocks.lowerBound)
      let first = source.blocks.count
      source.append(contentsOf: original)
      let blocks = first..<source.blocks.count
      if blocks.count == group.blocks.count {
        for (left, right) in zip(blocks, group.blocks) {
          beads.append(Bead(source: left..<left + 1, target: right..<right + 1, score: 1))
        }
      } else {
        beads.append(Bead(source: blocks, target: group.blocks, score: 1))
      }
      done = group.blocks.upperBound
    }
    addLonely(upTo: target.blocks.count)
    return ParallelText(
      source: SentenceSegmenter.blocks(of: source), target: SentenceSegmenter.blocks(of: target),
      beads: beads, isAligned: false)
  }
}

extension Prose {
  /// Appends the blocks of another document in the same file.
  fileprivate mutating func append(contentsOf other: Prose) {
    let start = utf8.count
    utf8 += other.utf8
    positions.append(contentsOf: other.positions, at: start)
    literals += other.literals.map { $0.lowerBound + start..<$0.upperBound + start }
    for var block in other.blocks {
      block.range = block.range.lowerBound + start..<block.range.upperBound + start
      blocks.append(block)
    }
  }
}

/// Finds the comments of a Markdown document that stand at the start of a line.
enum HTMLComments {
  /// The bytes between the marks of each comment, outside fenced code and front matter.
  static func ranges(in source: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var fence: ArraySlice<UInt8>?
    var index = FrontMatter.end(in: source)
    while index < source.count {
      var text = index
      while text < source.count, source[text] == 0x20 { text += 1 }
      text = itemStart(in: source, from: text)
      let rest = source[text...]
      if let open = fence {
        if rest.starts(with: open) { fence = nil }
      } else if let mark = fenceMark(rest) {
        fence = mark
      } else if rest.starts(with: "<!--".utf8) {
        guard let end = end(of: source, from: text + 4) else { return found }
        found.append(text + 4..<end)
        index = end + 3
      }
      while index < source.count, source[index] != 0x0A { index += 1 }
      index += 1
    }
    return found
  }

  /// Whether nothing stands before a byte on its line but what an item of a list begins with.
  static func mayStartLine(in source: [UInt8], at place: Int) -> Bool {
    var index = place
    while index > 0, source[index - 1] != 0x0A {
      index -= 1
      guard source[index].isASCIIDigit || " .)*+-".utf8.contains(source[index]) else {
        return false
      }
    }
    return true
  }

  /// Where the text of a list's item starts, if one starts there.
  private static func itemStart(in source: [UInt8], from start: Int) -> Int {
    var index = start
    while index < source.count, source[index].isASCIIDigit { index += 1 }
    guard index < source.count else { return start }
    let marks: [UInt8] = index > start ? [0x29, 0x2E] : [0x2A, 0x2B, 0x2D]
    guard marks.contains(source[index]), index + 1 < source.count, source[index + 1] == 0x20 else {
      return start
    }
    index += 1
    while index < source.count, source[index] == 0x20 { index += 1 }
    return index
  }

  /// Three or more backticks or tildes.
  private static func fenceMark(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let first = rest.first, first == 0x60 || first == 0x7E else { return nil }
    let mark = rest.prefix { $0 == first }
    return mark.count >= 3 ? mark : nil
  }

  static func end(of source: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + 3 <= source.count {
      if source[index] == 0x2D, source[index + 1] == 0x2D, source[index + 2] == 0x3E {
        return index
      }
      index += 1
    }
    return nil
  }
}
