internal import Bitext
internal import Segmentation

/// The remarks of all documents of a run, and which of them had something to silence.
struct SuppressionTable {
  /// One rule of one remark.
  struct Row {
    var suppression: Suppression
    var entry: SuppressionRemark.Entry
    /// The keys of the terms that are meant; none stands for all.
    var terms: [MatchKey]
    /// Bytes of the file.
    var covered: [Range<Int>]
    var isUsed = false
  }

  private(set) var rows: [Row] = []
  private var byFile: [String: [Int]] = [:]
  /// The remarks that end a region, and whether one was open; and those that say nothing at all.
  private(set) var ends: [(suppression: Suppression, isUsed: Bool)] = []

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
  mutating func filter(_ diagnostics: consuming [Diagnostic]) -> [Diagnostic] {
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

extension Suppression {
  /// Whether the remark ends a region in which a rule is silent.
  fileprivate func ends(_ entry: SuppressionRemark.Entry) -> Bool {
    remark.entries.contains {
      $0.rule == SuppressionRemark.all
        || $0.rule == entry.rule
          && ($0.terms.isEmpty || $0.terms == entry.terms)
    }
  }
}
