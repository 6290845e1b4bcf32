public import Bitext
public import Formats
public import Store

/// Bilingual files other than TMX into the store: PO and XLIFF.
enum BilingualImport {
  /// The endings of such files.
  static let endings: Set<String> = BilingualFile.endings.subtracting(["tmx"])

  static func isOne(_ path: String) -> Bool { endings.contains(Files.ending(of: path)) }

  /// Saves the translations of a file that are done, as one change.
  static func saveUnits(
    of path: String, in store: ConcordStore, _ options: GlossaryOptions, by change: Change
  ) throws -> ImportSummary {
    var warnings: [Warning] = []
    var counts = UntranslatedCounts()
    let outcomes = try store.saveEach(by: change, policy: options.targets) { save in
      counts = try BilingualFile.forEachTranslation(
        of: path, languages: (options.source, options.target), encoding: options.encoding,
        warn: { warnings.append($0) },
        { try save($0.mapped(options.mapping)) })
    }
    return ImportSummary(
      half: .memory, outcomes: outcomes, warnings: warnings + leftOut(counts, path))
  }

  /// Takes each translation for a concept with two terms, as Weblate's glossaries in PO are meant.
  static func importTerms(
    of path: String, into store: ConcordStore, _ options: GlossaryOptions, by change: Change
  ) throws -> ImportSummary {
    var warnings: [Warning] = []
    var concepts: [Concept] = []
    let counts = try BilingualFile.forEachTranslation(
      of: path, languages: (options.source, options.target), encoding: options.encoding,
      warn: { warnings.append($0) }
    ) { stored in
      let unit = stored.mapped(options.mapping)
      concepts.append(
        Concept(
          id: "",
          terms: [
            Term(unit.source, language: unit.sourceLanguage),
            Term(unit.target, language: unit.targetLanguage),
          ], source: unit.origin))
    }
    let outcomes = try store.importConcepts(concepts, by: change) { _ in nil }
    return ImportSummary(
      half: .glossary, outcomes: outcomes, warnings: warnings + leftOut(counts, path))
  }

  /// Saves the pairs of lines of two plain files, as one change.
  static func saveLines(
    of pair: MosesPair, in store: ConcordStore, _ options: GlossaryOptions, by change: Change
  ) throws -> ImportSummary {
    var lonely = 0
    let outcomes = try store.saveEach(by: change, policy: options.targets) { save in
      lonely = try pair.forEachUnit(
        languages: (options.source, options.target), encoding: options.encoding
      ) { try save($0.mapped(options.mapping)) }
    }
    var summary = ImportSummary(half: .memory, outcomes: outcomes, warnings: [])
    if lonely > 0 {
      summary.warnings.append(
        Warning("lines with text on one side alone were left out (\(lonely))", file: pair.source))
    }
    return summary
  }

  private static func leftOut(_ counts: UntranslatedCounts, _ path: String) -> [Warning] {
    var warnings: [Warning] = []
    if counts.drafts > 0 {
      warnings.append(
        Warning(
          "units that are fuzzy, new or wait for review were left out (\(counts.drafts))",
          file: path))
    }
    if counts.empty > 0 {
      warnings.append(
        Warning("units without a translation were left out (\(counts.empty))", file: path))
    }
    return warnings
  }
}

extension TranslationUnit {
  /// The unit with its languages under other codes.
  func mapped(_ mapping: LanguageMapping) -> TranslationUnit {
    var unit = self
    unit.sourceLanguage = mapping(sourceLanguage)
    unit.targetLanguage = mapping(targetLanguage)
    return unit
  }
}

/// The flow behind `import` of two plain files, of which line n of one translates line n of the other.
///
/// - Parameters:
///   - pair: the files.
///   - store: where the units go.
///   - options: the languages, where the files' names do not say them.
///   - change: who does it, and when.
/// - Returns: what was added.
/// - Throws: `Trouble` for files of different length; then nothing is saved.
public func importLines(
  of pair: MosesPair, into store: ConcordStore, options: GlossaryOptions, by change: Change
) throws -> ImportSummary {
  try BilingualImport.saveLines(of: pair, in: store, options, by: change)
}
