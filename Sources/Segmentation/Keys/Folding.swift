extension MatchKey {
  /// What two spellings may differ in and still have one key. Each folding has a name, so that a
  /// check can say which difference it was.
  ///
  /// ``compatibility``, ``width`` and ``letterCase`` include ``composition``.
  public struct Folding: OptionSet, Sendable, Hashable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Composed and decomposed accents (NFC): `é` in one scalar and in two.
    public static let composition = Folding(rawValue: 1 << 0)
    /// Compatibility forms (NFKC), width excepted: `ﬁ` and `fi`, `Ⅷ` and `VIII`, `℃` and `°C`, `…`
    /// and `...`.
    public static let compatibility = Folding(rawValue: 1 << 1 | 1)
    /// Full and half width: `（` and `(`, `，` and `,`, `Ａ` and `A`, `ｱ` and `ア`.
    public static let width = Folding(rawValue: 1 << 2 | 1)
    /// Capitals and small letters, by full case folding: `ß` and `SS` too.
    public static let letterCase = Folding(rawValue: 1 << 3 | 1)
    /// Characters that are not seen: soft hyphens, zero-width spaces and joiners, variation
    /// selectors, byte order marks, bidirectional controls.
    public static let invisibles = Folding(rawValue: 1 << 4)
    /// Chinese full stops, enumeration commas and middle dots: `。` and `.`, `、` and `,`, `•` and
    /// `·`.
    public static let punctuation = Folding(rawValue: 1 << 5)
    /// Square and tortoise-shell brackets: `【` `〔` `〖` and `[`.
    public static let brackets = Folding(rawValue: 1 << 6)
    /// The shape of quotation marks and title marks: `“` `「` `《` `«` and `"`. An apostrophe
    /// inside a word is none of them, whether it is straight or curved.
    public static let quotes = Folding(rawValue: 1 << 7)
    /// The shape of hyphens and short dashes (`‐` `–` `−` and `-`), and of long ones (`―` and `—`).
    public static let dashes = Folding(rawValue: 1 << 8)
    /// Runs, kinds and ends of white space.
    public static let whiteSpace = Folding(rawValue: 1 << 9)
    /// White space that has ideographs for its nearest letters on either side: `5G 基站` and
    /// `5G基站`.
    public static let spacing = Folding(rawValue: 1 << 10)
    /// Simplified and traditional ideographs, one by one.
    public static let script = Folding(rawValue: 1 << 11)
    /// A hyphen between two words and a space: `follow-up` and `follow up`. Beside an ideograph,
    /// ``spacing`` then takes the space.
    public static let hyphenation = Folding(rawValue: 1 << 12)
    /// Whether quotation marks are there at all.
    public static let quoting = Folding(rawValue: 1 << 13)
    /// The commas of thousands: `1,164` and `1164`.
    public static let digitGrouping = Folding(rawValue: 1 << 14)
    /// English inflection by stem class: plural, possessive, -ed, -ing. `university` and
    /// `universal` stay apart.
    public static let inflection = Folding(rawValue: 1 << 15)

    /// What a reader would call the same spelling: all that concerns no word, no script and no
    /// mark's being there. The memory and the termbase find texts by this.
    public static let spelling: Folding = [
      .compatibility, .width, .letterCase, .invisibles, .punctuation, .brackets, .quotes, .dashes,
      .whiteSpace, .spacing,
    ]
    /// What the spellings of one term may differ in: everything. ``KeyTokenizer`` folds this.
    public static let term = Folding(rawValue: .max)

    /// Each folding with its name. Where two would do (a wide space is white space too), the later
    /// one says it better.
    static let named: [(folding: Folding, name: String)] = [
      (.inflection, "inflection"), (.script, "script"), (.quoting, "quotation marks"),
      (.hyphenation, "hyphenation"), (.digitGrouping, "the commas of thousands"),
      (.letterCase, "case"), (.compatibility, "compatibility forms"),
      (.width, "the width of its characters"), (.spacing, "spaces"), (.whiteSpace, "white space"),
      (.quotes, "the shape of its quotes"), (.dashes, "the kind of its dashes"),
      (.brackets, "the shape of its brackets"), (.punctuation, "the kind of its marks"),
      (.invisibles, "invisible characters"), (.composition, "the composition of its accents"),
    ]

    /// In words what spellings that need these foldings differ in: "case", "script".
    ///
    /// Composition is named only where nothing else brings it along.
    public func names(except ignored: Folding = []) -> [String] {
      let named = Self.named.filter { contains($0.folding) }
      let isAlone = !named.contains {
        $0.folding != .composition && $0.folding.contains(.composition)
      }
      return named.filter {
        !ignored.contains($0.folding) && ($0.folding != .composition || isAlone)
      }.map(\.name)
    }
  }

  /// The smallest set of foldings under which two spellings have one key: none of them can be left
  /// out.
  ///
  /// - Returns: the empty set when they are equal byte by byte, `nil` when no folding makes them
  ///   one.
  public static func differences(_ left: String, _ right: String) -> Folding? {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    func areEqual(_ folding: Folding) -> Bool {
      MatchKey(left.span, folding: folding) == MatchKey(right.span, folding: folding)
    }
    if left == right { return [] }
    guard areEqual(.term) else { return nil }
    // More folding never parts what less of it made equal, so that one pass is enough.
    var needed = Folding.term
    for (folding, _) in Folding.named {
      let own = folding == .composition ? folding : folding.subtracting(.composition)
      let rest = needed.subtracting(own)
      let isWhole = folding != .composition || rest.isDisjoint(with: Folding.needingComposition)
      if isWhole, areEqual(rest) { needed = rest }
    }
    return needed
  }
}

extension MatchKey.Folding {
  fileprivate static let needingComposition = compatibility.union(width).union(letterCase)
    .subtracting(composition)

  /// Whether ICU has something to do.
  var normalizes: Bool { contains(.composition) }
}
