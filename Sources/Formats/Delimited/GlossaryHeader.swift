internal import Bitext
internal import Segmentation

/// What the columns of a glossary table hold.
struct GlossaryHeader {
  enum Column: Hashable {
    /// The terms of a language; without a status the first is preferred and the others admitted.
    case terms(LanguageTag, TermStatus?)
    case id, domain, definition, note, source, status
    /// A column that Concord does not know: kept out, and said so.
    case unknown(String)
    /// What a format says of a term, or of a concept, that has no field of its own.
    case termProperty(LanguageTag, String)
    case conceptProperty(String)
    /// The source or target column of a header that names no language.
    case side(isSource: Bool)
  }

  var columns: [Column]

  /// Reads a first row as a header.
  ///
  /// - Returns: `nil` when the row is data: a header names two languages, or one and another known
  ///   column.
  init?(_ fields: [String]) {
    columns = fields.map { Self.column(named: $0.trimmed) }
    // Beside a "target", "source" is the other side and no remark on where a term was found.
    if columns.contains(.side(isSource: false)), !columns.contains(.side(isSource: true)),
      let index = columns.firstIndex(of: .source)
    {
      columns[index] = .side(isSource: true)
    }
    var languages: Set<LanguageTag> = []
    var sides: Set<Bool> = []
    var others = 0
    for column in columns {
      switch column {
      case .terms(let language, _): languages.insert(language)
      case .side(let isSource): sides.insert(isSource)
      case .unknown: break
      default: others += 1
      }
    }
    guard languages.count >= 2 || sides.count == 2 || !languages.isEmpty && others > 0 else {
      return nil
    }
  }

  init(columns: [Column]) { self.columns = columns }

  /// Whether a name says what a column holds.
  static func knows(_ name: String) -> Bool {
    if case .unknown = column(named: name) { return false }
    return true
  }

  static func column(named name: String) -> Column {
    let lower = name.lowercased()
    if let known = known[lower] { return known }
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    if let first = parts.first, let language = language(named: first.trimmed) {
      if parts.count == 1 { return .terms(language, nil) }
      if let status = TermStatus(rawValue: parts[1].trimmed.lowercased()) {
        return .terms(language, status)
      }
    }
    return .unknown(name)
  }

  private static let known: [String: Column] = [
    "id": .id, "concept": .id, "concept id": .id, "domain": .domain, "subject": .domain,
    "领域": .domain, "definition": .definition, "定义": .definition, "note": .note, "notes": .note,
    "comment": .note, "comments": .note, "备注": .note, "remark": .note, "remarks": .note,
    "说明": .note, "category": .domain, "分类": .domain, "description": .definition, "status": .status,
    "状态": .status,
    "source": .source, "reference": .source, "来源": .source, "origin": .source,
    "source term": .side(isSource: true), "src": .side(isSource: true),
    "target term": .side(isSource: false), "tgt": .side(isSource: false),
    "target": .side(isSource: false), "translation": .side(isSource: false),
    "term": .side(isSource: true), "译文": .side(isSource: false), "术语": .side(isSource: true),
    "译名": .side(isSource: false), "译法": .side(isSource: false), "原文": .side(isSource: true),
  ]

  /// A tag, or one of the names that people give to the two languages in a spreadsheet.
  private static func language(named name: String) -> LanguageTag? {
    if let language = languageNames[withoutNoun(name.lowercased())] { return language }
    guard let tag = LanguageTag(name),
      tag.language.utf8.count == 2 || tag.script != nil
        || name.lowercased() == "cmn" || name.lowercased().hasPrefix("cmn-")
    else { return nil }
    return tag
  }

  /// `english` of `english term`, `中文` of `中文术语`.
  private static func withoutNoun(_ name: String) -> String {
    let nouns = [
      " term", " terms", " translation", " name", " equivalent", "术语", "名称", "译名", "译文", "词条",
    ]
    guard let noun = nouns.first(where: { name.hasSuffix($0) && name.count > $0.count }) else {
      return name
    }
    return String(name.dropLast(noun.count)).trimmed
  }

  private static let languageNames: [String: LanguageTag] = [
    "english": .english, "英文": .english, "英语": .english, "chinese": .simplifiedChinese,
    "中文": .simplifiedChinese, "汉语": .simplifiedChinese, "simplified chinese": .simplifiedChinese,
    "chinese (simplified)": .simplifiedChinese, "简体中文": .simplifiedChinese,
    "traditional chinese": .traditionalChinese, "chinese (traditional)": .traditionalChinese,
    "繁體中文": .traditionalChinese, "繁体中文": .traditionalChinese,
  ]
}

extension GlossaryHeader {
  /// With the sides named: `source` is the source term beside a `target`, and a remark on where a
  /// term was found beside languages.
  mutating func resolveSides(source: LanguageTag, target: LanguageTag) {
    columns = columns.map { column in
      guard case .side(let isSource) = column else { return column }
      return .terms(isSource ? source : target, nil)
    }
  }

  var hasSides: Bool {
    columns.contains { if case .side = $0 { true } else { false } }
  }

  /// The plain term columns, in order: the first holds source terms, the second their targets.
  var languages: [LanguageTag] {
    var seen: [LanguageTag] = []
    for case .terms(let language, _) in columns where !seen.contains(language) {
      seen.append(language)
    }
    return seen
  }
}
