public import Bitext

extension Lexicon {
  /// Reads a word list.
  ///
  /// Two forms are told apart by their first line: CC-CEDICT's own (`傳統 传统 [chuan2 tong3]
  /// /tradition/traditional/`), and TSV under a header of two language tags, with translations
  /// separated by ` | `.
  ///
  /// - Parameters:
  ///   - utf8: the text of the file, decoded and unpacked.
  ///   - file: the name that trouble is reported under.
  /// - Returns: the lexicon.
  /// - Throws: `Trouble` for a line that fits neither form, and for a file without any word.
  public static func parse(_ utf8: [UInt8], file: String) throws(Trouble) -> Lexicon {
    var reader = LexiconReader(file: file)
    var start = 0
    var line = 0
    while start < utf8.count {
      var end = start
      while end < utf8.count, utf8[end] != 0x0A { end += 1 }
      var stop = end
      if stop > start, utf8[stop - 1] == 0x0D { stop -= 1 }
      line += 1
      try reader.read(utf8[start..<stop], line: line)
      start = end + 1
    }
    guard let languages = reader.languages, reader.pairs.count > 0 else {
      throw Trouble(
        "the lexicon holds no word: it must be CC-CEDICT's format, or TSV under a header of two "
          + "language tags", file: file)
    }
    return Lexicon(languages: languages, pairs: reader.pairs)
  }
}

private struct LexiconReader {
  let file: String
  var pairs = LexiconPairs()
  var languages: (left: LanguageTag, right: LanguageTag)?
  private var isCEDICT = false
  private let tokenizer = KeyTokenizer()

  init(file: String) { self.file = file }

  mutating func read(_ line: ArraySlice<UInt8>, line number: Int) throws(Trouble) {
    if line.isEmpty || line.first == 0x23 { return }
    if languages == nil {
      try readFirst(line, number)
    } else if isCEDICT {
      try readCEDICT(line, number)
    } else {
      try readTSV(line, number)
    }
  }

  private mutating func readFirst(_ line: ArraySlice<UInt8>, _ number: Int) throws(Trouble) {
    let cells = line.split(separator: 0x09, omittingEmptySubsequences: false)
    if cells.count == 2, let left = LanguageTag(String(decoding: cells[0], as: UTF8.self)),
      let right = LanguageTag(String(decoding: cells[1], as: UTF8.self))
    {
      languages = (left, right)
      return
    }
    isCEDICT = true
    languages = (.simplifiedChinese, .english)
    try readCEDICT(line, number)
  }

  private mutating func readTSV(_ line: ArraySlice<UInt8>, _ number: Int) throws(Trouble) {
    guard let tab = line.firstIndex(of: 0x09), tab > line.startIndex else {
      throw Trouble("expected a word, a tab and its translations", file: file, line: number)
    }
    var translations: [Lexicon.Translation] = []
    for gloss in line[(tab + 1)...].split(separator: 0x7C) {
      translations += words(of: Array(gloss))
    }
    pairs.append(key: key(line[..<tab]), translations: translations)
  }

  /// `Traditional Simplified [pin1 yin1] /gloss/gloss/`; the simplified word is the key, since keys
  /// fold to simplified characters anyway.
  private mutating func readCEDICT(_ line: ArraySlice<UInt8>, _ number: Int) throws(Trouble) {
    guard let open = line.firstIndex(of: 0x5B), let slash = line[open...].firstIndex(of: 0x2F),
      let space = line[..<open].firstIndex(of: 0x20)
    else {
      throw Trouble(
        "expected CC-CEDICT's form 傳統 传统 [chuan2 tong3] /tradition/, or a header of two "
          + "language tags on the first line", file: file, line: number)
    }
    var translations: [Lexicon.Translation] = []
    for gloss in line[(slash + 1)...].split(separator: 0x2F) {
      translations += words(of: cleaned(gloss))
    }
    pairs.append(key: key(line[(space + 1)..<open]), translations: translations)
  }

  private func key(_ bytes: ArraySlice<UInt8>) -> [UInt64] {
    let bytes = Array(bytes)
    return tokenizer.tokens(of: bytes.span).map(\.hash)
  }

  /// The gloss without what is not a translation: remarks in brackets, classifiers,
  /// cross-references.
  private func cleaned(_ gloss: ArraySlice<UInt8>) -> [UInt8] {
    for lead in Self.remarks where gloss.starts(with: lead) { return [] }
    var depth = 0
    var result: [UInt8] = []
    for byte in gloss {
      switch byte {
      case 0x28, 0x5B: depth += 1
      case 0x29, 0x5D: depth -= 1
      default: if depth <= 0 { result.append(byte) }
      }
    }
    return result
  }

  private static let remarks: [[UInt8]] = [
    "CL:", "variant of", "old variant of", "see ", "see also", "used in", "also written",
    "abbr. for",
  ].map { Array($0.utf8) }

  /// The content words of one gloss, each weighing the less the more there are.
  private func words(of gloss: [UInt8]) -> [Lexicon.Translation] {
    let tokens = tokenizer.tokens(of: gloss.span)
    var content = tokens.filter { token in
      switch token.kind {
      case .word: !FunctionWords.english.contains(token.hash)
      case .han, .number: true
      case .punctuation: false
      }
    }
    // "the", "of", "in" as translations of their own are all the gloss there is.
    if content.isEmpty { content = tokens.filter { $0.kind == .word } }
    // Longer than four words, a gloss explains rather than translates.
    guard 1...6 ~= content.count else { return [] }
    let weight = 1 / Float(content.count).squareRoot()
    return content.map { Lexicon.Translation(hash: $0.hash, weight: weight) }
  }
}

/// Words that say little of what a text is about.
package enum FunctionWords {
  /// The hashes of English articles, prepositions, auxiliaries and pronouns as they stand in
  /// glosses.
  package static let english: Set<UInt64> = {
    let tokenizer = KeyTokenizer()
    return Set(
      """
      a an the of to in on at by for with from into onto as and or but is are was were be been being
      am do does did has have had having it its he she they them his her their him i you we us me my
      your our this that these those sb sth somebody something someone one's oneself not no so than
      then there which who whom whose what when where while if up out off etc esp e.g
      """.split { $0 == " " || $0 == "\n" }.flatMap { tokenizer.tokens(of: String($0)).map(\.hash) }
    )
  }()
}
