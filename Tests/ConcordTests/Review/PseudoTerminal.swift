import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The built command on a terminal of its own, as a person sees it.
final class PseudoTerminal {
  private let controller: Int32
  private let terminal: Int32
  private let process = Process()
  private var output: [UInt8] = []

  /// Longer than this nothing takes that works; without an end a failing test would hang.
  private static let patience: TimeInterval = 60

  init(_ command: Command, _ arguments: [String], columns: UInt16 = 80, rows: UInt16 = 24) throws {
    var ends: (Int32, Int32) = (-1, -1)
    guard openpty(&ends.0, &ends.1, nil, nil, nil) == 0 else { throw CocoaError(.fileReadUnknown) }
    (controller, terminal) = ends
    resize(columns: columns, rows: rows)
    process.executableURL = Command.binary
    process.arguments = arguments
    process.currentDirectoryURL = command.directory
    process.environment = [
      "USER": "tester", "HOME": command.directory.path, "TERM": "xterm-256color", "NO_COLOR": "1",
      // The runtime would ask whether to debug.
      "SWIFT_BACKTRACE": "enable=no",
    ]
    let handle = FileHandle(fileDescriptor: terminal)
    process.standardInput = handle
    process.standardOutput = handle
    process.standardError = handle
    // Threads of a test run block signals, and a program inherits that.
    var (none, blocked) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &blocked)
    defer { pthread_sigmask(SIG_SETMASK, &blocked, nil) }
    try process.run()
  }

  deinit {
    if process.isRunning { signal(SIGKILL) }
    close(terminal)
    close(controller)
  }

  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    #if canImport(Glibc)
      let request = UInt(TIOCSWINSZ)
    #elseif canImport(Darwin)
      // _IOW('t', 103, struct winsize), a macro that Swift does not see.
      let request: UInt = 0x8008_7467
    #endif
    _ = ioctl(controller, request, &size)
  }

  func send(_ keys: String) {
    let bytes = Array(keys.utf8)
    #expect(write(controller, bytes, bytes.count) == bytes.count)
  }

  /// Waits until the terminal has shown a text, and forgets what came up to its end.
  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let end = Date(timeIntervalSinceNow: Self.patience)
    let wanted = Data(text.utf8)
    while Date() < end {
      if let range = Data(output).range(of: wanted) {
        output.removeFirst(range.upperBound)
        return
      }
      guard read() else { break }
    }
    let shown = String(decoding: output, as: UTF8.self)
    Issue.record("no “\(text)” in “\(shown)”", sourceLocation: sourceLocation)
    throw CocoaError(.fileReadUnknown)
  }

  /// Waits for the end and returns the exit code, with all that was shown since.
  func finish() -> (status: Int32, reason: Process.TerminationReason, shown: String) {
    let end = Date(timeIntervalSinceNow: Self.patience)
    while process.isRunning, Date() < end { _ = read(wait: 50) }
    if process.isRunning { signal(SIGKILL) }
    process.waitUntilExit()
    while read(wait: 0) {}
    let shown = String(decoding: output, as: UTF8.self)
    return (process.terminationStatus, process.terminationReason, shown)
  }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Whether the terminal takes lines and echoes them, as a shell needs it.
  var isAsBefore: Bool {
    var settings = termios()
    guard tcgetattr(terminal, &settings) == 0 else { return false }
    return settings.c_lflag & tcflag_t(ICANON) != 0 && settings.c_lflag & tcflag_t(ECHO) != 0
  }

  /// - Returns: whether something came.
  private func read(wait: Int32 = 1000) -> Bool {
    var request = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, wait) > 0 else { return wait > 0 && process.isRunning }
    var buffer = [UInt8](repeating: 0, count: 4096)
    #if canImport(Glibc)
      let count = Glibc.read(controller, &buffer, buffer.count)
    #elseif canImport(Darwin)
      let count = Darwin.read(controller, &buffer, buffer.count)
    #endif
    guard count > 0 else { return false }
    output += buffer.prefix(count)
    return true
  }
}
