public import Bitext
internal import Segmentation

/// How often a text has a concept's term in one spelling: what the report for people tabulates.
public struct TermUsage: Sendable, Hashable {
  /// How a spelling stands to the termbase.
  public enum Verdict: String, Sendable, Hashable, CaseIterable {
    case accepted
    /// A term spelt otherwise than in the termbase.
    case misspelt
    case forbidden
  }

  /// The concept's identifier.
  public var concept: String
  public var language: LanguageTag
  /// The term as it stands in the text.
  public var text: String
  public var verdict: Verdict
  public var count: Int

  public init(
    concept: String, language: LanguageTag, text: String, verdict: Verdict, count: Int
  ) {
    self.concept = concept
    self.language = language
    self.text = text
    self.verdict = verdict
    self.count = count
  }
}

/// The language of a document that was checked.
public struct DocumentLanguage: Sendable, Hashable {
  public var file: String
  public var language: LanguageTag

  public init(file: String, language: LanguageTag) {
    self.file = file
    self.language = language
  }
}

extension CheckFacts {
  /// Counts the terms of a text.
  mutating func tally(_ text: MatchedText, _ termbase: Termbase) {
    languages.append(DocumentLanguage(file: text.text.file, language: text.text.language))
    var places: [TermUsage: Int] = [:]
    for occurrence in text.occurrences {
      let key = TermUsage(
        concept: termbase.concepts[occurrence.concept].id, language: text.text.language,
        text: text.text.prose.text(occurrence.range), verdict: occurrence.verdict.usage, count: 0)
      if let place = places[key] {
        usage[place].count += 1
      } else {
        places[key] = usage.count
        usage.append(key)
        usage[usage.count - 1].count = 1
      }
    }
  }
}

extension MatchedText.Verdict {
  fileprivate var usage: TermUsage.Verdict {
    switch self {
    case .right: .accepted
    case .style: .misspelt
    case .forbidden: .forbidden
    }
  }
}

extension TermUsage: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(concept)
    writer.write(language.description)
    writer.write(text)
    writer.write(verdict)
    writer.write(count)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    let concept = try reader.read(String.self)
    guard let language = LanguageTag(try reader.read(String.self)) else {
      throw BinaryReader.Damage()
    }
    self.init(
      concept: concept, language: language, text: try reader.read(), verdict: try reader.read(),
      count: try reader.read())
  }
}

extension TermUsage.Verdict: BinaryCodable {}

extension DocumentLanguage: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(file)
    writer.write(language.description)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    let file = try reader.read(String.self)
    guard let language = LanguageTag(try reader.read(String.self)) else {
      throw BinaryReader.Damage()
    }
    self.init(file: file, language: language)
  }
}
