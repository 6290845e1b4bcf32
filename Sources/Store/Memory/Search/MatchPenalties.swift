public import Bitext

/// What is taken off the scores of units that deserve less trust than their likeness says.
public struct MatchPenalties: Sendable, Hashable {
  /// What a unit is penalised for.
  public enum Reason: Sendable, Hashable {
    /// A machine translated it: see ``MachineTranslation``.
    case machine
    /// It came from a document or memory of this name, in which `*` stands for any characters.
    case origin(String)
    /// It was last seen to before a date.
    case before(Timestamp)
    /// Its file says this of its state, in whatever capitals; `*` stands for any characters.
    case status(String)
    /// An aligner paired its sides and was not certain: its score is below 1.
    case aligned
    /// It was converted from the other script of Chinese.
    case script

    /// As the command's option has it.
    public var name: String {
      switch self {
      case .machine: "machine"
      case .origin(let pattern): "origin:\(pattern)"
      // A day begins at midnight.
      case .before(let date):
        "before:\(date.hasSuffix("T00:00:00Z") ? String(date.prefix(10)) : date)"
      case .status(let pattern): "status:\(pattern)"
      case .aligned: "aligned"
      case .script: "script"
      }
    }
  }

  /// A penalty that a match was given.
  public struct Applied: Sendable, Hashable {
    public var reason: String
    /// Percentage points.
    public var points: Int
  }

  /// What is taken off for a reason.
  public struct Rule: Sendable, Hashable {
    public var reason: Reason
    /// Percentage points.
    public var points: Int
  }

  /// In the order in which they were given, each reason once.
  public private(set) var rules: [Rule] = []

  public init() {}

  /// What `search` takes off unless asked otherwise. An exact match by a machine then ranks with a
  /// good fuzzy one by a person, and a converted one behind what nobody has to look at: conversion
  /// knows characters, not words.
  public static let usual: MatchPenalties = {
    var penalties = MatchPenalties()
    penalties.set(.machine, to: 15)
    penalties.set(.script, to: 5)
    return penalties
  }()

  /// Sets what is taken off for a reason; 0 lifts it.
  public mutating func set(_ reason: Reason, to points: Int) {
    if let index = rules.firstIndex(where: { $0.reason == reason }) {
      rules[index].points = points
    } else {
      rules.append(Rule(reason: reason, points: points))
    }
  }

  /// The penalties of a unit that is offered as it is.
  public func applied(to unit: TranslationUnit) -> [Applied] {
    guard rules.contains(where: { $0.points > 0 }) else { return [] }
    return applied(
      to: unit, isMachineTranslated: MachineTranslation.made(unit), isConverted: false)
  }

  /// The penalties of a unit.
  func applied(
    to unit: TranslationUnit, isMachineTranslated: Bool, isConverted: Bool
  ) -> [Applied] {
    rules.compactMap { rule in
      guard rule.points > 0 else { return nil }
      let applies =
        switch rule.reason {
        case .machine: isMachineTranslated
        case .origin(let pattern): (unit.origin ?? "").fits(pattern)
        case .before(let date): !unit.lastDate.isEmpty && unit.lastDate < date
        case .status(let pattern): unit.hasStatus(pattern)
        case .aligned: unit.score.map { $0 < 1 } ?? false
        case .script: isConverted
        }
      return applies ? Applied(reason: rule.reason.name, points: rule.points) : nil
    }
  }
}

extension TranslationUnit {
  fileprivate func hasStatus(_ pattern: String) -> Bool {
    let pattern = pattern.lowercased()
    return details?.statuses.contains { $0.lowercased().fits(pattern) } ?? false
  }
}

extension String {
  /// Whether the text fits a pattern in which the asterisk alone is more than itself: in time
  /// proportional to both lengths.
  func fits(_ pattern: String) -> Bool {
    let (text, pattern) = (Array(utf8), Array(pattern.utf8))
    var (place, index) = (0, 0)
    // Where the last asterisk stands, and where what it takes ends.
    var star: (pattern: Int, text: Int)?
    while place < text.count {
      if index < pattern.count, pattern[index] == 0x2A {
        star = (index, place)
        index += 1
      } else if index < pattern.count, pattern[index] == text[place] {
        (place, index) = (place + 1, index + 1)
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        (place, index) = (last.text + 1, last.pattern + 1)
      } else {
        return false
      }
    }
    return pattern[index...].allSatisfy { $0 == 0x2A }
  }
}
