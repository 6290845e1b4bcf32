/// SplitMix64 (Steele, Lea and Flood 2014): the same inputs on every machine and in every run.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  package mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// Whether something happens that happens once in so many times.
  package mutating func once(in times: Int) -> Bool { below(times) == 0 }

  package mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

  /// Pieces put together to one text.
  package mutating func text(of pieces: [String], upTo count: Int) -> String {
    (0..<1 + below(count)).map { _ in pick(pieces) }.joined()
  }
}
