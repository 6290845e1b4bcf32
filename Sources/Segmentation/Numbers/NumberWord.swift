/// What an English word is to a number.
enum NumberWord: Sendable {
  case ones(Int)
  case teen(Int)
  case tens(Int)
  case hundred
  /// Ten to this power: thousand, million …
  case magnitude(Int)
  case dozen
  /// An ordinal, and the fraction that it also names: third, and thirds.
  case ordinal(Int)
  /// Only a fraction: thirds, halves, quarters.
  case fraction(Int)
  case quarter
  case half
  case article
  case month(Int)
  /// eighties
  case decade(Int)
  case weekday(Int)
  /// doubled, twice.
  case multiple(Int)
  case roman(Int)
  case address
  /// Before a number that is then part of a name: iPhone.
  case product

  /// The meaning of a word by the hash of its letters.
  static let table: WordTable = {
    var table: [UInt64: NumberWord] = [:]
    func add(_ word: NumberWord, _ spellings: String) {
      for spelling in spellings.split(separator: "|") {
        var hash = PhraseHash()
        for byte in spelling.utf8 { hash.append(letter: byte) }
        table[hash.value] = word
      }
    }
    func number(_ spellings: String, from first: Int, by step: Int, _ word: (Int) -> NumberWord) {
      for (index, spelling) in spellings.split(separator: "|").enumerated() {
        add(word(first + index * step), String(spelling))
      }
    }
    number("one|two|three|four|five|six|seven|eight|nine", from: 1, by: 1) { .ones($0) }
    number(
      "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen",
      from: 10, by: 1
    ) { .teen($0) }
    number("twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety", from: 20, by: 10) { .tens($0) }
    number(
      "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
        + "|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth",
      from: 1, by: 1
    ) { .ordinal($0) }
    number(
      "twentieth|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth|hundredth",
      from: 20, by: 10
    ) { .ordinal($0) }
    number("thirds|fourths|fifths|sixths|sevenths|eighths|ninths|tenths", from: 3, by: 1) {
      .fraction($0)
    }
    number("january|february|march|april|may|june|july|august", from: 1, by: 1) { .month($0) }
    number("september|october|november|december", from: 9, by: 1) { .month($0) }
    number("jan|feb|mar|apr", from: 1, by: 1) { .month($0) }
    number("jun|jul|aug|sep|oct|nov|dec", from: 6, by: 1) { .month($0) }
    add(.month(9), "sept")
    number("monday|tuesday|wednesday|thursday|friday|saturday|sunday", from: 1, by: 1) {
      .weekday($0)
    }
    number(
      "mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays", from: 1, by: 1
    ) { .weekday($0) }
    number("ii|iii|iv", from: 2, by: 1) { .roman($0) }
    number("vi|vii|viii|ix", from: 6, by: 1) { .roman($0) }
    number("thousand|million|billion|trillion", from: 3, by: 3) { .magnitude($0) }
    add(.magnitude(6), "mn|mln")
    add(.magnitude(9), "bn|bln")
    add(.magnitude(12), "tn|trn")
    number("twenties|thirties|forties|fifties|sixties|seventies", from: 20, by: 10) { .decade($0) }
    number("eighties|nineties", from: 80, by: 10) { .decade($0) }
    add(.hundred, "hundred")
    add(.dozen, "dozen")
    add(.quarter, "quarter|quarters")
    add(.half, "half")
    add(.article, "a|an")
    add(.multiple(2), "doubled|doubling|doubles|twice|twofold")
    add(.multiple(3), "tripled|tripling|triples|trebled|thrice|threefold")
    add(.multiple(4), "quadrupled|quadrupling|fourfold")
    add(.multiple(5), "fivefold|quintupled")
    add(.multiple(10), "tenfold")
    add(.address, "http|https|ftp|www")
    add(.product, NumberTables.products)
    return WordTable(table)
  }()
}

/// Words by the hash of their letters, with a filter before the dictionary: most words of a text
/// are not in it.
struct WordTable: Sendable {
  private let words: [UInt64: NumberWord]
  /// One bit for each value of the hash's highest twelve bits.
  private let filter: [UInt64]

  init(_ words: [UInt64: NumberWord]) {
    self.words = words
    var filter = [UInt64](repeating: 0, count: 64)
    for hash in words.keys { filter[Int(hash >> 58)] |= 1 << (hash >> 52 & 63) }
    self.filter = filter
  }

  subscript(hash: PhraseHash) -> NumberWord? {
    let hash = hash.value
    guard filter[Int(hash >> 58)] >> (hash >> 52 & 63) & 1 != 0 else { return nil }
    return words[hash]
  }
}
