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
    // In most texts the numbers follow each other in both languages: the first open one is it.
    for index in source.rest {
      let mention = source.mentions[index]
      var found: Int?
      for place in target.rest.indices where budget > 0 {
        budget -= 1
        if matches(mention, target.mentions[target.rest[place]]) {
          found = place
          break
        }
      }
      if let found { target.rest.remove(at: found) } else { rest.append(index) }
    }
    source.rest = rest
  }
}

extension NumberMention {
  /// Whether the values are equal as written, in units that can be the same.
  fileprivate func isNear(_ other: Self) -> Bool {
    part == other.part && (part != .quantity || number.value == other.number.value)
  }
}
