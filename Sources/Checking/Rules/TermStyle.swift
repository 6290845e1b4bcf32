internal import Bitext
internal import Matching
internal import Segmentation

/// The right term stands in the text, spelt otherwise than in the termbase: in another case, with
/// brackets of another width, in the other script of Chinese, or with other hyphens or spaces.
///
/// Inflection and quotation marks are no difference; a lower-case term may have a capital at the
/// start of a sentence and in a heading.
///
/// Fires: 西部(重庆)科学城 (term: 西部（重庆）科学城); Government Work Report in running text
///
/// Does not: “西部（重庆）科学城”; Government work report at the start of a sentence
struct TermStyle: TextRule {
  let checker: Checker

  func check(_ text: MatchedText) -> [Diagnostic] {
    guard let severity = checker.settings.severity(of: .termStyle, in: text.text.file) else {
      return []
    }
    return text.occurrences.compactMap { occurrence in
      guard case .style(let term, let differences) = occurrence.verdict else { return nil }
      let found = text.text.prose.text(occurrence.range)
      return Diagnostic(
        rule: RuleName.termStyle.rawValue, severity: severity,
        message: .style(found, term: term.text, differences),
        location: text.location(occurrence.range),
        concept: checker.termbase.concepts[occurrence.concept].id, term: found, found: found,
        expected: [term.text], replacement: replacement(found, term, differences))
    }
  }

  /// An inflected form keeps its ending, which the term does not have.
  private func replacement(
    _ found: String, _ term: Term, _ differences: [StyleDifference]
  ) -> String? {
    let isUninflected =
      KeyTokenizer().tokens(of: found).count == KeyTokenizer().tokens(of: term.text).count
      && (term.language.isChinese || found.utf8.count == term.text.utf8.count)
    return isUninflected ? term.text : nil
  }
}

extension String {
  fileprivate static func style(
    _ found: String, term: String, _ differences: [StyleDifference]
  ) -> String {
    // The match key says it more exactly; it does not know what a heading may do.
    var ignored: MatchKey.Folding = [.inflection, .quotes, .quoting]
    if !differences.contains(.letterCase) { ignored.formUnion(.letterCase) }
    var names = MatchKey.differences(found, term)?.names(except: ignored) ?? []
    if names.isEmpty { names = differences.map(\.inWords) }
    return "“\(found)” differs from the term in \(names.joined(separator: " and ")): "
      + "write “\(term)”"
  }
}

extension StyleDifference {
  fileprivate var inWords: String {
    switch self {
    case .letterCase: "case"
    case .width: "the width of its marks"
    case .script: "script"
    case .hyphen: "hyphens"
    case .spacing: "spaces"
    }
  }
}
