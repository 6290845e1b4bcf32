/// A number in English words, read one word at a time.
struct EnglishNumerals {
  private(set) var count = 0
  private var total = 0
  private var current = 0
  private var lastMagnitude = Int.max
  private var last = Last.nothing

  private enum Last { case nothing, ones, tens, hundred, magnitude }

  var value: Int { total + current }

  /// Without one magnitude after everything else: 3 of "three million".
  var bare: Int { current == 0 && factorExponent > 0 ? total / power(factorExponent) : value }
  var factor: ExactNumber {
    current == 0 && factorExponent > 0 ? ExactNumber(1, exponent: factorExponent) : 1
  }
  private var factorExponent = 0

  var isSmall: Bool { last == .ones && value < 20 }
  var takesAnd: Bool { last == .hundred || last == .magnitude && lastMagnitude == 3 }

  /// Whether an ordinal goes on with the number: "twenty-first", "one hundred and third".
  func takesOrdinal(_ ordinal: Int) -> Bool {
    switch last {
    case .tens: ordinal < 10
    case .hundred, .magnitude: ordinal < 100
    default: false
    }
  }

  /// Takes a word and returns whether it belongs to the number.
  mutating func read(_ word: NumberWord) -> Bool {
    switch word {
    case .ones(let value) where last != .ones:
      current += value
      last = .ones
    case .teen(let value) where last != .ones && last != .tens:
      current += value
      last = .ones
    case .tens(let value) where last != .ones && last != .tens:
      current += value
      last = .tens
    case .hundred where 1...99 ~= current && count > 0:
      current *= 100
      last = .hundred
    case .dozen where 1...99 ~= current:
      current *= 12
      last = .magnitude
    case .magnitude(let exponent) where count > 0 && exponent < lastMagnitude && current > 0:
      total += current * power(exponent)
      current = 0
      factorExponent = total % power(exponent) == 0 && lastMagnitude == .max ? exponent : 0
      lastMagnitude = exponent
      last = .magnitude
    default: return false
    }
    count += 1
    return true
  }

  private func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}

extension NumberWord {
  var isBelowHundred: Bool {
    switch self {
    case .ones, .teen, .tens, .ordinal: true
    default: false
    }
  }
}
