public import Bitext
public import Checking
internal import Formats
internal import Yams

/// What a project's `concord.yml` says.
public struct ProjectConfiguration: Sendable {
  /// The directory of the file: paths in it start here.
  public var directory: String
  /// The languages of the project, the one that is translated from first.
  public var languages: [LanguageTag] = []
  /// The path of the store.
  public var store = ".concord/store.sqlite"
  /// Patterns of glossary files that are read beside the store.
  public var glossaries: [String] = []
  /// The path of a rule file of SRX for where sentences end; `nil` stands for Concord's own rules.
  public var segmentation: String?
  /// Which files translate which.
  public var pairs: [PairPattern] = []
  /// Patterns of files that are left alone.
  public var ignored: [String] = []
  public var rules = RuleSettings()
  /// The path of a file of findings that are not reported again; `nil` reports all.
  public var baseline: String?
  /// Names that must stand in translations as they are.
  public var doNotTranslate: [String] = []
  /// Concepts whose findings are warnings at the most: ids, terms, and files that list such.
  public var warnOnly: [String] = []
  /// For each of ``pairs`` its line in the file.
  public var pairLines: [Int] = []

  /// The name of the file.
  public static let fileName = "concord.yml"

  /// Two patterns whose wild parts stand for the same text on both sides.
  public struct PairPattern: Sendable, Hashable {
    public var source: String
    public var target: String
  }

  public init(directory: String) { self.directory = directory }

  /// The nearest `concord.yml` from a directory upwards; `nil` when there is none.
  ///
  /// - Parameters:
  ///   - directory: where to start.
  ///   - naming: how the directory that is found is to be spoken of, in ``directory`` and in all
  ///     paths that follow from it.
  /// - Returns: what the file says.
  /// - Throws: `Trouble` for a file that is no YAML or has a key that is not known.
  public static func find(
    from directory: String, naming: (String) -> String = { $0 }
  ) throws(Trouble) -> ProjectConfiguration? {
    var place = directory
    while true {
      let path = Files.join(place, fileName)
      if Files.kind(of: path) == .file { return try read(path, directory: naming(place)) }
      let parent = Files.directory(of: place)
      guard parent != place, parent != "." else { return nil }
      place = parent
    }
  }

  /// Reads a `concord.yml`.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - directory: the file's, under the name by which it is to be spoken of.
  /// - Returns: what it says.
  /// - Throws: `Trouble` for a file that is no YAML or has a key that is not known.
  public static func read(
    _ path: String, directory: String? = nil
  ) throws(Trouble) -> ProjectConfiguration {
    var reader = ConfigurationReader(
      path: path, directory: directory ?? Files.directory(of: path))
    return try reader.read(String(decoding: try Files.read(path), as: UTF8.self))
  }

  /// The path of a file that the configuration names.
  public func resolve(_ path: String) -> String { Files.join(directory, path) }

  /// The patterns of ``ignored``: those of paths from where the user stands, those of names as they
  /// are.
  public var ignoredPaths: [String] {
    ignored.map { $0.split(separator: "/").count > 1 ? resolve($0) : $0 }
  }

  /// The script of Chinese in this project.
  public var chinese: LanguageTag {
    languages.first { $0.isChinese && $0.canonical != "zh" } ?? .simplifiedChinese
  }
}

extension Node {
  /// Whether it is one of YAML's words for nothing (YAML 1.1, "Null"), or empty.
  fileprivate var isNothing: Bool {
    guard case .scalar(let scalar) = self, scalar.style == .plain || scalar.style == .any else {
      return false
    }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }
}

private struct ConfigurationReader {
  let path: String
  private var result: ProjectConfiguration

  init(path: String, directory: String) {
    self.path = path
    result = ProjectConfiguration(directory: directory)
  }

  mutating func read(_ text: String) throws(Trouble) -> ProjectConfiguration {
    let root: Node?
    do {
      // No value but the file's own is told by its look: rules that tell numbers and dates are
      // regular expressions, and take longer to make ready than a file to read.
      root = try Yams.compose(yaml: text, .basic)
    } catch let error as YamlError {
      throw trouble(from: error)
    } catch {
      throw Trouble("is not YAML: \(error)", file: path)
    }
    guard let root, !root.isNothing else { return result }
    for (key, value) in try entries(root, "the file") {
      switch try name(
        of: key,
        among: [
          "languages", "store", "glossaries", "segmentation", "pairs", "ignore",
          "do-not-translate", "rules", "baseline", "warn-only",
        ])
      {
      case "languages": result.languages = try strings(value).map(language)
      case "store": result.store = try string(value)
      case "glossaries": result.glossaries = try strings(value).map(\.text)
      case "baseline": result.baseline = try string(value)
      case "segmentation": result.segmentation = try string(value)
      case "pairs":
        result.pairs = try sequence(value).map(pair)
        result.pairLines = try sequence(value).map { $0.mark?.line ?? 0 }
      case "warn-only": result.warnOnly = try strings(value).map(\.text)
      case "do-not-translate": result.doNotTranslate = try strings(value).map(\.text)
      case "ignore": result.ignored = try strings(value).map(\.text)
      default: try readRules(value)
      }
    }
    return result
  }

  private mutating func readRules(_ node: Node) throws(Trouble) {
    for (key, value) in try entries(node, "'rules'") {
      let name = try name(of: key, among: RuleName.allCases.map(\.rawValue))
      guard let rule = RuleName(rawValue: name) else { continue }
      if case .sequence(let list) = value {
        for entry in list { try readRule(rule, entry) }
      } else {
        try readRule(rule, value)
      }
    }
  }

  /// `error`, or a severity for some paths.
  private mutating func readRule(_ rule: RuleName, _ node: Node) throws(Trouble) {
    if case .scalar = node {
      result.rules[rule] = try severity(node)
      return
    }
    var grade: Severity?? = .none
    var paths: [FilePattern] = []
    for (key, value) in try entries(node, "a rule") {
      switch try name(of: key, among: ["severity", "paths"]) {
      case "severity": grade = .some(try severity(value))
      default: paths = try strings(value).map { FilePattern(result.resolve($0.text)) }
      }
    }
    guard let grade else {
      throw trouble("a rule needs its severity: error, warning, info or off", node)
    }
    guard !paths.isEmpty else {
      result.rules[rule] = grade
      return
    }
    result.rules.set(grade, for: rule) { [paths] file in paths.contains { $0.matches(file) } }
  }

  private func severity(_ node: Node) throws(Trouble) -> Severity? {
    let text = try string(node)
    if text == "off" || text == "false" { return nil }
    guard let severity = Severity(rawValue: text) else {
      throw trouble("'\(text)' is not error, warning, info or off", node)
    }
    return severity
  }

  private func pair(_ node: Node) throws(Trouble) -> ProjectConfiguration.PairPattern {
    var sides: [String: String] = [:]
    for (key, value) in try entries(node, "a pair") {
      sides[try name(of: key, among: ["source", "target"])] = try string(value)
    }
    guard let source = sides["source"], let target = sides["target"] else {
      throw trouble("a pair has a source and a target, such as docs/en/** and docs/zh/**", node)
    }
    return ProjectConfiguration.PairPattern(source: source, target: target)
  }

  private func language(_ entry: (text: String, node: Node)) throws(Trouble) -> LanguageTag {
    guard let tag = LanguageTag(entry.text) else {
      throw trouble("'\(entry.text)' is no language tag: write en or zh-Hans", entry.node)
    }
    return tag
  }

  private func entries(_ node: Node, _ what: String) throws(Trouble) -> [(Node, Node)] {
    guard case .mapping(let mapping) = node else {
      throw trouble("\(what) must be a list of 'key: value' lines", node)
    }
    return mapping.map { ($0.key, $0.value) }
  }

  private func name(of key: Node, among known: [String]) throws(Trouble) -> String {
    let name = try string(key)
    guard !known.contains(name) else { return name }
    let nearest = nearestWord(to: name, among: known)
    let advice =
      nearest.map { "did you mean '\($0)'?" } ?? "known are \(known.joined(separator: ", "))"
    throw trouble("'\(name)' is not known: \(advice)", key)
  }

  private func string(_ node: Node) throws(Trouble) -> String {
    guard case .scalar(let scalar) = node else { throw trouble("expected one word here", node) }
    return scalar.string
  }

  private func sequence(_ node: Node) throws(Trouble) -> [Node] {
    guard case .sequence(let sequence) = node else {
      throw trouble("expected a list: lines that start with '- ', or [a, b]", node)
    }
    return Array(sequence)
  }

  private func strings(_ node: Node) throws(Trouble) -> [(text: String, node: Node)] {
    if case .scalar(let scalar) = node { return [(scalar.string, node)] }
    var list: [(String, Node)] = []
    for item in try sequence(node) { list.append((try string(item), item)) }
    return list
  }

  private func trouble(_ message: String, _ node: Node) -> Trouble {
    Trouble(message, file: path, line: node.mark?.line, column: node.mark?.column)
  }

  private func trouble(from error: YamlError) -> Trouble {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      Trouble("is not YAML: \(problem)", file: path, line: mark.line, column: mark.column)
    default: Trouble("is not YAML: \(error)", file: path)
    }
  }
}

extension Sequence {
  fileprivate func map<Result>(
    _ transform: (Element) throws(Trouble) -> Result
  ) throws(Trouble) -> [Result] {
    var list: [Result] = []
    for element in self { list.append(try transform(element)) }
    return list
  }
}
