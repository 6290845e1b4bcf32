internal import Bitext

/// A `trans-unit` of XLIFF 1.2 or a `unit` of XLIFF 2, as far as it was read.
struct XLIFFUnit {
  let identifier: String?
  /// Whether the unit is to be translated.
  let isTranslated: Bool
  private var segments: [Sides] = []

  private struct Sides {
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

  mutating func beginSegment() { segments.append(Sides()) }

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
  var pairs: [(source: PlacedText?, target: PlacedText?)] {
    segments.flatMap(pairs).filter { pair in
      let isDone = !(pair.target?.isBlank ?? true)
      return isDone || isTranslated && !(pair.source?.isBlank ?? true)
    }
  }

  private func pairs(
    _ sides: Sides
  ) -> [(source: PlacedText?, target: PlacedText?)] {
    let source = sides.segmentedSource ?? sides.source
    if let marked = source?.segments, !marked.isEmpty, !(sides.target?.isUnmarked ?? false) {
      return marked.pairs(with: sides.target)
    }
    guard let source = source?.whole else { return sides.target.map { [(nil, $0.whole)] } ?? [] }
    return [(source, sides.target?.whole ?? PlacedText(at: source.end))]
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
  ) -> [(source: PlacedText?, target: PlacedText?)] {
    var translations: [String: PlacedText] = [:]
    var order: [String] = []
    for segment in target?.segments ?? [] where translations[segment.identifier] == nil {
      translations[segment.identifier] = segment.text
      order.append(segment.identifier)
    }
    var pairs: [(source: PlacedText?, target: PlacedText?)] = []
    for segment in self {
      let translation = translations.removeValue(forKey: segment.identifier)
      let place = target?.whole.place ?? segment.text.end
      pairs.append((segment.text, translation ?? PlacedText(at: place)))
    }
    for identifier in order {
      if let text = translations[identifier] { pairs.append((nil, text)) }
    }
    return pairs
  }
}
