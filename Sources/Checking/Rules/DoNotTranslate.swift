internal import Bitext
internal import Matching
internal import Segmentation

/// A name or a placeholder that must stay as it is does not stand in the translation as it stands
/// in the source.
///
/// Kept are the concepts whose terms are the same in both languages, in the very same letters, the
/// names that `do-not-translate` lists in `concord.yml`, and placeholders: `{0}`, `{name}`, `{{x}}`,
/// `${x}`, `%s`, `%1$d`, `%(name)s`, `<0>`. Placeholders must stand there as often as in the source,
/// in any order; where one of them chooses between texts, as `{count, plural, …}` does, once is
/// enough. A name that stands there, though not as often, is only a remark. A concept that is not
/// named in the translation at all is a `missing-term`. Code is not looked at.
///
/// Fires: 欢迎使用 {name}。 / Welcome!
///
/// Does not: 第 %1$d 页，共 %2$d 页 / %2$d pages, this is page %1$d
struct DoNotTranslate: PairRule {
  let checker: Checker

  func check(_ pair: MatchedPair) -> [Diagnostic] {
    guard let severity = checker.settings.severity(of: .doNotTranslate, in: pair.target.text.file)
    else { return [] }
    let names = KeptNames(checker.doNotTranslate)
    return pair.directions.prefix(1).flatMap { beads in
      beads.indices.flatMap { index -> [Diagnostic] in
        let bead = beads[index]
        // In a doubtful bead the other side may be another text.
        guard !bead.target.isEmpty, !bead.source.isEmpty, !(pair.isAligned && bead.isDoubtful)
        else { return [] }
        return listed(bead, names, severity) + concepts(bead, severity)
          + placeholders(bead, severity)
      }
    }
  }

  /// The names of the project's list.
  private func listed(_ bead: PairedBead, _ names: KeptNames, _ severity: Severity) -> [Diagnostic]
  {
    let source = names.places(in: bead.left.text, bead.source)
    guard !source.isEmpty else { return [] }
    let target = names.places(in: bead.right.text, bead.target)
    return source.keys.sorted().compactMap { name in
      guard let places = source[name], let first = places.first else { return nil }
      return diagnostic(
        bead, names.texts[name], first, concept: nil, severity: severity, wanted: places.count,
        found: target[name]?.count ?? 0)
    }
  }

  /// The concepts whose terms are the same everywhere.
  private func concepts(_ bead: PairedBead, _ severity: Severity) -> [Diagnostic] {
    var seen: Set<Int> = []
    return bead.left.occurrences(in: bead.source).compactMap { occurrence in
      guard let term = checker.kept[occurrence.concept],
        seen.insert(occurrence.concept).inserted
      else { return nil }
      let name = KeptNames([term])
      let source = name.places(in: bead.left.text, bead.source)[0] ?? []
      guard let first = source.first else { return nil }
      let target = name.places(in: bead.right.text, bead.target)[0] ?? []
      // A term that is not there in any spelling is missing, whatever its language.
      guard !target.isEmpty || bead.right.isPresent(occurrence.concept, in: bead.target) else {
        return nil
      }
      return diagnostic(
        bead, term, first, concept: occurrence.concept, severity: severity, wanted: source.count,
        found: target.count)
    }
  }

  private func placeholders(_ bead: PairedBead, _ severity: Severity) -> [Diagnostic] {
    let source = bead.left.text.placeholders(bead.source)
    let target = bead.right.text.placeholders(bead.target)
    guard !source.isEmpty || !target.isEmpty else { return [] }
    let hasChoice = (source + target).contains(where: \.isChoice)
    func counts(_ list: [Placeholder]) -> [String: Int] {
      list.reduce(into: [:]) { counts, each in
        counts[each.text] = hasChoice ? 1 : (counts[each.text] ?? 0) + 1
      }
    }
    let (wanted, found) = (counts(source), counts(target))
    var seen: Set<String> = []
    let missing = source.compactMap { each -> Diagnostic? in
      guard seen.insert(each.text).inserted, let count = wanted[each.text],
        found[each.text] ?? 0 < count
      else { return nil }
      return diagnostic(
        bead, each.text, each.range, concept: nil, severity: severity, wanted: count,
        found: found[each.text] ?? 0)
    }
    seen = []
    let extra = target.reversed().compactMap { each -> Diagnostic? in
      guard seen.insert(each.text).inserted, let count = found[each.text],
        count > wanted[each.text] ?? 0
      else { return nil }
      return Diagnostic(
        rule: RuleName.doNotTranslate.rawValue, severity: severity,
        message: .unasked(each.text, wanted: wanted[each.text] ?? 0, found: count),
        location: bead.right.location(each.range), term: each.text, found: each.text)
    }
    return missing + extra
  }

  private func diagnostic(
    _ bead: PairedBead, _ text: String, _ place: Range<Int>, concept: Int?, severity: Severity,
    wanted: Int, found: Int
  ) -> Diagnostic? {
    guard found < wanted else { return nil }
    // A name that is said once may stand for the rest.
    let isThere = found > 0 && !text.isPlaceholder
    return Diagnostic(
      rule: RuleName.doNotTranslate.rawValue, severity: isThere ? min(severity, .info) : severity,
      message: .dropped(text, wanted: wanted, found: found),
      location: bead.right.location(bead.right.text.range(bead.target)),
      source: Diagnostic.Evidence(location: bead.left.location(place), text: text),
      concept: concept.map { checker.termbase.concepts[$0].id }, term: text, expected: [text])
  }
}

extension SegmentedText {
  fileprivate func placeholders(_ indices: Range<Int>) -> [Placeholder] {
    Placeholder.all(in: prose.utf8, range(indices)).filter { !prose.isLiteral($0.range) }
  }
}

/// Names that stay as they are, found in one pass however many there are.
private struct KeptNames {
  let texts: [String]
  private let names: [[UInt8]]
  /// For each first byte the names that start with it.
  private var byFirst = [[Int]](repeating: [], count: 256)

  init(_ texts: [String]) {
    self.texts = texts
    names = texts.map { Array($0.utf8) }
    for (index, name) in names.enumerated() {
      if let first = name.first { byFirst[Int(first)].append(index) }
    }
  }

  /// Where the names stand in neighbouring segments as words of their own, outside code.
  func places(in text: SegmentedText, _ indices: Range<Int>) -> [Int: [Range<Int>]] {
    guard !names.isEmpty else { return [:] }
    let utf8 = text.prose.utf8
    let whole = text.range(indices)
    var found: [Int: [Range<Int>]] = [:]
    for start in whole {
      for name in byFirst[Int(utf8[start])] {
        let end = start + names[name].count
        guard end <= whole.upperBound, utf8[start..<end].elementsEqual(names[name]),
          Self.isBoundary(start, utf8, whole), Self.isBoundary(end, utf8, whole),
          start >= found[name]?.last?.upperBound ?? 0, !text.prose.isLiteral(start..<end)
        else { continue }
        found[name, default: []].append(start..<end)
      }
    }
    return found
  }

  /// Whether no Latin word and no number runs across an offset.
  private static func isBoundary(_ offset: Int, _ utf8: [UInt8], _ range: Range<Int>) -> Bool {
    guard offset > range.lowerBound, offset < range.upperBound else { return true }
    return !(utf8[offset - 1].isASCIIAlphanumeric && utf8[offset].isASCIIAlphanumeric)
  }
}

extension UInt8 {
  fileprivate var isASCIIAlphanumeric: Bool {
    0x30...0x39 ~= self || 0x61...0x7A ~= self | 0x20
  }
}

extension String {
  fileprivate var isPlaceholder: Bool {
    !Placeholder.all(in: Array(utf8), 0..<utf8.count).isEmpty
  }

  fileprivate static func dropped(_ text: String, wanted: Int, found: Int) -> String {
    found == 0
      ? "“\(text)” does not stand in the translation: keep it as it is"
      : "“\(text)” stands \(times(wanted)) in the source and \(times(found)) in the translation"
  }

  fileprivate static func unasked(_ text: String, wanted: Int, found: Int) -> String {
    wanted == 0
      ? "“\(text)” does not stand in the source"
      : "“\(text)” stands \(times(wanted)) in the source and \(times(found)) in the translation"
  }

  private static func times(_ count: Int) -> String {
    switch count {
    case 1: "once"
    case 2: "twice"
    default: "\(count) times"
    }
  }
}
