public import Bitext
internal import Documents
internal import Formats
internal import Segmentation

/// What a check works on: one document, two that translate each other, or a file of both.
public enum CheckItem: Sendable, Hashable {
  case document(String)
  case pair(source: String, target: String, isDirected: Bool)
  case bilingual(String)

  /// Whether the item is a text and its translation.
  public var hasTwoSides: Bool {
    switch self {
    case .document: false
    case .pair, .bilingual: true
    }
  }

  /// The files of the item.
  public var files: [String] {
    switch self {
    case .document(let path), .bilingual(let path): [path]
    case .pair(let source, let target, _): [source, target]
    }
  }

  /// Whether the item has two sides.
  public var isPair: Bool { if case .document = self { false } else { true } }
}

/// Finds out which files translate which.
///
/// A bilingual file is its own pair; else the project's `pairs:` decide; else names that differ in
/// a language part alone (`a.en.md` and `a.zh.md`, `en/a.md` and `zh/a.md`). What is left over is
/// checked by itself.
public func checkItems(_ files: [String], _ configuration: ProjectConfiguration?) -> [CheckItem] {
  var finder = PairFinder(files: files, configuration: configuration)
  return finder.items()
}

/// What is wrong with the project's `pairs:`, seen from all its files.
///
/// - Parameters:
///   - files: those of the project that are checked.
///   - configuration: the project's.
/// - Returns: trouble for patterns that fit no file, and a warning for sources without a
///   counterpart.
public func pairProblems(
  _ files: [String], _ configuration: ProjectConfiguration
) -> (troubles: [Trouble], warnings: [Warning]) {
  let finder = PairFinder(files: files, configuration: configuration)
  var result: (troubles: [Trouble], warnings: [Warning]) = ([], [])
  let place = Files.join(configuration.directory, ProjectConfiguration.fileName)
  for (index, pair) in configuration.pairs.enumerated() {
    let line =
      configuration.pairLines.indices.contains(index) ? configuration.pairLines[index] : nil
    for pattern in [pair.source, pair.target] where !finder.fitsAny(pattern) {
      result.troubles.append(
        Trouble(
          "'pairs' names '\(pattern)', which fits no file: nothing is checked by this pair",
          file: place, line: line))
    }
    let lonely = finder.sourcesAlone(pair)
    guard let first = lonely.first, lonely.count < files.count else { continue }
    let count = lonely.count == 1 ? "1 file has" : "\(lonely.count) files have"
    result.warnings.append(
      Warning(
        "\(count) no counterpart by '\(pair.target)': \(first.file) has no \(first.wanted)"
          + (lonely.count > 1 ? ", and so on" : ""), file: place, line: line))
  }
  return result
}

private struct PairFinder {
  let files: [String]
  let configuration: ProjectConfiguration?
  private var isUsed: Set<String> = []
  /// The language in each file's name, and the name without it: looked up once, since a tree has
  /// thousands of names.
  private let names: [String: (language: LanguageTag, stem: String)]
  private let stems: [String: [String]]

  init(files: [String], configuration: ProjectConfiguration?) {
    self.files = files
    self.configuration = configuration
    var names: [String: (language: LanguageTag, stem: String)] = [:]
    var stems: [String: [String]] = [:]
    for file in files {
      let name = KeyedName.of(file)
      guard let language = name.language else { continue }
      names[file] = (language, name.stem)
      stems[name.stem, default: []].append(file)
    }
    self.names = names
    self.stems = stems
  }

  mutating func items() -> [CheckItem] {
    var items: [CheckItem] = []
    for file in files where !isUsed.contains(file) {
      if BilingualFile.isBilingual(file) {
        items.append(.bilingual(file))
      } else if let pair = patternPair(file) ?? namePair(file) {
        items.append(pair)
        isUsed.formUnion(pair.files)
      } else {
        items.append(.document(file))
      }
      isUsed.insert(file)
    }
    return items
  }

  /// The pair that `pairs:` makes of a file, when its other side exists.
  private func patternPair(_ file: String) -> CheckItem? {
    guard let configuration else { return nil }
    for pattern in configuration.pairs {
      let sides = (configuration.resolve(pattern.source), configuration.resolve(pattern.target))
      if let target = counterpart(of: file, from: sides.0, to: sides.1) {
        return .pair(source: file, target: target, isDirected: true)
      }
      if let source = counterpart(of: file, from: sides.1, to: sides.0) {
        return .pair(source: source, target: file, isDirected: true)
      }
    }
    return nil
  }

  /// Whether a pattern of the project fits a file, be it one that is not checked.
  func fitsAny(_ pattern: String) -> Bool {
    guard let path = configuration?.resolve(pattern) else { return false }
    let filter = FilePattern(path)
    if files.contains(where: filter.matches) { return true }
    let found = try? FileSearch(endings: [], usesGitIgnore: false).expand(path)
    return found?.isEmpty == false || Files.kind(of: path) == .file
  }

  /// The files that a pair's source fits and that have no counterpart, with the path of that.
  func sourcesAlone(
    _ pair: ProjectConfiguration.PairPattern
  ) -> [(file: String, wanted: String)] {
    guard let configuration else { return [] }
    let sides = (configuration.resolve(pair.source), configuration.resolve(pair.target))
    let (source, target) = (FilePattern(sides.0), FilePattern(sides.1))
    return files.compactMap { file in
      // Where one pattern holds the other, a target is no source.
      guard source.matches(file), !target.matches(file),
        let wanted = path(of: file, from: sides.0, to: sides.1), Files.kind(of: wanted) != .file
      else { return nil }
      return (file, wanted)
    }
  }

  /// The file of the other pattern that belongs to a file of the first one.
  private func counterpart(of file: String, from: String, to other: String) -> String? {
    guard let path = path(of: file, from: from, to: other) else { return nil }
    return path != file && Files.kind(of: path) == .file ? path : nil
  }

  /// The path that the other pattern makes with what the first one's wild parts stand for.
  private func path(of file: String, from: String, to other: String) -> String? {
    guard let captures = FilePattern(from).captures(in: file) else { return nil }
    var rest = captures[...]
    var path = ""
    var index = other.startIndex
    while index < other.endIndex {
      if other[index...].hasPrefix("**") {
        path += rest.popFirst() ?? ""
        index = other.index(index, offsetBy: 2)
      } else if other[index] == "*" || other[index] == "?" {
        path += rest.popFirst() ?? ""
        index = other.index(after: index)
      } else {
        path.append(other[index])
        index = other.index(after: index)
      }
    }
    return path.split(separator: "/", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset == 0 || !$0.element.isEmpty }.map { String($0.element) }
      .joined(separator: "/")
  }

  /// Of the files with the same name but for the language: the project's first language is the
  /// source, else the order of the tags decides, and both directions are checked anyway.
  private func namePair(_ file: String) -> CheckItem? {
    guard let name = names[file], let group = stems[name.stem] else { return nil }
    let others = group.filter { other in
      guard other != file, !isUsed.contains(other), let tag = names[other]?.language else {
        return false
      }
      return !LanguageMatching.sameLanguage(tag, name.language)
    }
    guard let other = others.first else { return nil }
    let first = configuration?.languages.first
    let otherIsFirst =
      first.flatMap { first in
        names[other].map { LanguageMatching.match($0.language, first) }
      } ?? false
    return otherIsFirst
      ? .pair(source: other, target: file, isDirected: false)
      : .pair(source: file, target: other, isDirected: false)
  }
}
