internal import Bitext

/// Makes concepts of entries, whatever generation and dialect of TBX they are in.
struct TBXConceptReader {
  var tally: TBXTally
  /// The languages that the header of a TBX-Min file names, for sections that do not say theirs.
  var headerLanguages: [LanguageTag] = []
  private var usedIDs: Set<String> = []

  init(tally: TBXTally) { self.tally = tally }

  /// - Returns: `nil` for an entry without any term.
  mutating func concept(_ entry: TBXElement) -> Concept? {
    var terms: [TBXFoundTerm] = []
    var remarks: [(language: LanguageTag?, elements: [TBXElement])] = [(nil, [])]
    var number = 0
    for child in entry.children {
      if Self.languageElements.contains(child.name) {
        number += 1
        guard let language = language(of: child, number: number) else { continue }
        let found = child.terms(in: language)
        for term in found.terms { add(term, to: &terms) }
        remarks.append((language, found.remarks))
      } else if let language = child.notedLanguage {
        remarks.append((language, [child]))
      } else {
        remarks[0].elements.append(child)
      }
    }
    guard !terms.isEmpty else {
      tally.note(.noTerm, "this entry has no term and is left out", line: entry.line)
      return nil
    }
    settleStatuses(&terms, remarks, entry)
    var concept = Concept(
      id: id(of: entry, remarks[0].elements),
      terms: terms.map {
        Term(
          $0.text, language: $0.language, status: $0.status ?? .admitted, properties: $0.properties)
      })
    concept.sortTerms()
    // As they are written: of the concept, of its languages, and of those that have no term.
    let order = [nil] + concept.languages + remarks.map(\.language)
    let ranked = remarks.enumerated().sorted { one, other in
      let ranks = [one, other].map { order.firstIndex(of: $0.element.language) ?? 0 }
      return ranks[0] == ranks[1] ? one.offset < other.offset : ranks[0] < ranks[1]
    }
    concept.takeRemarks(ranked.map { ($0.element.language, $0.element.elements.propertyTrees) })
    if concept.languages.count < 2 {
      tally.note(
        .noTranslation,
        "'\(concept.terms[0].text)' has no translation: it is kept, and never checked",
        line: entry.line)
    }
    return concept
  }

  private static let languageElements: Set<String> = ["langSet", "langSec", "langGroup"]

  private mutating func language(of section: TBXElement, number: Int) -> LanguageTag? {
    let code = section["xml:lang"] ?? section["lang"]
    if let language = code.flatMap({ LanguageTag($0.trimmed) }) { return language }
    if code == nil, number <= headerLanguages.count { return headerLanguages[number - 1] }
    let what = code.map { "'\($0)' is no language tag" } ?? "there is no xml:lang"
    tally.note(
      .noLanguage, "\(what): these terms are left out; write a tag such as en or zh-CN",
      line: section.line)
    return nil
  }

  /// The entry's id, as its file had it; one that stood before gets a number.
  private mutating func id(of entry: TBXElement, _ remarks: [TBXElement]) -> String {
    let noted = remarks.lazy.compactMap { element in
      element.name == "note" ? TBXNote.reserved(TBXNote.id, in: element.text) : nil
    }.first
    let id = noted ?? TBXIdentifiers.original((entry["id"] ?? "").trimmed)
    guard !id.isEmpty, !usedIDs.insert(id).inserted else { return id }
    var number = 2
    while !usedIDs.insert("\(id)-\(number)").inserted { number += 1 }
    tally.note(
      .repeatedID, "the id '\(id)' stands here again: this entry becomes '\(id)-\(number)'",
      line: entry.line)
    return "\(id)-\(number)"
  }

  private mutating func add(_ found: TBXFoundTerm, to terms: inout [TBXFoundTerm]) {
    if found.text.isEmpty {
      return tally.note(.emptyTerm, "this term is empty and is left out", line: found.line)
    }
    if let word = found.unknownStatus {
      tally.note(
        .unknownStatus, "the status '\(word)' is not known: the term counts as if it had none",
        line: found.line)
    }
    let known = terms.firstIndex { $0.text == found.text && $0.language == found.language }
    guard let known else { return terms.append(found) }
    tally.note(
      .repeatedTerm, "'\(found.text)' stands in its language already: merged into one term",
      line: found.line)
    terms[known].status = terms[known].status ?? found.status
    // The ids of the first one stay.
    terms[known].properties.add(
      missingFrom: found.properties.filter { $0.name != "@id" && $0.name != "term/@id" })
  }

  /// What an entry or language says of itself as a whole, and what terms get that say nothing: the
  /// first of a language is preferred, unless another one is.
  private mutating func settleStatuses(
    _ terms: inout [TBXFoundTerm], _ remarks: [(language: LanguageTag?, elements: [TBXElement])],
    _ entry: TBXElement
  ) {
    var waits = false
    for (language, elements) in remarks {
      for status in elements.entryStatuses {
        for index in terms.indices where language == nil || terms[index].language == language {
          guard !terms[index].isExact else { continue }
          if status == .proposed {
            guard terms[index].status?.isAccepted ?? true else { continue }
            terms[index].status = .proposed
            waits = true
          } else if terms[index].status == nil, !status.isAccepted {
            terms[index].status = status
          }
        }
      }
    }
    if waits {
      tally.note(
        .waits, "the file calls this entry unfinished: its terms wait for review", line: entry.line)
    }
    for index in terms.indices where terms[index].status == nil {
      let hasPreferred = terms.contains {
        $0.status == .preferred && $0.language == terms[index].language
      }
      terms[index].status = hasPreferred ? .admitted : .preferred
    }
  }
}

extension TBXElement {
  /// The language of a note in which Concord keeps what is said of a language without terms.
  fileprivate var notedLanguage: LanguageTag? {
    guard name == "note", TBXNote.isMarked(text) else { return nil }
    return self["xml:lang"].flatMap { LanguageTag($0) }
  }
}

extension [TBXElement] {
  /// What they say of the state of all terms.
  fileprivate var entryStatuses: [TermStatus] {
    flatMap { element -> [TermStatus] in
      let saying = element.name.hasSuffix("Grp") ? element.children : [element]
      return saying.compactMap { element in
        element.isStatusOfEntry ? TBXStatus.status(of: element.text) : nil
      }
    }
  }
}

extension TBXElement {
  fileprivate var isStatusOfEntry: Bool {
    name != "note" && TBXStatus.isStatusOfEntry(category)
  }
}
