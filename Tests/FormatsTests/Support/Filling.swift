import Bitext
import Testing

@testable import Formats

/// Translations that a test has at hand, and what an editor reported.
final class ListedTranslations: TargetFiller {
  var overwrites = false
  var exact: [String: String]
  /// Translations of texts that are like others.
  var fuzzy: [String: TargetProposal]
  private(set) var outcomes: [SegmentOutcome] = []
  /// What named the segments that were asked for.
  private(set) var asked: [String?] = []
  /// What the files declared, as `en zh-CN`; a `-` where they did not.
  private(set) var declared: [String] = []
  /// For files that do not say it; `nil` makes the filler refuse each file.
  var target = LanguageTag("zh-CN")

  init(_ exact: [String: String] = [:], fuzzy: [String: TargetProposal] = [:]) {
    self.exact = exact
    self.fuzzy = fuzzy
  }

  func languages(
    source: LanguageTag?, target: LanguageTag?, place: (file: String, line: Int)
  ) -> FillLanguages? {
    declared.append("\(source?.description ?? "-") \(target?.description ?? "-")")
    guard let own = self.target else { return nil }
    return FillLanguages(source: source ?? .english, target: target ?? own)
  }

  func proposal(
    for text: String, contextID: String?, _ languages: FillLanguages
  ) -> TargetProposal? {
    asked.append(contextID)
    return exact[text].map {
      TargetProposal(text: $0, score: 1, isExact: true, source: text, origin: "m.tmx")
    } ?? fuzzy[text]
  }

  func report(_ outcome: SegmentOutcome) { outcomes.append(outcome) }

  /// The outcomes as words: `exact`, `left codes`.
  var kinds: [String] {
    outcomes.map { outcome in
      switch outcome.kind {
      case .exact: "exact"
      case .fuzzy: "fuzzy"
      case .translated: "translated"
      case .notFound: "missing"
      case .left(let reason): "left \(reason.rawValue)"
      }
    }
  }

  /// What most tests translate.
  static var usual: ListedTranslations {
    ListedTranslations(
      [
        "A.": "甲。", "B.": "乙。", "one": "一", "a & b": "甲&乙", "in 2024": "于2024年",
        "%d files": "%d个文件", "%s of %s": "%s之%s", "two\nlines": "两\n行", "Click {0} now": "{0}",
      ],
      fuzzy: [
        "one more": TargetProposal(
          text: "一", score: 0.834, isExact: false, source: "one <more", origin: "m\"&.tmx")
      ])
  }
}

extension TemporaryDirectory {
  /// Writes a file, fills it and gives back what it would become.
  func filled(
    _ name: String, _ bytes: some Sequence<UInt8>, _ filler: ListedTranslations
  ) throws -> [UInt8] {
    try TargetEditor.fill(try file(name, bytes), with: filler).bytes
  }

  func filled(
    _ name: String, _ text: String, _ filler: ListedTranslations
  ) throws -> String {
    String(decoding: try filled(name, text.utf8, filler), as: UTF8.self)
  }
}
