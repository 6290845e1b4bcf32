internal import Bitext
internal import Formats
internal import Segmentation
internal import Store

/// A unit that may stand for a text in a file, in the direction of the file.
struct FillCandidate {
  let unit: TranslationUnit
  /// Both without white space around them.
  let source: String
  let target: String
  /// Whether its target is of the file's region too.
  let isOfRegion: Bool
  /// Whether it has the name of the place that is to be filled.
  var isNamed = false
  /// Whether it came from between the same segments.
  var isInContext = false

  /// - Returns: `nil` for a unit in other languages or in the other way of writing Chinese, and for
  ///   one without a translation.
  init?(_ unit: TranslationUnit, isReversed: Bool, _ languages: FillLanguages) {
    let (sourceLanguage, targetLanguage) =
      isReversed
      ? (unit.targetLanguage, unit.sourceLanguage) : (unit.sourceLanguage, unit.targetLanguage)
    guard LanguageMatching.match(sourceLanguage, languages.source),
      LanguageMatching.match(targetLanguage, languages.target)
    else { return nil }
    self.unit = unit
    source = (isReversed ? unit.target : unit.source).withoutOuterSpace
    target = (isReversed ? unit.source : unit.target).withoutOuterSpace
    guard !target.isEmpty, target.isWritten(as: languages.target) else { return nil }
    isOfRegion =
      LanguageMatching.maximized(targetLanguage).region
      == LanguageMatching.maximized(languages.target).region
  }

  /// What is offered of it, as it is.
  func proposal(score: Double) -> TargetProposal {
    TargetProposal(
      text: target, score: score, isExact: false, source: source, origin: unit.origin)
  }

  /// When somebody last saw to it; dates of ISO 8601 sort as texts do.
  var date: Timestamp { unit.lastDate }
}

extension [FillCandidate] {
  /// The translation to take: of the file's region, then of the very place by its name, then from
  /// between the same segments, then the most recent, then the one that most origins have, then the
  /// one that was added last; and whether there was a choice.
  var best: (candidate: FillCandidate, isAmbiguous: Bool)? {
    let local = filter(\.isOfRegion)
    let ofRegion = local.isEmpty ? self : local
    let named = ofRegion.filter(\.isNamed)
    let ofPlace = named.isEmpty ? ofRegion : named
    let inContext = ofPlace.filter(\.isInContext)
    let list = inContext.isEmpty ? ofPlace : inContext
    let origins = Dictionary(grouping: list, by: \.target)
      .mapValues { Set($0.map { $0.unit.origin ?? "" }).count }
    func rank(_ candidate: FillCandidate) -> (Timestamp, Int, Int64) {
      (candidate.date, origins[candidate.target] ?? 0, candidate.unit.id ?? 0)
    }
    return list.max { rank($0) < rank($1) }.map { ($0, origins.count > 1) }
  }
}

extension String {
  var withoutOuterSpace: String {
    let bytes = Array(utf8)
    return String(decoding: bytes[bytes.span.trimmingWhitespace(0..<bytes.count)], as: UTF8.self)
  }

  /// Whether a text is in the way of writing Chinese that a language asks for, whatever its own tag
  /// says: a memory tagged `zh` may hold both.
  func isWritten(as language: LanguageTag) -> Bool {
    guard language.isChinese else { return true }
    var (simplified, traditional) = (0, 0)
    for scalar in unicodeScalars {
      switch HanForm.form(of: scalar.value) {
      case .simplified: simplified += 1
      case .traditional: traditional += 1
      case .shared, .japanese: break
      }
    }
    return LanguageMatching.maximized(language).script == "Hant"
      ? traditional >= simplified : simplified >= traditional
  }
}
