internal import Segmentation

/// What to look for in the memory so that no occurrence of a term is missed, inflected or spelt
/// otherwise: the index knows texts by match key, the term matcher folds more.
struct TermNeedles {
  /// Each of these finds all texts with the term: those that hold one of its needles. The first ones
  /// are likely to find the fewest others.
  let choices: [[String]]

  private typealias Piece = (needles: [String], weight: Int)

  /// A run of ideographs in quotes has two ends inside a term at the most: “金凤凰”计划.
  private static let mostQuotes = 2
  /// An ideograph says about as much as so many letters.
  private static let lettersOfIdeograph = 3
  /// Of a longer run the beginning is looked for: the spellings with quotation marks grow with the
  /// square of its length.
  private static let mostIdeographs = 16
  /// Digits of a number that no comma of thousands parts.
  private static let plainDigits = 3

  /// - Parameter term: as the termbase spells it.
  init(_ term: String) {
    let utf8 = Array(term.utf8)
    let tokens = KeyTokenizer().tokens(of: utf8.span)
    var pieces: [Piece] = []
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      let text = String(decoding: utf8[token.range], as: UTF8.self)
      switch token.kind {
      case .han:
        var run: [String] = []
        while index < tokens.count, tokens[index].kind == .han {
          run.append(String(decoding: utf8[tokens[index].range], as: UTF8.self))
          index += 1
        }
        pieces.append((Self.spellings(of: run), run.count * Self.lettersOfIdeograph))
        continue
      case .word:
        let stem = Self.stem(of: text)
        pieces.append(([stem], stem.unicodeScalars.count))
      case .number:
        let digits = String(String.UnicodeScalarView(text.unicodeScalars.suffix(Self.plainDigits)))
        pieces.append(([digits], 1))
      case .punctuation: break
      }
      index += 1
    }
    let order = pieces.enumerated().sorted {
      ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
    }
    choices = order.map(\.element.needles).filter { $0.allSatisfy { !MatchKey($0).bytes.isEmpty } }
  }

  /// A run of ideographs in both scripts, with quotation marks wherever they may stand.
  private static func spellings(of run: [String]) -> [String] {
    let text = run.prefix(mostIdeographs).joined()
    var needles: [String] = []
    var known: Set<String> = []
    for text in [
      text, HanConversion.convert(text, to: .simplified),
      HanConversion.convert(text, to: .traditional),
    ] {
      let characters = text.unicodeScalars.map(String.init)
      var spellings = [characters]
      for _ in 0..<min(mostQuotes, characters.count - 1) {
        spellings += spellings.flatMap { spelling in
          // A mark that is there already bounds the next one, so that none comes twice.
          let last = spelling.lastIndex(of: "\"").map { $0 + 2 } ?? 1
          guard last < spelling.count else { return [[String]]() }
          return (last..<spelling.count).map { place in
            Array(spelling[..<place]) + ["\""] + Array(spelling[place...])
          }
        }
      }
      for spelling in spellings.map({ $0.joined() }) where known.insert(spelling).inserted {
        needles.append(spelling)
      }
    }
    return needles
  }

  /// What all inflections of a word begin with: "polic" of policy and policies, "us" of use and
  /// using.
  private static func stem(of word: String) -> String {
    let spelling = MatchKey(word).bytes
    var stem = Array(
      zip(spelling, MatchKey(word, folding: .term).bytes).prefix { $0 == $1 }.map(\.0))
    // The last letter gives way: hope and hoping, sky and skies; of die and dying two do.
    if stem.count > 2, stem.suffix(2).elementsEqual("ie".utf8) { stem.removeLast(2) }
    if stem.count > 1, let last = stem.last, "eiy".utf8.contains(last) { stem.removeLast() }
    while let last = stem.last, last & 0xC0 == 0x80 || last >= 0xC0, !Self.isWhole(stem) {
      stem.removeLast()
    }
    if stem.isEmpty { return String(String.UnicodeScalarView(word.unicodeScalars.prefix(1))) }
    return String(decoding: stem, as: UTF8.self)
  }

  private static func isWhole(_ bytes: [UInt8]) -> Bool {
    bytes.span.firstInvalidUTF8() == nil
  }
}
