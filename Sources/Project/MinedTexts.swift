internal import Alignment
internal import Bitext
internal import Checking
internal import Segmentation

/// The beads of pairs in the same two languages, the source to the left.
struct MinedTexts: Sendable {
  let source: LanguageTag
  let target: LanguageTag
  private var pairs: [MinedPair] = []
  /// The numbers of the pair and of the bead.
  private var places: [(pair: UInt32, bead: UInt32)] = []

  /// How many beads have two sides and are not doubtful.
  var count: Int { places.count }

  /// The beads of some pairs, by languages, in the order in which these first come.
  static func grouped(_ pairs: [MinedPair]) -> [MinedTexts] {
    var groups: [MinedTexts] = []
    for pair in pairs {
      let (source, target) = (pair.source.language, pair.target.language)
      let known = groups.firstIndex {
        LanguageMatching.match($0.source, source) && LanguageMatching.match($0.target, target)
      }
      let index = known ?? groups.count
      if known == nil { groups.append(MinedTexts(source: source, target: target)) }
      groups[index].append(pair)
    }
    return groups
  }

  private init(source: LanguageTag, target: LanguageTag) {
    self.source = source
    self.target = target
  }

  private mutating func append(_ pair: MinedPair) {
    for index in pair.beads.indices { places.append((UInt32(pairs.count), UInt32(index))) }
    pairs.append(pair)
  }

  /// The text of a bead.
  subscript(number: Int) -> TranslatedText {
    let (pair, bead) = self.bead(number)
    return TranslatedText(
      source: pair.source.text(pair.source.stretch(bead.source)),
      target: pair.target.text(pair.target.stretch(bead.target)),
      evidence: TermCandidate.Evidence(file: pair.source.file, bead: Int(bead.number)))
  }

  /// Whether two beads with neighbouring numbers stand in one document.
  func areNeighbours(_ first: Int, _ second: Int) -> Bool {
    places.indices.contains(first) && places.indices.contains(second)
      && places[first].pair == places[second].pair
  }

  /// Where stretches of the two texts of a bead stand in their files.
  func place(_ number: Int, _ source: Range<Int>, _ target: Range<Int>) -> MinedTerm.Place {
    let (pair, bead) = self.bead(number)
    return MinedTerm.Place(
      source: pair.source.evidence(source, in: bead.source),
      target: pair.target.evidence(target, in: bead.target),
      context: pair.target.text(of: bead.target))
  }

  /// Whether a stretch of a bead's source or target is code or an address.
  func isLiteral(_ number: Int, source: Range<Int>? = nil, target: Range<Int>? = nil) -> Bool {
    let (pair, bead) = self.bead(number)
    if let source, pair.source.isLiteral(source, in: bead.source) { return true }
    return target.map { pair.target.isLiteral($0, in: bead.target) } ?? false
  }

  private func bead(_ number: Int) -> (MinedPair, MinedPair.Bead) {
    let place = places[number]
    let pair = pairs[Int(place.pair)]
    return (pair, pair.beads[Int(place.bead)])
  }
}
