public import Bitext

extension LanguageMatching {
  /// The language of a text by its script: English for Latin letters, Chinese for ideographs, and
  /// which script of Chinese where its characters tell.
  ///
  /// - Returns: `zh-Hans`, `zh-Hant`, `zh` when the characters are common to both scripts, `en`,
  ///   or `nil` when neither letters nor ideographs make up the text.
  public static func detect(_ utf8: Span<UInt8>) -> LanguageTag? {
    var han = 0
    var letters = 0
    var simplified = 0
    var traditional = 0
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
    // An ideograph says about as much as four letters.
    if han * 4 > letters {
      if simplified > traditional * 3 { return .simplifiedChinese }
      if traditional > simplified * 3 { return .traditionalChinese }
      return .chinese
    }
    return letters > 0 ? .english : nil
  }
}
