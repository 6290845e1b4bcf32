/// What the termbase says about the use of a term.
public enum TermStatus: String, Sendable, Hashable, CaseIterable {
  /// The term to use.
  case preferred
  /// Right too.
  case admitted
  /// Was right once, or is better avoided.
  case deprecated
  /// Wrong.
  case forbidden
  /// Waits for review: ignored by check, lookup and export unless asked for.
  case proposed

  /// Whether a text that uses the term uses it rightly.
  public var isAccepted: Bool { self == .preferred || self == .admitted }
}

/// One name of a concept in one language.
public struct Term: Sendable, Hashable {
  public var text: String
  public var language: LanguageTag
  public var status: TermStatus
  /// What else its file says of the term, such as its part of speech.
  public var properties: [Property]

  public init(
    _ text: String, language: LanguageTag, status: TermStatus = .preferred,
    properties: [Property] = []
  ) {
    self.text = text
    self.language = language
    self.status = status
    self.properties = properties
  }
}

/// One meaning, with its terms in each language.
public struct Concept: Sendable, Hashable, Identifiable {
  /// Unique in its termbase: a name from the file, or a number that the store gave.
  public var id: String
  /// Languages in the order of the file or store; within a language the preferred term first.
  public var terms: [Term]
  public var domain: String?
  public var definition: String?
  public var note: String?
  /// Where the concept or its translation was found.
  public var source: String?
  public var created: Change?
  public var changed: Change?
  /// What else its file says of the concept, or of one of its languages.
  public var properties: [Property]

  public init(
    id: String, terms: [Term], domain: String? = nil, definition: String? = nil,
    note: String? = nil, source: String? = nil, created: Change? = nil, changed: Change? = nil,
    properties: [Property] = []
  ) {
    self.id = id
    self.terms = terms
    self.domain = domain
    self.definition = definition
    self.note = note
    self.source = source
    self.created = created
    self.changed = changed
    self.properties = properties
  }

  /// Puts the terms in the order that ``terms`` promises: by language as these come, then by status
  /// (preferred, admitted, deprecated, forbidden, proposed), else as they were.
  public mutating func sortTerms() {
    let languages = languages
    let ranks = TermStatus.allCases
    terms = languages.flatMap { language in
      let own = terms.filter { $0.language == language }
      return ranks.flatMap { status in own.filter { $0.status == status } }
    }
  }

  /// Makes a proposed term an accepted one: preferred, unless its language has a preferred one.
  public mutating func accept(_ index: Int) {
    guard terms[index].status == .proposed else { return }
    let hasPreferred = terms.contains {
      $0.language == terms[index].language && $0.status == .preferred
    }
    terms[index].status = hasPreferred ? .admitted : .preferred
  }

  /// The languages of the terms, each once, in the order in which they come.
  public var languages: [LanguageTag] {
    var seen: [LanguageTag] = []
    for term in terms where !seen.contains(term.language) { seen.append(term.language) }
    return seen
  }
}

/// A set of concepts, from one file, several, or a store.
public struct Termbase: Sendable {
  public var concepts: [Concept]

  public init(concepts: [Concept] = []) { self.concepts = concepts }
}
