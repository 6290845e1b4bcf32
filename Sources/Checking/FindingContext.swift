internal import Bitext
internal import Segmentation

/// Leads from places in a file back to the segments of a document, to say what a finding is about.
struct FindingContext {
  private let text: SegmentedText
  /// The segments with their places in the file, in the order of the file, which need not be that
  /// of the text.
  private let places: [(file: Range<Int>, segment: Int)]

  /// So much of a segment before and after a place tells it from others; a line of megabytes with
  /// many findings must not be kept for each.
  private static let before = 200
  private static let after = 400

  /// The bytes around a place that count.
  static func window(around place: Int) -> Range<Int> {
    max(0, place - before)..<place + after
  }

  init(_ text: SegmentedText) {
    self.text = text
    places = text.segments.indices
      .map { (text.prose.positions.source(text.segments[$0].range), $0) }
      .sorted { ($0.0.lowerBound, $0.1) < ($1.0.lowerBound, $1.1) }
  }

  /// The segments that a stretch of the file touches, as they stand in the text, cut to what stands
  /// near its start; `nil` when it touches none.
  func text(at range: Range<Int>) -> String? {
    guard let found = touched(range) else { return nil }
    let first = text.segments[places[found.lowerBound].segment].range
    let last = text.segments[places[found.upperBound - 1].segment].range
    let whole = first.lowerBound..<max(first.upperBound, last.upperBound)
    let place = whole.count > Self.after ? self.place(range.lowerBound, in: whole) : 0
    let near = Self.window(around: max(place, whole.lowerBound)).clamped(to: whole)
    return String(decoding: text.prose.utf8.wholeScalars(near), as: UTF8.self)
  }

  /// The places that a stretch overlaps, or that an empty one lies in or at the end of.
  private func touched(_ range: Range<Int>) -> Range<Int>? {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle].file.lowerBound <= range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var start = low
    if low > 0 {
      let end = places[low - 1].file.upperBound
      if end > range.lowerBound || range.isEmpty && end == range.lowerBound { start = low - 1 }
    }
    var end = low
    while end < places.count, places[end].file.lowerBound < range.upperBound { end += 1 }
    return start < end ? start..<end : nil
  }

  /// The first byte of the prose that came from a byte of the file or from one after it.
  private func place(_ offset: Int, in range: Range<Int>) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if text.prose.positions.source(at: middle) < offset {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}

extension Checker {
  /// Says of each finding what it is about: the segments that it points at, and in a pair those of
  /// its evidence on the other side.
  static func addContext(_ texts: [SegmentedText], _ diagnostics: inout [Diagnostic]) {
    guard diagnostics.contains(where: \.context.isEmpty) else { return }
    let contexts = texts.map { ($0.file, FindingContext($0)) }
    func text(at location: Location) -> String? {
      for (file, context) in contexts where file == location.file {
        if let found = context.text(at: location.range) { return found }
      }
      return nil
    }
    for index in diagnostics.indices where diagnostics[index].context.isEmpty {
      let sides = [diagnostics[index].location, diagnostics[index].source?.location]
      let found = sides.compactMap { $0.flatMap(text) }
      diagnostics[index].context = found.joined(separator: "\n")
    }
  }
}

extension [UInt8] {
  /// A byte range of UTF-8 without the halves of characters at its ends.
  func wholeScalars(_ range: Range<Int>) -> ArraySlice<UInt8> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, self[start].isUTF8Continuation { start += 1 }
    while end > start, end < count, self[end].isUTF8Continuation { end -= 1 }
    return self[start..<end]
  }
}
