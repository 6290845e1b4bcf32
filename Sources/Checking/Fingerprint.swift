public import Bitext
internal import Segmentation

/// What a finding is about, whatever line it stands on: its rule, its term and the text around it,
/// the last two folded so that spaces, case and width do not matter.
public struct FindingKey: Sendable, Hashable {
  public var rule: String
  /// The match key of the term.
  public var term: String
  /// A hash of the context's match key, as 16 hexadecimal digits.
  public var context: String

  public init(rule: String, term: String, context: String) {
    self.rule = rule
    self.term = String(decoding: MatchKey(term).bytes, as: UTF8.self)
    self.context = context
  }

  /// The key of a finding; one that was made without its context has that of its lines.
  public init(_ diagnostic: Diagnostic, _ sources: some SourceLines) {
    let context =
      diagnostic.context.isEmpty ? sources.context(diagnostic.location) : diagnostic.context
    self.init(
      rule: diagnostic.rule, term: diagnostic.term,
      context: StableHash(of: MatchKey(context).bytes).text)
  }
}

/// Names findings, so that a program can tell those that it has seen from new ones after the text
/// around them has moved.
public struct FingerprintCounter {
  private var counts: [FindingKey: Int] = [:]

  public init() {}

  /// The name of the next finding: findings with equal keys differ in their number.
  ///
  /// - Parameters:
  ///   - diagnostic: the finding; all of a run are to be given in their order.
  ///   - sources: leads to its file.
  /// - Returns: 16 hexadecimal digits.
  public mutating func next(_ diagnostic: Diagnostic, _ sources: some SourceLines) -> String {
    let key = FindingKey(diagnostic, sources)
    let ordinal = counts[key, default: 0]
    counts[key] = ordinal + 1
    let parts = [key.rule, key.term, key.context, String(ordinal)]
    return StableHash(of: Array(parts.joined(separator: "\u{0}").utf8)).text
  }
}

/// FNV-1a with 64 bits (Fowler, Noll and Vo 1991): a hash that is the same everywhere and will be
/// the same in ten years, since files hold it.
struct StableHash: Sendable, Hashable {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01B3

  init(of bytes: [UInt8]) {
    for byte in bytes { state = (state ^ UInt64(byte)) &* Self.prime }
  }

  /// As 16 hexadecimal digits.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension SourceLines {
  /// The line of a place, for findings that say nothing of what stands around them.
  fileprivate func context(_ location: Location) -> String {
    guard let lines = lines(around: location) else { return "" }
    let line = lines.line(lines.position(at: location.range.lowerBound).line)
    let near = line.clamped(
      to: FindingContext.window(around: lines.textRange(location.range).lowerBound))
    return String(decoding: lines.text.utf8.wholeScalars(near), as: UTF8.self)
  }
}
