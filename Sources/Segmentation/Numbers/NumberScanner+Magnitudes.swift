internal import Bitext

/// What multiplies a number after it: 万, 亿, "million", bn.
extension NumberScanner {
  /// k, m, bn and the like glued to digits. A lone m is metres unless money stands before.
  func gluedMagnitude(_ utf8: Span<UInt8>, _ core: Core) -> (exponent: Int, end: Int)? {
    let end = core.range.upperBound
    let isAlone = !utf8.isASCIILetter(at: end + 1)
    switch utf8.byte(at: end) | 0x20 {
    case 0x6B where isAlone:
      // 4K is a resolution; 4k, 39K and $4K are thousands.
      let isMoney = currency(utf8, before: core.range.lowerBound) != nil
      return utf8[end] == 0x6B || isMoney || core.digits > 1 ? (3, end + 1) : nil
    case 0x6D
    where isAlone && (utf8[end] == 0x4D || currency(utf8, before: core.range.lowerBound) != nil):
      return (6, end + 1)
    case 0x62 where isAlone && currency(utf8, before: core.range.lowerBound) != nil:
      return (9, end + 1)
    case 0x62, 0x6D, 0x74:
      guard let (word, stop) = word(utf8, at: end), case .magnitude(let exponent) = word else {
        return nil
      }
      return (exponent, stop)
    default: return nil
    }
  }

  /// Multiplies by what follows: 万, 亿, "million", bn; and adds smaller parts: 1亿2000万.
  func readMagnitudes(_ utf8: Span<UInt8>, _ core: inout Core) {
    if let (exponent, end) = gluedMagnitude(utf8, core) {
      return multiply(&core, by: exponent, end: end)
    }
    var end = core.range.upperBound
    let space = utf8.spaceLength(at: end)
    if space > 0 || utf8.byte(at: end) == 0x2D {
      var next = core
      var start = end + max(space, 1)
      while let (word, stop) = word(utf8, at: start), let exponent = word.magnitudeExponent {
        multiply(&next, by: exponent, end: stop)
        start = stop + utf8.spaceLength(at: stop)
      }
      if next.factor != 1 {
        core = next
        return
      }
    }
    end += space
    if let (factor, stop) = hanMagnitude(utf8, at: end) {
      multiply(&core, by: factor, end: stop)
      addSections(utf8, &core, below: factor)
    }
  }

  func multiply(_ core: inout Core, by exponent: Int, end: Int) {
    let factor = ExactNumber(1, exponent: exponent)
    core.factor = core.factor * factor
    core.value = core.value * factor
    core.range = core.range.lowerBound..<end
    core.isPlain = false
    if core.style == .digits { core.style = .mixed }
  }

  /// 百 千 万 亿 and their compounds at a byte, as a power of ten.
  func hanMagnitude(_ utf8: Span<UInt8>, at start: Int) -> (exponent: Int, end: Int)? {
    var index = start
    var exponent = 0
    // 余 and 多 stand before the magnitude or after it: 300多万.
    if utf8.starts(with: "多", at: index) || utf8.starts(with: "余", at: index)
      || utf8.starts(with: "餘", at: index)
    {
      index += 3
    }
    while index < utf8.count, exponent < 40 {
      let (scalar, length) = utf8.scalar(at: index)
      if let unit = ChineseNumerals.unit(scalar), unit > 10, !beginsUnit(utf8, scalar, at: index) {
        exponent += unit == 100 ? 2 : 3
      } else if let factor = ChineseNumerals.magnitude(scalar) {
        if scalar == 0x5146, NumberTables.units.longest(utf8, at: index)?.meaning != nil { break }
        exponent += factor == 10_000 ? 4 : factor == 100_000_000 ? 8 : 12
      } else {
        break
      }
      index += length
    }
    // 万分之 is no magnitude, and 百分点 none either.
    if exponent == 0 || utf8.starts(with: "分之", at: index) { return nil }
    return (exponent, index)
  }

  /// Whether 千 and 百 begin a unit: 千瓦, 千克, 千米, 百分点.
  func beginsUnit(_ utf8: Span<UInt8>, _ scalar: UInt32, at index: Int) -> Bool {
    NumberTables.units.longest(utf8, at: index)?.meaning != nil
      || scalar == 0x767E && utf8.starts(with: "百分", at: index)
  }

  /// 2000万 after 1亿, 5千 after 3万.
  func addSections(_ utf8: Span<UInt8>, _ core: inout Core, below exponent: Int) {
    var exponent = exponent
    while utf8.digit(at: core.range.upperBound) != nil {
      let run = digitRun(utf8, from: core.range.upperBound)
      guard !run.hasDecimals, !run.hasSeparator else { return }
      if let (next, end) = hanMagnitude(utf8, at: run.end), next < exponent,
        run.digits + next <= exponent
      {
        core.value = core.value + run.value * ExactNumber(1, exponent: next)
        core.range = core.range.lowerBound..<end
        exponent = next
      } else if run.digits == exponent {
        core.value = core.value + run.value
        core.range = core.range.lowerBound..<run.end
        return
      } else {
        return
      }
    }
  }
}

extension NumberWord {
  fileprivate var magnitudeExponent: Int? {
    switch self {
    case .hundred: 2
    case .magnitude(let exponent): exponent
    default: nil
    }
  }
}
