internal import Bitext
internal import Segmentation

/// The `prop` types that Concord writes; those of context are XTM's. OmegaT's own (`file`, `prev`,
/// `next`) would make it hold a unit for the translation of that place alone, and leave it out
/// everywhere else.
enum TMXProperty {
  static let file = "x-file"
  static let previous = "x-previous-source-text"
  static let next = "x-next-source-text"
  static let score = "x-score"
}

/// What the properties of a unit say of its context and origin, in the words of several tools.
struct TMXContext {
  var previous: String?
  var next: String?
  var file: String?
  var score: Double?

  /// A bit for the length of each type that is looked for below.
  static let typeLengths: UInt32 =
    [
      "prev", TMXProperty.previous, "x-context-pre", "x-ContextContent", "next", TMXProperty.next,
      "x-context-post", "file", TMXProperty.file, TMXProperty.score,
    ].reduce(0) { $0 | 1 << UInt32($1.utf8.count) }

  init(unit: UnitDetails.Element, source: UnitDetails.Element) {
    func property(_ types: String...) -> String? {
      for type in types {
        if let value = unit.property(type) ?? source.property(type) { return value }
      }
      return nil
    }
    // OmegaT, XTM, memoQ; Trados has the source before, then a bar.
    previous =
      property("prev", TMXProperty.previous)
      ?? property("x-context-pre").map(plainSegment)
      ?? property("x-ContextContent").flatMap(firstField)
    next =
      property("next", TMXProperty.next)
      ?? property("x-context-post").map(plainSegment)
    file = property("file", TMXProperty.file)
    score = property(TMXProperty.score).flatMap(Double.init)
  }
}

/// What stands before the first bar, as Trados parts contexts.
private func firstField(_ text: String) -> String? {
  let field = String(text.prefix { $0 != "|" }).trimmed
  return field.isEmpty ? nil : field
}

/// The text of a segment that is written as XML within a property, as memoQ does it.
private func plainSegment(_ text: String) -> String {
  guard text.utf8.first == 0x3C, var reader = try? XMLReader(file: "") else { return text }
  var plain = ""
  var codeDepth = 0
  let isRead: Void? = try? reader.feed(text.utf8, isLast: true) { event in
    switch event {
    case .start(let name, _, _): if codeDepth > 0 || name != "seg" { codeDepth += 1 }
    case .end: if codeDepth > 0 { codeDepth -= 1 }
    case .text(let piece, _, _): if codeDepth == 0 { plain += piece }
    default: break
    }
  }
  return isRead == nil ? text : plain
}
