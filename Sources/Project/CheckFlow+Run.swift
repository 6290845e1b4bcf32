internal import Bitext
internal import Checking
internal import Formats

extension CheckFlow {
  /// Checks all items, on all cores; the result does not depend on how many there are.
  public func run(_ items: [CheckItem]) -> Result {
    var total = Result()
    for unmatchable in checker.unmatchable {
      total.warnings.append(
        Warning(
          "the term “\(unmatchable.term.text)” of concept \(unmatchable.concept) holds neither "
            + "letters nor digits and can never be found"))
    }
    for name in warnOnly.unknown {
      total.warnings.append(
        Warning("“\(name)” is to warn only, and no concept has that id or term"))
    }
    let work = OrderedWork(threads: Processors.count)
    var cache = CheckCache(
      project: ContentHash(of: Files.currentDirectory.utf8), isOn: usesCache,
      environment: ProcessEnvironment.value)
    let keys = CheckKeys(
      usesCache ? contents(of: items, work) : [], items: items, fingerprint: fingerprint)
    let mined: ItemResult? = keys.ofAllPairs.flatMap { cache.value(for: $0) }
    let needsPairs = mining != nil && mined == nil
    // Renderings are mined from all pairs, also from those that have not changed.
    let known: [ItemResult?] = items.indices.map { index in
      needsPairs && items[index].hasTwoSides
        ? nil : keys[index].flatMap { cache.value(for: $0) }
    }
    let missing = items.indices.filter { known[$0] == nil }
    let aligner = self.aligner(for: items, missing, work)
    var held = ItemResult()
    var index = 0
    func take(_ result: ItemResult) {
      total.add(result)
      result.pairs.forEach { held.hold($0) }
      held.hasMorePairs = held.hasMorePairs || result.hasMorePairs
      index += 1
    }
    func takeKnown() {
      while index < items.count, let result = known[index] {
        if let key = keys[index] { cache.keepKnown(key) }
        take(result)
      }
    }
    takeKnown()
    work.run(count: missing.count) { place in
      let item = items[missing[place]]
      let result = check(item, aligner)
      // A file that changed under our hands must not be known by what it was.
      let isKept = keys[missing[place]] != nil && result.troubles.isEmpty
      return (result, isKept ? content(of: item) : nil)
    } deliver: { place, result in
      if let key = keys[missing[place], result.1] { cache.keep(result.0, for: key) }
      take(result.0)
      takeKnown()
    }
    if let mined, let key = keys.ofAllPairs {
      cache.keepKnown(key)
      total.add(mined)
    } else if let mining {
      let result = mine(held, mining, work)
      if let key = keys.ofAllPairs, total.troubles.isEmpty { cache.keep(result, for: key) }
      total.add(result)
    }
    cache.finish()
    let lines = total.lines
    // There may be many: no two lists of them are held.
    let found = total.diagnostics
    total.diagnostics = []
    total.diagnostics = checker.settle(found, total.facts) { lines.text(at: $0) }
    return total
  }

  /// Words are learnt from all pairs of a run, or from none where all of them are known.
  private func aligner(
    for items: [CheckItem], _ missing: [Int], _ work: OrderedWork
  ) -> PairAligner {
    guard missing.contains(where: { items[$0].documents != nil }) else { return aligner }
    return aligner.learning(from: items.compactMap(\.documents), with: work)
  }

  /// What the pairs of a run say together about terms that no glossary need know.
  private func mine(
    _ held: ItemResult, _ mining: RenderingMining, _ work: OrderedWork
  ) -> ItemResult {
    var result = ItemResult()
    if held.hasMorePairs {
      result.warnings.append(
        Warning(
          "inconsistent-rendering was looked for in the first \(RenderingMining.mostBytes >> 20) MB "
            + "of text alone"))
    }
    do throws(Trouble) {
      result.diagnostics = checker.check(try mining.mine(held.pairs, with: work))
    } catch {
      result.troubles.append(error)
    }
    return result
  }

  /// Hashes of the items' files; `nil` for an item that cannot be read twice or at all.
  private func contents(of items: [CheckItem], _ work: OrderedWork) -> [ContentHash?] {
    // Some hundred files a step: reading one is quicker than handing it over.
    let step = 256
    var hashes: [ContentHash?] = []
    work.run(count: (items.count + step - 1) / step) { part in
      items[part * step..<min(items.count, (part + 1) * step)].map { content(of: $0) }
    } deliver: { _, part in
      hashes += part
    }
    return hashes
  }

  private func content(of item: CheckItem) -> ContentHash? {
    var hash = ContentHash()
    for file in item.files {
      guard file != "-", let content = ContentHash(ofFile: file) else { return nil }
      hash.combine(file)
      hash.combine(content)
      for rule in RuleName.allCases {
        hash.combine(settings.severity(of: rule, in: file)?.rawValue ?? "")
      }
    }
    return hash
  }
}

extension CheckFlow.Result {
  fileprivate mutating func add(_ result: CheckFlow.ItemResult) {
    if diagnostics.isEmpty {
      diagnostics = result.diagnostics
    } else {
      diagnostics += result.diagnostics
    }
    lines.add(result.places)
    troubles += result.troubles
    warnings += result.warnings
    facts += result.facts
  }
}

/// What the items of a run are known by.
private struct CheckKeys: Sendable {
  private let contents: [ContentHash?]
  private let items: [CheckItem]
  private let fingerprint: ContentHash
  /// Of what is mined from all items that have two sides; `nil` when that is not to be kept.
  private(set) var ofAllPairs: ContentHash?
  /// Of all pairs: what is learnt from them has a say in each. One that cannot be read teaches
  /// nothing.
  private var pairs = ContentHash()

  init(_ contents: [ContentHash?], items: [CheckItem], fingerprint: ContentHash) {
    self.contents = contents
    self.items = items
    self.fingerprint = fingerprint
    for (item, content) in zip(items, contents) where item.documents != nil {
      if let content { pairs.combine(content) }
    }
    let twoSided = items.indices.filter { items[$0].hasTwoSides }
    let known = twoSided.compactMap { self[$0] }
    guard !contents.isEmpty, known.count == twoSided.count else { return }
    ofAllPairs = known.reduce(into: ContentHash(of: "renderings".utf8)) { $0.combine($1) }
  }

  /// The key of an item; `nil` when it is not to be kept.
  subscript(index: Int) -> ContentHash? {
    guard contents.indices.contains(index), let content = contents[index] else { return nil }
    var key = fingerprint
    key.combine("\(items[index])")
    key.combine(content)
    if items[index].documents != nil { key.combine(pairs) }
    return key
  }

  /// The key of an item whose content is still the same.
  subscript(index: Int, content: ContentHash?) -> ContentHash? {
    guard let content, contents.indices.contains(index), contents[index] == content else {
      return nil
    }
    return self[index]
  }
}
