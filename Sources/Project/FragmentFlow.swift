internal import Alignment
public import Bitext
internal import Matching
internal import Segmentation
public import Store

/// What fragments are looked for with.
public struct FragmentOptions: Sendable {
  /// Its terms come before what the memory says, and anchor the words of its units.
  public var termbase: Termbase
  /// The language of the translations; `nil` takes the one that most of the units found have.
  public var target: LanguageTag?
  /// Whether terms count that wait for review.
  public var includesProposed: Bool
  /// Units that are asked what they have for a fragment, at the most: the shorter ones first, whose
  /// words are linked more surely.
  public var units: Int
  /// The units that count.
  public var filter: UnitFilter

  public init(
    termbase: Termbase = Termbase(), target: LanguageTag? = nil, includesProposed: Bool = false,
    units: Int = 16, filter: UnitFilter = UnitFilter()
  ) {
    self.termbase = termbase
    self.target = target
    self.includesProposed = includesProposed
    self.units = max(1, units)
    self.filter = filter
  }
}

/// A part of a text that the termbase or the memory knows.
public struct Fragment: Sendable, Hashable {
  public enum Kind: String, Sendable {
    /// A term of the termbase.
    case term
    /// A stretch that units of the memory hold word for word.
    case fragment
  }

  public var kind: Kind
  /// Bytes of the text.
  public var range: Range<Int>
  /// As the text spells it.
  public var text: String
  /// Of a term all that are accepted, the preferred one first; of a stretch one, or none where the
  /// units do not agree.
  public var translations: [String]
  /// A term's concept, and the status of its first translation.
  public var concept: String?
  public var status: TermStatus?
  /// Of a stretch with a translation: how many units have it there.
  public var agreement: Agreement?
  /// Of a stretch: a unit that holds it, one with the translation if there is one.
  public var example: Example?

  /// How many of the different units that were asked have a translation.
  public struct Agreement: Sendable, Hashable {
    public var units: Int
    public var asked: Int
  }

  /// A unit with the stretch marked.
  public struct Example: Sendable, Hashable {
    public var unit: TranslationUnit
    /// Whether the text is in the unit's target language, so that its source is the translation.
    public var isReversed: Bool
    /// Bytes of the side in the text's language.
    public var range: Range<Int>
    /// Bytes of the other side, where the translation stands: also what the links of the only unit
    /// say, which nothing confirms.
    public var translation: Range<Int>?
  }
}

/// The flow behind fragments: where no whole unit is like a text, what covers it piece by piece.
///
/// The longest stretches of the text that units hold are found by the index; of those the ones are
/// taken that cover most of what is not covered yet. Word links in the units tell what translates
/// them.
public struct FragmentFlow: Sendable {
  private var store: ConcordStore
  private var options: FragmentOptions
  private let aligner: PairAligner
  private var matchers: [LanguageTag: TermMatcher] = [:]
  /// Why the index could not be asked the last time, so that all rows were; `nil` when it could.
  public private(set) var indexTrouble: Trouble?

  /// A sentence has some 25 words, the longest ones of contracts 200.
  private static let mostWords = 500

  /// - Parameters:
  ///   - store: whose memory is asked.
  ///   - options: what counts.
  /// - Throws: `Trouble` when word lists cannot be read.
  public init(store: ConcordStore, options: FragmentOptions = FragmentOptions()) throws(Trouble) {
    self.store = store
    self.options = options
    let reading = DocumentReading(isSegmented: true, chinese: .simplifiedChinese)
    aligner = try PairAligner(termbase: options.termbase, source: reading, target: reading)
  }

  /// The same over another connection to the memory and into another language; word lists and terms
  /// are not read again.
  func adapted(to store: ConcordStore, target: LanguageTag?) -> FragmentFlow {
    var flow = into(target)
    flow.store = store
    return flow
  }

  /// The same into another language.
  func into(_ target: LanguageTag?) -> FragmentFlow {
    var flow = self
    flow.options.target = target
    return flow
  }

  /// The terms and the stretches that cover a text.
  ///
  /// - Parameters:
  ///   - text: a sentence, or another segment.
  ///   - language: of the text; `nil` takes what its script suggests.
  /// - Returns: the fragments in the order of the text; of those that begin at one place the longer
  ///   one first. Terms may stand inside stretches, and stretches overlap.
  /// - Throws: `Trouble` for a text that is too long, for one whose language nobody tells, and when
  ///   the memory cannot be read.
  public mutating func fragments(
    of text: String, language: LanguageTag? = nil
  ) throws(Trouble) -> [Fragment] {
    let utf8 = Array(text.utf8)
    guard let language = language ?? LanguageMatching.detect(utf8.span) else {
      // Marks and numbers alone are in no language, and nothing that a memory has to translate.
      guard text.unicodeScalars.contains(where: \.properties.isAlphabetic) else { return [] }
      throw Trouble("the text does not show its language: say which with --language")
    }
    let words = KeyedWords(
      MatchKey(text), words: try WordSegmenter(language: language).words(in: utf8.span))
    guard words.ranges.count <= Self.mostWords else {
      throw Trouble(
        "the text has \(words.ranges.count) words, and fragments are found in \(Self.mostWords) at "
          + "the most: give it sentence by sentence")
    }
    let terms = terms(in: text, language)
    let trimming = StretchTrimming(
      words, of: utf8, language: language, filter: options.filter)
    let held = try store.longestStretches(
      of: words, in: language, limit: options.units, filter: options.filter)
    let chosen = FragmentCover(words, language: language).chosen(
      from: try trimming.trimmed(held, in: store),
      beside: terms.filter { !$0.translations.isEmpty }.map(\.range))
    let stretches = try trimming.withPlaces(
      chosen, unlike: held, in: store, limit: options.units)
    indexTrouble = store.takeIndexTrouble()
    var translation = FragmentTranslation(
      store: store, aligner: aligner, language: language, target: options.target)
    let found = try translation.fragments(stretches, words, utf8)
    return (terms + found).sorted {
      ($0.range.lowerBound, -$0.range.upperBound, $0.kind == .term ? 0 : 1)
        < ($1.range.lowerBound, -$1.range.upperBound, $1.kind == .term ? 0 : 1)
    }
  }

  private mutating func terms(in text: String, _ language: LanguageTag) -> [Fragment] {
    let matcher =
      matchers[language]
      ?? TermMatcher(
        options.termbase, language: language, includesProposed: options.includesProposed)
    matchers[language] = matcher
    let utf8 = Array(text.utf8)
    var fragments: [Fragment] = []
    for match in matcher.matches(in: text) {
      var seen: Set<Int> = []
      for term in match.terms where seen.insert(matcher.terms[term].concept).inserted {
        let concept = options.termbase.concepts[matcher.terms[term].concept]
        let translations = translations(of: concept, from: language)
        fragments.append(
          Fragment(
            kind: .term, range: match.range,
            text: String(decoding: utf8[match.range], as: UTF8.self),
            translations: translations.map(\.text), concept: concept.id,
            status: translations.first?.status))
      }
    }
    return fragments
  }

  /// What counts as a translation, the preferred term first.
  private func translations(of concept: Concept, from language: LanguageTag) -> [Term] {
    let terms = concept.terms.filter { term in
      guard term.status.isAccepted || options.includesProposed && term.status == .proposed else {
        return false
      }
      if let target = options.target { return LanguageMatching.match(term.language, target) }
      return !LanguageMatching.sameLanguage(term.language, language)
    }
    return terms.filter { $0.status == .preferred } + terms.filter { $0.status != .preferred }
  }
}
