internal import Bitext
internal import Segmentation

// MARK: Names by sound

extension Cues {
  /// Ideographs of a name that is written as it sounds.
  private static let hanOfName = 2...4
  /// Letters below which a match is an accident: Li Yi.
  private static let fewestLetters = 5

  /// 陈清扬 beside "Chen Qingyang": the readings of the ideographs, one after the other, are the
  /// letters of words with capitals.
  func namesBySound() -> [GivenPair] {
    guard let han = hanSide else { return [] }
    let names = latinNames(on: han == .source ? .target : .source)
    guard !names.isEmpty else { return [] }
    var found: [GivenPair] = []
    forEachReading(on: han) { words, letters in
      guard let name = names[letters] else { return }
      let (own, other) = (
        Place(side: han, words: words),
        Place(side: han == .source ? .target : .source, words: name)
      )
      found.append(
        han == .source
          ? GivenPair(source: own, target: other, kind: .sound)
          : GivenPair(source: other, target: own, kind: .sound))
    }
    // Of Hu Huaibang the given name alone is no name of its own.
    return found.filter { pair in
      !found.contains {
        $0.source.words != pair.source.words && $0.source.words.contains(pair.source.words)
          && $0.target.words.contains(pair.target.words)
      }
    }
  }

  private var hanSide: Side? {
    func isHan(_ side: Side) -> Bool { words(side).contains { $0.traits.contains(.han) } }
    func hasNames(_ side: Side) -> Bool { words(side).contains { $0.traits.contains(.capital) } }
    if isHan(.source), hasNames(.target) { return .source }
    return isHan(.target) && hasNames(.source) ? .target : nil
  }

  /// The runs of words with capitals by their letters.
  private func latinNames(on side: Side) -> [[UInt8]: Range<Int>] {
    let (words, bytes) = (words(side), bytes(side))
    var names: [[UInt8]: Range<Int>] = [:]
    for first in words.indices
    where words[first].traits.isSuperset(of: .capital)
      && words[first].traits.isDisjoint(with: [.function, .breaks])
    {
      var letters: [UInt8] = []
      for index in first..<min(words.count, first + 4) {
        let word = words[index]
        guard word.traits.contains(.capital) || word.traits.contains(.hyphen) || index > first
        else {
          break
        }
        // The second half of a hyphenated given name has no capital: Lee Hsien-loong.
        if word.traits.contains(.hyphen) { continue }
        guard word.traits.isDisjoint(with: [.han, .mark, .number]),
          word.traits.contains(.capital) || words[index - 1].traits.contains(.hyphen)
        else { break }
        letters += bytes[Int(word.start)..<Int(word.termEnd)].map { $0 | 0x20 }
        let isWhole = index + 1 == words.count || !words[index + 1].traits.contains(.hyphen)
        if isWhole, letters.count >= Self.fewestLetters, names[letters] == nil {
          names[letters] = first..<index + 1
        }
      }
    }
    return names
  }

  /// Calls `body` with each run of whole words of two to four ideographs and its reading.
  private func forEachReading(on side: Side, _ body: (Range<Int>, [UInt8]) -> Void) {
    let (words, bytes) = (words(side), bytes(side))
    for first in words.indices where words[first].traits.contains(.han) {
      var letters: [UInt8] = []
      var count = 0
      for index in first..<words.count where words[index].traits.contains(.han) {
        let word = words[index]
        for scalar in bytes[Int(word.start)..<Int(word.end)].span.scalars() {
          letters += Pinyin.letters(of: scalar) ?? []
          count += 1
        }
        guard count <= Self.hanOfName.upperBound else { break }
        if Self.hanOfName.contains(count) { body(first..<index + 1, letters) }
        guard index + 1 < words.count, words[index + 1].traits.contains(.han) else { break }
      }
    }
  }

  private func words(_ side: Side) -> [PhraseText.Word] {
    side == .source ? source.words : target.words
  }

  private func bytes(_ side: Side) -> [UInt8] { side == .source ? source.utf8 : target.utf8 }
}
