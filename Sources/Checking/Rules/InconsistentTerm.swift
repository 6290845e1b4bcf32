internal import Bitext
internal import Matching
internal import Segmentation

/// A concept goes by one accepted term in one place and by another elsewhere, though the termbase
/// prefers one of them.
///
/// Reported are the places of the terms that are not preferred, with up to five places of the
/// others. Within one document it is a warning; where a document sticks to one term and others of
/// the run to the preferred one, its first place is a remark. A term that is the only one of all
/// documents is no inconsistency. Neither is a short form, a part of the full form or its initials,
/// after the full form has been said in the same document, nor the full form of a preferred short
/// one. Headings do not count, and inflection makes no other term.
///
/// Fires: The Linked Exchange Rate System is stable. … The currency peg will stay. (two admitted
/// terms, of which the first is preferred)
///
/// Does not: The Exchange Fund grew. … The Fund earned 5 per cent.
struct InconsistentTerm: CollectionRule {
  let checker: Checker

  func note(_ text: MatchedText, _ facts: inout CheckFacts) {
    guard let matcher = text.matcher, checker.settings.isOn(.inconsistentTerm) else { return }
    var found = VariantUses(file: text.text.file, language: matcher.language)
    for occurrence in text.occurrences {
      let entry = matcher.terms[occurrence.term]
      let block = text.text.prose.blocks[text.text.segments[occurrence.segment].block]
      // A homonym says nothing about which concept's terms are mixed.
      guard entry.term.status.isAccepted, occurrence.concepts.count == 1, !block.kind.isHeading,
        checker.hasVariants(entry.concept, matcher.language)
      else { continue }
      found.uses.append(
        VariantUses.Use(
          concept: entry.concept, term: entry.term.text,
          range: text.location(occurrence.range).range))
    }
    if !found.uses.isEmpty { facts.variants.append(found) }
  }

  func conclude(_ facts: [CheckFacts]) -> [Diagnostic] {
    let documents = facts.flatMap(\.variants)
    var used: [Variants: [Place]] = [:]
    var order: [Variants] = []
    for document in documents {
      for use in document.uses {
        let key = Variants(concept: use.concept, language: document.language)
        if used[key] == nil { order.append(key) }
        used[key, default: []].append(
          Place(file: document.file, term: use.term, range: use.range))
      }
    }
    return order.flatMap { key in findings(key, used[key] ?? []) }
  }

  private struct Variants: Hashable {
    let concept: Int
    let language: LanguageTag
  }

  private struct Place {
    let file: String
    let term: String
    let range: Range<Int>

    var location: Location { Location(file: file, range: range) }
  }

  private func findings(_ key: Variants, _ places: [Place]) -> [Diagnostic] {
    guard places.contains(where: { $0.term != places[0].term }),
      let preferred = checker.preferred(key.concept, in: key.language)
    else { return [] }
    let full = KeyedText(preferred)
    var forms: [String: KeyedText] = [:]
    for place in places where forms[place.term] == nil { forms[place.term] = KeyedText(place.term) }
    var files: [String: [Place]] = [:]
    var order: [String] = []
    for place in places {
      if files[place.file] == nil { order.append(place.file) }
      files[place.file, default: []].append(place)
    }
    return order.flatMap { file -> [Diagnostic] in
      guard let severity = checker.settings.severity(of: .inconsistentTerm, in: file) else {
        return []
      }
      let own = files[file] ?? []
      let wrong = own.enumerated().filter { index, place in
        guard place.term != preferred, let form = forms[place.term] else { return false }
        return !form.isLongForm(of: full)
          && !own[..<index].contains { forms[$0.term]?.isLongForm(of: form) == true }
      }.map(\.element)
      let isMixed = own.contains { $0.term != own[0].term }
      if isMixed {
        return wrong.map { place in
          diagnostic(
            key, place, preferred, severity, within: true,
            others: own.filter { $0.term != place.term })
        }
      }
      // The document is at one with itself, and another one has it otherwise.
      let others = places.filter { $0.file != file && $0.term == preferred }
      guard let first = wrong.first, !others.isEmpty else { return [] }
      return [
        diagnostic(key, first, preferred, severity.lowered, within: false, others: others)
      ]
    }
  }

  private func diagnostic(
    _ key: Variants, _ place: Place, _ preferred: String, _ severity: Severity, within: Bool,
    others: [Place]
  ) -> Diagnostic {
    Diagnostic(
      rule: RuleName.inconsistentTerm.rawValue, severity: severity,
      message: .inconsistent(
        place.term, preferred: preferred, other: others.first?.term ?? preferred, within: within),
      location: place.location, concept: checker.termbase.concepts[key.concept].id,
      term: place.term, found: place.term, expected: [preferred],
      related: others.prefix(Diagnostic.mostRelated).map {
        Diagnostic.Evidence(location: $0.location, text: $0.term)
      })
  }
}

extension Severity {
  /// One grade lower.
  fileprivate var lowered: Severity { self == .error ? .warning : .info }
}

extension String {
  fileprivate static func inconsistent(
    _ term: String, preferred: String, other: String, within: Bool
  ) -> String {
    within
      ? "“\(term)” here and “\(other)” elsewhere in this document: write “\(preferred)” throughout"
      : "“\(term)” in this document and “\(other)” in others: write “\(preferred)” throughout"
  }
}
