internal import Bitext
internal import Segmentation

/// A text with its key tokens: a term, or one side of a bead.
struct KeyedText {
  /// UTF-8; the tokens' ranges are bytes of it.
  let utf8: [UInt8]
  let tokens: [KeyToken]
  /// The tokens that say something: neither marks nor words like "of" and 的, unless there is
  /// nothing else.
  let content: [Int]
  /// The hashes of the tokens that an opening bracket stands before.
  let bracketed: Set<UInt64>

  init(_ text: String) {
    let utf8 = Array(text.utf8)
    self.init(utf8, KeyTokenizer().tokens(of: utf8.span))
  }

  /// Neighbouring segments of a document; ranges are bytes of its prose.
  init(_ text: MatchedText, _ segments: Range<Int>) {
    var tokens: [KeyToken] = []
    for segment in segments {
      let start = UInt32(text.text.segments[segment].range.lowerBound)
      for var token in text.tokens(of: segment) {
        token.start += start
        token.end += start
        tokens.append(token)
      }
    }
    self.init(text.text.prose.utf8, tokens)
  }

  private init(_ utf8: [UInt8], _ tokens: [KeyToken]) {
    self.utf8 = utf8
    self.tokens = tokens
    let words = tokens.indices.filter { tokens[$0].kind != .punctuation }
    let content = words.filter { tokens[$0].saysSomething }
    self.content = content.isEmpty ? words : content
    var bracketed: Set<UInt64> = []
    for place in tokens.indices.dropFirst() where tokens[place - 1].opensBracket {
      bracketed.insert(tokens[place].hash)
    }
    self.bracketed = bracketed
  }

  /// Whether the text has an initialism in brackets, as after the full name when it is new, in the
  /// singular or the plural.
  func introduces(_ initialism: Initialism) -> Bool {
    zip(tokens.indices, tokens.indices.dropFirst()).contains { before, place in
      tokens[before].opensBracket && Initialism(tokens[place], bytes(place)) == initialism
    }
  }

  /// The bytes of a token.
  func bytes(_ token: Int) -> ArraySlice<UInt8> { utf8[tokens[token].range] }

  /// The text that neighbouring tokens cover.
  func text(_ range: Range<Int>) -> String {
    guard let first = tokens[range].first, let last = tokens[range].last else { return "" }
    return String(decoding: utf8[Int(first.start)..<Int(last.end)], as: UTF8.self)
  }

  /// The tokens that lie in a range of bytes.
  func tokens(in bytes: Range<Int>) -> Range<Int> {
    let start = tokens.firstIndex { Int($0.start) >= bytes.lowerBound } ?? tokens.count
    let end = tokens[start...].firstIndex { Int($0.start) >= bytes.upperBound } ?? tokens.count
    return start..<end
  }

  /// Where the tokens of another text stand in this one, first places first.
  func places(of other: [UInt64]) -> [Range<Int>] {
    guard let first = other.first, other.count <= tokens.count else { return [] }
    return (0...tokens.count - other.count).compactMap { start in
      guard tokens[start].hash == first else { return nil }
      let range = start..<start + other.count
      return range.indices.allSatisfy { tokens[$0].hash == other[$0 - start] } ? range : nil
    }
  }
}

extension KeyToken {
  /// Whether the token is neither a mark nor a word that only joins others.
  var saysSomething: Bool {
    kind != .punctuation && !FunctionWords.english.contains(hash)
      && !JoiningMarks.chineseParticles.contains(hash)
  }

  var opensBracket: Bool { hash == JoiningMarks.openingBracket }
  var closesBracket: Bool { hash == JoiningMarks.closingBracket }
  /// A comma, also the one between the parts of a list in Chinese.
  var isComma: Bool { hash == JoiningMarks.comma }
  /// "And" or "or".
  var isConjunction: Bool { JoiningMarks.conjunctions.contains(hash) }
  /// Whether what stands before the mark and what stands after it are two statements.
  var endsClause: Bool { kind == .punctuation && JoiningMarks.clauseEnds.contains(hash) }
}

/// The hashes of tokens that join or part others.
private enum JoiningMarks {
  /// Particles and conjunctions that come and go without changing a term: 投资及保险 and 投资与保险.
  static let chineseParticles = Set(KeyTokenizer().tokens(of: "的之与及和或等于在").map(\.hash))
  static let clauseEnds = Set(KeyTokenizer().tokens(of: ". ; : ! ?").map(\.hash))
  static let conjunctions = Set(KeyTokenizer().tokens(of: "and or").map(\.hash))
  static let comma = KeyTokenizer().tokens(of: ",").first?.hash
  static let openingBracket = KeyTokenizer().tokens(of: "(").first?.hash
  static let closingBracket = KeyTokenizer().tokens(of: ")").first?.hash
}
