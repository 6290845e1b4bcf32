internal import Bitext
internal import Checking

/// What mining needs of a pair, in a third of the memory: pairs are held until the last one of a run
/// has been read.
struct MinedPair: Sendable {
  /// Neighbouring source segments with the target segments that translate them.
  struct Bead: Sendable {
    /// The number of the bead in its pair.
    let number: UInt32
    let source: Range<UInt32>
    let target: Range<UInt32>
  }

  /// One of the two documents.
  struct Side: Sendable {
    let file: String
    let language: LanguageTag
    private let utf8: [UInt8]
    private let positions: PositionMap
    private let literals: [Range<Int>]
    /// Bytes of the text.
    private let segments: [Range<UInt32>]

    init(_ text: SegmentedText) {
      file = text.file
      language = text.language
      // Arrays that have grown have room for as much again.
      utf8 = text.prose.utf8.withoutSpareRoom
      positions = text.prose.positions.withoutSpareRoom
      literals = text.prose.literals.withoutSpareRoom
      segments = text.segments.map { UInt32($0.range.lowerBound)..<UInt32($0.range.upperBound) }
    }

    /// Bytes of the text.
    var size: Int { utf8.count }

    func text(_ range: Range<Int>) -> String { String(decoding: utf8[range], as: UTF8.self) }

    /// The text of neighbouring segments, joined as in ``SegmentedText/text(_:)``.
    func text(of segments: Range<UInt32>) -> String {
      segments.lazy.map { number in
        let range = self.segments[Int(number)]
        return text(Int(range.lowerBound)..<Int(range.upperBound))
      }.joined(separator: language.isChinese ? "" : " ")
    }

    /// The bytes of the text from the first to the last of neighbouring segments.
    func stretch(_ segments: Range<UInt32>) -> Range<Int> {
      let first = self.segments[Int(segments.lowerBound)]
      let last = self.segments[Int(segments.upperBound) - 1]
      return Int(first.lowerBound)..<Int(last.upperBound)
    }

    /// What stands in a stretch of neighbouring segments, and where.
    func evidence(_ range: Range<Int>, in segments: Range<UInt32>) -> Diagnostic.Evidence {
      let bytes = shifted(range, segments)
      return Diagnostic.Evidence(
        location: Location(file: file, range: positions.source(bytes)), text: text(bytes))
    }

    /// Whether a stretch of neighbouring segments touches code or an address.
    func isLiteral(_ range: Range<Int>, in segments: Range<UInt32>) -> Bool {
      let bytes = shifted(range, segments)
      var low = 0
      var high = literals.count
      while low < high {
        let middle = (low + high) / 2
        if literals[middle].upperBound <= bytes.lowerBound {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low < literals.count && literals[low].lowerBound < bytes.upperBound
    }

    private func shifted(_ range: Range<Int>, _ segments: Range<UInt32>) -> Range<Int> {
      let start = stretch(segments).lowerBound
      return start + range.lowerBound..<start + range.upperBound
    }
  }

  let source: Side
  let target: Side
  /// Those that have two sides and are not doubtful.
  let beads: [Bead]

  /// A pair of which nobody said which side is the source is read from Chinese.
  init(_ pair: RenderingMining.Pair) {
    let text = pair.isDirected ? pair.text : pair.text.fromChinese
    source = Side(text.source)
    target = Side(text.target)
    beads = text.beads.enumerated().filter {
      !$1.source.isEmpty && !$1.target.isEmpty && !$1.isDoubtful
    }.map { number, bead in
      Bead(
        number: UInt32(number),
        source: UInt32(bead.source.lowerBound)..<UInt32(bead.source.upperBound),
        target: UInt32(bead.target.lowerBound)..<UInt32(bead.target.upperBound))
    }
  }

  /// Bytes of both texts.
  var size: Int { source.size + target.size }
}

extension ParallelText {
  /// The pair with its Chinese side as the source, if the target alone is Chinese.
  fileprivate var fromChinese: ParallelText {
    guard target.language.isChinese, !source.language.isChinese else { return self }
    return ParallelText(
      source: target, target: source,
      beads: beads.map {
        Bitext.Bead(source: $0.target, target: $0.source, score: $0.score, isMoved: $0.isMoved)
      }, isAligned: isAligned)
  }
}
