public import Bitext
internal import Formats

/// The flow behind `align --batch`: many pairs of documents on all cores, a few at a time, their
/// results in the order of the list.
public struct BatchAlignment: Sendable {
  /// Where results go.
  public enum Destination: Sendable {
    /// Handed over one after the other.
    case caller
    /// A file for each pair below a folder; `ending` is that of files the list does not name.
    case folder(String, ending: String)
  }

  /// One pair, done.
  public struct Result: Sendable {
    /// The pair's number in the list, from 0.
    public var number: Int
    /// The languages of both sides.
    public var languages: (source: LanguageTag, target: LanguageTag)?
    /// What was rendered of the pair; empty where it went into a file.
    public var content: [UInt8] = []
    /// The pair's units for a memory, where they were asked for.
    public var units: [TranslationUnit] = []
    public var beadCount = 0
    /// Beads that are rather wrong than right: see ``Bead/isDoubtful``.
    public var doubtfulCount = 0
    public var warnings: [Warning] = []
    /// What kept the pair from being aligned.
    public var trouble: Trouble?
    /// Whether an earlier run had finished the pair.
    public var wasFinished = false
  }

  private let list: PairList
  private let aligner: PairAligner
  private let destination: Destination
  private let work: OrderedWork
  /// What results depend on beside documents and aligner.
  private let options: String
  private let makesUnits: Bool
  private let minimumScore: Double
  private let render: @Sendable (ParallelText, ListedPair, Int) throws -> [UInt8]

  /// - Parameters:
  ///   - list: the pairs.
  ///   - aligner: aligns them.
  ///   - destination: where the results go.
  ///   - threads: how many pairs are worked on at a time; `nil` stands for the number of cores. The
  ///     results do not depend on it.
  ///   - options: all that `render` depends on beside the pair: a result that was made with others
  ///     is made again.
  ///   - makesUnits: whether the results hold units for a memory.
  ///   - minimumScore: beads below it are neither counted nor made units.
  ///   - render: makes what is kept of a pair, given its number in the list.
  public init(
    _ list: PairList, aligner: PairAligner, destination: Destination, threads: Int? = nil,
    options: String, makesUnits: Bool, minimumScore: Double = 0,
    render: @escaping @Sendable (ParallelText, ListedPair, Int) throws -> [UInt8]
  ) {
    self.list = list
    self.aligner = aligner
    self.destination = destination
    work = OrderedWork(threads: threads ?? Processors.count)
    self.options = options
    self.makesUnits = makesUnits
    self.minimumScore = minimumScore
    self.render = render
  }

  /// Aligns all pairs.
  ///
  /// - Parameters:
  ///   - learnt: hears how many pairs words were learnt from so far, before the first is aligned.
  ///   - deliver: takes the result of each pair, in the order of the list.
  /// - Throws: what `deliver` throws, and `Trouble` when two pairs have one output, when an output
  ///   is a document of the list, and when a result cannot be written.
  public func run(
    learnt: (Int) -> Void = { _ in }, deliver: (Result) throws -> Void
  ) throws {
    switch destination {
    case .caller:
      let aligner = learning(learnt)
      try work.run(count: list.pairs.count) { number in
        Swift.Result { try aligned(number, by: aligner) }
      } deliver: {
        try deliver(try $1.get())
      }
    case .folder(let folder, let ending): try run(into: folder, ending, learnt, deliver)
    }
  }

  /// The aligner that has learnt words from all pairs.
  private func learning(_ learnt: (Int) -> Void) -> PairAligner {
    aligner.learning(
      from: list.pairs.map { ($0.source, $0.target) }, with: work, progress: learnt)
  }

  private func run(
    into folder: String, _ ending: String, _ learnt: (Int) -> Void,
    _ deliver: (Result) throws -> Void
  ) throws {
    let names = try outputNames(folder, ending)
    let results = try BatchFolder(folder)
    OutputFile.removeLeftovers(of: names.map { Files.join(folder, $0) })
    let inputs = try inputs()
    let isFinished = isFinished(results.finished, names, inputs)
    // Nothing to do needs nothing learnt.
    let aligner = isFinished.contains(false) ? learning(learnt) : aligner
    try work.run(count: list.pairs.count) { number in
      Swift.Result {
        if isFinished[number] {
          return (Result(number: number, wasFinished: true), ContentHash())
        }
        var result = try aligned(number, by: aligner)
        let hash = ContentHash(of: result.content)
        if result.trouble == nil { try write(result.content, to: folder, names[number]) }
        result.content = []
        return (result, hash)
      }
    } deliver: { number, outcome in
      let (result, hash) = try outcome.get()
      try deliver(result)
      if result.trouble == nil, !result.wasFinished {
        try results.note(names[number], input: inputs[number], content: hash)
      }
    }
    try results.finish()
  }

  private func isFinished(
    _ results: FinishedResults, _ names: [String], _ inputs: [ContentHash]
  ) -> [Bool] {
    var all: [Bool] = []
    work.run(count: names.count) { number in
      results.contain(names[number], input: inputs[number])
    } deliver: { _, isFinished in
      all.append(isFinished)
    }
    return all
  }

  private func aligned(_ number: Int, by aligner: PairAligner) throws -> Result {
    let pair = list.pairs[number]
    var result = Result(number: number)
    do {
      let text = try aligner.align(source: pair.source, target: pair.target)
      result.content = try render(text, pair, number)
      result.languages = (text.source.language, text.target.language)
      let beads = text.beads.filter { $0.score >= minimumScore }
      result.beadCount = beads.count
      result.doubtfulCount = beads.count(where: \.isDoubtful)
      if makesUnits {
        result.units = text.translationUnits(
          origin: Files.name(of: pair.source), minimumScore: minimumScore)
      }
      for side in [text.source, text.target] where side.segments.isEmpty {
        result.warnings.append(Warning("holds no text to align", file: side.file))
      }
    } catch let trouble as Trouble {
      result.trouble = Trouble(trouble.description, file: list.file, line: pair.line)
    }
    return result
  }

  private func write(_ content: [UInt8], to folder: String, _ name: String) throws {
    let path = Files.join(folder, name)
    try Files.makeDirectories(Files.directory(of: path))
    let file = try OutputFile.replacing(path)
    try file.write(content)
    try file.finish()
  }

  /// The file of each pair's result.
  private func outputNames(_ folder: String, _ ending: String) throws(Trouble) -> [String] {
    var lines: [String: Int] = [:]
    let documents = Set(list.pairs.flatMap { [$0.source, $0.target] }.compactMap(Files.identity))
    var names: [String] = []
    for pair in list.pairs {
      let name = pair.outputName(ending: ending)
      if let other = lines[name] {
        throw Trouble(
          "has the output '\(name)' of line \(other): name one of the two in a third column",
          file: list.file, line: pair.line)
      }
      if let identity = Files.identity(of: Files.join(folder, name)), documents.contains(identity) {
        throw Trouble(
          "has the output '\(name)', which is a document of the list: name another",
          file: list.file, line: pair.line)
      }
      lines[name] = pair.line
      names.append(name)
    }
    return names
  }

  /// What each pair's result is made from. All documents count for every pair, since words are
  /// learnt from all of them.
  private func inputs() throws -> [ContentHash] {
    var all: [ContentHash] = []
    work.run(count: list.pairs.count) { number in
      let pair = list.pairs[number]
      var hash = ContentHash()
      for path in [pair.source, pair.target] {
        hash.combine(path)
        hash.combine((try? Files.read(path)) ?? [])
      }
      return hash
    } deliver: { _, hash in
      all.append(hash)
    }
    var common = try aligner.fingerprint()
    common.combine(options)
    for hash in all { common.combine(hash) }
    return all.map {
      var hash = common
      hash.combine($0)
      return hash
    }
  }
}
