internal import Segmentation

/// As much of an expected rendering as stands close together in a text.
struct PartialRendering {
  /// How many content tokens the rendering has, and how many of them stand there.
  private(set) var wanted = 0
  private(set) var found = 0
  /// The tokens of the text from the first that stands there to the last.
  private(set) var window = 0..<0
  /// Content tokens of the text between them that do not belong to the rendering.
  private(set) var inserted = 0
  /// Whether they stand in the rendering's order.
  private(set) var isOrdered = true
  /// Whether a word stands there in another form, "normal" for "normalisation".
  private(set) var hasRelatedWords = false

  /// Whether the words of an initialism stand there instead of it.
  private(set) var isSpeltOut = false

  /// The share of the rendering's content that stands there.
  var share: Double { wanted == 0 ? 0 : Double(found) / Double(wanted) }

  /// Whether the whole rendering stands there after all, though in another order or with something
  /// in between: "Chief Executive of the Authority", "the Authority's Chief Executive".
  ///
  /// Two foreign words in between are as much as readers bear, and none across a comma. In another
  /// order the parts stand side by side, joined by nothing but words like "of"; Chinese characters
  /// in another order are other words. A rendering of one word may be spelt out, but not stand there
  /// in another form.
  var isWhole: Bool {
    guard wanted > 0, found == wanted else { return false }
    guard wanted > 1 else { return !hasRelatedWords }
    let isClose = window.count <= wanted + 2
    return isOrdered
      ? inserted <= (hasComma ? 0 : 2) && (isClose || !hasRelatedWords)
      : !isChinese && inserted == 0 && !hasJoint && isClose
        && (window.count > wanted || !hasRelatedWords)
  }

  /// Whether it stands there so plainly that nothing need be said. With words in another form, two
  /// foreign words in between, or three and more in another order it may still be something else.
  var isPlainlyWhole: Bool {
    guard isWhole else { return false }
    if isChinese { return true }
    // Of a name that the termbase has as an initialism alone, the words may be another's.
    if isSpeltOut, wanted == 1 { return false }
    return !hasRelatedWords && (isOrdered ? inserted < 2 : wanted == 2 || hasJoiningWords)
  }

  /// Whether all characters of a Chinese rendering but one stand there, with no more than one other
  /// among them: 投资回报 for 投资回报率, 信贷风险 for 信用风险. That is rather a variant than a mistake.
  var isAlmostWhole: Bool {
    isChinese && wanted >= 4 && found == wanted - 1 && window.count <= wanted
  }

  private let isChinese: Bool
  /// Whether the rendering has words like "of" itself, and so another order to choose from.
  private let hasJoiningWords: Bool
  private var hasComma = false
  /// Whether a comma or "and" parts what stands there: it belongs to two things of a list.
  private var hasJoint = false

  /// A token of the text and the content tokens of the rendering that it may stand for.
  private struct Hit {
    var tokens: Range<Int>
    var stands: [Int]
    /// Whether it stands for all of them at once, as an initialism does.
    var standsForAll = false
    var isRelated = false
    /// Whether words stand there for an initialism of the rendering.
    var isSpeltOut = false

    func isFree(of taken: [Range<Int>]) -> Bool { !taken.contains { $0.overlaps(tokens) } }
  }

  /// Looks for a rendering.
  ///
  /// - Parameters:
  ///   - rendering: what is looked for.
  ///   - text: where.
  ///   - taken: tokens of the text that do not count, in order.
  init(of rendering: KeyedText, in text: KeyedText, without taken: [Range<Int>] = []) {
    self.init(rendering, text, Self.hits(rendering, text, without: taken))
  }

  /// Looks for a rendering among all tokens of a text, and without those that do not count.
  static func both(
    of rendering: KeyedText, in text: KeyedText, without taken: [Range<Int>]
  ) -> (all: PartialRendering, free: PartialRendering) {
    let hits = hits(rendering, text, without: [])
    let all = PartialRendering(rendering, text, hits)
    let free = hits.filter { $0.isFree(of: taken) }
    return (all, free.count == hits.count ? all : PartialRendering(rendering, text, free))
  }

  private init(_ rendering: KeyedText, _ text: KeyedText, _ hits: [Hit]) {
    wanted = rendering.content.count
    hasJoiningWords = rendering.tokens.contains { $0.kind == .word && !$0.saysSomething }
    isChinese = rendering.content.contains { rendering.tokens[$0].kind == .han }
    // What stands further apart than the rendering is long does not belong together.
    let span = rendering.tokens.count + 3
    for start in hits.indices { follow(hits[start...], within: span, text) }
  }

  private mutating func follow(_ hits: ArraySlice<Hit>, within span: Int, _ text: KeyedText) {
    guard let first = hits.first else { return }
    var used: Set<Int> = []
    var order: [Int] = []
    var covered = 0
    var related = false
    var speltOut = false
    var end = first.tokens.lowerBound
    for hit in hits {
      if hit.tokens.lowerBound - first.tokens.lowerBound >= span { break }
      let gap = min(end, hit.tokens.lowerBound)..<hit.tokens.lowerBound
      if gap.contains(where: { text.tokens[$0].endsClause }) { break }
      guard hit.tokens.lowerBound >= end, let free = hit.stands.first(where: { !used.contains($0) })
      else { continue }
      if hit.standsForAll { used.formUnion(hit.stands) } else { used.insert(free) }
      order.append(free)
      related = related || hit.isRelated
      speltOut = speltOut || hit.isSpeltOut
      covered += hit.tokens.count { text.tokens[$0].saysSomething }
      end = hit.tokens.upperBound
      let reach = first.tokens.lowerBound..<end
      guard used.count > found || used.count == found && reach.count < window.count else {
        continue
      }
      found = used.count
      window = reach
      inserted = reach.count { text.tokens[$0].saysSomething } - covered
      isOrdered = zip(order, order.dropFirst()).allSatisfy { $0 < $1 }
      hasRelatedWords = related
      isSpeltOut = speltOut
      hasComma = reach.contains { text.tokens[$0].isComma }
      hasJoint = hasComma || reach.contains { text.tokens[$0].isConjunction }
    }
  }

  private static func hits(
    _ rendering: KeyedText, _ text: KeyedText, without taken: [Range<Int>]
  ) -> [Hit] {
    let hits = hits(rendering, text)
    return taken.isEmpty ? hits : hits.filter { $0.isFree(of: taken) }
  }

  private static func hits(_ rendering: KeyedText, _ text: KeyedText) -> [Hit] {
    var places: [UInt64: [Int]] = [:]
    for (index, token) in rendering.content.enumerated() {
      places[rendering.tokens[token].hash, default: []].append(index)
    }
    let words = rendering.content.indices.filter {
      rendering.tokens[rendering.content[$0]].kind == .word
    }
    let firsts = words.map { rendering.firstLetter(rendering.content[$0]) }
    let initialisms = words.compactMap { index in
      let token = rendering.content[index]
      return Initialism(rendering.tokens[token], rendering.bytes(token)).map { (index, $0) }
    }
    var hits: [Hit] = []
    for place in text.tokens.indices {
      if let stands = places[text.tokens[place].hash] {
        hits.append(Hit(tokens: place..<place + 1, stands: stands))
        continue
      }
      guard text.tokens[place].kind == .word, !words.isEmpty else { continue }
      let related =
        firsts.contains(text.firstLetter(place))
        ? words.filter {
          rendering.bytes(rendering.content[$0]).isRelated(to: text.bytes(place))
        } : []
      if !related.isEmpty {
        hits.append(Hit(tokens: place..<place + 1, stands: related, isRelated: true))
      } else if let run = abbreviated(place, text, rendering) {
        hits.append(Hit(tokens: place..<place + 1, stands: run, standsForAll: true))
      }
      for (index, initialism) in initialisms {
        if let run = initialism.words(in: text, from: place) {
          hits.append(Hit(tokens: run, stands: [index], isSpeltOut: true))
        }
      }
    }
    return hits
  }

  /// The content tokens of the rendering that an initialism in the text spells. Where the text
  /// introduces it in brackets, the full name should stand before it.
  private static func abbreviated(
    _ place: Int, _ text: KeyedText, _ rendering: KeyedText
  ) -> [Int]? {
    // Two letters are those of many things: they count where the document introduces them.
    guard let initialism = Initialism(text.tokens[place], text.bytes(place)),
      initialism.letters.count > 2, !text.introduces(initialism)
    else { return nil }
    for start in rendering.content {
      guard let run = initialism.words(in: rendering, from: start) else { continue }
      return rendering.content.indices.filter { run.contains(rendering.content[$0]) }
    }
    return nil
  }
}

extension KeyedText {
  /// The first byte of a token, in lower case: words that grew from one have the same.
  fileprivate func firstLetter(_ token: Int) -> UInt8 { utf8[Int(tokens[token].start)] | 0x20 }
}

extension ArraySlice<UInt8> {
  /// Whether two words grew from one: "finance" and "financial". Seven tenths of the shorter word,
  /// and five letters unless it is the whole word: chosen to join those and to keep "market" from
  /// "mark".
  fileprivate func isRelated(to other: Self) -> Bool {
    let common = zip(self, other).prefix { $0 | 0x20 == $1 | 0x20 }.count
    let shorter = Swift.min(count, other.count)
    return common >= 4 && common * 10 >= shorter * 7 && (common >= 5 || common == shorter)
  }
}
