package import Bitext

/// How the script of a text stands to that of a language: whether a unit of the memory may be
/// offered as it is.
///
/// Tags meet through likely subtags, so that `zh` and `zh-CN` are one. A text that is written in the
/// other script of Chinese is in the other one whatever its tag says, and a text whose tag says so is
/// in the other one even where its characters are common to both: its words may differ.
package enum ScriptRelation: Sendable, Hashable {
  case same
  /// In the other script, or in another language altogether.
  case other
  /// The tag names no script, and no character of the text gives one away.
  case unknown

  /// - Parameters:
  ///   - text: a side of a unit.
  ///   - language: its language as the unit has it.
  ///   - wanted: the language that is asked for.
  package init(of text: String, in language: LanguageTag, to wanted: LanguageTag) {
    guard LanguageMatching.sameLanguage(language, wanted) else {
      self = .other
      return
    }
    guard language.isChinese, let script = Self.script(of: wanted) else {
      self = LanguageMatching.match(language, wanted) ? .same : .other
      return
    }
    let isNamed = language.script != nil || language.region != nil
    // What the tag says costs nothing; characters are asked only where they could say no.
    if isNamed, Self.script(of: language) != script {
      self = .other
      return
    }
    switch HanEvidence(text).script {
    case script: self = .same
    case nil: self = isNamed || !text.hasIdeographs ? .same : .unknown
    default: self = .other
    }
  }

  /// The script in which a language of China is written; `nil` for other scripts.
  package static func script(of language: LanguageTag) -> HanConversion.Script? {
    switch LanguageMatching.maximized(language).script {
    case "Hans": .simplified
    case "Hant": .traditional
    default: nil
    }
  }
}

extension String {
  fileprivate var hasIdeographs: Bool { unicodeScalars.contains { $0.value.isHanScalar } }
}
