internal import Bitext
internal import Foundation

extension Concept {
  /// Reads what ``json()`` has written.
  init(json: String) throws {
    let stored = try JSONDecoder().decode(StoredConcept.self, from: Data(json.utf8))
    self.init(
      id: stored.id,
      terms: stored.terms.map {
        Term(
          $0.text, language: LanguageTag($0.language) ?? .english,
          status: TermStatus(rawValue: $0.status) ?? .admitted,
          properties: ($0.properties ?? []).map { Property($0) })
      }, domain: stored.domain, definition: stored.definition, note: stored.note,
      source: stored.source,
      created: stored.created.map { Change(date: $0.date, author: $0.author) },
      changed: stored.changed.map { Change(date: $0.date, author: $0.author) },
      properties: (stored.properties ?? []).map { Property($0) })
  }
}

extension [Property] {
  /// Reads what ``storedJSON`` has written; a store that another hand has changed holds none.
  init(storedJSON: String?) {
    guard let storedJSON,
      let stored = try? JSONDecoder().decode([StoredProperty].self, from: Data(storedJSON.utf8))
    else {
      self = []
      return
    }
    self = stored.map { Property($0) }
  }

  /// As the store keeps them; `nil` for none.
  var storedJSON: String? {
    guard !isEmpty else { return nil }
    var writer = JSONWriter()
    writer.array(of: self)
    return writer.text
  }
}

extension Property {
  fileprivate init(_ stored: StoredProperty) {
    self.init(
      stored.name, stored.value, language: stored.language.flatMap { LanguageTag($0) })
  }
}

private struct StoredProperty: Decodable {
  var name: String
  var value: String
  var language: String?
}

private struct StoredConcept: Decodable {
  struct StoredTerm: Decodable {
    var language: String
    var text: String
    var status: String
    var properties: [StoredProperty]?
  }

  struct StoredChange: Decodable {
    var date: String
    var author: String?
  }

  var id: String
  var domain: String?
  var terms: [StoredTerm]
  var definition: String?
  var note: String?
  var source: String?
  var created: StoredChange?
  var changed: StoredChange?
  var properties: [StoredProperty]?
}
