internal import Bitext

/// Two different source segments have the same translation: one of them may be a leftover of a
/// fuzzy match.
///
/// All pairs and bilingual files of a run are compared, by the same keys as in
/// `same-source-different-target`. Two sources that mean the same are often translated alike, so
/// that this is a remark unless the project says otherwise.
///
/// Fires: 请先保存文件。 / Save the file first. … 请先关闭文件。 / Save the file first.
///
/// Does not: 请先保存文件。 / Save the file first. … 请先保存文件 / Save the files first
struct SameTargetDifferentSource: TranslationRule {
  let checker: Checker

  static var name: RuleName { .sameTargetDifferentSource }
  static var own: KeyPath<SegmentTranslations.Entry, SegmentTranslations.SideKey> { \.target }
  static var partner: KeyPath<SegmentTranslations.Entry, SegmentTranslations.SideKey> { \.source }

  func diagnostic(
    _ place: DivergingSegment.Place, _ segment: DivergingSegment, _ all: [SegmentTranslations?],
    _ text: (Location) -> String?
  ) -> Diagnostic? {
    guard let (source, target) = place.locations(all),
      let severity = checker.settings.severity(
        of: .sameTargetDifferentSource, in: target.file)
    else { return nil }
    let others = segment.majority.compactMap { $0.locations(all)?.source }
    let (term, found) = (text(source) ?? "", text(target))
    return Diagnostic(
      rule: RuleName.sameTargetDifferentSource.rawValue, severity: severity,
      message: .sameAs(found, other: others.first.flatMap(text), places: others.count),
      location: target, source: Diagnostic.Evidence(location: source, text: term), term: term,
      found: found,
      related: others.prefix(DivergingSegment.relatedLimit).map {
        Diagnostic.Evidence(location: $0, text: text($0) ?? "")
      }, context: found ?? "")
  }
}

extension String {
  fileprivate static func sameAs(_ found: String?, other: String?, places: Int) -> String {
    let subject = found.map { "“\($0.excerpt)”" } ?? "the same segment"
    let source = other.map { ": “\($0.excerpt)”" } ?? ""
    return "\(subject) also translates another source in \(places) other "
      + "place\(places == 1 ? "" : "s")\(source)"
  }
}
