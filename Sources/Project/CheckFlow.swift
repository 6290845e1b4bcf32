public import Bitext
public import Checking
internal import Documents
internal import Formats
internal import Segmentation

/// The flow behind `check`: one termbase, one checker, many documents in parallel, one report.
public struct CheckFlow: Sendable {
  let checker: Checker
  let hasTerms: Bool
  let warnOnly: WarnOnly
  let aligner: PairAligner
  let reading: DocumentReading
  let languages: (source: LanguageTag?, target: LanguageTag?)
  /// The columns of tables, by name or number.
  let columns: (source: String, target: String)?
  /// What `inconsistent-rendering` needs; `nil` when that rule is off.
  let mining: RenderingMining?
  let settings: RuleSettings
  let usesCache: Bool
  /// From which size on documents are read in parts.
  var partSizes = DocumentReader.PartSizes()
  /// Of all that findings depend on beside the documents and the severities.
  let fingerprint: ContentHash

  /// What a run found.
  public struct Result: Sendable {
    /// By file and place.
    public var diagnostics: [Diagnostic] = []
    /// Files that could not be checked.
    public var troubles: [Trouble] = []
    public var warnings: [Warning] = []
    /// Of each item or part of one, in the order of the items.
    public var facts: [CheckFacts] = []
    /// Where the diagnostics' places are, and what stands there.
    public var lines = FileLines()
  }

  /// `languages` are those of the sources and targets, where the user said so; `columns` are those
  /// of tables, by name or number; `warnOnly` are ids of concepts and terms whose findings are
  /// warnings at the most. A termbase without any concept stands for a check without terms.
  ///
  /// - Throws: `Trouble` when no term of the termbase can be looked for, and for a rule file that
  ///   is gone.
  public init(
    termbase: Termbase, settings: RuleSettings, includesProposed: Bool, explains: Bool = false,
    countsTerms: Bool = false, warnOnly names: [String] = [], doNotTranslate: [String] = [],
    aligner: PairAligner, reading: DocumentReading,
    languages: (source: LanguageTag?, target: LanguageTag?),
    columns: (source: String, target: String)? = nil, usesCache: Bool = false
  ) throws(Trouble) {
    hasTerms = !termbase.concepts.isEmpty
    warnOnly = WarnOnly(names, in: termbase)
    self.aligner = aligner
    self.reading = reading
    self.languages = languages
    self.columns = columns
    self.settings = settings
    self.usesCache = usesCache
    mining =
      settings.isOn(.inconsistentRendering)
      ? RenderingMining(aligner: aligner, termbase: termbase) : nil
    let all = termbase.concepts.flatMap(\.languages)
    let checker = Checker(
      termbase: termbase, languages: Array(Set(all)).sorted(), settings: settings,
      includesProposed: includesProposed, explains: explains, countsTerms: countsTerms,
      warnOnly: warnOnly, doNotTranslate: doNotTranslate, lexicon: aligner.builtinLexicon)
    self.checker = checker
    guard !hasTerms || all.contains(where: { checker.termCount(in: $0) > 0 }) else {
      throw Trouble(
        "the glossary has no term that can be looked for"
          + (includesProposed ? "" : ": proposed ones count with --include-proposed"))
    }
    var hash = try aligner.fingerprint()
    hash.combine("\(Files.programState, default: "")")
    hash.combine(termbase)
    hash.combine(
      "\(includesProposed) \(explains) \(countsTerms) \(languages.source?.description ?? "-") "
        + "\(languages.target?.description ?? "-") \(columns?.source ?? "-")\t"
        + "\(columns?.target ?? "-")\t\(doNotTranslate)\t\(names)")
    fingerprint = hash
  }
}
