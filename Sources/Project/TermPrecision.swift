internal import Bitext

/// How often a concept's terms raise an alarm in a translation that people have made: since nearly
/// every such alarm is false, that share is what the alarms of the term are worth.
public struct TermPrecision: Sendable, Hashable {
  /// Whether a term's alarms may stop a build.
  public enum Verdict: String, Sendable, CaseIterable {
    /// Even at the best reading of the evidence it is below what was asked for.
    case warn
    /// The evidence leaves it open.
    case unsure
    /// Even at the worst reading it is good enough.
    case trust
  }

  /// The concept's id.
  public var concept: String
  /// Its first accepted term in the language of the source.
  public var term: String
  /// The language of the source.
  public var language: String
  /// The accepted terms of the target, the preferred one first.
  public var translations: [String]
  /// Beads whose source names the concept.
  public var hits = 0
  /// Of these the ones whose target has one of the accepted terms.
  public var rendered = 0
  public var errors = 0
  public var warnings = 0
  public var remarks = 0
  public var verdict = Verdict.unsure

  /// Findings about the term, of any severity.
  public var alarms: Int { errors + warnings + remarks }

  /// The share of the hits that raised no alarm; 1 without any hit.
  public var precision: Double { hits == 0 ? 1 : 1 - Double(min(alarms, hits)) / Double(hits) }

  /// The Wilson score interval of ``precision`` (Wilson 1927), at 95 %: what the share may be in
  /// truth, after so few hits or so many.
  public var interval: ClosedRange<Double> {
    guard hits > 0 else { return 0...1 }
    let n = Double(hits)
    let square = Self.deviations * Self.deviations
    let middle = (precision + square / (2 * n)) / (1 + square / n)
    let half =
      Self.deviations / (1 + square / n)
      * ((precision * (1 - precision) + square / (4 * n)) / n).squareRoot()
    return max(0, middle - half)...min(1, middle + half)
  }

  /// The normal deviate of a two-sided interval at 95 %.
  private static let deviations = 1.959_964

  /// Judges the term by what is asked of it.
  mutating func judge(threshold: Double) {
    let interval = interval
    verdict =
      interval.upperBound < threshold
      ? .warn : interval.lowerBound >= threshold ? .trust : .unsure
  }

  /// The shape that `selftest` prints.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("concept", concept)
      writer.member("term", term)
      writer.member("language", language)
      writer.member("translations", translations)
      writer.member("hits", hits)
      writer.member("rendered", rendered)
      writer.member("errors", errors)
      writer.member("warnings", warnings)
      writer.member("remarks", remarks)
      writer.member("precision", share: precision)
      writer.member("low", share: interval.lowerBound)
      writer.member("high", share: interval.upperBound)
      writer.member("verdict", verdict.rawValue)
    }
    return writer.text
  }

  /// The worst first.
  static func inOrder(_ left: TermPrecision, _ right: TermPrecision) -> Bool {
    let ranks = Verdict.allCases
    let (a, b) = (ranks.firstIndex(of: left.verdict) ?? 0, ranks.firstIndex(of: right.verdict) ?? 0)
    if a != b { return a < b }
    if left.precision != right.precision { return left.precision < right.precision }
    if left.hits != right.hits { return left.hits > right.hits }
    return (left.term, left.language, left.concept) < (right.term, right.language, right.concept)
  }
}
