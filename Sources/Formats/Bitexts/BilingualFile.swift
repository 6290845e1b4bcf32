public import Bitext
internal import Segmentation

/// A file that holds both languages: TMX, XLIFF, gettext's PO, or a table of two columns.
public enum BilingualFile {
  /// The endings of the files that a directory is searched for. Tables are not among them, since
  /// most of them are something else: they are named.
  public static let endings: Set<String> =
    Set(["tmx", "po", "pot"]).union(XLIFFReader.endings)

  /// The endings of tables.
  public static let tableEndings: Set<String> = ["csv", "tsv", "tab"]

  /// Whether the units of a file follow each other as the sentences of a document do, by its ending:
  /// then the units around one are its context.
  package static func keepsOrder(_ path: String) -> Bool {
    XLIFFReader.endings.contains(Files.ending(of: path))
  }

  /// Whether a path names one, by its ending.
  public static func isBilingual(_ path: String) -> Bool {
    let ending = Files.ending(of: path)
    return endings.contains(ending) || tableEndings.contains(ending)
  }

  /// Reads a file as one bitext: each unit is a bead, its sides exact stretches of the file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - languages: which pair to read, for files of several and for files that do not say; they
  ///     outweigh what the file says, and turn it around where they name its languages the other
  ///     way round.
  ///   - columns: the columns of a table, by their names in its header or by number from 1; else
  ///     the first two whose header is a language tag, else the first two.
  ///   - encoding: an IANA name, for PO files and tables that are guessed wrong.
  ///   - warn: hears of what is odd and yet readable.
  /// - Returns: both sides, each a document in the same file.
  /// - Throws: `Trouble` for a broken file and for one without a pair of two languages.
  public static func read(
    _ path: String, languages: (source: LanguageTag?, target: LanguageTag?),
    columns: (source: String, target: String)? = nil, encoding: String? = nil,
    warn: @escaping (Warning) -> Void
  ) throws -> ParallelText {
    var builder: ParallelTextBuilder?
    var known: UnitLanguages?
    var skipped: UnitLanguages?
    let options = UnitOptions(
      languages: languages, columns: columns, encoding: encoding, warn: warn)
    try forEachUnit(of: path, options) { pair, unit in
      if builder == nil {
        builder = ParallelTextBuilder(path, pair)
        known = pair
      }
      guard pair == known else {
        skipped = skipped ?? pair
        return
      }
      builder?.append(pair.isSwapped ? unit.swapped : unit)
    }
    guard let builder, builder.beadCount > 0 else { throw empty(path) }
    if let skipped, let known {
      warn(
        Warning(
          "holds more than one pair of languages: \(known.source)–\(known.target) is read, "
            + "\(skipped.source)–\(skipped.target) is not", file: path))
    }
    return builder.text
  }

  /// Reads a file as bitexts of some 2,000 units each. Memory does not grow with a file of XML in
  /// UTF-8; of others the bytes are held.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - languages: which pair to read, as for ``read(_:languages:columns:encoding:warn:)``.
  ///   - columns: the columns of a table.
  ///   - encoding: an IANA name, for PO files and tables that are guessed wrong.
  ///   - includesDrafts: whether fuzzy entries of PO files count, which are left out else.
  ///   - warn: hears of what is odd and yet readable.
  ///   - body: takes each part; all of its units are in the same two languages.
  /// - Throws: `Trouble` for a broken file and for one without a pair of two languages, and what
  ///   `body` throws. Parts before the fault were handed over.
  public static func forEachPart(
    of path: String, languages: (source: LanguageTag?, target: LanguageTag?),
    columns: (source: String, target: String)? = nil, encoding: String? = nil,
    includesDrafts: Bool = false, warn: @escaping (Warning) -> Void,
    _ body: (ParallelText) throws -> Void
  ) throws {
    var parts = PartBuilder(path)
    let options = UnitOptions(
      languages: languages, columns: columns, encoding: encoding, warn: warn,
      includesDrafts: includesDrafts)
    try forEachUnit(of: path, options) { pair, unit in
      try parts.append(pair, unit, body)
    }
    try parts.finish(body)
    if parts.isEmpty { throw empty(path) }
  }

  static func empty(_ path: String) -> Trouble {
    Trouble("holds no unit with both languages", file: path)
  }

  static func forEachUnit(
    of path: String, _ options: UnitOptions, _ body: UnitBody
  ) throws {
    switch Files.ending(of: path) {
    case "po", "pot": try POReader.forEachUnit(of: path, options, body)
    case let ending where tableEndings.contains(ending):
      try BitextTableReader.forEachUnit(of: path, options, body)
    case let ending where XLIFFReader.endings.contains(ending):
      try XLIFFReader.forEachUnit(of: path, options, body)
    default: try TMXReader.forEachPair(of: path, options, body)
    }
  }
}

/// How the units of a bilingual file are to be read.
struct UnitOptions {
  var languages: WantedLanguages
  var columns: (source: String, target: String)?
  var encoding: String?
  var warn: (Warning) -> Void
  /// Whether what is no translation yet is handed over too, marked as a draft.
  var includesDrafts = false
}
