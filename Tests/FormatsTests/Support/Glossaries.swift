import Bitext
import Segmentation
import Testing

@testable import Formats

func tag(_ text: String) throws -> LanguageTag { try #require(LanguageTag(text)) }

/// Reads a glossary from text, as if a file of that name held it.
func glossary(
  _ text: String, file: String = "terms.csv", source: LanguageTag? = nil,
  target: LanguageTag? = nil
) throws(Trouble) -> GlossaryContent {
  try glossary(bytes: Array(text.utf8), file: file, source: source, target: target)
}

/// Reads a glossary from the bytes of a file.
func glossary(
  bytes: [UInt8], file: String = "terms.csv", source: LanguageTag? = nil,
  target: LanguageTag? = nil
) throws(Trouble) -> GlossaryContent {
  try readGlossaryTable(
    try decodeText(bytes, file: file), file: file, languages: (source, target))
}

extension Concept {
  /// The terms on one line: `en machine; en engine (admitted); zh-Hans 机器`.
  var summary: String {
    terms.map { term in
      let status = term.status == .preferred ? "" : " (\(term.status.rawValue))"
      return "\(term.language) \(term.text)\(status)"
    }.joined(separator: "; ")
  }
}
