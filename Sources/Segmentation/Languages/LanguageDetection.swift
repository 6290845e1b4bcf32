public import Bitext

extension LanguageMatching {
  /// Whether a text cannot be in a language: no ideographs where it should be Chinese, or mostly
  /// ideographs where it should be written in letters.
  ///
  /// - Returns: `false` for texts of few letters, which say nothing.
  public static func contradicts(_ language: LanguageTag, _ utf8: Span<UInt8>) -> Bool {
    let counts = ScriptCounts(utf8)
    // A few names and numbers may be all there is.
    guard counts.han + counts.letters >= 20 else { return false }
    if language.isChinese { return counts.han * 50 < counts.letters }
    let usesHan = language.language == "ja" || language.language == "ko"
    return !usesHan && counts.han * 2 > counts.letters
  }

  /// The language of a text by its script: English for Latin letters, Chinese for ideographs, and
  /// which script of Chinese where its characters tell.
  ///
  /// - Returns: `zh-Hans`, `zh-Hant`, `zh` when the characters are common to both scripts, `en`,
  ///   or `nil` when neither letters nor ideographs make up the text.
  public static func detect(_ utf8: Span<UInt8>) -> LanguageTag? {
    let counts = ScriptCounts(utf8)
    // An ideograph says about as much as four letters.
    if counts.han * 4 > counts.letters {
      if counts.simplified > counts.traditional * 3 { return .simplifiedChinese }
      if counts.traditional > counts.simplified * 3 { return .traditionalChinese }
      return .chinese
    }
    return counts.letters > 0 ? .english : nil
  }
}

/// The letters of a text by script.
private struct ScriptCounts {
  private(set) var han = 0
  private(set) var letters = 0
  /// Ideographs of one script of Chinese alone.
  private(set) var simplified = 0
  private(set) var traditional = 0

  init(_ utf8: Span<UInt8>) {
    var index = 0
    // A page is enough to tell, and a dump of a gigabyte must not be read for it.
    let end = min(utf8.count, 200_000)
    while index < end {
      let scalar = utf8.scalar(at: index)
      index += scalar.length
      if scalar.value.isHanScalar {
        han += 1
        if HanFolding.simplified(scalar.value) != scalar.value { traditional += 1 }
        if HanFolding.traditional(scalar.value) != scalar.value { simplified += 1 }
      } else if scalar.value < 0x250, scalar.value.isWordScalar, !(0x30...0x39 ~= scalar.value) {
        letters += 1
      }
    }
  }
}
