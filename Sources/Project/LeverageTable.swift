public import Bitext

/// What a memory has for a segment, or what the segment repeats: each segment is in one band, the
/// first that fits.
public enum LeverageBand: String, Sendable, CaseIterable {
  /// The text itself, by match key, between the segments that stand around it.
  case context
  case exact
  /// A segment of the same file, further up, has the same match key.
  case repetition
  /// A segment of a file before this one has.
  case crossFileRepetition
  case fuzzy95, fuzzy85, fuzzy75, fuzzy50
  case new

  /// The lower ends of the fuzzy bands, as agencies quote by them.
  private static let ends: [(least: Double, band: Self)] = [
    (0.95, .fuzzy95), (0.85, .fuzzy85), (0.75, .fuzzy75), (0.5, .fuzzy50),
  ]

  /// The band of a fuzzy match.
  ///
  /// - Parameter score: a share 0…1.
  init(fuzzy score: Double) { self = Self.ends.first { score >= $0.least }?.band ?? .new }
}

/// The leverage of a file, or of several together.
public struct LeverageTable: Sendable, Hashable {
  /// The file; `nil` for the sum of several.
  public var file: String?
  /// The language of its first segment.
  public var language: LanguageTag?
  public private(set) var total = TextVolume()
  private var bands = [TextVolume](repeating: TextVolume(), count: LeverageBand.allCases.count)

  public init(file: String? = nil) { self.file = file }

  public subscript(band: LeverageBand) -> TextVolume {
    get { bands[Self.place(of: band)] }
    set { bands[Self.place(of: band)] = newValue }
  }

  private static func place(of band: LeverageBand) -> Int {
    LeverageBand.allCases.firstIndex(of: band) ?? 0
  }

  /// Counts a segment.
  mutating func count(_ volume: TextVolume, as band: LeverageBand) {
    self[band] += volume
    total += volume
  }

  /// Adds what another file has.
  public mutating func add(_ other: Self) {
    for band in LeverageBand.allCases { self[band] += other[band] }
    total += other.total
  }

  /// The shape that `analyze` promises to other programs.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("file", file)
      writer.member("language", language?.description)
      writer.key("bands")
      writer.object { writer in
        for band in LeverageBand.allCases {
          writer.key(band.rawValue)
          writer.object { writer in writer.members(of: self[band]) }
        }
      }
      writer.members(of: total)
    }
    return writer.text
  }
}

extension JSONWriter {
  fileprivate mutating func members(of volume: TextVolume) {
    member("segments", volume.segments)
    member("words", volume.words)
    member("characters", volume.characters)
  }
}
