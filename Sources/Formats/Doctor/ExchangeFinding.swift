public import Bitext

/// A place in an exchange file.
public struct ExchangePlace: Sendable, Hashable {
  /// From 1.
  public var line = 1
  /// From 1, in Unicode scalars.
  public var column = 1
  /// Bytes of the file as it lies on disk.
  public var offset = 0
  /// Bytes of the cleaned text that the scanner sees.
  var text = 0
}

/// What the doctor says about one place of an exchange file.
public struct ExchangeFinding: Sendable, Hashable {
  public var rule: ExchangeRule
  public var severity: Severity
  /// What is wrong and what to do.
  public var message: String
  public var start: ExchangePlace
  public var end: ExchangePlace
  /// What stands there, cut where it is long.
  public var text: String
  /// What a repair does about it; `nil` when that takes a person.
  public var mending: String?
}

/// The findings of a file, the first of each rule.
final class ExchangeFindings {
  private(set) var all: [ExchangeFinding] = []
  private(set) var counts: [ExchangeRule: Int] = [:]
  private(set) var mendedCounts: [ExchangeRule: Int] = [:]

  /// The findings of one rule that are kept: nobody reads more, and memory must not grow with the
  /// file.
  static let limit = 1000
  /// Bytes of the text that a finding quotes.
  static let quoted = 120

  var mendedCount: Int { mendedCounts.values.reduce(0, +) }

  func isFull(_ rule: ExchangeRule) -> Bool { counts[rule, default: 0] >= Self.limit }

  func count(_ rule: ExchangeRule, isMended: Bool) {
    counts[rule, default: 0] += 1
    if isMended { mendedCounts[rule, default: 0] += 1 }
  }

  func add(_ finding: ExchangeFinding) {
    if !isFull(finding.rule) { all.append(finding) }
    count(finding.rule, isMended: finding.mending != nil)
  }

  /// In the order of the file.
  var sorted: [ExchangeFinding] {
    all.enumerated().sorted {
      ($0.element.start.text, $0.offset) < ($1.element.start.text, $1.offset)
    }.map(\.element)
  }
}
