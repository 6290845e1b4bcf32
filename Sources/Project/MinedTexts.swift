internal import Alignment
internal import Bitext
internal import Checking
internal import Segmentation

/// The beads of pairs in the same two languages, the source to the left.
struct MinedTexts: Sendable {
  let source: LanguageTag
  let target: LanguageTag
  private var pairs: [ParallelText] = []
  /// The numbers of the pair and of the bead.
  private var places: [(pair: UInt32, bead: UInt32)] = []

  /// How many beads have two sides and are not doubtful.
  var count: Int { places.count }

  /// The beads of some pairs, by languages, in the order in which these first come.
  static func grouped(_ pairs: [RenderingMining.Pair]) -> [MinedTexts] {
    var groups: [MinedTexts] = []
    for pair in pairs {
      let text = pair.isDirected ? pair.text : pair.text.fromChinese
      let (source, target) = (text.source.language, text.target.language)
      let known = groups.firstIndex {
        LanguageMatching.match($0.source, source) && LanguageMatching.match($0.target, target)
      }
      let index = known ?? groups.count
      if known == nil { groups.append(MinedTexts(source: source, target: target)) }
      groups[index].append(text)
    }
    return groups
  }

  private init(source: LanguageTag, target: LanguageTag) {
    self.source = source
    self.target = target
  }

  private mutating func append(_ pair: ParallelText) {
    for (index, bead) in pair.beads.enumerated()
    where !bead.source.isEmpty && !bead.target.isEmpty && !bead.isDoubtful {
      places.append((UInt32(pairs.count), UInt32(index)))
    }
    pairs.append(pair)
  }

  /// The text of a bead.
  subscript(number: Int) -> TranslatedText {
    let (pair, bead) = self.bead(number)
    return TranslatedText(
      source: pair.source.prose.text(pair.source.stretch(bead.source)),
      target: pair.target.prose.text(pair.target.stretch(bead.target)),
      evidence: TermCandidate.Evidence(
        file: pair.source.file, bead: Int(places[number].bead)))
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
      context: pair.targetText(bead))
  }

  /// Whether a stretch of a bead's source or target is code or an address.
  func isLiteral(_ number: Int, source: Range<Int>? = nil, target: Range<Int>? = nil) -> Bool {
    let (pair, bead) = self.bead(number)
    if let source, pair.source.isLiteral(source, in: bead.source) { return true }
    return target.map { pair.target.isLiteral($0, in: bead.target) } ?? false
  }

  private func bead(_ number: Int) -> (ParallelText, Bead) {
    let place = places[number]
    let pair = pairs[Int(place.pair)]
    return (pair, pair.beads[Int(place.bead)])
  }
}

extension SegmentedText {
  /// The bytes of the prose from the first to the last of neighbouring segments.
  fileprivate func stretch(_ segments: Range<Int>) -> Range<Int> {
    self.segments[segments.lowerBound].range
      .lowerBound..<self.segments[segments.upperBound - 1].range.upperBound
  }

  private func shifted(_ range: Range<Int>, _ segments: Range<Int>) -> Range<Int> {
    let start = stretch(segments).lowerBound
    return start + range.lowerBound..<start + range.upperBound
  }

  fileprivate func evidence(_ range: Range<Int>, in segments: Range<Int>) -> Diagnostic.Evidence {
    let bytes = shifted(range, segments)
    return Diagnostic.Evidence(
      location: Location(file: file, range: prose.positions.source(bytes)), text: prose.text(bytes))
  }

  fileprivate func isLiteral(_ range: Range<Int>, in segments: Range<Int>) -> Bool {
    let bytes = shifted(range, segments)
    var low = 0
    var high = prose.literals.count
    while low < high {
      let middle = (low + high) / 2
      if prose.literals[middle].upperBound <= bytes.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < prose.literals.count && prose.literals[low].lowerBound < bytes.upperBound
  }
}

extension ParallelText {
  /// The pair with its Chinese side as the source, if the target alone is Chinese.
  fileprivate var fromChinese: ParallelText {
    guard target.language.isChinese, !source.language.isChinese else { return self }
    return ParallelText(
      source: target, target: source,
      beads: beads.map {
        Bead(source: $0.target, target: $0.source, score: $0.score, isMoved: $0.isMoved)
      }, isAligned: isAligned)
  }
}
