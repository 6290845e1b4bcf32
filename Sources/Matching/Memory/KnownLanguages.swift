internal import Bitext

/// The languages of units, each pair once.
final class KnownLanguages {
  private var pairs: [String: SharedLanguages] = [:]
  private var tags = LanguageTagCache()

  func languages(_ source: String, _ target: String) -> SharedLanguages {
    let name = source + "\0" + target
    if let known = pairs[name] { return known }
    let pair = SharedLanguages(
      LanguagePair(source: tags(source) ?? .english, target: tags(target) ?? .english))
    pairs[name] = pair
    return pair
  }
}
