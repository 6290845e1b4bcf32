internal import Bitext

// What the terms of a concept say beside each other.
extension GlossaryLint {
  mutating func checkConcepts() {
    for concept in concepts.indices {
      checkTwins(concept)
      checkPreferred(concept)
    }
  }

  private mutating func checkTwins(_ concept: Int) {
    let own = concepts[concept].entries
    guard own.count > 1 else { return }
    var spellings: [TermName: Int] = [:]
    var accepted: [Key: Int] = [:]
    for index in own {
      let entry = entries[index]
      let spelling = TermName(entry.text, entry.language)
      let key = entry.tokens.isEmpty ? nil : self.key(of: entry)
      if let twin = spellings[spelling] {
        checkTwin(index, twin)
      } else {
        spellings[spelling] = index
        if entry.status.isAccepted, let double = key.flatMap({ accepted[$0] }) {
          report(
            .duplicateTerm, severity: .info,
            "“\(entry.text)” is found wherever “\(entries[double].text)” is: one of them is enough, "
              + "unless both spellings are right", index, related: [double])
        }
      }
      if entry.status.isAccepted, let key, accepted[key] == nil { accepted[key] = index }
    }
  }

  /// Two terms of a concept that are spelt alike.
  private mutating func checkTwin(_ index: Int, _ twin: Int) {
    let (entry, other) = (entries[index], entries[twin])
    if other.status.isAccepted != entry.status.isAccepted {
      guard entry.status != .proposed, other.status != .proposed else { return }
      report(
        .contradictoryStatus,
        "“\(entry.text)” is both \(other.status.rawValue) and \(entry.status.rawValue)", index,
        related: [twin])
    } else if other.row == entry.row {
      // A row that adds to a concept repeats the term that it adds to.
      report(.duplicateTerm, "“\(entry.text)” stands twice in the concept", index, related: [twin])
    }
  }

  private mutating func checkPreferred(_ concept: Int) {
    let own = concepts[concept].entries.map { entries[$0] }
    // A concept that waits for review as a whole is not finished.
    guard let first = concepts[concept].entries.first,
      own.contains(where: { $0.status != .proposed })
    else { return }
    var translated = 0
    for language in concepts[concept].languages {
      let terms = own.filter { $0.language == language }
      if terms.contains(where: \.status.isAccepted) { translated += 1 }
    }
    for language in concepts[concept].languages {
      let terms = own.filter { $0.language == language && $0.status != .proposed }
      let preferred = concepts[concept].entries.filter {
        entries[$0].language == language && entries[$0].status == .preferred
      }
      if preferred.count > 1, entries[preferred[1]].row == entries[preferred[0]].row {
        report(
          .contradictoryStatus, severity: .warning,
          "the concept has \(preferred.count) preferred terms in \(language): one is enough",
          preferred[1], related: [preferred[0]])
      }
      guard preferred.isEmpty else { continue }
      let missing =
        terms.isEmpty
        ? "“\(entries[first].text)” has no term in \(language)"
        : "“\(entries[first].text)” has no preferred term in \(language)"
      // With two languages that are there, a third may be left for later.
      report(
        .missingPreferred, severity: terms.isEmpty && translated > 1 ? .info : .warning, missing,
        first)
    }
  }
}
