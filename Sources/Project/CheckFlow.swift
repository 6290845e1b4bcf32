public import Bitext
public import Checking
internal import Documents
internal import Formats
public import Segmentation

/// The flow behind `check`: one termbase, one checker, many documents in parallel, one report.
public struct CheckFlow: Sendable {
  private let checker: Checker
  private let termbase: Termbase
  private let aligner: PairAligner
  private let reading: DocumentReading
  private let languages: (source: LanguageTag?, target: LanguageTag?)

  /// What a run found.
  public struct Result: Sendable {
    public var diagnostics: [Diagnostic] = []
    /// Files that could not be checked.
    public var troubles: [Trouble] = []
    public var warnings: [Warning] = []
  }

  /// `languages` are those of the sources and targets, where the user said so.
  ///
  /// - Throws: `Trouble` when no term of the termbase can be looked for.
  public init(
    termbase: Termbase, settings: RuleSettings, includesProposed: Bool, aligner: PairAligner,
    reading: DocumentReading, languages: (source: LanguageTag?, target: LanguageTag?)
  ) throws(Trouble) {
    self.termbase = termbase
    self.aligner = aligner
    self.reading = reading
    self.languages = languages
    let all = termbase.concepts.flatMap(\.languages)
    checker = Checker(
      termbase: termbase, languages: Array(Set(all)).sorted(), settings: settings,
      includesProposed: includesProposed)
    guard all.contains(where: { checker.termCount(in: $0) > 0 }) else {
      throw Trouble(
        "the glossary has no term that can be looked for"
          + (includesProposed ? "" : ": proposed ones count with --include-proposed"))
    }
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
    let aligner = aligner.learning(from: items.compactMap(\.documents), with: work)
    work.run(count: items.count) { index in
      check(items[index], aligner)
    } deliver: { _, result in
      total.diagnostics += result.diagnostics
      total.troubles += result.troubles
      total.warnings += result.warnings
    }
    return total
  }

  private func check(_ item: CheckItem, _ aligner: PairAligner) -> Result {
    var result = Result()
    do {
      switch item {
      case .document(let path):
        var reading = reading
        reading.language = languages.source
        let text = try reading.segments(of: path)
        warnOfLanguage(text, &result)
        result.diagnostics = checker.check(text)
      case .pair(let source, let target, let isDirected):
        let pair = try aligner.align(source: source, target: target)
        check(pair, direction: isDirected ? .forward : .both, &result)
      case .bilingual(let path):
        let pair = try BilingualFile.read(path, languages: languages) {
          result.warnings.append($0)
        }
        check(pair, direction: .forward, &result)
      }
    } catch let trouble as Trouble {
      result.troubles.append(trouble)
    } catch {
      result.troubles.append(Trouble("\(error)", file: item.files.first))
    }
    return result
  }

  private func check(
    _ pair: ParallelText, direction: CheckDirection, _ result: inout Result
  ) {
    warnOfLanguage(pair.source, &result)
    warnOfLanguage(pair.target, &result)
    result.diagnostics = checker.check(pair, direction: direction)
  }

  /// A document in a language without terms would look clean, and so would an empty one.
  private func warnOfLanguage(_ text: SegmentedText, _ result: inout Result) {
    if text.segments.isEmpty {
      result.warnings.append(Warning("holds no text to check", file: text.file))
    } else if checker.termCount(in: text.language) == 0 {
      result.warnings.append(
        Warning(
          "the glossary has no term in \(text.language): nothing was looked for", file: text.file))
    }
  }
}

extension CheckItem {
  /// The two documents of a pair.
  fileprivate var documents: (source: String, target: String)? {
    guard case .pair(let source, let target, _) = self else { return nil }
    return (source, target)
  }
}

/// The lines of the files that diagnostics point at, read when asked for.
public final class FileLines: SourceLines {
  private var known: [String: LineIndex?] = [:]

  public init() {}

  public func lines(of file: String) -> LineIndex? {
    if let lines = known[file] { return lines }
    let bytes = try? Files.read(file == Files.standardInputName ? "-" : file)
    let lines = bytes.flatMap { DocumentReader.lines(of: $0, file: file) }
    known[file] = .some(lines)
    return lines
  }
}
