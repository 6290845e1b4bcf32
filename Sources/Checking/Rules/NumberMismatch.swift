internal import Bitext
internal import Segmentation

/// A number of the source stands in the translation with another value, or not at all, or the
/// translation has one that the source has not.
///
/// Numbers are compared by value: 300亿元 and "30 billion yuan", 8% and 百分之八, 第三 and "third",
/// 2021年5月 and "May 2021" are the same, in digits, numerals or words, with the units of either
/// language. Dates are compared part by part. What one language words without a number is no
/// finding: "last year" for 2020年 and 年內 for "in 2021", "both" for 兩者, "the past decade" for
/// 過去十年, a year that is named once and carried on, nor is "one", "first" or 一步 without a
/// counterpart, a footnote's mark, a name with letters in it, or anything in code. A number that
/// moved to the neighbouring bead is in its place. Small numbers count like great ones.
///
/// A number that stands against another is a finding of the rule's severity, and so is a large
/// number or a date that was left out or added; a number up to twelve or a year without a
/// counterpart is a remark, and so is all where the aligner is not sure of the bead. Both sides have
/// to be in English or Chinese.
///
/// Fires: 投资300亿元。 / An investment of 3 billion yuan.
///
/// Does not: 投资300亿元。 / An investment of RMB30 billion.
struct NumberMismatch: PairRule {
  let checker: Checker

  /// Below this the bead itself is as likely wrong as right.
  private static let doubtfulScore = 0.5
  /// Who reads the bead for three findings sees the others.
  private static let mostPerBead = 3

  func check(_ pair: MatchedPair) -> [Diagnostic] { check(pair.text) }

  private func check(_ pair: ParallelText) -> [Diagnostic] {
    guard let severity = checker.settings.severity(of: .numberMismatch, in: pair.target.file),
      pair.source.language.hasKnownNumbers,
      pair.target.language.hasKnownNumbers
    else { return [] }
    var compared: [(bead: Int, numbers: NumberComparison)] = []
    for index in pair.beads.indices {
      let numbers = NumberComparison(pair, pair.beads[index])
      if let numbers, !numbers.isDone { compared.append((index, numbers)) }
    }
    if pair.isAligned { settleNeighbours(&compared) }
    return compared.flatMap { index, comparison in
      var numbers = comparison
      numbers.excuse()
      return findings(numbers, pair, pair.beads[index], severity: severity)
    }
  }

  /// Takes numbers that moved to a neighbouring bead for counterparts.
  private func settleNeighbours(_ compared: inout [(bead: Int, numbers: NumberComparison)]) {
    for index in compared.indices.dropFirst()
    where compared[index - 1].bead + 1 == compared[index].bead {
      var next = compared[index].numbers
      compared[index - 1].numbers.settle(with: &next)
      compared[index].numbers = next
    }
  }

  private func findings(
    _ numbers: NumberComparison, _ pair: ParallelText, _ bead: Bead, severity: Severity
  ) -> [Diagnostic] {
    // What has no counterpart at all is no matter of numbers.
    guard !bead.source.isEmpty, !bead.target.isEmpty else { return [] }
    let isDoubtful = pair.isAligned && bead.score < Self.doubtfulScore
    return numbers.differences.prefix(Self.mostPerBead).map { mismatch in
      let isSure = mismatch.isSure && !isDoubtful
      return diagnostic(
        mismatch, numbers, pair, severity: isSure ? severity : min(severity, .info))
    }
  }

  private func diagnostic(
    _ mismatch: NumberDifference, _ numbers: NumberComparison, _ pair: ParallelText,
    severity: Severity
  ) -> Diagnostic {
    let (source, target) = (numbers.source, numbers.target)
    let sourcePlace = mismatch.source.map(source.place) ?? source.range
    let targetPlace = mismatch.target.map(target.place) ?? target.range
    let (sourceText, targetText) = (
      pair.source.prose.text(sourcePlace), pair.target.prose.text(targetPlace)
    )
    let found = mismatch.target.map { _ in targetText }
    let term = mismatch.source.map { _ in sourceText }
    let expected = mismatch.source?.wordings(in: pair.target.language, asWritten: sourceText) ?? []
    return Diagnostic(
      rule: RuleName.numberMismatch.rawValue, severity: severity,
      message: .mismatch(term, found: found, expected: expected.first),
      location: Location(
        file: pair.target.file, range: pair.target.prose.positions.source(targetPlace)),
      source: Diagnostic.Evidence(
        location: Location(
          file: pair.source.file, range: pair.source.prose.positions.source(sourcePlace)),
        text: sourceText),
      term: term ?? targetText, found: found, expected: expected)
  }
}

extension LanguageTag {
  /// Whether the numbers of the language are recognised.
  fileprivate var hasKnownNumbers: Bool {
    isChinese || LanguageMatching.match(self, .english)
  }
}

extension String {
  fileprivate static func mismatch(_ term: String?, found: String?, expected: String?) -> String {
    let advice = expected.map { $0 == term ? "" : ": expected \($0)" } ?? ""
    return switch (term, found) {
    case (let term?, let found?): "“\(found)” stands here for “\(term)”\(advice)"
    case (let term?, nil): "“\(term)” has no counterpart here\(advice)"
    case (nil, let found): "“\(found ?? "")” has no counterpart in the source"
    }
  }
}
