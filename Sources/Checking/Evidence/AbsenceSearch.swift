internal import Bitext
internal import Matching
internal import Segmentation

/// The absences of one direction of a pair, weighed and brought together.
struct AbsenceSearch {
  /// An absence that is worth a finding.
  struct Finding {
    let absence: Absence
    var evidence: AbsenceEvidence
    /// The same absence elsewhere, which this finding speaks for.
    var others: [MatchedText.Occurrence] = []
  }

  private let beads: PairedBeads
  private let checker: Checker
  private let keyed: KeyedTerms
  private var absences: [Absence] = []
  /// In how many beads a concept is rendered as the termbase has it, for those named in the source.
  private var rendered: [Int: Int] = [:]

  init(_ beads: PairedBeads, _ checker: Checker, isAligned: Bool) {
    self.beads = beads
    self.checker = checker
    keyed = KeyedTerms(
      checker, source: beads.left.text.language, target: beads.right.text.language)
    for index in beads.indices { collect(index, beads[index], isAligned) }
  }

  private mutating func collect(_ index: Int, _ bead: PairedBead, _ isAligned: Bool) {
    guard !bead.target.isEmpty, !bead.isUntranslated else { return }
    var seen: Set<Int> = []
    for occurrence in bead.left.occurrences(in: bead.source) {
      guard seen.insert(occurrence.concept).inserted else { continue }
      // Of homonyms one rendering is enough.
      if occurrence.concepts.contains(where: { bead.right.isPresent($0, in: bead.target) }) {
        rendered[occurrence.concept, default: 0] += 1
        continue
      }
      let expected = keyed.accepted(occurrence.concept, in: .target)
      guard !expected.texts.isEmpty else { continue }
      // Where a file says what belongs together, nothing has moved.
      let hasMoved = bead.neighbours.contains { bead.hasSpare(occurrence.concept, in: $0) }
      guard !isAligned || !hasMoved else { continue }
      absences.append(Absence(bead: index, occurrence: occurrence, expected: expected))
    }
  }

  /// What is missing, in the order of the beads.
  func findings() -> [Finding] {
    guard !absences.isEmpty else { return [] }
    let forms = ShortForms(beads.right, of: Set(absences.map(\.concept)))
    let words = checker.words(beads.left.text.language, beads.right.text.language)
    var findings: [Finding] = []
    var start = 0
    while start < absences.count {
      let end = absences[start...].firstIndex { $0.bead != absences[start].bead } ?? absences.count
      findings += weighed(absences[start..<end], forms, words)
      start = end
    }
    return broughtTogether(findings)
  }

  /// The absences of one bead that have no excuse.
  private func weighed(
    _ absences: ArraySlice<Absence>, _ forms: ShortForms, _ words: WordTranslations?
  ) -> [Finding] {
    guard let first = absences.first else { return [] }
    let bead = beads[first.bead]
    let context = BeadContext(bead, keyed)
    let substitutes = context.substitutes(
      for: absences.map { (context.source.tokens(in: $0.occurrence.range), $0.renderings) })
    var findings: [Finding] = []
    for (absence, substitute) in zip(absences, substitutes) {
      let evidence = AbsenceEvidence(
        absence, in: context, forms: forms, words: words,
        sourceTerms: keyed.accepted(absence.concept, in: .source).keyed, substitute: substitute,
        isRenderedNearby: bead.neighbours.contains {
          bead.right.isPresent(absence.concept, in: $0.target)
        })
      if evidence.excuse == nil { findings.append(Finding(absence: absence, evidence: evidence)) }
    }
    if findings.count > 1 {
      let others = findings.count - 1
      for index in findings.indices {
        findings[index].evidence.clues.append(.company(others: others))
      }
    }
    return findings
  }

  /// What a concept and the words in its place have in common.
  private struct Habit: Hashable {
    let concept: Int
    /// Empty for all words.
    let words: [UInt64]
  }

  /// A document that has the same words for a term this often does so by habit.
  private static let habit = 4
  /// And this often, in whatever words: the term is one rendering among several.
  private static let manyAbsences = 5
  /// The share of a habit in all beads with the term: a well-known term that was missed three times
  /// among a hundred was missed three times.
  private static let habitShare = 1.0 / 3
  private static let manyShare = 0.5

  /// Notes which absences recur, and lets the first of a habit speak for the others. A term that is
  /// never rendered as it should be has no habit: each place is a mistake.
  private func broughtTogether(_ findings: [Finding]) -> [Finding] {
    var counts: [Habit: Int] = [:]
    for finding in findings where !finding.evidence.isSubstituted {
      let concept = finding.absence.concept
      counts[Habit(concept: concept, words: []), default: 0] += 1
      if !finding.evidence.remainder.isEmpty {
        counts[Habit(concept: concept, words: finding.evidence.remainder), default: 0] += 1
      }
    }
    var kept: [Finding] = []
    var speakers: [Habit: Int] = [:]
    for var finding in findings {
      let habit = Habit(
        concept: finding.absence.concept, words: finding.evidence.remainder)
      if !habit.words.isEmpty, counts[habit] ?? 0 > 1 { finding.evidence.clues.append(.recurs) }
      guard !checker.reportsEachPlace, !finding.evidence.isSubstituted,
        let common = commonHabit(habit, counts)
      else {
        kept.append(finding)
        continue
      }
      if let speaker = speakers[common] {
        kept[speaker].others.append(finding.absence.occurrence)
      } else {
        speakers[common] = kept.count
        kept.append(finding)
      }
    }
    return kept
  }

  private func commonHabit(_ habit: Habit, _ counts: [Habit: Int]) -> Habit? {
    let any = Habit(concept: habit.concept, words: [])
    let missing = counts[any] ?? 0
    guard let rendered = rendered[habit.concept], rendered > 0 else { return nil }
    let all = Double(rendered + missing)
    let same = counts[habit] ?? 0
    // Words that stand there but once are none of the document's.
    let isAny = missing >= Self.manyAbsences && Double(missing) >= Self.manyShare * all
    if isAny, same > 1 { return any }
    let isHabit = same >= Self.habit && Double(same) >= Self.habitShare * all
    return !habit.words.isEmpty && isHabit ? habit : nil
  }
}

extension AbsenceSearch.Finding {
  /// Why the finding was made, a line a step.
  func explanation(_ bead: PairedBead, isAligned: Bool, severity: Severity) -> [String] {
    var lines = absence.expected.map { term in
      "looked for “\(term)”, in any inflection, as “\(MatchKey(term).text)”"
    }
    lines.append(bead.inWords(isAligned: isAligned))
    if let nearest = evidence.nearest { lines.append("nearest: \(nearest)") }
    lines.append("\(Clue.presumption.signed) a term without its rendering")
    for clue in evidence.clues { lines.append("\(clue.weight.signed) \(clue.inWords)") }
    if isAligned, bead.isDoubtful { lines.append("no error, since the alignment is doubtful") }
    if !others.isEmpty {
      lines.append("the document renders the term otherwise in \(others.count) more places")
    }
    lines.append(
      "\(evidence.score.signed) in sum: \(severity.rawValue) (\(Severity.error.rawValue) from "
        + "\(Clue.certain.signed), \(Severity.warning.rawValue) from \(Clue.doubtful.signed))")
    return lines
  }
}

extension PairedBead {
  /// The bead's texts and how sure it is, for an explanation.
  fileprivate func inWords(isAligned: Bool) -> String {
    let sure = isAligned ? "aligned with a score of \(score.hundredths)" : "paired by the file"
    return "\(sure): “\(left.text.text(source).shortened)” / “\(right.text.text(target).shortened)”"
  }
}

extension Double {
  /// A share with two digits after the point.
  fileprivate var hundredths: String {
    let value = Int((self * 100).rounded())
    return "\(value / 100).\(value % 100 < 10 ? "0" : "")\(value % 100)"
  }
}

extension String {
  /// The first part of a long text: enough to recognise it by.
  fileprivate var shortened: String { count <= 120 ? self : prefix(119) + "…" }
}

extension MatchKey {
  fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }
}
