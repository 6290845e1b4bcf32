internal import Bitext

/// The terms of one or more texts, each once, in the order in which they come: for a translator's
/// brief or the prompt of a translation machine.
public struct TermList: Sendable {
  /// A term of the texts.
  public struct Line: Sendable {
    /// The first place where it occurs.
    public var first: LookupHit
    /// As the termbase spells it.
    public var term: String { first.entry.term.text }
    /// How often it occurs in all texts.
    public var count: Int
  }

  public private(set) var lines: [Line] = []
  private var known: [String: Int] = [:]

  /// No texts yet.
  public init() {}

  /// Adds the terms of a text.
  public mutating func add(_ hits: [LookupHit]) {
    for hit in hits {
      // Of each language by itself: texts of both sides may come in one list.
      let key = hit.concept + "\u{0}" + hit.entry.term.language.description
      if let index = known[key] {
        lines[index].count += 1
      } else {
        known[key] = lines.count
        lines.append(Line(first: hit, count: 1))
      }
    }
  }

  /// A block of plain text to paste: for each pair of languages a heading, then a line a concept
  /// with its translations, the preferred one first, and those that must not be used. Concepts
  /// without a translation are left out.
  public var brief: String {
    var text = ""
    var sections: [(source: LanguageTag, target: LanguageTag)] = []
    for line in lines {
      for term in line.first.entry.translations {
        let pair = (line.first.entry.term.language, term.language)
        if !sections.contains(where: { $0 == pair }) { sections.append(pair) }
      }
    }
    for section in sections {
      text += text.isEmpty ? "" : "\n"
      text += "Use these translations from \(section.source) to \(section.target):\n"
      for line in lines where line.first.entry.term.language == section.source {
        text += self.text(line, section.target) ?? ""
      }
    }
    return text
  }

  /// Longer definitions would hide the terms.
  private static let longestDefinition = 120

  private func text(_ line: Line, _ target: LanguageTag) -> String? {
    let entry = line.first.entry
    let accepted = entry.translations.filter { $0.language == target }.map(\.text.onOneLine)
    guard let first = accepted.first else { return nil }
    var text = "- \(entry.term.text.onOneLine)"
    // Of homonyms the field tells which is which.
    let isHomonym = lines.contains {
      $0.term == line.term && $0.first.concept != line.first.concept
    }
    if isHomonym, let domain = entry.domain { text += " (\(domain.onOneLine))" }
    text += " = \(first)"
    if accepted.count > 1 { text += " (also: \(accepted.dropFirst().joined(separator: ", ")))" }
    let rejected = entry.rejected.filter { $0.language == target }.map(\.text.onOneLine)
    if !rejected.isEmpty { text += " (never: \(rejected.joined(separator: ", ")))" }
    if let definition = entry.definition?.onOneLine, !definition.isEmpty,
      definition.unicodeScalars.count <= Self.longestDefinition
    {
      text += ": \(definition)"
    }
    return text + "\n"
  }
}

extension String {
  /// With single spaces for line breaks and the like, and without invisible commands.
  fileprivate var onOneLine: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ").visible
  }
}
