public import Bitext
internal import GRDB
internal import Segmentation

/// What a memory holds, by count.
public struct MemoryStatistics: Sendable, Hashable {
  /// The texts of one side.
  public struct Side: Sendable, Hashable {
    /// Runs of letters and digits of scripts that part their words.
    public var words = 0
    /// Ideographs, each of which counts as a word does.
    public var ideographs = 0
    /// All characters but white space.
    public var characters = 0
  }

  /// The units of one pair of languages.
  public struct Languages: Sendable, Hashable {
    public var pair: LanguagePair
    public var units = 0
    public var source = Side()
    public var target = Side()
  }

  /// A value with the number of units that have it.
  public struct Share: Sendable, Hashable {
    /// `nil` stands for units that do not say it.
    public var value: String?
    public var units: Int
  }

  public var units = 0
  /// By number of units, the largest first, as are the lists below but for the months.
  public var languages: [Languages] = []
  public var origins: [Share] = []
  /// Who last saw to the units.
  public var authors: [Share] = []
  /// The months in which the units were last seen to (`2026-05`), in order.
  public var months: [Share] = []
  /// Units whose source another unit of these languages has too, by match key.
  public var repeatedSources = 0
  /// Units of which the segment before or after is known.
  public var withContext = 0
  /// Units that came with what their file says of them, and those with inline elements.
  public var withDetails = 0
  public var withMarkup = 0
  /// Bytes of the store's file, its glossary and history included, and how many of them are free
  /// for what comes.
  public var storeBytes = 0
  public var freeBytes = 0
}

extension ConcordStore {
  /// What the memory holds. Takes some 8 bytes of memory a unit.
  ///
  /// - Parameter filter: which units count.
  /// - Returns: the counts.
  /// - Throws: `Trouble` when the store cannot be read.
  public func memoryStatistics(
    _ filter: UnitFilter = UnitFilter()
  ) throws(Trouble) -> MemoryStatistics {
    try read { database in
      var counter = UnitCounter()
      try database.forEachUnit(filter) { counter.add($0) }
      var statistics = counter.finished()
      let pageSize = Int(try database.number("PRAGMA page_size"))
      statistics.storeBytes = Int(try database.number("PRAGMA page_count")) * pageSize
      statistics.freeBytes = Int(try database.number("PRAGMA freelist_count")) * pageSize
      return statistics
    }
  }
}

/// Counts units one after the other.
private struct UnitCounter {
  private var statistics = MemoryStatistics()
  private var languages: [LanguagePair: MemoryStatistics.Languages] = [:]
  private var origins: [String?: Int] = [:]
  private var authors: [String?: Int] = [:]
  private var months: [String?: Int] = [:]
  private var sources: [UInt64] = []
  private var names = LanguagePairNames()

  mutating func add(_ unit: TranslationUnit) {
    statistics.units += 1
    let pair = LanguagePair(source: unit.sourceLanguage, target: unit.targetLanguage)
    languages[pair, default: MemoryStatistics.Languages(pair: pair)].add(unit)
    origins[unit.origin, default: 0] += 1
    authors[(unit.changed ?? unit.created)?.author, default: 0] += 1
    let month = String(unit.lastDate.prefix(7))
    months[month.isEmpty ? nil : month, default: 0] += 1
    if unit.previous != nil || unit.next != nil { statistics.withContext += 1 }
    if let details = unit.details {
      statistics.withDetails += 1
      if details.source.markup != nil || details.target.markup != nil {
        statistics.withMarkup += 1
      }
    }
    var hash = GroupHash()
    hash.add(names(unit.sourceLanguage))
    hash.add(names(unit.targetLanguage))
    hash.add(MatchKey(unit.source).text)
    sources.append(hash.value)
  }

  consuming func finished() -> MemoryStatistics {
    sources.sort()
    var repeated = 0
    for index in sources.indices {
      let isRepeated =
        index > 0 && sources[index - 1] == sources[index]
        || index + 1 < sources.count && sources[index + 1] == sources[index]
      if isRepeated { repeated += 1 }
    }
    statistics.repeatedSources = repeated
    statistics.languages = languages.values.sorted {
      ($1.units, $0.pair.source, $0.pair.target) < ($0.units, $1.pair.source, $1.pair.target)
    }
    statistics.origins = Self.shares(origins)
    statistics.authors = Self.shares(authors)
    statistics.months = Self.shares(months).sorted { ($0.value ?? "") < ($1.value ?? "") }
    return statistics
  }

  private static func shares(_ counts: [String?: Int]) -> [MemoryStatistics.Share] {
    counts.map { MemoryStatistics.Share(value: $0.key, units: $0.value) }
      .sorted { ($1.units, $0.value ?? "") < ($0.units, $1.value ?? "") }
  }
}

extension MemoryStatistics.Languages {
  fileprivate mutating func add(_ unit: TranslationUnit) {
    units += 1
    source.add(unit.source)
    target.add(unit.target)
  }
}

extension MemoryStatistics.Side {
  fileprivate mutating func add(_ text: String) {
    var isInWord = false
    for scalar in text.unicodeScalars {
      let value = scalar.value
      if value.isWhitespaceScalar {
        isInWord = false
        continue
      }
      characters += 1
      if value.isWordScalar {
        if !isInWord { words += 1 }
        isInWord = true
      } else {
        if value.isHanScalar { ideographs += 1 }
        // An apostrophe or a hyphen joins what stands beside it: "don't", "follow-up".
        isInWord = isInWord && (value == 0x27 || value == 0x2019 || value.isHyphenScalar)
      }
    }
  }
}
