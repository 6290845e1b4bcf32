internal import Bitext

/// The languages of units, each pair once.
final class KnownLanguages {
  private var pairs: [String: UnitLanguages] = [:]
  private var tags = LanguageTagCache()

  func languages(_ source: String, _ target: String) -> UnitLanguages {
    let name = source + "\0" + target
    if let known = pairs[name] { return known }
    let pair = UnitLanguages(source: tags(source) ?? .english, target: tags(target) ?? .english)
    pairs[name] = pair
    return pair
  }
}
