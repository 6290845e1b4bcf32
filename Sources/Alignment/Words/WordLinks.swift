/// That two words of a pair of texts translate each other.
public struct WordLink: Sendable, Hashable {
  /// The number of the source word in its text, from 0.
  public var source: UInt32
  /// The number of the target word in its text, from 0.
  public var target: UInt32
  /// How sure the aligner is, as a share 0…1: the mean of what the two directions say.
  public var share: Float

  public init(source: UInt32, target: UInt32, share: Float) {
    self.source = source
    self.target = target
    self.share = share
  }
}

/// The word links of several pairs of texts.
public struct WordLinks: Sendable {
  var links: [WordLink] = []
  var starts: [Int] = [0]

  /// How many pairs of texts there are.
  public var count: Int { starts.count - 1 }

  /// The links of a pair of texts, by source word and then by target word.
  public subscript(pair: Int) -> ArraySlice<WordLink> { links[starts[pair]..<starts[pair + 1]] }

  mutating func append(_ more: WordLinks) {
    let offset = links.count
    links += more.links
    for end in more.starts.dropFirst() { starts.append(offset + end) }
  }

  mutating func append(_ text: [WordLink]) {
    links += text
    starts.append(links.count)
  }
}

/// Which links are kept: the surer, the fewer.
public struct LinkThreshold: Sendable, Hashable {
  /// The least share of a link, 0…1.
  public var share: Float

  /// As many links as give the fewest errors of both kinds.
  public static let balanced = LinkThreshold(share: 0.45)
  /// Links that both directions hold for likely: few are wrong, and many are missing.
  public static let precise = LinkThreshold(share: 0.8)

  public init(share: Float) { self.share = share }
}
