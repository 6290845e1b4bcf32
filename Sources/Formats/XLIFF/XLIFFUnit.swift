internal import Bitext

/// A `trans-unit` of XLIFF 1.2 or a `unit` of XLIFF 2, as far as it was read.
struct XLIFFUnit {
  let identifier: String?
  /// Whether the unit is to be translated.
  let isTranslated: Bool
  var name: XLIFFUnitName
  private var segments: [Sides] = []
  /// What the unit says of its translation.
  private let state: State
  /// What Trados says of its segments, by their numbers.
  private var confirmations: [String: State] = [:]

  /// What a file says of a translation.
  struct State {
    /// Whether it is not done.
    var isDraft = false
    /// By types of ``UnitDetails/PropertyType``.
    var properties: [(type: String, text: String)] = []
  }

  /// Two texts that translate each other, and what the file says of the translation.
  struct Pair {
    var source: PlacedText?
    var target: PlacedText?
    var isDraft: Bool
    var properties: [(type: String, text: String)]

    fileprivate init(_ source: PlacedText?, _ target: PlacedText?, _ states: [State?]) {
      (self.source, self.target) = (source, target)
      isDraft = states.contains { $0?.isDraft ?? false }
      properties = states.flatMap { $0?.properties ?? [] }
    }
  }

  private struct Sides {
    var state = State()
    var source: XLIFFSide?
    var segmentedSource: XLIFFSide?
    var target: XLIFFSide?
  }

  /// - Parameters:
  ///   - attributes: the unit's.
  ///   - original: the document that its file is of.
  ///   - isTranslated: whether it is to be translated.
  ///   - isSegmented: whether its texts stand in `segment` elements, as in XLIFF 2.
  init(_ attributes: XMLAttributes, original: String?, isTranslated: Bool, isSegmented: Bool) {
    identifier = attributes["id"]
    self.isTranslated = isTranslated
    name = XLIFFUnitName(attributes, original: original)
    state = State(attributes)
    if !isSegmented { segments = [Sides()] }
  }

  mutating func beginSegment(_ attributes: XMLAttributes) {
    segments.append(Sides(state: State(attributes)))
  }

  /// Takes what a target says of itself.
  mutating func takeState(_ attributes: XMLAttributes) {
    guard !segments.isEmpty else { return }
    let (last, state) = (segments.count - 1, State(attributes))
    segments[last].state.isDraft = segments[last].state.isDraft || state.isDraft
    segments[last].state.properties += state.properties
  }

  /// Takes what Trados says of a segment; no confirmation means that it is not translated.
  mutating func confirm(_ identifier: String, _ attributes: XMLAttributes) {
    let confirmation = attributes["conf"] ?? ""
    var state = State(isDraft: !Self.confirmed.contains(confirmation))
    let properties = [
      (UnitDetails.PropertyType.status, confirmation),
      (UnitDetails.PropertyType.origin, attributes["origin"] ?? ""),
    ]
    for (type, text) in properties where !text.isEmpty { state.properties.append((type, text)) }
    confirmations[identifier] = state
  }

  private static let confirmed: Set<String> = [
    "Translated", "ApprovedTranslation", "ApprovedSignOff",
  ]

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
    let states = [state, sides.state]
    if let marked = source?.segments, !marked.isEmpty, !(sides.target?.isUnmarked ?? false) {
      return marked.pairs(with: sides.target).map {
        Pair($0.source, $0.target, states + [confirmations[$0.identifier]])
      }
    }
    guard let source = source?.whole else {
      return sides.target.map { [Pair(nil, $0.whole, states)] } ?? []
    }
    return [Pair(source, sides.target?.whole ?? PlacedText(at: source.end), states)]
  }
}

extension XLIFFUnit.State {
  fileprivate init(_ attributes: XMLAttributes) {
    self.init(isDraft: attributes.isDraft, properties: attributes.stateProperties)
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
