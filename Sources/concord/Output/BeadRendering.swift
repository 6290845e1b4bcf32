internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project
internal import Segmentation

/// How beads are printed: which of them, in which order and format.
struct BeadRendering: Sendable, Hashable {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, jsonl, tsv, csv, tmx
    /// Word links alone, `0-0 1-2`, a line a bead.
    case pharaoh

    /// Whether the beads are objects, which a batch of commands can answer with.
    var isObjects: Bool { [.text, .json, .jsonl].contains(self) }

    /// The ending of files in the format.
    var ending: String { self == .text ? "txt" : rawValue }

    /// The format that a file's name tells.
    init?(fileName: String?) {
      guard let fileName else { return nil }
      let ending = Files.ending(of: fileName)
      guard let format = Self.allCases.first(where: { $0.ending == ending }) else { return nil }
      self = format
    }
  }

  var format: Format
  var minimumScore = 0.0
  var isReview = false

  /// Excel takes a table for one in an old encoding unless it starts with this.
  private static let byteOrderMark = "\u{FEFF}"

  /// What stands before the first bead.
  ///
  /// - Parameter languages: `nil` when no pair was aligned.
  /// - Returns: text that may be empty.
  func head(_ languages: (source: LanguageTag, target: LanguageTag)?) -> String {
    let titles = languages.map { ["\($0.source)", "\($0.target)", "score"] }
    switch format {
    case .text, .jsonl, .pharaoh: return ""
    case .json: return "["
    case .tsv: return titles.map(tsvRow) ?? ""
    case .csv: return titles.map { Self.byteOrderMark + csvRow($0) } ?? ""
    case .tmx: return TMXWriter.header(sourceLanguage: languages?.source, version: Concord.version)
    }
  }

  /// What stands behind the last bead.
  var foot: String {
    switch format {
    case .text, .jsonl, .tsv, .csv, .pharaoh: ""
    case .json: "]\n"
    case .tmx: TMXWriter.end
    }
  }

  /// What stands between two beads, also of different pairs.
  var separator: String { format == .json ? ",\n" : "" }

  /// Hands over the beads of a pair one after the other, as they are printed.
  func forEachBead(
    of text: ParallelText, pair: PairReference? = nil, _ body: (String) throws -> Void
  ) rethrows {
    let lines = FileLines()
    let origin = Files.name(of: text.source.file)
    for bead in beads(of: text) {
      switch format {
      case .text: try body(BeadText.text(bead, in: text, lines: isReview ? lines : nil))
      case .json: try body(bead.json(in: text, pair: pair))
      case .jsonl: try body(bead.json(in: text, pair: pair) + "\n")
      case .tsv: try body(tsvRow(bead.fields(in: text)))
      case .csv: try body(csvRow(bead.fields(in: text), guardsFormulas: true))
      case .pharaoh: break
      case .tmx:
        if let unit = text.translationUnit(bead, origin: origin) {
          try body(TMXWriter.text(of: unit))
        }
      }
    }
  }

  /// The beads that are wanted, in the order wanted.
  func beads(of text: ParallelText) -> [Bead] {
    let beads = text.beads.filter { $0.score >= minimumScore }
    guard isReview else { return beads }
    return beads.enumerated().sorted {
      ($0.element.score, $0.offset) < ($1.element.score, $1.offset)
    }.map(\.element)
  }

  /// How many beads there are and how many to look at: "312 beads, 9 of them doubtful".
  static func summary(beads: Int, doubtful: Int) -> String {
    let count = "\(beads) bead\(beads == 1 ? "" : "s")"
    guard doubtful > 0 else { return count + ", none doubtful" }
    return count + ", \(doubtful) doubtful (below 50 %): --review lists them first"
  }
}

/// Prints beads for people.
enum BeadText {
  /// A bead with its score and shape; a doubtful one also with its place and neighbours, where
  /// there are `lines` to name it by.
  static func text(_ bead: Bead, in text: ParallelText, lines: FileLines?) -> String {
    let score = Columns.pad("\(Int((bead.score * 100).rounded())) %", to: 5)
    var head = score + "  \(bead.source.count)-\(bead.target.count)"
    if bead.isMoved { head += " moved" }
    if let lines, bead.isDoubtful {
      return head + "\n" + inContext(bead.source, text.source, lines)
        + inContext(bead.target, text.target, lines)
    }
    return "\(head)  \(side(bead.source, text.source))\n"
      + "\(Columns.pad("", to: Columns.width(head)))  \(side(bead.target, text.target))\n"
  }

  /// What starts the beads of one pair of several.
  static func title(_ text: ParallelText) -> String {
    "\(text.source.file.visible) — \(text.target.file.visible)\n"
  }

  private static func side(_ segments: Range<Int>, _ text: SegmentedText) -> String {
    guard !segments.isEmpty else { return "—" }
    return segments.map { oneLine($0, text) }.joined(separator: " ‖ ")
  }

  private static func oneLine(_ segment: Int, _ text: SegmentedText) -> String {
    text.text(segment).split(separator: "\n").joined(separator: " ").visible
  }

  /// One side of a bead where it stands, with the segments before and after it.
  private static func inContext(
    _ segments: Range<Int>, _ text: SegmentedText, _ lines: FileLines
  ) -> String {
    var result = "  \(place(segments, text, lines))\n"
    func add(_ mark: String, _ content: String) { result += "  \(mark) \(content)\n" }
    let (before, after) = (segments.lowerBound - 1, segments.upperBound)
    if before >= 0 { add(" ", oneLine(before, text)) }
    add(">", side(segments, text))
    if after < text.segments.count { add(" ", oneLine(after, text)) }
    return result
  }

  /// The file and line of a bead's first segment, else of what follows it.
  private static func place(
    _ segments: Range<Int>, _ text: SegmentedText, _ lines: FileLines
  ) -> String {
    let index = min(segments.lowerBound, text.segments.count - 1)
    guard index >= 0, let known = lines.lines(of: text.file) else { return text.file.visible }
    let offset = text.prose.positions.source(text.segments[index].range).lowerBound
    return "\(text.file.visible):\(known.position(at: offset).line)"
  }
}
