extension LanguageTag {
  /// The language that an older form names behind its family: `cmn` in `zh-cmn-Hans`.
  public var extendedLanguage: String? {
    guard !isGrandfathered else { return nil }
    return subtags.dropFirst().first.flatMap {
      $0.utf8.count == 3 && $0.isASCIILetters ? String($0) : nil
    }
  }

  /// The variants in their order, in lower case: `1996`, `rozaj`.
  public var variants: [String] {
    guard !isGrandfathered else { return [] }
    return subtags.dropFirst().prefix { $0.utf8.count > 1 }.filter {
      $0.utf8.count >= 5 || $0.utf8.count == 4 && $0.utf8.first.map(\.isASCIIDigit) == true
    }.map(String.init)
  }

  /// The extensions, each with its letter: `u-ca-gregory`.
  public var extensions: [String] {
    guard !isGrandfathered else { return [] }
    var found: [[Substring]] = []
    for subtag in subtags.prefix(while: { $0 != "x" }) {
      if subtag.utf8.count == 1 { found.append([]) }
      if !found.isEmpty { found[found.count - 1].append(subtag) }
    }
    return found.map { $0.joined(separator: "-") }
  }

  /// What follows an `x`: `x-internal`.
  public var privateUse: String? {
    guard !isGrandfathered, let start = subtags.firstIndex(of: "x") else { return nil }
    return subtags[start...].joined(separator: "-")
  }

  /// The tag without what is out of use: `he` for `iw`, `zh-Hans` for `cmn-Hans` and
  /// `zh-cmn-Hans`, `yue` for `zh-yue`, `zh` for `zh-guoyu`, `nan` for `zh-min-nan`, `GB` for `UK`.
  ///
  /// By the IANA registry of subtags (RFC 5646, section 4.5), and for `cmn`, `tl`, `no` and `sh` by
  /// CLDR, which keeps the more common tag.
  public var preferred: LanguageTag {
    if isGrandfathered {
      let successor = Grandfathered.tag(canonical.lowercased())?.preferred
      return successor.flatMap { LanguageTag($0) }?.preferred ?? self
    }
    var parts = subtags.map(String.init)
    if extendedLanguage != nil { parts.removeFirst() }
    if let successor = Self.languages[parts[0]] {
      let new = successor.split(separator: "-").map(String.init)
      // A script that the tag names is worth more than the one that its language implies.
      parts.replaceSubrange(0..<1, with: script == nil ? new : [new[0]])
    }
    if let region, let successor = Self.regions[region],
      let index = parts.firstIndex(of: region)
    {
      parts[index] = successor
    }
    let text = parts.joined(separator: "-")
    return text == canonical ? self : LanguageTag(text) ?? self
  }

  private var subtags: [Substring] { canonical.split(separator: "-") }

  private var isGrandfathered: Bool {
    canonical.utf8.contains(0x2D) && Grandfathered.tag(canonical.lowercased()) != nil
  }

  private static let languages: [String: String] = [
    "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr-Latn", "cmn": "zh",
    "tl": "fil", "no": "nb", "zho": "zh", "chi": "zh", "eng": "en", "jpn": "ja", "kor": "ko",
    "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "rus": "ru", "por": "pt",
    "ita": "it", "ara": "ar", "vie": "vi", "tha": "th", "ind": "id", "msa": "ms", "may": "ms",
  ]

  private static let regions: [String: String] = [
    "UK": "GB", "BU": "MM", "DD": "DE", "FX": "FR", "TP": "TL", "YD": "YE", "ZR": "CD",
  ]
}

/// The tags that were registered whole before RFC 4646 and have kept their form (RFC 5646,
/// section 2.2.8).
enum Grandfathered {
  struct Tag {
    var canonical: String
    var preferred: String?
  }

  /// The tag of that time that a text is; `lower` is in lower case, with hyphens.
  static func tag(_ lower: String) -> Tag? { all[lower] }

  private static let all: [String: Tag] = {
    let successors: [(String, String?)] = [
      ("en-GB-oed", "en-GB-oxendict"), ("i-ami", "ami"), ("i-bnn", "bnn"), ("i-default", nil),
      ("i-enochian", nil), ("i-hak", "hak"), ("i-klingon", "tlh"), ("i-lux", "lb"),
      ("i-mingo", nil), ("i-navajo", "nv"), ("i-pwn", "pwn"), ("i-tao", "tao"), ("i-tay", "tay"),
      ("i-tsu", "tsu"), ("sgn-BE-FR", "sfb"), ("sgn-BE-NL", "vgt"), ("sgn-CH-DE", "sgg"),
      ("art-lojban", "jbo"), ("cel-gaulish", nil), ("no-bok", "nb"), ("no-nyn", "nn"),
      ("zh-guoyu", "cmn"), ("zh-hakka", "hak"), ("zh-min", nil), ("zh-min-nan", "nan"),
      ("zh-xiang", "hsn"),
    ]
    return Dictionary(
      uniqueKeysWithValues: successors.map {
        ($0.0.lowercased(), Tag(canonical: $0.0, preferred: $0.1))
      })
  }()
}
