internal import Bitext
internal import Segmentation

extension TMXReader {
  /// Calls `body` with each unit as a pair in two languages: those that were asked for, else the
  /// source language of the first unit and the first other one. A unit that lacks one of the two
  /// has no such side; one that lacks both is left out.
  static func forEachPair(of path: String, _ options: UnitOptions, _ body: UnitBody) throws {
    var known: UnitLanguages?
    try forEachPlacedUnit(of: path, warn: options.warn) { unit in
      guard let first = unit.source else { return }
      let source = known?.source ?? options.languages.source ?? first.language
      let target =
        known?.target ?? options.languages.target
        ?? unit.variants.first { $0.language != source }?.language
      guard let target,
        let pair = UnitLanguages(declared: (source, target), wanted: (nil, nil))
      else { return }
      known = pair
      let left = unit.variants.first { LanguageMatching.match($0.language, source) }
      let right = unit.variants.first {
        LanguageMatching.match($0.language, target) && $0.language != left?.language
      }
      guard left != nil || right != nil else { return }
      try body(
        pair,
        BilingualUnit(source: left?.placed, target: right?.placed, comments: unit.comments))
    }
  }
}

extension TMXUnit.Variant {
  fileprivate var placed: PlacedText { PlacedText(text, positions: positions, at: place) }
}

extension DocumentComment {
  /// A comment whose place in the prose is not known yet.
  init(_ text: String, _ range: Range<Int>) { self.init(text: text, range: range, place: 0) }
}
