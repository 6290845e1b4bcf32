public import Bitext

/// The findings that a project has decided to live with for now: only new ones are reported.
///
/// An entry is known again by its rule, its term and the text around it, and not by its line; its
/// file only decides among equal ones. So neither inserted lines nor a moved file wake it.
public struct Baseline: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public var file: String
    /// The term in it is spelt as in the text.
    public var rule: String
    public var term: String
    /// See ``FindingKey/context``.
    public var context: String
    /// The beginning of the context, for the people who read the file.
    public var excerpt: String
    /// How many equal findings the file has.
    public var count: Int

    public init(
      file: String, rule: String, term: String, context: String, excerpt: String, count: Int = 1
    ) {
      self.file = file
      self.rule = rule
      self.term = term
      self.context = context
      self.excerpt = excerpt
      self.count = count
    }

    fileprivate var key: FindingKey { FindingKey(rule: rule, term: term, context: context) }
  }

  /// By file, rule, term and context.
  public private(set) var entries: [Entry]

  /// Entries for the same finding of a file are one: two branches may both have brought it.
  public init(entries: [Entry] = []) {
    var places: [Place: Int] = [:]
    self.entries = []
    for entry in entries {
      let place = Place(file: entry.file, key: entry.key)
      if let index = places[place] {
        self.entries[index].count = max(self.entries[index].count, entry.count)
      } else {
        places[place] = self.entries.count
        self.entries.append(entry)
      }
    }
    self.entries.sort(by: Self.inOrder)
  }

  public var count: Int { entries.reduce(0) { $0 + $1.count } }

  private struct Place: Hashable {
    var file: String
    var key: FindingKey
  }

  private static func inOrder(_ left: Entry, _ right: Entry) -> Bool {
    if left.file != right.file { return left.file < right.file }
    return (left.rule, left.term, left.context) < (right.rule, right.term, right.context)
  }

  /// What the findings of a run are beside a baseline.
  public struct Comparison: Sendable {
    /// The findings that the baseline does not hold.
    public var new: [Diagnostic]
    /// How many findings it holds.
    public var known = 0
    /// Entries, with the number of findings that occur no longer.
    public var obsolete: [Entry] = []
    /// The baseline of what there is now.
    public var updated = Baseline()

    /// Without a baseline all findings are new.
    public init(new: [Diagnostic] = []) { self.new = new }
  }

  /// Finds out which findings are new.
  ///
  /// - Parameters:
  ///   - diagnostics: of a run, in order.
  ///   - sources: leads to their files.
  ///   - name: how the baseline calls a file.
  ///   - isCurrent: whether a run can tell that an entry of a file, by the baseline's name for it,
  ///     occurs no longer: the file was checked, or is gone.
  /// - Returns: the new ones, and what else there is to say.
  public func compare(
    _ diagnostics: [Diagnostic], _ sources: some SourceLines, name: (String) -> String,
    isCurrent: (String) -> Bool
  ) -> Comparison {
    var result = Comparison()
    var left = Remainder(entries)
    let findings = diagnostics.map { diagnostic in
      Finding(
        file: name(diagnostic.location.file), key: FindingKey(diagnostic, sources),
        diagnostic: diagnostic)
    }
    var unmatched: [Finding] = []
    for finding in findings where !left.take(finding.key, in: { $0 == finding.file }) {
      unmatched.append(finding)
    }
    // What is left of a file that is gone may have moved; another file keeps its own.
    for finding in unmatched where !left.take(finding.key, in: isCurrent) {
      result.new.append(finding.diagnostic)
    }
    result.known = findings.count - result.new.count
    result.obsolete = left.entries.filter { isCurrent($0.file) }
    result.updated = Baseline(
      entries: Self.entries(findings) + entries.filter { !isCurrent($0.file) })
    return result
  }

  private struct Finding {
    var file: String
    var key: FindingKey
    var diagnostic: Diagnostic
  }

  private static func entries(_ findings: [Finding]) -> [Entry] {
    var places: [Place: Int] = [:]
    var entries: [Entry] = []
    for finding in findings {
      let place = Place(file: finding.file, key: finding.key)
      if let index = places[place] {
        entries[index].count += 1
      } else {
        places[place] = entries.count
        entries.append(
          Entry(
            file: finding.file, rule: finding.key.rule, term: finding.diagnostic.term,
            context: finding.key.context, excerpt: excerpt(finding.diagnostic)))
      }
    }
    return entries
  }

  /// So many characters of a context are enough to know it again.
  private static let excerptLength = 60

  private static func excerpt(_ diagnostic: Diagnostic) -> String {
    let text = diagnostic.context.isEmpty ? diagnostic.term : diagnostic.context
    let line = text.map { $0.isNewline ? " " : String($0) }.joined().visible
    return line.count <= excerptLength ? line : line.prefix(excerptLength - 1) + "…"
  }
}

/// The entries of a baseline that no finding has claimed yet.
private struct Remainder {
  private var all: [Baseline.Entry]
  private var byKey: [FindingKey: [Int]] = [:]

  init(_ entries: [Baseline.Entry]) {
    all = entries
    for index in all.indices { byKey[all[index].key, default: []].append(index) }
  }

  var entries: [Baseline.Entry] { all.filter { $0.count > 0 } }

  /// Claims an entry in one of some files.
  mutating func take(_ key: FindingKey, in isMeant: (String) -> Bool) -> Bool {
    let index = byKey[key]?.first { all[$0].count > 0 && isMeant(all[$0].file) }
    guard let index else { return false }
    all[index].count -= 1
    return true
  }
}
