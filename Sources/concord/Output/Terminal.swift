internal import Bitext
internal import Project

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The terminal as a screen of its own, with each key as it is pressed: what needs the system's
/// calls for that is in this file alone.
///
/// However the program ends, by a return, a signal or a crash, the terminal is given back as it
/// was.
final class Terminal {
  private static let input: Int32 = 0
  private static let output: Int32 = 1

  /// Whether there is a person to talk to, on a terminal that can place the cursor.
  static var isThere: Bool {
    isatty(input) == 1 && isatty(output) == 1 && ProcessEnvironment.value("TERM") != "dumb"
  }

  /// - Throws: `Trouble` when the terminal cannot be asked for single keys.
  init() throws(Trouble) {
    guard TerminalState.prepare(Self.input) else {
      throw Trouble("the terminal cannot be set to single keys")
    }
    for number in TerminalState.fatalSignals {
      TerminalState.take(number, TerminalState.restoreAndDie)
    }
    // Only so that waiting for a key ends: the size is asked for anyway.
    TerminalState.take(SIGWINCH) { _ in }
    enter()
  }

  deinit {
    leave()
    for number in TerminalState.fatalSignals + [SIGWINCH] { TerminalState.giveBack(number) }
  }

  /// Takes the screen.
  private func enter() {
    TerminalState.makeRaw(Self.input)
    // The other screen; pastes in brackets; no wrapping, so that a character that is wider than
    // expected spoils its own line alone.
    write("\u{1B}[?1049h\u{1B}[?2004h\u{1B}[?7l\u{1B}[2J")
  }

  /// Gives it back; what was typed ahead is for nobody.
  private func leave() {
    tcflush(Self.input, TCIFLUSH)
    TerminalState.restore()
  }

  /// Stops the program as Ctrl-Z does elsewhere, until the shell lets it go on.
  func suspend() {
    leave()
    raise(SIGTSTP)
    enter()
  }

  /// The columns and rows; what is usual where the terminal does not say.
  var size: (columns: Int, rows: Int) { Self.knownSize ?? (80, 24) }

  /// The columns of the terminal that is written to; `nil` where there is none or it does not say.
  static var columns: Int? { knownSize?.columns }

  private static var knownSize: (columns: Int, rows: Int)? {
    var size = winsize()
    #if canImport(Glibc)
      let request = UInt(TIOCGWINSZ)
    #elseif canImport(Darwin)
      // _IOR('t', 104, struct winsize), a macro that Swift does not see.
      let request: UInt = 0x4008_7468
    #endif
    guard ioctl(output, request, &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return nil
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// What was typed, as soon as something was.
  ///
  /// - Parameter patience: in milliseconds.
  /// - Returns: nothing when nobody typed for so long or the window changed; `nil` when the
  ///   terminal is gone.
  func read(patience: Int32) -> [UInt8]? {
    var request = pollfd(fd: Self.input, events: Int16(POLLIN), revents: 0)
    let ready = poll(&request, 1, patience)
    if ready == 0 || ready < 0 && errno == EINTR { return [] }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { buffer in
      #if canImport(Glibc)
        Glibc.read(Self.input, buffer.baseAddress, buffer.count)
      #elseif canImport(Darwin)
        Darwin.read(Self.input, buffer.baseAddress, buffer.count)
      #endif
    }
    if count < 0, errno == EINTR { return [] }
    return count > 0 ? Array(buffer.prefix(count)) : nil
  }

  /// Writes to the screen; a terminal that is gone shows when it is read.
  func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { TerminalState.write(Self.output, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}

/// What a signal handler may touch: plain memory that was set before any signal came.
private enum TerminalState {
  /// Those that end the program, from outside or by a fault of its own.
  static let fatalSignals = [
    SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE,
  ]

  /// The terminal's settings before; where they are to be put back.
  nonisolated(unsafe) private static var saved = termios()
  nonisolated(unsafe) private static var descriptor: Int32 = -1
  nonisolated(unsafe) private static var isRaw = false
  /// Undoes what ``Terminal`` turned on, in a buffer that needs no allocation any more.
  nonisolated(unsafe) private static let farewell = {
    let bytes = Array("\u{1B}[?2004l\u{1B}[?7h\u{1B}[?25h\u{1B}[0m\u{1B}[?1049l".utf8)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    buffer.copyBytes(from: bytes)
    return buffer
  }()

  /// What each signal did before, by its number: the runtime may print where a crash happened.
  nonisolated(unsafe) private static let actions =
    UnsafeMutableBufferPointer<sigaction>.allocate(capacity: 65)

  static func prepare(_ input: Int32) -> Bool {
    descriptor = input
    // Made now, not in a handler.
    return tcgetattr(input, &saved) == 0 && !farewell.isEmpty && !actions.isEmpty
  }

  static func makeRaw(_ input: Int32) {
    var raw = saved
    cfmakeraw(&raw)
    isRaw = true
    _ = tcsetattr(input, TCSANOW, &raw)
  }

  static func restore() {
    guard isRaw else { return }
    isRaw = false
    _ = write(1, UnsafeRawBufferPointer(farewell))
    _ = tcsetattr(descriptor, TCSANOW, &saved)
  }

  static let restoreAndDie: @convention(c) (Int32) -> Void = { number in
    TerminalState.restore()
    TerminalState.giveBack(number)
    raise(number)
  }

  static func take(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    sigaction(number, nil, &actions[Int(number)])
    _ = signal(number, handler)
  }

  static func giveBack(_ number: Int32) { sigaction(number, &actions[Int(number)], nil) }

  static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Darwin)
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }
}
