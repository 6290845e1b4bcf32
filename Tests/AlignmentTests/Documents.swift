import Bitext

/// A document whose paragraphs are lists of sentences, so that no test of the aligner rests on
/// where ICU cuts. A paragraph that starts with `#` is a heading.
func document(_ language: LanguageTag, _ paragraphs: [[String]]) -> SegmentedText {
  var utf8: [UInt8] = []
  var blocks: [Block] = []
  var segments: [Segment] = []
  for paragraph in paragraphs {
    let start = utf8.count
    let isHeading = paragraph.first?.hasPrefix("#") == true
    for sentence in paragraph {
      let bytes = Array(sentence.utf8.drop { $0 == 0x23 })
      segments.append(
        Segment(range: utf8.count..<utf8.count + bytes.count, block: blocks.count))
      utf8 += bytes + [0x20]
    }
    blocks.append(
      Block(
        range: start..<max(start, utf8.count - 1),
        kind: isHeading ? .heading(level: 1) : .paragraph))
    utf8 += [0x0A]
  }
  let prose = Prose(
    file: "\(language).txt", language: language, utf8: utf8, blocks: blocks,
    positions: PositionMap(verbatim: utf8.count))
  return SegmentedText(prose: prose, segments: segments)
}

/// Beads as `0-1=2`, `3=` and `=4`: short enough to read in a failure.
func shorthand(_ beads: [Bead]) -> String {
  beads.map { side($0.source) + "=" + side($0.target) }.joined(separator: " ")
}

private func side(_ range: Range<Int>) -> String {
  guard let first = range.first, let last = range.last else { return "" }
  return first == last ? "\(first)" : "\(first)-\(last)"
}
