internal import Bitext
internal import Segmentation

/// What is known about pairs of types before any text is read: words that are written alike,
/// numbers of one value, marks of one kind, and what lexicons say.
struct WordPriors: Sendable {
  private let source: WordVocabulary
  private let target: WordVocabulary
  private let sourceIndex: EvidenceIndex
  private let targetIndex: EvidenceIndex
  /// Lexicons whose keys are words of the source, and those whose keys are words of the target.
  private let forward: [Lexicon]
  private let backward: [Lexicon]
  private let lexicons: [Lexicon]

  init(_ corpus: WordCorpus, lexicons: [Lexicon]) {
    self.lexicons = lexicons
    source = corpus.source.vocabulary
    target = corpus.target.vocabulary
    sourceIndex = EvidenceIndex(source)
    targetIndex = EvidenceIndex(target)
    func fit(_ left: LanguageTag, _ right: LanguageTag) -> [Lexicon] {
      lexicons.filter {
        LanguageMatching.sameLanguage($0.languages.left, left)
          && LanguageMatching.sameLanguage($0.languages.right, right)
      }
    }
    forward = fit(corpus.sourceLanguage, corpus.targetLanguage)
    backward = fit(corpus.targetLanguage, corpus.sourceLanguage)
  }

  /// For types too that the corpus has got since.
  func grown(to corpus: WordCorpus) -> WordPriors {
    let isSame =
      source.count == corpus.source.vocabulary.count
      && target.count == corpus.target.vocabulary.count
    return isSame ? self : WordPriors(corpus, lexicons: lexicons)
  }

  /// For each pair how much is known of it, 0…1.
  func weights(of pairs: TypePairs) -> FixedBuffer<Float> {
    let result = FixedBuffer<Float>(repeating: 0, count: pairs.count)
    let reversed = reversedLinks(pairs)
    concurrently(overRangesOf: pairs.rowCount) { rows in
      var scratch = SparseRow(count: target.count)
      for row in rows where !pairs.pairs(ofRow: row).isEmpty {
        for evidence in sourceIndex.evidence(of: row) { look(evidence, targetIndex, &scratch) }
        translate(source.spelling(of: row), forward, targetIndex, &scratch)
        for link in reversed.links(of: row) { scratch.raise(link.type, to: link.weight) }
        for pair in pairs.pairs(ofRow: row) { result[pair] = scratch[pairs.targets[pair]] }
        scratch.clear()
      }
    }
    return result
  }

  private func look(_ evidence: EvidenceIndex.Entry, _ index: EvidenceIndex, _ row: inout SparseRow)
  {
    for entry in index.entries(evidence.hash) {
      row.raise(entry.type, to: min(evidence.weight, entry.weight))
    }
  }

  /// What lexicons say about a word: its own translations, or those of its parts.
  private func translate(
    _ spelling: ArraySlice<UInt8>, _ lexicons: [Lexicon], _ index: EvidenceIndex,
    _ row: inout SparseRow
  ) {
    guard !lexicons.isEmpty else { return }
    let bytes = Array(spelling)
    let tokens = KeyTokenizer().tokens(of: bytes.span)
    for lexicon in lexicons {
      var place = 0
      while place < tokens.count {
        guard let match = lexicon.longestMatch(tokens.span, at: place) else {
          place += 1
          continue
        }
        let share = Float(match.length) / Float(tokens.count)
        for translation in match.translations {
          for entry in index.entries(translation.hash) {
            row.raise(entry.type, to: translation.weight * share * entry.weight)
          }
        }
        place += match.length
      }
    }
  }

  /// What lexicons from the target's language say, by source types.
  private func reversedLinks(_ pairs: TypePairs) -> ReversedLinks {
    guard !backward.isEmpty else { return ReversedLinks([]) }
    let parts = PartialResults<[ReversedLinks.Link]>(count: rangeCount)
    concurrently(rangeCount) { part in
      var links: [ReversedLinks.Link] = []
      var scratch = SparseRow(count: source.count)
      for type in target.count * part / rangeCount..<target.count * (part + 1) / rangeCount {
        translate(target.spelling(of: type), backward, sourceIndex, &scratch)
        for row in scratch.touched {
          links.append(
            ReversedLinks.Link(row: row, type: UInt32(type), weight: scratch[row]))
        }
        scratch.clear()
      }
      parts[part] = links
    }
    return ReversedLinks((0..<rangeCount).flatMap { parts[$0] ?? [] })
  }
}

/// Weights of a few types among many.
struct SparseRow {
  private var weights: [Float]
  private(set) var touched: [UInt32] = []

  init(count: Int) { weights = [Float](repeating: 0, count: count) }

  subscript(type: UInt32) -> Float { weights[Int(type)] }

  mutating func raise(_ type: UInt32, to weight: Float) {
    guard weight > weights[Int(type)] else { return }
    if weights[Int(type)] == 0 { touched.append(type) }
    weights[Int(type)] = weight
  }

  mutating func add(_ type: UInt32, _ weight: Float) {
    guard weight > 0 else { return }
    if weights[Int(type)] == 0 { touched.append(type) }
    weights[Int(type)] += weight
  }

  mutating func clear() {
    for type in touched { weights[Int(type)] = 0 }
    touched.removeAll(keepingCapacity: true)
  }
}

/// Links that were found from the target's side, by source types.
private struct ReversedLinks: Sendable {
  struct Link: Sendable {
    var row: UInt32
    var type: UInt32
    var weight: Float
  }

  private let links: [Link]

  init(_ links: [Link]) { self.links = links.sorted { ($0.row, $0.type) < ($1.row, $1.type) } }

  func links(of row: Int) -> ArraySlice<Link> {
    let first = links.partitioningIndex { $0.row >= row }
    return links[first...].prefix { $0.row == row }
  }
}

extension Array {
  /// The first index whose element belongs to the second part, by bisection.
  func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
