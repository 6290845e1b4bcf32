internal import ArgumentParser
internal import Bitext
internal import Project
internal import Store

struct Review: Verb {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Decide on proposed terms, one screen a pair.",
    discussion: """
      Shows what 'concord extract --save' proposed, with the sentences that speak for it. One key \\
      accepts, edits, rejects, forbids, merges into another concept, skips or takes back; ? explains \
      them. \\
      Each decision is in the store at once: a lost connection loses nothing, and the next review \\
      goes on there. What is rejected is never proposed again.

      From a script the same with options:

        concord review --list --format jsonl
        concord review --accept-above 0.9 --reject-below 0.2
        concord review --accept 12 --accept 15 --reject 13
        concord review --undo 1
      """)

  @Flag(help: "Print what waits, in the order of review.")
  var list = false

  @Flag(help: "With --list, print what was rejected instead, the last one first.")
  var rejected = false

  @Option(help: ArgumentHelp("Accept new pairs from this score on.", valueName: "share"))
  var acceptAbove: Double?

  @Flag(help: "With --accept-above, accept variants of known concepts too.")
  var variants = false

  @Option(help: ArgumentHelp("Reject what is below this score.", valueName: "share"))
  var rejectBelow: Double?

  @Option(help: ArgumentHelp("Accept a proposal. May be repeated.", valueName: "number"))
  var accept: [Int64] = []

  @Option(help: ArgumentHelp("Reject a proposal. May be repeated.", valueName: "number"))
  var reject: [Int64] = []

  @Option(
    help: ArgumentHelp(
      "Forbid a variant, which is wrong beside the right term. May be repeated.",
      valueName: "number"))
  var forbid: [Int64] = []

  @Option(
    help: ArgumentHelp("Let a rejected proposal wait again. May be repeated.", valueName: "number"))
  var restore: [Int64] = []

  @Option(help: ArgumentHelp("Take back your last so many decisions.", valueName: "count"))
  var undo: Int?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  private var decidesByScore: Bool { acceptAbove != nil || rejectBelow != nil }
  private var decidesByNumber: Bool { !(accept + reject + forbid + restore).isEmpty }
  /// What is to be printed or written needs no terminal either.
  private var isScripted: Bool {
    list || decidesByScore || decidesByNumber || undo != nil || output.output != nil
      || output.format != .text
  }

  func validate() throws {
    let kinds = [list, decidesByScore, decidesByNumber, undo != nil].count { $0 }
    if kinds > 1 {
      throw ValidationError("List, decide by score, decide by number or undo: one at a time.")
    }
    if rejected, !list { throw ValidationError("--rejected goes with --list.") }
    if variants, acceptAbove == nil {
      throw ValidationError("--variants goes with --accept-above.")
    }
    for share in [acceptAbove ?? 0, rejectBelow ?? 0] where !(0...1 ~= share) {
      throw ValidationError("A score is a share from 0 to 1.")
    }
    if let acceptAbove, let rejectBelow, acceptAbove < rejectBelow {
      throw ValidationError("--accept-above must not be below --reject-below.")
    }
    if let undo, undo < 1 { throw ValidationError("--undo takes 1 or more.") }
  }

  func run(in session: Session) throws -> Int32 {
    let workspace = try place.workspace(session)
    if isScripted || session.collector != nil { return try runScripted(session, workspace) }
    guard Terminal.isThere else {
      throw Trouble(
        "a review needs a terminal: in a script use --list, --accept-above SHARE, "
          + "--reject-below SHARE, --accept NUMBER or --reject NUMBER")
    }
    let store = try workspace.store(.write)
    var loop = try ReviewLoop(store, usesColor: session.usesColor) { change.change }
    if loop.session.queue.isEmpty {
      session.remark("nothing waits for review: 'concord extract --save' proposes terms")
      return ExitStatus.clean
    }
    try loop.run(Terminal())
    let counts = loop.session.counts
    session.remark(
      "accepted \(counts.accepted), merged \(counts.merged), forbidden \(counts.forbidden), rejected "
        + "\(counts.rejected), skipped \(counts.skipped); \(loop.session.queue.count) wait")
    return ExitStatus.clean
  }

  // MARK: - From a script

  private func runScripted(_ session: Session, _ workspace: Workspace) throws -> Int32 {
    let isReading = !decidesByScore && !decidesByNumber && undo == nil
    let store = try workspace.store(isReading ? .read : .write)
    let proposals =
      if isReading {
        try rejected ? store.rejectedProposals() : store.proposals()
      } else {
        try decide(store)
      }
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    let width = min(44, proposals.prefix(50).map { Columns.width($0.source.text) }.max() ?? 0)
    for proposal in proposals {
      try printer.print(json: proposal.json(), text: line(proposal, width))
    }
    try printer.finish()
    if !isReading {
      let done = undo == nil ? "decided" : "taken back"
      session.remark("\(proposals.count) \(done); \(try store.waitingProposals().count) wait")
    } else if proposals.isEmpty {
      session.remark(rejected ? "nothing was rejected" : "nothing waits for review")
    }
    return ExitStatus.clean
  }

  private func decide(_ store: ConcordStore) throws -> [Proposal] {
    if let undo { return try takeBack(undo, store) }
    if decidesByScore {
      return try store.decideByScore(
        acceptance: Acceptance(score: acceptAbove, takesVariants: variants),
        rejectBelow: rejectBelow, by: change.change)
    }
    let verdicts =
      accept.map { (Verdict.accept, $0) } + reject.map { (Verdict.reject, $0) }
      + forbid.map { (Verdict.forbid, $0) }
    return try store.decide(verdicts, by: change.change)
      + store.restoreProposals(restore, by: change.change)
  }

  private func takeBack(_ count: Int, _ store: ConcordStore) throws -> [Proposal] {
    var proposals: [Proposal] = []
    while proposals.count < count, var proposal = try store.undoDecision(by: change.change) {
      proposal.decision = nil
      proposals.append(proposal)
    }
    return proposals
  }

  private func line(_ proposal: Proposal, _ width: Int) -> String {
    let number = Columns.pad("\(proposal.id)", to: 4)
    let score = Columns.pad(
      proposal.score.map { "\(Int(($0 * 100).rounded())) %" } ?? "–", to: 5)
    let source = Columns.pad(Columns.cut(proposal.source.text.visible, to: width), to: width)
    var remarks: [String] = []
    if let decision = proposal.decision { remarks.append(decision.rawValue) }
    if proposal.kind == .variant || proposal.decision == .merged {
      remarks.append("concept \(proposal.concept.id.visible)")
    }
    if proposal.isSkipped { remarks.append("skipped") }
    let talk = remarks.isEmpty ? "" : "  (\(remarks.joined(separator: ", ")))"
    return "\(number)  \(score)  \(source)  \(proposal.target.text.visible)\(talk)\n"
  }
}
