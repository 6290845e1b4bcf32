internal import Bitext

/// How often a text in Latin letters has the function words of some languages.
struct FunctionWordCounts {
  private var words = 0
  private var hits = [Int](repeating: 0, count: languages.count)
  /// How many different words those are.
  private var kinds = [Int](repeating: 0, count: languages.count)

  init(_ utf8: Span<UInt8>) {
    let end = utf8.page
    var index = 0
    // The bytes of a word of eight at the most, in lower case.
    var packed: UInt64 = 0
    var length = 0
    var seen: Set<UInt64> = []
    while index <= end {
      let byte: UInt8 = index < end ? utf8[index] : 0x20
      index += 1
      if byte.isASCIILetter || byte >= 0x80 {
        let lower = byte.isASCIIUppercase ? byte | 0x20 : byte
        packed = packed << 8 | UInt64(lower)
        length += 1
      } else if length > 0 {
        words += 1
        if length <= 8, let mask = Self.masks[packed] {
          let isNew = seen.insert(packed).inserted
          for language in hits.indices where mask & 1 << language != 0 {
            hits[language] += 1
            if isNew { kinds[language] += 1 }
          }
        }
        (packed, length) = (0, 0)
      }
    }
  }

  /// A language is certain when enough of the words are its own and clearly more than another's.
  var guess: LanguageGuess {
    let order = hits.indices.sorted { (hits[$1], $0) < (hits[$0], $1) }
    let (best, second) = (order[0], order[1])
    let likely = hits[best] * 2 > hits[second] * 3 ? best : nil
    // Most words of a telling sentence are others, and a name that is repeated (os.path) is no
    // sentence.
    let isEnough = kinds[best] >= 3 && hits[best] * 8 >= words
    if isEnough, let likely { return .certain(Self.languages[likely].tag) }
    let doubt: LanguageGuess.Doubt =
      words < 8 ? .tooShort : isEnough ? .mixed : .sharedScript
    return .unsure(doubt, likely: .english)
  }

  /// The common words that few others of these languages have.
  private static let languages: [(tag: LanguageTag, words: String)] = [
    (
      .english,
      """
      the of and to is that it for was on are with as be by at this from or an have not which were
      has had will would they their its his her you we can been he she but all more than if about do
      no so
      """
    ),
    (
      LanguageTag("fr") ?? .english,
      """
      le les des et est une dans pour que qui sur pas avec au aux du plus par ce cette sont il elle
      nous vous ne se ou mais comme leur ont été être
      """
    ),
    (
      LanguageTag("de") ?? .english,
      """
      der die das und ist nicht mit ein eine einen einer den dem des von zu zum zur auf für im sich
      auch werden wird bei sind oder aus nach wie als wir sie über
      """
    ),
    (
      LanguageTag("es") ?? .english,
      """
      el los las una que por con para del es en se su sus como más pero al lo este esta son fue y
      también entre
      """
    ),
    (
      LanguageTag("it") ?? .english,
      """
      il di che è una per non sono del della dei delle con gli nel nella si come anche più ma questo
      alla dal
      """
    ),
    (
      LanguageTag("pt") ?? .english,
      """
      o os uma não que para com em da dos das por mais na ao se como mas foi são e à pelo pela
      """
    ),
    (
      LanguageTag("nl") ?? .english,
      """
      het een van en niet dat voor met zijn op te aan ook naar bij wordt werd deze maar om dan uit
      hebben
      """
    ),
  ]

  /// For each word, a bit for each language that has it.
  private static let masks: [UInt64: UInt8] = {
    var masks: [UInt64: UInt8] = [:]
    for (index, language) in languages.enumerated() {
      for word in language.words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        let packed = word.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        masks[packed, default: 0] |= 1 << index
      }
    }
    return masks
  }()
}
