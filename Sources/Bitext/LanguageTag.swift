/// A BCP 47 language tag (RFC 5646), kept as it was written and read by its parts.
///
/// `zh-CN`, `zh_CN` and `zh-cn` are three spellings: ``description`` keeps each as it came, while
/// equality and hashing go by ``canonical``. Whether two different tags stand for the same
/// language (`zh` and `zh-Hans`) is the business of `LanguageMatching` in Segmentation.
public struct LanguageTag: Sendable {
  /// The tag as the user or the file spelt it.
  public let description: String
  /// The tag in the case and with the separators of RFC 5646, section 2.1.1: `zh-Hans-CN`.
  public let canonical: String
  /// The primary language in lower case: `zh`, `en`.
  public let language: String
  /// The script in title case, when the tag names one: `Hans`.
  public let script: String?
  /// The region in upper case, when the tag names one: `CN`.
  public let region: String?

  /// Reads a tag, with `-` or `_` between its subtags.
  ///
  /// - Returns: `nil` when the text is not well-formed, such as `Chinese (simplified)` or `e`.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
    guard let first = parts.first, (2...3).contains(first.utf8.count), first.isASCIILetters else {
      return nil
    }
    var script: String?
    var region: String?
    var canonical = [first.lowercased()]
    for part in parts.dropFirst() {
      guard (1...8).contains(part.utf8.count), part.isASCIIAlphanumeric else { return nil }
      let count = part.utf8.count
      let isPrivate = canonical.contains { $0.utf8.count == 1 }
      if !isPrivate, count == 4, part.isASCIILetters, script == nil, region == nil {
        let title = part.prefix(1).uppercased() + part.dropFirst().lowercased()
        script = title
        canonical.append(title)
      } else if !isPrivate, region == nil,
        count == 2 && part.isASCIILetters || count == 3 && part.utf8.allSatisfy(\.isASCIIDigit)
      {
        let upper = part.uppercased()
        region = upper
        canonical.append(upper)
      } else {
        canonical.append(part.lowercased())
      }
    }
    self.description = String(text)
    self.canonical = canonical.joined(separator: "-")
    self.language = canonical[0]
    self.script = script
    self.region = region
  }

  /// English, whatever its region.
  public static let english = LanguageTag(known: "en")
  /// Chinese, whatever its script.
  public static let chinese = LanguageTag(known: "zh")
  /// Chinese in simplified characters.
  public static let simplifiedChinese = LanguageTag(known: "zh-Hans", script: "Hans")
  /// Chinese in traditional characters.
  public static let traditionalChinese = LanguageTag(known: "zh-Hant", script: "Hant")

  /// Whether the language is one of the Chinese ones that are written in Han characters.
  public var isChinese: Bool {
    language == "zh" || language == "cmn" || language == "yue" || language == "wuu"
  }

  private init(known text: String, script: String? = nil) {
    description = text
    canonical = text
    language = String(text.prefix(2))
    self.script = script
    region = nil
  }
}

extension LanguageTag: Hashable, Comparable, CustomStringConvertible {
  public static func == (left: Self, right: Self) -> Bool { left.canonical == right.canonical }
  public static func < (left: Self, right: Self) -> Bool { left.canonical < right.canonical }
  public func hash(into hasher: inout Hasher) { hasher.combine(canonical) }
}

extension StringProtocol {
  var isASCIILetters: Bool { utf8.allSatisfy(\.isASCIILetter) }
  var isASCIIAlphanumeric: Bool { utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit } }
}

extension UInt8 {
  package var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
  package var isASCIIUppercase: Bool { self &- 0x41 < 26 }
  package var isASCIIDigit: Bool { self &- 0x30 < 10 }
  /// Whether the byte continues a UTF-8 sequence rather than starting one.
  package var isUTF8Continuation: Bool { self & 0xC0 == 0x80 }
}
