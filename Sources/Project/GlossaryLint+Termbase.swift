internal import Bitext

// What the concepts say beside each other.
extension GlossaryLint {
  mutating func checkTermbase() {
    var twins: [Key: [Int]] = [:]
    twins.reserveCapacity(entries.count)
    for index in entries.indices where !entries[index].tokens.isEmpty {
      let entry = entries[index]
      twins[Key(tongue: entry.tongue, hash: entry.tokens.rollingHash), default: []]
        .append(index)
    }
    checkSources(twins)
    checkForbidden(twins)
    checkNesting(twins)
  }

  /// Concepts with the same source term. One comparison a term: with the first concept of the same
  /// domain, else the first of all.
  private mutating func checkSources(_ twins: [Key: [Int]]) {
    var first: [Key: Int] = [:]
    var firstOfDomain: [Key: [String: Int]] = [:]
    for index in entries.indices {
      let entry = entries[index]
      guard isSource(entry), twins[key(of: entry)].map({ $0.count > 1 }) == true else { continue }
      let key = key(of: entry)
      let other = firstOfDomain[key]?[domain(index)] ?? first[key]
      if first[key] == nil { first[key] = index }
      if firstOfDomain[key]?[domain(index)] == nil {
        firstOfDomain[key, default: [:]][domain(index)] = index
      }
      if let other, entries[other].concept != entry.concept { compare(index, other) }
    }
  }

  private mutating func compare(_ index: Int, _ other: Int) {
    let (own, theirs) = (targets(of: index), targets(of: other))
    guard let first = own.first, let otherFirst = theirs.first else { return }
    let isSameDomain = domain(index) == domain(other)
    let name = concepts[entries[other].concept].id
    let text = entries[index].text
    if let shared = own.first(where: { target in
      theirs.contains { key(of: entries[$0]) == key(of: entries[target]) }
    }) {
      report(
        .duplicateConcept, severity: isSameDomain ? .warning : .info,
        "“\(text)” is “\(entries[shared].text)” in concept \(name) too", index, related: [other])
    } else if isSameDomain {
      report(
        .conflictingTargets,
        "“\(text)” is “\(entries[first].text)” here and “\(entries[otherFirst].text)” in concept "
          + "\(name): either counts as right", index, related: [other])
    }
  }

  private func isSource(_ entry: Entry) -> Bool {
    entry.status.isAccepted && !entry.tokens.isEmpty
      && entry.language == concepts[entry.concept].languages.first
  }

  private func domain(_ index: Int) -> String { concepts[entries[index].concept].domain }

  func key(of entry: Entry) -> Key {
    Key(tongue: entry.tongue, hash: entry.tokens.rollingHash)
  }

  /// The accepted terms of an entry's concept in other languages.
  private func targets(of index: Int) -> [Int] {
    concepts[entries[index].concept].entries.filter {
      entries[$0].status.isAccepted && entries[$0].language != entries[index].language
        && !entries[$0].tokens.isEmpty
    }
  }

  private mutating func checkForbidden(_ twins: [Key: [Int]]) {
    for index in entries.indices {
      let entry = entries[index]
      guard entry.status == .forbidden || entry.status == .deprecated, !entry.tokens.isEmpty,
        let other = twins[key(of: entry)]?.first(where: {
          entries[$0].status.isAccepted && entries[$0].text == entry.text
            && entries[$0].concept != entry.concept
        })
      else { continue }
      let isSameDomain = domain(index) == domain(other)
      report(
        .forbiddenConflict, severity: isSameDomain ? nil : .info,
        "“\(entry.text)” is \(entry.status.rawValue) here and \(entries[other].status.rawValue) in "
          + "concept \(concepts[entries[other].concept].id): it will never be reported", index,
        related: [other])
    }
  }

  /// What has more tokens is no term but a text, in which any term may stand.
  private static let longestTerm = 64
  /// So many longer terms are named.
  fileprivate static let named = 3

  /// Terms inside others: one finding for each that is.
  private mutating func checkNesting(_ twins: [Key: [Int]]) {
    var beginnings: Set<Key> = []
    for entry in entries {
      var hash = [UInt64].seed
      for token in entry.tokens.dropLast() {
        hash = [UInt64].extend(hash, token)
        beginnings.insert(Key(tongue: entry.tongue, hash: hash))
      }
    }
    var around: [Int: Surroundings] = [:]
    for index in entries.indices {
      for inner in termsInside(index, twins, beginnings) {
        around[inner, default: Surroundings()].add(index, of: entries[index].concept)
      }
    }
    for (inner, outer) in around.sorted(by: { $0.key < $1.key }) {
      guard let first = outer.first.first else { continue }
      let others = outer.count > 1 ? " and \(outer.count - 1) more" : ""
      report(
        .nestedTerm,
        "“\(entries[inner].text)” stands inside “\(entries[first].text)”\(others): there the longer "
          + "term counts alone", inner, related: outer.first)
    }
  }

  /// The longer terms around one: a common word has tens of thousands.
  private struct Surroundings {
    /// Some of them.
    private(set) var first: [Int] = []
    private(set) var count = 0
    private var concept: Int?

    mutating func add(_ entry: Int, of concept: Int) {
      // A concept counts once, whichever of its terms it is.
      guard concept != self.concept else { return }
      self.concept = concept
      count += 1
      if first.count < GlossaryLint.named { first.append(entry) }
    }
  }

  /// The terms of other concepts that stand inside a term, the first of each key.
  private func termsInside(
    _ index: Int, _ twins: [Key: [Int]], _ beginnings: Set<Key>
  ) -> [Int] {
    guard 2...Self.longestTerm ~= entries[index].tokens.count, entries[index].status != .proposed
    else { return [] }
    let entry = entries[index]
    var found: [Int] = []
    for start in entry.tokens.indices {
      var key = Key(tongue: entry.tongue, hash: [UInt64].seed)
      for end in start..<entry.tokens.count {
        key.hash = [UInt64].extend(key.hash, entry.tokens[end])
        let isWhole = start == 0 && end == entry.tokens.count - 1
        if !isWhole, let inner = twins[key]?.first(where: { entries[$0].status.isAccepted }),
          entries[inner].concept != entry.concept, !found.contains(inner)
        {
          found.append(inner)
        }
        if !beginnings.contains(key) { break }
      }
    }
    return found
  }
}

extension [UInt64] {
  fileprivate static var seed: UInt64 { 0x9E37_79B9_7F4A_7C15 }

  /// The hash of a list from that of the list before its last member.
  fileprivate static func extend(_ hash: UInt64, _ member: UInt64) -> UInt64 {
    let mixed = (hash ^ member) &* 0x9FB2_1C65_1E98_DF25
    return mixed ^ (mixed >> 29)
  }

  fileprivate var rollingHash: UInt64 { reduce(Self.seed, Self.extend) }
}
