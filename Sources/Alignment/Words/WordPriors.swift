internal import Bitext
internal import Segmentation

/// What is known about pairs of types before any text is read.
enum WordPriors {
  static func prior(_ pairs: WordPairs, _ corpus: WordCorpus, _ lexicons: [Lexicon], _ settings: WordModelSettings) -> FixedBuffer<Float> {
    let result = FixedBuffer<Float>(repeating: 0, count: pairs.count)
    let target = corpus.target.vocabulary
    let source = corpus.source.vocabulary
    var typesOfHash: [UInt64: [(UInt32, Float)]] = [:]
    for type in 0..<target.count {
      let units = target.units(of: type)
      for unit in units { typesOfHash[unit, default: []].append((UInt32(type), 1 / Float(units.count))) }
      for unit in evidence(target.spelling(of: type)) { typesOfHash[unit, default: []].append((UInt32(type), 1)) }
    }
    let known = typesOfHash
    inParts(of: pairs.rows) { part in
      var weights = [Float](repeating: 0, count: target.count)
      let tokenizer = KeyTokenizer()
      for row in part {
        var touched: [UInt32] = []
        func add(_ hash: UInt64, _ weight: Float) {
          for (type, share) in known[hash] ?? [] {
            weights[Int(type)] = max(weights[Int(type)], weight * share)
            touched.append(type)
          }
        }
        let units = source.units(of: row)
        for unit in units { add(unit, 1 / Float(units.count)) }
        for unit in evidence(source.spelling(of: row)) { add(unit, 1) }
        let tokens = tokenizer.tokens(of: Array(source.spelling(of: row)).span)
        for lexicon in lexicons {
          var index = 0
          while index < tokens.count {
            guard let match = lexicon.longestMatch(tokens.span, at: index) else { index += 1; continue }
            let share = Float(match.length) / Float(tokens.count)
            for t in match.translations { add(t.hash, t.weight * share) }
            index += match.length
          }
        }
        for pair in pairs.rowStarts[row]..<pairs.rowStarts[row + 1] {
          result[pair] = weights[Int(pairs.targets[pair])] * settings.lexiconStrength
        }
        for type in touched { weights[Int(type)] = 0 }
      }
    }
    return result
  }

  /// Hashes of what a word means in every language: the values of numbers, marks of punctuation.
  static func evidence(_ spelling: ArraySlice<UInt8>) -> [UInt64] {
    let bytes = Array(spelling)
    if let mark = marks[String(decoding: bytes, as: UTF8.self)] { return [mark] }
    var hashes: [UInt64] = []
    for number in NumberRecognizer().numbers(in: bytes.span) where number.range == 0..<bytes.count {
      hashes += number.alignmentHashes
    }
    return hashes
  }

  private static let marks: [String: UInt64] = {
    var table: [String: UInt64] = [:]
    for (index, group) in [". 。 ．", ", ， 、", "\" “ ” 「 」 『 』 « » „ `` '' ‘ ’ ' 《 》 〈 〉", "? ？", "! ！", ": ：", "; ；", "( （", ") ）", "— —— － - – --", "… …… ..."].enumerated() {
      for mark in group.split(separator: " ") { table[String(mark)] = UInt64(index + 1) &* 0x9FB2_1C65_1E98_DF25 }
    }
    return table
  }()
}
