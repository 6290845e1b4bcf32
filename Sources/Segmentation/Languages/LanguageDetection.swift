public import Bitext

/// What a text says about the language that it is in.
public enum LanguageGuess: Sendable, Hashable {
  case certain(LanguageTag)
  /// Not sure: why, and what it would be if it had to be something.
  case unsure(Doubt, likely: LanguageTag?)

  /// Why a text does not tell its language.
  public enum Doubt: String, Sendable, Hashable {
    /// It has no letters.
    case empty
    /// It has too few words or letters.
    case tooShort = "too short"
    /// Two scripts or two languages are about even.
    case mixed
    /// It is Chinese in characters that both scripts have.
    case scriptOfChinese = "script of Chinese"
    /// Its letters serve several languages, and its words tell none.
    case sharedScript = "shared script"
  }

  /// The language, certain or likely.
  public var likely: LanguageTag? {
    switch self {
    case .certain(let tag): tag
    case .unsure(_, let likely): likely
    }
  }
}

extension LanguageMatching {
  /// So much is enough to tell a language, and a dump of a gigabyte must not be read for it.
  package static let pageBytes = 200_000

  /// Whether a text cannot be in a language: no ideographs where it should be Chinese, or mostly
  /// ideographs where it should be written in letters.
  ///
  /// - Returns: `false` for texts of few letters, which say nothing.
  public static func contradicts(_ language: LanguageTag, _ utf8: Span<UInt8>) -> Bool {
    let counts = ScriptCounts(utf8)
    // A few names and numbers may be all there is.
    guard counts.han + counts.latin >= 20 else { return false }
    if language.isChinese { return counts.han * 50 < counts.latin }
    let usesHan = language.language == "ja" || language.language == "ko"
    return !usesHan && counts.han * 2 > counts.latin
  }

  /// The language of a text, certain or likely: see ``guess(_:)``.
  ///
  /// - Returns: `zh-Hans`, `zh-Hant`, `zh` when the characters are common to both scripts, `en` for
  ///   Latin letters whose words tell no other language, another language that is certain, or
  ///   `nil`.
  public static func detect(_ utf8: Span<UInt8>) -> LanguageTag? { guess(utf8).likely }

  /// The language of a text by its script and, where that is Latin, by its common words.
  ///
  /// Reads 200 kB at the most. Kana make a text Japanese and hangul Korean, Greek and Thai letters
  /// stand for one language each; ideographs are Chinese, in the script whose own characters
  /// prevail. Latin text is told apart by function words of English, French, German, Spanish,
  /// Italian, Portuguese and Dutch.
  public static func guess(_ utf8: Span<UInt8>) -> LanguageGuess {
    let counts = ScriptCounts(utf8)
    guard let (script, weight) = counts.heaviest else { return .unsure(.empty, likely: nil) }
    let isMixed = weight * 3 < counts.total * 2
    let guess = guess(script, weight, counts, utf8)
    guard isMixed, case .certain(let tag) = guess else { return guess }
    return .unsure(.mixed, likely: tag)
  }

  private static func guess(
    _ script: Script, _ weight: Int, _ counts: ScriptCounts, _ utf8: Span<UInt8>
  ) -> LanguageGuess {
    switch script {
    case .han: return chinese(counts)
    case .latin: return FunctionWordCounts(utf8).guess
    // A name or a particle in a text of numbers says little.
    case .hiragana: return sole("ja", counts.kana)
    case .hangul: return sole("ko", weight)
    case .greek: return sole("el", weight)
    case .thai: return sole("th", weight)
    default: return .unsure(.sharedScript, likely: nil)
    }
  }

  private static func sole(_ language: String, _ letters: Int) -> LanguageGuess {
    guard letters >= 4, let tag = LanguageTag(language) else {
      return .unsure(.tooShort, likely: nil)
    }
    return .certain(tag)
  }

  private static func chinese(_ counts: ScriptCounts) -> LanguageGuess {
    if counts.simplified > counts.traditional * 3 { return .certain(.simplifiedChinese) }
    if counts.traditional > counts.simplified * 3 { return .certain(.traditionalChinese) }
    let isMixed = counts.simplified + counts.traditional >= 4
    return .unsure(isMixed ? .mixed : .scriptOfChinese, likely: .chinese)
  }
}

/// The letters of a text by script.
private struct ScriptCounts {
  private(set) var han = 0
  private(set) var kana = 0
  private(set) var latin = 0
  /// Ideographs of one script of Chinese alone.
  private(set) var simplified = 0
  private(set) var traditional = 0
  /// Letters of the other scripts.
  private var others: [Script: Int] = [:]

  init(_ utf8: Span<UInt8>) {
    var index = 0
    let end = utf8.page
    while index < end {
      let (scalar, length) = utf8.scalar(at: index)
      index += length
      if scalar < 0x80 {
        if (scalar | 0x20) &- 0x61 < 26 { latin += 1 }
      } else if scalar.isHanScalar {
        han += 1
        if HanFolding.simplified(scalar) != scalar { traditional += 1 }
        if HanFolding.traditional(scalar) != scalar { simplified += 1 }
      } else {
        switch Script(scalar) {
        case .common: break
        case .latin: latin += 1
        case .hiragana, .katakana: kana += 1
        case let script: others[script, default: 0] += 1
        }
      }
    }
  }

  /// The scripts by weight: an ideograph says about as much as four letters, and a tenth of kana
  /// among ideographs makes them Japanese.
  private var weights: [(script: Script, weight: Int)] {
    let isJapanese = kana * 10 > han && kana > 0
    var weights: [(Script, Int)] = [
      (.latin, latin), (.han, isJapanese ? 0 : han * 4),
      (.hiragana, isJapanese ? han * 4 + kana * 2 : 0),
    ]
    for (script, count) in others.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      weights.append((script, script == .hangul ? count * 2 : count))
    }
    return weights
  }

  var total: Int { weights.reduce(0) { $0 + $1.weight } }

  /// The script with the greatest weight, an ideograph's before a letter's.
  var heaviest: (script: Script, weight: Int)? {
    let best = weights.max { ($0.weight, $1.script.rawValue) < ($1.weight, $0.script.rawValue) }
    return best.flatMap { $0.weight > 0 ? $0 : nil }
  }
}

extension Span<UInt8> {
  var page: Int { Swift.min(count, LanguageMatching.pageBytes) }
}
