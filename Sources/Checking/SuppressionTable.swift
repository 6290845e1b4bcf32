internal import Bitext
internal import Matching
internal import Segmentation

/// The remarks of all documents of a run, and which of them had something to silence.
struct SuppressionTable {
  /// One rule of one remark.
  fileprivate struct Row {
    var suppression: Suppression
    var entry: SuppressionRemark.Entry
    /// The keys of the terms that are meant; none stands for all.
    var terms: [MatchKey]
    /// Bytes of the file.
    var covered: [Range<Int>]
    var isUsed = false
  }

  private var rows: [Row] = []
  private var byFile: [String: [Int]] = [:]
  /// The remarks that end a region, and whether one was open.
  private var ends: [(suppression: Suppression, isUsed: Bool)] = []

  /// Rules that say something only of a text beside its translation.
  private static let pairRules: Set<String> = [
    "missing-term", "number-mismatch", "do-not-translate", "untranslated-term",
    "untranslated-segment", "empty-target", "missing-segment", "inconsistent-rendering",
    "same-source-different-target", "same-target-different-source",
  ]

  init(_ suppressions: [Suppression]) {
    for (file, list) in Dictionary(grouping: Self.merged(suppressions), by: \.file) {
      add(list.sorted { $0.place.lowerBound < $1.place.lowerBound }, of: file)
    }
  }

  /// A document of several pairs says everything several times.
  private static func merged(_ suppressions: [Suppression]) -> [Suppression] {
    var result: [Suppression] = []
    var known: [Key: Int] = [:]
    for suppression in suppressions {
      let key = Key(
        file: suppression.file, place: suppression.place, remark: suppression.remark)
      if let index = known[key] {
        result[index].covered += suppression.covered
        result[index].isPaired = result[index].isPaired || suppression.isPaired
      } else {
        known[key] = result.count
        result.append(suppression)
      }
    }
    return result
  }

  private struct Key: Hashable {
    var file: String
    var place: Range<Int>
    var remark: SuppressionRemark
  }

  /// Adds the remarks of one file, in its order.
  private mutating func add(_ suppressions: [Suppression], of file: String) {
    var open: [Int] = []
    for suppression in suppressions {
      guard let scope = suppression.remark.scope else {
        ends.append((suppression, true))
        continue
      }
      if scope == .end {
        let closed = open.filter { suppression.ends(rows[$0].entry) }
        for index in closed {
          let start = rows[index].suppression.place.lowerBound
          rows[index].covered = [start..<max(start, suppression.place.lowerBound)]
        }
        open.removeAll(where: closed.contains)
        ends.append((suppression, !closed.isEmpty))
        continue
      }
      for entry in suppression.remark.entries {
        if scope == .region { open.append(rows.count) }
        byFile[file, default: []].append(rows.count)
        let start = scope == .file ? 0 : suppression.place.lowerBound
        rows.append(
          Row(
            suppression: suppression, entry: entry, terms: entry.terms.map { MatchKey($0) },
            covered: scope == .file || scope == .region
              ? [start..<Int.max] : suppression.covered))
      }
    }
  }

  /// The findings that no remark silences. A finding about a pair is silenced from either side.
  mutating func filter(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard !rows.isEmpty else { return diagnostics }
    var kept: [Diagnostic] = []
    for diagnostic in diagnostics {
      let isSilenced = [diagnostic.location, diagnostic.source?.location].contains { location in
        guard let location else { return false }
        return silence(diagnostic, at: location)
      }
      if !isSilenced { kept.append(diagnostic) }
    }
    return kept
  }

  private mutating func silence(_ diagnostic: Diagnostic, at location: Location) -> Bool {
    var isSilenced = false
    for index in byFile[location.file] ?? [] {
      guard rows[index].silences(diagnostic, at: location.range) else { continue }
      rows[index].isUsed = true
      isSilenced = true
    }
    return isSilenced
  }

  /// What is to be said of the remarks themselves, once all findings have been filtered.
  ///
  /// - Parameters:
  ///   - settings: which rules are on.
  ///   - hasTerms: whether there was a termbase.
  /// - Returns: a finding for each remark that silences nothing, names no rule, or has no reason.
  func remarks(_ settings: RuleSettings, hasTerms: Bool) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var withoutReason: Set<Location> = []
    func report(_ suppression: Suppression, _ message: String, _ term: String, atMost: Severity) {
      let rule = RuleName.unusedSuppression
      guard let severity = settings.severity(of: rule, in: suppression.file) else { return }
      found.append(
        Diagnostic(
          rule: rule.rawValue, severity: min(severity, atMost), message: message,
          location: suppression.location, term: term, found: term, context: term))
    }
    for row in rows {
      let (suppression, entry) = (row.suppression, row.entry)
      if !entry.isKnown {
        report(suppression, .unknownRule(entry.rule), entry.text, atMost: .error)
      } else if !row.isUsed, canJudge(row, settings, hasTerms: hasTerms) {
        let what = "\(suppression.remark.word) \(entry.text)"
        report(suppression, .unused(what), what, atMost: .error)
      } else if suppression.remark.reason == nil,
        withoutReason.insert(suppression.location).inserted
      {
        report(suppression, .withoutReason(suppression.remark), entry.text, atMost: .info)
      }
    }
    for end in ends {
      let word = end.suppression.remark.word
      if end.suppression.remark.scope == nil {
        report(end.suppression, .unknownWord(word), word, atMost: .error)
      } else if !end.isUsed {
        report(end.suppression, .endsNothing(word), word, atMost: .error)
      }
    }
    return found
  }

  /// Whether the rule of a remark had its say at all in this run.
  private func canJudge(_ row: Row, _ settings: RuleSettings, hasTerms: Bool) -> Bool {
    let isPaired = row.suppression.isPaired
    guard row.entry.rule != SuppressionRemark.all else { return isPaired && hasTerms }
    guard let rule = RuleName(rawValue: row.entry.rule), rule != .unusedSuppression else {
      return false
    }
    return settings.severity(of: rule, in: row.suppression.file) != nil
      && (isPaired || !Self.pairRules.contains(rule.rawValue))
      && (hasTerms || !rule.rawValue.hasSuffix("-term") && rule != .termStyle)
  }
}

extension SuppressionTable.Row {
  fileprivate func silences(_ diagnostic: Diagnostic, at range: Range<Int>) -> Bool {
    // What is said of remarks can be silenced by its name alone.
    let isMeant =
      entry.rule == diagnostic.rule
      || entry.rule == SuppressionRemark.all
        && diagnostic.rule != RuleName.unusedSuppression.rawValue
    guard isMeant else { return false }
    let isHere = covered.contains { stretch in
      range.isEmpty
        ? stretch.lowerBound <= range.lowerBound && range.lowerBound <= stretch.upperBound
        : stretch.overlaps(range)
    }
    guard isHere else { return false }
    guard !terms.isEmpty else { return true }
    if let concept = diagnostic.concept, entry.terms.contains(concept) { return true }
    let spellings = [diagnostic.term, diagnostic.found].compactMap { $0 } + diagnostic.expected
    return spellings.contains { spelling in terms.contains(MatchKey(spelling)) }
  }
}

extension SuppressionRemark.Entry {
  fileprivate var isKnown: Bool {
    rule == SuppressionRemark.all || RuleName(rawValue: rule) != nil
  }
}

extension Suppression {
  fileprivate var location: Location { Location(file: file, range: place) }

  /// Whether the remark ends a region in which a rule is silent.
  fileprivate func ends(_ entry: SuppressionRemark.Entry) -> Bool {
    remark.entries.contains {
      $0.rule == SuppressionRemark.all
        || $0.rule == entry.rule
          && ($0.terms.isEmpty || $0.terms == entry.terms)
    }
  }
}

extension String {
  fileprivate static func unused(_ what: String) -> String {
    "nothing is silenced by “\(what)”: remove it"
  }

  fileprivate static func unknownRule(_ rule: String) -> String {
    let known = RuleName.allCases.map(\.rawValue) + [SuppressionRemark.all]
    let nearest = FuzzyPattern.nearest(to: rule, among: known)
    return "“\(rule)” is no rule: "
      + (nearest.map { "did you mean “\($0)”?" } ?? "docs/rules.md lists them")
  }

  fileprivate static func unknownWord(_ word: String) -> String {
    let known = SuppressionRemark.Scope.allCases.map { SuppressionRemark.mark + $0.rawValue }
    let nearest = FuzzyPattern.nearest(to: word, among: known)
    return "“\(word)” says nothing to the checks: "
      + (nearest.map { "did you mean “\($0)”?" } ?? "write \(known.joined(separator: ", "))")
  }

  fileprivate static func endsNothing(_ word: String) -> String {
    "“\(word)” ends nothing: no “concord-disable” stands before it for these rules"
  }

  fileprivate static func withoutReason(_ remark: SuppressionRemark) -> String {
    let rules = remark.entries.map(\.text).joined(separator: ", ")
    return "“\(remark.word) \(rules)” gives no reason: add “-- why” or “: why”"
  }
}
