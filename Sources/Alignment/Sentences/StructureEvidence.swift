internal import Bitext

/// What headings and paragraphs say about a bead, when both sides have them.
struct StructureEvidence {
  private let left: Side
  private let right: Side
  /// For the sets of both sides what they add up to.
  private let table: [Float]
  /// What a bead of one side alone loses when it joins two blocks.
  private let crossing: Float

  /// What some neighbouring segments are, as a set.
  struct Place: OptionSet {
    let rawValue: UInt8

    static let startsBlock = Place(rawValue: 1)
    static let isHeading = Place(rawValue: 2)
    /// Whether one behind the first starts a block.
    static let crossesBlock = Place(rawValue: 4)
    fileprivate static let count = 8
  }

  /// For each number of segments and each first one their place.
  private struct Side {
    private let places: [UInt8]
    private let stride: Int

    init(_ segments: [Place], most: Int) {
      stride = segments.count
      var places: [UInt8] = []
      places.reserveCapacity(stride * most)
      for count in 1...most {
        for first in segments.indices {
          var place = segments[first]
          let others = segments[min(first + 1, stride)..<min(first + count, stride)]
          let crosses = others.contains { $0.contains(.startsBlock) }
          if crosses { place.insert(.crossesBlock) }
          places.append(place.rawValue)
        }
      }
      self.places = places
    }

    @inline(__always)
    func place(_ segments: Range<Int>) -> UInt8 {
      places[(segments.count - 1) * stride + segments.lowerBound]
    }
  }

  /// - Returns: `nil` when a side is one single block, or when every segment is one, as in a file
  ///   with a sentence a line: both say nothing.
  init?(left: SegmentedText, right: SegmentedText) {
    let (left, right) = (Self.places(left), Self.places(right))
    func starts(_ places: [Place]) -> Int { places.count { $0.contains(.startsBlock) } }
    let blocks = (starts(left), starts(right))
    guard blocks.0 > 1, blocks.1 > 1 else { return nil }
    let hasHeadings =
      left.contains { $0.contains(.isHeading) } || right.contains { $0.contains(.isHeading) }
    if !hasHeadings, blocks == (left.count, right.count) { return nil }
    let ratio = Float(min(blocks.0, blocks.1)) / Float(max(blocks.0, blocks.1))
    // How far the structures can be trusted, 0…1: little when one side has many more blocks.
    let trust = ratio * ratio
    self.left = Side(left, most: BeadShape.maximumLeft)
    self.right = Side(right, most: BeadShape.maximumRight)
    crossing = trust * Self.crossing
    table = (0..<Place.count * Place.count).map { index in
      let places = (index / Place.count, index % Place.count)
      return trust
        * Self.score(
          Place(rawValue: UInt8(places.0)), Place(rawValue: UInt8(places.1)))
    }
  }

  /// A bead seldom joins sentences of two paragraphs.
  private static let crossing: Float = -2

  private static func score(_ left: Place, _ right: Place) -> Float {
    var score: Float = 0
    if left.contains(.crossesBlock) { score += crossing }
    if right.contains(.crossesBlock) { score += crossing }
    // A new paragraph here is mostly one there.
    let starts = (left.contains(.startsBlock), right.contains(.startsBlock))
    score += starts.0 == starts.1 ? (starts.0 ? 1 : 0) : -0.7
    let headings = (left.contains(.isHeading), right.contains(.isHeading))
    score += headings.0 == headings.1 ? (headings.0 ? 2 : 0) : -4
    return score
  }

  /// A term of the score of a bead that has segments on both sides, in natural logarithms.
  @inline(__always)
  func score(left: UInt8, right: UInt8) -> Float { table[Int(left) * Place.count + Int(right)] }

  /// Likewise of one that has segments on one side alone; the other range is empty.
  func scoreAlone(left: Range<Int>, right: Range<Int>) -> Float {
    let place = left.isEmpty ? self.right.place(right) : self.left.place(left)
    return Place(rawValue: place).contains(.crossesBlock) ? crossing : 0
  }

  func leftPlace(_ segments: Range<Int>) -> UInt8 { left.place(segments) }

  @inline(__always)
  func rightPlace(_ segments: Range<Int>) -> UInt8 { right.place(segments) }

  private static func places(_ text: SegmentedText) -> [Place] {
    var previous = -1
    return text.segments.map { segment in
      defer { previous = segment.block }
      var place: Place = segment.block != previous ? .startsBlock : []
      if case .heading = text.prose.blocks[segment.block].kind { place.insert(.isHeading) }
      return place
    }
  }
}
