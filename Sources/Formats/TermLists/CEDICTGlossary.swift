public import Bitext
internal import Segmentation

/// CC-CEDICT's dictionary as a glossary: `傳統 传统 [chuan2 tong3] /tradition/traditional/` is a concept
/// with a term in simplified and one in traditional characters, and each gloss a term in English.
public enum CEDICTGlossary {
  /// The ending of the dictionary's own files.
  public static let ending = "u8"

  /// Whether the first line that is no remark has the dictionary's form.
  public static func isOne(_ utf8: [UInt8]) -> Bool {
    for line in utf8.prefix(65_536).split(separator: 0x0A) where line.first != 0x23 {
      return CEDICTEntry(String(decoding: line, as: UTF8.self)) != nil
    }
    return false
  }

  /// Reads the dictionary.
  ///
  /// - Parameters:
  ///   - utf8: the text of the file.
  ///   - file: the name that trouble is reported under.
  /// - Returns: the concepts with their lines.
  /// - Throws: `Trouble` with the line of what has another form.
  public static func read(_ utf8: [UInt8], file: String) throws(Trouble) -> GlossaryContent {
    var content = GlossaryContent(concepts: [], lines: [], warnings: [])
    var known: [String: Int] = [:]
    var line = 0
    for raw in utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      line += 1
      let text = String(decoding: raw.last == 0x0D ? raw.dropLast() : raw, as: UTF8.self)
      guard !text.isBlank, text.utf8.first != 0x23 else { continue }
      guard let entry = CEDICTEntry(text) else {
        throw Trouble(
          "expected CC-CEDICT's form 傳統 传统 [chuan2 tong3] /tradition/", file: file, line: line)
      }
      let concept = entry.concept
      if let index = known[concept.id] {
        content.concepts[index].merge(concept)
      } else {
        known[concept.id] = content.concepts.count
        content.concepts.append(concept)
        content.lines.append(line)
      }
    }
    return content
  }
}

/// A line of the dictionary.
private struct CEDICTEntry {
  var traditional: String
  var simplified: String
  var reading: String
  var glosses: [String]

  /// - Returns: `nil` for a line of another form.
  init?(_ line: String) {
    let utf8 = line.utf8
    guard let open = utf8.firstIndex(of: 0x5B), let close = utf8[open...].firstIndex(of: 0x5D),
      let slash = utf8[close...].firstIndex(of: 0x2F)
    else { return nil }
    let words = line[..<open].split(separator: " ")
    guard words.count == 2 else { return nil }
    traditional = String(words[0])
    simplified = String(words[1])
    reading = String(line[line.index(after: open)..<close]).trimmed
    glosses = line[slash...].split(separator: "/").map { String($0).trimmed }.filter { !$0.isEmpty }
    guard !glosses.isEmpty else { return nil }
  }

  /// The glosses that are no translations: measure words and references to other entries.
  private static let remarks = [
    "CL:", "variant of ", "old variant of ", "see ", "see also ", "used in ", "also written ",
    "abbr. for ", "abbr. to ", "Taiwan pr. ", "also pr. ", "erhua variant of ",
    "Japanese variant of ",
  ]

  var concept: Concept {
    let readings = [Property("pinyin", reading)]
    var concept = Concept(
      // The three together are what tells entries apart, there and so here.
      id: "\(traditional) \(simplified) [\(reading)]",
      terms: [
        Term(simplified, language: .simplifiedChinese, properties: readings),
        Term(traditional, language: .traditionalChinese, properties: readings),
      ], source: "CC-CEDICT")
    var notes: [String] = []
    for gloss in glosses {
      if Self.remarks.contains(where: gloss.hasPrefix) {
        notes.append(gloss)
      } else if !concept.terms.contains(where: { $0.language == .english && $0.text == gloss }) {
        let isFirst = !concept.languages.contains(.english)
        concept.terms.append(
          Term(gloss, language: .english, status: isFirst ? .preferred : .admitted))
      }
    }
    concept.note = notes.isEmpty ? nil : notes.joined(separator: "; ")
    return concept
  }
}
