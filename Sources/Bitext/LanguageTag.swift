/// A BCP 47 language tag (RFC 5646), kept as it was written and read by its parts.
///
/// `zh-CN`, `zh_CN` and `zh-cn` are three spellings: ``description`` keeps each as it came, while
/// equality and hashing go by ``canonical``. ``preferred`` replaces what is out of use. Whether two
/// different tags stand for the same language (`zh` and `zh-Hans`) is the business of
/// `LanguageMatching` in Segmentation.
public struct LanguageTag: Sendable {
  /// The tag as the user or the file spelt it.
  public let description: String
  /// The tag in the case and with the separators of RFC 5646, section 2.1.1: `zh-Hans-CN`.
  public let canonical: String
  /// The primary language in lower case: `zh`, `en`; for a tag of the time before RFC 4646 such as
  /// `i-klingon` that of its successor, else the whole tag.
  public let language: String
  /// The script in title case, when the tag names one: `Hans`.
  public let script: String?
  /// The region in upper case, when the tag names one: `CN`.
  public let region: String?

  /// Reads a tag, with `-` or `_` between its subtags.
  ///
  /// - Returns: `nil` when the text is not well-formed, such as `Chinese (simplified)` or `e`.
  public init?(_ text: some StringProtocol) {
    guard let tag = try? Self(parsing: text) else { return nil }
    self = tag
  }

  /// Reads a tag, with `-` or `_` between its subtags.
  ///
  /// A tag of private use alone (`x-klingon`) names no language and is refused; so are languages
  /// of four letters and more, of which none is registered.
  ///
  /// - Parameter text: the tag.
  /// - Throws: `Trouble` that names the subtag where the text is not well-formed (RFC 5646,
  ///   section 2.1).
  public init(parsing text: some StringProtocol) throws(Trouble) {
    description = String(text)
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
    if parts.count > 1,
      let old = Grandfathered.tag(parts.map { $0.lowercased() }.joined(separator: "-"))
    {
      canonical = old.canonical
      let successor = old.preferred.map { $0.prefix { $0 != "-" } }
      language = successor.map(String.init) ?? old.canonical
      (script, region) = (nil, nil)
      return
    }
    var parser = TagParser(String(text))
    for part in parts { try parser.take(part) }
    try parser.finish()
    canonical = parser.canonical.joined(separator: "-")
    language = parser.canonical[0]
    script = parser.script
    region = parser.region
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

  init(known text: String, script: String? = nil) {
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

/// Takes the subtags of a tag one by one, in the order that RFC 5646 lays down.
private struct TagParser {
  private let tag: String
  private(set) var canonical: [String] = []
  private(set) var script: String?
  private(set) var region: String?
  private var place = Place.start
  private var extendedCount = 0
  private var variants: [String] = []
  private var singletons: [String] = []

  /// What came last.
  private enum Place: Int, Comparable {
    case start, language, script, region, variant, singleton, extensions, privateUse, `private`
    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  init(_ tag: String) { self.tag = tag }

  mutating func take(_ part: some StringProtocol) throws(Trouble) {
    guard !part.isEmpty else { throw trouble("a subtag is empty") }
    guard part.isASCIIAlphanumeric else {
      throw trouble("“\(part)” holds more than the letters a–z and digits")
    }
    guard part.utf8.count <= 8 else { throw trouble("“\(part)” is longer than eight characters") }
    let lower = part.lowercased()
    if place == .start {
      guard 2...3 ~= part.utf8.count, part.isASCIILetters else {
        throw trouble("“\(part)” is no language of two or three letters")
      }
      (place, canonical) = (.language, [lower])
    } else if place >= .privateUse {
      add(lower, .private)
    } else if part.utf8.count == 1 {
      try takeSingleton(lower)
    } else if place >= .singleton {
      add(lower, .extensions)
    } else {
      try takeNamed(lower, isLetters: part.isASCIILetters)
    }
  }

  /// Nothing may end with the letter that announces more.
  func finish() throws(Trouble) {
    if place == .singleton || place == .privateUse {
      throw trouble("nothing follows “\(canonical.last ?? "")”")
    }
  }

  private mutating func takeSingleton(_ letter: String) throws(Trouble) {
    if place == .singleton { throw trouble("nothing follows “\(canonical.last ?? "")”") }
    guard !singletons.contains(letter) else { throw trouble("“\(letter)” stands there twice") }
    singletons.append(letter)
    add(letter, letter == "x" ? .privateUse : .singleton)
  }

  private mutating func takeNamed(_ part: String, isLetters: Bool) throws(Trouble) {
    let count = part.utf8.count
    let startsWithDigit = part.utf8.first.map(\.isASCIIDigit) ?? false
    if count == 3, isLetters, place == .language, extendedCount < 3 {
      extendedCount += 1
      add(part, .language)
    } else if count == 4, isLetters, place < .script {
      let title = part.prefix(1).uppercased() + part.dropFirst()
      script = title
      add(title, .script)
    } else if place < .region,
      count == 2 && isLetters || count == 3 && part.utf8.allSatisfy(\.isASCIIDigit)
    {
      region = part.uppercased()
      add(part.uppercased(), .region)
    } else if count >= 5 || count == 4 && startsWithDigit {
      guard !variants.contains(part) else { throw trouble("“\(part)” stands there twice") }
      variants.append(part)
      add(part, .variant)
    } else {
      throw trouble("“\(part)” is neither script, region nor variant, or stands in a wrong place")
    }
  }

  private mutating func add(_ part: String, _ place: Place) {
    canonical.append(part)
    self.place = place
  }

  private func trouble(_ reason: String) -> Trouble {
    Trouble("“\(tag)” is no language tag, since \(reason): write one such as en, zh-CN or zh-Hans")
  }
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
