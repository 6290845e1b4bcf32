internal import ArgumentParser
internal import Bitext
internal import Checking
internal import Formats
internal import Project
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// `check --watch`: checks again when anything that it reads has changed, and prints what was not
/// said before.
struct CheckWatch {
  private let check: Check
  private let session: Session
  /// What was said, and how often.
  private var said: [Finding: Int] = [:]
  private var warned: Set<String> = []
  /// The trouble of the last run: what stays broken is not told again.
  private var troubled: Set<String> = []

  /// A finding wherever it stands: an edit above it moves its lines.
  private struct Finding: Hashable {
    var rule: String
    var file: String
    var term: String
    var concept: String?
    var message: String
    var severity: Severity
    var source: String?
    var context: String

    init(_ diagnostic: Diagnostic) {
      rule = diagnostic.rule
      file = diagnostic.location.file
      term = diagnostic.term
      concept = diagnostic.concept
      message = diagnostic.message
      severity = diagnostic.severity
      source = diagnostic.source?.text
      context = diagnostic.context
    }
  }

  /// A person does not notice that long a wait.
  private static let interval: Int64 = 300_000_000
  /// Looking for changes takes at the most one part in so many of the time.
  private static let idleness: Int64 = 20
  /// A program that writes a file is through with it after so long without a change.
  private static let settling: Int64 = 50_000_000

  init(_ check: Check, _ session: Session) {
    self.check = check
    self.session = session
  }

  /// - Throws: `ValidationError` for results that have an end, which a watch has not.
  static func validate(
    _ report: ReportOptions, _ fixing: FixOptions, _ baseline: BaselineOptions
  ) throws {
    guard report.output == nil, [.text, .jsonl].contains(report.format) else {
      throw ValidationError("--watch prints text or jsonl, to standard output.")
    }
    guard !fixing.isOn, !baseline.updates else {
      throw ValidationError("--watch does not go with --fix and --update-baseline.")
    }
  }

  mutating func run() throws -> Int32 {
    guard session.collector == nil else { throw Trouble("--watch has no place in a batch") }
    Interruption.listen()
    var workspace = try check.place.workspace(session, glossaries: check.glossary.glossaries)
    var state = snapshot(workspace)
    workspace = try runOnce(changed: nil)
    while !Interruption.isAsked {
      let start = Interruption.now()
      let next = snapshot(workspace)
      let cost = Interruption.now() - start
      guard next != state else {
        Interruption.wait(max(Self.interval, cost * Self.idleness))
        continue
      }
      let settled = settle(next, workspace)
      let changed = Set(settled.keys).union(state.keys).filter { settled[$0] != state[$0] }
      state = settled
      do {
        workspace = try runOnce(changed: changed.sorted())
        // Other settings may bring other files; what has changed since is still to be seen.
        for (path, new) in snapshot(workspace) where state[path] == nil { state[path] = new }
      } catch let trouble as Trouble {
        // A glossary that is being edited is broken for a while.
        report([trouble])
      }
    }
    return ExitStatus.clean
  }

  private mutating func runOnce(changed: [String]?) throws -> Workspace {
    var warnings: [Warning] = []
    let workspace = try check.place.workspace(session, glossaries: check.glossary.glossaries)
    let round = try check.round(workspace, try check.items(workspace), session) {
      warnings.append($0)
    }
    for warning in warnings + round.result.warnings
    where warned.insert(warning.description).inserted {
      session.warn(warning)
    }
    report(round.result.troubles)
    try say(round, changed: changed)
    return round.workspace
  }

  /// Waits until nothing changes any more.
  private func settle(
    _ state: [String: FileState], _ workspace: Workspace
  ) -> [String: FileState] {
    var last = state
    while !Interruption.isAsked {
      Interruption.wait(Self.settling)
      let next = snapshot(workspace)
      if next == last { break }
      last = next
    }
    return last
  }

  /// The state of all files that a run reads.
  private func snapshot(_ workspace: Workspace) -> [String: FileState] {
    // A folder that has gone, or is empty now, has no items.
    let items = (try? check.items(workspace)) ?? []
    var paths = items.flatMap(\.files) + check.lexicon + check.warnOnly + workspace.settingFiles
    if let store = workspace.storePath { paths += [store, store + "-wal"] }
    var states: [String: FileState] = [:]
    for path in paths { states[path] = Files.state(of: path) }
    return states
  }

  /// Prints the findings that are new, and a line on the run.
  private mutating func say(_ round: Check.Round, changed: [String]?) throws {
    let found = round.comparison.new
    var now: [Finding: Int] = [:]
    var new: [Diagnostic] = []
    for diagnostic in found {
      let finding = Finding(diagnostic)
      now[finding, default: 0] += 1
      if now[finding, default: 0] > said[finding, default: 0] { new.append(diagnostic) }
    }
    let gone = said.reduce(0) { $0 + max(0, $1.value - now[$1.key, default: 0]) }
    said = now
    try check.printPlain(new, round.result.lines, session)
    let total = found.count
    let files = round.items.flatMap(\.files).count
    guard let changed else {
      session.remark(
        "\(counted(total, "finding")) in \(counted(files, "file")); watching, Ctrl-C ends")
      return
    }
    let what = changed.count == 1 ? changed[0] : "\(changed.count) files"
    session.remark("\(what) changed: \(new.count) new, \(gone) gone, \(total) in all")
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private mutating func report(_ troubles: [Trouble]) {
    for trouble in troubles where !troubled.contains(trouble.description) {
      session.report(trouble)
    }
    troubled = Set(troubles.map(\.description))
  }
}

/// The wish to end, from the keyboard or the system.
enum Interruption {
  private static let flag = Atomic<Bool>(false)

  static var isAsked: Bool { flag.load(ordering: .relaxed) }

  /// From now on the first signal is a wish, and the second one ends the program at once.
  static func listen() {
    // The flag must be there before a signal comes.
    flag.store(false, ordering: .relaxed)
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&signals, number)
      _ = signal(number) { number in
        Interruption.flag.store(true, ordering: .relaxed)
        _ = signal(number, SIG_DFL)
      }
    }
    // A program that was started from a thread without signals has none either.
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Nanoseconds of a clock that only goes forward.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Waits, unless a signal comes.
  static func wait(_ nanoseconds: Int64) {
    guard !isAsked else { return }
    var time = timespec()
    time.tv_sec = Int(nanoseconds / 1_000_000_000)
    time.tv_nsec = Int(nanoseconds % 1_000_000_000)
    nanosleep(&time, nil)
  }
}
