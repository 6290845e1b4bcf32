/// What TMX 1.4b allows where.
enum TMXGrammar {
  /// Elements that hold code of the document's own format, and `sub` for text in it.
  static let code: Set<String> = ["bpt", "ept", "it", "ph", "ut"]
  static let inline: Set<String> = ["bpt", "ept", "it", "ph", "ut", "hi", "sub"]
  static let elements: Set<String> = inline.union([
    "tmx", "header", "body", "tu", "tuv", "seg", "note", "prop", "ude", "map",
  ])

  private static let shared: Set<String> = [
    "o-encoding", "datatype", "usagecount", "lastusagedate", "creationtool",
    "creationtoolversion", "creationdate", "creationid", "changedate", "changeid", "o-tmf",
  ]

  /// The attributes of each element.
  static let attributes: [String: Set<String>] = [
    "tmx": ["version"], "body": [], "seg": [],
    "header": [
      "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang",
      "datatype", "o-encoding", "creationdate", "creationid", "changedate", "changeid",
    ],
    "note": ["o-encoding", "xml:lang", "lang"], "prop": ["type", "o-encoding", "xml:lang", "lang"],
    "ude": ["name", "base"], "map": ["unicode", "code", "ent", "subst"],
    "tu": shared.union(["tuid", "segtype", "srclang"]), "tuv": shared.union(["xml:lang", "lang"]),
    "bpt": ["i", "x", "type"], "ept": ["i"], "sub": ["datatype", "type"],
    "it": ["pos", "x", "type"], "ph": ["x", "assoc", "type"], "hi": ["x", "type"], "ut": ["x"],
  ]

  /// What the header must say, and what it says where nobody knows.
  static let headerDefaults: [(name: String, value: String)] = [
    ("creationtool", "unknown"), ("creationtoolversion", "unknown"), ("segtype", "sentence"),
    ("o-tmf", "unknown"), ("adminlang", "en"), ("srclang", "*all*"), ("datatype", "unknown"),
  ]

  /// A whole header of what is said where nobody knows.
  static var defaultHeader: String {
    "<header" + headerDefaults.map { " \($0.name)=\"\($0.value)\"" }.joined() + "/>"
  }

  static let segmentTypes: Set<String> = ["block", "paragraph", "sentence", "phrase"]

  /// The elements open above and with a new one that it cannot stand in, the outermost of them.
  ///
  /// - Parameters:
  ///   - name: of the new element.
  ///   - open: the names of the open ones, the outermost first.
  /// - Returns: how many stay open; all of them where it may stand.
  static func kept(for name: String, in open: [String]) -> Int {
    switch name {
    case "tuv", "seg", "note", "prop", "header":
      return open.lastIndex(of: name) ?? open.count
    case _ where inline.contains(name) && name != "sub":
      // Code ends where the next one starts.
      return open.last.map { code.contains($0) } == true ? open.count - 1 : open.count
    default: return open.count
    }
  }

  static let grammar = XMLGrammar(
    elements: elements, around: ["tu", "body", "tmx"], segment: "seg", code: code,
    isLowerCase: true, kept: { kept(for: $0, in: $1) },
    fits: { name, parent in
      if name == "sub" { return code.contains(parent) }
      return inline.contains(name) && !code.contains(parent)
    })
}
