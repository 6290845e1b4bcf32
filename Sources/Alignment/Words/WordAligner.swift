internal import Bitext
package import Segmentation

/// That two words of a pair of texts translate each other.
public struct WordLink: Sendable, Hashable {
  /// The number of the source word in its text, from 0.
  public var source: UInt32
  /// The number of the target word.
  public var target: UInt32
  /// How sure the aligner is, as a share 0…1.
  public var share: Float
}

package struct WordLab {
  package static func run(_ corpus: WordCorpus, texts: Int, settings: WordModelSettings, lexicons: [Lexicon]) -> [[WordLink]] {
    let clock = ContinuousClock()
    var t0 = clock.now
    func lap(_ name: String) { let t = clock.now; log(name + " \(t - t0)"); t0 = t }
    let model = WordModel(corpus, texts: (0..<UInt32(corpus.count)).map { $0 }, settings: settings) {
      lap("pairs \($0.count) cells \($0.cells.count)")
      let p = WordPriors.prior($0, corpus, lexicons, settings)
      lap("priors")
      return p
    }
    let jumps = model.learn()
    lap("learn")
    let links = decode(model, jumps, corpus, texts, settings)
    lap("decode")
    return links
  }
  nonisolated(unsafe) package static var log: (String) -> Void = { _ in }

  static func decode(_ model: WordModel, _ jumps: (JumpModel, JumpModel), _ corpus: WordCorpus, _ texts: Int, _ settings: WordModelSettings) -> [[WordLink]] {
    var chainA = HiddenMarkovChain(jumps.0), chainB = HiddenMarkovChain(jumps.1)
    var result: [[WordLink]] = []
    for index in 0..<texts {
      let (rows, columns) = (corpus.source.tokens(of: index), corpus.target.tokens(of: index))
      let (h, w) = (rows.count, columns.count)
      let first = model.pairs.cellStarts[index]
      chainA.reserve(states: h, words: w); chainB.reserve(states: w, words: h)
      for i in 0..<h {
        for j in 0..<w {
          let pair = Int(model.pairs.cells[first + i * w + j])
          chainA.emissions[j * h + i] = model.forward[pair]
          chainB.emissions[i * w + j] = model.backward[pair]
        }
        chainB.nulls[i] = model.sourceNull[Int(corpus.source.types[rows.lowerBound + i])]
      }
      for j in 0..<w { chainA.nulls[j] = model.targetNull[Int(corpus.target.types[columns.lowerBound + j])] }
      chainA.run(states: h, words: w, countsJumps: false)
      chainB.run(states: w, words: h, countsJumps: false)
      var links: [WordLink] = []
      if settings.mode == 0 {
        for i in 0..<h { for j in 0..<w {
          let s = (chainA.shares[j * h + i] * chainB.shares[i * w + j]).squareRoot()
          if s >= settings.threshold { links.append(WordLink(source: UInt32(i), target: UInt32(j), share: s)) }
        } }
      } else if settings.mode == 1 {
        for i in 0..<h { for j in 0..<w {
          let s = (chainA.shares[j * h + i] + chainB.shares[i * w + j]) / 2
          if s >= settings.threshold { links.append(WordLink(source: UInt32(i), target: UInt32(j), share: s)) }
        } }
      } else {
        // grow-diag of posterior decoding
        var a = Set<Int>(), b = Set<Int>()
        for j in 0..<w {
          let best = (0..<h).max { chainA.shares[j * h + $0] < chainA.shares[j * h + $1] } ?? 0
          if chainA.shares[j * h + best] > settings.threshold { a.insert(best * w + j) }
        }
        for i in 0..<h {
          let best = (0..<w).max { chainB.shares[i * w + $0] < chainB.shares[i * w + $1] } ?? 0
          if chainB.shares[i * w + best] > settings.threshold { b.insert(i * w + best) }
        }
        var set = a.intersection(b); let union = a.union(b)
        var src = Set(set.map { $0 / w }), tgt = Set(set.map { $0 % w })
        var added = true
        while added {
          added = false
          for cell in union.sorted() where !set.contains(cell) {
            let (i, j) = (cell / w, cell % w)
            guard !src.contains(i) || !tgt.contains(j) else { continue }
            var near = false
            for di in -1...1 { for dj in -1...1 where (di, dj) != (0, 0) {
              let (x, y) = (i + di, j + dj)
              if x >= 0, x < h, y >= 0, y < w, set.contains(x * w + y) { near = true }
            } }
            if near { set.insert(cell); src.insert(i); tgt.insert(j); added = true }
          }
        }
        links = set.sorted().map { WordLink(source: UInt32($0 / w), target: UInt32($0 % w), share: 1) }
      }
      result.append(links)
    }
    return result
  }
}
