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
    for (place, index) in own.enumerated() {
      let entry = entries[index]
      let twin = own[..<place].first {
        entries[$0].language == entry.language && entries[$0].text == entry.text
      }
      if let twin, entries[twin].status.isAccepted != entry.status.isAccepted,
        entry.status != .proposed, entries[twin].status != .proposed
      {
        report(
          .contradictoryStatus,
          "“\(entry.text)” is both \(entries[twin].status.rawValue) and \(entry.status.rawValue)",
          index, related: [twin])
      } else if let twin {
        guard entries[twin].row == entry.row else { continue }
        report(
          .duplicateTerm, "“\(entry.text)” stands twice in the concept", index, related: [twin])
      } else if entry.status.isAccepted, !entry.tokens.isEmpty,
        let double = own[..<place].first(where: {
          entries[$0].language == entry.language && entries[$0].tokens == entry.tokens
            && entries[$0].status.isAccepted
        })
      {
        report(
          .duplicateTerm, severity: .info,
          "“\(entry.text)” is found wherever “\(entries[double].text)” is: one of them is enough, "
            + "unless both spellings are right", index, related: [double])
      }
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
