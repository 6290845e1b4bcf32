internal import Bitext

/// The same source segment is translated in two ways.
///
/// All pairs and bilingual files of a run are compared. The commonest translation counts as the
/// right one, of equally common ones the first; the places of the others are reported. Case, width,
/// marks and inflection make no difference, on either side; segments of one word or fewer than four
/// ideographs depend on where they stand and are not compared.
///
/// Fires: 请先保存文件。 / Save the file first. … 请先保存文件。 / Please store the document.
///
/// Does not: 请先保存文件。 / Save the file first. … 请先保存文件 / Save the files first
struct SameSourceDifferentTarget: TranslationRule {
  let checker: Checker

  static var name: RuleName { .sameSourceDifferentTarget }
  static var own: KeyPath<SegmentTranslations.Entry, SegmentTranslations.SideKey> { \.source }
  static var partner: KeyPath<SegmentTranslations.Entry, SegmentTranslations.SideKey> { \.target }

  func diagnostic(
    _ place: DivergingSegment.Place, _ segment: DivergingSegment, _ all: [SegmentTranslations?],
    _ text: (Location) -> String?
  ) -> Diagnostic? {
    guard let (source, target) = place.locations(all),
      let severity = checker.settings.severity(
        of: .sameSourceDifferentTarget, in: target.file)
    else { return nil }
    let others = segment.majority.compactMap { $0.locations(all)?.target }
    let expected = others.first.flatMap(text)
    let (term, found) = (text(source) ?? "", text(target))
    return Diagnostic(
      rule: RuleName.sameSourceDifferentTarget.rawValue, severity: severity,
      message: .differs(term, expected: expected, places: others.count), location: target,
      source: Diagnostic.Evidence(location: source, text: term), term: term, found: found,
      expected: expected.map { [$0] } ?? [],
      related: others.prefix(DivergingSegment.relatedLimit).map {
        Diagnostic.Evidence(location: $0, text: text($0) ?? "")
      }, context: term)
  }
}

extension DivergingSegment {
  /// Other places that a finding names at the most.
  static let relatedLimit = 5
}

extension DivergingSegment.Place {
  func locations(_ all: [SegmentTranslations?]) -> (source: Location, target: Location)? {
    guard let translations = all[document] else { return nil }
    return (
      Location(
        file: translations.sourceFile, range: Int(entry.source.start)..<Int(entry.source.end)),
      Location(
        file: translations.targetFile, range: Int(entry.target.start)..<Int(entry.target.end))
    )
  }
}

extension String {
  fileprivate static func differs(_ term: String, expected: String?, places: Int) -> String {
    let subject = term.isEmpty ? "the same source segment" : "“\(term.excerpt)”"
    let other = expected.map { ": “\($0.excerpt)”" } ?? ""
    return "\(subject) is translated otherwise in \(places) other place\(places == 1 ? "" : "s")"
      + other
  }

  /// The beginning of a segment, for a message of one line.
  var excerpt: String {
    let limit = 60
    let line = String(map { $0.isNewline ? " " : $0 })
    return line.count <= limit ? line : line.prefix(limit) + "…"
  }
}
