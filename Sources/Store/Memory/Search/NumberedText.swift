internal import Bitext
internal import Segmentation

/// A text with its numbers, and the digits that they are written in.
struct NumberedText {
  /// A run of digits, or a number in Chinese numerals: what can make way for another one.
  struct Atom {
    /// Bytes of the text.
    var range: Range<Int>
    var value: ExactNumber
    /// Which of the text's numbers it belongs to.
    var number: Int
    var form: DigitForm
  }

  let utf8: [UInt8]
  let numbers: [RecognizedNumber]
  let atoms: [Atom]

  init(_ text: String) {
    let utf8 = Array(text.utf8)
    let numbers = NumberRecognizer().numbers(in: utf8.span)
    var atoms: [Atom] = []
    for (index, number) in numbers.enumerated() {
      atoms += Self.atoms(of: number, index, utf8)
    }
    (self.utf8, self.numbers, self.atoms) = (utf8, numbers, atoms)
  }

  /// The atoms of a number, in order.
  func atoms(of number: Int) -> [Atom] { atoms.filter { $0.number == number } }

  /// Code points that are digits.
  var digitCount: Int {
    atoms.reduce(0) { $0 + $1.form.digits + $1.form.decimals }
  }

  /// The match key of the text with each atom made one character that no text has.
  var maskedKey: MatchKey {
    var bytes: [UInt8] = []
    var end = 0
    for atom in atoms {
      bytes += utf8[end..<atom.range.lowerBound]
      // From the area for private use.
      bytes += Array("\u{E000}".utf8)
      end = atom.range.upperBound
    }
    bytes += utf8[end...]
    return MatchKey(bytes.span)
  }

  private static func atoms(
    of number: RecognizedNumber, _ index: Int, _ utf8: [UInt8]
  ) -> [Atom] {
    switch (number.kind, number.style) {
    // Digits in names are part of the name, and words stand for themselves; a date in words may
    // have its year in digits.
    case (.name, _): return []
    case (_, .words) where number.date == nil: return []
    case (_, .numerals):
      guard number.date == nil, number.upper == nil, let value = number.value else { return [] }
      return [
        Atom(range: number.numeral, value: value, number: index, form: DigitForm(digits: 0))
      ]
    case (_, .digits), (_, .mixed), (_, .words):
      var atoms: [Atom] = []
      var place = number.range.lowerBound
      while place < number.range.upperBound {
        let run = DigitRun(utf8, from: place, isDate: number.date != nil)
        if let run, run.range.upperBound <= number.range.upperBound {
          atoms.append(Atom(range: run.range, value: run.value, number: index, form: run.form))
          place = run.range.upperBound
        } else {
          place += 1
        }
      }
      return atoms
    }
  }
}

/// How a run of digits is written.
struct DigitForm: Hashable {
  /// Before the decimal point; 0 for Chinese numerals.
  var digits: Int
  var decimals = 0
  var isGrouped = false
  var isWide = false
  var hasLeadingZero = false
}

/// A run of digits as it stands in a text.
private struct DigitRun {
  var range: Range<Int>
  var value: ExactNumber
  var form: DigitForm

  /// Longer runs are no quantities that anyone rewrites, and would not fit into an integer.
  private static let longest = 15

  /// - Returns: `nil` where no run of digits begins.
  init?(_ utf8: [UInt8], from start: Int, isDate: Bool) {
    var form = DigitForm(digits: 0)
    var (mantissa, index) = (0, start)
    func digit(_ index: Int) -> (value: Int, length: Int)? {
      guard index < utf8.count else { return nil }
      if utf8[index].isASCIIDigit { return (Int(utf8[index] - 0x30), 1) }
      let (scalar, length) = utf8.span.scalar(at: index)
      return 0xFF10...0xFF19 ~= scalar ? (Int(scalar - 0xFF10), length) : nil
    }
    func isGroup(_ index: Int) -> Bool {
      var next = index
      for _ in 0..<3 {
        guard let digit = digit(next) else { return false }
        next += digit.length
      }
      return digit(next) == nil
    }
    var isDecimal = false
    while index < utf8.count {
      if let (value, length) = digit(index) {
        if form.digits == 0, value == 0 { form.hasLeadingZero = true }
        if length > 1 { form.isWide = true }
        mantissa = mantissa &* 10 &+ value
        if isDecimal { form.decimals += 1 } else { form.digits += 1 }
        index += length
        guard form.digits + form.decimals <= Self.longest else { return nil }
        continue
      }
      let (scalar, length) = utf8.span.scalar(at: index)
      guard !isDate, !isDecimal, form.digits > 0 else { break }
      if scalar == 0x2C || scalar == 0xFF0C, form.isGrouped || form.digits <= 3,
        isGroup(index + length) || isGroupedFurther(utf8, index + length)
      {
        form.isGrouped = true
        index += length
      } else if scalar == 0x2E || scalar == 0xFF0E, digit(index + length) != nil {
        isDecimal = true
        index += length
      } else {
        break
      }
    }
    guard form.digits > 0 else { return nil }
    if form.digits == 1 { form.hasLeadingZero = false }
    range = start..<index
    value = ExactNumber(mantissa, exponent: -form.decimals)
    self.form = form
  }
}

/// Whether three digits stand at a byte and a comma behind them.
private func isGroupedFurther(_ utf8: [UInt8], _ index: Int) -> Bool {
  index + 3 < utf8.count && utf8[index..<index + 3].allSatisfy(\.isASCIIDigit)
    && utf8[index + 3] == 0x2C
}

extension DigitForm {
  /// A value written in this form.
  ///
  /// - Parameters:
  ///   - value: not negative.
  ///   - decimals: how many; `nil` for as many as the value needs.
  ///   - groups: whether thousands are set apart where this form does not tell.
  /// - Returns: `nil` where the value has no such form.
  func text(of value: ExactNumber, decimals: Int?, groups: Bool) -> String? {
    guard value.denominator == 1, value.mantissa >= 0, -12...15 ~= value.exponent else {
      return nil
    }
    let needed = max(0, -Int(value.exponent))
    let places = decimals ?? needed
    guard places >= needed, places <= 12 else { return nil }
    let scaled = value * ExactNumber(1, exponent: places)
    guard let number = scaled.integer else { return nil }
    var whole = String(number)
    if places > 0 {
      whole = String(repeating: "0", count: max(0, places + 1 - whole.count)) + whole
    }
    let fraction = String(whole.suffix(places))
    whole = String(whole.dropLast(places))
    if hasLeadingZero, whole.count < digits {
      whole = String(repeating: "0", count: digits - whole.count) + whole
    }
    if isGrouped || digits <= 3 && groups { whole = whole.groupedInThousands }
    let text = places > 0 ? whole + "." + fraction : whole
    return isWide ? text.inWideDigits : text
  }
}

extension String {
  fileprivate var groupedInThousands: String {
    var result = ""
    for (index, digit) in enumerated() {
      if index > 0, (count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return result
  }

  /// The digits of a text in full width, and its points.
  fileprivate var inWideDigits: String {
    var result = ""
    for scalar in unicodeScalars {
      let isDigit = 0x30...0x39 ~= scalar.value
      result.unicodeScalars.append(
        isDigit ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar)
    }
    return result
  }
}
