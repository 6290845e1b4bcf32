internal import Segmentation

/// The numbers of the two sides of a bead, paired by what they mean.
///
/// Pairing goes from sure to loose, so that a loose agreement never takes the counterpart of a
/// sure one. What is left over then is either explained by how the two languages word numbers (see
/// ``excuse()``) or a mismatch.
struct NumberComparison {
  var source: NumberSide
  var target: NumberSide
  /// How many more mentions may be compared: a line with ten thousand numbers must not take
  /// minutes. What is not compared stays unpaired, so that such a line does not look clean.
  private var budget = 1_000_000

  init(_ source: NumberSide, _ target: NumberSide) {
    self.source = source
    self.target = target
    pair { !$0.isWeak && !$1.isWeak && $0.isSame(as: $1) }
    if isDone { return }
    pair { !$0.isWeak && !$1.isWeak && $0.isNear($1) && $0.agrees(with: $1) }
    // "One" is a number where a 1 stands against it.
    pair { $0.isWeak != $1.isWeak && $0.isNear($1) && $0.agrees(with: $1) }
    pair { $0.agrees(with: $1) }
  }

  var isDone: Bool { source.rest.isEmpty && target.rest.isEmpty }

  /// Takes the open mentions that `matches` for counterparts, each for the first that it finds.
  mutating func pair(_ matches: (NumberMention, NumberMention) -> Bool) {
    guard !source.rest.isEmpty, !target.rest.isEmpty else { return }
    var rest: [Int] = []
    var isTaken = [Bool](repeating: false, count: target.rest.count)
    // In most texts the numbers follow each other in both languages: the first open one is it.
    var first = 0
    for index in source.rest {
      while first < isTaken.count, isTaken[first] { first += 1 }
      var place = first
      while place < isTaken.count, budget > 0 {
        budget -= 1
        if !isTaken[place], matches(source.mentions[index], target.mentions[target.rest[place]]) {
          break
        }
        place += 1
      }
      if place < isTaken.count, budget > 0 { isTaken[place] = true } else { rest.append(index) }
    }
    source.rest = rest
    target.rest = zip(target.rest, isTaken).filter { !$0.1 }.map(\.0)
  }
}

extension NumberMention {
  /// Whether the values are equal as written, in units that can be the same.
  fileprivate func isNear(_ other: Self) -> Bool {
    part == other.part && (part != .quantity || number.value == other.number.value)
  }
}
