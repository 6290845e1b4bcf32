internal import Bitext
internal import Segmentation

/// What becomes of a unit whose text differs from a query in its numbers.
enum NumberSubstitution: Hashable {
  /// The numbers mean the same; whether the texts do too but for the way numbers are written.
  case same(isSameText: Bool)
  /// The translation with the query's numbers.
  case substituted(target: String, [MemoryMatch.Substitution])
  /// They differ, and no way was certain to write the query's into the translation.
  case impossible

  /// - Parameters:
  ///   - query: what was searched for.
  ///   - source: the unit's text.
  ///   - target: its translation.
  ///   - language: that of the translation.
  init(query: NumberedText, source: String, target: String, language: LanguageTag) {
    let source = NumberedText(source)
    guard !Self.meanTheSame(query, source) else {
      let isSame = !query.atoms.isEmpty && query.maskedKey == source.maskedKey
      self = .same(isSameText: isSame)
      return
    }
    guard Self.differInNumbersAlone(query, source),
      let rewriting = NumberRewriting(query, source, NumberedText(target), language),
      let text = rewriting.target
    else {
      self = .impossible
      return
    }
    self = .substituted(target: text, rewriting.substitutions)
  }

  /// Whether the numbers of two texts agree one by one.
  private static func meanTheSame(_ left: NumberedText, _ right: NumberedText) -> Bool {
    guard left.numbers.count == right.numbers.count else { return false }
    for (number, other) in zip(left.numbers, right.numbers) where !number.agrees(with: other) {
      return false
    }
    return true
  }

  /// Whether two texts are the same, and their numbers of the same kinds, but for digits.
  private static func differInNumbersAlone(_ left: NumberedText, _ right: NumberedText) -> Bool {
    guard left.numbers.count == right.numbers.count, left.atoms.count == right.atoms.count,
      left.atoms.map(\.number) == right.atoms.map(\.number)
    else { return false }
    for (number, other) in zip(left.numbers, right.numbers) {
      guard number.kind == other.kind, number.unit == other.unit,
        (number.upper == nil) == (other.upper == nil),
        number.date?.precision == other.date?.precision,
        number.upperDate?.precision == other.upperDate?.precision
      else { return false }
    }
    return left.maskedKey == right.maskedKey
  }
}

/// Writes the numbers of a query into the translation of a unit that is the same but for them.
///
/// A number is written only where the unit's own stands exactly once in the translation, in digits,
/// and where no word beside it would have to change with it; what comes out is read again, and must
/// say what the query says.
private struct NumberRewriting {
  private(set) var substitutions: [MemoryMatch.Substitution] = []
  private let query: NumberedText
  private let old: NumberedText
  private let language: LanguageTag
  private var edits: [(range: Range<Int>, text: String)] = []
  /// Which number of the query takes the place of which of the translation.
  private var replaced: [Int: Int] = [:]

  /// - Returns: `nil` where a number cannot be written with certainty.
  init?(
    _ query: NumberedText, _ source: NumberedText, _ target: NumberedText, _ language: LanguageTag
  ) {
    self.query = query
    old = target
    self.language = language
    guard explains(source) else { return nil }
    for index in source.numbers.indices {
      let pairs = Array(zip(source.atoms, query.atoms)).filter { $0.0.number == index }
      guard pairs.contains(where: { $0.0.value != $0.1.value }) else { continue }
      guard let place = place(of: index, in: source), replaced[place] == nil else { return nil }
      replaced[place] = index
      guard rewrite(place, pairs, source.numbers[index]) else { return nil }
    }
    guard !edits.isEmpty else { return nil }
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    for edit in edits {
      substitutions.append(
        MemoryMatch.Substitution(
          from: String(decoding: old.utf8[edit.range], as: UTF8.self), to: edit.text))
    }
  }

  /// The translation with the new numbers; `nil` when it does not read as it should.
  var target: String? {
    var bytes: [UInt8] = []
    var end = 0
    for edit in edits {
      bytes += old.utf8[end..<edit.range.lowerBound]
      bytes += Array(edit.text.utf8)
      end = edit.range.upperBound
    }
    bytes += old.utf8[end...]
    let text = String(decoding: bytes, as: UTF8.self)
    let new = NumberedText(text)
    guard new.numbers.count == old.numbers.count else { return nil }
    for (index, number) in new.numbers.enumerated() {
      let before = old.numbers[index]
      if let wanted = replaced[index] {
        guard number.agrees(with: query.numbers[wanted]), number.unit == before.unit,
          number.kind == before.kind, !number.agrees(with: before)
        else { return nil }
      } else {
        guard number.value == before.value, number.upper == before.upper,
          number.unit == before.unit, number.kind == before.kind, number.date == before.date,
          number.upperDate == before.upperDate
        else { return nil }
      }
    }
    return text
  }

  /// Whether each number of the translation is one of the source: another may have been reckoned
  /// from it, as in "5 km (3.1 miles)" for 5公里.
  private func explains(_ source: NumberedText) -> Bool {
    for number in old.numbers where number.kind != .name && !number.isSmallWord {
      guard source.numbers.contains(where: { $0.agrees(with: number) }) else { return false }
    }
    return true
  }

  /// Which number of the translation is a number of the source; `nil` unless that is certain.
  private func place(of index: Int, in source: NumberedText) -> Int? {
    let number = source.numbers[index]
    let places = old.numbers.indices.filter { number.agrees(with: old.numbers[$0]) }
    guard places.count == 1, old.numbers[places[0]].kind != .name else { return nil }
    let found = old.numbers[places[0]]
    for (other, candidate) in source.numbers.enumerated() where other != index {
      if candidate.agrees(with: found) { return nil }
    }
    return places[0]
  }

  private mutating func rewrite(
    _ place: Int, _ pairs: [(NumberedText.Atom, NumberedText.Atom)], _ number: RecognizedNumber
  ) -> Bool {
    let atoms = old.atoms(of: place).filter { $0.form.digits > 0 }
    let found = old.numbers[place]
    if pairs.count == 1, atoms.count == 1, found.date == nil, number.date == nil {
      return rewrite(atoms[0], pairs[0], found)
    }
    // Each part of a date or a range has to be told from the others by its value.
    for pair in pairs where pair.0.value != pair.1.value {
      let same = atoms.filter { $0.value == pair.0.value }
      guard same.count == 1, pairs.count(where: { $0.0.value == pair.0.value }) == 1 else {
        return false
      }
      guard rewrite(same[0], pair, found) else { return false }
    }
    return true
  }

  private mutating func rewrite(
    _ atom: NumberedText.Atom, _ pair: (NumberedText.Atom, NumberedText.Atom),
    _ found: RecognizedNumber
  ) -> Bool {
    let (before, after) = pair
    // 300亿 and "30 billion" differ by a power of ten.
    guard before.value.denominator == 1, atom.value.denominator == 1,
      before.value.mantissa == atom.value.mantissa, !before.value.isZero
    else { return false }
    let power = Int(atom.value.exponent) - Int(before.value.exponent)
    let value = after.value * ExactNumber(1, exponent: power)
    let isAsWritten = power == 0 && after.form.digits > 0
    guard
      let text = atom.form.text(
        of: value, decimals: isAsWritten ? after.form.decimals : nil,
        groups: isAsWritten && after.form.isGrouped)
    else { return false }
    guard found.date != nil || !atom.form.hasLeadingZero, standsAlone(atom, found),
      suits(text, value, in: atom, found)
    else { return false }
    edits.append((atom.range, text))
    return true
  }

  /// Whether no letter is glued to the digits that belongs to them: "3rd", "1990s", "v2".
  private func standsAlone(_ atom: NumberedText.Atom, _ found: RecognizedNumber) -> Bool {
    let (start, end) = (atom.range.lowerBound, atom.range.upperBound)
    if start > 0, old.utf8[start - 1].isASCIILetter { return false }
    guard end < old.utf8.count, old.utf8[end].isASCIILetter else { return true }
    return found.unit != nil && found.numeral.upperBound == end
  }

  // MARK: Grammar

  /// Languages whose nouns are the same whatever number stands before them.
  private static let withoutPlural: Set<String> = [
    "zh", "yue", "ja", "ko", "vi", "th", "id", "ms",
  ]
  /// Languages that know the number one and the others.
  private static let withPlural: Set<String> = [
    "en", "de", "nl", "sv", "da", "nb", "nn", "no", "it", "es", "pt", "ca",
  ]
  /// Languages that write numbers with commas between thousands and a point before decimals.
  private static let withDecimalPoint: Set<String> = ["en", "zh", "yue", "ja", "ko", "th", "ms"]

  /// Whether the words about a number stay as they are with another one.
  private func suits(
    _ text: String, _ value: ExactNumber, in atom: NumberedText.Atom, _ found: RecognizedNumber
  ) -> Bool {
    let name = language.language
    let isPlain = !text.contains(".") && !text.contains(",") && atom.form.decimals == 0
    guard Self.withDecimalPoint.contains(name) || isPlain else { return false }
    if name == "en", !suitsArticle(text, atom) { return false }
    if found.date != nil || found.unit?.isShare == true { return true }
    if Self.withoutPlural.contains(name) { return true }
    guard Self.withPlural.contains(name) else { return false }
    // "0.5 metre" and "2 metres": what is up to one may be singular.
    let factor = (found.value ?? 1).double / atom.value.double
    return (abs(value.double * factor) <= 1) == (abs((found.value ?? 1).double) <= 1)
  }

  /// Whether "a" or "an" before a number can stay: "an 8", "an 11", "a 7".
  private func suitsArticle(_ text: String, _ atom: NumberedText.Atom) -> Bool {
    let before = old.utf8[..<atom.range.lowerBound]
    // The currency sign or quote between the article and the number says itself after it.
    let word = before.reversed().drop { !$0.isASCIILetter }.prefix(while: \.isASCIILetter)
    guard [[0x61], [0x6E, 0x61]].contains(Array(word).map { $0 | 0x20 }) else { return true }
    let from = String(decoding: old.utf8[atom.range], as: UTF8.self)
    return Self.takesAn(from) == Self.takesAn(text) && Self.takesAn(text) != nil
  }

  /// Whether a number is said with a vowel first; `nil` for 1100, which can be said in two ways.
  private static func takesAn(_ text: String) -> Bool? {
    let group = text.prefix { $0 != "," && $0 != "." }
    if group.hasPrefix("8") || group == "11" || group == "18" { return true }
    return group.count > 3 && (group.hasPrefix("11") || group.hasPrefix("18")) ? nil : false
  }
}

extension NumberUnit {
  fileprivate var isShare: Bool { dimension == .share }
}
