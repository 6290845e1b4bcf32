internal import Bitext
internal import Formats
internal import Project

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What one run of the command, or one line of a batch, prints and says.
final class Session {
  /// Takes the objects of a verb's JSON lines in a batch; `nil` prints them.
  var collector: (([String]) -> Void)?
  /// Whether remarks are kept back.
  var isQuiet = false

  /// Whether results may be coloured: on a terminal, unless NO_COLOR or CI says otherwise.
  var usesColor: Bool {
    collector == nil && Files.isTerminal(1) && ProcessEnvironment.value("NO_COLOR") == nil
      && ProcessEnvironment.value("CI") == nil && ProcessEnvironment.value("TERM") != "dumb"
  }

  /// The columns of the terminal, within what is pleasant to read.
  var width: Int {
    guard let text = ProcessEnvironment.value("COLUMNS"), let columns = Int(text) else {
      return 100
    }
    return max(40, min(columns, 160))
  }

  /// Whether there is a person at the terminal who wants to hear how the work goes.
  private var isWatched: Bool {
    !isQuiet && collector == nil && Files.isTerminal(2) && ProcessEnvironment.value("CI") == nil
  }

  private var progress: Progress?

  /// Does long work, with a line on the terminal that says how far it has come.
  func withProgress<Result>(_ body: (Progress) throws -> Result) rethrows -> Result {
    let progress = Progress(isOn: isWatched)
    self.progress = progress
    defer {
      progress.finish()
      self.progress = nil
    }
    return try body(progress)
  }

  private func write(_ line: String) {
    guard let progress else { return StandardError.write(line) }
    progress.interrupt { StandardError.write(line) }
  }

  /// Says what the user should know, while the work goes on.
  func warn(_ warning: Warning) {
    guard !isQuiet else { return }
    write("concord: warning: \(warning.description.visible)\n")
  }

  /// Says how the work went; only to a person.
  func remark(_ text: String) {
    guard !isQuiet, collector == nil else { return }
    write(text.visible + "\n")
  }

  /// Sums up what was printed; only on a terminal, where a person reads it.
  func summarise(_ text: String) {
    if isWatched { write(text.visible + "\n") }
  }

  /// Works on files one after the other. One that cannot be worked on is reported, and the others
  /// are worked on all the same.
  ///
  /// - Parameters:
  ///   - files: at least one.
  ///   - body: does the work on a file.
  /// - Returns: the first trouble there was.
  /// - Throws: the trouble of the only file, and every error that is none.
  func work(on files: [String], _ body: (String) throws -> Void) throws -> Trouble? {
    var first: Trouble?
    for file in files {
      do {
        try body(file)
      } catch let trouble as Trouble {
        if files.count == 1 { throw trouble }
        report(trouble)
        first = first ?? trouble
      }
    }
    return first
  }

  /// The exit code of work that had some trouble, or none; in a batch the answer tells it.
  func status(after trouble: Trouble?) throws -> Int32 {
    guard let trouble else { return ExitStatus.clean }
    if collector != nil { throw trouble }
    return ExitStatus.trouble
  }

  /// Says what stopped the work.
  func report(_ error: any Error) {
    write("concord: \(trouble(from: error).description.visible)\n")
  }
}

/// Every error as trouble, so that all are told alike.
func trouble(from error: any Error) -> Trouble {
  (error as? Trouble) ?? Trouble(String(describing: error))
}

enum StandardError {
  static func write(_ text: String) {
    // Straight to the system: what is said must be out before the program ends.
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(2, buffer.baseAddress, buffer.count)
        #elseif canImport(Darwin)
          Darwin.write(2, buffer.baseAddress, buffer.count)
        #endif
      }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}

/// The time, for the store's dates: the one place that asks for it.
enum Clock {
  /// Now, as ISO 8601 in UTC.
  static func now() -> Timestamp {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T"
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }
}
