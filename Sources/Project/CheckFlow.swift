public import Bitext
public import Checking
internal import Formats
public import Segmentation

/// The flow behind `check`: one termbase, one checker, many documents in parallel, one report.
public struct CheckFlow: Sendable {
  let checker: Checker
  let hasTerms: Bool
  let aligner: PairAligner
  let reading: DocumentReading
  let languages: (source: LanguageTag?, target: LanguageTag?)
  private let settings: RuleSettings
  private let usesCache: Bool
  /// Of all that findings depend on beside the documents and the severities.
  private let fingerprint: ContentHash

  /// What a run found.
  public struct Result: Sendable {
    /// By file and place.
    public var diagnostics: [Diagnostic] = []
    /// Files that could not be checked.
    public var troubles: [Trouble] = []
    public var warnings: [Warning] = []
    /// Of each item, in the order of the items.
    public var facts: [CheckFacts] = []
    /// Where the diagnostics' places are, and what stands there.
    public var lines = FileLines()
  }

  /// `languages` are those of the sources and targets, where the user said so. A termbase without
  /// any concept stands for a check without terms.
  ///
  /// - Throws: `Trouble` when no term of the termbase can be looked for, and for a rule file that
  ///   is gone.
  public init(
    termbase: Termbase, settings: RuleSettings, includesProposed: Bool, explains: Bool = false,
    countsTerms: Bool = false, aligner: PairAligner, reading: DocumentReading,
    languages: (source: LanguageTag?, target: LanguageTag?), usesCache: Bool = false
  ) throws(Trouble) {
    hasTerms = !termbase.concepts.isEmpty
    self.aligner = aligner
    self.reading = reading
    self.languages = languages
    self.settings = settings
    self.usesCache = usesCache
    let all = termbase.concepts.flatMap(\.languages)
    let checker = Checker(
      termbase: termbase, languages: Array(Set(all)).sorted(), settings: settings,
      includesProposed: includesProposed, explains: explains, countsTerms: countsTerms)
    self.checker = checker
    guard !hasTerms || all.contains(where: { checker.termCount(in: $0) > 0 }) else {
      throw Trouble(
        "the glossary has no term that can be looked for"
          + (includesProposed ? "" : ": proposed ones count with --include-proposed"))
    }
    var hash = try aligner.fingerprint()
    hash.combine(Files.programStamp)
    hash.combine(termbase)
    hash.combine(
      "\(includesProposed) \(explains) \(countsTerms) \(languages.source?.description ?? "-") "
        + "\(languages.target?.description ?? "-")")
    fingerprint = hash
  }

  /// Checks all items, on all cores; the result does not depend on how many there are.
  public func run(_ items: [CheckItem]) -> Result {
    var total = Result()
    for unmatchable in checker.unmatchable {
      total.warnings.append(
        Warning(
          "the term “\(unmatchable.term.text)” of concept \(unmatchable.concept) holds neither "
            + "letters nor digits and can never be found"))
    }
    let work = OrderedWork(threads: Processors.count)
    var cache = CheckCache(
      project: ContentHash(of: Files.currentDirectory.utf8), isOn: usesCache,
      environment: ProcessEnvironment.value)
    let keys = CheckKeys(
      usesCache ? contents(of: items, work) : [], items: items, fingerprint: fingerprint)
    let known: [ItemResult?] = items.indices.map { keys[$0].flatMap { cache.value(for: $0) } }
    let missing = items.indices.filter { known[$0] == nil }
    let aligner = self.aligner(for: items, missing, work)
    var index = 0
    func take(_ result: ItemResult) {
      total.diagnostics += result.examination.diagnostics
      total.lines.add(result.places)
      total.troubles += result.troubles
      total.warnings += result.warnings
      total.facts.append(result.examination.facts)
      index += 1
    }
    func takeKnown() {
      while index < items.count, let result = known[index] {
        if let key = keys[index] { cache.keepKnown(key) }
        take(result)
      }
    }
    takeKnown()
    work.run(count: missing.count) { place in
      let item = items[missing[place]]
      let result = check(item, aligner)
      // A file that changed under our hands must not be known by what it was.
      let isKept = keys[missing[place]] != nil && result.troubles.isEmpty
      return (result, isKept ? content(of: item) : nil)
    } deliver: { place, result in
      if let key = keys[missing[place], result.1] { cache.keep(result.0, for: key) }
      take(result.0)
      takeKnown()
    }
    cache.finish()
    total.diagnostics = checker.settle(total.diagnostics, total.facts)
    return total
  }

  /// Words are learnt from all pairs of a run, or from none where all of them are known.
  private func aligner(
    for items: [CheckItem], _ missing: [Int], _ work: OrderedWork
  ) -> PairAligner {
    guard missing.contains(where: { items[$0].documents != nil }) else { return aligner }
    return aligner.learning(from: items.compactMap(\.documents), with: work)
  }

  /// Hashes of the items' files; `nil` for an item that cannot be read twice or at all.
  private func contents(of items: [CheckItem], _ work: OrderedWork) -> [ContentHash?] {
    // Some hundred files a step: reading one is quicker than handing it over.
    let step = 256
    var hashes: [ContentHash?] = []
    work.run(count: (items.count + step - 1) / step) { part in
      items[part * step..<min(items.count, (part + 1) * step)].map { content(of: $0) }
    } deliver: { _, part in
      hashes += part
    }
    return hashes
  }

  private func content(of item: CheckItem) -> ContentHash? {
    var hash = ContentHash()
    for file in item.files {
      guard file != "-", let bytes = try? Files.read(file) else { return nil }
      hash.combine(file)
      hash.combine(bytes)
      for rule in RuleName.allCases {
        hash.combine(settings.severity(of: rule, in: file)?.rawValue ?? "")
      }
    }
    return hash
  }
}

/// What the items of a run are known by.
private struct CheckKeys: Sendable {
  private let contents: [ContentHash?]
  private let items: [CheckItem]
  private let fingerprint: ContentHash
  /// Of all pairs: what is learnt from them has a say in each. One that cannot be read teaches
  /// nothing.
  private var pairs = ContentHash()

  init(_ contents: [ContentHash?], items: [CheckItem], fingerprint: ContentHash) {
    self.contents = contents
    self.items = items
    self.fingerprint = fingerprint
    for (item, content) in zip(items, contents) where item.documents != nil {
      if let content { pairs.combine(content) }
    }
  }

  /// The key of an item; `nil` when it is not to be kept.
  subscript(index: Int) -> ContentHash? {
    guard contents.indices.contains(index), let content = contents[index] else { return nil }
    var key = fingerprint
    key.combine("\(items[index])")
    key.combine(content)
    if items[index].documents != nil { key.combine(pairs) }
    return key
  }

  /// The key of an item whose content is still the same.
  subscript(index: Int, content: ContentHash?) -> ContentHash? {
    guard let content, contents.indices.contains(index), contents[index] == content else {
      return nil
    }
    return self[index]
  }
}
