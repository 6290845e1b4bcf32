internal import Bitext

/// A `trans-unit` of XLIFF 1.2 or a `unit` of XLIFF 2, as far as it was read.
struct XLIFFUnit {
  let identifier: String?
  /// Whether the unit is to be translated.
  let isTranslated: Bool
  private var segments: [Sides] = []
  /// Whether the unit says that its translation is not done.
  var isDraft = false
  /// What Trados says of its segments, by their numbers.
  private var confirmations: [String: String] = [:]

  /// Two texts that translate each other, and whether the file says that they do not yet.
  typealias Pair = (source: PlacedText?, target: PlacedText?, isDraft: Bool)

  private struct Sides {
    var isDraft = false
    var source: XLIFFSide?
    var segmentedSource: XLIFFSide?
    var target: XLIFFSide?
  }

  /// - Parameters:
  ///   - identifier: its `id`.
  ///   - isTranslated: whether it is to be translated.
  ///   - isSegmented: whether its texts stand in `segment` elements, as in XLIFF 2.
  init(identifier: String?, isTranslated: Bool, isSegmented: Bool) {
    self.identifier = identifier
    self.isTranslated = isTranslated
    if !isSegmented { segments = [Sides()] }
  }

  mutating func beginSegment(isDraft: Bool) { segments.append(Sides(isDraft: isDraft)) }

  /// Takes what a target says of itself.
  mutating func markDraft() {
    if !segments.isEmpty { segments[segments.count - 1].isDraft = true }
  }

  /// Takes what Trados says of a segment; no confirmation means that it is not translated.
  mutating func confirm(_ identifier: String, _ confirmation: String?) {
    confirmations[identifier] = confirmation ?? ""
  }

  private static let confirmed: Set<String> = [
    "Translated", "ApprovedTranslation", "ApprovedSignOff",
  ]

  private func isDraft(_ identifier: String) -> Bool {
    confirmations[identifier].map { !Self.confirmed.contains($0) } ?? false
  }

  mutating func take(_ side: XLIFFSide, name: String) {
    guard !segments.isEmpty else { return }
    let last = segments.count - 1
    switch name {
    case "source": segments[last].source = side
    case "seg-source": segments[last].segmentedSource = side
    default: segments[last].target = side
    }
  }

  /// The texts that translate each other.
  ///
  /// A segment without a target has an empty one at the end of its source. What is not to be
  /// translated and has no translation is left out.
  var pairs: [Pair] {
    segments.flatMap(pairs).filter { pair in
      let isDone = !(pair.target?.isBlank ?? true)
      return isDone || isTranslated && !(pair.source?.isBlank ?? true)
    }
  }

  private func pairs(_ sides: Sides) -> [Pair] {
    let source = sides.segmentedSource ?? sides.source
    let isDraft = isDraft || sides.isDraft
    if let marked = source?.segments, !marked.isEmpty, !(sides.target?.isUnmarked ?? false) {
      return marked.pairs(with: sides.target).map {
        ($0.source, $0.target, isDraft || self.isDraft($0.identifier))
      }
    }
    guard let source = source?.whole else {
      return sides.target.map { [(nil, $0.whole, isDraft)] } ?? []
    }
    return [(source, sides.target?.whole ?? PlacedText(at: source.end), isDraft)]
  }
}

/// The text between two marks of a segment.
struct MarkedSegment {
  var identifier: String
  var text: PlacedText
}

extension [MarkedSegment] {
  /// Joins the segments of a source with those of its target that bear the same number.
  fileprivate func pairs(
    with target: XLIFFSide?
  ) -> [(source: PlacedText?, target: PlacedText?, identifier: String)] {
    var translations: [String: PlacedText] = [:]
    var order: [String] = []
    for segment in target?.segments ?? [] where translations[segment.identifier] == nil {
      translations[segment.identifier] = segment.text
      order.append(segment.identifier)
    }
    var pairs: [(source: PlacedText?, target: PlacedText?, identifier: String)] = []
    for segment in self {
      let translation = translations.removeValue(forKey: segment.identifier)
      let place = target?.whole.place ?? segment.text.end
      pairs.append((segment.text, translation ?? PlacedText(at: place), segment.identifier))
    }
    for identifier in order {
      if let text = translations[identifier] { pairs.append((nil, text, identifier)) }
    }
    return pairs
  }
}
